"""Lists and search of what rests sealed: opened within a session, remembered with its keys, gone with it.

1. No table holds title, text, names or places of a protected record. Where the session's keys open it, its
   row is filled from the body; a session without them never comes so far, for its reader is not permitted.
2. Search opens at most ``OPENED_LIMIT`` records, the newest first, and compares terms in memory; the keyring
   remembers what was worked out (``store.keyring.REMEMBERED``), so each is opened once in a session.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from msgspec.structs import replace
from sqlalchemy import Row as Found
from sqlalchemy import Select

from tansiq.model.outline import ClosedRecord
from tansiq.model.record import Record
from tansiq.model.values import TimeExpression
from tansiq.search.view import Row, row_of
from tansiq.store.project import clean, rows_of, title_of
from tansiq.store.reading import RecordsReading
from tansiq.store.text import index_text

OPENED_LIMIT: Final = 2000


@dataclass(frozen=True, slots=True)
class Inside:
    """What an opened record gives to lists, maps and search."""

    title: str
    registry: str
    occurred: TimeExpression | None
    terms: frozenset[str]
    places: tuple[dict[str, Any], ...]


def shown_row(rx: RecordsReading, found: Any) -> Row:
    """Return a database row as lists show it, filled from the body where it is sealed (rule 1)."""
    row = row_of(found)
    if row.title or not rx.core.keys:
        return row
    opened = inside(rx, found.record, found.version)
    if opened is None:
        return row
    return replace(row, title=opened.title, registry=opened.registry, occurred=opened.occurred)


def sealed_hits(
    rx: RecordsReading,
    newest: Select[Any],
    given: Mapping[str, object],
    asked: Sequence[str],
    closed: frozenset[str] = frozenset(),
) -> list[Found[Any]]:
    """Return the rows of ``newest`` whose bodies hold every term; ``closed`` = compartments not searched."""
    rows = rx.all(newest, **{**given, "limit": OPENED_LIMIT})
    return [row for row in rows if not under(rx, row, closed) and _holds(rx, row, asked)]


def under(rx: RecordsReading, row: Found[Any], closed: frozenset[str]) -> bool:
    """Whether a row stands under one of these compartments."""
    label = rx.label(row.label_id) if closed else None
    return label is not None and not closed.isdisjoint(label.compartments)


def inside(rx: RecordsReading, record_id: bytes, version: int) -> Inside | None:
    """Return what a sealed version holds; None where this session does not open it."""
    key = record_id + version.to_bytes(8, "big")
    known = rx.core.keys.recall(key)
    if isinstance(known, Inside):
        return known
    held = rx.record(record_id, version)
    if held is None or held.record is None or isinstance(held.record, ClosedRecord):
        return None
    found = _inside(held.record)
    rx.core.keys.remember(key, found)
    return found


def _inside(record: Record) -> Inside:
    rows, header = rows_of(record), record.header
    terms = frozenset(index_text(rows.words, header.lang).split())
    return Inside(title_of(record), clean(header.registry), header.occurred, terms, tuple(rows.places))


def _holds(rx: RecordsReading, row: Found[Any], asked: Sequence[str]) -> bool:
    opened = inside(rx, row.record, row.version)
    return opened is not None and opened.terms.issuperset(asked)
