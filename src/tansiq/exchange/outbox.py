"""From pending records to frames with the carrier. Source: DESIGN 6.

1. Pending records are grouped by recipient set and priority; a segment holds at most 100 and about half
   a megabyte. Life threat and recall go first, into the alert mailbox.
2. Number, hash of the segment before, digests and signature are written in one transaction; only then
   does anything leave. A crash between the two sends the same segment again, with the same hash.
3. A segment is made again from bodies each time it is sent. A body deleted since, or withdrawn since from any
   of those it is sent to, travels as its digest.
4. Who is not active in the charter gets nothing. What it missed stays withheld when it is active again:
   if it asks, digests alone close the gap.
5. A protected record goes as it was sealed for each recipient when it was released (``sealed_post``).
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tansiq.base.clock import millis
from tansiq.exchange import safe
from tansiq.exchange.post import Post, Sealed
from tansiq.exchange.protocol import FrameTooLarge, Lane, NoMailbox
from tansiq.exchange.sealed_post import KEPT, close_segment
from tansiq.exchange.throttle import frame_limit
from tansiq.model.label import Party
from tansiq.model.record import RECALL, Signed
from tansiq.seal import Buried, Item, Segment
from tansiq.store.store import ReadTx, Store, WriteTx
from tansiq.store.values import Delivery, PendingGroup, SegmentRow

SEGMENT_BYTES: Final = 512 * 1024
PACKED_TO_HALF: Final = 2
"""Records take half their size in a small segment, envelope included: what a wanted frame is filled with."""
GROUPS_AT_ONCE: Final = 16
DELIVERIES_AT_ONCE: Final = 256
WITHHELD_MS: Final = 0
"""``sent_ms`` of a delivery that its party must not get: it was not active when it was due."""

RESEND_LIMIT: Final = 100
PRIORITIES: Final[dict[Lane, range]] = {"alert": range(RECALL + 1), "routine": range(RECALL + 1, 100)}
"""The priorities of each lane."""


@dataclass(slots=True)
class _Parcel:
    """One segment with those it is still to be put for."""

    feed: bytes
    number: int
    lane: Lane
    parties: list[Party] = field(default_factory=list)


class Dispatcher:
    """Sends what is pending. One at a time for each lane; a second call while one runs does no harm."""

    def __init__(self, store: Store, post: Post) -> None:
        self._store = store
        self._post = post

    async def pump(self, lane: Lane) -> int:
        """Make segments of what is pending in a lane and hand over all unsent ones; return the frames.

        A party whose mailbox the carrier does not take from us is passed over until the next call. Raises
        CarrierDown; what was handed over stays so.
        """
        await asyncio.to_thread(self.close_segments, lane)
        sent, without = 0, set[Party]()
        while parcels := await asyncio.to_thread(self._parcels, lane, without):
            for parcel in parcels:
                sent += await self._hand_over(parcel, without)
        return sent

    def close_segments(self, lane: Lane) -> int:
        """Number and sign segments until no record of the lane is pending; return how many were made.

        None while numbers of our feeds may be in use that we do not know of: none is used twice.
        """
        made = 0
        with self._store.read() as rx:
            if safe.feeds_may_be_lost(rx):
                return made
        while self._any_pending(lane):
            with self._store.write() as tx:
                groups = tx.pending(GROUPS_AT_ONCE, lanes=PRIORITIES[lane])
                for group in groups:
                    self._close(tx, group)
            made += len(groups)
        return made

    def _any_pending(self, lane: Lane) -> bool:
        with self._store.read() as rx:
            return bool(rx.pending(1, per_segment=1, lanes=PRIORITIES[lane]))

    def _close(self, tx: WriteTx, group: PendingGroup) -> None:
        wanted = 0 if self.is_alert(group.lane) else frame_limit(tx, group.recipients)
        limit = wanted * PACKED_TO_HALF or SEGMENT_BYTES
        items = _within_size(_items(tx, group.digests, group.recipients), limit)
        keys, charter, at_ms = self._post.keys, self._post.charter(), millis(self._post.clock.now())
        close_segment(tx, keys, charter, items, group.recipients, group.lane, at_ms=at_ms)

    def _parcels(self, lane: Lane, without: Collection[Party]) -> list[_Parcel]:
        """Return unsent segments, and withhold those of parties that are not active."""
        now, charter = self._post.clock.now(), self._post.charter()
        with self._store.read() as rx:
            unsent = rx.unsent(DELIVERIES_AT_ONCE, lanes=PRIORITIES[lane], without=without)
            apart = rx.guarded_unsent() if unsent else frozenset()
        barred = {d.party for d in unsent if charter.recipient(d.party, now=now) is None}
        if barred:
            self._withhold([d for d in unsent if d.party in barred])
        found: dict[tuple[bytes, int, str], _Parcel] = {}
        for each in unsent:
            if each.party not in barred:
                blank = _Parcel(each.feed, each.number, lane)
                for_one = each.party if (each.feed, each.number) in apart else ""  # sealed for him alone
                found.setdefault((each.feed, each.number, for_one), blank).parties.append(each.party)
        return list(found.values())

    def _withhold(self, barred: Sequence[Delivery]) -> None:
        with self._store.write() as tx:
            for each in barred:
                tx.mark_sent(each.feed, each.number, each.party, WITHHELD_MS)

    async def _hand_over(self, parcel: _Parcel, without: set[Party]) -> int:
        sealed = await asyncio.to_thread(self._sealed, parcel)
        without.update(set(parcel.parties) - {s.entry.code for s in sealed})
        reached: list[Party] = []
        try:
            for each in sealed:
                try:
                    await self._post.put(each.entry, each.bytes, parcel.lane)
                    reached.append(each.entry.code)
                except (NoMailbox, FrameTooLarge):
                    without.add(each.entry.code)
        finally:
            await asyncio.to_thread(self._mark, parcel, reached)
        return len(reached)

    async def resend(self, feed: bytes, numbers: Sequence[int], party: Party) -> int:
        """Answer a request: send the segments that are the party's again; return how many it asked for.

        What was withheld from it goes as digests alone. Nothing else goes along: when something is sent to
        others must not tell them that somebody asked for what they may not read. Raises CarrierDown.
        """
        withheld = await asyncio.to_thread(self.open_again, feed, numbers, party)
        for segment in withheld:
            await self._post.send(segment, (party,), "routine")
        for parcel in await asyncio.to_thread(self._parcels, "routine", ()):
            if parcel.feed == feed and parcel.number in numbers and party in parcel.parties:
                await self._hand_over(_Parcel(feed, parcel.number, parcel.lane, [party]), set())
        return len(numbers)

    def open_again(self, feed: bytes, numbers: Sequence[int], party: Party) -> list[Segment]:
        """Open the deliveries of segments that are the party's; return those withheld from it, as digests."""
        at_ms = millis(self._post.clock.now())
        with self._store.write() as tx:
            sent = tx.sent_at(feed, tuple(numbers)[:RESEND_LIMIT], party)
            tx.send_again(feed, [n for n, ms in sent.items() if ms != WITHHELD_MS], party, at_ms)
            rows = [tx.segment(feed, n) for n, ms in sent.items() if ms == WITHHELD_MS]
            return [rebuilt(tx, row, without_bodies=True) for row in rows if row is not None]

    @staticmethod
    def is_alert(priority: int) -> bool:
        """Whether records of a priority go by the alert lane."""
        return priority in PRIORITIES["alert"]

    def sealed_for(self, delivery: Delivery) -> bytes | None:
        """Return a segment sealed for one party; None when there is none, or the party is not active."""
        one = _Parcel(delivery.feed, delivery.number, "routine", [delivery.party])
        return next((each.bytes for each in self._sealed(one)), None)

    def _sealed(self, parcel: _Parcel) -> tuple[Sealed, ...]:
        with self._store.read() as rx:
            row = rx.segment(parcel.feed, parcel.number)
            gone = row is not None and bool(rx.withdrawn_from(row.digests, parcel.parties))
            if rx.is_guarded(parcel.feed, parcel.number) and not gone:
                return self._sealed_before(rx.sealed_for(parcel.feed, parcel.number), parcel)
            if row is None:
                return ()
            if not gone:
                return self._post.sealed(rebuilt(rx, row, parcel.parties), parcel.parties)
            apart = [(p, rebuilt(rx, row, (p,))) for p in parcel.parties]  # one lost what another keeps
        return tuple(each for party, segment in apart for each in self._post.sealed(segment, (party,)))

    def _sealed_before(self, kept: Mapping[Party, bytes], parcel: _Parcel) -> tuple[Sealed, ...]:
        """Return what was sealed for the one party at release; without it a session is awaited (rule 5)."""
        party = parcel.parties[0]
        entry = self._post.charter().party(party)
        if party in kept and entry is not None:
            return (Sealed(entry, kept[party]),)
        with self._store.write() as tx:
            tx.await_session(parcel.feed, parcel.number, party)
        return ()

    def _mark(self, parcel: _Parcel, reached: Sequence[Party]) -> None:
        if not reached:
            return
        at_ms = millis(self._post.clock.now())
        with self._store.write() as tx:
            for party in reached:
                tx.mark_sent(parcel.feed, parcel.number, party, at_ms)


def rebuilt(
    rx: ReadTx, row: SegmentRow, parties: Collection[Party] = (), *, without_bodies: bool = False
) -> Segment:
    """Return a segment made again from what is held, for parties; ``without_bodies`` = digests alone."""
    raw_head, signature = KEPT.decode(row.head)
    bare: list[Item] = [Buried(d) for d in row.digests]
    items = bare if without_bodies else _items(rx, row.digests, parties or row.recipients)
    return Segment(raw_head, tuple(items), signature)


def _items(rx: ReadTx, digests: Sequence[bytes], parties: Collection[Party]) -> list[Item]:
    held = rx.signed_many(digests)
    gone = rx.withdrawn_from(digests, parties)
    return [Buried(d) if d in gone else held.get(d) or Buried(d) for d in digests]


def _within_size(items: Sequence[Item], limit: int) -> list[Item]:
    """Return as many items from the front as fit a segment, at least one."""
    size = 0
    found: list[Item] = []
    for item in items:
        size += len(item.header) + len(item.body) if isinstance(item, Signed) else 0
        if found and size > limit:
            break
        found.append(item)
    return found
