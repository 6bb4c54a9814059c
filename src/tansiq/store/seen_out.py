"""What leaves and waits, counted by the labels of the records: for pages that count nothing hidden."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, or_, select

from tansiq.model.label import Party
from tansiq.store.sealed_out import AWAITS_MS
from tansiq.store.tables import records, versions
from tansiq.store.tables_node import deliveries, outbox, segment_items
from tansiq.store.tx import Tx
from tansiq.store.values import Lag, parted

_COUNT: Final = func.count().label("how_many")


class SeenOut(Tx):
    """Counts of what leaves, for one reader."""

    def readable_lags(self, permitted: Collection[int], *, now_ms: int) -> Mapping[Party, Lag]:
        """Return for each party how many records of these labels have not left for it, and since when.

        Records, not segments: a segment tells no label. The machine's own are left out:
        a receipt would tell of what it answers.
        """
        found: dict[Party, Lag] = {}
        for party, count, oldest_ms in self._seen_rows(permitted, now_ms):
            so_far = found.get(party, Lag(0, None))
            first = oldest_ms if so_far.oldest_ms is None else min(oldest_ms, so_far.oldest_ms)
            found[party] = Lag(so_far.count + count, first)
        return found

    def readable_pending(self, permitted: Collection[int], *, now_ms: int) -> int:
        """Return how many records of these labels are queued and in no segment yet, once for each set."""
        found = select(records.c.label_id, _COUNT).join_from(outbox, versions, *_same(outbox.c.digest))
        rows = self.all(_shown(found, now_ms).group_by(records.c.label_id))
        return sum(row.how_many for row in rows if row.label_id in permitted)

    def _seen_rows(self, permitted: Collection[int], now_ms: int) -> Iterator[tuple[Party, int, int]]:
        oldest = func.min(deliveries.c.at_ms).label("oldest_ms")
        made = select(deliveries.c.party, records.c.label_id, _COUNT, oldest).join_from(
            deliveries,
            segment_items,
            (segment_items.c.feed == deliveries.c.feed) & (segment_items.c.number == deliveries.c.number),
        )
        made = made.join(versions, *_same(segment_items.c.digest))
        made = made.where(or_(deliveries.c.sent_ms.is_(None), deliveries.c.sent_ms == AWAITS_MS))
        for row in self.all(_shown(made, now_ms).group_by(deliveries.c.party, records.c.label_id)):
            if row.label_id in permitted:
                yield Party(row.party), row.how_many, row.oldest_ms
        first = func.min(outbox.c.at_ms).label("oldest_ms")
        still = select(outbox.c.recipients, records.c.label_id, _COUNT, first)
        still = _shown(still.join_from(outbox, versions, *_same(outbox.c.digest)), now_ms)
        for row in self.all(still.group_by(outbox.c.recipients, records.c.label_id)):
            if row.label_id in permitted:
                yield from ((party, row.how_many, row.oldest_ms) for party in parted(row.recipients))


def _same(digest: ColumnElement[bytes]) -> tuple[ColumnElement[bool]]:
    return (versions.c.digest == digest,)


def _shown(found: Select[Any], now_ms: int) -> Select[Any]:
    """Count what lists show: current records that have not ended, none of the machine's own."""
    joined = found.join(records, records.c.record == versions.c.record)
    return joined.where(~records.c.system, records.c.until_ms > now_ms)
