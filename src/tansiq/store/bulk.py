"""Many rows at once, in and out, by the shortest way through the driver: half the time of the general way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Connection, Row, Table


def enter(connection: Connection, into: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all have the same two or more columns; no rows = nothing."""
    if rows:
        statement, pick = _insert(into, tuple(rows[0]), connection.dialect.name == "sqlite")
        connection.exec_driver_sql(statement, [pick(row) for row in rows])


def put(connection: Connection, into: Table, row: dict[str, Any]) -> None:
    """Insert a whole row, or put it in the place of the one with its primary key."""
    statement, pick = _put(into, tuple(row), connection.dialect.name == "sqlite")
    connection.exec_driver_sql(statement, pick(row))


def among(
    connection: Connection, columns: tuple[Column[Any], ...], by: Column[Any], values: Sequence[Any]
) -> Sequence[Row[Any]]:
    """Return these columns, as the driver gives them, of the rows whose ``by`` is among the values."""
    if not values:
        return ()
    statement = _among(columns, by, len(values), connection.dialect.name == "sqlite")
    return connection.exec_driver_sql(statement, tuple(values)).all()


@lru_cache(maxsize=4_096)
def _among(columns: tuple[Column[Any], ...], by: Column[Any], count: int, sqlite: bool) -> str:
    marks = ", ".join(["?" if sqlite else "%s"] * count)
    names = ", ".join(f'"{each.name}"' for each in columns)
    return f'SELECT {names} FROM "{by.table.name}" WHERE "{by.name}" IN ({marks})'  # noqa: S608


@cache
def _put(into: Table, names: tuple[str, ...], sqlite: bool) -> tuple[str, Callable[[Any], tuple[Any, ...]]]:
    statement, pick = _insert(into, names, sqlite)
    keys = [each.name for each in into.primary_key]
    others = ", ".join(f'"{n}" = excluded."{n}"' for n in names if n not in keys)
    found = ", ".join(f'"{k}"' for k in keys)
    return f"{statement} ON CONFLICT ({found}) DO UPDATE SET {others}", pick


@cache
def _insert(
    into: Table, names: tuple[str, ...], sqlite: bool
) -> tuple[str, Callable[[Any], tuple[Any, ...]]]:
    marks = ", ".join(["?" if sqlite else "%s"] * len(names))
    columns = ", ".join(
        f'"{into.c[name].name}"' for name in names
    )  # a name that is no column is a fault here
    return f'INSERT INTO "{into.name}" ({columns}) VALUES ({marks})', itemgetter(*names)  # noqa: S608
