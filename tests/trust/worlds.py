"""Two federations in step: what is random is drawn by purpose, so that an act more in one shifts nothing.

1. Entropy is drawn under the name of the act or step that runs and, within it, of the party a draw is made
   for: a receipt for one party has the same id in both worlds, whoever else gets receipts beside it.
2. Three things hide what they are made of, by the strength of SHA-256 and of age, and are taken for perfectly
   hiding here: the journal's binding in a header, a stamp's commitment, and an age file. The first two are
   replaced by values that do not hang on what is hidden; the third is compared by what it holds and its size.
3. Stores are copied from one made before: a history costs no founding. What hangs on no world is shared by
   all of them: statements that SQLAlchemy has compiled, and the routes of the application.
"""

from __future__ import annotations

import asyncio
import hashlib
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from unittest import mock

from litestar.testing import TestClient

from tansiq.base.clock import SetClock, millis
from tansiq.base.ids import SeededEntropy
from tansiq.exchange.carriers.memory import MemoryNet
from tansiq.exchange.charters import CharterBook
from tansiq.exchange.node_link import Link
from tansiq.exchange.protocol import CarrierDown
from tansiq.model.label import Party
from tansiq.policy.clearance import OfficerRole
from tansiq.seal import PartyKeys
from tansiq.store.people import PeopleWriting
from tansiq.store.store import Store
from tansiq.web.app import create_app
from tansiq.web.wiring import Wiring
from tansiq.work.accept import Acceptance
from tansiq.work.desk import Desk, Officer
from tansiq.work.purge import declare
from tansiq.work.sign_in import Given, enrol, officer_of
from tests.federation import START, Federation, federation
from tests.simulate.nodes import QUICK

SECRET: Final = b"s" * 32
OFFICERS: Final[dict[str, tuple[OfficerRole, Given]]] = {
    "release": ("release", Given(compartments=("HOSTAGE", "ORYX"), uses=("rescue",))),
    "duty": ("duty", Given()),
    "analyst": ("analyst", Given(clearance="confidential")),
    "auditor": ("auditor", Given()),
}
"""Accounts of every node: who writes, and who looks on."""

_DRAWN_FOR: Final[dict[str, str]] = {"send": "to", "_signed": "to", "_proof": "owed", "put_stamp": "at_ms"}
"""Functions that make something for one party, and the name it has there."""


class AlignedEntropy:
    """Random bytes by purpose: the seed, the act that runs, whom the draw is for, and how often for him."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._act = ""
        self._counts: Counter[str] = Counter()

    def begin(self, act: str) -> None:
        """Draw for this act from now on."""
        self._act = act
        self._counts.clear()

    def take(self, size_bytes: int) -> bytes:
        """Return the next bytes of this purpose."""
        purpose = f"{self._seed}/{self._act}/{_drawn_for()}"
        self._counts[purpose] += 1
        return SeededEntropy(f"{purpose}/{self._counts[purpose]}").take(size_bytes)


def _drawn_for() -> str:
    frame: Any = sys._getframe(2)
    while frame is not None and frame.f_globals.get("__name__", "").startswith("tansiq"):
        name = _DRAWN_FOR.get(frame.f_code.co_name)
        if name is not None and name in frame.f_locals:
            return f"{frame.f_code.co_name}:{_who(frame.f_locals[name])}"
        frame = frame.f_back
    return ""


def _who(value: Any) -> str:
    record = getattr(value, "record", b"")
    return f"{getattr(value, 'to', value)}:{record.hex()}"


@contextmanager
def hiding() -> Iterator[None]:
    """Take binding and commitment for perfectly hiding (rule 2)."""
    real = PeopleWriting.journal

    def bound(self: PeopleWriting, act: str, **given: Any) -> bytes:
        real(self, act, **given)
        return hashlib.sha256(repr((act, sorted(given.items(), key=str))).encode()).digest()

    def salted(salt: bytes, *_: Any) -> bytes:
        return hashlib.sha256(salt).digest()

    with (
        mock.patch.object(PeopleWriting, "journal", bound),
        mock.patch("tansiq.store.witness.committed", salted),
    ):
        yield


@contextmanager
def in_step() -> Iterator[None]:
    """Do at once what a node hands to a thread: in a world nothing runs beside anything else."""

    async def at_once(act: Any, /, *given: Any, **named: Any) -> Any:
        return act(*given, **named)

    with mock.patch("asyncio.to_thread", at_once):
        yield


@dataclass
class Front:
    """One application that stands before one node after another: its routes are laid out once."""

    wiring: Wiring | None = None
    client: TestClient[Any] | None = None

    def before(self, wiring: Wiring) -> TestClient[Any]:
        """Return the client of a node's pages, with no cookie and nothing kept of the node before."""
        if self.client is None:
            self.wiring = replace(wiring)
            self.client = TestClient(create_app(self.wiring), base_url="http://x.test")
            self.client.__enter__()
        else:
            for part in fields(wiring):
                object.__setattr__(self.wiring, part.name, getattr(wiring, part.name))
            wiring.store.on_commit(wiring.live.tell)
        self.client.cookies.clear()
        return self.client

    def close(self) -> None:
        """Let the application end."""
        if self.client is not None:
            self.client.__exit__(None, None, None)


@dataclass
class Member:
    """One party's node."""

    store: Store
    keys: PartyKeys
    link: Link
    entropy: AlignedEntropy
    clock: SetClock

    def desk(self, officer_id: str = "release") -> Desk:
        """An officer's desk."""
        charter = self.link.book()
        return Desk(self.store, self.keys, charter, self.clock, self.entropy, self.officer(officer_id))

    def officer(self, officer_id: str) -> Officer:
        """An officer of the node."""
        with self.store.read() as rx:
            row = rx.officer(officer_id)
        assert row is not None
        return officer_of(row, self.keys.party)


@dataclass
class Founding:
    """A federation with a store of each party made once, to be copied."""

    folder: Path
    parties: tuple[str, ...]
    fed: Federation = field(default_factory=federation)

    def __post_init__(self) -> None:
        for party in self.parties:
            clock, entropy = SetClock(START), SeededEntropy(f"found-{party}")
            store = Store.create(
                self._url(self.folder, party),
                party=Party(party),
                exercise=True,
                secret=SECRET,
                clock=clock,
                entropy=entropy,
            )
            assert CharterBook(store).found([self.fed.signed], at_ms=millis(START)) is None
            with store.write() as tx:
                for officer_id, (role, given) in OFFICERS.items():
                    enrol(
                        tx,
                        officer_id,
                        f"ضابط {officer_id}",
                        role,
                        password=None,
                        given=given,
                        entropy=entropy,
                    )
            store.close()

    @staticmethod
    def _url(folder: Path, party: str) -> str:
        return f"sqlite:///{folder / f'{party}.db'}"

    def world(self, folder: Path, seed: str) -> World:
        """Return a world of its own in a folder."""
        folder.mkdir()
        clock, net = SetClock(START), Tapped(SeededEntropy(f"net-{seed}"))
        members = {}
        for party in self.parties:
            shutil.copy(self.folder / f"{party}.db", folder / f"{party}.db")
            members[party] = self._member(folder, party, net, clock, AlignedEntropy(f"{seed}/{party}"))
        return World(members, net, clock, self.fed)

    def _member(
        self, folder: Path, party: str, net: MemoryNet, clock: SetClock, entropy: AlignedEntropy
    ) -> Member:
        store = Store.open(self._url(folder, party), secret=SECRET, clock=clock, entropy=entropy)
        keys, book = self.fed.keys[party], CharterBook(store)
        carrier = net.carrier(party)
        lanes: Any = {"alert": carrier, "routine": carrier}
        accept = Acceptance(keys, book, clock)
        link = Link(store, keys, lanes, clock, entropy, book=book, accept=accept, pace=QUICK)
        link.after_drain = lambda: _declare(store, keys, clock, entropy)
        return Member(store, keys, link, entropy, clock)


def _declare(store: Store, keys: PartyKeys, clock: SetClock, entropy: AlignedEntropy) -> None:
    declare(store, keys, clock, entropy)


class Tapped(MemoryNet):
    """A net that keeps what was put, and when."""

    def __init__(self, entropy: SeededEntropy) -> None:
        super().__init__(entropy)
        self.tape: list[tuple[int, bytes, bytes]] = []

    def put(self, mailbox: bytes, frame: bytes) -> None:
        """Take a frame in, and keep it."""
        self.tape.append((self._now, mailbox, frame))
        super().put(mailbox, frame)


@dataclass
class World:
    """The members, their net and the time all share."""

    members: dict[str, Member]
    net: Tapped
    clock: SetClock
    fed: Federation
    steps: int = 0

    def begin(self, act: str) -> None:
        """Name what runs now to every member's entropy."""
        for member in self.members.values():
            member.entropy.begin(act)

    def step(self, *, heads: bool = False) -> None:
        """Every node sends, takes and asks once; a second passes."""
        self.steps += 1
        self.clock.set(self.clock.now() + timedelta(seconds=1))
        self.begin(f"step-{self.steps}")
        asyncio.run(self._step(heads))

    async def _step(self, heads: bool) -> None:
        for member in self.members.values():
            try:
                if heads:
                    await member.link.heads()
                await member.link.pump()
                self.net.tick()
                await member.link.drain()
                await member.link.ask()
                await member.link.pull_blobs()
            except CarrierDown:
                continue

    def close(self) -> None:
        """Close every store."""
        for member in self.members.values():
            member.store.close()
