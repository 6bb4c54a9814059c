"""Key theft: a node's keys are stolen, then rotated, then the sign key is revoked from before the theft.

The thief keeps every frame, forges records and segments with the stolen keys, dated before and after, and
puts them into the mailboxes of nodes that know nothing yet and of one that is away.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from tansiq.base.clock import millis
from tansiq.base.errors import TansiqError
from tansiq.base.ids import SeededEntropy, owned_id, raw_of
from tansiq.base.refusal import Refusal
from tansiq.exchange import safe
from tansiq.model.amendment import Change
from tansiq.model.kinds.report import Report
from tansiq.model.label import Party, label
from tansiq.model.record import Author, Header, encode_body
from tansiq.policy import amend
from tansiq.seal import (
    PartyKeys,
    SegmentHead,
    feed_id,
    frame,
    generate,
    pack,
    seal,
    sign_record,
    sign_segment,
    unframe,
    unpack,
    unseal,
)
from tansiq.work import alarms, amend_charter, review
from tests.federation import FOUR
from tests.simulate.desks import desk_at
from tests.simulate.nodes import World, world_of
from tests.trust.result import Result, Size

RECORDS = {"quick": 5, "full": 100}
TO = (Party("ML"), Party("MR"), Party("NE"))
FEED = feed_id("DZ", TO)


@dataclass
class Thief:
    """Who has the keys since t1, and a hand in the carrier."""

    keys: PartyKeys
    frames: list[tuple[bytes, bytes]] = field(default_factory=list)
    forged: dict[bytes, str] = field(default_factory=dict)
    entropy: SeededEntropy = field(default_factory=lambda: SeededEntropy("thief"))

    def tap(self, mailbox: bytes, raw: bytes) -> bytes:
        """Keep a frame, as a carrier can."""
        self.frames.append((mailbox, raw))
        return raw


def run(size: Size, folder: Path) -> Result:
    """Steal at t1, rotate at t2, revoke from t0 < t1."""
    result = Result()
    world = world_of(folder, FOUR)
    thief = Thief(deepcopy(world["DZ"].keys))
    world.net.tamper = thief.tap
    try:
        _play(world, thief, RECORDS[size], result)
    finally:
        world.close()
    return result


def _play(world: World, thief: Thief, count: int, result: Result) -> None:
    good = _write(world, "DZ", "قبل", count)
    world.settle()
    world.cut("NE")
    _pass(world, minutes=10)
    t0_ms = millis(world.clock.now())
    doubtful = _write(world, "DZ", "بين", count)
    _rounds(world, 4)
    old = thief.keys.signer_id
    back = _write(world, "ML", "إلى-المسروق", count)
    _rounds(world, 4)
    _opens_before(world, thief, result)
    _forge(world, thief, count, ("ML", "MR", "NE"), t0_ms)
    _rounds(world, 3)
    result.must(_shown(world, "ML", thief.forged) > 0, "the forgery is too poor to be taken by anybody")

    _rotate(world)
    t2 = len(thief.frames)
    fresh = _write(world, "DZ", "بعد", count)
    back += _write(world, "MR", "بعد-التدوير", count)
    _rounds(world, 6)
    _opens_nothing(world, thief, t2, result)

    _revoke(world, old, t0_ms)
    _rounds(world, 8)
    _forge(world, thief, count, ("MR", "NE"), t0_ms)
    world.net.cut(())
    world.down = set()
    _rounds(world, 8)
    world.settle(rounds=80)
    _opens_nothing(world, thief, t2, result)
    for party in ("ML", "MR", "NE"):
        _judge(world, party, thief, good, doubtful, fresh, result)
    result.must(set(back) <= world["DZ"].ids(), "what was sent to the robbed party is not all there")
    _settle(world, doubtful, result)


def _write(world: World, party: str, canary: str, count: int) -> list[bytes]:
    audience = FOUR if party == "DZ" else (party, "DZ")
    records = [world[party].write(audience, title=f"{canary}-{n}") for n in range(count)]
    return [record.header.id for record in records]


def _rounds(world: World, count: int) -> None:
    for n in range(count):
        world.step(heads=n % 4 == 0)
    _acknowledge(world)


def _acknowledge(world: World) -> None:
    """The robbed party's officer reads that others hold more of its feeds than it made, and says why."""
    with world["DZ"].store.write() as tx:
        safe.hear(tx, Party("ML"))
    refused = alarms.acknowledge(desk_at(world["DZ"]), "مفاتيحنا مسروقة")
    assert refused is None or refused.reason == "safe.none", refused


def _pass(world: World, *, minutes: int) -> None:
    world.clock.set(world.clock.now() + timedelta(minutes=minutes))


def _forge(world: World, thief: Thief, count: int, into: tuple[str, ...], t0_ms: int) -> None:
    """Put forged segments into mailboxes: records dated now and before t0, in the numbers that come next."""
    charter = world["ML"].link.book()
    for n in range(count):
        for at_ms in (millis(world.clock.now()), t0_ms - 60_000):
            raw = _forged(world, thief, at_ms, n)
            for party in into:
                entry = charter.party(party)
                assert entry is not None
                recipient = charter.recipient(party, now=world.clock.now())
                assert recipient is not None
                sealed = seal(raw, (recipient,), entropy=thief.entropy)
                world.net.put(entry.mailbox, frame(entry.mailbox, sealed))


def _forged(world: World, thief: Thief, at_ms: int, n: int) -> bytes:
    with world["ML"].store.read() as rx:
        known = rx.feed_in(FEED)
        assert known is not None
        number = known.announced + 1
        previous = rx.segment_hash(FEED, known.announced)
    now = world.clock.now()
    header = Header(
        id=raw_of(owned_id("DZ", now, thief.entropy)),
        kind="report/1",
        originator=Party("DZ"),
        signer=thief.keys.signer_id,
        author=Author("ضابط-7"),
        created_ms=at_ms,
        label=label(FOUR),
    )
    body = encode_body(Report(title=f"مزور-{n}", text="وصلت القافلة"), thief.entropy.take(16))
    signed = sign_record(header, body, thief.keys)
    thief.forged[header.id] = f"مزور-{n}"
    head = SegmentHead(
        originator=Party("DZ"),
        recipients=TO,
        number=number,
        previous=previous,
        epoch=world["ML"].link.book.epoch,
        signer=thief.keys.signer_id,
        created_ms=at_ms,
        priority=3,
    )
    return pack(sign_segment(head, (signed,), thief.keys))


def _amend(world: World, changes: tuple[Change, ...] | Refusal) -> None:
    assert not isinstance(changes, Refusal), changes
    digest = amend_charter.propose(desk_at(world["DZ"]), world["DZ"].link.book, changes)
    assert isinstance(digest, bytes), digest
    for party in ("DZ", "ML", "MR"):
        amend_charter.sign(desk_at(world[party]), world[party].link.book, digest)
        _rounds(world, 2)


def _rotate(world: World) -> None:
    """DZ changes both keys as its node does: it opens with both at once, and turns at the epoch."""
    robbed, now_ms = world["DZ"], millis(world.clock.now())
    newer = generate(Party("DZ"), entropy=SeededEntropy("new"), keep=robbed.keys.seal_identities)
    seals = (*robbed.keys.seal_identities, newer.seal_identities[0])
    robbed.keys.turn(PartyKeys(Party("DZ"), robbed.keys.signer_id, robbed.keys.seed, seals))
    robbed.link.book.on_new(lambda _: robbed.keys.turn(newer))
    sign, sealing = newer.sign_key(from_ms=now_ms), newer.seal_key(from_ms=now_ms)
    book = robbed.link.book
    _amend(
        world, amend.rotate(book(), Party("DZ"), at_ms=now_ms, sign=sign, seal=sealing, overlap_ms=600_000)
    )


def _revoke(world: World, old: str, t0_ms: int) -> None:
    book = world["DZ"].link.book
    _amend(
        world,
        amend.revoke(book(), Party("DZ"), world["DZ"].link.book().parties[0].sign_keys[0].id, from_ms=t0_ms),
    )
    key = book().sign_key("DZ", old)
    assert key is not None
    assert key.revoked_ms == t0_ms


def _opens_before(world: World, thief: Thief, result: Result) -> None:
    found = _opened(world, thief, 0)
    result.must(found > 0, "the stolen keys open nothing even before the rotation")
    result.count("envelopes opened before", found)


def _opens_nothing(world: World, thief: Thief, since: int, result: Result) -> None:
    found = _opened(world, thief, since)
    result.counts["envelopes tried after the rotation"] = len(thief.frames) - since
    result.must(found == 0, f"the stolen keys open {found} envelopes sealed after the rotation")


def _opened(world: World, thief: Thief, since: int) -> int:
    found = 0
    for mailbox, raw in thief.frames[since:]:
        try:
            unpack(unseal(unframe(raw, mailboxes=frozenset({mailbox})).sealed, thief.keys.seal_identities))
        except TansiqError:
            continue
        found += 1
    del world
    return found


def _shown(world: World, party: str, wanted: dict[bytes, str]) -> int:
    return len(world[party].ids() & set(wanted))


def _judge(
    world: World,
    party: str,
    thief: Thief,
    good: list[bytes],
    doubtful: list[bytes],
    fresh: list[bytes],
    result: Result,
) -> None:
    """Nothing of the key after t0 is shown; what came of it is listed; everything else is there."""
    shown = world[party].ids()
    with world[party].store.read() as rx:
        listed = {raw_of(row.record_id) for row in rx.held_back()}
    result.count("records of the key refused", len(listed))
    result.must(
        not shown & set(thief.forged), f"{party} shows {len(shown & set(thief.forged))} forged records"
    )
    result.must(
        not shown & set(doubtful), f"{party} shows {len(shown & set(doubtful))} records dated after t0"
    )
    result.must(
        set(doubtful) <= listed, f"{party} lists {len(set(doubtful) & listed)} of {len(doubtful)} doubtful"
    )
    result.must(bool(listed & set(thief.forged)), f"{party} lists no forged record")
    result.must(set(good) <= shown, f"{party} lacks {len(set(good) - shown)} records from before t0")
    result.must(set(fresh) <= shown, f"{party} lacks {len(set(fresh) - shown)} records under the new key")


def _settle(world: World, doubtful: list[bytes], result: Result) -> None:
    """An officer settles: what he accepts is there again, what he refuses stays out."""
    node = world["NE"]
    desk, book = desk_at(node), node.link.book
    with node.store.read() as rx:
        held = review.waiting(rx, desk)
    for each in held:
        accept = each.record.header.id in set(doubtful)
        done = review.settle(desk, book, each.record.digest, accept=accept, reason="بعد السؤال")
        result.must(not isinstance(done, Refusal), f"settling failed: {done}")
    result.count("settled by an officer", len(held))
    result.must(set(doubtful) <= node.ids(), "what the officer accepted is not all there")
    with node.store.read() as rx:
        result.must(not rx.held_back(), "something is still to be settled")
