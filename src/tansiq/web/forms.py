"""Forms from declarations: the fields of a kind, of the label and of the header become controls, and back.

1. Names are paths: ``f.period.lo``, ``f.lines.0.state``; ``u.period`` ticks "unknown".
2. A blank control is "not stated"; "unknown" is a tick of its own, never a blank or a zero.
3. After a refusal the same strings are shown again, with what is wrong beside the field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from msgspec import Struct

from tansiq.base.messages import Lang, messages, say
from tansiq.model.kind import Body, Field, Kind
from tansiq.web.controls import CHECKED, CONTROLS, Control, Data, Shape, clean, gather, spread

SPARE_ROWS: Final = 2
"""Blank rows offered below what is there."""

Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Box:
    """One control as it stands on the page."""

    name: str
    label: str
    shape: Shape
    value: str = ""
    options: tuple[Option, ...] = ()
    ticked: tuple[str, ...] = ()
    wide: bool = False


@dataclass(frozen=True, slots=True)
class FormField:
    """A field as it stands on the page: boxes of one value, or lines of boxes; ``unknown`` None = no tick."""

    name: str
    path: str
    label: str
    sense: str
    required: bool
    boxes: tuple[Box, ...] = ()
    lines: tuple[tuple[Box, ...], ...] = ()
    unknown: bool | None = None
    unknown_name: str = ""
    wrong: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What a form offers to choose from: parties and records by name."""

    lang: Lang
    parties: tuple[Option, ...] = ()
    records: tuple[Option, ...] = ()
    wrong: Mapping[str, str] = field(default_factory=dict)


def to_data(fields: Iterable[Field], value: Struct, prefix: str = "f") -> dict[str, list[str]]:
    """Return the strings that say ``value`` in a form."""
    out: dict[str, list[str]] = {}
    for each in fields:
        if each.name == "unknown" and prefix == "f":
            continue
        out |= _spread(each, getattr(value, each.name), f"{prefix}.{each.name}")
    for name in getattr(value, "unknown", ()) if prefix == "f" else ():
        out[f"u.{name}"] = ["on"]
    return out


def from_data(fields: Iterable[Field], data: Data, prefix: str = "f") -> dict[str, Any]:
    """Return the plain values a form says, for the strict reader; what is blank is left out."""
    out: dict[str, Any] = {}
    for each in fields:
        if each.name == "unknown" and prefix == "f":
            continue
        value = _gather(each, data, f"{prefix}.{each.name}")
        if value is not None:
            out[each.name] = value
    if prefix == "f" and (ticked := [n[2:] for n in data if n.startswith("u.") and clean(data[n])]):
        out["unknown"] = ticked
    return out


def form_of(kind: Kind, data: Data, offer: Offer) -> tuple[FormField, ...]:
    """Return the fields of a kind's form as ``data`` fills it."""
    return tuple(
        _form_field(f, data, "f", offer, tick=not f.required and f.name not in _COMMON)
        for f in kind.fields
        if f.name != "unknown"
    )


def fields_form(fields: Iterable[Field], data: Data, offer: Offer, prefix: str) -> tuple[FormField, ...]:
    """Return form fields of a struct that is no kind: the header's and the label's own."""
    return tuple(_form_field(f, data, prefix, offer, tick=False) for f in fields)


_COMMON: Final = frozenset({"title", "text", "particulars"})


def choice_name(value: str, lang: Lang) -> str:
    """Return a choice in words: its message, else itself with spaces."""
    return messages(lang).get(f"choices.{value.replace('_', '-')}", value.replace("-", " ").replace("_", " "))


def _spread(each: Field, value: Any, path: str) -> dict[str, list[str]]:
    if value is None:
        return {}
    if each.many and each.sense.tag in CHECKED:
        return {path: list(value)} if value else {}
    if not each.many:
        return _spread_one(each, value, path)
    out: dict[str, list[str]] = {}
    for index, one in enumerate(value):
        out |= _spread_one(each, one, f"{path}.{index}")
    return out


def _spread_one(each: Field, value: Any, path: str) -> dict[str, list[str]]:
    if each.sense.tag != "row":
        return spread(each.sense.tag, value, path)
    out: dict[str, list[str]] = {}
    for part in each.parts:
        out |= _spread(part, getattr(value, part.name), f"{path}.{part.name}")
    return out


def _gather(each: Field, data: Data, path: str) -> Any:
    if each.many and each.sense.tag in CHECKED:
        return [said for value in data.get(path, ()) if (said := value.strip())] or None
    if not each.many:
        return _gather_one(each, data, path)
    found = (_gather_one(each, data, f"{path}.{index}") for index in _indices(data, path))
    return [one for one in found if one is not None] or None


def _gather_one(each: Field, data: Data, path: str) -> Any:
    if each.sense.tag != "row":
        return gather(each.sense.tag, data, path)
    found = {p.name: _gather(p, data, f"{path}.{p.name}") for p in each.parts}
    return {name: value for name, value in found.items() if value is not None} or None


def _indices(data: Data, path: str) -> list[int]:
    start = len(path) + 1
    heads = {n[start:].partition(".")[0] for n in data if n.startswith(f"{path}.")}
    return sorted(int(h) for h in heads if h.isascii() and h.isdecimal() and len(h) < 5)


def _said_indices(data: Data, path: str) -> list[int]:
    """Lines that say something: blank ones sent along do not make the form grow."""
    return [
        i
        for i in _indices(data, path)
        if any(clean(v) for n, v in data.items() if n == f"{path}.{i}" or n.startswith(f"{path}.{i}."))
    ]


def _form_field(each: Field, data: Data, prefix: str, offer: Offer, *, tick: bool) -> FormField:
    path = f"{prefix}.{each.name}"
    boxes: tuple[Box, ...] = ()
    lines: tuple[tuple[Box, ...], ...] = ()
    if each.many and each.sense.tag in CHECKED:
        boxes = (_checks(each, data, path, offer),)
    elif each.many:
        taken = _said_indices(data, path)
        spare = range((taken[-1] + 1) if taken else 0, ((taken[-1] + 1) if taken else 0) + SPARE_ROWS)
        lines = tuple(_boxes(each, data, f"{path}.{i}", offer) for i in (*taken, *spare))
    else:
        boxes = _boxes(each, data, path, offer)
    wrong = next(
        (w for at, w in offer.wrong.items() if at == each.name or at.startswith(f"{each.name}.")), None
    )
    return FormField(
        each.name, path, each.label(offer.lang), each.sense.tag, each.required, boxes, lines,
        unknown=bool(clean(data.get(f"u.{each.name}", ()))) if tick else None,
        unknown_name=f"u.{each.name}", wrong=wrong,
    )  # fmt: skip


def _boxes(each: Field, data: Data, path: str, offer: Offer) -> tuple[Box, ...]:
    if each.sense.tag == "row":
        return tuple(b for part in each.parts for b in _part_boxes(part, data, f"{path}.{part.name}", offer))
    return tuple(_box(each, c, data, path, offer) for c in CONTROLS[each.sense.tag])


def _part_boxes(part: Field, data: Data, path: str, offer: Offer) -> tuple[Box, ...]:
    if part.many and part.sense.tag in CHECKED:
        return (_checks(part, data, path, offer),)
    if part.many:
        taken = _said_indices(data, path)
        after = (taken[-1] + 1) if taken else 0
        return tuple(b for i in (*taken, after) for b in _boxes(part, data, f"{path}.{i}", offer))
    return _boxes(part, data, path, offer)


def _box(each: Field, control: Control, data: Data, path: str, offer: Offer) -> Box:
    name = f"{path}.{control.part}" if control.part else path
    label = messages(offer.lang).get(f"web.part.{control.part}") if control.part else each.label(offer.lang)
    said = data.get(name, ())
    return Box(
        name,
        label or control.part.replace("_", " "),
        control.shape,
        value=clean(said),
        options=_options(each, control, said, offer),
        wide=control.wide,
    )


def _options(each: Field, control: Control, said: Iterable[str], offer: Offer) -> tuple[Option, ...]:
    match control.shape:
        case "party":
            return _with_said(offer.parties, said)
        case "reference":
            return offer.records
        case "yes-no":
            return tuple((c, say(f"web.flag.{c}", offer.lang)) for c in control.choices)
        case "select":
            fixed = tuple((c, choice_name(c, offer.lang)) for c in control.choices)
            return fixed or tuple((c, each.choice_label(c, offer.lang)) for c in each.choices)
        case _:
            return ()


def _checks(each: Field, data: Data, path: str, offer: Offer) -> Box:
    said = tuple(data.get(path, ()))
    if each.sense.tag == "party":
        options = _with_said(offer.parties, said)
    else:
        options = tuple((c, each.choice_label(c, offer.lang)) for c in each.choices)
    first = tuple(o for value in said for o in options if o[0] == value)
    rest = tuple(o for o in options if o[0] not in said)
    return Box(path, each.label(offer.lang), "checks", options=first + rest, ticked=said, wide=True)


def _with_said(options: tuple[Option, ...], said: Iterable[str]) -> tuple[Option, ...]:
    known = {code for code, _ in options}
    return options + tuple((v, v) for v in dict.fromkeys(said) if v and v not in known)


def blank_data(kind: Kind) -> dict[str, list[str]]:
    """Return the strings of a new form: the defaults that the kind declares."""
    out: dict[str, list[str]] = {}
    defaults = dict(zip(_defaulted(kind.body), kind.body.__struct_defaults__, strict=True))
    for each in kind.fields:
        value = defaults.get(each.name)
        if value not in (None, "", ()) and not callable(value):
            out |= _spread(each, value, f"f.{each.name}")
    return out


def _defaulted(body: type[Body]) -> tuple[str, ...]:
    names = body.__struct_fields__
    return names[len(names) - len(body.__struct_defaults__) :]
