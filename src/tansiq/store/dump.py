"""A store as a stream of rows, the same for both databases: one moment of it, put back whole or not at all.

1. Every table but sessions; rows in the order of their keys, in parts. The text index is made again from
   ``texts``.
2. A dump goes only into an empty database; it stands there when all of it was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import Connection, Table, func, insert, inspect, select

from tansiq.store.columns import METADATA
from tansiq.store.engine import connect
from tansiq.store.errors import AlreadyThere, StoreCorrupt, our_faults
from tansiq.store.store import make_tables
from tansiq.store.tables import SCHEMA, meta

AT_ONCE: Final = 500
LARGE_AT_ONCE: Final = 16
LARGE: Final = frozenset({"blob_parts", "bodies", "quarantine", "waiting"})
LEFT_OUT: Final = frozenset({"sessions"})


class Rows(Struct, frozen=True, array_like=True):
    """Some rows of one table; ``columns`` names their values."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def tables() -> tuple[Table, ...]:
    """Return the tables of a dump, those that others point to first."""
    return tuple(t for t in METADATA.sorted_tables if t.name not in LEFT_OUT)


def dumped(url: str) -> Iterator[Rows]:
    """Yield every row of a store as it is at this moment; writers go on meanwhile. Raises StoreError."""
    engines = connect(url)
    try:
        with our_faults(), engines.reader.begin() as connection:
            for each in tables():
                yield from _rows(connection, each)
    finally:
        engines.close()


def _rows(connection: Connection, table: Table) -> Iterator[Rows]:
    names = tuple(str(c.name) for c in table.columns)
    many = LARGE_AT_ONCE if table.name in LARGE else AT_ONCE
    found = connection.execution_options(yield_per=many).execute(
        select(table).order_by(*table.primary_key.columns)
    )
    for part in found.partitions(many):
        yield Rows(str(table.name), names, tuple(tuple(row) for row in part))


def load(url: str, parts: Iterable[Rows]) -> dict[str, int]:
    """Put a dump into an empty database; return how many rows each table got.

    Raises AlreadyThere, StoreCorrupt (rows of another schema), StoreError; then nothing is there.
    """
    engines = connect(url, create=True)
    counts = {t.name: 0 for t in tables()}
    try:
        with our_faults(), engines.writer.begin() as connection:
            if inspect(connection).has_table(meta.name):
                raise AlreadyThere("a store is at this address already")
            make_tables(connection)
            for part in parts:
                _enter(connection, part)
                counts[part.table] += len(part.rows)
            _finish(connection)
    finally:
        engines.close()
    return counts


def unload(url: str) -> None:
    """Take away what ``load`` put into a database and what does not verify. Raises StoreError."""
    engines = connect(url)
    try:
        with our_faults(), engines.writer.begin() as connection:
            METADATA.drop_all(connection)
    finally:
        engines.close()


def _enter(connection: Connection, part: Rows) -> None:
    table = METADATA.tables.get(part.table)
    if table is None or part.table in LEFT_OUT or not {c.name for c in table.columns} >= set(part.columns):
        raise StoreCorrupt(f"rows of a table that schema {SCHEMA} does not have")
    connection.execute(insert(table), [dict(zip(part.columns, row, strict=True)) for row in part.rows])


def _finish(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO texts_fts(texts_fts) VALUES('rebuild')")
        return
    for table in tables():
        column = table.autoincrement_column
        if column is not None and column.autoincrement is True:
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            highest = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
            connection.execute(select(func.setval(sequence, highest, False)))
