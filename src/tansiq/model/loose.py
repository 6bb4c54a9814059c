"""From loosely typed fields to a body, for loaders of foreign files: never an error.

1. What the kind declares and its sense can read lands in its field.
2. What is null, or said to be unknown, goes to the body's ``unknown``.
3. All else is kept under ``particulars``: shown, searched, never interpreted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final

import msgspec

from tansiq.model.kind import Body, Field, Kind
from tansiq.model.readings import NOTHING, read
from tansiq.model.strict import defaults_of, field_faults
from tansiq.model.values import Particular

_TITLE_CHARACTERS: Final = 300
_TEXT_CHARACTERS: Final = 60_000
_PARTICULAR_CHARACTERS: Final = 8_000
_NIL: Final = "00000000-0000-0000-0000-000000000000"
_PLACE_PARTS: Final = ("place", "lat", "lon", "precision_m")
_UNKNOWN_WORDS: Final = {"unknown", "inconnu", "inconnue", "غير معروف", "مجهول"}
_SAME_FIELD: Final = {
    ("recall", "recalls"): "record",
    ("indicator", "words"): "probability",
    ("partner-activity", "from_h"): "begins",
    ("partner-activity", "to_h"): "ends",
    ("journal-query", "seal_h"): "seals_at",
    ("identity-match", "held_h"): "held_since",
    ("deconfliction-notice", "box"): "area_box",
    ("ext-request", "lt_iov_h"): "ltiov",
    ("rfi", "lt_iov_h"): "ltiov",
}
_FROM_ASKING: Final = frozenset({"lt_iov_h"})
"""Hours that count from the moment of asking, not from the exercise's beginning."""
_LAID_OPEN: Final = {("warning", "cap"), ("identity-match", "match"), ("partner-activity", "fact_notice")}
"""Mappings whose entries are fields of the kind itself."""


class _Draft:
    """What is gathered while fields are read."""

    def __init__(self, kind: Kind, start: datetime | None, asked: datetime | None) -> None:
        self.kind = kind
        self.start = start
        self.asked = asked or start
        self.values: dict[str, Any] = {}
        self.unknown: list[str] = []
        self.particulars: list[Particular] = []
        self.moved: list[str] = []

    def take(self, name: str, value: object) -> None:
        """Put one loosely typed field where it belongs (rules 1-3)."""
        if self.take_common(name, value):
            return
        if (self.kind.name, name) in _LAID_OPEN and isinstance(value, Mapping):
            for inner, said in value.items():
                self.take_inner(name, str(inner), said)
            return
        field = self.field_for(name)
        if field is None or not self.land(field, value, asked=name in _FROM_ASKING):
            self.keep(name, value)
        elif field.sense.tag == "channel" and not _plain(value):
            self.keep(name, value)  # what it says of open channels has no field

    def take_common(self, name: str, value: object) -> bool:
        """Take ``particulars`` and ``unknown`` as a body writes them; False for anything else."""
        if name == "unknown" and isinstance(value, list | tuple):
            fields = [self.kind.field(str(n)) for n in value]
            return all(f is not None and self.leave_unknown(f) for f in fields)
        if name == "particulars":
            try:
                self.particulars += msgspec.convert(value, list[Particular])
            except msgspec.ValidationError:
                return False
            return True
        return False

    def take_inner(self, outer: str, name: str, value: object) -> None:
        """Put one entry of a mapping that is laid open."""
        snake = "".join(f"_{c.lower()}" if c.isupper() else c for c in name)
        field = self.field_for(snake)
        if field is None or not self.land(field, value):
            self.keep(f"{outer}.{name}", value)

    def field_for(self, name: str) -> Field | None:
        """Return the field that a foreign name means: itself, a known other name, or without ``_h``."""
        same = _SAME_FIELD.get((self.kind.name, name))
        tried = (name, same, name.removesuffix("_h"))
        found = (self.kind.field(n) for n in tried if n and n not in Body.__struct_fields__)
        return next((f for f in found if f is not None), None)

    def land(self, field: Field, value: object, *, asked: bool = False) -> bool:
        """Put a value into a field; False if it cannot hold it. ``asked`` = hours from the asking."""
        start = self.asked if asked else self.start
        if value is None or (isinstance(value, str) and value.strip().lower() in _UNKNOWN_WORDS):
            got: Any = NOTHING if value is None else _fitting(self.kind, field, value, start)
            if got is NOTHING:
                return self.leave_unknown(field)
        else:
            got = _fitting(self.kind, field, value, start)
        if got is NOTHING or (field.name in self.values and self.values[field.name] != got):
            return False
        self.values[field.name] = got
        return True

    def leave_unknown(self, field: Field) -> bool:
        """Name the field as unknown; False where it may not be left out."""
        if field.required or field.name in self.values:
            return False
        if field.name not in self.unknown:
            self.unknown.append(field.name)
        return True

    def keep(self, name: str, value: object) -> None:
        """Keep a value as particulars, in as many parts as it needs."""
        self.moved.append(name)
        text = _as_text(value)
        for at in range(0, max(len(text), 1), _PARTICULAR_CHARACTERS):
            part = text[at : at + _PARTICULAR_CHARACTERS]
            self.particulars.append(Particular(name=name[:120] or "?", value=part))


def from_loose(
    kind: Kind,
    title: str,
    text: str,
    fields: Mapping[str, object],
    *,
    start: datetime | None = None,
    asked: datetime | None = None,
) -> tuple[Body, tuple[str, ...]]:
    """Return the body and the names of fields that went to its particulars (rules 1-3).

    ``start`` is what hours (``due_h``) count from; ``asked`` what the hours of a question count from. A
    title over its limit is cut and kept whole among the particulars; a required reference that is not
    said becomes the nil id and is named.
    """
    draft = _Draft(kind, start, asked)
    short = title.strip()[:_TITLE_CHARACTERS] or kind.titles.ar
    if len(title.strip()) > _TITLE_CHARACTERS:
        draft.keep("title", title)
    if len(text) > _TEXT_CHARACTERS:
        draft.keep("text", text[_TEXT_CHARACTERS:])
    for name, value in _with_places(kind, fields).items():
        draft.take(str(name), value)
    for field in _lacking(kind, draft.values):
        draft.values[field.name] = _NIL if field.sense.tag == "reference" else field.name
        draft.moved.append(field.name)
    unknown = tuple(n for n in draft.unknown if n not in draft.values)
    body = kind.body(
        title=short,
        text=text[:_TEXT_CHARACTERS],
        unknown=unknown,
        particulars=tuple(draft.particulars),
        **draft.values,
    )
    return body, tuple(draft.moved)


def _with_places(kind: Kind, fields: Mapping[str, object]) -> dict[str, object]:
    """Gather flat ``place, lat, lon, precision_m`` into the one field ``place``."""
    said = dict(fields)
    flat = [n for n in _PLACE_PARTS if n in said]
    if kind.field("place") is None or flat in ([], ["place"]) or isinstance(said.get("place"), Mapping):
        return said
    return {n: v for n, v in said.items() if n not in flat} | {"place": {n: said[n] for n in flat}}


def _fitting(kind: Kind, field: Field, value: object, start: datetime | None) -> Any:
    """Return the value as the field's declared type allows it, or NOTHING."""
    got = read(field, value, start)
    if got is NOTHING:
        return NOTHING
    try:
        typed = msgspec.convert(msgspec.to_builtins(got), _type_of(kind, field.name), str_keys=True)
    except (msgspec.ValidationError, TypeError, ValueError, OverflowError, RecursionError):
        return NOTHING
    return NOTHING if any(field_faults(field, typed, field.name)) else typed


@cache
def _types(body: type[Body]) -> dict[str, Any]:
    return {f.name: f.type for f in msgspec.structs.fields(body)}


def _type_of(kind: Kind, name: str) -> Any:
    return _types(kind.body)[name]


def _lacking(kind: Kind, values: Mapping[str, Any]) -> list[Field]:
    given = {"title", *values, *defaults_of(kind.body)}
    return [f for f in kind.fields if f.name not in given]


def _plain(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(x, str) for x in value))


def _as_text(value: object) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    try:
        return msgspec.json.encode(value).decode()
    except (TypeError, ValueError, OverflowError, RecursionError):
        return repr(value)
