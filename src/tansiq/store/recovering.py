"""What is kept for others who may lose their store, and what comes back to us when we lost ours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, delete, insert, select

from tansiq.model.label import Party
from tansiq.store.bulk import put
from tansiq.store.tables import versions
from tansiq.store.tables_keep import feeds_lost, heads_in, recovery_wishes, regained, tips_in
from tansiq.store.tables_node import feeds_out
from tansiq.store.tx import Tx
from tansiq.store.values import joined, parted

AT_ONCE: Final = 500
_TIP: Final = select(tips_in.c.number).where(tips_in.c.feed == bindparam("feed"))


class RecoveringReading(Tx):
    """Reading of what is kept for recovery."""

    def tips(self, originator: Party) -> tuple[bytes, ...]:
        """Return the newest segment of each feed of a party that came here, as it was kept."""
        found = select(tips_in.c.raw).where(tips_in.c.originator == originator).order_by(tips_in.c.feed)
        return tuple(self.conn.execute(found).scalars())

    def last_heads(self, party: Party) -> tuple[bytes, bytes] | None:
        """Return a party's last head list as it came: bytes and signature."""
        row = self.one(select(heads_in).where(heads_in.c.party == party))
        return None if row is None else (row.raw, row.signature)

    def held_of(self, originator: Party, after: bytes, limit: int) -> tuple[bytes, ...]:
        """Return digests of held versions of a party's own records, in the order they came, after one."""
        start = self.value(select(versions.c.seq).where(versions.c.digest == after)) if after else 0
        found = (
            select(versions.c.digest)
            .where(versions.c.originator == originator, ~versions.c.buried, versions.c.seq > (start or 0))
            .order_by(versions.c.seq)
            .limit(limit)
        )
        return tuple(self.conn.execute(found).scalars())

    def wishes(self) -> tuple[tuple[Party, int, int], ...]:
        """Return who asked for recovery: party, when it last asked, how many records it was given."""
        rows = self.all(select(recovery_wishes).order_by(recovery_wishes.c.party))
        return tuple((Party(row.party), row.asked_ms, row.given) for row in rows)

    def regained_waiting(self, limit: int = AT_ONCE) -> tuple[tuple[bytes, tuple[Party, ...], int], ...]:
        """Return records that came back to us and are to be sent once more: digest, recipients, lane."""
        rows = self.all(select(regained).order_by(regained.c.digest).limit(limit))
        return tuple((row.digest, parted(row.recipients), row.lane) for row in rows)


class RecoveringWriting(RecoveringReading):
    """Writing of what is kept for recovery."""

    def put_tip(self, feed: bytes, originator: Party, number: int, raw: bytes) -> None:
        """Keep a segment without bodies if it is the newest of its feed."""
        held = self.value(_TIP, feed=feed)
        if held is not None and held >= number:
            return
        row = {"feed": feed, "originator": originator, "number": number, "raw": raw}
        put(self.conn, tips_in, row)

    def put_last_heads(self, party: Party, raw: bytes, signature: bytes) -> None:
        """Keep a party's last head list as it came."""
        self.run(delete(heads_in).where(heads_in.c.party == party))
        self.run(insert(heads_in), [{"party": party, "raw": raw, "signature": signature}])

    def note_wish(self, party: Party, given: int, *, at_ms: int) -> None:
        """Note that a party asked for recovery and how many records it was given now."""
        before = self.value(select(recovery_wishes.c.given).where(recovery_wishes.c.party == party)) or 0
        self.run(delete(recovery_wishes).where(recovery_wishes.c.party == party))
        self.run(insert(recovery_wishes), [{"party": party, "asked_ms": at_ms, "given": before + given}])

    def move_feed(
        self, feed: bytes, recipients: Sequence[Party], number: int, hash: bytes, at_ms: int
    ) -> bool:
        """Let our feed go on after a number that we lost; the numbers between are named as lost.

        Return whether the feed was behind.
        """
        row = self.one(select(feeds_out).where(feeds_out.c.feed == feed))
        held = 0 if row is None else row.number
        if held >= number:
            return False
        to = joined(tuple(recipients))
        self.run(delete(feeds_out).where(feeds_out.c.feed == feed))
        moved = {"feed": feed, "recipients": to, "number": number, "hash": hash, "at_ms": at_ms}
        self.run(insert(feeds_out), [moved])
        self.run(delete(feeds_lost).where(feeds_lost.c.feed == feed, feeds_lost.c.first == held + 1))
        self.run(insert(feeds_lost), [{"feed": feed, "first": held + 1, "last": number, "recipients": to}])
        return True

    def regain(self, digest: bytes, recipients: Sequence[Party], lane: int) -> None:
        """Note that a record of our own came back and is to be sent once more when sending goes on."""
        if self.one(select(regained.c.digest).where(regained.c.digest == digest)) is None:
            row = {"digest": digest, "recipients": joined(tuple(recipients)), "lane": lane}
            self.run(insert(regained), [row])

    def drop_regained(self, digests: Sequence[bytes]) -> None:
        """Forget records that are queued again."""
        self.run(delete(regained).where(regained.c.digest.in_(digests)))
