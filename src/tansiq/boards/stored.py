"""The shelf over a store: the records of a reader's view, decoded once for each version.

1. What a reader may see is asked of the store each time (``search.shelved``); only what was decoded of it is
   kept from one shelf to the next (``store.kept``), found by the digests that he was given.
2. What opens by a session's keys, or by two officers, is decoded for him alone and kept nowhere.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from tansiq.base.clock import moment
from tansiq.base.ids import RecordId, id_of, raw_of
from tansiq.boards.shelf import Held
from tansiq.model.charter import Charter
from tansiq.model.kind import CATALOGUE, Body
from tansiq.model.label import Label, Party
from tansiq.model.outline import ClosedRecord, TitleOnly
from tansiq.model.record import Record
from tansiq.search.around import record_for
from tansiq.search.query import kinds_held, kinds_of
from tansiq.search.shelved import Shelved, current_of, pointing_to, values_of
from tansiq.search.view import View
from tansiq.store.project import TWO_PERSON
from tansiq.store.store import ReadTx
from tansiq.store.values import StoredRecord

ASKED_SINGLY = 3
"""So many records of a kind are asked one by one what points to them; then their kind is asked at once."""
ASKED_AT_ONCE = 500


@dataclass(slots=True)
class StoredShelf:
    """A ``Shelf`` of one reader in one read transaction. What is opened by two alone shows its title, and
    stands on no shelf."""

    rx: ReadTx
    view: View
    charter: Charter
    party: Party
    told: dict[Hashable, object] = field(default_factory=dict)
    _held: dict[RecordId, Held | None] = field(default_factory=dict)
    _of: dict[tuple[str, ...], tuple[Held, ...]] = field(default_factory=dict)
    _about: dict[RecordId, tuple[tuple[str, bytes], ...]] = field(default_factory=dict)
    _singly: dict[str, int] = field(default_factory=dict)
    _kinds: frozenset[str] | None = None

    @property
    def now(self) -> datetime:
        """The node's time, aware UTC."""
        return moment(self.view.now_ms)

    def of(self, *kinds: str) -> tuple[Held, ...]:
        """Return the current records of these kinds, oldest first."""
        if kinds not in self._of:
            self._of[kinds] = _in_order(
                self._kind(kinds[0]) if len(kinds) == 1 else (h for kind in kinds for h in self.of(kind))
            )
        return self._of[kinds]

    def stating(self, field: str, *kinds: str) -> tuple[Held, ...]:
        """Return the current records of kinds that state a field, oldest first."""
        known = (f"{field}?", *kinds)
        if known not in self._of:
            by_two = (self.get(id_of(raw)) for raw, _ in self.view.opened if raw not in self.view.aside)
            found = {h.id: h for h in by_two if h is not None and h.kind in kinds}
            found |= {h.id: h for kind in kinds for h in self._kind(kind, field)}
            self._of[known] = _in_order(found.values())
        return self._of[known]

    def values(self, field: str, *kinds: str) -> tuple[tuple[str, RecordId], ...]:
        """Return a field's values with their records; of what is protected, from the records themselves."""
        if self.rx.core.keys or self.view.opened:
            said = ((getattr(h.body, field), h.id) for h in self.stating(field, *kinds))
            return tuple((value, each) for value, each in said if value)
        tags = (tag for kind in kinds if self._has(kind) for tag in kinds_of(kind, None))
        rows = (row for tag in tags for row in values_of(self.rx, self.view, tag, field))
        return tuple((value, id_of(raw)) for value, raw in rows if value)

    def get(self, record_id: RecordId) -> Held | None:
        """Return one current record; absent and hidden are both None."""
        if record_id not in self._held:
            stored = record_for(self.rx, self.view, record_id)
            self._held[record_id] = None if stored is None else held_of(self.rx, stored)
        return self._held[record_id]

    def about(self, record_id: RecordId, *roles: str) -> tuple[Held, ...]:
        """Return the records that point to one, in header or body, oldest first; receipts are no answers."""
        if record_id not in self._about:
            self._ask_about(record_id)
        rows = self._about[record_id]
        ids = dict.fromkeys(id_of(raw) for role, raw in rows if not roles or role in roles)
        return _in_order(held for each in ids if (held := self.get(each)) is not None)

    def _ask_about(self, record_id: RecordId) -> None:
        """Ask what points to a record; when others of its kind were asked about before, to many of them."""
        wanted = [record_id, *self._beside(record_id)]
        raws = {each: raw for each in wanted if (raw := _raw(each)) is not None}
        found = pointing_to(self.rx, self.view, list(raws.values()))
        self._about |= {each: found.get(raws[each], ()) if each in raws else () for each in wanted}

    def _beside(self, record_id: RecordId) -> list[RecordId]:
        held = self._held.get(record_id)
        if held is None or (held.kind,) not in self._of:
            return []
        self._singly[held.kind] = self._singly.get(held.kind, 0) + 1
        if self._singly[held.kind] <= ASKED_SINGLY:
            return []
        others = (h.id for h in self._of[held.kind,] if h.id not in self._about and h.id != record_id)
        return [each for each, _ in zip(others, range(ASKED_AT_ONCE), strict=False)]

    def _kind(self, kind: str, stating: str | None = None) -> list[Held]:
        if not self._has(kind):
            return []
        rows = [
            row
            for tag in kinds_of(kind, None)
            for row in current_of(self.rx, self.view, tag, stating=stating)
        ]
        return self._decoded(rows)

    def _has(self, kind: str) -> bool:
        """Whether there is anything to ask for: most of the kinds that boards read have no record."""
        if self._kinds is None:
            self._kinds = kinds_held(self.rx, self.view)
        tags = kinds_of(kind, None)
        uncounted = any(tag not in CATALOGUE or CATALOGUE[tag].system for tag in tags)
        return uncounted or not self._kinds.isdisjoint(tags)

    def _decoded(self, rows: Iterable[Shelved]) -> list[Held]:
        """Return rows as rules see them: those not on the shelf yet from what is kept, the others opened."""
        fresh = {id_of(row.record): row for row in rows}
        named = list(fresh)
        lacking = {each: row for each, row in fresh.items() if each not in self._held}
        if lacking:
            self._held |= self._fill(lacking)
        return [held for each in named if (held := self._held[each]) is not None]

    def _fill(self, rows: Mapping[RecordId, Shelved]) -> dict[RecordId, Held | None]:
        kept, head, labels = self.rx.core.kept, self.rx.settle_kept(), self.rx.labels()
        found: dict[RecordId, Held | None] = {}
        closed: dict[RecordId, Shelved] = {}
        for each, row in rows.items():
            before = kept.get(row.digest) if head is not None else None
            if isinstance(before, Held):
                found[each] = self._allowed(_under(before, labels[row.label_id]), row)
            else:
                closed[each] = row
        opened = self.rx.opened_many([row.digest for row in closed.values()])
        for each, row in closed.items():
            record = opened.get(row.digest)
            if record is None:
                found[each] = self.get(each)
                continue
            held = of_record(record, labels[row.label_id], row.received_ms)
            found[each] = None if held is None else self._allowed(held, row)
            if head is not None and found[each] is not None and not _by_two(held):
                kept.put(row.digest, row.record, held, 4 * len(record.signed.body), head=head)
        return found

    def _allowed(self, held: Held, row: Shelved) -> Held | None:
        """Return a record if it needs no second officer, or has him."""
        by_two = _by_two(held) or not self.view.sealed.isdisjoint(held.label.compartments)
        return held if not by_two or (row.record, row.version) in self.view.opened else None


def _by_two(held: Held | None) -> bool:
    return held is not None and TWO_PERSON in held.label.rules


def _under(held: Held, label: Label) -> Held:
    return held if held.label is label else replace(held, label=label)


def _in_order(found: Iterable[Held]) -> tuple[Held, ...]:
    return tuple(sorted(found, key=lambda h: (h.created, h.id)))


def _raw(record_id: RecordId) -> bytes | None:
    try:
        return raw_of(record_id)
    except ValueError:
        return None


def held_of(rx: ReadTx, stored: StoredRecord) -> Held | None:
    """Return a stored record as rules see it; None for one whose body they cannot see or do not know."""
    if stored.record is None:
        return None
    label: Label = rx.label_of(stored.record_id) or stored.header.label
    return of_record(stored.record, label, stored.received_ms)


def of_record(record: Record, label: Label, received_ms: int) -> Held | None:
    """Return a record under the label that decides now, as rules see it; None as ``held_of``."""
    if isinstance(record, ClosedRecord | TitleOnly):
        return None
    body, header = record.body, record.header
    if not isinstance(body, Body):
        return None
    return Held(
        id=header.record_id,
        kind=header.kind.partition("/")[0],
        originator=header.originator,
        body=body,
        label=label,
        created=header.created,
        received=moment(received_ms),
        version=header.version,
        lang=header.lang,
        priority=header.priority,
        refs=header.refs,
        sources=tuple(id_of(raw) for raw in header.sources),
        derived_from=tuple(id_of(raw) for raw in header.derived_from),
        occurred=header.occurred,
        grade=header.grade,
        registry=header.registry,
    )
