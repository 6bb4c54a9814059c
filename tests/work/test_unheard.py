"""What a node says of another that it does not hear: what the exchange knows, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tansiq.base.refusal import Refusal
from tansiq.boards import aspect_of
from tansiq.model.kinds.mandate import Mandate
from tansiq.model.kinds.node_health import NodeHealth
from tansiq.model.label import Party, label
from tansiq.model.values import TimeExpression
from tansiq.work.objecting import shelf_of
from tansiq.work.submit import Draft, submit
from tansiq.work.unheard import note_unheard
from tests.federation import START
from tests.simulate.desks import desk_at, steps
from tests.simulate.nodes import World, node_again, world_of
from tests.work.nodes import done

THREE = ("DZ", "ML", "NE")
NE = Party("NE")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = world_of(tmp_path, THREE)
    steps(made, 4, heads=True)
    yield made
    made.close()


def later(world: World, hours: float) -> None:
    world.clock.set(START + timedelta(hours=hours))


def reason(outcome: object) -> str:
    assert isinstance(outcome, Refusal)
    return outcome.reason


def states(world: World, party: str, title: str) -> dict[str, str]:
    """What a node says of the record of a title."""
    node = world.nodes[party]
    with node.store.read() as rx:
        shelf = shelf_of(rx, desk_at(node))
        held = next(h for h in shelf.of("mandate") if h.body.title == title)
        return {state.of: state.word for state in aspect_of(held, shelf).states}


def test_silence_shorter_than_the_heartbeat_is_none(world: World) -> None:
    later(world, 20)
    assert reason(note_unheard(desk_at(world["DZ"]), NE, "down", "لا يُسمع")) == "outage.heard"
    assert reason(note_unheard(desk_at(world["DZ"]), NE, "up", "سُمع")) == "outage.not-noted"
    assert reason(note_unheard(desk_at(world["DZ"]), Party("MR"), "down", "لا يُسمع")) == "outage.never-heard"


def test_nobody_types_when_a_node_was_last_heard(world: World) -> None:
    later(world, 40)
    typed = NodeHealth(title="لا يُسمع", link="down", node_of=NE, last_heard=START - timedelta(days=9))
    draft = Draft(kind="node-health/1", body=typed, label=label(THREE))
    assert reason(submit(desk_at(world["DZ"]), draft)) == "outage.heard"


def test_it_is_said_in_whole_hours_and_once(world: World) -> None:
    later(world, 40)
    desk = desk_at(world["DZ"])
    made = done(note_unheard(desk, NE, "down", "لا يُسمع"))
    with world["DZ"].store.read() as rx:
        held = shelf_of(rx, desk).get(made)
    assert held is not None
    assert isinstance(held.body, NodeHealth)
    assert held.body.last_heard == START + timedelta(hours=1)
    assert "FR" not in held.label.audience
    assert reason(note_unheard(desk, NE, "down", "لا يُسمع")) == "outage.noted"


def test_every_node_sees_the_same_pause_and_a_restart_changes_nothing(world: World, tmp_path: Path) -> None:
    until = START + timedelta(hours=72)
    body = Mandate(
        title="تفويض",
        mandate="M-1",
        mandators=tuple(map(Party, THREE)),
        silence_until=TimeExpression(lo=until, hi=until),
    )
    done(submit(desk_at(world["DZ"]), Draft(kind="mandate/1", body=body, label=label(THREE))))
    steps(world)
    world.cut("NE")
    later(world, 40)
    for code in ("DZ", "ML"):
        steps(world, 4, heads=True)
        done(note_unheard(desk_at(world[code]), NE, "down", "لا يُسمع"))
    steps(world)
    later(world, 80)
    assert {states(world, code, "تفويض")["M-1"] for code in ("DZ", "ML")} == {"paused"}
    assert states(world, "NE", "تفويض")["M-1"] == "silence_kept"
    world.nodes["DZ"] = node_again(world, tmp_path, "DZ")
    assert states(world, "DZ", "تفويض")["position:NE"] == "unreachable"
    world.cut()
    steps(world, 12, heads=True)
    for code in ("DZ", "ML"):
        done(note_unheard(desk_at(world[code]), NE, "up", "سُمع"))
    steps(world, 8, heads=True)
    assert {states(world, code, "تفويض")["M-1"] for code in THREE} == {"under_silence"}
    later(world, 152)
    assert {states(world, code, "تفويض")["M-1"] for code in THREE} == {"silence_kept"}
