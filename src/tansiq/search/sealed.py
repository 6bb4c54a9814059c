"""Search in what no shared index holds: the bodies are opened and their terms compared, newest first.

Slower by nature, and so bounded; it serves who holds a protected compartment, on few records.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Row, Select

from tansiq.model.record import Record
from tansiq.store.project import rows_of
from tansiq.store.reading import RecordsReading
from tansiq.store.text import index_text

OPENED_LIMIT: Final = 2000


def sealed_hits(
    rx: RecordsReading, newest: Select[Any], given: Mapping[str, object], asked: Sequence[str]
) -> list[Row[Any]]:
    """Return the rows of ``newest`` whose bodies hold every term asked for."""
    rows = rx.all(newest, **{**given, "limit": OPENED_LIMIT})
    return [row for row in rows if _holds(rx, row.record, asked)]


def _holds(rx: RecordsReading, record_id: bytes, asked: Sequence[str]) -> bool:
    held = rx.record(record_id)
    if held is None or held.record is None:
        return False
    return set(asked) <= _terms(held.record)


def _terms(record: Record) -> set[str]:
    return set(index_text(rows_of(record).words, record.header.lang).split())
