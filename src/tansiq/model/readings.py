"""How a loosely typed value reads as a sense: numbers, words, mappings and lists of foreign files.

``read`` gives a value of the sense or ``NOTHING``; it never raises for what it is given. Hours
count from ``start`` (an exercise's beginning); without it they stay in words (``H+48``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any, Final

from tansiq.model.kind import Field
from tansiq.model.senses import Vicinity, sense_in
from tansiq.model.values import Box, ChainLink, Place, Quantity, TimeExpression, TypedStatement, coarse


class _Nothing:
    """The value does not read as its sense."""


NOTHING: Final = _Nothing()
Start = datetime | None

_YES: Final = {"yes", "true", "oui", "نعم", "1"}
_NO: Final = {"no", "false", "non", "لا", "0"}
_OPEN: Final = {"open", "intact", "ok", "up", "normal"}
_UNNAMED: Final = ("unnamed", "anonymous", "anonyme", "non nommé", "مجهول", "لم يُسمّ", "غير مسمى")
_SAME_CHOICE: Final = {
    "probable": "likely",
    "very-probable": "highly-likely",
    "even-chance": "even",
    "improbable": "unlikely",
    "very-improbable": "highly-unlikely",
    "air-recce": "air-observation",
    "humanitarian": "humanitarian-movement",
    "conditional": "yes-with-conditions",
    "inert": "inert-training",
    "dead": "killed",
    "held": "took-place",
    "warnings": "warning",
    "off": "down",
    "on": "up",
}
_ROW_NAMES: Final = {
    "node": ("party",),
    "qty": ("quantity",),
    "h": ("at",),
    "dtg": ("at",),
    "from": ("subject", "sent_by", "from_holder"),
    "to": ("object", "sent_to", "to_holder"),
    "name": ("mark", "form", "part"),
    "text": ("event", "step", "described"),
    "state": ("stage", "silence_answer"),
}
_WORDED: Final = ("text", "name", "identifier", "pseudonym", "role")
_GRADE: Final = re.compile(r"^([A-F])([1-6])$")
_PARTY: Final = re.compile(r"^[A-Z][A-Z0-9]{1,11}$")
_CORNERS: Final = (
    ("south", "west", "north", "east"),
    ("s", "w", "n", "e"),
    ("lat_min", "lon_min", "lat_max", "lon_max"),
    ("min_lat", "min_lon", "max_lat", "max_lon"),
)


def read(field: Field, value: Any, start: Start = None) -> Any:
    """Return the field's value as its sense, a tuple where it holds several, or NOTHING."""
    if not field.many:
        return _one(field, value, start)
    if field.rows is not None:
        listed = list(_row_mappings(field, value))
    elif field.sense.tag == "channel":
        listed = list(_closed_channels(value))
    else:
        listed = list(value) if isinstance(value, list | tuple) else [value]
    found = tuple(_one(field, each, start) for each in listed)
    return NOTHING if NOTHING in found else found


def _closed_channels(value: Any) -> Iterator[Any]:
    """Yield the channels that a value names, or says not to be open (``{"political": "suspended"}``)."""
    if isinstance(value, Mapping):
        named = value.get("channel", value.get("name"))
        said = [(named, value.get("state", value.get("mode")))] if named is not None else list(value.items())
        yield from (name for name, mode in said if str(mode).strip().lower() not in _OPEN)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _closed_channels(each)
    elif isinstance(value, str) and len(parts := value.replace(":", " ").split()) == 2:
        yield from _closed_channels({parts[0]: parts[1]})
    else:
        yield value


def _one(field: Field, value: Any, start: Start) -> Any:
    match field.sense.tag:
        case "choice" | "channel" | "language" | "probability" | "confidence":
            return _choice(field, value)
        case "instant":
            return _instant(value, start)
        case "time-expression":
            return _when(value, start)
        case "place":
            return _place(field, value)
        case "row":
            return _row(field, value, start)
        case tag:
            reader = _OF_VALUE.get(tag)
            return value if reader is None else reader(value)


def _text(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool | int | float):
        return str(value).lower() if isinstance(value, bool) else str(value)
    if isinstance(value, list | tuple) and all(isinstance(v, str | int | float) for v in value):
        return "; ".join(str(v) for v in value)
    return NOTHING


def _flag(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    return True if word in _YES else False if word in _NO else NOTHING


def _count(value: Any) -> Any:
    number = _number(value)
    return int(number) if number is not None and number == int(number) else NOTHING


def _permille(value: Any) -> Any:
    number = _number(value)
    if number is None:
        return NOTHING
    return round(number * 1000) if number <= 1 else round(number)


def _instant(value: Any, start: Start) -> Any:
    number = _number(value)
    if number is not None:
        return NOTHING if start is None else _after(start, number)
    return _moment(value) or NOTHING


def _when(value: Any, start: Start) -> Any:
    if isinstance(value, Mapping):
        return _when_of(value, start)
    if isinstance(value, list | tuple) and len(value) == 2 and None not in map(_number, value):
        return _hours(value[0], value[1], start)
    if (number := _number(value)) is not None and not isinstance(value, str):
        return _hours(number, number, start)
    if not isinstance(value, str):
        return NOTHING
    at = _moment(value)
    whole_day = timedelta(days=1, seconds=-1) if len(value) == 10 else timedelta()
    return TimeExpression(words=value[:200], lo=at, hi=at and at + whole_day, precision=_fineness(value, at))


def _fineness(words: str, at: datetime | None) -> Any:
    return "vague" if at is None else "day" if len(words) == 10 else "instant"


def _when_of(said: Mapping[str, Any], start: Start) -> Any:
    basis = said.get("basis") if said.get("basis") in ("given", "text", "inferred") else None
    hour = _number(said.get("h"))
    if hour is not None:
        at = _after(start, hour) if start else None
        return TimeExpression(words=f"H+{hour:g}", lo=at, hi=at, precision="hour", anchor_basis=basis)
    if set(said) <= set(TimeExpression.__struct_fields__):
        return dict(said)
    return NOTHING


def _hours(first: float, last: float, start: Start) -> TimeExpression:
    words = f"H+{first:g}" if first == last else f"H+{first:g} – H+{last:g}"
    if start is None:
        return TimeExpression(words=words, precision="hour")
    return TimeExpression(words=words, lo=_after(start, first), hi=_after(start, last), precision="hour")


def _quantity(value: Any) -> Any:
    if (number := _number(value)) is not None:
        return Quantity(value=round(number * 1000))
    if not isinstance(value, Mapping) or not set(value) <= set(Quantity.__struct_fields__):
        return NOTHING
    said = dict(value)
    for name in ("value", "lo", "hi"):
        if said.get(name) is not None:
            number = _number(said[name])
            if number is None:
                return NOTHING
            said[name] = round(number * 1000)
    return said


def _place(field: Field, value: Any) -> Any:
    said = dict(value) if isinstance(value, Mapping) else {"name": value}
    if not set(said) <= {"name", "place", "country", "lat", "lon", "precision_m"}:
        return NOTHING
    name = said.get("name") or said.get("place") or ""
    lat, lon, precision = (_number(said.get(n)) for n in ("lat", "lon", "precision_m"))
    if not isinstance(name, str) or (said.get("lat"), said.get("lon")).count(None) == 1:
        return NOTHING
    found = Place(
        name=name.strip(),
        country=str(said.get("country") or ""),
        lat_e7=None if lat is None else round(lat * 10**7),
        lon_e7=None if lon is None else round(lon * 10**7),
        precision_m=None if precision is None else round(precision),
    )
    return coarse(found) if field.sense is sense_in(Vicinity) else found


def _area(value: Any) -> Any:
    if isinstance(value, list | tuple) and len(value) == 4:
        value = dict(zip(_CORNERS[0], value, strict=True))
    if not isinstance(value, Mapping):
        return NOTHING
    names = next((c for c in _CORNERS if set(c) <= set(value)), None)
    edges = [_number(value[n]) for n in names] if names else [None]
    if None in edges:
        return NOTHING
    south, west, north, east = (round((e or 0) * 10**7) for e in edges)
    floor, ceiling = (_number(value.get(n)) for n in ("floor_m", "ceiling_m"))
    return Box(
        south_e7=min(south, north),
        west_e7=west,
        north_e7=max(south, north),
        east_e7=east,
        floor_m=None if floor is None else round(floor),
        ceiling_m=None if ceiling is None else round(ceiling),
    )


def _grade(value: Any) -> Any:
    if isinstance(value, str) and (found := _GRADE.match(value.strip().upper())):
        return {"reliability": found[1], "credibility": found[2]}
    return dict(value) if isinstance(value, Mapping) else NOTHING


def _link(value: Any) -> Any:
    if isinstance(value, str):
        return ChainLink(name=value, anonymous=any(w in value.lower() for w in _UNNAMED))
    fits = isinstance(value, Mapping) and set(value) <= set(ChainLink.__struct_fields__)
    return dict(value) if fits else NOTHING


def _statement(value: Any) -> Any:
    if isinstance(value, str):
        return TypedStatement(text=value)
    fits = isinstance(value, Mapping) and set(value) <= set(TypedStatement.__struct_fields__)
    return dict(value) if fits else NOTHING


def _choice(field: Field, value: Any) -> Any:
    if value in field.choices:
        return value
    word = re.sub(r"[\s_]+", "-", str(value).strip().lower().replace("+", " with "))
    for said in (word, _SAME_CHOICE.get(word)):
        if said in field.choices:
            return said
    return NOTHING


def _party(value: Any) -> Any:
    return value if isinstance(value, str) and _PARTY.match(value) else NOTHING


def _row(field: Field, value: Any, start: Start) -> Any:
    parts = {p.name: p for p in field.parts}
    found: dict[str, Any] = {}
    for name, said in value.items():
        part = _part(parts, name)
        if part is None or part.name in found:
            return NOTHING
        if said is None:
            continue
        found[part.name] = got = read(part, _worded(part, name, said, start), start)
        if got is NOTHING:
            return NOTHING
    return found


def _part(parts: Mapping[str, Field], name: str) -> Field | None:
    bare = name.removesuffix("_h")
    for tried in (name, bare, *_ROW_NAMES.get(name, ())):
        if tried in parts:
            return parts[tried]
    return None


def _worded(part: Field, name: str, value: Any, start: Start) -> Any:
    if name.endswith("_h") and part.sense.tag == "text" and _number(value) is not None:
        return f"H+{value:g}" if start is None else f"{_after(start, value):%Y-%m-%d %H:%M}Z"
    return value


def _row_mappings(field: Field, value: Any) -> Iterator[Mapping[str, Any]]:
    parts = {p.name: p for p in field.parts}
    first, second = _leading(parts)
    for each in value if isinstance(value, list | tuple) else [value]:
        if not isinstance(each, Mapping):
            yield {first: each}
        elif all(_part(parts, n) for n in each) or isinstance(value, list | tuple):
            yield from _spread(parts, each)
        else:
            yield from ({first: key, second: said} for key, said in each.items())


def _leading(parts: Mapping[str, Field]) -> tuple[str, str]:
    """Name the parts that a bare word, or a word and what is said of it, go to."""
    worded = [n for n, p in parts.items() if p.sense.tag in _WORDED]
    rest = [n for n in parts if n not in worded[:1]]
    first = worded[0] if worded else rest[0]
    return first, (worded[1:] or rest or [first])[0]


def _spread(parts: Mapping[str, Field], said: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Turn one nested mapping into flat rows: a list of mappings, or of values under a plural, multiplies."""
    plain: dict[str, Any] = {}
    several: list[list[Mapping[str, Any]]] = []
    for name, value in said.items():
        singular = name.removesuffix("s")
        if isinstance(value, list) and value and all(isinstance(v, Mapping) for v in value):
            several.append([row for v in value for row in _spread(parts, v)])
        elif isinstance(value, list) and name not in parts and singular in parts:
            several.append([{singular: v} for v in value])
        else:
            plain[name] = value
    for chosen in product(*several):
        yield plain | {k: v for each in chosen for k, v in each.items()}


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) < 10**15 else None


def _after(start: datetime, hours: float) -> datetime:
    return start + timedelta(hours=hours)


def _moment(value: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


_OF_VALUE: Final[dict[str, Callable[[Any], Any]]] = {
    **dict.fromkeys(("title", "narrative", "text", "name", "identifier", "pseudonym", "role"), _text),
    "flag": _flag,
    "count": _count,
    "hours": _count,
    "permille": _permille,
    "quantity": _quantity,
    "area": _area,
    "grade": _grade,
    "chain-link": _link,
    "statement": _statement,
    "party": _party,
}
