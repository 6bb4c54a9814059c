"""Several nodes on one machine over a real NATS server, each its own process behind a link that can be cut.

1. What was founded stays in its folder; a second start resumes with nothing lost.
2. A node's process ends when the one that started it ends: it watches its standard input.
3. The carrier sets up what the newest list of tokens names that any node's folder holds, whenever it changes.
4. Each node's port is kept for it as long as the federation is up; a node that ends by itself is started
   again, three times at most, and that is told.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final, Literal
from urllib.parse import quote

import httpx
import msgspec
from msgspec import Struct

from tansiq.base.errors import SetupError
from tansiq.base.ids import Entropy, SystemEntropy, token
from tansiq.base.ports import HeldPort, free_port, hold
from tansiq.exchange.logins import is_seed, new_seed
from tansiq.exchange.protocol import CarrierDown
from tansiq.exchange.provisioning import (
    BadTokens,
    Tokens,
    newest_of,
    read_tokens,
)
from tansiq.exchange.server import OPERATOR
from tansiq.model.charter import decode_charter
from tansiq.model.label import Party
from tansiq.node.alone import Alone
from tansiq.node.carrier import LANES, TOKENS
from tansiq.node.ceremony import CARD, read_card
from tansiq.node.client import NodeClient
from tansiq.node.founding import Plan, found, write_node
from tansiq.node.hub import Hub
from tansiq.node.locked import held, put_private
from tansiq.node.relay import Relay
from tansiq.node.settings import NodeSettings, read_settings, write_private, write_settings

READY_WITHIN_S: Final = 90.0
STOP_WITHIN_S: Final = 10.0
LOOK_EVERY_S: Final = 0.5
RAISED_AT_MOST: Final = 3
"""How often a node that ended by itself is started again: more would hide that it cannot run."""


class NodeFailed(SetupError):
    """A node's process ended or did not become ready; its log says why."""

    code = "federation.node-failed"

    def __init__(self, party: str, log: str) -> None:
        super().__init__(f"the node of {party} did not become ready: {log}")
        self.party = party


class Roll(Struct, frozen=True, kw_only=True):
    """What a federation's folder says of it: parties in order, who may use the carrier."""

    name: str
    parties: tuple[Party, ...]
    users: dict[str, str]


class Federation:
    """The parties' nodes, their carrier and links. Made by :func:`open_federation`."""

    def __init__(self, folder: Path, roll: Roll, tell: Callable[[str], None]) -> None:
        self.folder = folder
        self.roll = roll
        self._tell = tell
        self._alone: Alone | None = None
        self._hub = Hub(folder / "carrier", roll.name, roll.users)
        self._relays: dict[Party, Relay] = {}
        self._ports: dict[Party, HeldPort] = {}
        self._processes: dict[Party, subprocess.Popen[bytes]] = {}
        self._raised: Counter[Party] = Counter()
        self._clients: dict[Party, NodeClient] = {}
        self._looking: asyncio.Task[None] | None = None
        self.charter = decode_charter(
            msgspec.msgpack.decode((self.node_folder(roll.parties[0]) / "charter").read_bytes())[0]
        )

    @property
    def parties(self) -> tuple[Party, ...]:
        """The parties, in the plan's order."""
        return self.roll.parties

    def node_folder(self, party: str) -> Path:
        """Return a party's folder."""
        return self.folder / party

    def settings(self, party: str) -> NodeSettings:
        """Return a party's settings."""
        return read_settings(self.node_folder(party))

    @property
    def operator_url(self) -> str:
        """Where the carrier's operator connects: the demonstration plays the malicious carrier there."""
        return self._hub.operator_url

    def carrier_url(self, party: str) -> str:
        """Return where a party's node connects for its routine mailbox."""
        return self._hub.url(self._hub.lanes(Party(party))["routine"])

    async def start(self) -> None:
        """Start carrier, links and nodes; return when every node answers. Raises SetupError."""
        self._alone = Alone(self.folder)
        self._hub.enter(p for p in self.charter.parties if p.code in self.parties)
        await self._hub.start()
        await self._hub.provide(self._newest())
        for party in self.parties:
            await self._link(party)
            self.start_node(party)
        await asyncio.gather(*(self.ready(p) for p in self.parties))
        self._looking = asyncio.create_task(self._look())

    async def admit(self, party: Party) -> None:
        """Let a party in whose node was made in this folder: its logins, its link, its process."""
        users = {f"{party}.{lane}": new_seed(SystemEntropy()) for lane in LANES}
        roll = msgspec.structs.replace(self.roll, parties=(*self.roll.parties, party))
        self.roll = msgspec.structs.replace(roll, users=roll.users | users)
        write_private(self.folder / "roll.json", msgspec.json.encode(self.roll))
        self._hub.seeds |= users
        self._hub.enter((read_card(self.node_folder(party) / CARD),))
        await self._hub.provide(self._newest())
        await self._link(party)
        self.start_node(party)
        await self.ready(party)

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            with contextlib.suppress(CarrierDown):  # the carrier is away: the next look finds it
                await self._hub.provide(self._newest())
            self._raise_ended()

    def _raise_ended(self) -> None:
        """Start again each node that ended and that nobody ended, and tell."""
        for party, process in [*self._processes.items()]:
            ended = process.poll()
            if ended is not None and self._raised[party] < RAISED_AT_MOST:
                self._raised[party] += 1
                self._tell(f"{party} ended by itself ({ended}) and is started again; see {party}/node.log")
                _close(process)
                self.start_node(party)

    def _newest(self) -> Tokens:
        entries = self.charter.parties
        boxes = ((box,) for p in entries for box in (p.mailbox, p.alert_mailbox))
        found = [Tokens(self.charter.epoch, tuple(boxes))]
        for party in self.parties:
            with contextlib.suppress(OSError, BadTokens):
                found.append(read_tokens((self.node_folder(party) / TOKENS).read_bytes()))
        return newest_of(found)

    async def stop(self) -> None:
        """End nodes, links and carrier, in that order."""
        if self._looking is not None:
            self._looking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._looking
            self._looking = None
        for client in self._clients.values():
            await client.close()
        self._clients.clear()
        await asyncio.to_thread(self._end_nodes)
        for port in self._ports.values():
            port.release()
        for relay in self._relays.values():
            await relay.stop()
        await asyncio.to_thread(self._hub.stop)
        if self._alone is not None:
            self._alone.release()
            self._alone = None

    def start_node(self, party: Party) -> None:
        """Start a party's process."""
        folder = self.node_folder(party)
        with (folder / "node.log").open("ab") as log:
            self._processes[party] = subprocess.Popen(
                [sys.executable, "-m", "tansiq", "node", "run", str(folder), "--while-parent-lives"],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env=os.environ | {"PYTHONUNBUFFERED": "1"},
            )

    async def ready(self, party: Party) -> None:
        """Wait until a node answers. Raises NodeFailed with the end of its log."""
        address = self.settings(party).address
        until = time.monotonic() + READY_WITHIN_S
        async with httpx.AsyncClient(trust_env=False, timeout=2.0) as http:
            while time.monotonic() < until and self._processes[party].poll() is None:
                with contextlib.suppress(httpx.HTTPError):
                    if (await http.get(f"{address}/health")).status_code == 200:
                        self._tell(f"{party} {address}")
                        return
                await asyncio.sleep(0.1)
        log = (self.node_folder(party) / "node.log").read_text(encoding="utf8", errors="replace")
        raise NodeFailed(party, log.strip()[-500:])

    def kill_node(self, party: Party) -> None:
        """End a node's process without farewell, as a power cut does."""
        process = self._processes.pop(party)
        process.kill()
        process.wait(STOP_WITHIN_S)
        _close(process)

    def running(self, party: Party) -> bool:
        """Whether a node's process lives."""
        process = self._processes.get(party)
        return process is not None and process.poll() is None

    def pid(self, party: Party) -> int:
        """Return the process id of a node."""
        return self._processes[party].pid

    async def restart_carrier(self) -> None:
        """Kill the carrier's server as a power cut does, and start it again on the same port."""
        await self._hub.restart()

    def client(self, party: str) -> NodeClient:
        """Return the client of a party's node."""
        code = Party(party)
        if code not in self._clients:
            settings = self.settings(code)
            self._clients[code] = NodeClient(settings.address, code, bytes.fromhex(settings.door_secret))
        return self._clients[code]

    def cut(self, party: str) -> None:
        """Cut a node's link to the carrier."""
        self._relays[Party(party)].cut()

    def restore(self, party: str) -> None:
        """Restore a node's link."""
        self._relays[Party(party)].restore()

    def linked(self, party: str) -> bool:
        """Whether a node's link is up."""
        return self._relays[Party(party)].up

    async def _link(self, party: Party) -> None:
        relay = self._relays[party] = Relay("127.0.0.1", self._hub.port)
        url = f"tls://127.0.0.1:{await relay.start()}?authority={quote(str(self._hub.authority))}"
        settings = self.settings(party)
        self._hand_over(party)
        port = self._ports[party] = _kept(settings.port)
        settings = msgspec.structs.replace(settings, carrier_url=url, port=port.number)
        write_settings(self.node_folder(party), settings)

    def _hand_over(self, party: Party) -> None:
        """Give a node the seeds of its lanes, where it does not hold them."""
        folder = self.node_folder(party)
        held_now = held(folder).private
        for lane, user in self._hub.lanes(party).items():
            if held_now.get(f"carrier.{lane}") != (login := f"{user.name}:{user.password}"):
                put_private(folder, f"carrier.{lane}", login, entropy=SystemEntropy())

    def _end_nodes(self) -> None:
        for process in self._processes.values():
            process.terminate()
        for process in self._processes.values():
            try:
                process.wait(STOP_WITHIN_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(STOP_WITHIN_S)
            _close(process)


def open_federation(
    folder: Path,
    plan: Plan,
    *,
    name: str,
    start: datetime,
    clock: Literal["system", "set"] = "system",
    tell: Callable[[str], None] = lambda _: None,
    entropy: Entropy | None = None,
) -> Federation:
    """Return the federation of a folder, founding it first when the folder holds none."""
    roll = folder / "roll.json"
    if not roll.exists():
        _found(folder, plan, name, start, clock, entropy or SystemEntropy())
    found_roll = msgspec.json.decode(roll.read_bytes(), type=Roll)
    return Federation(folder, _with_seeds(roll, found_roll), tell)


def _with_seeds(path: Path, roll: Roll) -> Roll:
    """Return the roll with a seed for every user of the carrier; one without them gets them now."""
    names = (OPERATOR, *(f"{party}.{lane}" for party in roll.parties for lane in ("routine", "alert")))
    if all(is_seed(roll.users.get(name, "")) for name in names):
        return roll
    entropy = SystemEntropy()
    made = msgspec.structs.replace(roll, users={name: new_seed(entropy) for name in names})
    write_private(path, msgspec.json.encode(made))
    return made


def _found(
    folder: Path, plan: Plan, name: str, start: datetime, clock: Literal["system", "set"], entropy: Entropy
) -> None:
    founded = found(plan, name=name, now=start, entropy=entropy)
    for party in plan.parties:
        settings = NodeSettings(
            party=party.code,
            lang=party.lang,
            port=free_port(),
            exercise=True,
            clock=clock,
            door_secret=token(entropy, 32),
            purposes=plan.purposes,
        )
        write_node(folder / party.code, settings, founded, entropy=entropy)
    roll = Roll(name=name, parties=tuple(p.code for p in plan.parties), users={})
    write_private(folder / "roll.json", msgspec.json.encode(roll))


def _kept(port: int) -> HeldPort:
    """Keep a node's port, or another where somebody has it meanwhile."""
    try:
        return hold(port)
    except OSError:
        return hold()


def _close(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()
