"""What a body states, field by field, rows included; and which records it points to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tansiq.base.ids import raw_of
from tansiq.model.kind import CATALOGUE, Body, Field
from tansiq.model.record import OpaqueBody


def stated(fields: Iterable[Field], value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the sense and value of every field of a body or row, and of every part of its rows."""
    for each in fields:
        held = getattr(value, each.name)
        yield each.sense.tag, held
        rows = (held if each.many else (held,)) if each.rows is not None else ()
        for row in rows:
            if row is not None:
                yield from stated(each.parts, row)


def body_references(body: Body | OpaqueBody) -> tuple[bytes, ...]:
    """Return the ids that a checked body points to; of a kind unknown here, none."""
    if isinstance(body, OpaqueBody):
        return ()
    found: list[bytes] = []
    for sense, value in stated(CATALOGUE[str(body.__struct_config__.tag)].fields, body):
        if sense == "reference" and value is not None:
            found += [raw_of(one) for one in (value if isinstance(value, tuple) else (value,))]
    return tuple(raw for raw in found if any(raw))  # all zeros: a loader's word for "not said which"
