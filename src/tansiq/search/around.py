"""Around the lists: one record for a reader, places for the map, facets, and what points to a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from sqlalchemy import Select, bindparam, select

from tansiq.base.ids import RecordId, id_of, raw_of
from tansiq.model.outline import TitleOnly
from tansiq.model.stated import body_references
from tansiq.search.query import UNLISTED, Filters, kinds_of, readable_tallies
from tansiq.search.sealed import OPENED_LIMIT, inside, shown_row, under
from tansiq.search.statements import COLUMNS, Shape, readable, sealed
from tansiq.search.view import Row, View
from tansiq.store.current import POS_END
from tansiq.store.project import TWO_PERSON
from tansiq.store.reading import RecordsReading
from tansiq.store.tables import places as place_table
from tansiq.store.tables import records, refs
from tansiq.store.values import StoredRecord

PLACES_LIMIT: Final = 2000


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One point of a record (degrees × 10^7); ``precision_m`` None = not stated."""

    row: Row
    field: str
    name: str
    country: str
    lat_e7: int
    lon_e7: int
    precision_m: int | None


@dataclass(frozen=True, slots=True)
class Facets:
    """How many readable records there are by kind, originator and language."""

    kinds: Mapping[str, int]
    originators: Mapping[str, int]
    langs: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Referrer:
    """A readable record that points to another, in a role."""

    role: str
    row: Row


def record_for(
    rx: RecordsReading, view: View, record_id: RecordId, version: int | None = None
) -> StoredRecord | None:
    """Return a record that may be read; absent, buried and not permitted are all None.

    One that asks for a second person, and has none yet, comes by its title alone (``TitleOnly``).
    What is not listed (``query.UNLISTED``) is read by who may read every record it speaks of.
    """
    if rx.label_number(record_id) not in view.permitted:  # first: unsealing takes time that absence does not
        return None
    held = rx.record(record_id, version)
    if held is None or held.record is None or held.label_id not in view.permitted:
        return None
    label = rx.label(held.label_id)
    if label is None or (label.until_ms is not None and label.until_ms <= view.now_ms):
        return None
    by_two = TWO_PERSON in held.header.label.rules or not view.sealed.isdisjoint(label.compartments)
    if by_two and (held.header.id, held.version) not in view.opened:
        return replace(held, record=TitleOnly(held.held))
    if held.header.kind in UNLISTED and not all(_read(rx, view, raw) for raw in body_references(held.body)):
        return None
    return held


def _read(rx: RecordsReading, view: View, raw: bytes) -> bool:
    return record_for(rx, view, id_of(raw)) is not None


def places(
    rx: RecordsReading,
    view: View,
    *,
    kind: str | None = None,
    family: str | None = None,
    since: int | None = None,
    limit: int = PLACES_LIMIT,
) -> tuple[PlaceRow, ...]:
    """Return the points of readable records, the newest records first."""
    filters = Filters(kinds_of(kind, family), since_ms=since)
    if not view.permitted or (family and not filters.kinds):
        return ()
    given = {**view.parameters, **filters.parameters, "limit": limit}
    rows = rx.all(_places(filters.shape(rx.core.sqlite, aside=bool(view.aside))), **given)
    found = [
        PlaceRow(shown_row(rx, r), r.field, r.place, r.country, r.lat_e7, r.lon_e7, r.precision_m)
        for r in rows
    ]
    if rx.core.keys:
        shape = filters.shape(rx.core.sqlite, aside=bool(view.aside))
        found += sealed_places(rx, shape, {**given, "before": POS_END}, view.sealed)
        found.sort(key=lambda each: -each.row.created_ms)
    return tuple(found[:limit])


def sealed_places(
    rx: RecordsReading, shape: Shape, given: Mapping[str, object], closed: frozenset[str] = frozenset()
) -> Iterator[PlaceRow]:
    """Yield the points of the records that this session opens: no table holds them.

    ``closed`` = compartments of sealed cases: what stands under them opens by two.
    """
    for found in rx.all(sealed(shape), **{**given, "limit": OPENED_LIMIT}):
        opened = None if under(rx, found, closed) else inside(rx, found.record, found.version)
        for at in opened.places if opened is not None else ():
            if at["lat_e7"] is not None:
                row = shown_row(rx, found)
                yield PlaceRow(row, at["field"], at["name"], at["country"], at["lat_e7"], at["lon_e7"],
                               at["precision_m"])  # fmt: skip


@cache
def _places(shape: Shape) -> Select[Any]:
    at = place_table.c
    found = select(
        *COLUMNS, at.field, at.name.label("place"), at.country, at.lat_e7, at.lon_e7, at.precision_m
    ).join_from(place_table, records, at.pos == records.c.pos)
    found = found.where(at.lat_e7.is_not(None), *readable(shape.sqlite), *shape.conditions())
    if shape.kinds:
        found = found.where(records.c.kind.in_(bindparam("kinds", expanding=True)))
    return found.order_by(at.pos.desc(), at.n).limit(bindparam("limit"))


def facets(rx: RecordsReading, view: View, *, kind: str | None = None, family: str | None = None) -> Facets:
    """Return the counts that a list offers to narrow by; exact, and only of what may be read."""
    filters = Filters(kinds_of(kind, family))
    found: tuple[Counter[str], Counter[str], Counter[str]] = (Counter(), Counter(), Counter())
    if view.permitted and not (family and not filters.kinds):
        for tally in readable_tallies(rx, view):
            if filters.takes(tally):
                for counter, value in zip(found, tally[:3], strict=True):
                    counter[value] += tally[3]
    return Facets(*(dict(sorted(counter.items())) for counter in found))


def referrers(
    rx: RecordsReading, view: View, record_id: RecordId, *, role: str | None = None, limit: int = 200
) -> tuple[Referrer, ...]:
    """Return the readable records that point to this one, newest first."""
    try:
        target = raw_of(record_id)
    except ValueError:
        return ()
    given = {**view.parameters, "target": target, "role": role, "limit": limit}
    rows = rx.all(_referrers(rx.core.sqlite, role is not None, bool(view.aside)), **given)
    return tuple(Referrer(row.role, shown_row(rx, row)) for row in rows)


@cache
def _referrers(sqlite: bool, by_role: bool, aside: bool) -> Select[Any]:
    found = select(*COLUMNS, refs.c.role).join_from(refs, records, refs.c.pos == records.c.pos)
    found = found.where(refs.c.target == bindparam("target"), *readable(sqlite))
    if aside:
        found = found.where(records.c.record.not_in(bindparam("aside", expanding=True)))
    if by_role:
        found = found.where(refs.c.role == bindparam("role"))
    return found.order_by(refs.c.pos.desc(), refs.c.n).limit(bindparam("limit"))
