"""Statements that SQLAlchemy has compiled, shared by all stores of a process.

Every store has its engines, and every engine compiles each statement anew: with a new store for every test
that is a quarter of what a test costs. What is compiled hangs on the statement and the dialect alone, so
engines of one dialect, set up alike, may share both.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from unittest import mock

from sqlalchemy import create_engine, event, make_url

STATEMENTS: Final = 5_000
"""So many are kept: more than the program has."""


@contextmanager
def compiled_once() -> Iterator[None]:
    """Let the stores that are opened meanwhile share the statements compiled for any of them."""
    patterns: dict[tuple[str, Any], Any] = {}

    def alike(url: Any, **given: Any) -> Any:
        made: Any = create_engine(url, query_cache_size=STATEMENTS, **given)
        setting = make_url(url).drivername, given.get("isolation_level")
        if (pattern := patterns.get(setting)) is not None:
            made.dialect = made.pool._dialect = pattern.dialect
            made._compiled_cache = pattern._compiled_cache
        else:  # a dialect learns what its database can at its engine's first connection
            event.listen(made, "connect", lambda *_: patterns.setdefault(setting, made), once=True)
        return made

    with mock.patch("tansiq.store.engine.create_engine", alike):
        yield
