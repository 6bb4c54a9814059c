"""Nodes over real NATS: delivery, a cut, an altered envelope, restarts, processes killed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from tansiq.exchange.carriers.jetstream import JetStreamCarrier
from tests.exchange.node_process import held, write
from tests.exchange.wires import Running, Wire, receipts, running, survive, until, wired

pytestmark = pytest.mark.edge
KILLS = 10


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with wired(tmp_path) as found:
        yield found


def two(wire: Wire, act: Callable[[Running, Running], Awaitable[None]]) -> None:
    async def whole() -> None:
        async with running(wire, "DZ") as dz, running(wire, "ML") as ml:
            await act(dz, ml)

    asyncio.run(whole())


def test_a_record_arrives_and_its_receipt_returns(wire: Wire) -> None:
    async def act(dz: Running, ml: Running) -> None:
        write(ml.store, ml.keys, "كمين قرب غاو", "DZ")
        await until(lambda: held(dz.store, "ML") == ["كمين قرب غاو"])
        await until(lambda: receipts(ml) == 1)

    two(wire, act)


def test_after_a_cut_and_a_killed_server_everything_comes_once(wire: Wire) -> None:
    async def act(dz: Running, ml: Running) -> None:
        await asyncio.to_thread(dz.link.cut)
        for n in range(5):
            write(ml.store, ml.keys, f"{n}", "DZ")
        await until(lambda: _sent(ml) == 0)
        assert held(dz.store, "ML") == []
        await asyncio.to_thread(wire.restart)
        write(ml.store, ml.keys, "5", "DZ")
        await asyncio.to_thread(dz.link.restore)
        await until(lambda: held(dz.store, "ML") == [f"{n}" for n in range(6)])
        await until(lambda: receipts(ml) == 6)

    two(wire, act)


def test_an_envelope_altered_on_the_carrier_is_quarantined_and_the_true_one_comes_again(wire: Wire) -> None:
    async def act(dz: Running, ml: Running) -> None:
        await asyncio.to_thread(dz.link.cut)
        write(ml.store, ml.keys, "صحيح", "DZ")
        await until(lambda: _sent(ml) == 0)
        await _alter(wire)
        await asyncio.to_thread(dz.link.restore)
        await until(lambda: held(dz.store, "ML") == ["صحيح"])
        with dz.store.read() as rx:
            assert "seal.altered" in {row.code for row in rx.quarantined()}

    two(wire, act)


def _sent(node: Running) -> int:
    with node.store.read() as rx:
        return len(rx.unsent()) + len(rx.pending())


async def _alter(wire: Wire) -> None:
    """As the carrier: take what waits for DZ, change a byte of each, and put it back."""
    entry = wire.fed.charter.party("DZ")
    assert entry is not None
    carrier = JetStreamCarrier(wire.url("DZ"))
    altered = 0
    while found := await carrier.take(entry.mailbox, limit=16, timeout_s=0.5):
        for delivery in found:
            frame = bytearray(delivery.frame)
            frame[-10] ^= 1
            await carrier.put(entry.mailbox, bytes(frame))
            await delivery.ack()
            altered += 1
        if altered:
            break
    await carrier.close()
    assert altered


def test_processes_killed_at_random_moments_lose_nothing_and_repeat_nothing(wire: Wire) -> None:
    survive(wire, kills=KILLS, count=60)
