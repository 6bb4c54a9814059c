"""The senses: what a field's value means.

A kind types its fields with these. A sense is pure: check, canonical text, index terms come from
the value alone. How a sense is stored, searched, shown and exported is a table on each floor
keyed by ``Sense.tag``; a test fails where a floor lacks an entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Literal, get_args

from msgspec import Meta, Struct

from tansiq.base.ids import raw_of
from tansiq.model.label import Party as PartyCode
from tansiq.model.values import (
    AREA_PRECISION_M,
    Box,
    ChainLink,
    Grade,
    Particular,
    Place,
    Quantity,
    TimeExpression,
    TypedStatement,
)


@dataclass(frozen=True, slots=True)
class Sense:
    """A meaning of values. ``words`` gives a value's searchable text; ``fault`` what is wrong with it."""

    tag: str
    words: Callable[[Any], Iterator[str]]
    fault: Callable[[Any], str | None] = lambda _: None


_FIRST: Final = datetime(2, 1, 1, tzinfo=UTC)
_LAST: Final = datetime(9998, 12, 31, tzinfo=UTC)

SENSES: Final[dict[str, Sense]] = {}
"""Every sense by its tag."""


def _itself(value: Any) -> Iterator[str]:
    yield str(value)


def _nothing(_: Any) -> Iterator[str]:
    yield from ()


def _sense(
    tag: str,
    words: Callable[[Any], Iterator[str]] = _itself,
    fault: Callable[[Any], str | None] = lambda _: None,
) -> Sense:
    SENSES[tag] = sense = Sense(tag, words, fault)
    return sense


def _blank(value: str) -> str | None:
    return None if value.strip() else "only blanks"


def _not_an_id(value: str) -> str | None:
    try:
        raw_of(value)
    except ValueError:
        return "not a record id"
    return None


def _off_calendar(value: datetime) -> str | None:
    """A time so near the end of the calendar that another time zone would leave it."""
    return None if _FIRST <= value <= _LAST else "no date that every place can show"


def _untimely(value: TimeExpression) -> str | None:
    if value.lo and value.hi and value.hi < value.lo:
        return "ends before it begins"
    stated = (at for at in (value.lo, value.hi, value.anchor) if at is not None)
    return next((why for at in stated if (why := _off_calendar(at))), None)


def _untimely_grade(value: Grade) -> str | None:
    return None if value.at is None else _off_calendar(value.at)


def _half_a_point(value: Place) -> str | None:
    half = (value.lat_e7 is None) != (value.lon_e7 is None)
    return "latitude and longitude stand together" if half else None


def _finer_than_an_area(value: Place) -> str | None:
    if value.lat_e7 is not None and (value.precision_m is None or value.precision_m < AREA_PRECISION_M):
        return f"finer than an area of {AREA_PRECISION_M} m"
    return _half_a_point(value)


def _place_words(value: Place) -> Iterator[str]:
    yield value.name


def _upside_down(value: Box) -> str | None:
    return "south lies north of north" if value.south_e7 > value.north_e7 else None


def _quantity_words(value: Quantity) -> Iterator[str]:
    yield from (value.unit, value.basis, value.announced_by)
    if value.value is not None:
        yield str(value.value // 1000 if value.value % 1000 == 0 else value.value / 1000)


def _row_words(value: Struct) -> Iterator[str]:
    for name in value.__struct_fields__:
        part = getattr(value, name)
        if isinstance(part, str):
            yield part


Title = Annotated[str, Meta(min_length=1, max_length=300), _sense("title", _itself, _blank)]
Narrative = Annotated[str, Meta(max_length=60_000), _sense("narrative")]
Text = Annotated[str, Meta(max_length=2_000), _sense("text")]
Name = Annotated[str, Meta(min_length=1, max_length=200), _sense("name")]
Identifier = Annotated[str, Meta(min_length=1, max_length=200), _sense("identifier")]
Pseudonym = Annotated[str, Meta(min_length=1, max_length=80), _sense("pseudonym")]
RoleName = Annotated[str, Meta(min_length=1, max_length=120), _sense("role")]
Flag = Annotated[bool, _sense("flag", _nothing)]
Count = Annotated[int, Meta(ge=0, le=2**53), _sense("count")]
Hours = Annotated[int, Meta(ge=0, le=1_000_000), _sense("hours", _nothing)]
Permille = Annotated[int, Meta(ge=0, le=1000), _sense("permille", _nothing)]
Instant = Annotated[datetime, Meta(tz=True), _sense("instant", _nothing, _off_calendar)]
PartyRef = Annotated[PartyCode, Meta(pattern=r"^[A-Z][A-Z0-9]{1,11}$"), _sense("party")]
RecordRef = Annotated[str, _sense("reference", _nothing, _not_an_id)]
FieldName = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$"), _sense("field-name", _nothing)]
Language = Annotated[Literal["ar", "fr", "en"], _sense("language", _nothing)]
Channel = Annotated[Literal["political", "intelligence", "military", "warning"], _sense("channel", _nothing)]
Probability = Annotated[
    Literal["highly-unlikely", "unlikely", "even", "likely", "highly-likely"], _sense("probability", _nothing)
]
Confidence = Annotated[Literal["low", "moderate", "high"], _sense("confidence", _nothing)]
When = Annotated[TimeExpression, _sense("time-expression", lambda v: iter((v.words,)), _untimely)]
Amount = Annotated[Quantity, _sense("quantity", _quantity_words)]
Where = Annotated[Place, _sense("place", _place_words, _half_a_point)]
Vicinity = Annotated[Place, Sense("place", _place_words, _finer_than_an_area)]
"""A place in a record about persons: the sense ``place``, never finer than an area."""
Area = Annotated[Box, _sense("area", _nothing, _upside_down)]
Grading = Annotated[Grade, _sense("grade", _itself, _untimely_grade)]
Link = Annotated[ChainLink, _sense("chain-link", _row_words)]
Sentence = Annotated[TypedStatement, _sense("statement", _row_words)]
Detail = Annotated[Particular, _sense("particular", _row_words)]

Obtained = Literal["open", "liaison", "own", "technical", "detainee", "unknown"]
"""How something was come by, beside its grade. What comes from a person detained is held until a review
(``policy.obtained``); that torture taints it is a finding, never a choice."""

CHOICE: Final = _sense("choice", _nothing)
"""Any other ``Literal[...]`` of strings in a kind."""
ROW: Final = _sense("row", _row_words)
"""Any other frozen struct in a kind: a row of a small table, its parts scalar senses."""


def sense_in(annotation: Any) -> Sense | None:
    """Return the sense an annotation carries, or None."""
    for part in getattr(annotation, "__metadata__", ()):
        if isinstance(part, Sense):
            return part
    bare = annotation.__origin__ if hasattr(annotation, "__metadata__") else annotation
    if isinstance(bare, type) and issubclass(bare, Struct):
        return ROW
    if get_args(bare) and all(isinstance(a, str) for a in get_args(bare)):
        return CHOICE
    return None
