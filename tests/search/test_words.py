"""Several words: which are asked of the index, which looked for in the text; it changes no answer."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tansiq.base.clock import moment
from tansiq.model.label import Party, label
from tansiq.policy.permits import Reader, permitted_ids
from tansiq.search.query import count, find
from tansiq.search.view import View
from tansiq.search.words import common, parted
from tansiq.store.store import Store
from tests.store.making import FOUR, NOW_MS, Maker, new_store

WORDS = ("قافلة", "كمين", "تموين")
TEXTS = st.lists(
    st.tuples(st.booleans(), st.frozensets(st.sampled_from(WORDS)), st.booleans()), min_size=1, max_size=20
)


def seen(store: Store, text: str) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], list[str], int]:
    """How the question is parted, and what a reader of the Niger finds by it."""
    with store.read() as rx:
        allowed = permitted_ids(rx.labels(), Reader(Party("NE")), now=moment(NOW_MS))
        view = View(store, allowed, NOW_MS)
        found = [row.title for row in find(rx, view, text).rows]
        return parted(rx, view, text.split()), found, count(rx, view, text=text)


@pytest.mark.parametrize(
    ("asked", "checked"),
    [
        (("نادر", "من"), ("من",)),
        (("من", "في", "نادر"), ("من", "في")),
        (("من", "في"), ()),
        (("كمين", "في"), ()),
        (("نادر", "كمين"), ()),
    ],
)
def test_a_word_is_looked_for_in_the_text_where_another_is_much_rarer(
    asked: tuple[str, ...], checked: tuple[str, ...]
) -> None:
    assert common(asked, {"من": 0.8, "في": 0.7, "كمين": 0.2}) == checked


def test_a_common_word_beside_a_rare_one_is_left_to_the_text_on_sqlite(tmp_path: Path) -> None:
    make, store = Maker(), new_store(f"sqlite:///{tmp_path}/node.db")
    with store.write() as tx:
        many = [make(f"خبر {n}", "شمس", after_ms=n) for n in range(30)]
        tx.append_many([*many, make("فريد"), make("فريد", "شمس", after_ms=1)], received_ms=NOW_MS)
    split, found, number = seen(store, "شمس فريد")
    assert (split, found, number) == ((("فريد",), ("شمس",)), ["فريد"], 1)
    store.close()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=TEXTS, asked=st.lists(st.sampled_from((*WORDS, "شمس")), min_size=1, unique=True))
def test_the_hits_are_those_of_a_plain_scan(
    tmp_path_factory: pytest.TempPathFactory,
    texts: list[tuple[bool, frozenset[str], bool]],
    asked: list[str],
) -> None:
    make, closed = Maker(), label(["DZ", "ML"])
    folder = tmp_path_factory.mktemp("plain")
    made = [
        (f"{n}", {*words, *(("شمس",) if sun else ())}, FOUR if readable else closed)
        for n, (sun, words, readable) in enumerate(texts)
    ]
    store = new_store(f"sqlite:///{folder}/node.db")
    with store.write() as tx:
        for n, (title, words, bears) in enumerate(made):
            tx.append(make(title, " ".join(sorted(words)), bears=bears, after_ms=n), received_ms=NOW_MS)
    with patch("tansiq.search.words.RARER", 1.01), patch("tansiq.search.words.COMMON", 0.0):
        _, found, number = seen(store, " ".join(asked))  # all but the rarest words are left to the text
    store.close()
    plain = [title for title, words, bears in reversed(made) if words >= set(asked) and bears is FOUR]
    assert (found, number) == (plain, len(plain))
