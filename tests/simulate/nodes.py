"""Nodes on one machine for tests: a store, keys and a link each, over a carrier in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from tansiq.base.clock import Clock, SetClock, millis
from tansiq.base.ids import SeededEntropy, SystemEntropy, owned_id, raw_of
from tansiq.exchange.carriers.memory import NO_FAULTS, Faults, MemoryNet
from tansiq.exchange.charters import CharterBook
from tansiq.exchange.heard_clock import HeardClock
from tansiq.exchange.node_link import Link, Pace
from tansiq.exchange.protocol import Carrier, CarrierDown, Lane
from tansiq.exchange.verdict import Accept
from tansiq.model.kind import Body
from tansiq.model.kinds.grant import Grant
from tansiq.model.kinds.recall import Recall
from tansiq.model.kinds.report import Report
from tansiq.model.label import Label, Party, label
from tansiq.model.record import REPORT, Author, Header, Record, encode_body
from tansiq.policy.charter import SignedCharter, recipients_of
from tansiq.seal import PartyKeys, sign_record
from tansiq.store.store import ReadTx, Store
from tansiq.store.tables import FOREVER_MS, records
from tansiq.store.values import Delivery, StoredRecord
from tansiq.work.accept import Acceptance
from tansiq.work.purge import declare, end, withdraw
from tests.federation import START, Federation, federation
from tests.simulate.inline import in_place

EIGHT = ("DZ", "ML", "MR", "NE", "BF", "FR", "JSC", "OMB")
QUICK = Pace(gap_patience_s=0.0, epoch_again_s=0.0, blob_again_s=10.0, heads_again_s=1e6)


@dataclass
class Node:
    """One party's installation, without pages."""

    keys: PartyKeys
    store: Store
    link: Link
    clock: Clock
    entropy: SeededEntropy
    witness: HeardClock

    @property
    def party(self) -> Party:
        """Whose node it is."""
        return self.keys.party

    def write(
        self,
        audience: Iterable[str] | Label,
        *,
        title: str = "كمين قرب تمبكتو",
        body: Body | None = None,
        to: Iterable[str] | None = None,
        **header: Any,
    ) -> Record:
        """Sign a record, append and queue it: what a desk does, without its rules."""
        made = body or Report(title=title, text="وصلت القافلة إلى غاو ولم يصب أحد")
        record = self.sign(audience, made, **header)
        self.enter(record, to=to)
        return record

    def sign(self, audience: Iterable[str] | Label, body: Body, **header: Any) -> Record:
        """Return a signed record that stands nowhere yet."""
        now = self.clock.now()
        given: dict[str, Any] = {
            "id": raw_of(owned_id(self.party, now, self.entropy)),
            "kind": type(body).__struct_config__.tag,
            "originator": self.party,
            "signer": self.keys.signer_id,
            "author": Author("ضابط-7"),
            "created_ms": millis(now),
            "label": audience if isinstance(audience, Label) else label({*audience, self.party}),
        }
        return Record(
            sign_record(Header(**given | header), encode_body(body, self.entropy.take(16)), self.keys)
        )

    def enter(self, record: Record, *, to: Iterable[str] | None = None) -> None:
        """Append and queue a signed record."""
        now = self.clock.now()
        reached = recipients_of(record.header.label, self.link.book(), self.party, now=now)
        with self.store.write() as tx:
            tx.append(record, received_ms=millis(now))
            if isinstance(record.body, Grant):
                grant = record.body
                tx.grant_seen(raw_of(grant.record), [Party(p) for p in grant.to], FOREVER_MS)
            if isinstance(record.body, Recall):
                withdraw(tx, record.header, record.body)
            parties = reached if to is None else tuple(Party(p) for p in to)
            tx.queue(record.digest, parties, record.header.priority, at_ms=millis(now))

    def keep_up(self) -> None:
        """Do what a running node does every minute."""
        with self.store.write() as tx:
            at_ms = millis(self.clock.now())
            tx.lapse_grants(at_ms)
            end(tx, self.keys, sure_ms=self.witness.sure_ms, at_ms=at_ms)
        self.link.receiver.tidy()
        _declare(self.store, self.keys, self.clock, self.entropy)

    def titles(self) -> list[str]:
        """Return the titles of the current records that no machine made, sorted."""
        with self.store.read() as rx:
            return sorted(str(r.body.title) for r in current(rx) if not r.system)

    def ids(self) -> set[bytes]:
        """Return the ids of the current records that no machine made."""
        with self.store.read() as rx:
            return {r.header.id for r in current(rx) if not r.system}

    def position(self, feed: bytes) -> int:
        """Return up to which number all of a feed came."""
        with self.store.read() as rx:
            known = rx.feed_in(feed)
        return 0 if known is None else known.position

    def delivery(self, feed: bytes, number: int, party: str) -> Delivery:
        """Return a segment on its way to a party, as the outbox names it."""
        return Delivery(feed, number, Party(party), REPORT, 0, None)

    def codes(self) -> list[str]:
        """Return the codes in quarantine, oldest first."""
        with self.store.read() as rx:
            return [row.code for row in reversed(rx.quarantined(10_000))]


def current(rx: ReadTx) -> list[StoredRecord]:
    """Return every current record of a store."""
    rows = rx.conn.execute(select(records.c.record)).scalars().all()
    return [found for raw in rows if (found := rx.record(raw)) is not None]


@dataclass
class World:
    """Nodes, their net and the time all share."""

    nodes: dict[str, Node]
    net: MemoryNet
    clock: SetClock
    federation: Federation
    down: set[str] = field(default_factory=set)

    def __getitem__(self, party: str) -> Node:
        return self.nodes[party]

    def cut(self, *parties: str) -> None:
        """Part these nodes from the net."""
        self.down = set(parties)
        self.net.cut(parties)

    def step(self, *, heads: bool = False, ask: bool = True) -> None:
        """Every node sends, takes and asks once; a second passes."""
        self.clock.set(self.clock.now() + timedelta(seconds=1))
        in_place().run(self._step(heads, ask))

    async def _step(self, heads: bool, ask: bool) -> None:
        for node in self.nodes.values():
            try:
                if heads:
                    await node.link.heads()
                await node.link.pump()
                self.net.tick()
                await node.link.drain()
                if ask:
                    await node.link.ask()
            except CarrierDown:
                continue

    def settle(self, *, rounds: int = 60) -> None:
        """Step until nothing moves and no gap is left, with head lists every few rounds."""
        for n in range(rounds):
            self.step(heads=n % 4 == 0)
            if n % 4 == 3 and self.quiet():
                return
        raise AssertionError("the exchange did not settle")

    def quiet(self) -> bool:
        """Whether nothing is pending, unsent, under way or missing anywhere."""
        boxes = [box for node in self.nodes.values() for box in node.link.book.mailboxes(node.party)]
        if any(map(self.net.waiting, boxes)) or not all(_quiet(node) for node in self.nodes.values()):
            return False
        return all(self._arrived(node) for node in self.nodes.values())

    def _arrived(self, node: Node) -> bool:
        with node.store.read() as rx:
            feeds = rx.feeds_out()
        return all(
            self.nodes[p].position(f.feed) == f.number for f in feeds for p in f.recipients if p in self.nodes
        )

    def close(self) -> None:
        """Close every store."""
        for node in self.nodes.values():
            node.store.close()


def _quiet(node: Node) -> bool:
    with node.store.read() as rx:
        behind = [f for f in rx.feeds_in() if f.position < f.announced]
        return not rx.pending(1) and not rx.unsent(1) and not behind


def node_of(
    folder: Path,
    fed: Federation,
    party: str,
    carriers: dict[Lane, Carrier],
    clock: Clock,
    *,
    store: Store | None = None,
    accept: Accept | None = None,
    pace: Pace = QUICK,
    charters: Iterable[SignedCharter] | None = None,
) -> Node:
    """Make a node in a folder, with the federation's charter, or over a store that is there already."""
    keys, entropy = fed.keys[party], SeededEntropy(f"node-{party}" if store is None else f"again-{party}")
    fresh = store is None
    store = store or Store.create(
        f"sqlite:///{folder}/{party}.db",
        party=Party(party),
        exercise=True,
        secret=b"s" * 32,
        clock=clock,
        entropy=SystemEntropy(),
    )
    book = CharterBook(store)
    if fresh:
        founded = [fed.signed] if charters is None else charters
        assert book.found(founded, at_ms=millis(clock.now())) is None
    rules = accept or Acceptance(keys, book, clock)
    seconds = lambda: clock.now().timestamp()  # noqa: E731
    link = Link(store, keys, carriers, clock, entropy, book=book, accept=rules, pace=pace, ticks=seconds)
    link.after_drain = lambda: _declare(store, keys, clock, entropy)
    witness = clock if isinstance(clock, HeardClock) else _deaf(clock)
    link.receiver.hear = witness.hear
    return Node(keys, store, link, clock, entropy, witness)


def node_again(world: World, folder: Path, party: str, *, closed: bool = False) -> Node:
    """Open a node again from its file, as after a kill: nothing of its memory is left."""
    if not closed:
        world[party].store.close()
    url, carrier = f"sqlite:///{folder}/{party}.db", world.net.carrier(party)
    store = Store.open(url, secret=b"s" * 32, clock=world.clock, entropy=SystemEntropy())
    carriers: dict[Lane, Carrier] = {"alert": carrier, "routine": carrier}
    return node_of(folder, world.federation, party, carriers, world.clock, store=store)


def _deaf(clock: Clock) -> HeardClock:
    return HeardClock(clock, lambda: millis(clock.now()) / 1000, follow=False)


def _declare(store: Store, keys: PartyKeys, clock: Clock, entropy: SeededEntropy) -> None:
    declare(store, keys, clock, entropy)


def world_of(
    folder: Path,
    parties: Iterable[str] = EIGHT,
    *,
    faults: Faults = NO_FAULTS,
    seed: str = "شبكة",
    fed: Federation | None = None,
) -> World:
    """Make nodes for these parties over one net."""
    fed = fed or federation()
    clock, net = SetClock(START), MemoryNet(SeededEntropy(seed), faults)
    nodes = {}
    for party in parties:
        carrier = net.carrier(party)
        nodes[party] = node_of(folder, fed, party, {"alert": carrier, "routine": carrier}, clock)
    return World(nodes, net, clock, fed)


__all__ = ["EIGHT", "REPORT", "Node", "World", "node_again", "node_of", "world_of"]
