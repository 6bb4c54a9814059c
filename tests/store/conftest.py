"""Stores for the tests: SQLite always, PostgreSQL where a test is marked ``edge``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tansiq.store.store import Store
from tests.store.making import StoreMaker, new_store
from tests.store.postgres import ENGINES, fresh_database, server

__all__ = ["server"]


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database: SQLite always, PostgreSQL in the group that starts servers."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/node.db"
    return fresh_database(request.getfixturevalue("server"))


@pytest.fixture
def make(url: str) -> Iterator[StoreMaker]:
    """Make the store at ``url`` with the options given."""
    made: list[Store] = []

    def build(protected: tuple[str, ...] = ()) -> Store:
        made.append(new_store(url, protected=protected))
        return made[-1]

    yield build
    for store in made:
        store.close()


@pytest.fixture
def store(make: Callable[..., Store]) -> Store:
    """A new store of Mali's."""
    return make()
