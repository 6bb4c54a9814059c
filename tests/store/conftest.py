"""Stores for the tests: SQLite always, PostgreSQL where a test is marked ``edge``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tansiq.store.store import Store
from tests.store.making import StoreMaker, new_store


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of an empty database."""
    return f"sqlite:///{tmp_path}/node.db"


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
