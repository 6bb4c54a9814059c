"""What a body states, field by field, rows included; and which records it points to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

from tansiq.base.ids import raw_of
from tansiq.model.kind import CATALOGUE, Body, Field
from tansiq.model.record import OpaqueBody

_REFERENCE: Final = frozenset({"reference"})


def stated(fields: Iterable[Field], value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the sense and value of every field of a body or row, and of every part of its rows."""
    for each in fields:
        held = getattr(value, each.name)
        yield each.sense.tag, held
        rows = (held if each.many else (held,)) if each.rows is not None else ()
        for row in rows:
            if row is not None:
                yield from stated(each.parts, row)


@cache
def stating(tag: str, senses: frozenset[str]) -> tuple[Field, ...]:
    """Return the fields of a kind that are of one of these senses, or hold rows with a part that is."""
    return tuple(each for each in CATALOGUE[tag].fields if _is_of(each, senses))


def _is_of(each: Field, senses: frozenset[str]) -> bool:
    return each.sense.tag in senses or any(_is_of(part, senses) for part in each.parts)


def body_references(body: Body | OpaqueBody) -> tuple[bytes, ...]:
    """Return the ids that a checked body points to; of a kind unknown here, none."""
    if isinstance(body, OpaqueBody):
        return ()
    found: list[bytes] = []
    for sense, value in stated(stating(str(body.__struct_config__.tag), _REFERENCE), body):
        if sense == "reference" and value is not None:
            found += [raw_of(one) for one in (value if isinstance(value, tuple) else (value,))]
    return tuple(raw for raw in found if any(raw))  # all zeros: a loader's word for "not said which"
