"""A released report as a draft again: what its fields and its evidence say, for whoever reads it elsewhere.

It holds what the officer released, not what the machine proposed. A field that cannot be read is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import isfinite
from typing import Literal, cast, get_args

from tansiq.intake import shape
from tansiq.model.kinds.report import Report
from tansiq.work.evidence import Evidence, Row, evidence_of

_NOWHERE = (0, 0)


def draft_from(body: Report, lang: Literal["ar", "fr", "en"]) -> shape.Draft:
    """Return the draft that a report was released from, as far as it tells; ``lang`` is the record's."""
    found = evidence_of(body)
    return shape.Draft(
        draft=1,
        file="",
        lang=lang,
        published=_published(found),
        chain=tuple(_chain(body)),
        actors=(),
        places=(),
        events=tuple(_events(found)),
        commitments=tuple(_commitments(found)),
        quantities=tuple(_quantities(found)),
        statements=(),
        gaps=tuple(shape.Gap(r.get("what"), _NOWHERE, r.get("words")) for r in _rows(found, "gap")),
    )


def says_more(body: Report) -> bool:
    """Whether the report carries fields of a draft at all."""
    return bool(evidence_of(body).rows)


def _rows(found: Evidence, name: str) -> Iterator[Row]:
    return (r for r in found.rows if r.name == name)


def _chain(body: Report) -> Iterator[shape.ChainEntry]:
    for link in body.chain:
        kind = _among(link.source_kind, get_args(shape.ChainKind), "unnamed_source")
        yield shape.ChainEntry(
            link.name, _NOWHERE, link.name, cast(shape.ChainKind, kind), link.anonymous, link.relays
        )


def _events(found: Evidence) -> Iterator[shape.Event]:
    for row in _rows(found, "event"):
        yield shape.Event(
            type=cast(shape.EventType, _among(row.get("type"), get_args(shape.EventType), "other")),
            status=cast(shape.Status, _among(row.get("status"), get_args(shape.Status), "claimed")),
            when=_days(row),
            place=row.get("place") or None,
            actors=_names(row.get("actors")),
            span=_NOWHERE,
            text=row.get("words"),
        )


def _commitments(found: Evidence) -> Iterator[shape.Commitment]:
    for row in _rows(found, "commitment"):
        force = cast(shape.Force, _among(row.get("force"), get_args(shape.Force), "vague"))
        yield shape.Commitment(_names(row.get("who")), force, _days(row), _NOWHERE, row.get("words"))


def _quantities(found: Evidence) -> Iterator[shape.Quantity]:
    for row in _rows(found, "quantity"):
        value = _number(row.get("value"))
        if value is not None:
            yield shape.Quantity(
                value,
                row.get("approx") == "yes",
                row.get("unit"),
                _NOWHERE,
                row.get("words"),
                high=_number(row.get("high")),
            )


def _published(found: Evidence) -> shape.PublishedDays | None:
    row = next(_rows(found, "published"), None)
    held = _days(row) if row is not None else None
    if row is None or held is None or row.get("basis") not in ("given", "text", "inferred"):
        return None
    return shape.PublishedDays(held.lo, held.hi, cast(Literal["given", "text", "inferred"], row.get("basis")))


def _days(row: Row) -> shape.Days | None:
    try:
        return shape.Days(date.fromisoformat(row.get("lo")), date.fromisoformat(row.get("hi")))
    except ValueError:
        return None


def _number(said: str) -> int | float | None:
    try:
        value = float(said)
    except ValueError:
        return None
    if not isfinite(value):
        return None
    return int(value) if value.is_integer() else value


def _names(said: str) -> tuple[str, ...]:
    return tuple(n.strip() for n in said.split(";") if n.strip())


def _among(said: str, known: tuple[str, ...], otherwise: str) -> str:
    return said if said in known else otherwise
