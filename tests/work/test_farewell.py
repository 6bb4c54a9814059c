"""An orderly exit: what a leaving party declares, and what its receivers read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tansiq.base.ids import id_of
from tansiq.base.refusal import Refusal
from tansiq.model.record import Ref
from tansiq.work import farewell
from tansiq.work.save_draft import save_draft, saved_draft
from tests.federation import FOUR
from tests.simulate.desks import desk_at, steps
from tests.simulate.nodes import World, world_of


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = world_of(tmp_path, FOUR)
    for n in range(3):
        made["DZ"].write(FOUR, title=f"سجل {n}")
    made["ML"].write(("NE",), title="إلى نيامي وحدها")
    made.settle()
    yield made
    made.close()


def test_each_originator_is_told_of_its_own_records_alone(world: World) -> None:
    reached = farewell.declare(desk_at(world["NE"]), delete=False, reason="أرشيف وطني")
    assert not isinstance(reached, Refusal)
    assert {"DZ", "ML", "MR"} <= set(reached)
    steps(world)
    for party, held in (("DZ", 3), ("ML", 1), ("MR", 0)):
        with world[party].store.read() as rx:
            (one,) = farewell.told(rx)
        assert (one.party, one.deleted, one.held, one.left_out) == ("NE", 0, held, 0)
        assert one.reason == "أرشيف وطني"


def test_what_is_deleted_is_gone_and_declared_so(world: World) -> None:
    assert farewell.declare(desk_at(world["NE"], "legal"), delete=True, reason="")
    steps(world)
    assert world["NE"].titles() == []
    with world["DZ"].store.read() as rx:
        (one,) = farewell.told(rx)
    assert (one.deleted, one.held) == (3, 0)
    assert len(world["ML"].titles()) == 4


def test_what_waits_and_what_an_officer_left_half_written_go_too(world: World) -> None:
    """Also of a party that takes part no more."""
    node, desk = world["NE"], desk_at(world["NE"], "legal")
    (named, *_) = sorted(node.ids())
    assert save_draft(desk, "/records/report/new", {"h.sources.0": [id_of(named)], "f.text": ["نقل"]}) is None
    unseen = world["ML"].write(("DZ",), title="لا يصل")
    world["ML"].write(("NE",), title="ينتظر مصدره", refs=(Ref("about", unseen.header.id),))
    world.settle()
    with node.store.read() as rx:
        assert rx.waiting() != ()
    farewell.declare(desk, delete=True, reason="")
    with node.store.read() as rx:
        assert rx.waiting() == ()
        assert saved_draft(rx, desk.officer, "/records/report/new") is None


def test_what_came_after_the_declaration_is_seen_to_be_left_out(world: World) -> None:
    farewell.declare(desk_at(world["NE"]), delete=False, reason="")
    world["DZ"].write(FOUR, title="متأخر")
    world.settle()
    with world["DZ"].store.read() as rx:
        (one,) = farewell.told(rx)
    assert (one.held, one.left_out) == (3, 1)


def test_another_role_declares_nothing(world: World) -> None:
    refused = farewell.declare(desk_at(world["NE"], "duty"), delete=True, reason="")
    assert refused == Refusal("role", frozenset({"charter"}))
    assert len(world["NE"].titles()) == 4
