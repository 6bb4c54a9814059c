"""Values of every kind for property tests, made from the declarations alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

import tansiq.model.kinds  # noqa: F401
from tansiq.model.kind import Body, Field, Kind
from tansiq.model.senses import Vicinity, sense_in
from tansiq.model.values import (
    Box,
    ChainLink,
    Grade,
    Particular,
    Place,
    Quantity,
    TimeExpression,
    TypedStatement,
    coarse,
)

PARTIES = ("DZ", "FR", "JSC", "ML", "MR", "NE")
LETTERS = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي abcdéèç-0123456789"
STARTS = datetime(2008, 1, 1, tzinfo=UTC)


def words(size: int = 30) -> st.SearchStrategy[str]:
    """Text as people leave it: no blanks around, at least one letter."""
    return st.text(LETTERS, min_size=1, max_size=size).map(str.strip).filter(bool)


def instants() -> st.SearchStrategy[datetime]:
    """Whole seconds, aware, UTC; midnight and the day's last second come often."""
    days = st.integers(0, 9000).map(lambda d: STARTS + timedelta(days=d))
    return st.builds(
        lambda day, s: day + timedelta(seconds=s),
        days,
        st.sampled_from([0, 86_399]) | st.integers(0, 86_399),
    )


def ids() -> st.SearchStrategy[str]:
    """Record ids."""
    return st.uuids(version=4).map(str)


def times() -> st.SearchStrategy[TimeExpression]:
    """Time-expressions: open, closed or in words only."""
    return st.builds(
        lambda w, lo, days, precision: TimeExpression(
            words=w, lo=lo, hi=lo and days and lo + timedelta(days=days), precision=precision
        ),
        words(),
        st.none() | instants(),
        st.none() | st.integers(1, 60),
        st.sampled_from(["instant", "day", "month", "vague"]),
    )


_DEGREES = st.integers(-899_999_999, 899_999_999)
_BY_SENSE: dict[str, st.SearchStrategy[Any]] = {
    "title": words(),
    "narrative": words(200),
    "text": words(60),
    "name": words(),
    "identifier": words(),
    "pseudonym": words(),
    "role": words(),
    "field-name": st.sampled_from(["place", "due_on", "title"]),
    "flag": st.booleans(),
    "count": st.integers(0, 2**40),
    "hours": st.integers(0, 1000),
    "permille": st.integers(0, 1000),
    "instant": instants(),
    "party": st.sampled_from(PARTIES),
    "reference": ids(),
    "language": st.sampled_from(["ar", "fr", "en"]),
    "channel": st.sampled_from(["political", "intelligence", "military", "warning"]),
    "probability": st.sampled_from(["unlikely", "even", "likely"]),
    "confidence": st.sampled_from(["low", "moderate", "high"]),
    "time-expression": times(),
    "quantity": st.builds(
        Quantity, value=st.none() | st.integers(0, 10**9), unit=words(9), approx=st.booleans(), basis=words()
    ),
    "place": st.builds(
        lambda name, at, precision: Place(
            name=name, lat_e7=at and at[0], lon_e7=at and at[1], precision_m=precision
        ),
        words(),
        st.none() | st.tuples(_DEGREES, _DEGREES),
        st.integers(20_000, 50_000),
    ),
    "area": st.builds(
        lambda s, w, e: Box(south_e7=s, west_e7=w, north_e7=s, east_e7=e), _DEGREES, _DEGREES, _DEGREES
    ),
    "grade": st.builds(Grade, reliability=st.sampled_from("ABCDEF"), credibility=st.sampled_from("123456")),
    "chain-link": st.builds(
        ChainLink, name=words(), anonymous=st.booleans(), relays=st.none() | st.integers(0, 3)
    ),
    "statement": st.builds(TypedStatement, text=words(60), source=st.none() | st.integers(0, 3)),
    "particular": st.builds(Particular, name=words(), value=words()),
}


def values(field: Field, *, within_row: bool = False) -> st.SearchStrategy[Any]:
    """Return a strategy for the values of a field; ``None`` where it may be left out."""
    one = _one(field)
    if field.many and field.required:
        return st.lists(one, min_size=1, max_size=2, unique=True).map(tuple)
    if field.many:
        distinct = field.sense.tag in ("party", "choice", "channel", "language", "confidence", "probability")
        return st.lists(one, min_size=int(field.required), max_size=3, unique=distinct).map(tuple)
    return one


def _one(field: Field) -> st.SearchStrategy[Any]:
    if field.sense.tag == "choice":
        return st.sampled_from(field.choices)
    if field.rows is not None:
        return st.builds(field.rows, **{p.name: values(p, within_row=True) for p in field.parts})
    found = _BY_SENSE[field.sense.tag]
    found = found.map(coarse) if field.sense.tag == "place" and _is_vicinity(field) else found
    return found.filter(lambda v: field.sense.fault(v) is None)


def _is_vicinity(field: Field) -> bool:
    return field.sense is sense_in(Vicinity)


def bodies(kind: Kind) -> st.SearchStrategy[Body]:
    """Return a strategy for bodies of a kind: each optional field stated, left out or said to be unknown."""

    @st.composite
    def build(draw: st.DrawFn) -> Body:
        given: dict[str, Any] = {}
        unknown: list[str] = []
        for field in kind.fields:
            if field.name == "unknown":
                continue
            if field.name in kind.affirm:
                given[field.name] = True
                continue
            state = "said" if field.required else draw(st.sampled_from(["said", "left", "unknown"]))
            if field.name in kind.affirm:
                given[field.name] = True
            elif state == "said":
                given[field.name] = draw(values(field))
            elif state == "unknown" and field.name not in ("text", "particulars"):
                unknown.append(field.name)
        return kind.body(**given, unknown=tuple(unknown))

    return build()


def sample_values(kind: Kind) -> dict[str, Any]:
    """Return plain values that fill every field of a kind once, as a careful officer would."""
    given = {f.name: _sample(f) for f in kind.fields if f.name not in ("unknown", "particulars")}
    return given | _CAREFUL.get(kind.name, {})


_CAREFUL: dict[str, dict[str, Any]] = {
    "bypass-flag": {"partner": "FR", "text": ""},
    "indicator": {"personal_data": False},
}
"""What a careful officer writes otherwise: a flag says no content, an indicator speaks of no person."""

_SAMPLES: dict[str, Any] = {
    "title": "عنوان السجل",
    "narrative": "نصّ السجل كما كتبه الضابط",
    "field-name": "place",
    "flag": True,
    "count": 3,
    "hours": 48,
    "permille": 250,
    "instant": "2031-03-02T06:00:00Z",
    "party": "ML",
    "reference": "01900000-0000-7000-8000-000000000000",
    "language": "ar",
    "channel": "military",
    "probability": "likely",
    "confidence": "moderate",
    "time-expression": {
        "words": "أمس",
        "lo": "2031-03-01T00:00:00Z",
        "hi": "2031-03-01T23:59:59Z",
        "precision": "day",
    },
    "quantity": {"value": 2000, "unit": "سرية", "basis": "بلاغ"},
    "place": {
        "name": "كيدال",
        "country": "ML",
        "lat_e7": 184_400_000,
        "lon_e7": 14_100_000,
        "precision_m": 25_000,
    },
    "area": {"south_e7": 10, "west_e7": 10, "north_e7": 20, "east_e7": 20},
    "grade": {"reliability": "B", "credibility": "2"},
    "chain-link": {"name": "وكالة الأنباء", "source_kind": "agency"},
    "statement": {"text": "قال المسؤول إن الاجتماع انعقد", "type": "claim"},
    "particular": {"name": "ملاحظة", "value": "قيمة"},
}


def _sample(field: Field) -> Any:
    if field.sense.tag == "choice":
        one: Any = field.choices[0]
    elif field.rows is not None:
        one = {p.name: _sample(p) for p in field.parts}
    else:
        one = _SAMPLES.get(field.sense.tag, "كلمة")
    return [one] if field.many else one
