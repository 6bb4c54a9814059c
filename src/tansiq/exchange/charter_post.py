"""What is to be told of the charter, from the store to the carrier: it waits there until the carrier has it.

Epochs, proposals and voices go by the alert mailbox: whoever comes back reads it before it sends anything.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass

import msgspec
from msgspec.structs import replace

from tansiq.base.clock import millis
from tansiq.exchange import proposals
from tansiq.exchange.charters import CharterBook
from tansiq.exchange.post import ALERT, Post
from tansiq.exchange.protocol import NoMailbox
from tansiq.model.label import Party
from tansiq.policy.charter import SignedCharter, charter_hash
from tansiq.seal import CharterProposal, CharterVoice, Farewell, Packed, sign_note
from tansiq.seal.segment import NoteContent
from tansiq.store.epochs import MailRow
from tansiq.store.store import ReadTx, Store

AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class CharterPost:
    """Tells other parties of epochs, proposals and voices that stand in the store to be told."""

    store: Store
    post: Post
    book: CharterBook

    async def pump(self) -> int:
        """Send what is to be told; return how many frames went. Raises CarrierDown.

        What is to go to a party without a mailbox at the carrier waits; what is past or goes to a party that
        is not active any more is dropped.
        """
        rows = await asyncio.to_thread(self._rows)
        sent, done = 0, list[MailRow]()
        try:
            for row in rows:
                what = await asyncio.to_thread(self._packed, row)
                try:
                    sent += 0 if what is None else await self._send(what, row.party)
                except NoMailbox:
                    continue
                done.append(row)
        finally:
            await asyncio.to_thread(self._told, done)
        return sent

    async def _send(self, what: Packed, party: Party) -> int:
        if isinstance(what, SignedCharter):
            return await self.send_epoch(what, party)
        return len(await self.post.send(what, (party,), ALERT))

    async def send_epoch(self, signed: SignedCharter, party: Party) -> int:
        """Send an epoch to every mailbox a party may read: it may not know the newest. Raises CarrierDown."""
        found = await asyncio.to_thread(self.post.sealed, signed, (party,))
        boxes = self.book.boxes(party, at_ms=millis(self.post.clock.now()))
        sent = 0
        for each, (_, alert) in ((s, b) for s in found for b in boxes):
            with suppress(NoMailbox):
                await self.post.put(replace(each.entry, alert_mailbox=alert), each.bytes, ALERT)
                sent += 1
        if found and not sent:
            raise NoMailbox(f"{party} has no mailbox at the carrier")
        return sent

    def _rows(self) -> tuple[MailRow, ...]:
        with self.store.read() as rx:
            return rx.charter_mail(AT_ONCE)

    def _told(self, rows: list[MailRow]) -> None:
        if rows:
            with self.store.write() as tx:
                tx.told(rows)

    def _packed(self, row: MailRow) -> Packed | None:
        with self.store.read() as rx:
            if row.what == "epoch":
                return self._epoch(row.subject)
            content = self._farewell(rx, row) if row.what == "farewell" else self._note(rx, row)
        return None if content is None else sign_note(content, self.post.keys)

    def _epoch(self, digest: bytes) -> SignedCharter | None:
        return next((s for s in self.book.since(0) if charter_hash(s.charter) == digest), None)

    def _note(self, rx: ReadTx, row: MailRow) -> NoteContent | None:
        proposal = rx.proposal(row.subject)
        if proposal is None or proposal.epoch <= self.book.epoch:
            return None
        at_ms = millis(self.post.clock.now())
        me, epoch, signer = self.post.me, self.book.epoch, self.post.keys.signer_id
        if row.what == "proposal":
            signatures = proposals.collected(rx, proposal).signatures
            return CharterProposal(
                originator=me,
                to=row.party,
                created_ms=at_ms,
                epoch=epoch,
                signer=signer,
                charter=proposal.raw,
                signatures=signatures,
            )
        own = next((v for v in rx.voices(row.subject) if v.party == me), None)
        if own is None or own.act == "sign":
            return None
        return CharterVoice(
            originator=me,
            to=row.party,
            created_ms=max(own.at_ms, at_ms),
            epoch=epoch,
            signer=signer,
            digest=row.subject,
            act=own.act,
        )

    def _farewell(self, rx: ReadTx, row: MailRow) -> Farewell | None:
        kept = rx.setting(f"farewell.{row.party}")
        return None if kept is None else msgspec.msgpack.decode(bytes.fromhex(kept), type=Farewell)
