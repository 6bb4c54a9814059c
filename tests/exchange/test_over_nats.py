"""Nodes over real NATS: delivery, a cut, an altered envelope, restarts, processes killed."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import msgspec
import pytest

from tansiq.base.ids import SystemEntropy
from tansiq.exchange import server
from tansiq.exchange.carriers.jetstream import JetStreamCarrier, provision
from tansiq.exchange.node_link import Link
from tansiq.exchange.server import NatsServer, ServerUser
from tansiq.seal import PartyKeys, save
from tansiq.store.store import Store
from tests.exchange.node_process import held, linked, write
from tests.federation import Federation, federation

pytestmark = pytest.mark.edge
OPERATOR = ServerUser("operator", "k")
KILLS = 10


@dataclass
class Wire:
    """A server, its users, and a folder with keys and charter for the nodes."""

    folder: Path
    nats: NatsServer
    fed: Federation
    users: dict[str, ServerUser]

    def url(self, party: str) -> str:
        return self.nats.url(self.users[party])

    def restart(self) -> None:
        """End the server without farewell and start it again on its port and files."""
        self.nats.kill()
        self.nats = server.start(self.nats.folder, (OPERATOR, *self.users.values()), port=self.nats.port)


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    fed = federation()
    entries = {p.code: p for p in fed.charter.parties}
    users = {str(p): ServerUser(p, f"w-{p}", (e.mailbox, e.alert_mailbox)) for p, e in entries.items()}
    nats = server.start(tmp_path / "nats", (OPERATOR, *users.values()))
    asyncio.run(provision(nats.url(OPERATOR), [b for u in users.values() for b in u.mailboxes]))
    for party, keys in fed.keys.items():
        (tmp_path / f"{party}.key").write_bytes(save(keys, passphrase=None, entropy=SystemEntropy()))
    (tmp_path / "charter").write_bytes(msgspec.msgpack.encode(fed.signed))
    found = Wire(tmp_path, nats, fed, users)
    yield found
    found.nats.stop()


@dataclass
class Running:
    """A node in this process with its loops running."""

    store: Store
    keys: PartyKeys
    link: Link


@asynccontextmanager
async def running(wire: Wire, party: str) -> AsyncIterator[Running]:
    store, keys, link, runner = linked(wire.folder, party, wire.url(party))
    task = asyncio.create_task(runner.run())
    try:
        yield Running(store, keys, link)
    finally:
        runner.stop()
        await task
        for carrier in link.post.carriers.values():
            await carrier.close()
        store.close()


async def until(holds: Callable[[], bool], *, within_s: float = 40.0) -> None:
    """Wait for something the loops bring about."""
    end = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < end, "it did not come about in time"
        await asyncio.sleep(0.05)


def two(wire: Wire, act: Callable[[Running, Running], Awaitable[None]]) -> None:
    async def whole() -> None:
        async with running(wire, "DZ") as dz, running(wire, "ML") as ml:
            await act(dz, ml)

    asyncio.run(whole())


def receipts(node: Running) -> int:
    with node.store.read() as rx:
        return int(rx.conn.exec_driver_sql("SELECT count(*) FROM receipts").scalar_one())


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
    random, count = Random(7), 60

    async def whole() -> None:
        async with running(wire, "DZ") as dz:
            for n in range(KILLS):
                process = _started(wire, count)
                for k in range(4):
                    write(dz.store, dz.keys, f"DZ-{n * 4 + k:04}", "ML")
                    await asyncio.sleep(random.random() * 0.25)
                await asyncio.sleep(random.random() * 1.2)
                process.kill()
                process.wait(10)
            process = _started(wire, count)
            try:
                everything = [f"ML-{n:04}" for n in range(count)]
                await until(lambda: held(dz.store, "ML") == everything)
                await until(lambda: receipts(dz) == 4 * KILLS)
            finally:
                process.kill()
                process.wait(10)
            with dz.store.read() as rx:
                assert rx.quarantined() == ()

    asyncio.run(whole())
    store, *_ = linked(wire.folder, "ML", wire.url("ML"))
    assert held(store, "DZ") == [f"DZ-{n:04}" for n in range(4 * KILLS)]
    with store.read() as rx:
        assert rx.quarantined() == ()
        assert all(f.position == f.announced for f in rx.feeds_in())
    store.close()


def _started(wire: Wire, count: int) -> subprocess.Popen[bytes]:
    words = ["-m", "tests.exchange.node_process", str(wire.folder), "ML", wire.url("ML"), str(count)]
    root = Path(__file__).parents[2]
    return subprocess.Popen([sys.executable, *words], cwd=root)
