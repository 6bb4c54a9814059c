"""How each sense is shown: one table keyed by the sense, giving safe markup in the reader's language.

1. What is not stated is a dash; what is stated to be unknown is the word for it, never 0 or a blank.
2. Codes and identifiers stand in ``<bdi>``, times in ``<time dir="ltr">``, foreign prose with ``dir="auto"``.
3. A number shows its counting basis and who announced it; reliability and credibility are never merged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from markupsafe import Markup, escape
from msgspec import Struct

from tansiq.model.kind import Body, Field, Kind
from tansiq.model.values import (
    Box,
    ChainLink,
    Grade,
    Particular,
    Place,
    Quantity,
    TimeExpression,
    TypedStatement,
)
from tansiq.web.forms import choice_name
from tansiq.web.locale import Tongue
from tansiq.web.render import TURNING
from tansiq.web.timebar import bar_of, drawn
from tansiq.work.names import name_in


@dataclass(frozen=True, slots=True)
class Reading:
    """What showing needs beyond the value: the language, names of parties, titles the reader may see."""

    tongue: Tongue
    parties: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """A field ready for the page; ``table`` says that ``value`` is a small table of its own."""

    name: str
    label: str
    value: Markup
    table: bool = False


def token(text: object) -> Markup:
    """Return a code or identifier, isolated from the text's direction."""
    return Markup('<bdi class="id">{}</bdi>').format(text)


def unknown(reading: Reading) -> Markup:
    """Return the word for what is known to be unknown."""
    return Markup('<span class="unknown">{}</span>').format(reading.tongue.t("web.unknown"))


def not_stated(reading: Reading) -> Markup:
    """Return a dash with its meaning for those who hear the page."""
    return Markup('<span class="not-stated" title="{0}" aria-label="{0}">—</span>').format(
        reading.tongue.t("web.not-stated")
    )


def instant(at: datetime, reading: Reading) -> Markup:
    """Return a moment, for people and for machines."""
    return Markup('<time dir="ltr" datetime="{}">{}</time>').format(
        at.isoformat().replace("+00:00", "Z"), reading.tongue.instant(at)
    )


def _prose(value: str, _: Reading) -> Markup:
    paragraphs = [p for p in value.split("\n") if p.strip()]
    return Markup("").join(Markup('<p dir="auto">{}</p>').format(p) for p in paragraphs)


def _isolated(value: str, _: Reading) -> Markup:
    return Markup("<bdi>{}</bdi>").format(value)


def _code(value: str, _: Reading) -> Markup:
    return token(value)


def _number(value: int, reading: Reading) -> Markup:
    return Markup("<bdi>{}</bdi>").format(reading.tongue.number(value))


def _hours(value: int, reading: Reading) -> Markup:
    return Markup("<bdi>{}</bdi>").format(reading.tongue.counted("web.unit.hours", value))


def _permille(value: int, reading: Reading) -> Markup:
    return Markup("<bdi>{} %</bdi>").format(reading.tongue.number(value / 10))


def _flag(value: bool, reading: Reading) -> Markup:
    return escape(reading.tongue.t("web.flag.true" if value else "web.flag.false"))


def _choice(value: str, reading: Reading) -> Markup:
    return escape(choice_name(value, reading.tongue.lang))


def _party(value: str, reading: Reading) -> Markup:
    name = reading.parties.get(value)
    return Markup("{} {}").format(name, token(value)) if name else token(value)


def _reference(value: str, reading: Reading) -> Markup:
    title = reading.titles.get(value)
    if title is None:
        return token(value)
    return Markup('<a href="/record/{}"><bdi>{}</bdi></a>').format(value, title)


def when(value: TimeExpression, reading: Reading) -> Markup:
    """Return a time-expression: its words, the interval it means, and the anchor where it hangs on one."""
    parts: list[Markup] = []
    if value.words:
        parts.append(Markup("<bdi>«{}»</bdi>").format(value.words))
    parts.append(_interval(value, reading))
    if value.lo is not None and value.hi is not None and value.precision not in ("instant", "hour", "day"):
        words = f"{reading.tongue.day(value.lo)} – {reading.tongue.day(value.hi)}"
        parts.append(drawn(bar_of(value.lo.date(), value.hi.date()), words))
    if value.anchor is not None:
        basis = choice_name(value.anchor_basis, reading.tongue.lang) if value.anchor_basis else ""
        said = reading.tongue.t("web.when.anchor", day=reading.tongue.day(value.anchor), basis=basis)
        parts.append(Markup('<span class="quiet">{}</span>').format(said))
    return Markup(" ").join(parts)


def _interval(value: TimeExpression, reading: Reading) -> Markup:
    t = reading.tongue
    match (value.lo, value.hi):
        case (None, None):
            return unknown(reading)
        case (lo, None) if lo is not None:
            return escape(t.t("web.when.since", lo=_edge(lo, value, t)))
        case (None, hi) if hi is not None:
            return escape(t.t("web.when.until", hi=_edge(hi, value, t)))
        case (lo, hi):
            first, last = _edge(lo, value, t), _edge(hi, value, t)
            words = first if first == last else t.t("web.when.between", lo=first, hi=last)
            precision = choice_name(value.precision, t.lang)
            return Markup('<span>{}</span> <span class="quiet">{}</span>').format(words, precision)


def _edge(at: datetime | None, value: TimeExpression, tongue: Tongue) -> str:
    if at is None:
        return ""
    return tongue.instant(at) if value.precision in ("instant", "hour") else tongue.day(at)


def _quantity(value: Quantity, reading: Reading) -> Markup:
    t = reading.tongue
    if value.value is None and value.lo is None and value.hi is None:
        number = unknown(reading)
    elif value.value is None:
        number = escape(f"{_thousandths(value.lo, t)}–{_thousandths(value.hi, t)}")
    else:
        said = _thousandths(value.value, t)
        number = Markup("<bdi>{}</bdi>").format(t.t("web.about", n=said) if value.approx else said)
    out = Markup("{} <bdi>{}</bdi>").format(number, value.unit)
    for key, what in (("web.basis", value.basis), ("web.announced-by", value.announced_by)):
        if what:
            out += Markup(' <span class="quiet">{} <bdi>{}</bdi></span>').format(t.t(key), what)
    return out


def _thousandths(value: int | None, tongue: Tongue) -> str:
    if value is None:
        return "?"
    return tongue.number(value // 1000 if value % 1000 == 0 else value / 1000)


def _place(value: Place, reading: Reading) -> Markup:
    out = Markup("<bdi>{}</bdi>").format(value.name) if value.name else unknown(reading)
    known = name_in(value.name, reading.tongue.lang)
    if known != value.name:
        out += Markup(' <span class="quiet">(<bdi>{}</bdi>)</span>').format(known)
    if value.country:
        out += Markup(" {}").format(token(value.country))
    if value.lat_e7 is not None and value.lon_e7 is not None:
        out += Markup(" {}").format(token(f"{_degrees(value.lat_e7)}, {_degrees(value.lon_e7)}"))
    if value.precision_m is not None:
        said = reading.tongue.t(
            "web.within", n=reading.tongue.number(max(1, round(value.precision_m / 1000)))
        )
        out += Markup(' <span class="quiet">{}</span>').format(said)
    return out


def _degrees(value_e7: int) -> str:
    return f"{value_e7 / 10_000_000:.4f}"


def _area(value: Box, _: Reading) -> Markup:
    south_west = f"{_degrees(value.south_e7)}, {_degrees(value.west_e7)}"
    out = token(f"{south_west} – {_degrees(value.north_e7)}, {_degrees(value.east_e7)}")
    if value.floor_m is not None or value.ceiling_m is not None:
        floor, ceiling = ("?" if m is None else str(m) for m in (value.floor_m, value.ceiling_m))
        out += Markup(" {}").format(token(f"{floor}–{ceiling} m"))
    return out


def _grade(value: Grade, reading: Reading) -> Markup:
    t = reading.tongue
    out = Markup(
        '<span class="grade"><b>{}</b><b>{}</b></span> <span class="grade-words">{} · {}</span>'
    ).format(
        value.reliability,
        value.credibility,
        t.t(f"web.grade.{value.reliability}"),
        t.t(f"web.grade.{value.credibility}"),
    )
    return out + (Markup(" <bdi>{}</bdi>").format(value.by) if value.by else Markup(""))


def _link(value: ChainLink, reading: Reading) -> Markup:
    out = Markup("<bdi>{}</bdi>").format(value.name)
    if value.source_kind:
        out += Markup(' <span class="quiet">{}</span>').format(_choice(value.source_kind, reading))
    if value.anonymous:
        out += Markup(' <span class="quiet">{}</span>').format(reading.tongue.t("web.anonymous"))
    if value.relays is not None:
        out += Markup(' <span class="quiet">{}</span>').format(
            reading.tongue.t("web.relays", n=value.relays + 1)
        )
    return out


def _statement(value: TypedStatement, reading: Reading) -> Markup:
    out = Markup('<span dir="auto">{}</span> <span class="quiet">{}</span>').format(
        value.text, _choice(value.type, reading)
    )
    if value.source is not None:
        out += Markup(' <span class="quiet">{}</span>').format(
            reading.tongue.t("web.from-link", n=value.source + 1)
        )
    return out


def _particular(value: Particular, _: Reading) -> Markup:
    return Markup('<b><bdi>{}</bdi></b> <span dir="auto">{}</span>').format(value.name, value.value)


SHOW: Final[dict[str, Callable[[Any, Reading], Markup]]] = {
    "title": _isolated,
    "narrative": _prose,
    "text": _prose,
    "name": _isolated,
    "identifier": _code,
    "pseudonym": _isolated,
    "role": _isolated,
    "field-name": _code,
    "flag": _flag,
    "count": _number,
    "hours": _hours,
    "permille": _permille,
    "instant": instant,
    "party": _party,
    "reference": _reference,
    "language": _choice,
    "channel": _choice,
    "probability": _choice,
    "confidence": _choice,
    "choice": _choice,
    "time-expression": when,
    "quantity": _quantity,
    "place": _place,
    "area": _area,
    "grade": _grade,
    "chain-link": _link,
    "statement": _statement,
    "particular": _particular,
}
"""Every sense but ``row``, which is shown as a table of its parts."""


def show(each: Field, value: Any, reading: Reading) -> Markup:
    """Return a field's value as markup."""
    if value is None or value == () or value == "":
        return not_stated(reading)
    if each.sense.tag == "row":
        return _rows(each, value if each.many else (value,), reading)
    if not each.many:
        return _one(each, value, reading)
    items = (Markup("<li>{}</li>").format(_one(each, one, reading)) for one in value)
    return Markup("<ul>{}</ul>").format(Markup("").join(items))


def _one(each: Field, value: Any, reading: Reading) -> Markup:
    if each.choices and isinstance(value, str):
        return escape(each.choice_label(value, reading.tongue.lang))
    # received text must not turn its neighbours round: the marks that do so are shown by number
    return Markup(str(SHOW[each.sense.tag](value, reading)).translate(TURNING))  # noqa: S704


def _rows(each: Field, rows: tuple[Struct, ...], reading: Reading) -> Markup:
    head = Markup("").join(
        Markup('<th scope="col">{}</th>').format(p.label(reading.tongue.lang)) for p in each.parts
    )
    lines = (
        Markup("<tr>{}</tr>").format(
            Markup("").join(
                Markup("<td>{}</td>").format(show(p, getattr(row, p.name), reading)) for p in each.parts
            )
        )
        for row in rows
    )
    return Markup(
        '<div class="table-scroll"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>'
    ).format(head, Markup("").join(lines))


def shown_fields(kind: Kind, body: Body, reading: Reading) -> tuple[Shown, ...]:
    """Return a body's own fields in order, title and text apart; what is not stated is left out."""
    out: list[Shown] = []
    for each in kind.fields:
        if each.name in ("title", "text", "unknown"):
            continue
        value = getattr(body, each.name)
        label = each.label(reading.tongue.lang)
        if each.name in body.unknown:
            out.append(Shown(each.name, label, unknown(reading)))
        elif value not in (None, (), ""):
            out.append(Shown(each.name, label, show(each, value, reading), each.sense.tag == "row"))
    return tuple(out)


def left_out(kind: Kind, body: Body, reading: Reading) -> tuple[str, ...]:
    """Return the labels of fields that the record does not state at all."""
    return tuple(
        f.label(reading.tongue.lang)
        for f in kind.fields
        if f.name not in ("title", "text", "unknown", "particulars", *body.unknown)
        and getattr(body, f.name) in (None, (), "")
    )
