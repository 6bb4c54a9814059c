"""Four offices for the check of withdrawal: nodes with clocks of their own, desks, pages, files to search."""

from __future__ import annotations

import asyncio
import base64
import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from litestar.testing import TestClient
from sqlalchemy import select

from tansiq.base.clock import SetClock, millis
from tansiq.base.ids import RecordId, SeededEntropy, SystemEntropy
from tansiq.base.refusal import Refusal
from tansiq.exchange.carriers.memory import MemoryNet
from tansiq.exchange.heard_clock import HeardClock
from tansiq.model.kinds.report import Report
from tansiq.model.label import Label, label
from tansiq.model.record import BlobRef, Record
from tansiq.policy.permits import Reader, permitted_ids
from tansiq.search.query import find
from tansiq.search.view import View
from tansiq.store.store import ReadTx, Store
from tansiq.store.tables import versions
from tansiq.store.tables_node import quarantine
from tansiq.web.app import create_app
from tansiq.web.cookies import session_name
from tansiq.web.wiring import Wiring
from tansiq.work.desk import Desk
from tansiq.work.sign_in import enrol, officer_of, open_session
from tansiq.work.submit import Draft, submit_within
from tests.federation import START, federation
from tests.simulate.nodes import Node, World, node_of
from tests.trust.exits import lists

PARTIES: Final = ("ML", "DZ", "MR", "NE")
SECRET: Final = b"s" * 32


class ShiftedClock:
    """The true time and an error that can be mended."""

    def __init__(self, true: SetClock) -> None:
        self._true = true
        self.error = timedelta(0)

    def now(self) -> datetime:
        return self._true.now() + self.error


@dataclass
class Item:
    """One record: its number, what marks its text, and its id."""

    n: int
    id: RecordId
    until: datetime | None = None

    @property
    def word(self) -> str:
        """What its first version says and nothing else does."""
        return canary(self.n)


def canary(n: int, version: int = 1) -> str:
    """A word that stands in one version of one record alone."""
    return f"zq{n:05d}v{version}x"


@dataclass
class Office:
    """One node with its desk and its pages."""

    node: Node
    clock: ShiftedClock
    folder: Path
    client: TestClient[Any] = field(init=False)
    _cookie: str = field(init=False)

    def __post_init__(self) -> None:
        node = self.node
        with node.store.write() as tx:
            if tx.officer("duty") is None:
                enrol(tx, "duty", "ضابط", "duty", password=None, entropy=node.entropy)
        wiring = Wiring(
            store=node.store,
            keys=node.keys,
            charter=node.link.book,
            clock=node.clock,
            entropy=node.entropy,
            wall=node.clock,
        )
        self.client = TestClient(create_app(wiring), base_url="http://node.test")
        self._cookie = session_name(wiring)
        self.sign_in()

    def sign_in(self) -> None:
        """Begin a session; an unused one has ended."""
        node = self.node
        token = open_session(node.store, "duty", now=node.clock.now(), entropy=node.entropy)
        self.client.cookies.set(self._cookie, token)

    @property
    def desk(self) -> Desk:
        """The duty officer's desk."""
        node = self.node
        with node.store.read() as rx:
            row = rx.officer("duty")
        assert row is not None
        officer = officer_of(row, node.party)
        return Desk(node.store, node.keys, node.link.book(), node.clock, node.entropy, officer)

    def write(self, wanted: Iterable[tuple[int, Draft]]) -> list[Item]:
        """Sign drafts, a hundred in a transaction."""
        todo, found = list(wanted), list[Item]()
        desk = self.desk
        for at in range(0, len(todo), 100):
            part = todo[at : at + 100]
            with desk.store.write() as tx:
                ids = [submit_within(tx, desk, draft) for _, draft in part]
            for (n, draft), made in zip(part, ids, strict=True):
                assert not isinstance(made, Refusal), made
                found.append(Item(n, made, draft.label.until))
        return found

    def found(self, rx: ReadTx, word: str) -> int:
        """How many records a search for a word finds for a reader who may read everything of his party."""
        now = self.node.clock.now()
        permitted = permitted_ids(rx.labels(), Reader(self.node.party), now=now)
        return len(find(rx, View(self.node.store, permitted, millis(now)), word).rows)

    def exits(self) -> Iterator[tuple[str, str]]:
        """Yield every list, feed and page that names nothing, with what it says."""
        for ask in lists(("report", "recall", "purge-proof")):
            method, path, sent = ask.filled("")
            yield path, self.client.request(method, path, follow_redirects=False, **sent).text

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield every file of the node."""
        for path in sorted(self.folder.rglob("*")):
            if path.is_file():
                yield path.name, path.read_bytes()

    def opened(self) -> Iterator[bytes]:
        """Yield everything that rests sealed at this node, opened: bodies, waiting, refused, drafts."""
        with self.node.store.read() as rx:
            for digest in rx.conn.execute(select(versions.c.digest)).scalars().all():
                signed = rx.signed(digest)
                if signed is not None:
                    yield signed.header + signed.body
            for row in rx.waiting():
                yield row.record.signed.header + row.record.signed.body
            for number in rx.conn.execute(select(quarantine.c.id)).scalars().all():
                yield _or_nothing(rx, number)
            for draft in rx.drafts(limit=10_000):
                yield draft.content


def _or_nothing(rx: ReadTx, number: int) -> bytes:
    row = rx.one(select(quarantine.c.sealed).where(quarantine.c.id == number))
    return (rx.quarantined_bytes(number) or b"") if row is not None and row.sealed else b""


def forms(word: str) -> tuple[bytes, ...]:
    """A word as files may hold it."""
    plain = word.encode()
    return plain, word.encode("utf-16-le"), base64.b64encode(b"  " + plain)[4:-4], plain.hex().encode()


def canaries_in(content: bytes) -> set[str]:
    """Every canary that stands in a file: plain, two bytes a letter, or in hex."""
    plain = {m.decode() for m in re.findall(rb"zq\d{5}v\dx", content)}
    wide = re.findall(rb"z\0q\0(?:\d\0){5}v\0\d\0x", content)
    written = re.findall(rb"7a71(?:3\d){5}763\d78", content)
    wide = [m.replace(b"\0", b"") for m in wide] + [bytes.fromhex(m.decode()) for m in written]
    return plain | {m.decode() for m in wide}


def draft_of(n: int, text_bytes: int = 0, until: datetime | None = None, **more: Any) -> Draft:
    """A report whose title, text and office number bear its canary."""
    word = canary(n, more.pop("version", 1))
    bears: Label = label(PARTIES, level="restricted", until=until)
    body = Report(title=f"خبر {word}", text=f"شوهدت ست شاحنات {word} غرب الهضبة " + "نص " * text_bytes)
    return Draft(kind="report/1", body=body, label=bears, registry=word, **more)


def attached(office: Office, n: int) -> BlobRef:
    """A file with a canary, put into the store of its originator."""
    content = (f"ملحق {canary(n)} " * 40).encode()
    with office.node.store.write() as tx:
        digest = tx.put_blob(content, at_ms=millis(office.node.clock.now()))
    return BlobRef(digest, len(content), "text/plain", f"{canary(n)}.txt")


@dataclass
class Capital:
    """The four offices over one net; ``frames`` keeps every frame that was ever put."""

    world: World
    offices: dict[str, Office]
    frames: list[tuple[bytes, bytes]]
    folder: Path

    def office(self, party: str) -> Office:
        """One of them."""
        return self.offices[party]

    def again(self, party: str) -> None:
        """Feed everything that ever came for a party to it again, the newest first."""
        node = self.offices[party].node
        boxes = set(node.link.book.mailboxes(node.party))
        for mailbox, frame in reversed(self.frames):
            if mailbox in boxes:
                node.link.receiver.take(frame)
        node.link.after_drain()

    def copied(self, party: str) -> Path:
        """Copy a node's store as a backup does; return where it is."""
        kept = self.folder / f"{party}.backup"
        with sqlite3.connect(self.offices[party].folder / f"{party}.db") as db, sqlite3.connect(kept) as to:
            db.backup(to)
        return kept

    def restored(self, party: str, kept: Path) -> None:
        """Put a copy in the place of a node's store and start the node again."""
        old = self.offices[party]
        old.node.store.close()
        for path in old.folder.glob(f"{party}.db*"):
            path.unlink()
        (old.folder / f"{party}.db").write_bytes(kept.read_bytes())
        kept.unlink()
        node = _node(self.world, old.folder, party, old.clock, opens=True)
        self.world.nodes[party] = node
        self.offices[party] = Office(node, old.clock, old.folder)

    def steps(self, count: int) -> None:
        """Let the exchange go on without waiting for quiet."""
        for n in range(count):
            self.world.step(heads=n % 3 == 0)

    def close(self) -> None:
        """Close every store."""
        self.world.close()


def capital_of(folder: Path) -> Capital:
    """Make the four offices."""
    fed, true = federation(), SetClock(START)
    frames: list[tuple[bytes, bytes]] = []
    net = MemoryNet(SeededEntropy("سحب"))
    net.tamper = partial(_kept, frames)
    world = World({}, net, true, fed)
    offices = {}
    for party in PARTIES:
        own, clock = folder / party, ShiftedClock(true)
        own.mkdir()
        world.nodes[party] = _node(world, own, party, clock)
        offices[party] = Office(world.nodes[party], clock, own)
    return Capital(world, offices, frames, folder)


def _kept(frames: list[tuple[bytes, bytes]], mailbox: bytes, frame: bytes) -> bytes:
    frames.append((mailbox, frame))
    return frame


def _node(world: World, folder: Path, party: str, clock: ShiftedClock, *, opens: bool = False) -> Node:
    heard = HeardClock(clock, lambda: millis(world.clock.now()) / 1000)
    store = None
    if opens:
        url = f"sqlite:///{folder}/{party}.db"
        store = Store.open(url, secret=SECRET, clock=heard, entropy=SystemEntropy())
    carrier = world.net.carrier(party)
    carriers: Any = {"alert": carrier, "routine": carrier}
    return node_of(folder, world.federation, party, carriers, heard, store=store)


def pulled(office: Office) -> None:
    """Ask for the attachments that are wanted."""
    asyncio.run(office.node.link.pull_blobs())


def newest(rx: ReadTx, record_id: RecordId) -> Record | None:
    """The newest version held of a record."""
    found = rx.record(record_id)
    return None if found is None or found.buried else found.held
