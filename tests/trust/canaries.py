"""Records in which every field carries a canary: a word that says which record and which field it stood in.

A canary is ``kq`` + six hex digits of the record + two of the field + ``z``: one word to every tokenizer,
of one length, so that a body is made once for each kind and filled by replacing bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from tansiq.model.kind import CATALOGUE, Field, Kind
from tansiq.model.record import SALT_BYTES, encode_body
from tansiq.model.strict import parse_fields
from tests.kinds import sample_values

CANARY: Final = re.compile(r"kq([0-9a-f]{6})([0-9a-f]{2})z")
CANARY_BYTES: Final = re.compile(rb"kq[0-9a-f]{8}z")
_BLANK: Final = b"kqffffff"
_HEADER: Final = 0xF0
FREE: Final = frozenset({"title", "narrative", "text", "name", "identifier", "pseudonym", "role"})
"""Senses whose whole value is free text."""

PARTS: Final[dict[str, tuple[str, ...]]] = {
    "time-expression": ("words",),
    "quantity": ("unit", "basis"),
    "place": ("name",),
    "chain-link": ("name",),
    "statement": ("text",),
    "particular": ("name", "value"),
}
"""Senses with parts, and which of these are free text."""


def canary(record: int, field: int) -> str:
    """Return the canary of a record's field."""
    return f"kq{record:06x}{field:02x}z"


def header_canary(record: int, part: int) -> str:
    """Return a canary for a part of the header."""
    return canary(record, _HEADER + part)


def records_in(text: str) -> set[int]:
    """Return the numbers of the records whose canaries stand in a text."""
    return {int(m[1], 16) for m in CANARY.finditer(text)}


@dataclass
class _Count:
    field: int = 0

    def next(self) -> str:
        self.field += 1
        return canary(0xFFFFFF, self.field)


def _marked(field: Field, value: Any, count: _Count) -> Any:
    if isinstance(value, list):
        return [_marked(field, one, count) for one in value]
    if field.rows is not None:
        return {p.name: _marked(p, value[p.name], count) for p in field.parts if _kept(p)}
    if field.sense.tag in FREE and not field.choices:
        return count.next()
    if field.sense.tag in PARTS:
        return value | {part: count.next() for part in PARTS[field.sense.tag]}
    return value


def _kept(field: Field) -> bool:
    return field.sense.tag != "reference"


@cache
def _template(tag: str) -> bytes:
    kind, count = CATALOGUE[tag], _Count()
    sample = sample_values(kind) | {"particulars": [{"name": "x", "value": "x"}]}
    given = {f.name: _marked(f, sample[f.name], count) for f in kind.fields if f.name in sample and _kept(f)}
    return encode_body(parse_fields(kind, given), bytes(SALT_BYTES))


def body_of(tag: str, record: int, salt: bytes) -> bytes:
    """Return the salted body bytes of a kind, every free text of it a canary of the record."""
    filled = _template(tag)[SALT_BYTES:].replace(_BLANK, b"kq%06x" % record)
    return salt + filled


def kinds(names: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the tags of kinds that officers write and that need no other record; of these names, if any."""
    wanted = set(names)
    found = [k for k in CATALOGUE.values() if not k.system and not _needs_another(k)]
    return tuple(k.tag for k in found if not wanted or k.name in wanted)


def _needs_another(kind: Kind) -> bool:
    if kind.name == "relation":  # it rests on evidence
        return True
    return any(f.sense.tag == "reference" and f.required for f in kind.fields) or any(
        p.sense.tag == "reference" and p.required for f in kind.fields if f.required for p in f.parts
    )
