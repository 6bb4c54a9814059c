"""How columns and tables are written down, so that one declaration serves SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table
from sqlalchemy.types import TypeEngine

METADATA: Final = MetaData()

BIG: Final = BigInteger().with_variant(Integer(), "sqlite")  # SQLite makes only INTEGER the row's own key


def big(name: str, *more: Any, **options: Any) -> Column[int]:
    """Return a 64-bit column, not null unless asked."""
    return Column(name, BIG, *more, nullable=options.pop("nullable", False), **options)


def of(name: str, kind: type[TypeEngine[Any]] | TypeEngine[Any], *more: Any, **options: Any) -> Column[Any]:
    """Return a column of a type, not null unless asked."""
    return Column(name, kind, *more, nullable=options.pop("nullable", False), **options)


def table(name: str, *parts: Any, narrow: bool = False) -> Table:
    """Return a table; ``narrow`` keeps its rows in the tree of the primary key itself."""
    return Table(name, METADATA, *parts, sqlite_with_rowid=not narrow)
