"""Caps: bytes a second kept by waiting, small frames for narrow links, patience by a steady clock."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tansiq.exchange.throttle import FAST_BYTES_S, LEAST_FRAME_BYTES, Throttle, cap, frame_limit
from tansiq.model.kinds.report import Report
from tansiq.model.label import Party
from tansiq.model.record import LIFE_THREAT
from tests.simulate.nodes import World, world_of


class Ticks:
    """Seconds that go forward when told."""

    def __init__(self) -> None:
        self.s = 100.0

    def __call__(self) -> float:
        return self.s


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    found = world_of(tmp_path, ("ML", "NE"))
    yield found
    found.close()


def test_what_was_moved_is_paid_for_at_the_rate() -> None:
    ticks = Ticks()
    lane = Throttle(1000, ticks)
    lane.moved(2500)
    assert lane.owed_s() == 2.5
    lane.moved(500)
    assert lane.owed_s() == 3.0
    ticks.s += 2
    assert lane.owed_s() == 1.0
    ticks.s += 60
    assert lane.owed_s() == 0.0


def test_a_turn_is_waited_for_as_long_as_is_owed(monkeypatch: pytest.MonkeyPatch) -> None:
    slept_s: list[float] = []

    async def sleep(seconds: float) -> None:
        slept_s.append(seconds)

    lane = Throttle(1000, Ticks())
    lane.moved(2500)
    monkeypatch.setattr(asyncio, "sleep", sleep)
    asyncio.run(lane.turn())
    assert slept_s == [2.5]


def test_without_a_cap_nothing_is_owed_and_frames_come_by_many() -> None:
    lane = Throttle(0, Ticks())
    lane.moved(10**9)
    assert lane.owed_s() == 0.0
    assert lane.frames(16) == 16


@pytest.mark.parametrize(("bytes_s", "frames"), [(1, 1), (FAST_BYTES_S - 1, 1), (FAST_BYTES_S, 16)])
def test_a_narrow_lane_takes_one_frame_at_a_time(bytes_s: int, frames: int) -> None:
    assert Throttle(bytes_s, Ticks()).frames(16) == frames


def test_a_cap_is_kept_and_told_to_all_others_who_then_send_small_frames(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited_s: list[float] = []

    async def turn(lane: Throttle) -> None:
        waited_s.append(lane.owed_s())

    monkeypatch.setattr(Throttle, "turn", turn)
    world["NE"].link.set_cap("routine", 1200)
    with world["NE"].store.read() as rx:
        assert cap(rx, "routine") == 1200
    world.step(heads=True)
    world.step()
    with world["ML"].store.read() as rx:
        assert frame_limit(rx, [Party("NE"), Party("DZ")]) == 3000
    world["NE"].link.set_cap("routine", 0)
    for n in range(60):
        world["ML"].write(["NE"], body=Report(title=f"{n}", text=f"وصلت القافلة {n * 7919} إلى غاو " * 8))
    asyncio.run(world["ML"].link.pump())
    entry = world.federation.charter.party(Party("NE"))
    assert entry is not None
    sizes = [len(w.frame) for w in world.net.due(entry.mailbox, 1000)]
    assert len(sizes) > 4
    assert max(sizes) <= 3000
    world.settle()
    assert max(waited_s) > 1
    assert len(world["NE"].ids()) == 60
    with world["ML"].store.read() as rx:
        assert frame_limit(rx, [Party("NE")]) == 0


def test_alerts_are_not_made_small(world: World) -> None:
    with world["ML"].store.write() as tx:
        tx.set_setting("link.frame.NE", str(LEAST_FRAME_BYTES))
    for n in range(3):
        world["ML"].write(["NE"], body=Report(title=f"{n}", text="ن" * 3000), priority=LIFE_THREAT)
    assert world["ML"].link.dispatcher.close_segments("alert") == 1


def test_gaps_are_asked_for_while_the_nodes_own_clock_stands_still(world: World) -> None:
    node = world["NE"]
    ticks = Ticks()
    node.link.ticks = ticks
    node.link.asking.patience_ms = 20_000
    for n in range(2):
        world["ML"].write(["NE"], title=f"{n}")
        asyncio.run(world["ML"].link.pump())
    entry = world.federation.charter.party(Party("NE"))
    assert entry is not None
    world.net.drop(entry.mailbox, world.net.due(entry.mailbox, 1)[0])
    asyncio.run(node.link.drain())
    assert asyncio.run(node.link.ask()) == 0
    ticks.s += 21
    assert asyncio.run(node.link.ask()) == 1
