"""Who holds what of ours: states that others signed, and those that nobody has signed yet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tansiq.exchange.receipts import Line
from tansiq.model.kinds.recall import Recall
from tansiq.model.label import Party
from tansiq.model.record import RECALL, Record
from tansiq.work.who_holds import at_party, counted, of_record
from tests.simulate.nodes import World, world_of


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    found = world_of(tmp_path, ("DZ", "ML", "NE"))
    yield found
    found.close()


def states(world: World, record: Record) -> dict[tuple[str, int], str]:
    with world["ML"].store.read() as rx:
        return {(h.party, h.version): h.state for h in of_record(rx, record.id)}


def test_a_record_is_queued_then_on_its_way_then_stored_then_opened(world: World) -> None:
    record = world["ML"].write(["NE", "DZ"], title="خبر")
    world.cut("DZ")
    world["ML"].link.dispatcher.close_segments("routine")
    assert set(states(world, record).values()) == {"queued"}
    for _ in range(3):
        world.step()
    assert states(world, record)["NE", 1] == "stored"
    world.cut()
    world.settle()
    with world["DZ"].store.write() as tx:
        world["DZ"].link.registrar.send(tx, Party("ML"), [Line(record.header.id, 1, "opened", role="duty")])
    world.settle()
    assert states(world, record) == {("NE", 1): "stored", ("DZ", 1): "opened"}
    with world["ML"].store.read() as rx:
        (opened,) = [h for h in of_record(rx, record.id) if h.party == "DZ"]
    assert opened.role == "duty"


def test_what_is_recalled_is_outstanding_until_its_deletion_is_declared(world: World) -> None:
    record = world["ML"].write(["NE", "DZ"], title="يُسحب")
    kept = world["ML"].write(["NE"], title="باق")
    world.settle()
    world.cut("DZ")
    body = Recall(title="سحب", record=record.id, reason="خطأ")
    world["ML"].write(["NE", "DZ"], body=body, priority=RECALL)
    for _ in range(4):
        world.step()
    assert states(world, record) == {("NE", 1): "purged", ("DZ", 1): "outstanding"}
    with world["ML"].store.read() as rx:
        (late,) = [h for h in of_record(rx, record.id) if h.state == "outstanding"]
        assert late.seen_ms is not None
        held = {h.record_id: h.state for h in at_party(rx, Party("NE"))}
        assert held[kept.id] == "stored"
        assert counted(at_party(rx, Party("DZ"))) == {"outstanding": 1, "sent": 1}
    world.cut()
    world.settle()
    assert states(world, record) == {("NE", 1): "purged", ("DZ", 1): "purged"}
