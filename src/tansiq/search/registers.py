"""A register's lines that a reader may see: those of records he may read, and of recalls of what is gone.

Nothing is filtered afterwards, so no page is shorter because of what is hidden; a page goes on below a line
that he could see, any other one is none.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select

from tansiq.base.ids import RecordId, raw_of
from tansiq.search.statements import readable
from tansiq.search.view import View
from tansiq.store.current import POS_END
from tansiq.store.registry import Entry, RegisterWay, RegistryReading
from tansiq.store.tables import records
from tansiq.store.tables_daily import registry
from tansiq.store.tables_withdrawal import withdrawn


def register_lines(
    rx: RegistryReading, view: View, way: RegisterWay, year: int, *, limit: int, below: str = ""
) -> tuple[Entry, ...]:
    """Return lines of a register of a year, the last entered first; ``below`` = the record of a line."""
    if not view.permitted:
        return ()
    given = {**view.parameters, "way": way, "year": year, "limit": limit}
    rows = rx.all(_lines(rx.core.sqlite, bool(view.aside)), **given, before=_before(rx, view, below))
    return tuple(rx.entry_of(row) for row in rows)


def _before(rx: RegistryReading, view: View, below: str) -> int:
    """Return the place of a line that the reader may see; of any other, the end."""
    try:
        record = raw_of(RecordId(below)) if below else b""
    except ValueError:
        return POS_END
    seq = (
        rx.value(_place(rx.core.sqlite, bool(view.aside)), **view.parameters, record=record)
        if record
        else None
    )
    return POS_END if seq is None else int(seq)


def _shown(sqlite: bool, aside: bool) -> ColumnElement[bool]:
    own = exists().where(records.c.record == registry.c.record, *readable(sqlite))
    recalled = (
        exists()
        .where(withdrawn.c.record == registry.c.record, records.c.record == withdrawn.c.recall)
        .where(*readable(sqlite))
    )
    shown = or_(own, recalled)
    return and_(shown, registry.c.record.not_in(bindparam("aside", expanding=True))) if aside else shown


@cache
def _lines(sqlite: bool, aside: bool) -> Select[Any]:
    # + "": SQLite would else take the register's own index and sort the whole year
    this = (registry.c.way + "" == bindparam("way"), registry.c.year == bindparam("year"))
    found = select(registry).where(registry.c.seq < bindparam("before"), *this, _shown(sqlite, aside))
    return found.order_by(registry.c.seq.desc()).limit(bindparam("limit"))


@cache
def _place(sqlite: bool, aside: bool) -> Select[Any]:
    return select(registry.c.seq).where(registry.c.record == bindparam("record"), _shown(sqlite, aside))
