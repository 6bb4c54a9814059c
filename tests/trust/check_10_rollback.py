"""Root on one node edits rows, cuts the journal, puts an old image back, tells two stories; and recovery.

1. Each tampering while a node rests is found at its next start; the node then sends nothing.
2. The same done with every local trace made again (chain, stamps, anchor) is found by every peer that holds a
   stamp, and by the node itself from what peers hold.
3. Two histories told to two peers meet within one exchange between these two.
4. A node rebuilt from its keys and an old copy, out of what peers hold, is the node it was, row by row as an
   independent reading of the tables has it; no other node holds a byte of text that it did not hold before.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Final

from tansiq.base.clock import millis
from tansiq.base.ids import SystemEntropy
from tansiq.exchange import safe
from tansiq.exchange.protocol import CarrierDown
from tansiq.exchange.witness import ALARMS
from tansiq.model.label import Party
from tansiq.node.starting import Keeper
from tansiq.seal import HeadList, JournalHead
from tansiq.store.store import Store
from tansiq.store.witness import folded
from tansiq.work.effects import regained
from tests.exchange.test_recovery import federation_of
from tests.simulate.nodes import Node, World, node_of, world_of
from tests.trust.result import Result, Size

PARTIES: Final = ("DZ", "ML", "MR", "NE")
VICTIM: Final = "DZ"
SECRET: Final = b"s" * 32

EDITS: Final = (
    "UPDATE versions SET signature = body_hash WHERE seq = {n}",
    "UPDATE versions SET version = version + 1 WHERE seq = {n}",
    "UPDATE versions SET buried = 1 WHERE seq = {n}",
    "UPDATE bodies SET sealed = substr(sealed, 2) WHERE seq = {n}",
    "DELETE FROM bodies WHERE seq = {n}",
    "DELETE FROM versions WHERE seq = {n}",
    "UPDATE log SET payload = hash WHERE seq = {n}",
    "DELETE FROM log WHERE seq >= {n}",
    "UPDATE journal SET detail = 'x' WHERE seq = {n}",
    "UPDATE journal SET officer = 'other' WHERE seq = {n}",
    "DELETE FROM journal WHERE seq >= {n}",
    "DELETE FROM journal WHERE seq = {n}",
    "UPDATE stamps SET hash = commitment",
    "DELETE FROM stamps",
    "UPDATE records SET title = 'x', originator = 'FR'",
    "DELETE FROM texts",
    "UPDATE feeds_out SET number = number - 1",
    "DELETE FROM segments_out",
    "INSERT INTO grants VALUES (x'01', 0, 'FR', 4611686018427387904)",
    "INSERT INTO officers SELECT 'evil', 'evil', 'release', 'p', 'ar', '', x'80', 1",
)


def run(size: Size, folder: Path) -> Result:
    """Run all parts."""
    found = Result()
    for part, times in ((edits, 5), (hidden_edits, 3), (two_stories, 3), (recovery, 3)):
        for n in range(1 if size == "quick" else times):
            own = folder / f"{part.__name__}-{n}"
            own.mkdir()
            part(found, own, Random(n), size)
    return found


def lived(folder: Path, random: Random, records: int) -> World:
    """Four nodes that have exchanged and hold each other's stamps."""
    world = world_of(folder, PARTIES, fed=federation_of(PARTIES))
    for node in world.nodes.values():
        node.link.receiver.effect = partial(regained, world.clock)
    for n in range(records):
        writer = world[random.choice(PARTIES)]
        others = [p for p in PARTIES if p != writer.party]
        to = random.sample(others, random.randint(1, 3))
        writer.write(to, title=f"canary{n:05}{writer.party.lower()}")
    for node in world.nodes.values():
        with node.store.write() as tx:
            for n in range(12):
                tx.journal("see", officer="duty", at_ms=n)
    rounds(world, 2)
    return world


def rounds(world: World, count: int) -> None:
    """Head lists go round."""
    for _ in range(count):
        world.step(heads=True)
        world.step()
        world.clock.set(world.clock.now() + timedelta(hours=20))


def alarms(node: Node) -> set[tuple[str, str]]:
    """Code and party of the alarms a node has raised."""
    with node.store.read() as rx:
        return {(q.code, q.party) for q in rx.quarantined(1000) if q.code in ALARMS}


def reopened(world: World, folder: Path, tamper: Callable[[Path], object]) -> Node:
    """Stop the victim, let root work on its files, and start it again."""
    node = world[VICTIM]
    node.store.close()
    tamper(folder / f"{VICTIM}.db")
    store = Store.open(
        f"sqlite:///{folder}/{VICTIM}.db", secret=SECRET, clock=world.clock, entropy=SystemEntropy()
    )
    for holder in (node.link, node.link.dispatcher, node.link.receiver):
        holder._store = store
    node.link._told_ms.clear()
    world.nodes[VICTIM] = replace(node, store=store)
    return world.nodes[VICTIM]


def as_root(statement: str, path: Path) -> None:
    """Change rows behind the program's back."""
    raw = sqlite3.connect(path)
    raw.execute(statement)
    raw.commit()
    raw.close()


def edits(found: Result, folder: Path, random: Random, size: Size) -> None:
    """Every edit is found at the next start, and nothing leaves before somebody has said that he knows."""
    world = lived(folder, random, 12)
    image = folder / "image"
    Keeper(folder, world[VICTIM].store, world.clock).begin()
    one = Keeper(folder, world[VICTIM].store, world.clock)
    one.begin()
    one.keep(clean=True)
    world[VICTIM].store.scrub()
    shutil.copy(folder / f"{VICTIM}.db", image)
    shutil.copy(folder / "anchor", folder / "anchor.image")
    for edit in EDITS:
        statement = edit.format(n=random.randint(2, 10))
        node = reopened(world, folder, partial(edited, image, statement))
        shutil.copy(folder / "anchor.image", folder / "anchor")
        seen = Keeper(folder, node.store, world.clock).begin()
        found.must(bool(seen), f"not found at the next start: {statement}")
        with node.store.read() as rx:
            found.must(safe.is_safe(rx), f"not in safe mode after: {statement}")
        found.count("edits found at the next start", bool(seen))
    sound = reopened(world, folder, partial(put, image))
    shutil.copy(folder / "anchor.image", folder / "anchor")
    clean = Keeper(folder, sound.store, world.clock).begin()
    found.must(clean == (), f"a finding where nothing was touched: {clean}")
    world.close()


def edited(image: Path, statement: str, path: Path) -> None:
    """Begin from the image and change rows in it."""
    put(image, path)
    as_root(statement, path)


def put(image: Path, path: Path) -> None:
    """Put a disk image in a database's place."""
    for left in path.parent.glob(f"{path.name}*"):
        left.unlink()
    shutil.copy(image, path)


def hidden_edits(found: Result, folder: Path, random: Random, size: Size) -> None:
    """An old image, and a journal rewritten with all that follows, are seen by every peer."""
    world = lived(folder, random, 12)
    world[VICTIM].store.scrub()
    shutil.copy(folder / f"{VICTIM}.db", folder / "image")
    world[VICTIM].write(["ML", "MR", "NE"], title="canary-after")
    rounds(world, 2)
    node = reopened(world, folder, partial(put, folder / "image"))
    rounds(world, 1)
    peers = [p for p in PARTIES if p != VICTIM]
    for peer in peers:
        seen = ("journal.rolled-back", VICTIM) in alarms(world[peer])
        found.must(seen, f"{peer} did not see that the old image was put back")
        found.count("old images seen by a peer", seen)
    own = {code for code, _ in alarms(node)}
    found.must(
        {"own.rolled-back", "own.feed-behind"} <= own, f"the node did not learn it from its peers: {own}"
    )
    with node.store.read() as rx:
        found.must(safe.is_safe(rx), "an old image went on sending")
    world.close()
    rewritten(found, folder / "rewritten", random)


def rewritten(found: Result, folder: Path, random: Random) -> None:
    """The journal is cut and everything that could tell of it here is made again."""
    folder.mkdir()
    world = lived(folder, random, 8)
    node = world[VICTIM]
    with node.store.write() as tx:
        count = tx.stamp_head().number
        tx.conn.exec_driver_sql("DELETE FROM journal WHERE seq > 1")
        tx.conn.exec_driver_sql("DELETE FROM stamps")
        for n in range(count + 1):
            tx.put_stamp(SystemEntropy(), at_ms=n)
    found.must(Keeper(folder, node.store, world.clock).begin() == (), "the forgery was not whole")
    rounds(world, 1)
    for peer in (p for p in PARTIES if p != VICTIM):
        seen = ("journal.fork", VICTIM) in alarms(world[peer])
        found.must(seen, f"{peer} did not see the rewritten journal")
        found.count("rewritten journals seen by a peer", seen)
    world.close()


def two_stories(found: Result, folder: Path, random: Random, size: Size) -> None:
    """Two peers are told different stamps of one number; one exchange between the two shows it to both."""
    world = lived(folder, random, 6)
    liar = world[VICTIM]
    with liar.store.read() as rx:
        head = rx.stamp_head()
    for peer, link in (("ML", b"m" * 32), ("NE", b"n" * 32)):
        (stamp,) = folded(head, [link])
        told = HeadList(
            originator=liar.party,
            to=Party(peer),
            created_ms=millis(world.clock.now()),
            epoch=liar.link.book.epoch,
            signer=liar.keys.signer_id,
            journal=JournalHead(stamp.number, stamp.hash),
            links=(link,),
        )
        asyncio.run(liar.link.post.note(told))
    world.cut(VICTIM)
    asyncio.run(_drained(world))
    world.step(heads=True)
    asyncio.run(_drained(world))
    for peer in ("ML", "NE"):
        seen = ("journal.split", VICTIM) in alarms(world[peer])
        found.must(seen, f"{peer} did not see that two stories were told")
        found.count("split views seen within one exchange", seen)
    found.must(("journal.split", VICTIM) not in alarms(world["MR"]), "one who was told nothing accuses")
    world.close()


async def _drained(world: World) -> None:
    for node in world.nodes.values():
        with contextlib.suppress(CarrierDown):
            await node.link.drain()


def recovery(found: Result, folder: Path, random: Random, size: Size) -> None:
    """The victim's disk is gone; from keys, or an old copy, and peers it is what it was."""
    world = lived(folder, random, 24 if size == "quick" else 200)
    world.settle()
    world[VICTIM].store.scrub()
    shutil.copy(folder / f"{VICTIM}.db", folder / "copy")
    for n in range(6):
        world[VICTIM].write(["ML"], title=f"canary-late{n}")
    world.settle()
    before = {p: contents(world[p]) for p in PARTIES}
    for copy in (None, folder / "copy"):
        node = lost(world, folder, copy)
        recovered(world)
        after = {p: contents(world[p]) for p in PARTIES}
        found.must(after[VICTIM] == before[VICTIM], f"not what it was, from {copy and copy.name}")
        more = [p for p in PARTIES if after[p] - before[p]]
        found.must(not more, f"hold more than before: {more}")
        with node.store.read() as rx:
            found.must(not safe.is_safe(rx), f"still held: {safe.findings(rx)}")
        found.count("records recovered equal", len(after[VICTIM]))
    forks = {c for n in world.nodes.values() for c in n.codes() if c.endswith(".fork")}
    found.must(not forks, f"a number was used twice: {forks}")
    world.close()


def contents(node: Node) -> frozenset[bytes]:
    """Read a store's current records as a stranger would: hash of header, body and signature bytes."""
    with node.store.read() as rx:
        raw = rx.conn.exec_driver_sql(
            "SELECT v.digest FROM records r JOIN versions v ON v.seq = r.seq WHERE NOT r.system"
        )
        digests = [bytes(row[0]) for row in raw]
        held = rx.signed_many(digests)
    return frozenset(
        hashlib.sha256(s.header + b"|" + s.body + b"|" + s.signature).digest() for s in held.values()
    )


def lost(world: World, folder: Path, copy: Path | None) -> Node:
    """Take the victim's store away; what comes back is empty, or the old copy, and knows it."""
    old = world[VICTIM]
    old.store.close()
    if copy is None:
        for left in folder.glob(f"{VICTIM}.db*"):
            left.unlink()
        node = node_of(folder, world.federation, VICTIM, dict(old.link.post.carriers), world.clock)
        node.link.receiver.effect = partial(regained, world.clock)
        world.nodes[VICTIM] = node
    else:
        node = reopened(world, folder, partial(put, copy))
        node.link.recovering.forget()
    with node.store.write() as tx:
        safe.hear(tx)
        safe.enter(tx, [safe.Finding(safe.RESTORED, "", 5), safe.Finding(safe.FEEDS_UNKNOWN, "", 5)])
    return node


def recovered(world: World) -> None:
    """Ask, answer and repair until it is quiet."""
    for n in range(14):
        for node in world.nodes.values():
            asyncio.run(node.link.recover())
        world.step(heads=n % 3 == 0)
        world.clock.set(world.clock.now() + timedelta(minutes=30))
