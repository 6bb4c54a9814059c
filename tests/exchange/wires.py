"""A real server with users, keys and a charter, for nodes in this process and in others that are killed."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import msgspec

from tansiq.base.ids import SystemEntropy
from tansiq.exchange import server
from tansiq.exchange.carriers.jetstream import provision
from tansiq.exchange.node_link import Link
from tansiq.exchange.server import NatsServer, ServerUser
from tansiq.seal import PartyKeys, save
from tansiq.store.store import Store
from tests.exchange.node_process import held, linked, write
from tests.federation import Federation, federation

OPERATOR = ServerUser("operator", "k")


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


@contextlib.contextmanager
def wired(folder: Path) -> Iterator[Wire]:
    """Start a server with a mailbox user for each party, and write keys and charter into the folder."""
    fed = federation()
    entries = {p.code: p for p in fed.charter.parties}
    users = {str(p): ServerUser(p, f"w-{p}", (e.mailbox, e.alert_mailbox)) for p, e in entries.items()}
    nats = server.start(folder / "nats", (OPERATOR, *users.values()))
    found = Wire(folder, nats, fed, users)
    try:
        asyncio.run(provision(nats.url(OPERATOR), [b for u in users.values() for b in u.mailboxes]))
        for party, keys in fed.keys.items():
            (folder / f"{party}.key").write_bytes(save(keys, passphrase=None, entropy=SystemEntropy()))
        (folder / "charter").write_bytes(msgspec.msgpack.encode(fed.signed))
        yield found
    finally:
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


async def until(holds: Callable[[], bool], *, within_s: float = 90.0) -> None:
    """Wait for something the loops bring about."""
    end = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < end, "it did not come about in time"
        await asyncio.sleep(0.05)


def receipts(node: Running) -> int:
    with node.store.read() as rx:
        return int(rx.conn.exec_driver_sql("SELECT count(*) FROM receipts").scalar_one())


def survive(wire: Wire, *, kills: int, count: int, within_s: float = 120) -> None:
    """Kill a node at random moments while it takes and writes; nothing accepted may lack or repeat.

    ``within_s`` = how long all may take to be there after the last kill, and again for its receipts.
    """
    random = Random(7)

    async def whole() -> None:
        async with running(wire, "DZ") as dz:
            for n in range(kills):
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
                await until(lambda: held(dz.store, "ML") == everything, within_s=within_s)
                await until(lambda: receipts(dz) == 4 * kills, within_s=within_s)
            finally:
                process.kill()
                process.wait(10)
            with dz.store.read() as rx:
                assert rx.quarantined() == ()

    asyncio.run(whole())
    store, *_ = linked(wire.folder, "ML", wire.url("ML"))
    assert held(store, "DZ") == [f"DZ-{n:04}" for n in range(4 * kills)]
    with store.read() as rx:
        assert rx.quarantined() == ()
        assert all(f.position == f.announced for f in rx.feeds_in())
    store.close()


def _started(wire: Wire, count: int) -> subprocess.Popen[bytes]:
    words = ["-m", "tests.exchange.node_process", str(wire.folder), "ML", wire.url("ML"), str(count)]
    root = Path(__file__).parents[2]
    return subprocess.Popen([sys.executable, *words], cwd=root)
