"""From names and values to a checked body: strict for people and peers, loose for loaders of foreign files.

1. A field that the kind does not declare is refused (strict) or becomes a particular (loose).
2. A value that its sense does not allow is refused with its place, or (loose) becomes a particular.
3. A field said to be unknown is empty, declared and may be left out.
4. A field that the kind demands is filled; a flag that it wants affirmed is true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec
from msgspec import Struct

from tansiq.base.errors import InputError
from tansiq.model.kind import CATALOGUE, Body, Field, Kind, kind_named
from tansiq.model.record import UnknownKind

TEXT_LIMIT: Final = 60_000
"""Longest narrative, in characters; the limit of a body in bytes is the header's."""

_AT: Final = re.compile(r" - at `\$\.?(?P<where>[^`]*)`$")


class UnknownField(InputError):
    """A field that the kind does not have; ``where`` is its name."""

    code = "record.unknown-field"

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(f"{kind} has no field {name!r}")
        self.where = name


class BadValue(InputError):
    """A value that its field does not allow; ``where`` is the path of the field."""

    code = "record.bad-value"

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where
        self.why = why


def kind_of(tag_or_name: str) -> Kind:
    """Return a kind by tag (``pledge/1``) or bare name. Raises UnknownKind."""
    found = CATALOGUE.get(tag_or_name) or kind_named(tag_or_name)
    if found is None:
        raise UnknownKind(tag_or_name)
    return found


def body_of(kind: Kind, values: Mapping[str, Any]) -> Body:
    """Return the body that the values say (rules 1-3, strict). Raises UnknownField, BadValue."""
    names = {f.name for f in kind.fields}
    for name in values:
        if name not in names:
            raise UnknownField(kind.tag, name)
    try:
        body: Body = msgspec.convert(dict(values), kind.body, strict=False)
    except msgspec.ValidationError as error:
        raise _bad_value(error) from error
    for where, why in faults(kind, body):
        raise BadValue(where, why)
    return body


def loose_body_of(kind: Kind, values: Mapping[str, Any]) -> tuple[Body, tuple[str, ...]]:
    """Return the body and the names of values that became particulars, because the kind cannot hold them."""
    fits: dict[str, Any] = {"title": str(values.get("title", "")).strip()[:300] or kind.titles.ar}
    particulars = list(values.get("particulars", ()))
    moved: list[str] = []
    for name, value in values.items():
        if name in ("title", "particulars"):
            continue
        field = kind.field(name)
        if field is not None and value is not None and _holds(kind, name, value):
            fits[name] = value
        elif value is not None:
            moved.append(name)
            particulars.append({"name": name[:120], "value": _as_text(value)[:8000]})
    body: Body = msgspec.convert(fits | {"particulars": particulars}, kind.body, strict=False)
    return body, tuple(moved)


def faults(kind: Kind, body: Body) -> Iterator[tuple[str, str]]:
    """Yield ``(where, why)`` for each value that its sense does not allow, and for rules 3 and 4."""
    for field in kind.fields:
        yield from _field_faults(field, getattr(body, field.name), field.name)
    for name in body.unknown:
        named = kind.field(name)
        if named is None or named.required:
            yield f"unknown.{name}", "not a field that may be left out"
        elif getattr(body, name) != _blank(kind, name):
            yield name, "stated to be unknown, so it must be empty"
    yield from ((name, "needed") for name in kind.must if getattr(body, name) in (None, (), ""))
    yield from ((name, "has to be affirmed") for name in kind.affirm if getattr(body, name) is not True)


def _blank(kind: Kind, name: str) -> Any:
    info = next(f for f in msgspec.structs.fields(kind.body) if f.name == name)
    return info.default


def _field_faults(field: Field, value: Any, where: str) -> Iterator[tuple[str, str]]:
    for index, each in enumerate(value if field.many else (value,)):
        at = f"{where}.{index}" if field.many else where
        if each is None:
            continue
        if (why := field.sense.fault(each)) is not None:
            yield at, why
        for part in field.parts:
            yield from _field_faults(part, getattr(each, part.name), f"{at}.{part.name}")


def _bad_value(error: msgspec.ValidationError) -> BadValue:
    said = str(error)
    found = _AT.search(said)
    where = re.sub(r"\[(\w*\.*)\]", r".\1", found["where"]) if found else ""
    if not found and (missing := re.search(r"required field `(\w+)`", said)):
        where = missing[1]
    return BadValue(where.strip("."), _AT.sub("", said))


def _holds(kind: Kind, name: str, value: Any) -> bool:
    try:
        one: type[Struct] = msgspec.defstruct("One", [(name, _type_of(kind, name))])
        tried = msgspec.convert({name: value}, one, strict=False)
    except (msgspec.ValidationError, TypeError):
        return False
    field = kind.field(name)
    assert field is not None
    return not any(_field_faults(field, getattr(tried, name), name))


def _type_of(kind: Kind, name: str) -> Any:
    return next(f.type for f in msgspec.structs.fields(kind.body) if f.name == name)


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return msgspec.json.encode(value).decode()
