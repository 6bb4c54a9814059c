"""From a record to the rows that lists, maps and search read. Derived from the kind's declaration, by sense.

``PROJECT`` says for each sense what a value leaves behind besides its words; a test proves that every sense
has an entry. Unknown kinds leave their title alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import msgspec

import tansiq.model.kinds  # noqa: F401 (a projection needs every declared kind)
from tansiq.base.clock import millis
from tansiq.base.ids import raw_of
from tansiq.language.normalise import key
from tansiq.model.kind import CATALOGUE, Body, Field
from tansiq.model.kinds.receipt import Receipt
from tansiq.model.kinds.source_vault import SourceVault
from tansiq.model.outline import ClosedRecord
from tansiq.model.record import Header, OpaqueBody, Record, Ref
from tansiq.model.values import Box, ChainLink, Grade, Place, Quantity, TimeExpression

METRES_PER_DEGREE: Final = 111_320
FACT_LIMIT: Final = 300
MS_LIMIT: Final = 2**42 - 1
NUMBER_LIMIT: Final = 2**62
TWO_PERSON: Final = "TWO-PERSON"
"""The rule under which a record is listed by its title and found by nothing else."""

Row = dict[str, Any]


@dataclass(slots=True)
class Rows:
    """What one record leaves behind, table by table, without its ``pos``."""

    refs: list[Row] = field(default_factory=list)
    places: list[Row] = field(default_factory=list)
    times: list[Row] = field(default_factory=list)
    names: list[Row] = field(default_factory=list)
    facts: list[Row] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def ref(self, role: str, target: bytes) -> None:
        """Note a reference by role."""
        self.refs.append({"role": role, "target": target})

    def time(self, name: str, lo: datetime | None, hi: datetime | None) -> None:
        """Note an interval; both ends unknown leaves nothing."""
        if lo is not None or hi is not None:
            self.times.append({"field": name, "lo_ms": _ms(lo), "hi_ms": _ms(hi)})

    def name(self, name: str, value: str) -> None:
        """Note a name in its own and its folded form."""
        if value:
            self.names.append({"field": name, "name": clean(value), "folded": key(clean(value))})

    def fact(self, name: str, value: str, number: int | None = None) -> None:
        """Note a value to filter and count by."""
        bounded = None if number is None else min(max(number, -NUMBER_LIMIT), NUMBER_LIMIT)
        self.facts.append({"field": name, "value": clean(value)[:FACT_LIMIT], "number": bounded})

    def place(self, name: str, where: Place) -> None:
        """Note a place, with its point if it has one."""
        self.places.append({
            "field": name, "name": clean(where.name), "country": clean(where.country),
            "lat_e7": where.lat_e7, "lon_e7": where.lon_e7, "precision_m": where.precision_m,
        })  # fmt: skip


def _ms(moment: datetime | None) -> int | None:
    return None if moment is None else millis(moment)


def clean(text: str) -> str:
    """Return a text without the one character that PostgreSQL cannot hold."""
    return text.replace("\0", "")


def clamp_ms(at_ms: int) -> int:
    """Return a time that fits the order of lists, whatever a header says."""
    return min(max(at_ms, 0), MS_LIMIT)


def _words_only(rows: Rows, name: str, value: Any) -> None:
    """Nothing besides the words that the sense itself gives."""


def _name(rows: Rows, name: str, value: str) -> None:
    rows.name(name, value)


def _fact(rows: Rows, name: str, value: str) -> None:
    rows.fact(name, value)


def _flag(rows: Rows, name: str, value: bool) -> None:
    rows.fact(name, "yes" if value else "no", int(value))


def _number(rows: Rows, name: str, value: int) -> None:
    rows.fact(name, str(value), value)


def _instant(rows: Rows, name: str, value: datetime) -> None:
    rows.time(name, value, value)


def _when(rows: Rows, name: str, value: TimeExpression) -> None:
    rows.time(name, value.lo, value.hi)


def _reference(rows: Rows, name: str, value: str) -> None:
    try:
        rows.ref(name, raw_of(value))
    except ValueError:
        return  # a foreign node's slip: shown as text, never followed


def _quantity(rows: Rows, name: str, value: Quantity) -> None:
    rows.fact(name, value.unit, value.value)


def _area(rows: Rows, name: str, value: Box) -> None:
    tall, wide = value.north_e7 - value.south_e7, value.east_e7 - value.west_e7
    middle = Place(
        lat_e7=_within((value.north_e7 + value.south_e7) // 2, 900_000_000),
        lon_e7=_within((value.east_e7 + value.west_e7) // 2, 1_800_000_000),
        precision_m=min(max(tall, wide, 0) * METRES_PER_DEGREE // 20_000_000, 5_000_000),
    )
    rows.place(name, middle)


def _within(value: int, limit: int) -> int:
    return min(max(value, -limit), limit)


def _grade(rows: Rows, name: str, value: Grade) -> None:
    rows.fact(name, str(value))


def _link(rows: Rows, name: str, value: ChainLink) -> None:
    rows.name(name, value.name)


PROJECT: Final[Mapping[str, Callable[[Rows, str, Any], None]]] = {
    "title": _words_only,
    "narrative": _words_only,
    "text": _words_only,
    "name": _name,
    "identifier": _fact,
    "pseudonym": _name,
    "role": _words_only,
    "flag": _flag,
    "count": _number,
    "hours": _number,
    "permille": _number,
    "instant": _instant,
    "party": _fact,
    "reference": _reference,
    "field-name": _fact,
    "language": _fact,
    "channel": _fact,
    "probability": _fact,
    "confidence": _fact,
    "choice": _fact,
    "time-expression": _when,
    "quantity": _quantity,
    "place": lambda rows, name, value: rows.place(name, value),
    "area": _area,
    "grade": _grade,
    "chain-link": _link,
    "statement": _words_only,
    "particular": _words_only,
    "row": _words_only,
}
"""What a value of each sense leaves behind besides its words; the parts of a row are taken one by one."""


def rows_of(record: Record) -> Rows:
    """Return everything a record leaves behind for lists, maps and search."""
    rows, header = Rows(), record.header
    _of_header(rows, header)
    if isinstance(record, ClosedRecord):
        for ref in record.body_refs:
            rows.ref(ref.role, ref.to)
        return rows
    body = record.body
    if TWO_PERSON in header.label.rules:
        rows.words.append(body.title)
        for ref in body_refs(record):
            rows.ref(ref.role, ref.to)
        return rows
    if isinstance(body, OpaqueBody | SourceVault | Receipt):
        # who a source is, no index knows; what a receipt says, ``record_receipts`` keeps by record
        rows.words.append(body.title)
        return rows
    _of_body(rows, header.kind, body)
    return rows


def body_refs(record: Record) -> tuple[Ref, ...]:
    """Return what the body of an open record points to, by field."""
    rows = Rows()
    if not isinstance(record.body, OpaqueBody):
        _of_body(rows, record.header.kind, record.body)
    return tuple(Ref(row["role"], row["target"]) for row in rows.refs)


def title_of(record: Record) -> str:
    """Return the title that lists show; a closed record shows none."""
    if isinstance(record, ClosedRecord):
        return ""
    return clean(record.body.title)[:FACT_LIMIT]


def occurred_bytes(header: Header) -> bytes | None:
    """Return the stored form of when it happened."""
    return None if header.occurred is None else msgspec.msgpack.encode(header.occurred)


def _of_header(rows: Rows, header: Header) -> None:
    for ref in header.refs:
        rows.ref(ref.role, ref.to)
    for source in header.sources:
        rows.ref("source", source)
    for basis in header.derived_from:
        rows.ref("derived-from", basis)
    if header.occurred is not None:
        rows.time("occurred", header.occurred.lo, header.occurred.hi)
    if header.registry:
        rows.words.append(header.registry)


def _of_body(rows: Rows, tag: str, body: Body) -> None:
    for each in CATALOGUE[tag].fields:
        value = getattr(body, each.name)
        if value is not None and value != ():
            _of_field(rows, each, each.name, value)


def _of_field(rows: Rows, declared: Field, name: str, value: Any) -> None:
    sense, project = declared.sense, PROJECT[declared.sense.tag]
    for one in value if declared.many else (value,):
        rows.words.extend(filter(None, sense.words(one)))
        project(rows, name, one)
        for part in declared.parts:
            inner = getattr(one, part.name)
            if inner is not None and inner != ():
                _of_part(rows, part, f"{name}.{part.name}", inner)


def _of_part(rows: Rows, part: Field, name: str, value: Any) -> None:
    """A row's own words hold its texts already; its parts add what they leave behind and other words."""
    for one in value if part.many else (value,):
        if not isinstance(one, str):
            rows.words.extend(filter(None, part.sense.words(one)))
        PROJECT[part.sense.tag](rows, name, one)


def beside(rows: Rows) -> Iterator[tuple[str, list[Row]]]:
    """Yield the tables of several rows a record, by name."""
    yield from (
        ("refs", rows.refs),
        ("places", rows.places),
        ("times", rows.times),
        ("names", rows.names),
        ("facts", rows.facts),
    )
