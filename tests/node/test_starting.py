"""A node that was tampered with, cut or put back says so at its next start, and sends nothing until told."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tansiq.base.ids import SystemEntropy
from tansiq.exchange import safe
from tansiq.node.anchor import FILE
from tansiq.node.starting import Keeper
from tansiq.store.store import Store
from tests.simulate.nodes import World, world_of

CHARTER = "UPDATE charters SET raw = CAST(substr(raw, 1, length(raw) - 4) || x'00000000' AS BLOB)"


def as_root(folder: Path, statement: str) -> None:
    """Change rows behind the program's back."""
    raw = sqlite3.connect(folder / "ML.db")
    raw.execute(statement)
    raw.commit()
    raw.close()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = world_of(tmp_path, ("ML", "NE"))
    for n in range(5):
        made["ML"].write(["NE"], title=f"كمين {n}")
        with made["ML"].store.write() as tx:
            tx.journal("see", officer="duty", at_ms=n)
    made.step(heads=True)
    made.step(heads=True)
    yield made
    made.close()


def keeper(world: World, tmp_path: Path) -> Keeper:
    return Keeper(tmp_path, world["ML"].store, world.clock)


def codes(found: tuple[safe.Finding, ...]) -> set[str]:
    return {f.code for f in found}


def test_a_store_as_it_was_left_starts_as_always(world: World, tmp_path: Path) -> None:
    for _ in range(3):
        one = keeper(world, tmp_path)
        assert one.begin() == ()
        with world["ML"].store.write() as tx:
            tx.journal("see", officer="duty", at_ms=9)
        one.keep(clean=True)
    with world["ML"].store.read() as rx:
        assert not safe.is_safe(rx)


def test_a_power_cut_is_no_finding(world: World, tmp_path: Path) -> None:
    assert keeper(world, tmp_path).begin() == ()
    world["ML"].write(["NE"])
    assert keeper(world, tmp_path).begin() == ()


@pytest.mark.parametrize(
    ("tamper", "code"),
    [
        ("UPDATE versions SET body_hash = header_hash WHERE seq = 2", "start.broken-versions"),
        ("UPDATE versions SET originator = 'NE' WHERE seq = 2", "start.broken-versions"),
        ("DELETE FROM bodies WHERE seq = 3", "start.broken-versions"),
        ("UPDATE bodies SET sealed = x'00' WHERE seq = 3", "start.broken-versions"),
        ("UPDATE log SET payload = hash WHERE seq = 2", "start.broken-log"),
        ("DELETE FROM log WHERE seq = (SELECT max(seq) FROM log)", "start.log-cut"),
        ("DELETE FROM journal WHERE seq > 2", "start.journal-cut"),
        ("UPDATE journal SET officer = 'x' WHERE seq = 2", "start.broken-journal"),
        ("DELETE FROM journal WHERE seq = 2", "start.broken-journal"),
        ("DELETE FROM stamps WHERE number = (SELECT max(number) FROM stamps)", "start.stamp-cut"),
        ("UPDATE stamps SET salt = hash", "start.broken-stamps"),
        ("UPDATE records SET title = 'شيء آخر'", "start.broken-projections"),
        ("DELETE FROM records WHERE pos = (SELECT min(pos) FROM records)", "start.broken-projections"),
        ("UPDATE feeds_out SET number = 1, hash = x'00'", "start.rows-changed"),
        ("INSERT INTO grants VALUES (x'00', 0, 'FR', 99)", "start.rows-changed"),
        (
            "UPDATE charters SET raw = CAST(substr(raw, 1, length(raw) - 1)"
            " || CASE substr(raw, -1) WHEN x'00' THEN x'01' ELSE x'00' END AS BLOB)",
            "start.broken-charters",
        ),
    ],
)
def test_what_root_changes_while_the_node_rests_is_found(
    world: World, tmp_path: Path, tamper: str, code: str
) -> None:
    one = keeper(world, tmp_path)
    one.begin()
    one.keep(clean=True)
    as_root(tmp_path, tamper)
    assert code in codes(keeper(world, tmp_path).begin())


def test_a_journal_rewritten_with_all_hashes_made_again_is_found(world: World, tmp_path: Path) -> None:
    one = keeper(world, tmp_path)
    one.begin()
    one.keep(clean=True)
    with world["ML"].store.write() as tx:
        entries = tx.journal_entries()
        tx.conn.exec_driver_sql("DELETE FROM journal")
        for each in reversed(entries):
            tx.journal(each.act, officer="somebody", at_ms=each.at_ms, detail=each.detail)
    found = codes(keeper(world, tmp_path).begin())
    assert {"start.journal-rewritten", "start.broken-stamps"} <= found


def test_an_old_image_of_the_disk_is_found(world: World, tmp_path: Path) -> None:
    node = world["ML"]
    one = keeper(world, tmp_path)
    one.begin()
    node.store.scrub()
    image = shutil.copy(tmp_path / "ML.db", tmp_path / "old")
    one.keep(clean=True)
    two = keeper(world, tmp_path)
    two.begin()
    with node.store.write() as tx:
        tx.journal("see", officer="duty", at_ms=7)
    two.keep(clean=True)
    node.store.close()
    for left in tmp_path.glob("ML.db*"):
        left.unlink()
    shutil.copy(image, tmp_path / "ML.db")
    store = Store.open(
        f"sqlite:///{tmp_path}/ML.db", secret=b"s" * 32, clock=world.clock, entropy=SystemEntropy()
    )
    found = codes(Keeper(tmp_path, store, world.clock).begin())
    store.close()
    assert {"start.rolled-back", "start.journal-cut"} <= found


def test_an_anchor_taken_away_or_forged_is_found(world: World, tmp_path: Path) -> None:
    keeper(world, tmp_path).begin()
    (tmp_path / FILE).write_bytes(b"x" * 100)
    assert codes(keeper(world, tmp_path).begin()) == {"start.no-anchor"}
    (tmp_path / FILE).unlink()
    assert codes(keeper(world, tmp_path).begin()) == {"start.no-anchor"}


def test_in_safe_mode_no_record_leaves_and_what_comes_is_taken(world: World, tmp_path: Path) -> None:
    with world["ML"].store.write() as tx:
        safe.enter(tx, [safe.Finding("start.broken-log", "1", 5)])
    world["ML"].write(["NE"], title="لا يخرج")
    world["NE"].write(["ML"], title="يدخل")
    for _ in range(4):
        world.step(heads=True)
    assert "لا يخرج" not in world["NE"].titles()
    assert "يدخل" in world["ML"].titles()
    asyncio.run(world["ML"].link.pump())
    with world["ML"].store.write() as tx:
        assert [f.code for f in safe.leave(tx)] == ["start.broken-log"]
    world.settle()
    assert "لا يخرج" in world["NE"].titles()
