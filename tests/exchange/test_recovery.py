"""A node that lost its store gets back what is its own, uses no number twice, and opens nothing new."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from tansiq.base.ids import SeededEntropy, SystemEntropy
from tansiq.exchange import safe
from tansiq.exchange.protocol import CarrierDown
from tansiq.exchange.recovery import RECORDS_AT_ONCE
from tansiq.model.kinds.recall import Recall
from tansiq.model.label import Party
from tansiq.model.record import RECALL
from tansiq.policy.charter import sign_charter
from tansiq.seal import generate
from tansiq.store.rebuild import content_hash
from tansiq.store.store import Store
from tansiq.work.effects import regained
from tests.exchange.test_witness import image
from tests.federation import Federation, charter_of
from tests.simulate.nodes import Node, World, node_of, world_of

THREE = ("DZ", "ML", "NE")


def federation_of(parties: Sequence[str]) -> Federation:
    """A federation of these parties and nobody else, so that all of them can answer."""
    keys = {p: generate(Party(p), entropy=SeededEntropy(f"keys-{p}")) for p in parties}
    charter = charter_of(keys.values(), circles=(), compartments=())
    return Federation(keys, charter, sign_charter(charter, keys.values()))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = world_of(tmp_path, THREE, fed=federation_of(THREE))
    for node in made.nodes.values():
        node.link.receiver.effect = partial(regained, made.clock)
    made["DZ"].write(["ML", "NE"], title="للجميع")
    made["DZ"].write(["ML"], title="لمالي وحدها")
    made["ML"].write(["DZ", "NE"], title="من مالي")
    made["NE"].write(["ML"], title="ليس للجزائر")
    made.settle()
    yield made
    made.close()


def lose(world: World, folder: Path, taken: Path | None) -> Node:
    """Take DZ's store away; it comes back empty, or as the image that was taken."""
    old = world["DZ"]
    old.store.close()
    for left in folder.glob("DZ.db*"):
        left.unlink()
    carriers = dict(old.link.post.carriers)
    if taken is None:
        node = node_of(folder, world.federation, "DZ", carriers, world.clock)
    else:
        shutil.copy(taken, folder / "DZ.db")
        url = f"sqlite:///{folder}/DZ.db"
        store = Store.open(url, secret=b"s" * 32, clock=world.clock, entropy=SystemEntropy())
        node = replace(old, store=store)
        node.link._store = store
        node.link.dispatcher._store = store
        node.link.receiver._store = store
    with node.store.write() as tx:
        safe.hear(tx)
        safe.enter(tx, [safe.Finding(safe.RESTORED, "", 5), safe.Finding(safe.FEEDS_UNKNOWN, "", 5)])
    node.link.receiver.effect = partial(regained, world.clock)
    node.link._told_ms.clear()
    world.nodes["DZ"] = node
    return node


def recover(world: World, rounds: int = 12) -> None:
    for n in range(rounds):
        for node in world.nodes.values():
            with contextlib.suppress(CarrierDown):
                asyncio.run(node.link.recover())
        world.step(heads=n % 3 == 0)
        world.clock.set(world.clock.now() + timedelta(minutes=20))


def content(node: Node) -> str:
    with node.store.read() as rx:
        return content_hash(rx)


def segment_codes(world: World) -> set[str]:
    return {code for node in world.nodes.values() for code in node.codes() if code.startswith("segment.")}


@pytest.mark.parametrize("kept", ["nothing", "an image"])
def test_a_lost_store_is_rebuilt_equal_from_peers(world: World, tmp_path: Path, kept: str) -> None:
    taken = image(world["DZ"], tmp_path) if kept == "an image" else None
    world["DZ"].write(["ML", "NE"], title="بعد النسخة")
    world["NE"].write(["DZ"], title="وصل بعدها")
    world.settle()
    before = content(world["DZ"]), world["DZ"].titles()
    others = {p: content(world[p]) for p in ("ML", "NE")}
    node = lose(world, tmp_path, taken)
    with node.store.read() as rx:
        assert safe.is_hidden(rx)
    recover(world)
    with node.store.read() as rx:
        assert not safe.is_safe(rx)
    assert node.titles() == before[1]
    assert content(node) == before[0]
    assert {p: content(world[p]) for p in ("ML", "NE")} == others
    assert segment_codes(world) == set()


def test_our_feeds_go_on_without_a_fork_and_reach_those_who_lacked_something(
    world: World, tmp_path: Path
) -> None:
    taken = image(world["DZ"], tmp_path)
    world.cut("NE")
    for n in range(3):
        world["DZ"].write(["ML", "NE"], title=f"فات النيجر {n}")
        world.step()
    boxes = world["NE"].link.book.mailboxes(Party("NE"))
    for box in boxes:
        world.net._boxes.pop(box, None)
    world.cut()
    lose(world, tmp_path, taken)
    recover(world)
    world["DZ"].write(["ML", "NE"], title="بعد الاستعادة")
    for _ in range(4):
        world.step(heads=True)
    world.settle()
    assert "فات النيجر 2" in world["NE"].titles()
    assert world["NE"].titles().count("بعد الاستعادة") == 1
    assert segment_codes(world) == set()
    with world["ML"].store.read() as rx:
        assert not [q for q in rx.quarantined() if q.code.endswith(".fork")]


def test_stamps_go_on_after_those_that_peers_witnessed(world: World, tmp_path: Path) -> None:
    with world["DZ"].store.read() as rx:
        last = rx.stamp_head().number
    node = lose(world, tmp_path, None)
    recover(world)
    for _ in range(3):
        world.step(heads=True)
    with node.store.read() as rx:
        assert rx.stamp_head().number > last
    assert "journal.fork" not in {c for p in ("ML", "NE") for c in world[p].codes()}


def test_nobody_gets_more_by_asking_than_it_signed_or_was_sent(world: World, tmp_path: Path) -> None:
    node = lose(world, tmp_path, None)
    recover(world)
    assert "ليس للجزائر" not in node.titles()
    for raw in tmp_path.glob("DZ.db*"):
        assert "ليس للجزائر".encode() not in raw.read_bytes()


def test_what_was_recalled_since_the_copy_never_shows_again(world: World, tmp_path: Path) -> None:
    gone = world["ML"].write(["DZ"], title="سيُسحب")
    world.settle()
    taken = image(world["DZ"], tmp_path)
    world["ML"].write(["DZ"], body=Recall(title="سحب", record=gone.id), priority=RECALL)
    world.settle()
    assert "سيُسحب" not in world["DZ"].titles()
    node = lose(world, tmp_path, taken)
    assert "سيُسحب" in node.titles()
    with node.store.read() as rx:
        assert safe.is_hidden(rx)
    recover(world)
    with node.store.read() as rx:
        assert not safe.is_hidden(rx)
    assert "سيُسحب" not in node.titles()


def test_a_restored_node_stays_hidden_while_one_party_has_not_answered(world: World, tmp_path: Path) -> None:
    node = lose(world, tmp_path, None)
    world.cut("NE")
    recover(world)
    with node.store.read() as rx:
        assert safe.is_hidden(rx)
        assert safe.heard(rx) == {Party("ML")}


def test_more_records_than_one_answer_holds_come_back_in_several(world: World, tmp_path: Path) -> None:
    for n in range(RECORDS_AT_ONCE + 30):
        world["DZ"].write(["ML"], title=f"رقم {n}")
    world.settle()
    before = world["DZ"].titles()
    node = lose(world, tmp_path, None)
    recover(world)
    assert node.titles() == before


def test_one_who_did_not_lose_anything_takes_nothing_from_an_answer(world: World) -> None:
    before = content(world["DZ"])
    recover(world, 2)
    assert content(world["DZ"]) == before
    with world["ML"].store.read() as rx:
        assert rx.wishes() == ()
