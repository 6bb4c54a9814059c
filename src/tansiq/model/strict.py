"""From fields to a checked body, for people and peers: nothing is guessed, the first fault is named.

1. A field that the kind does not declare is refused.
2. A value that its sense does not allow is refused with its path.
3. A field said to be unknown is declared, may be left out, and is empty.
4. What the kind lists in ``must`` is filled, a time also by hours in the field ``<name>_h``; a flag it
   lists in ``affirm`` is true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import msgspec
from msgspec import NODEFAULT

from tansiq.base.errors import InputError
from tansiq.model.kind import CATALOGUE, Body, Field, Kind
from tansiq.model.record import OpaqueBody

_AT: Final = re.compile(r" - at `\$\.?(?P<where>[^`]*)`$")
_INDEX: Final = re.compile(r"\[(\w*\.*)\]")
_REQUIRED: Final = re.compile(r"required field `(\w+)`")


class UnknownField(InputError):
    """A field that the kind does not have; ``where`` is its name."""

    code = "record.unknown-field"

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(f"{kind} has no field {name!r}")
        self.kind = kind
        self.where = name


class BadField(InputError):
    """A value that its field does not allow; ``where`` is the path of the field, ``why`` the reason."""

    code = "record.bad-field"

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where
        self.why = why


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a body, at the path ``where`` (``offers.0.line``)."""

    where: str
    why: str


def parse_fields(kind: Kind, fields: Mapping[str, object]) -> Body:
    """Return the body that fields as of JSON or a form say (rules 1-4). Raises UnknownField, BadField."""
    said = {name: value for name, value in fields.items() if not (name == "type" and value == kind.tag)}
    for name in said:
        if kind.field(name) is None:
            raise UnknownField(kind.tag, name)
    try:
        body: Body = msgspec.convert(said, kind.body, strict=False)
    except msgspec.ValidationError as error:
        raise bad_field(error) from error
    check_body(body)
    return body


def check_body(body: Body | OpaqueBody) -> None:
    """Raise BadField for the first fault of a body as received; a kind unknown here passes."""
    if isinstance(body, OpaqueBody):
        return
    for fault in _faults(body):
        raise BadField(fault.where, fault.why)


def faults(body: Body) -> list[Fault]:
    """Return everything that is wrong in a body of the right types (rules 2-4)."""
    return list(_faults(body))


def _faults(body: Body) -> Iterator[Fault]:
    kind = CATALOGUE[str(body.__struct_config__.tag)]
    for field in kind.fields:
        value = getattr(body, field.name)
        if value is not None and value != ():
            yield from field_faults(field, value, field.name)
    yield from _not_unknown(kind, body)
    yield from _missing(kind, body)


def field_faults(field: Field, value: Any, where: str) -> Iterator[Fault]:
    """Yield the faults of one field's value, rows included."""
    if value is None:
        return
    for index, each in enumerate(value if field.many else (value,)):
        at = f"{where}.{index}" if field.many else where
        if (why := field.sense.fault(each)) is not None:
            yield Fault(at, why)
        for part in field.parts:
            yield from field_faults(part, getattr(each, part.name), f"{at}.{part.name}")


def _not_unknown(kind: Kind, body: Body) -> Iterator[Fault]:
    for name in body.unknown:
        field = kind.field(name)
        if field is None or field.required:
            yield Fault("unknown", f"{name} is not a field that may be left out")
        elif not is_empty(kind, name, getattr(body, name)):
            yield Fault(name, "stated to be unknown, so it must be empty")


def _missing(kind: Kind, body: Body) -> Iterator[Fault]:
    for name in kind.must:
        if is_empty(kind, name, getattr(body, name)) and not getattr(body, f"{name}_h", None):
            yield Fault(name, "must be filled")
    for name in kind.affirm:
        if getattr(body, name) is not True:
            yield Fault(name, "must be affirmed")


def is_empty(kind: Kind, name: str, value: Any) -> bool:
    """Whether the field holds nothing, or no more than its default."""
    return value in (None, "", ()) or value == defaults_of(kind.body).get(name)


@cache
def defaults_of(body: type[Body]) -> dict[str, Any]:
    """Return the default of each field that has one."""
    return {f.name: f.default for f in msgspec.structs.fields(body) if f.default is not NODEFAULT}


def bad_field(error: msgspec.ValidationError) -> BadField:
    """Return what a value could not be read as, with its place."""
    said = str(error)
    found = _AT.search(said)
    where = _INDEX.sub(r".\1", found["where"]) if found else ""
    if not found and (missing := _REQUIRED.search(said)):
        where = missing[1]
    return BadField(where.strip("."), _AT.sub("", said))
