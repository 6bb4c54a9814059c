"""The simulator's carrier: the faults it is asked for, and no other."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from tansiq.base.ids import SeededEntropy
from tansiq.exchange.carriers.memory import Faults, MemoryCarrier, MemoryNet
from tansiq.exchange.protocol import CarrierDown

BOX = b"\x07" * 16


def carried(net: MemoryNet, count: int) -> list[bytes]:
    async def run() -> list[bytes]:
        node = net.carrier("ML")
        for n in range(count):
            await node.put(BOX, n.to_bytes(2, "big"))
        net.tick(10)
        return [d.frame for d in await node.take(BOX, limit=10_000, timeout_s=0)]

    return asyncio.run(run())


def run(act: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        await act()

    asyncio.run(whole())


def taken(node: MemoryCarrier) -> list[bytes]:
    return [d.frame for d in asyncio.run(node.take(BOX, limit=9, timeout_s=0))]


def test_without_faults_everything_arrives_once_and_in_order() -> None:
    frames = carried(MemoryNet(SeededEntropy("a")), 200)
    assert frames == [n.to_bytes(2, "big") for n in range(200)]


def test_a_third_lost_and_a_third_doubled_is_about_that() -> None:
    lost = carried(MemoryNet(SeededEntropy("a"), Faults(loss=0.33)), 600)
    doubled = carried(MemoryNet(SeededEntropy("a"), Faults(duplicate=0.33)), 600)
    assert 340 < len(lost) < 460
    assert 740 < len(doubled) < 860


def test_the_same_seed_gives_the_same_order() -> None:
    faults = Faults(loss=0.1, duplicate=0.1, reorder=0.5, delay_ticks=3)
    first = carried(MemoryNet(SeededEntropy("س"), faults), 100)
    assert first == carried(MemoryNet(SeededEntropy("س"), faults), 100)
    assert first != sorted(first)


def test_a_frame_comes_again_until_it_is_acknowledged() -> None:
    net = MemoryNet(SeededEntropy("a"))
    node = net.carrier("ML")
    asyncio.run(node.put(BOX, b"x"))
    assert taken(node) == [b"x"]
    (again,) = asyncio.run(node.take(BOX, limit=9, timeout_s=0))
    run(again.ack)
    assert taken(node) == []
    assert net.waiting(BOX) == 0


def test_a_postponed_frame_comes_at_the_next_tick() -> None:
    net = MemoryNet(SeededEntropy("a"))
    node = net.carrier("ML")
    asyncio.run(node.put(BOX, b"x"))
    (first,) = asyncio.run(node.take(BOX, limit=9, timeout_s=0))
    run(lambda: first.later(5.0))
    assert taken(node) == []
    net.tick()
    assert taken(node) == [b"x"]


def test_a_node_that_is_cut_off_can_neither_put_nor_take() -> None:
    net = MemoryNet(SeededEntropy("a"))
    net.cut(["ML"])
    with pytest.raises(CarrierDown):
        asyncio.run(net.carrier("ML").put(BOX, b"x"))
    with pytest.raises(CarrierDown):
        taken(net.carrier("ML"))
    net.cut([])
    asyncio.run(net.carrier("ML").put(BOX, b"x"))
    assert taken(net.carrier("ML")) == [b"x"]
