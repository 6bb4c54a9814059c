"""Check 7 (a): exactly once over a bad link, in the simulator; real links are ``check_7_shaped_link``.

Five nodes, a net that loses, doubles, delays and reorders, nodes killed and opened again from their files,
one that is away for 72 hours and gets two parcels meanwhile, twice and the wrong way round: every node holds
what its audience says, once; bytes sent ≤ 1.3 × what had to be sent; a head that goes back is told.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final

from tansiq.base.clock import millis
from tansiq.exchange.carriers.memory import Faults
from tansiq.exchange.parcels import Courier, ParcelMade
from tansiq.model.kinds.report import Report
from tansiq.model.label import Party
from tansiq.model.record import Record
from tansiq.store.store import Store
from tests.simulate.nodes import Node, World, node_again, world_of
from tests.trust.result import Result, Size

PARTIES: Final = {"quick": ("DZ", "ML", "NE"), "full": ("DZ", "ML", "MR", "NE", "BF")}
AWAY: Final = "NE"
FAULTS: Final = Faults(loss=0.02, duplicate=0.1, reorder=0.3, delay_ticks=3)
MOST: Final = 1.3
ROUNDS: Final = {"quick": 8, "full": 40}
PATIENCE_MS: Final = 4_000
RECORDS: Final = {"quick": 240, "full": 50_000}


@dataclass
class Trial:
    """The simulated exchange and what must come of it."""

    world: World
    folder: Path
    random: Random
    parties: tuple[str, ...]
    expected: dict[str, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    written: int = 0
    killed: int = 0

    def write(self, count: int) -> None:
        """Write records at every node for random audiences, a node's own in one transaction."""
        for k, party in enumerate(self.parties):
            node, made = self.world[party], defaultdict[tuple[str, ...], list[Record]](list)
            others = [p for p in self.parties if p != party]
            for _ in range(k, count, len(self.parties)):
                to = tuple(sorted(self.random.sample(others, self.random.randint(1, len(others)))))
                body = Report(title=f"تقرير {self.written}", text="وصلت القافلة إلى غاو")
                made[to].append(node.sign(to, body))
                self.written += 1
            self._enter(node, made)

    def _enter(self, node: Node, made: dict[tuple[str, ...], list[Record]]) -> None:
        at_ms = millis(node.clock.now())
        with node.store.write() as tx:
            for to, records in made.items():
                digests = [record.digest for record in records]
                tx.append_many(records, received_ms=at_ms)
                tx.queue_many(digests, [Party(p) for p in to], at_ms=at_ms)
                for party in (*to, str(node.party)):
                    self.expected[party].update(digests)

    def kill(self) -> None:
        """End a node without farewell and open it again from its file: what was in memory is gone."""
        party = self.random.choice([p for p in self.parties if p != AWAY])
        self.world.nodes[party] = node_again(self.world, self.folder, party)
        self.world.nodes[party].link.asking.patience_ms = PATIENCE_MS
        self.killed += 1


def run(size: Size, folder: Path) -> Result:
    """Exchange through the simulator."""
    found = Result()
    _simulated(size, folder, found)
    return found


def _simulated(size: Size, folder: Path, found: Result) -> None:
    place = folder / "nodes"
    place.mkdir()
    world = world_of(place, PARTIES[size], faults=FAULTS, seed="رابط سيئ")
    for node in world.nodes.values():
        node.link.asking.patience_ms = PATIENCE_MS
    trial = Trial(world, place, Random(11), PARTIES[size])
    rounds, each = ROUNDS[size], RECORDS[size] // ROUNDS[size]
    old = place / "old.db"
    for n in range(rounds):
        if n == rounds // 4:
            world.cut(AWAY)
        trial.write(each)
        found.count("records", each)
        world.step(heads=n % 8 == 0)
        if n % (rounds // 8 or 1) == 0:
            trial.kill()
        if n == rounds // 2:
            _parcels(trial, place, found)
        if n == 3 * rounds // 4:
            world.clock.set(world.clock.now() + timedelta(hours=72))
            world.cut()
        if n == rounds // 3:
            _copied(world["DZ"].store, old)
    world.settle(rounds=400)
    _judge(trial, found)
    _rolled_back(trial, old, found)
    world.close()


def _parcels(trial: Trial, place: Path, found: Result) -> None:
    """While one is away it gets two parcels: the later one first, and both twice."""
    there = trial.world[AWAY]
    into = Courier(there.store, there.link, there.clock, there.entropy)
    paths = []
    for party in ("DZ", "ML"):
        node = trial.world[party]
        path = place / f"{party}.tqp"
        made = Courier(node.store, node.link, node.clock, node.entropy).make([Party(AWAY)], path)
        found.must(isinstance(made, ParcelMade), f"no parcel was made by {party}")
        paths.append(path)
    for path in (*reversed(paths), *paths):
        taken = into.take(path)
        found.must(not taken.refused and not taken.faults, f"parcel: {taken.refused} {taken.faults}")
        found.count("parcels")


def _judge(trial: Trial, found: Result) -> None:
    found.count("nodes killed", trial.killed)
    for party in trial.parties:
        node = trial.world[party]
        held = _held(node)
        expected = trial.expected[party]
        found.count("copies held", len(held))
        found.must(set(held) >= expected, f"{party}: {len(expected - set(held))} lost")
        found.must(set(held) <= expected, f"{party}: {len(set(held) - expected)} it must not have")
        found.must(len(held) == len(set(held)), f"{party}: some twice")
        found.must(not node.codes(), f"{party}: quarantine {sorted(set(node.codes()))}")
    if trial.written < RECORDS["full"]:
        return  # head lists weigh more than a few short records
    least = sum(size for node in trial.world.nodes.values() for size in _sizes(node))
    share = trial.world.net.carried_bytes / least
    found.counts["bytes sent, of the least"] = round(share, 3)
    found.must(share <= MOST, f"{share:.2f} times the bytes that had to be sent")


def _held(node: Node) -> list[bytes]:
    with node.store.read() as rx:
        rows = rx.conn.exec_driver_sql("SELECT digest FROM versions WHERE NOT system")
        return [bytes(row.digest) for row in rows]


def _sizes(node: Node) -> Iterator[int]:
    """Yield the size of the frame of each segment for each party it had to reach."""
    with node.store.read() as rx:
        asked = "SELECT feed, number, min(party) AS party, count(*) AS copies FROM deliveries GROUP BY 1, 2"
        rows = rx.conn.exec_driver_sql(asked).all()
    for row in rows:  # sealed for each alike: one size for all of its parties
        delivery = node.delivery(row.feed, row.number, row.party)
        sealed = node.link.dispatcher.sealed_for(delivery)
        yield (21 + len(sealed or b"")) * row.copies


def _copied(store: Store, into: Path) -> None:
    """Keep a node's file as it is now: an old backup."""
    with store.write() as tx:
        source = Path(str(tx.conn.engine.url.database))
        shutil.copy(source, into)
        for beside in ("-wal",):
            if Path(f"{source}{beside}").exists():
                shutil.copy(f"{source}{beside}", f"{into}{beside}")


def _rolled_back(trial: Trial, old: Path, found: Result) -> None:
    """Run a node from an old copy of its file: the others must notice that its heads go back."""
    world = trial.world
    world["DZ"].store.close()
    for beside in ("", "-wal", "-shm"):
        target, source = Path(f"{trial.folder / 'DZ.db'}{beside}"), Path(f"{old}{beside}")
        target.unlink(missing_ok=True)
        if source.exists():
            shutil.copy(source, target)
    world.nodes["DZ"] = node_again(world, trial.folder, "DZ", closed=True)
    world.clock.set(world.clock.now() + timedelta(hours=1))
    world.step(heads=True)
    for _ in range(3):
        world.step()
    alarmed = [p for p in trial.parties if p != "DZ" and "feed.rolled-back" in world[p].codes()]
    found.count("peers that noticed a head going back", len(alarmed))
    found.must(bool(alarmed), "nobody noticed a head that went back")
