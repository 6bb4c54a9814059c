"""Tampered, relabelled, re-attributed and replayed envelopes: none enters, each is refused for its reason.

1. A carrier flips bytes of the frame. It cannot open it; the age file's own seal shows every change.
2. A recipient turned hostile opens the envelope, changes what it holds (bytes, or the label, the originator,
   the end, the body under another header) and seals it again for the others: the signatures show it.
3. An originator turned hostile signs what he may not: a record with two contents, one that is wider than
   what it rests on, one sent to fewer or to others than its label names, one under an old charter.
4. Every envelope is put to two nodes and to one that is at rest and has no carrier: one verdict, one reason.
   What falls on a party's own stanza is, to that party, no envelope of its own: it cannot tell more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from msgspec.structs import replace

from tansiq.base.clock import millis
from tansiq.base.ids import SystemEntropy, owned_id, raw_of
from tansiq.base.messages import LANGS, messages
from tansiq.exchange.parcels.courier import Courier
from tansiq.exchange.parcels.form import ParcelWriter
from tansiq.exchange.protocol import Lane
from tansiq.exchange.verdict import Duplicate, Held, Outcome, Quarantined, Taken
from tansiq.model.kinds.report import Report
from tansiq.model.label import Label, Party, label
from tansiq.model.record import Record, Signed, commit, digest_of, encode_header
from tansiq.seal import Buried, Segment, SegmentHead, frame, pack, seal, sign_segment
from tansiq.seal.keys import sign
from tansiq.seal.segment import encode_head
from tests.exchange.amending import adopt, amended
from tests.federation import START
from tests.simulate.nodes import Node, World, current, node_of, world_of
from tests.trust.result import Result, Size

SENDER, HOSTILE, VICTIM, OUTSIDE = "ML", "DZ", "NE", "MR"
AT_REST: Final = "at rest"
STANZA: Final = ("seal.not-for-us", "seal.altered")
"""Both mean: the age file was touched; which of them a reader sees hangs on whose stanza was hit."""

HEAD: Final = ("segment.wrong-recipient", "segment.bad-signature")
"""Both mean: the head was touched; a reader whose name was hit is no recipient any more."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One envelope that must not enter: what was done, the sealed bytes, the reasons it may meet.

    ``flip`` = place in the frame and what is added to the byte there; ``mailbox`` = another's in its frame;
    ``spends`` = a segment that is good itself: its number is used up.
    """

    what: str
    sealed: bytes
    reasons: frozenset[str]
    at: tuple[str, ...] = (HOSTILE, VICTIM)
    mailbox: str = ""
    flip: tuple[int, int] = (0, 0)
    spends: Segment | None = None


@dataclass
class Bench:
    """Two nodes and one at rest, a sender's feed, and what was genuinely taken."""

    world: World
    at_rest: Node
    random: Random
    result: Result
    number: dict[str, int] = field(default_factory=dict)
    previous: dict[str, bytes | None] = field(default_factory=dict)
    genuine: dict[bytes, bytes] = field(default_factory=dict)
    seen: dict[str, set[str]] = field(default_factory=dict)
    later_ms: int = 0
    frames: list[bytes] = field(default_factory=list)

    def record(self, n: int, by: str = SENDER, bears: Label | None = None, **header: Any) -> Record:
        """A genuine record of a party for both receivers, or with parts of its header set."""
        bears = bears or label([SENDER, HOSTILE, VICTIM], rules=["NO-FORCE"], until=self._end())
        body = Report(title=f"تقرير {n}", text="وصلت القافلة إلى غاو ولم يصب أحد")
        return self.world[by].sign(bears, body, **header)

    def _end(self) -> Any:
        return self.world.clock.now() + timedelta(days=30)

    def segment(self, items: list[Signed], by: str = SENDER, **head: Any) -> Segment:
        """The next segment of a party's feed to both receivers, signed by its originator."""
        others = tuple(Party(p) for p in sorted({SENDER, HOSTILE, VICTIM} - {by}))
        node = self.world[by]
        given: dict[str, Any] = {
            "originator": node.party,
            "recipients": others,
            "number": self.number.get(by, 0) + 1,
            "previous": self.previous.get(by),
            "epoch": node.link.book.epoch,
            "signer": node.keys.signer_id,
            "created_ms": millis(node.clock.now()) + self.later_ms,
            "priority": 3,
        }
        return sign_segment(SegmentHead(**given | head), tuple(items), node.keys)

    def sealed(self, what: Segment) -> bytes:
        """An age file for both receivers."""
        entries = [self.world.federation.charter.party(p) for p in (HOSTILE, VICTIM)]
        keys = [e.seal_keys[0].recipient for e in entries if e is not None]
        return seal(pack(what), keys, entropy=SystemEntropy())

    def mailbox(self, party: str) -> bytes:
        """A party's routine mailbox."""
        entry = self.world.federation.charter.party(party)
        assert entry is not None
        return entry.mailbox

    def verdicts(self, attempt: Attempt) -> dict[str, Outcome]:
        """Put an attempt to the receivers and to the node at rest, which is the victim's own."""
        found = {}
        for party in (*attempt.at, AT_REST):
            node = self.at_rest if party == AT_REST else self.world[party]
            raw = bytearray(frame(self.mailbox(attempt.mailbox or node.party), attempt.sealed))
            place, by = attempt.flip
            raw[place] ^= by
            found[party] = node.link.receiver.take(bytes(raw))
        return found

    def put(self, attempt: Attempt) -> None:
        """Put an attempt everywhere; note a fault unless each refuses it for one stable reason."""
        self.result.count("envelopes")
        codes = {party: code_of(outcome) for party, outcome in self.verdicts(attempt).items()}
        one = len({next((k for k in (STANZA, HEAD) if c in k), c) for c in codes.values()}) == 1
        told = one and set(codes.values()) <= attempt.reasons
        self.result.must(told, f"{attempt.what}: {codes}, expected of {sorted(attempt.reasons)}")
        self.seen.setdefault(attempt.what, set()).update(codes.values())
        if attempt.spends is not None:
            head = attempt.spends.head
            self.number[head.originator] = head.number
            self.previous[head.originator] = attempt.spends.hash

    def nodes(self) -> tuple[Node, ...]:
        """The receivers and the node at rest."""
        return self.world[HOSTILE], self.world[VICTIM], self.at_rest

    def take(self, record: Record, segment: Segment) -> None:
        """Let the genuine one enter everywhere."""
        head, sealed = segment.head, self.sealed(segment)
        for node in self.nodes():
            outcome = node.link.receiver.take(frame(self.mailbox(node.party), sealed))
            self.result.must(outcome == Taken(new=1), f"the genuine one: {outcome}")
        self.genuine[record.header.id] = record.digest
        self.number[head.originator], self.previous[head.originator] = head.number, segment.hash
        self.result.count("genuine records")


def code_of(outcome: Outcome) -> str:
    """Return the reason an envelope met, or a word that is none."""
    match outcome:
        case Quarantined(code):
            return code
        case Taken(new=0, refused=(code,), waiting=0):
            return code
        case Held(reason, _):
            return reason
        case Duplicate():
            return "duplicate"
        case _:
            return f"entered: {outcome}"


def flips(bench: Bench, sealed: bytes, count: int) -> Iterator[Attempt]:
    """What a carrier can do: change bytes of the frame."""
    size = len(frame(bytes(16), sealed))
    reasons = frozenset({"frame.version", "frame.wrong-mailbox", "frame.size", *STANZA})
    for _ in range(count):
        yield Attempt(
            "a byte of the frame",
            sealed,
            reasons,
            flip=(bench.random.randrange(size), bench.random.randint(1, 255)),
        )


def inner_flips(bench: Bench, good: Segment, count: int) -> Iterator[Attempt]:
    """What a recipient can do: open, change a byte of what is inside, seal again."""
    (item,) = good.items
    assert isinstance(item, Signed)
    parts = {"head": good.raw_head, "seal": good.signature, "header": item.header, "body": item.body}
    for _ in range(count):
        name = bench.random.choice(sorted(parts))
        raw = bytearray(parts[name])
        raw[bench.random.randrange(len(raw))] ^= bench.random.randint(1, 255)
        new = parts | {name: bytes(raw)}
        changed = replace(item, header=new["header"], body=new["body"])
        made = Segment(new["head"], (changed,), new["seal"])
        yield Attempt("a byte within", bench.sealed(made), WITHIN)


WITHIN: Final = frozenset(
    f"segment.{why}"
    for why in (
        "bad-signature", "malformed", "unknown-signer", "not-originator", "wrong-recipient", "key-not-valid",
        "stale-epoch", "newer-epoch", "unknown-form", "fork",
    )
)  # fmt: skip
PARCEL_FRAMES: Final = 500
YEAR_MS: Final = 365 * 86_400_000


def edits(record: Record, other: Record, entropy: Any) -> dict[str, Signed]:
    """Return the record as one who cannot sign for its originator would like to have it."""
    head, bears = record.header, record.header.label
    assert bears.until_ms is not None

    def under(**changes: Any) -> Signed:
        return replace(record.signed, header=encode_header(replace(head, **changes)))

    return {
        "a country added": under(label=replace(bears, audience=tuple(sorted({*bears.audience, OUTSIDE})))),
        "a rule dropped": under(label=replace(bears, rules=())),
        "the end put off": under(label=replace(bears, until_ms=bears.until_ms + YEAR_MS)),
        "the level lowered": under(label=replace(bears, level="open")),
        "another originator": under(originator=Party(HOSTILE)),
        "the body under another header": replace(record.signed, header=other.signed.header),
        "under a new id": under(id=raw_of(owned_id(SENDER, START, entropy))),
        "as a newer version": under(version=2, previous=record.digest),
    }


def relabelled(bench: Bench, good: Segment, record: Record, other: Record) -> Iterator[Attempt]:
    """Each edit in the sender's segment, in a segment of the hostile one, and in one the sender signs."""
    for what, edited in edits(record, other, bench.world[SENDER].entropy).items():
        kept = Segment(good.raw_head, (edited,), good.signature)
        yield Attempt(f"{what}, in its segment", bench.sealed(kept), frozenset({"segment.bad-signature"}))
        own = bench.segment([edited], HOSTILE)
        yield Attempt(
            f"{what}, in another's segment",
            bench.sealed(own),
            frozenset({"record.not-originator"}),
            at=(VICTIM,),
            spends=own,
        )
        whole = bench.segment([edited])
        why = "record.not-originator" if what == "another originator" else "record.bad-signature"
        yield Attempt(f"{what}, signed over", bench.sealed(whole), frozenset({why}), spends=whole)


def stolen(bench: Bench, record: Record) -> Iterator[Attempt]:
    """What a recipient tries with a record of another's, under his own key or in his own segment."""
    keys = bench.world[HOSTILE].keys
    taken = encode_header(replace(record.header, originator=Party(HOSTILE), signer=keys.signer_id))
    signature = sign(keys, digest_of(*commit(taken, record.signed.body)))
    mine = bench.segment([Signed(taken, record.signed.body, signature)], HOSTILE)
    yield Attempt(
        "under the thief's own key",
        bench.sealed(mine),
        frozenset({"record.foreign-id"}),
        at=(VICTIM,),
        spends=mine,
    )
    head = replace(
        bench.segment([], HOSTILE).head, originator=Party(SENDER), recipients=(Party(HOSTILE), Party(VICTIM))
    )
    forged = Segment(encode_head(head), (record.signed,), bytes(64))
    yield Attempt(
        "the thief's segment in another's name", bench.sealed(forged), frozenset({"segment.not-originator"})
    )


def misdirected(bench: Bench, good: Segment) -> Iterator[Attempt]:
    """What a carrier or a recipient tries with an envelope that is good elsewhere."""
    sealed = bench.sealed(good)
    yield Attempt("in another's mailbox", sealed, frozenset({"frame.wrong-mailbox"}), mailbox=OUTSIDE)
    entry = bench.world.federation.charter.party(OUTSIDE)
    assert entry is not None
    foreign = seal(pack(good), [entry.seal_keys[0].recipient], entropy=SystemEntropy())
    yield Attempt("sealed for others", foreign, frozenset({"seal.not-for-us"}))
    elsewhere = bench.segment([i for i in good.items if isinstance(i, Signed)], recipients=(Party(OUTSIDE),))
    yield Attempt("meant for others", bench.sealed(elsewhere), frozenset({"segment.wrong-recipient"}))
    yield Attempt("cut short", sealed[:-1], frozenset({"seal.altered"}))
    yield Attempt("with a tail", sealed + b"\0", frozenset({"seal.altered"}))


def hostile_originator(bench: Bench, record: Record, n: int) -> Iterator[Attempt]:
    """What an originator tries under its own good signature, once its record is held."""
    header = record.header
    twin = bench.record(n, id=header.id).signed
    yield signed_over(bench, "two contents of one version", twin, "record.equivocation")
    fork = bench.segment([bench.record(n).signed], number=max(1, bench.number[SENDER]), previous=b"\5" * 32)
    yield Attempt("two segments of one number", bench.sealed(fork), frozenset({"segment.fork"}))
    loose = bench.record(n, id=header.id, version=2, previous=b"\5" * 32).signed
    yield signed_over(bench, "a version that follows none", loose, "record.other-previous")
    more = replace(header.label, audience=tuple(sorted({*header.label.audience, OUTSIDE})))
    yield signed_over(
        bench, "sent to fewer than it names", bench.record(n, bears=more).signed, "record.audience-mismatch"
    )
    for what, wider in {
        "derived without its rule": replace(header.label, rules=()),
        "derived beyond its end": replace(header.label, until_ms=(header.label.until_ms or 0) + YEAR_MS),
        "derived at a lower level": replace(header.label, level="open"),
    }.items():
        derived = bench.record(n, bears=wider, sources=(header.id,)).signed
        yield signed_over(bench, what, derived, "record.widens")


def signed_over(bench: Bench, what: str, signed: Signed, why: str) -> Attempt:
    """A record that its own originator signed, in a segment that is good itself."""
    made = bench.segment([signed])
    return Attempt(what, bench.sealed(made), frozenset({why}), spends=made)


def suppressed(bench: Bench, good: Segment) -> None:
    """A recipient seals the segment again without its record, and is first: the genuine one must still enter.

    The segment's hash holds digests alone, so a digest in place of a record, or a spoilt signature of
    the record, leaves it as it was.
    """
    (item,) = good.items
    assert isinstance(item, Signed)
    spoilt = replace(item, signature=bytes(64)) if bench.random.random() < 0.5 else Buried(good.digests[0])
    sealed = bench.sealed(Segment(good.raw_head, (spoilt,), good.signature))
    bench.result.count("envelopes")
    for node in bench.nodes():
        outcome = node.link.receiver.take(frame(bench.mailbox(node.party), sealed))
        bench.result.must(isinstance(outcome, Taken) and outcome.new == 0, f"without its record: {outcome}")


def stale(bench: Bench, count: int) -> None:
    """After a new epoch: what is made under the one before enters no more."""
    now = bench.world.clock.now()
    later = amended(bench.world.federation, bench.world.federation.signed, OUTSIDE, now=now, timezone="UTC")
    for node in bench.nodes():
        adopt(node.store, node.link.book, later, now=now)
    bench.later_ms = 3_600_000
    for n in range(count):
        made = bench.segment([bench.record(n).signed])
        reasons = frozenset({"segment.stale-epoch"})
        bench.put(Attempt("under an old charter", bench.sealed(made), reasons))


def run(size: Size, folder: Path) -> Result:
    """Put ten thousand envelopes to two nodes and one at rest."""
    records, flipped, within = (200, 36, 14) if size == "full" else (6, 8, 4)
    result = Result()
    bench = bench_in(folder, result)
    for n in range(records):
        attack(bench, n, flipped, within)
    by_parcel(bench, folder)
    stale(bench, max(2, records // 10))
    nothing_entered(bench)
    bench.world.close()
    bench.at_rest.store.close()
    return result


def bench_in(folder: Path, result: Result) -> Bench:
    """Make the nodes; the one at rest is the victim's own node once more, without a carrier."""
    world = world_of(folder, (SENDER, HOSTILE, VICTIM))
    apart = folder / "rest"
    apart.mkdir()
    at_rest = node_of(apart, world.federation, VICTIM, {}, world.clock)
    bench = Bench(world, at_rest, Random(2), result)
    take = at_rest.link.receiver.take

    def noted(raw: bytes, lane: Lane = "routine") -> Outcome:
        bench.frames.append(raw)
        return take(raw, lane)

    setattr(at_rest.link.receiver, "take", noted)  # noqa: B010  a method is replaced on purpose
    return bench


def by_parcel(bench: Bench, folder: Path) -> None:
    """The same frames in parcels, to the victim's node once more: the same enters, the same is refused."""
    apart = folder / "parcels"
    apart.mkdir()
    node = node_of(apart, bench.world.federation, VICTIM, {}, bench.world.clock)
    courier = Courier(node.store, node.link, node.clock, node.entropy)
    own = {bench.mailbox(VICTIM)}
    frames = [raw for raw in bench.frames if raw[1:17] in own]
    for n, at in enumerate(range(0, len(frames), PARCEL_FRAMES)):
        path = apart / f"{n}.parcel"
        with ParcelWriter(path, node.entropy) as writer:
            for raw in frames[at : at + PARCEL_FRAMES]:
                writer.add(raw)
        courier.take(path)
        bench.result.count("parcels")
    with node.store.read() as rx:
        held = {r.header.id: r.digest for r in current(rx) if not r.system}
    bench.result.must(held == bench.genuine, "by parcel other than the genuine records entered")
    wire, parcel = set(bench.at_rest.codes()), set(node.codes())
    elsewhere = {"frame.wrong-mailbox", "frame.malformed"}  # to a parcel's reader: not ours, so not taken
    bench.result.must(wire - elsewhere == parcel - elsewhere, f"by wire {wire}, by parcel {parcel}")
    bench.result.count("envelopes by parcel", len(frames))
    node.store.close()


def attack(bench: Bench, n: int, flipped: int, within: int) -> None:
    """Try everything with one record, before and after the genuine one enters."""
    record, other = bench.record(n), bench.record(n)
    for attempt in relabelled(bench, bench.segment([record.signed]), record, other):
        bench.put(attempt)
    for attempt in stolen(bench, record):
        bench.put(attempt)
    good = bench.segment([record.signed])
    sealed = bench.sealed(good)
    for attempt in (
        *flips(bench, sealed, flipped // 2),
        *inner_flips(bench, good, within),
        *misdirected(bench, good),
    ):
        bench.put(attempt)
    if n % 4 == 0:
        suppressed(bench, good)
    bench.take(record, good)
    for attempt in flips(bench, sealed, flipped - flipped // 2):
        bench.put(attempt)
    for attempt in hostile_originator(bench, record, n):
        bench.put(attempt)
    replayed(bench, sealed)


def replayed(bench: Bench, sealed: bytes) -> None:
    """The genuine frame once more changes nothing."""
    for node in bench.nodes():
        outcome = node.link.receiver.take(frame(bench.mailbox(node.party), sealed))
        bench.result.must(outcome == Duplicate(), f"replayed: {outcome}")
    bench.result.count("replays")


def nothing_entered(bench: Bench) -> None:
    """Every node holds the genuine records, and those alone; every refusal stands in quarantine, in words."""
    said = {lang: messages(lang).keys() for lang in LANGS}
    for node in bench.nodes():
        with node.store.read() as rx:
            held = {r.header.id: r.digest for r in current(rx) if not r.system}
            waiting = len(rx.waiting())
        bench.result.must(held == bench.genuine, f"{node.party} holds other than the genuine records")
        bench.result.must(not waiting, f"{node.party}: {waiting} wait")
        codes = set(node.codes())
        bench.result.must("record.equivocation" in codes, f"{node.party}: no alarm for two contents")
        for code in codes:
            words = {f"refusals.{code}", f"errors.{code}.title"}
            bench.result.must(all(words & said[lang] for lang in LANGS), f"no words for {code}")
    bench.result.count("entered", 0)
    bench.result.count("reasons", len(set().union(*bench.seen.values())))
    bench.result.count("kinds of attempt", len(bench.seen))
