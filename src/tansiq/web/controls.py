"""How each sense is written into the controls of a form and read back: one table keyed by the sense.

A value is spread over named strings, ``path`` or ``path.part``, as a browser sends them; reading gives
plain values for the strict reader, which names what is wrong. A blank control says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Literal, get_args

from tansiq.model.values import Basis, Precision

Data = Mapping[str, Sequence[str]]
"""A form as sent: name → the values given under it."""

Shape = Literal[
    "line", "area", "number", "instant", "select", "tick", "yes-no", "checks", "party", "reference"
]


@dataclass(frozen=True, slots=True)
class Control:
    """One control: its part's name ("" = the whole value), shape, fixed choices, writing and reading."""

    part: str
    shape: Shape
    choices: tuple[str, ...] = ()
    write: Callable[[Any], str] = str
    read: Callable[[str], Any] = lambda said: said
    wide: bool = False


def _scaled(scale: int) -> tuple[Callable[[Any], str], Callable[[str], Any]]:
    def write(value: int) -> str:
        exact = Decimal(value) / scale
        return f"{exact:f}"

    def read(said: str) -> Any:
        try:
            exact = (
                Decimal(said.replace("٫", ".").replace(",", ".").replace("\u00a0", "").replace(" ", ""))
                * scale
            )
        except InvalidOperation:
            return said
        return int(exact) if exact == exact.to_integral_value() else said

    return write, read


def _whole(said: str) -> Any:
    try:
        return int(said.replace("\u00a0", "").replace(" ", ""))
    except ValueError:
        return said


def _write_instant(value: datetime) -> str:
    text = value.isoformat().replace("+00:00", "Z")
    return text.replace("T00:00:00Z", "") if text.endswith("T00:00:00Z") else text


def _write_end(value: datetime) -> str:
    text = value.isoformat().replace("+00:00", "Z")
    return text.removesuffix("T23:59:59Z")


def _instant(said: str, day_at: str) -> str:
    text = said.strip().replace(" ", "T")
    if len(text) == 10:
        return f"{text}T{day_at}Z"
    return text if text.endswith("Z") or "+" in text[10:] or "-" in text[10:] else f"{text}Z"


def _read_instant(said: str) -> Any:
    return _parsed(_instant(said, "00:00:00"), said)


def _read_end(said: str) -> Any:
    return _parsed(_instant(said, "23:59:59"), said)


def _parsed(text: str, said: str) -> Any:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return said


def _write_flag(value: bool) -> str:
    return "true" if value else "false"


def _write_tick(value: bool) -> str:
    return "true" if value else ""


def _thousandths(part: str) -> Control:
    write, read = _scaled(1000)
    return Control(part, "number", write=write, read=read)


def _degrees(part: str) -> Control:
    write, read = _scaled(10_000_000)
    return Control(part, "number", write=write, read=read)


def _line(part: str = "", *, wide: bool = False) -> Control:
    return Control(part, "line", wide=wide)


def _area(part: str = "") -> Control:
    return Control(part, "area", wide=True)


def _number(part: str = "") -> Control:
    return Control(part, "number", read=_whole)


def _at(part: str = "") -> Control:
    return Control(part, "instant", write=_write_instant, read=_read_instant)


def _end(part: str) -> Control:
    return Control(part, "instant", write=_write_end, read=_read_end)


def _select(part: str = "", choices: tuple[str, ...] = ()) -> Control:
    return Control(part, "select", choices)


def _tick(part: str) -> Control:
    return Control(part, "tick", write=_write_tick)


_STATEMENT_TYPES: Final = ("fact", "claim", "assessment", "allegation", "forecast", "intent", "decision")

CONTROLS: Final[dict[str, tuple[Control, ...]]] = {
    "title": (_line(),),
    "narrative": (_area(),),
    "text": (_area(),),
    "name": (_line(),),
    "identifier": (_line(),),
    "pseudonym": (_line(),),
    "role": (_line(),),
    "field-name": (_line(),),
    "flag": (Control("", "yes-no", ("true", "false"), write=_write_flag),),
    "count": (_number(),),
    "hours": (_number(),),
    "permille": (_number(),),
    "instant": (_at(),),
    "party": (Control("", "party"),),
    "reference": (Control("", "reference"),),
    "language": (_select(),),
    "channel": (_select(),),
    "probability": (_select(),),
    "confidence": (_select(),),
    "choice": (_select(),),
    "time-expression": (
        _line("words", wide=True),
        _at("lo"),
        _end("hi"),
        _select("precision", get_args(Precision)),
        _at("anchor"),
        _select("anchor_basis", get_args(Basis)),
    ),
    "quantity": (
        _thousandths("value"),
        _line("unit"),
        _tick("approx"),
        _thousandths("lo"),
        _thousandths("hi"),
        _line("basis", wide=True),
        _line("announced_by", wide=True),
    ),
    "place": (
        _line("name", wide=True),
        _line("country"),
        _degrees("lat_e7"),
        _degrees("lon_e7"),
        _number("precision_m"),
    ),
    "area": (
        *(_degrees(part) for part in ("south_e7", "west_e7", "north_e7", "east_e7")),
        _number("floor_m"),
        _number("ceiling_m"),
    ),
    "grade": (
        _select("reliability", tuple("ABCDEF")),
        _select("credibility", tuple("123456")),
        _line("by"),
        _at("at"),
    ),
    "chain-link": (_line("name", wide=True), _line("source_kind"), _tick("anonymous"), _number("relays")),
    "statement": (_area("text"), _select("type", _STATEMENT_TYPES), _number("source")),
    "particular": (_line("name"), _area("value")),
}
"""Every sense but ``row``, whose controls are those of its parts."""

CHECKED: Final = frozenset({"party", "language", "channel", "probability", "confidence", "choice"})
"""Senses that, where a field takes several, are ticked in a list rather than written one by one."""


def spread(sense: str, value: Any, path: str) -> dict[str, list[str]]:
    """Return the strings of one value under ``path``."""
    out: dict[str, list[str]] = {}
    for control in CONTROLS[sense]:
        part = getattr(value, control.part) if control.part else value
        if part is not None and (text := control.write(part)) != "":
            out[f"{path}.{control.part}" if control.part else path] = [text]
    return out


def gather(sense: str, data: Data, path: str) -> Any:
    """Return the plain value under ``path``, or None where every control is blank."""
    found: dict[str, Any] = {}
    for control in CONTROLS[sense]:
        said = clean(data.get(f"{path}.{control.part}" if control.part else path, ()))
        if said:
            found[control.part] = control.read(said)
    return found.get("") if "" in found or not found else found


def clean(values: Sequence[str]) -> str:
    """Return the first value as kept: outer blanks off, line ends as one character."""
    return values[0].replace("\r\n", "\n").replace("\r", "\n").strip() if values else ""
