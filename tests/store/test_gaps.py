"""What deleted rows leave in the unused bytes of pages: found, zeroed, and nothing else touched."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tansiq.model.label import label
from tansiq.model.record import Record
from tansiq.store import gaps
from tansiq.store.errors import NotWiped
from tansiq.store.store import Store
from tansiq.store.verify import verify
from tests.store.making import NOW_MS, Maker, new_store, tombstone


def marked(n: int) -> str:
    """A word that stands in one record alone."""
    return f"zq{n:05d}v1x"


def filled(store: Store, count: int, *, of: int = 0) -> list[Record]:
    """Put records of very different lengths into a store, some of them into the middle of its tables."""
    draw, record = Random(of), Maker(str(of))
    made = [
        record(
            f"خبر {marked(n + of)}",
            " ".join(["نص", marked(n + of)] * draw.choice([1, 3, 40, 400])),
            bears=label(["ML"]),
        )
        for n in range(count)
    ]
    for at in range(0, count, 20):
        with store.write() as tx:
            tx.append_many(made[at : at + 20], received_ms=NOW_MS)
    return made


def left_in(path: Path, words: set[str]) -> list[tuple[str, str]]:
    """Return which words which of a database's files hold."""
    files = [f for f in path.parent.iterdir() if f.name.startswith(path.name)]
    held = [(f.name, f.read_bytes()) for f in files]
    return sorted((name, word) for name, content in held for word in words if word.encode() in content)


def held_in_gaps(path: Path) -> int:
    """Return how many unused stretches of a file's pages hold anything."""
    content = path.read_bytes()
    size = int.from_bytes(content[16:18], "big")
    return sum(
        any(content[at + start : at + end])
        for at in range(0, len(content), size)
        for start, end in gaps.gaps(content[at : at + size], size, 0 if at else 100)
    )


def test_after_a_scrub_no_page_keeps_a_copy_and_no_later_write_brings_one_back(tmp_path: Path) -> None:
    path = tmp_path / "node.db"
    store = new_store(f"sqlite:///{path}")
    made, gone, draw = filled(store, 300), set[str](), Random(7)
    for turn in range(3):
        doomed = draw.sample(range(len(made)), 60)
        with store.write() as tx:
            for n in doomed:
                tx.bury(made[n].id, (), tombstone(made[n], version=0))
        gone |= {marked(n) for n in doomed}
        filled(store, 40, of=1_000 * (turn + 1))
    store.scrub()
    assert left_in(path, gone) == []
    assert held_in_gaps(path) == 0
    filled(store, 100, of=9_000)
    store.scrub()
    assert left_in(path, gone) == []
    assert verify(store).ok
    assert left_in(path, {marked(9_001)})
    store.close()


def plain(path: Path, *pragmas: str) -> sqlite3.Connection:
    """Open a database of SQLite's alone."""
    base = sqlite3.connect(path, isolation_level=None)
    for pragma in pragmas or ("page_size=1024", "journal_mode=DELETE", "secure_delete=ON"):
        base.execute(f"PRAGMA {pragma}")
    base.execute("CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT)")
    base.execute("CREATE INDEX by_word ON words (word)")
    return base


ACTS = st.lists(st.tuples(st.booleans(), st.integers(0, 60), st.integers(1, 900)), min_size=20, max_size=120)


@given(ACTS)
@settings(max_examples=40, deadline=None)
def test_zeroing_changes_no_row_and_leaves_no_gap_with_anything_in_it(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[bool, int, int]]
) -> None:
    path = tmp_path_factory.mktemp("words") / "plain.db"
    base = plain(path)
    for put, n, length in acts:
        if put:
            base.execute("INSERT OR REPLACE INTO words VALUES (?, ?)", (n, f"كلمة{n}" * length))
        else:
            base.execute("DELETE FROM words WHERE id = ?", (n,))
    before = base.execute("SELECT id, word FROM words ORDER BY word").fetchall()
    base.close()
    gaps.zero(str(path))
    assert held_in_gaps(path) == gaps.zero(str(path)) == 0
    base = sqlite3.connect(path)
    assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert base.execute("SELECT id, word FROM words ORDER BY word").fetchall() == before
    base.close()


def test_a_gap_that_holds_something_is_found_and_zeroed_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "plain.db"
    base = plain(path)
    base.execute("INSERT INTO words VALUES (1, 'باقية')")
    base.close()
    content = bytearray(path.read_bytes())
    (start, end), *_ = gaps.gaps(bytes(content[1024:2048]), 1024)
    content[1024 + start + 40 : 1024 + start + 44] = "سر".encode()
    path.write_bytes(content)
    assert end - start > 44
    done = subprocess.run(
        [sys.executable, "-I", "-S", gaps.__file__, str(path)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "1\n"
    content[1024 + start : 1024 + end] = bytes(end - start)
    assert path.read_bytes() == bytes(content)


@pytest.mark.parametrize("pragma", ["auto_vacuum=FULL", "auto_vacuum=INCREMENTAL"])
def test_a_file_whose_pages_cannot_be_told_apart_is_left_as_it_is(tmp_path: Path, pragma: str) -> None:
    path = tmp_path / "plain.db"
    plain(path, pragma).close()
    before = path.read_bytes()
    with pytest.raises(gaps.NotZeroable):
        gaps.zero(str(path))
    assert path.read_bytes() == before


def test_what_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_text("نص" * 200, encoding="utf8")
    with pytest.raises(gaps.NotZeroable):
        gaps.zero(str(path))
    assert path.read_text(encoding="utf8") == "نص" * 200


def test_a_store_whose_traces_stay_says_so_and_declares_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = new_store(f"sqlite:///{tmp_path}/node.db")
    monkeypatch.setattr(gaps, "__file__", str(tmp_path / "absent.py"))
    with pytest.raises(NotWiped, match="absent"):
        store.scrub()
    store.close()
