"""Acts are noted once an hour where they repeat, and are not lost when the disk is full."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tansiq.store.errors import StoreFull
from tansiq.store.store import Store
from tansiq.work.noting import (
    HOUR_MS,
    REFUSED,
    REFUSED_AN_HOUR,
    SEARCHED,
    SEEN,
    TAKEN,
    Noted,
    Noting,
    has_secret,
    revealed,
    shown,
)
from tests.work.nodes import make_node

SEE = Noted(SEEN, "duty", 5, detail="inbox", once=True)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return make_node(tmp_path).store


def acts(store: Store) -> list[tuple[str, str]]:
    with store.read() as rx:
        return [(e.act, e.detail) for e in reversed(rx.journal_entries())]


def test_what_repeats_is_noted_once_an_hour_and_what_is_taken_away_each_time(store: Store) -> None:
    noting = Noting()
    for what in (SEE, SEE, replace(SEE, officer="legal"), replace(SEE, at_ms=HOUR_MS + 5)):
        noting.note(store, what)
    taken = Noted(TAKEN, "duty", 5, detail="record-json")
    for _ in range(3):
        noting.note(store, taken)
    assert [act for act, _ in acts(store)] == [SEEN] * 3 + [TAKEN] * 3


def test_refusals_of_one_kind_are_bounded_in_an_hour(store: Store) -> None:
    noting = Noting()
    for n in range(3 * REFUSED_AN_HOUR):
        noting.note(store, Noted(REFUSED, "duty", n, detail="record web.absent", secret=str(n)))
    assert len(acts(store)) == REFUSED_AN_HOUR


def test_an_entry_that_could_not_be_written_comes_late_with_the_next(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    noting, real = Noting(), Store.write

    @contextmanager
    def full(self: Store) -> Iterator[Any]:
        raise StoreFull("no room")
        yield self

    monkeypatch.setattr(Store, "write", full)
    noting.note(store, SEE)
    monkeypatch.setattr(Store, "write", real)
    noting.note(store, Noted(TAKEN, "duty", 9, detail="blob"))
    assert acts(store) == [(SEEN, "inbox late"), (TAKEN, "blob")]


def test_sealed_words_open_again_and_show_a_token(store: Store) -> None:
    Noting().note(store, Noted(SEARCHED, "duty", 5, detail="search", secret="رهينة ~ قرب كيدال"))
    with store.read() as rx:
        (entry,) = rx.journal_entries()
        assert has_secret(entry.detail)
        assert revealed(rx, entry.detail) == "search رهينة ~ قرب كيدال"
        assert "كيدال" not in shown(entry.detail)
        assert revealed(rx, "v1;") == shown("v1;") == "v1;"
