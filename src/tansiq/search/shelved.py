"""Current records by the many, for boards: what of a kind a reader may read, and what points to records.

The conditions are those of every list (``search.query``, rule 1); only the page is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import Select, bindparam, exists, or_, select, text

from tansiq.search.query import UNLISTED, Filters
from tansiq.search.statements import Shape, readable
from tansiq.search.view import View
from tansiq.store.reading import RecordsReading
from tansiq.store.tables import facts, records, refs, versions

REFERRERS: Final = 200
"""Of so many rows that point to one record the newest are taken, as on its page."""
_MANY: Final = 500


@dataclass(frozen=True, slots=True)
class Shelved:
    """One current record: where its body is found, and the label that decides now."""

    record: bytes
    version: int
    digest: bytes
    label_id: int
    received_ms: int


def current_of(
    rx: RecordsReading, view: View, tag: str, *, stating: str | None = None
) -> tuple[Shelved, ...]:
    """Return the readable current records of a kind by its tag, newest first.

    ``stating`` = a field: those alone that leave a value of it behind, and what leaves nothing behind at all
    because it is protected.
    """
    if not view.permitted or tag in UNLISTED:
        return ()
    shape = Filters((tag,)).shape(rx.core.sqlite, aside=bool(view.aside))
    rows = rx.all(_current(shape, stating is not None), **view.parameters, kind=tag, field=stating)
    return tuple(Shelved(r.record, r.version, r.digest, r.label_id, r.received_ms) for r in rows)


@cache
def _current(shape: Shape, stating: bool) -> Select[Any]:
    own = (records.c.record, records.c.version, versions.c.digest, records.c.label_id, records.c.received_ms)
    found = select(*own).join_from(records, versions, versions.c.seq == records.c.seq)
    found = found.where(*readable(shape.sqlite), *shape.conditions(), records.c.kind == bindparam("kind"))
    if stating:
        there = exists().where(facts.c.pos == records.c.pos, facts.c.field == bindparam("field"))
        found = found.where(or_(there, text("NOT records.indexed")))
    return found.order_by(records.c.pos.desc())


def values_of(rx: RecordsReading, view: View, tag: str, field: str) -> tuple[tuple[str, bytes], ...]:
    """Return ``(value, record)`` of what readable current records of a kind left behind for a field."""
    if not view.permitted or tag in UNLISTED:
        return ()
    shape = Filters((tag,)).shape(rx.core.sqlite, aside=bool(view.aside))
    rows = rx.all(_values(shape), **view.parameters, kind=tag, field=field)
    return tuple((row.value, row.record) for row in rows)


@cache
def _values(shape: Shape) -> Select[Any]:
    found = select(facts.c.value, records.c.record).join_from(records, facts, facts.c.pos == records.c.pos)
    found = found.where(*readable(shape.sqlite), *shape.conditions(), records.c.kind == bindparam("kind"))
    return found.where(facts.c.field == bindparam("field")).order_by(records.c.pos, facts.c.n)


def pointing_to(
    rx: RecordsReading, view: View, targets: Sequence[bytes]
) -> dict[bytes, tuple[tuple[str, bytes], ...]]:
    """Return for many records ``(role, record)`` of the readable ones that point to each, newest first."""
    found: dict[bytes, list[tuple[str, bytes] | None]] = {}
    for at in range(0, len(targets), _MANY):
        part = list(targets[at : at + _MANY])
        for row in rx.all(_pointing(rx.core.sqlite), **view.parameters, targets=part):
            if row.record in view.aside:
                continue
            known = found.setdefault(row.target, [])
            if len(known) < REFERRERS:
                known.append((row.role, row.record) if row.kind not in UNLISTED else None)
    return {target: tuple(filter(None, rows)) for target, rows in found.items()}


@cache
def _pointing(sqlite: bool) -> Select[Any]:
    found = select(refs.c.target, refs.c.role, records.c.record, records.c.kind)
    found = found.join_from(refs, records, refs.c.pos == records.c.pos)
    found = found.where(refs.c.target.in_(bindparam("targets", expanding=True)), *readable(sqlite))
    return found.order_by(refs.c.pos.desc(), refs.c.n)
