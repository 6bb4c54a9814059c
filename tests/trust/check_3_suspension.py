"""Suspension mid-stream: one member is suspended while another is parted and still holds the old epoch.

The reference is plain: what was written when, for whom; it asks no policy of the program. A carrier that
keeps every frame tries all of them with the suspended member's keys.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tansiq.base.clock import millis
from tansiq.base.errors import TansiqError
from tansiq.base.ids import id_of
from tansiq.base.refusal import Refusal
from tansiq.exchange.outbox import rebuilt
from tansiq.exchange.protocol import CarrierDown
from tansiq.model.kinds.grant import Grant
from tansiq.model.label import Party
from tansiq.model.record import Record, Signed
from tansiq.policy import amend
from tansiq.seal import BlobWish, ResendRequest, Segment, feed_id, sign_note, unframe, unpack, unseal
from tansiq.seal.segment import NoteContent
from tansiq.store.store import ReadTx
from tansiq.work import amend_charter
from tests.federation import FOUR
from tests.simulate.desks import desk_at
from tests.simulate.nodes import Node, World, world_of
from tests.trust.result import Result, Size

PARTIES = {"quick": (*FOUR, "BF"), "full": (*FOUR, "BF", "FR", "US")}
RECORDS = {"quick": 12, "full": 100}
OTHERS = ("DZ", "ML", "MR", "BF")


@dataclass
class Told:
    """What the reference knows: the canary of each record, and when it was written."""

    before: dict[bytes, str] = field(default_factory=dict)
    after: dict[bytes, str] = field(default_factory=dict)
    frames: list[bytes] = field(default_factory=list)
    tried: int = 0
    early: int = 0

    def tap(self, _mailbox: bytes, frame: bytes) -> bytes:
        """Keep a frame, as a carrier can."""
        self.frames.append(frame)
        return frame


def run(size: Size, folder: Path) -> Result:
    """Suspend NE while MR is parted; nothing written after the decision may become readable to NE."""
    result, told = Result(), Told()
    world = world_of(folder, PARTIES[size])
    world.net.tamper = told.tap
    try:
        _play(world, told, RECORDS[size], result)
    finally:
        world.close()
    return result


def _play(world: World, told: Told, count: int, result: Result) -> None:
    for n in range(count):
        _write(world[OTHERS[n % 4]], told.before, f"قبل-{n:04d}", (*FOUR, "BF"))
    world.settle()
    held = _held(world["NE"], told.before)
    result.count("records before", len(told.before))
    result.must(held == set(told.before), "not all that was written before reached NE")

    world.cut("MR")
    decided_ms = _suspend(world)
    for n in range(count):
        _write(world["DZ"], told.after, f"بعد-{n:04d}", FOUR if n % 2 else ("DZ", "ML", "MR"))
    _forward(world["MR"], told, count)
    for party in ("DZ", "ML", "BF"):
        _pull(world, world["NE"], party, told)
    _rounds(world, 4)
    result.count("records after", len(told.after))
    _nothing_new(world, told, result, "while MR is parted")

    _stale(world, result)
    for party in ("MR", "DZ", "ML"):
        _pull(world, world["NE"], party, told)
    _rounds(world, 6)
    result.must(world["MR"].link.book.epoch == 2, "MR does not know the epoch after it came back")
    _nothing_new(world, told, result, "after MR came back")
    _who_holds(world, told, result)
    _elapsed(world, decided_ms, result)

    _reinstate(world)
    world.settle()
    _nothing_new(world, told, result, "after the reinstatement")
    _granted(world, told, result)


def _write(node: Node, into: dict[bytes, str], canary: str, audience: tuple[str, ...]) -> Record:
    record = node.write(audience, title=canary)
    into[record.header.id] = canary
    return record


def _suspend(world: World) -> int:
    now_ms = millis(world.clock.now())
    changes = amend.suspend(world["DZ"].link.book(), Party("NE"), at_ms=now_ms)
    assert not isinstance(changes, Refusal)
    book = world["DZ"].link.book
    digest = amend_charter.propose(desk_at(world["DZ"]), book, changes)
    assert isinstance(digest, bytes)
    amend_charter.sign(desk_at(world["DZ"]), book, digest)
    _rounds(world, 2)
    amend_charter.sign(desk_at(world["ML"]), world["ML"].link.book, digest)
    _rounds(world, 2)
    return now_ms


def _forward(mali: Node, told: Told, count: int) -> None:
    """MR, parted, writes for NE and hands on what it has; it is sealed under the old epoch already."""
    for n in range(count):
        _write(mali, told.after, f"بعد-مور-{n:04d}", ("DZ", "ML", "NE"))
    old = next(iter(told.before))
    for n, audience in enumerate((("MR", "NE", "DZ"), ("MR", "DZ", "ML"))):
        record = mali.write(audience, title=f"بعد-إعادة-{n}", sources=(old,))
        told.after[record.header.id] = f"بعد-إعادة-{n}"
    mali.link.dispatcher.close_segments("routine")


def _pull(world: World, niger: Node, of: str, told: Told) -> None:
    """NE asks for all it can name, by hand and by its own link: segments of every feed, attachments."""
    now_ms, me = millis(world.clock.now()), niger.party
    head: dict[str, Any] = {"originator": me, "to": Party(of), "created_ms": now_ms, "epoch": 1}
    sets = [tuple(sorted({*FOUR, "BF"} - {of})), tuple(sorted(set(FOUR) - {of})), ("NE",)]
    notes: list[NoteContent] = [
        ResendRequest(**head, signer=niger.keys.signer_id, recipients=to, numbers=tuple(range(1, 60)))
        for to in (tuple(Party(p) for p in each) for each in sets)
    ]
    notes += [BlobWish(**head, signer=niger.keys.signer_id, digest=d * 2) for d in list(told.after)[:5]]
    asyncio.run(_post(niger, notes))


async def _post(niger: Node, notes: list[NoteContent]) -> None:
    for content in notes:
        try:
            await niger.link.post.send(sign_note(content, niger.keys), (content.to,), "routine")
        except CarrierDown:
            continue


def _rounds(world: World, count: int) -> None:
    for n in range(count):
        world.step(heads=n == 0)


def _stale(world: World, result: Result) -> None:
    """MR comes back; what it sends under the old epoch is refused within one exchange, and named so.

    A node of ours reads the epoch first; this one sends before it reads.
    """
    world.net.cut(())
    world.down = set()
    mauritania = world["MR"]
    feed = feed_id("MR", ("DZ", "ML"))
    with mauritania.store.read() as rx:
        row = rx.segment(feed, _last(rx, feed))
        assert row is not None
        segment = rebuilt(rx, row)
    asyncio.run(mauritania.link.post.send(segment, (Party("DZ"), Party("ML")), "routine"))
    for party in ("DZ", "ML"):
        asyncio.run(world[party].link.drain("routine"))
        named = "segment.stale-epoch" in world[party].codes()
        result.count("stale sends refused", named)
        result.must(named, f"{party} took what MR sent under the old epoch, or did not name it")
    _rounds(world, 2)


def _last(rx: ReadTx, feed: bytes) -> int:
    found = rx.feed_out(feed)
    return 0 if found is None else found.number


def _nothing_new(world: World, told: Told, result: Result, when: str) -> None:
    """NE holds nothing written after, and none of the frames that ever went opens to such a canary."""
    got = _held(world["NE"], told.after)
    result.must(not got, f"NE holds {len(got)} records written after the decision, {when}")
    read = 0
    for frame in told.frames[told.tried :]:
        plain = _opened(world["NE"], frame)
        read += sum(canary.encode() in plain for canary in told.after.values())
        told.early += sum(canary.encode() in plain for canary in told.before.values())
    told.tried = result.counts["frames tried"] = len(told.frames)
    result.must(read == 0, f"{read} canaries written after the decision open with NE's keys, {when}")
    result.must(told.early >= len(told.before), "the keys open not even what was written before")


def _opened(niger: Node, frame: bytes) -> bytes:
    try:
        sealed = unframe(frame, mailboxes=frozenset({frame[1:17]})).sealed
        found = unpack(unseal(sealed, niger.keys.seal_identities))
    except TansiqError:
        return b""
    if not isinstance(found, Segment):
        return b""
    return b"".join(item.header + item.body for item in found.items if isinstance(item, Signed))


def _held(node: Node, wanted: dict[bytes, str]) -> set[bytes]:
    return node.ids() & set(wanted)


def _who_holds(world: World, told: Told, result: Result) -> None:
    """What each originator believes NE holds is what NE held when it was suspended."""
    for party in OTHERS:
        node = world[party]
        believed = set()
        with node.store.read() as rx:
            for record_id in (*told.before, *told.after):
                states = {(r.party, r.state) for r in rx.receipts(record_id)}
                own = rx.record(record_id)
                if own is not None and own.originator == party and ("NE", "stored") in states:
                    believed.add(record_id)
        mine = {i for i in told.before if _originator(node, i) == party}
        result.count("holdings compared", len(mine))
        result.must(
            believed == mine, f"{party} believes NE holds {len(believed)} records; it holds {len(mine)}"
        )


def _originator(node: Node, record_id: bytes) -> str:
    with node.store.read() as rx:
        held = rx.record(record_id)
    return "" if held is None else held.originator


def _elapsed(world: World, decided_ms: int, result: Result) -> None:
    with world["DZ"].store.read() as rx:
        known = {row.party: row.since_ms for row in rx.known_epochs(2)}
    result.must(set(world.nodes) - {"NE"} == set(known), f"epoch 2 is known of {sorted(known)}")
    result.counts["longest to know, s"] = max(
        ((ms - decided_ms) / 1000 for ms in known.values()), default=0.0
    )


def _reinstate(world: World) -> None:
    book = world["DZ"].link.book
    changes = amend.lift(book(), Party("NE"))
    assert not isinstance(changes, Refusal)
    digest = amend_charter.propose(desk_at(world["DZ"]), book, changes)
    assert isinstance(digest, bytes)
    for party in ("DZ", "ML", "MR"):
        amend_charter.sign(desk_at(world[party]), world[party].link.book, digest)
        _rounds(world, 2)


def _granted(world: World, told: Told, result: Result) -> None:
    """One record granted is one record more."""
    node = world["DZ"]
    wanted = next(i for i, canary in told.after.items() if canary == "بعد-0000")
    with node.store.read() as rx:
        held = rx.record(wanted)
    assert held is not None
    node.write(FOUR, body=Grant(title="إذن", record=id_of(wanted), to=(Party("NE"),)))
    with node.store.write() as tx:
        tx.queue(held.digest, (Party("NE"),), 3, at_ms=millis(world.clock.now()))
    world.settle()
    got = _held(world["NE"], told.after)
    result.must(got == {wanted}, f"after one grant NE holds {len(got)} records written after the decision")
