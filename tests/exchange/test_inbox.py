"""What is refused, with which reason, and that nothing of it enters."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tansiq.base.clock import millis
from tansiq.base.ids import SystemEntropy
from tansiq.base.messages import LANGS, messages
from tansiq.exchange.verdict import Duplicate, Held, Outcome, Quarantined, Taken
from tansiq.model.kind import Body
from tansiq.model.kinds.grant import Grant
from tansiq.model.kinds.recall import Recall
from tansiq.model.kinds.receipt import Receipt, ReceiptLine
from tansiq.model.kinds.report import Report
from tansiq.model.label import Party
from tansiq.model.record import Record, Signed, commit, decode_header, digest_of, encode_header
from tansiq.seal import (
    Buried,
    HeadList,
    Item,
    PartyKeys,
    SegmentHead,
    frame,
    pack,
    seal,
    sign_note,
    sign_segment,
)
from tansiq.seal.keys import sign
from tansiq.seal.segment import Head, Segment
from tests.exchange.amending import adopt, amended
from tests.simulate.nodes import Node, World, world_of

HOUR_MS = 3_600_000


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    found = world_of(tmp_path, ("DZ", "ML", "NE"))
    yield found
    found.close()


def head_of(node: Node, **changes: Any) -> SegmentHead:
    given_: dict[str, Any] = {
        "originator": node.party,
        "recipients": (Party("NE"),),
        "number": 1,
        "epoch": 1,
        "signer": node.keys.signer_id,
        "created_ms": millis(node.clock.now()),
        "priority": 3,
    }
    return SegmentHead(**given_ | changes)


def envelope(world: World, what: Any, to: str = "NE") -> bytes:
    """What a carrier would hold: sealed for a party, framed for its routine mailbox."""
    entry = world.federation.charter.party(to)
    assert entry is not None
    return frame(entry.mailbox, seal(pack(what), [entry.seal_keys[0].recipient], entropy=SystemEntropy()))


def segment_of(node: Node, items: Iterable[Item], **head: Any) -> Segment:
    return sign_segment(head_of(node, **head), tuple(items), node.keys)


def arrive(world: World, raw: bytes, at: str = "NE") -> Outcome:
    return world[at].link.receiver.take(raw)


def report(node: Node, title: str = "كمين", audience: Iterable[str] = ("NE",), **header: Any) -> Signed:
    return node.sign(audience, Report(title=title), **header).signed


def refused(world: World, raw: bytes, code: str) -> None:
    """The frame is refused as a whole with this code, kept as it came, and nothing entered."""
    assert arrive(world, raw) == Quarantined(code)
    assert world["NE"].ids() == set()
    with world["NE"].store.read() as rx:
        (row,) = rx.quarantined()
        assert (row.code, row.digest) == (code, hashlib.sha256(raw).digest())
        assert rx.quarantined_bytes(row.id) == raw
        assert rx.feeds_in() == ()
    assert all(f"refusals.{code}" in messages(lang) for lang in LANGS)


def test_an_envelope_altered_on_the_carrier_is_named_and_kept(world: World) -> None:
    raw = bytearray(envelope(world, segment_of(world["ML"], [report(world["ML"])])))
    raw[-20] ^= 1
    refused(world, bytes(raw), "seal.altered")


def test_an_envelope_for_somebody_else_is_not_for_us(world: World) -> None:
    entry, other = (world.federation.charter.party(p) for p in ("NE", "DZ"))
    assert entry is not None
    assert other is not None
    sealed = seal(
        pack(segment_of(world["ML"], [report(world["ML"])])),
        [other.seal_keys[0].recipient],
        entropy=SystemEntropy(),
    )
    refused(world, frame(entry.mailbox, sealed), "seal.not-for-us")


def test_a_frame_of_another_mailbox_is_refused(world: World) -> None:
    raw = envelope(world, segment_of(world["ML"], [report(world["ML"])]))
    refused(world, raw[:1] + bytes(16) + raw[17:], "frame.wrong-mailbox")


@pytest.mark.parametrize(
    ("raw", "code"),
    [(b"", "frame.malformed"), (bytes(40), "frame.version"), (b"\x01" + bytes(60), "frame.size")],
)
def test_bytes_that_are_no_frame_are_refused(world: World, raw: bytes, code: str) -> None:
    refused(world, raw, code)


def test_a_segment_signed_by_another_than_its_originator_is_refused(world: World) -> None:
    forged = sign_segment(head_of(world["DZ"]), (report(world["ML"]),), world["DZ"].keys)
    stolen = msgspec.structs.replace(head_of(world["DZ"]), originator=Party("ML"))
    raw = envelope(world, Segment(msgspec.msgpack.encode(stolen), forged.items, forged.signature))
    refused(world, raw, "segment.not-originator")


def test_a_segment_with_a_changed_head_is_refused(world: World) -> None:
    good = segment_of(world["ML"], [report(world["ML"])])
    head = msgspec.structs.replace(good.head, created_ms=good.head.created_ms + 1)
    raw = envelope(world, Segment(msgspec.msgpack.encode(head), good.items, good.signature))
    refused(world, raw, "segment.bad-signature")


def test_a_segment_whose_recipients_we_are_not_among_is_refused(world: World) -> None:
    raw = envelope(world, segment_of(world["ML"], [], recipients=(Party("DZ"),)))
    refused(world, raw, "segment.wrong-recipient")


def test_a_segment_of_a_party_that_is_suspended_is_refused(world: World) -> None:
    now = world.clock.now()
    barred = amended(world.federation, world.federation.signed, "ML", now=now, suspended_ms=millis(now))
    adopt(world["NE"].store, world["NE"].link.book, barred, now=now)
    late = segment_of(world["ML"], [report(world["ML"])], created_ms=millis(now) + 1)
    refused(world, envelope(world, late), "segment.suspended")


def test_a_segment_made_under_a_superseded_charter_is_refused(world: World) -> None:
    now = world.clock.now()
    later = amended(world.federation, world.federation.signed, "DZ", now=now, timezone="Africa/Algiers")
    adopt(world["NE"].store, world["NE"].link.book, later, now=now)
    stale = segment_of(world["ML"], [report(world["ML"])], created_ms=millis(now) + HOUR_MS)
    refused(world, envelope(world, stale), "segment.stale-epoch")


def test_a_segment_of_a_newer_charter_waits_for_it_and_is_no_offence(world: World) -> None:
    assert arrive(world, envelope(world, segment_of(world["ML"], [], epoch=2))) == Held(
        "segment.newer-epoch", Party("ML")
    )
    assert world["NE"].codes() == []


def test_two_segments_of_one_number_are_a_fork_and_the_first_stays(world: World) -> None:
    first, second = (segment_of(world["ML"], [report(world["ML"], t)]) for t in ("قول", "قول آخر"))
    assert arrive(world, envelope(world, first)) == Taken(new=1)
    assert arrive(world, envelope(world, second)) == Quarantined("segment.fork")
    assert arrive(world, envelope(world, first)) == Duplicate()
    assert world["NE"].titles() == ["قول"]


@pytest.mark.parametrize("backwards", [False, True])
def test_a_segment_that_does_not_follow_the_one_before_is_a_fork(world: World, backwards: bool) -> None:
    first = segment_of(world["ML"], [report(world["ML"], "الأول")])
    second = segment_of(world["ML"], [report(world["ML"], "الثاني")], number=2, previous=b"\x05" * 32)
    order = (second, first) if backwards else (first, second)
    assert isinstance(arrive(world, envelope(world, order[0])), Taken)
    assert arrive(world, envelope(world, order[1])) == Quarantined("segment.fork")
    assert len(world["NE"].titles()) == 1


def test_a_record_of_a_third_party_is_refused_alone_and_the_rest_enters(world: World) -> None:
    items = [report(world["ML"], "صحيح"), report(world["DZ"], "منقول", ("NE", "DZ"))]
    outcome = arrive(world, envelope(world, segment_of(world["ML"], items)))
    assert outcome == Taken(new=1, refused=("record.not-originator",))
    assert world["NE"].titles() == ["صحيح"]
    assert world["NE"].codes() == ["record.not-originator"]


def test_who_sends_first_under_the_id_of_anothers_record_gains_nothing(world: World) -> None:
    true = report(world["DZ"], "الأصل", ("NE", "DZ", "ML"))
    both = (Party("ML"), Party("NE"))
    stolen = under(report(world["ML"], "المنتحل"), Record(true).header.id, world["ML"].keys)
    outcome = arrive(world, envelope(world, segment_of(world["ML"], [stolen])))
    assert outcome == Taken(new=0, refused=("record.foreign-id",))
    assert arrive(world, envelope(world, segment_of(world["DZ"], [true], recipients=both))) == Taken(new=1)
    assert world["NE"].titles() == ["الأصل"]


def under(signed: Signed, record_id: bytes, keys: PartyKeys) -> Signed:
    """What a dishonest program signs: the same record under another id."""
    header = encode_header(msgspec.structs.replace(decode_header(signed.header), id=record_id))
    return Signed(header, signed.body, sign(keys, digest_of(*commit(header, signed.body))))


def test_a_record_with_a_changed_body_is_refused_alone(world: World) -> None:
    good = report(world["ML"])
    changed = msgspec.structs.replace(good, body=bytes([good.body[0] ^ 1]) + good.body[1:])
    outcome = arrive(world, envelope(world, segment_of(world["ML"], [changed])))
    assert outcome == Taken(new=0, refused=("record.bad-signature",))


def test_a_record_relabelled_after_signing_is_refused(world: World) -> None:
    node = world["ML"]
    good, wider = node.sign(["NE"], Report(title="سرّي")), node.sign(["NE", "DZ"], Report(title="سرّي"))
    spliced = msgspec.structs.replace(good.signed, header=wider.signed.header)
    outcome = arrive(world, envelope(world, segment_of(node, [spliced])))
    assert outcome == Taken(new=0, refused=("record.bad-signature",))


def test_bytes_that_are_no_record_are_refused_alone(world: World) -> None:
    items = [Signed(b"\xc1", b"x" * 20, b"y" * 64), report(world["ML"])]
    outcome = arrive(world, envelope(world, segment_of(world["ML"], items)))
    assert outcome == Taken(new=1, refused=("record.malformed",))


def test_two_contents_under_one_id_and_version_raise_an_alarm(world: World) -> None:
    node = world["ML"]
    one = node.sign(["NE"], Report(title="رواية"))
    other = node.sign(["NE"], Report(title="رواية أخرى"), id=one.header.id)
    assert arrive(world, envelope(world, segment_of(node, [one.signed]))) == Taken(new=1)
    second = segment_of(node, [other.signed], number=2, previous=segment_of(node, [one.signed]).hash)
    assert arrive(world, envelope(world, second)) == Taken(new=0, refused=("record.equivocation",))
    assert world["NE"].titles() == ["رواية"]
    assert world["NE"].codes() == ["record.equivocation"]


def test_the_originator_learns_why_a_record_was_refused(world: World) -> None:
    node = world["ML"]
    record = node.sign(["NE", "DZ"], Report(title="أُرسل إلى واحد فقط"))
    with node.store.write() as tx:
        tx.append(record, received_ms=0)
        tx.queue(record.digest, (Party("NE"),))
    world.settle()
    assert world["NE"].ids() == set()
    with node.store.read() as rx:
        (line,) = rx.receipts(record.header.id)
        assert (line.party, line.state, line.reason) == ("NE", "refused", "record.audience-mismatch")


@pytest.mark.parametrize("body", [Recall(title="سحب", record="ليس معرّفًا"), Grant(title="إذن", record="x")])
def test_an_id_that_is_none_refuses_its_record_and_no_more(world: World, body: Body) -> None:
    node = world["ML"]
    items = [node.sign(["NE"], body).signed, report(node, "سليم")]
    outcome = arrive(world, envelope(world, segment_of(node, items)))
    assert outcome == Taken(new=1, refused=("record.bad-field",))
    assert world["NE"].titles() == ["سليم"]


def test_a_receipt_for_what_is_no_record_is_refused(world: World) -> None:
    node = world["ML"]
    receipt = Receipt(title="receipt", lines=(ReceiptLine(record="x"),))
    outcome = arrive(world, envelope(world, segment_of(node, [node.sign(["NE"], receipt).signed])))
    assert outcome == Taken(new=0, refused=("record.bad-field",))


def test_a_digest_in_place_of_a_deleted_record_enters_nothing(world: World) -> None:
    outcome = arrive(world, envelope(world, segment_of(world["ML"], [Buried(b"\x07" * 32)])))
    assert outcome == Taken(new=0)
    assert world["NE"].ids() == set()


def heads(node: Node, *found: Head, after_ms: int = 1000, **changes: Any) -> Any:
    given_: dict[str, Any] = {
        "originator": node.party,
        "to": Party("NE"),
        "created_ms": millis(node.clock.now()) + after_ms,
        "epoch": 1,
        "signer": node.keys.signer_id,
        "heads": found,
    }
    return sign_note(HeadList(**given_ | changes), node.keys)


def test_a_head_list_with_another_hash_than_what_came_is_a_fork(world: World) -> None:
    arrive(world, envelope(world, segment_of(world["ML"], [report(world["ML"])])))
    arrive(world, envelope(world, heads(world["ML"], Head((Party("NE"),), 1, b"\x09" * 32, 0))))
    assert world["NE"].codes() == ["feed.fork"]


def test_a_head_list_that_goes_back_is_a_rollback(world: World) -> None:
    node, first = world["ML"], segment_of(world["ML"], [report(world["ML"])])
    arrive(world, envelope(world, first))
    arrive(world, envelope(world, segment_of(node, [report(node)], number=2, previous=first.hash)))
    arrive(world, envelope(world, heads(node, Head((Party("NE"),), 1, first.hash, 0))))
    assert world["NE"].codes() == ["feed.rolled-back"]


def test_an_older_head_list_that_comes_late_says_nothing(world: World) -> None:
    node, first = world["ML"], segment_of(world["ML"], [report(world["ML"])])
    arrive(world, envelope(world, heads(node, after_ms=2000)))
    arrive(world, envelope(world, first))
    arrive(world, envelope(world, heads(node, Head((Party("NE"),), 1, b"\x09" * 32, 0), after_ms=1000)))
    assert world["NE"].codes() == []


def test_a_head_list_for_somebody_else_is_refused(world: World) -> None:
    refused(world, envelope(world, heads(world["ML"], to=Party("DZ"))), "note.wrong-recipient")


def test_the_same_bytes_stand_in_quarantine_once(world: World) -> None:
    for _ in range(3):
        assert arrive(world, b"\x01" + bytes(60)) == Quarantined("frame.size")
    assert world["NE"].codes() == ["frame.size"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**16), st.integers(1, 255))
def test_any_change_of_a_frame_is_refused_as_a_whole(world: World, place: int, flip: int) -> None:
    raw = bytearray(envelope(world, segment_of(world["ML"], [report(world["ML"])])))
    raw[place % len(raw)] ^= flip
    assert isinstance(arrive(world, bytes(raw)), Quarantined)
    assert world["NE"].ids() == set()


@pytest.mark.parametrize("spoilt", ["digest", "signature"])
def test_a_segment_sealed_again_without_its_record_does_not_keep_the_genuine_one_out(
    world: World, spoilt: str
) -> None:
    good = segment_of(world["ML"], [report(world["ML"], "سليم")])
    (item,) = good.items
    assert isinstance(item, Signed)
    bare = (
        Buried(good.digests[0]) if spoilt == "digest" else msgspec.structs.replace(item, signature=bytes(64))
    )
    forestalled = Segment(good.raw_head, (bare,), good.signature)
    assert not getattr(arrive(world, envelope(world, forestalled)), "new", 1)
    assert world["NE"].titles() == []
    assert arrive(world, envelope(world, good)) == Taken(new=1)
    assert arrive(world, envelope(world, good)) == Duplicate()
    assert arrive(world, envelope(world, forestalled)) == Duplicate()
    assert world["NE"].titles() == ["سليم"]
