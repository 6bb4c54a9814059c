"""The shelf over a store: the records of a reader's view, decoded once for each state of the log."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from tansiq.base.clock import moment
from tansiq.base.ids import RecordId, id_of
from tansiq.boards.shelf import Held
from tansiq.model.charter import Charter
from tansiq.model.kind import CATALOGUE, Body
from tansiq.model.label import Label, Party
from tansiq.model.outline import ClosedRecord, TitleOnly
from tansiq.search.around import record_for, referrers
from tansiq.search.query import UNLISTED, kinds_held, kinds_of, list_records
from tansiq.search.view import View
from tansiq.store.store import ReadTx
from tansiq.store.values import StoredRecord

PAGE = 500


@dataclass(slots=True)
class StoredShelf:
    """A ``Shelf`` of one reader in one read transaction. What is opened by two alone shows its title, and
    stands on no shelf."""

    rx: ReadTx
    view: View
    charter: Charter
    party: Party
    _held: dict[RecordId, Held | None] = field(default_factory=dict)
    _of: dict[str, tuple[Held, ...]] = field(default_factory=dict)
    _kinds: frozenset[str] | None = None

    @property
    def now(self) -> datetime:
        """The node's time, aware UTC."""
        return moment(self.view.now_ms)

    def of(self, *kinds: str) -> tuple[Held, ...]:
        """Return the current records of these kinds, oldest first."""
        found = [held for kind in kinds for held in self._kind(kind)]
        return tuple(sorted(found, key=lambda h: (h.created, h.id)))

    def get(self, record_id: RecordId) -> Held | None:
        """Return one current record; absent and hidden are both None."""
        if record_id not in self._held:
            stored = record_for(self.rx, self.view, record_id)
            self._held[record_id] = None if stored is None else held_of(self.rx, stored)
        return self._held[record_id]

    def about(self, record_id: RecordId, *roles: str) -> tuple[Held, ...]:
        """Return the records that point to one, in header or body, oldest first; receipts are no answers."""
        rows = referrers(self.rx, self.view, record_id)
        ids = dict.fromkeys(
            r.row.id for r in rows if r.row.kind not in UNLISTED and (not roles or r.role in roles)
        )
        found = [held for each in ids if (held := self.get(each)) is not None]
        return tuple(sorted(found, key=lambda h: (h.created, h.id)))

    def _kind(self, kind: str) -> tuple[Held, ...]:
        if kind not in self._of:
            self._of[kind] = tuple(self._pages(kind)) if self._has(kind) else ()
        return self._of[kind]

    def _has(self, kind: str) -> bool:
        """Whether there is anything to ask for: most of the kinds that boards read have no record."""
        if self._kinds is None:
            self._kinds = kinds_held(self.rx, self.view)
        tags = kinds_of(kind, None)
        uncounted = any(tag not in CATALOGUE or CATALOGUE[tag].system for tag in tags)
        return uncounted or not self._kinds.isdisjoint(tags)

    def _pages(self, kind: str) -> list[Held]:
        found: list[Held] = []
        page = list_records(self.rx, self.view, kind=kind, limit=PAGE)
        while True:
            found += [held for row in page.rows if (held := self.get(row.id)) is not None]
            if page.next is None:
                return found
            page = list_records(self.rx, self.view, kind=kind, limit=PAGE, after=page.next)


def held_of(rx: ReadTx, stored: StoredRecord) -> Held | None:
    """Return a stored record as rules see it; None for one whose body they cannot see or do not know."""
    if stored.record is None or isinstance(stored.record, ClosedRecord | TitleOnly):
        return None
    body = stored.body
    if not isinstance(body, Body):
        return None
    label: Label = rx.label_of(stored.record_id) or stored.header.label
    header = stored.header
    return Held(
        id=stored.record_id,
        kind=header.kind.partition("/")[0],
        originator=stored.originator,
        body=body,
        label=label,
        created=header.created,
        received=moment(stored.received_ms),
        version=stored.version,
        lang=header.lang,
        priority=header.priority,
        refs=header.refs,
        sources=tuple(id_of(raw) for raw in header.sources),
        derived_from=tuple(id_of(raw) for raw in header.derived_from),
        occurred=header.occurred,
        grade=header.grade,
        registry=header.registry,
    )
