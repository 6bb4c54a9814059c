"""Recovery: a party that lost its store, or a part of it, gets back from the others what is its own.

1. It asks every active party, sealed and signed under the present charter; only the party itself is answered,
   and only with what it signed itself: nobody can read more by it than it wrote. What others wrote comes by
   the way it always does: their head lists name what was sent, gaps are asked for, and each originator sends
   again what it may, sealed anew, without what was withdrawn since.
2. Numbers of its own feeds are never used twice: parties keep the newest segment of each feed, signed, and
   its last head list. The feed goes on after the highest; the numbers between are named as lost (head lists),
   and what was in them goes out once more when sending goes on.
3. Stamps go on after those that parties witnessed, borne out by the head list it signed itself.
4. Until all active parties have answered and no gap is left, a restored node shows nothing of what it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec

from tansiq.base.clock import moment
from tansiq.exchange import gaps, safe
from tansiq.exchange.post import Post
from tansiq.model.kind import CATALOGUE
from tansiq.model.label import Party
from tansiq.model.record import Record, Signed
from tansiq.policy.charter import Charter, recipients_of
from tansiq.seal import (
    FeedTip,
    HeadList,
    Note,
    RecoveryPart,
    RecoveryWish,
    Segment,
    StampLine,
    feed_id,
    verify_record,
)
from tansiq.seal.keys import PartyKeys, verify
from tansiq.seal.segment import Buried, decode_note
from tansiq.store.store import ReadTx, WriteTx
from tansiq.store.witness import Stamp, folded

RECORDS_AT_ONCE: Final = 200
PART_BYTES: Final = 400 * 1024
RECOVERED: Final = "recovered"
MACHINE: Final = "node"
HEAD_LIST: Final = 1

Effect = Callable[[WriteTx, Record], None]
"""Lets a record of our own that came back take effect here, as it did when it was signed."""

_TIP: Final = msgspec.msgpack.Decoder(FeedTip)


@dataclass
class Recovering:
    """One node's asking: whom, from where on, and who has said all. Memory only; asked anew after a start."""

    again_ms: int
    _after: dict[Party, bytes] = field(default_factory=dict)
    _due: dict[Party, int] = field(default_factory=dict)

    def due(self, parties: Sequence[Party], heard: frozenset[Party], *, at_ms: int) -> tuple[Party, ...]:
        """Return whom to ask now."""
        found = tuple(p for p in parties if p not in heard and self._due.get(p, 0) <= at_ms)
        for party in found:
            self._due[party] = at_ms + self.again_ms
        return found

    def forget(self) -> None:
        """Begin anew with the next loss."""
        self._after.clear()
        self._due.clear()

    def after(self, party: Party) -> bytes:
        """Return the last record that a party gave back."""
        return self._after.get(party, b"")

    def came(self, part: RecoveryPart) -> None:
        """Note where an answer ended; one that has more is asked on at once."""
        if part.records:
            self._after[part.originator] = Record(part.records[-1]).digest
        if part.more:
            self._due.pop(part.originator, None)


def wish(rx: ReadTx, post: Post, epoch: int, to: Party, after: bytes, *, at_ms: int) -> RecoveryWish:
    """Return the note that asks a party for what it holds of ours."""
    return RecoveryWish(
        originator=post.me,
        to=to,
        created_ms=at_ms,
        epoch=epoch,
        signer=post.keys.signer_id,
        after=after,
        stamp=rx.stamp_head().number,
    )


def answer(tx: WriteTx, post: Post, epoch: int, asked: RecoveryWish, *, at_ms: int) -> RecoveryPart:
    """Return what we hold that the asker signed itself, from where it stopped (rule 1)."""
    party = asked.originator
    digests = tx.held_of(party, asked.after, RECORDS_AT_ONCE)
    held = tx.signed_many(digests)
    records = _within_size([held[d] for d in digests if d in held])
    tx.note_wish(party, len(records), at_ms=at_ms)
    first = not asked.after
    return RecoveryPart(
        originator=post.me,
        to=party,
        created_ms=at_ms,
        epoch=epoch,
        signer=post.keys.signer_id,
        after=asked.after,
        records=tuple(records),
        more=bool(records) and (len(records) < len(held) or len(digests) == RECORDS_AT_ONCE),
        tips=tuple(_TIP.decode(raw) for raw in tx.tips(party)) if first else (),
        heads=tx.last_heads(party) if first else None,
        stamps=_stamps(tx, party, asked.stamp) if first else (),
        sealed=len(digests) - len(held),
    )


def _within_size(held: Sequence[Signed]) -> list[Signed]:
    """Return as many from the front as one answer takes, at least one."""
    found: list[Signed] = []
    size = 0
    for signed in held:
        size += len(signed.header) + len(signed.body)
        if found and size > PART_BYTES:
            break
        found.append(signed)
    return found


def _stamps(rx: ReadTx, party: Party, after: int) -> tuple[StampLine, ...]:
    return tuple(StampLine(s.number, s.hash, c or b"") for s, c in rx.witnessed_after(party, after))


def tip_of(segment: Segment) -> bytes:
    """Return a segment without bodies, as it is kept for its originator."""
    return msgspec.msgpack.encode(FeedTip(segment.raw_head, segment.digests, segment.signature))


@dataclass(frozen=True, slots=True)
class Regaining:
    """What is needed to take back what is ours."""

    keys: PartyKeys
    charter: Charter
    effect: Effect
    at_ms: int

    def take(self, tx: WriteTx, part: RecoveryPart) -> int:
        """Take in one answer; return how many records were new here. What we did not sign is passed over."""
        if not safe.feeds_may_be_lost(tx):
            return 0
        moved = sum(self._tip(tx, tip) for tip in part.tips)
        if part.heads is not None:
            self._stamps(tx, part)
        new = sum(self._record(tx, signed) for signed in part.records)
        if not part.more:
            safe.hear(tx, part.originator)
            detail = f"{part.originator}: feeds {moved}, sealed {part.sealed}"
            tx.journal(RECOVERED, officer=MACHINE, detail=detail, at_ms=self.at_ms)
        return new

    def _tip(self, tx: WriteTx, tip: FeedTip) -> bool:
        """Let a feed of ours go on after a segment that bears our own signature (rule 2)."""
        segment = Segment(tip.head, tuple(Buried(d) for d in tip.digests), tip.signature)
        head = segment.head
        if head.originator != self.keys.party or not self._ours(head.signer, segment.hash, tip.signature):
            return False
        feed = feed_id(head.originator, head.recipients)
        return tx.move_feed(feed, head.recipients, head.number, segment.hash, head.created_ms)

    def _stamps(self, tx: WriteTx, part: RecoveryPart) -> None:
        """Take back stamps that lead to the one our own head list named (rule 3)."""
        raw, signature = part.heads or (b"", b"")
        told = decode_note(HEAD_LIST, raw)
        if not isinstance(told, HeadList) or told.originator != self.keys.party or told.journal is None:
            return
        if not self._ours(told.signer, Note(told, raw, signature).hash, signature):
            return
        held = tx.stamp_head()
        lines = [s for s in part.stamps if held.number < s.number <= told.journal.number]
        if not lines or lines[-1].hash != told.journal.hash:
            return
        linked = lines[0].number == held.number + 1 and lines[0].commitment
        start = held if linked else Stamp(lines[0].number, lines[0].hash)
        follow = lines if start is held else lines[1:]
        if folded(start, [s.commitment for s in follow]) != tuple(Stamp(s.number, s.hash) for s in follow):
            return
        for line in lines:
            tx.regain_stamp(Stamp(line.number, line.hash), line.commitment, at_ms=self.at_ms)

    def _ours(self, signer: str, digest: bytes, signature: bytes) -> bool:
        key = self.charter.sign_key(self.keys.party, signer)
        return key is not None and verify(key.public, digest, signature)

    def _record(self, tx: WriteTx, signed: Signed) -> bool:
        record = Record(signed)
        header = record.header
        if header.originator != self.keys.party or verify_record(record, self.charter) is not None:
            return False
        if tx.by_digest(record.digest) is not None or tx.tombstone(header.id, header.version) is not None:
            return False
        kind = CATALOGUE.get(header.kind)
        system = kind is not None and kind.system
        tx.append(record, received_ms=header.created_ms, system=system)
        self.effect(tx, record)
        to = recipients_of(header.label, self.charter, self.keys.party, now=moment(self.at_ms))
        if to and not system:
            tx.regain(record.digest, to, header.priority)
        return True


def finish(tx: WriteTx, others: Sequence[Party], *, at_ms: int) -> bool:
    """End the hiding when all have answered and no gap is left (rule 4); queue what is to go out once more.

    Return whether anything changed.
    """
    waits = any(f.code == safe.RESTORED for f in safe.findings(tx))
    if waits and set(others) <= safe.heard(tx) and not gaps.missing(tx):
        safe.leave(tx, *safe.FEEDS_LOST)
        tx.journal(RECOVERED, officer=MACHINE, detail="all have answered", at_ms=at_ms)
    if safe.is_safe(tx):
        return False
    rows = tx.regained_waiting()
    for digest, recipients, lane in rows:
        tx.queue(digest, recipients, lane, at_ms=at_ms)
    tx.drop_regained([digest for digest, _, _ in rows])
    return bool(rows) or waits
