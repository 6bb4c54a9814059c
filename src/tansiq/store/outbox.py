"""What leaves: records that wait, our feeds, segments and their deliveries.

1. A record is queued in the transaction that appends it, once for each recipient set.
2. A segment's number is given and its items are fixed in one transaction; its bytes are not kept: a re-send
   is made again from bodies, and what was buried since is named by its digest alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, bindparam, delete, func, insert, select, true, update

from tansiq.model.label import Party
from tansiq.model.record import REPORT
from tansiq.store.bulk import enter
from tansiq.store.tables_node import deliveries, feeds_out, outbox, segment_items, segments_out
from tansiq.store.tables_protect import guarded
from tansiq.store.tx import Tx
from tansiq.store.values import Delivery, FeedOut, Lag, PendingGroup, Reserved, SegmentRow, joined, parted

PER_SEGMENT: Final = 100
_QUEUED: Final = select(outbox.c.digest).where(
    outbox.c.recipients == bindparam("to"), outbox.c.digest.in_(bindparam("digests", expanding=True))
)
_FEED_OUT: Final = select(feeds_out).where(feeds_out.c.feed == bindparam("feed"))
_FEEDS_OUT: Final = select(feeds_out).order_by(feeds_out.c.feed)
_ANY_GUARDED: Final = select(guarded.c.seq).limit(1)


@cache
def _sets(lanes: tuple[int, ...] | None, some_guarded: bool) -> Select[Any]:
    wanted = true() if lanes is None else outbox.c.lane.in_(lanes)
    return (
        select(outbox.c.lane, outbox.c.recipients, func.min(outbox.c.at_ms).label("oldest_ms"))
        .where(wanted, _closed(some_guarded))
        .group_by(outbox.c.lane, outbox.c.recipients)
        .order_by(outbox.c.lane, func.min(outbox.c.id))
        .limit(bindparam("limit"))
    )


@cache
def _items(some_guarded: bool) -> Select[Any]:
    this = (outbox.c.lane == bindparam("lane"), outbox.c.recipients == bindparam("recipients"))
    found = select(outbox.c.digest).where(*this, _closed(some_guarded))
    return found.order_by(outbox.c.id).limit(bindparam("limit"))


def _closed(some_guarded: bool) -> ColumnElement[bool]:
    """The condition that leaves out protected records: they go by ``store.sealed_out``."""
    return outbox.c.digest.not_in(select(guarded.c.digest)) if some_guarded else true()


@cache
def _unsent(lanes: tuple[int, ...] | None, without: bool, to: bool) -> Select[Any]:
    found = select(deliveries).where(deliveries.c.sent_ms.is_(None))
    if lanes is not None:
        found = found.where(deliveries.c.lane.in_(lanes))
    if without:
        found = found.where(deliveries.c.party.not_in(bindparam("without", expanding=True)))
    if to:
        found = found.where(deliveries.c.party == bindparam("to"))
    order = (deliveries.c.lane, deliveries.c.at_ms, deliveries.c.feed, deliveries.c.number)
    return found.order_by(*order, deliveries.c.party).limit(bindparam("limit"))


class OutboxReading(Tx):
    """Reading of what leaves."""

    def pending(
        self, limit: int = 64, *, per_segment: int = PER_SEGMENT, lanes: Sequence[int] | None = None
    ) -> tuple[PendingGroup, ...]:
        """Return up to ``limit`` groups, the most urgent lane and the oldest first."""
        some = self.one(_ANY_GUARDED) is not None
        rows = self.all(_sets(None if lanes is None else tuple(lanes), some), limit=limit)
        return tuple(self._group(row, per_segment, some) for row in rows)

    def _group(self, row: Row[Any], per_segment: int, some_guarded: bool) -> PendingGroup:
        given = {"lane": row.lane, "recipients": row.recipients, "limit": per_segment}
        found = tuple(self.conn.execute(_items(some_guarded), given).scalars())
        return PendingGroup(parted(row.recipients), row.lane, found, row.oldest_ms)

    def feed_out(self, feed: bytes) -> FeedOut | None:
        """Return one of our feeds with its head."""
        row = self.one(_FEED_OUT, feed=feed)
        return None if row is None else _feed(row)

    def feeds_out(self) -> tuple[FeedOut, ...]:
        """Return all our feeds with their heads."""
        return tuple(_feed(row) for row in self.all(_FEEDS_OUT))

    def segment(self, feed: bytes, number: int) -> SegmentRow | None:
        """Return a segment that was made, with the digests of its items, for sending or sending again."""
        made = (
            select(segments_out, feeds_out.c.recipients)
            .join_from(segments_out, feeds_out, segments_out.c.feed == feeds_out.c.feed)
            .where(segments_out.c.feed == feed, segments_out.c.number == number)
        )
        row = self.one(made)
        if row is None:
            return None
        items = select(segment_items.c.digest).where(
            segment_items.c.feed == feed, segment_items.c.number == number
        )
        digests = tuple(self.conn.execute(items.order_by(segment_items.c.n)).scalars())
        parties = parted(row.recipients)
        return SegmentRow(feed, number, row.hash, row.head, parties, row.lane, row.at_ms, digests)

    def unsent(
        self,
        limit: int = 256,
        *,
        to: Party | None = None,
        lanes: Sequence[int] | None = None,
        without: Collection[Party] = (),
    ) -> tuple[Delivery, ...]:
        """Return deliveries not handed to the carrier yet, the most urgent lane and the oldest first."""
        asked = _unsent(None if lanes is None else tuple(lanes), bool(without), to is not None)
        given: dict[str, Any] = {"limit": limit}
        given |= {"without": list(without)} if without else {}
        rows = self.all(asked, **given | ({} if to is None else {"to": to}))
        return tuple(Delivery(r.feed, r.number, Party(r.party), r.lane, r.at_ms, r.sent_ms) for r in rows)

    def sent_at(self, feed: bytes, numbers: Sequence[int], party: Party) -> Mapping[int, int | None]:
        """Return when each of these segments was handed to the carrier for a party it is for."""
        this = (deliveries.c.feed == feed, deliveries.c.number.in_(numbers), deliveries.c.party == party)
        rows = self.all(select(deliveries.c.number, deliveries.c.sent_ms).where(*this))
        return {row.number: row.sent_ms for row in rows}

    def lags(self) -> Mapping[Party, Lag]:
        """Return what each party still has to get, in segments and in records not in one yet."""
        found: dict[Party, Lag] = {}
        made = select(deliveries.c.party, func.count(), func.min(deliveries.c.at_ms))
        open_ones = made.where(deliveries.c.sent_ms.is_(None)).group_by(deliveries.c.party)
        for party, count, oldest in self.conn.execute(open_ones):
            found[Party(party)] = Lag(count, oldest)
        still = select(outbox.c.recipients, func.count(), func.min(outbox.c.at_ms))
        for recipients, count, oldest in self.conn.execute(still.group_by(outbox.c.recipients)):
            for party in parted(recipients):
                so_far = found.get(party, Lag(0, None))
                first = oldest if so_far.oldest_ms is None else min(oldest, so_far.oldest_ms)
                found[party] = Lag(so_far.count + count, first)
        return found

    def sent_to(self, digest: bytes) -> tuple[Delivery, ...]:
        """Return where a record went or is going."""
        found = (
            select(deliveries)
            .join(
                segment_items,
                (segment_items.c.feed == deliveries.c.feed) & (segment_items.c.number == deliveries.c.number),
            )
            .where(segment_items.c.digest == digest)
            .order_by(deliveries.c.party)
        )
        return tuple(
            Delivery(r.feed, r.number, Party(r.party), r.lane, r.at_ms, r.sent_ms) for r in self.all(found)
        )


class OutboxWriting(OutboxReading):
    """Writing of what leaves."""

    def queue(
        self, digest: bytes, recipients: Sequence[Party], priority: int = REPORT, *, at_ms: int = 0
    ) -> None:
        """Queue one record for a recipient set; queued already = nothing."""
        self.queue_many([digest], recipients, priority, at_ms=at_ms)

    def queue_many(
        self,
        digests: Sequence[bytes],
        recipients: Sequence[Party],
        priority: int = REPORT,
        *,
        at_ms: int = 0,
    ) -> None:
        """Queue records for a recipient set, in their order; ``priority`` is the lane, most urgent first.

        The node's own party is left out of the set; an empty set is nothing to send.
        """
        to = joined(tuple(p for p in recipients if p != self.core.party))
        if not to:
            return
        known = set(self.conn.execute(_QUEUED, {"to": to, "digests": list(digests)}).scalars())
        rows = [
            {"recipients": to, "lane": priority, "digest": digest, "at_ms": at_ms}
            for digest in dict.fromkeys(digests)
            if digest not in known
        ]
        enter(self.conn, outbox, rows)
        self.touched.topics.add("outbox")

    def reserve_segment(self, feed: bytes) -> Reserved:
        """Return the next place in a feed; it is taken by ``put_segment`` in the same transaction."""
        head = self.feed_out(feed)
        return Reserved(feed, 1, None) if head is None else Reserved(feed, head.number + 1, head.hash)

    def put_segment(
        self,
        place: Reserved,
        *,
        recipients: Sequence[Party],
        lane: int,
        hash: bytes,
        head: bytes,
        digests: Sequence[bytes],
        at_ms: int,
    ) -> None:
        """Fix a segment: head bytes, items, one delivery a recipient; its records leave the outbox."""
        to = joined(tuple(recipients))
        at = {"feed": place.feed, "number": place.number}
        self.run(insert(segments_out), [{**at, "hash": hash, "head": head, "lane": lane, "at_ms": at_ms}])
        self.run(insert(segment_items), [{**at, "n": n, "digest": d} for n, d in enumerate(digests)])
        self.run(
            insert(deliveries),
            [{**at, "party": p, "sent_ms": None, "lane": lane, "at_ms": at_ms} for p in parted(to)],
        )
        self.run(delete(feeds_out).where(feeds_out.c.feed == place.feed))
        self.run(insert(feeds_out), [{**at, "recipients": to, "hash": hash, "at_ms": at_ms}])
        self.run(delete(outbox).where(outbox.c.recipients == to, outbox.c.digest.in_(digests)))
        self.touched.topics.add("outbox")

    def mark_sent(self, feed: bytes, number: int, party: Party, at_ms: int) -> None:
        """Note that the carrier took a segment for a party."""
        this = (deliveries.c.feed == feed, deliveries.c.number == number, deliveries.c.party == party)
        self.run(update(deliveries).where(*this).values(sent_ms=at_ms))
        self.touched.topics.add("outbox")

    def send_again(self, feed: bytes, numbers: Sequence[int], party: Party, at_ms: int) -> int:
        """Open the deliveries of segments a party lacks; return how many there are."""
        this = (deliveries.c.feed == feed, deliveries.c.number.in_(numbers), deliveries.c.party == party)
        done = self.conn.execute(update(deliveries).where(*this).values(sent_ms=None, at_ms=at_ms))
        self.touched.topics.add("outbox")
        return done.rowcount


def _feed(row: Row[Any]) -> FeedOut:
    return FeedOut(row.feed, parted(row.recipients), row.number, row.hash, row.at_ms)
