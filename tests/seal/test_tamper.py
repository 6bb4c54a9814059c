"""What a carrier, a recipient or a thief may try, and the reason each attempt is refused with."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tansiq.base.errors import TansiqError
from tansiq.base.ids import SeededEntropy, owned, owns
from tansiq.base.messages import LANGS, messages
from tansiq.base.refusal import Refusal
from tansiq.model.charter import Charter, LastGood
from tansiq.model.label import Party, label
from tansiq.model.record import Author, Record, Signed, commit, decode_header, digest_of, encode_header
from tansiq.seal import (
    BadFrame,
    Buried,
    FeedPosition,
    HeadList,
    Item,
    NotForUs,
    PartyKeys,
    Segment,
    SegmentHead,
    frame,
    generate,
    pack,
    seal,
    sign_note,
    sign_record,
    sign_segment,
    unframe,
    unpack,
    unseal,
    verify_note,
    verify_record,
    verify_segment,
)
from tansiq.seal.envelope import Altered, stanzas_for
from tansiq.seal.keys import sign
from tansiq.seal.segment import decode_head, encode_head
from tansiq.seal.sign import ForeignId, NotOurs
from tests.federation import DAY_MS, FOUR, START_MS, federation, header_of, record_of

FED = federation()
ML, NE, FR = (FED.keys[p] for p in ("ML", "NE", "FR"))
SALTS = SeededEntropy("ملح")
OTHERS = tuple(Party(p) for p in ("DZ", "MR", "NE"))
MAILBOX = b"m" * 16


def body(text: str = "شوهدت ست شاحنات") -> bytes:
    return SALTS.take(16) + msgspec.msgpack.encode({"title": "تقرير", "text": text})


def head(keys: PartyKeys = ML, **changes: Any) -> SegmentHead:
    given: dict[str, Any] = {
        "originator": keys.party,
        "recipients": OTHERS,
        "number": 2,
        "previous": b"p" * 32,
        "epoch": 1,
        "signer": keys.signer_id,
        "created_ms": START_MS,
        "priority": 3,
    }
    return SegmentHead(**given | changes)


def segment(*items: Item, keys: PartyKeys = ML, **changes: Any) -> Segment:
    return sign_segment(head(keys, **changes), items, keys)


def reason(found: Refusal | None) -> str | None:
    return None if found is None else found.reason


def record_reason(signed: Signed, charter: Charter = FED.charter, **given: Any) -> str | None:
    return reason(verify_record(Record(signed), charter, **given))


def segment_reason(made: Segment, charter: Charter = FED.charter, **given: Any) -> str | None:
    return reason(verify_segment(made, charter, me=NE.party, **given))


def with_party(code: str, **changes: Any) -> Charter:
    parties = tuple(
        msgspec.structs.replace(p, **changes) if p.code == code else p for p in FED.charter.parties
    )
    return msgspec.structs.replace(FED.charter, parties=parties)


def revoked(at_ms: int, *last_good: LastGood) -> Charter:
    key = msgspec.structs.replace(ML.sign_key(from_ms=0), revoked_ms=at_ms, last_good=last_good)
    return with_party("ML", sign_keys=(key,))


GOOD = record_of(ML, FOUR, body())
SEALED = seal(pack(segment(GOOD)), [NE.recipient, FED.keys["DZ"].recipient], entropy=SALTS)
FRAMED = frame(MAILBOX, SEALED)


def test_what_is_genuine_is_taken() -> None:
    assert record_reason(GOOD) is None
    assert segment_reason(segment(GOOD)) is None


@settings(max_examples=500, deadline=None)
@given(st.integers(0, 8 * len(FRAMED) - 1))
def test_a_frame_with_any_bit_flipped_is_refused_with_a_code(bit: int) -> None:
    raw = bytearray(FRAMED)
    raw[bit // 8] ^= 1 << bit % 8
    with pytest.raises(TansiqError) as refused:
        unseal(unframe(bytes(raw), mailboxes={MAILBOX}).sealed, NE.seal_identities)
    assert refused.value.code in {
        "frame.version",
        "frame.wrong-mailbox",
        "frame.size",
        "seal.altered",
        "seal.not-for-us",
    }


@pytest.mark.parametrize("size", [0, 1, 20, 21, 200, -1])
def test_a_frame_cut_short_is_refused(size: int) -> None:
    with pytest.raises((BadFrame, Altered)):
        unseal(unframe(FRAMED[:size]).sealed, NE.seal_identities)


def test_a_frame_made_longer_is_refused() -> None:
    with pytest.raises(BadFrame):
        unframe(FRAMED + b"\0")


def test_a_party_that_is_no_recipient_opens_nothing() -> None:
    with pytest.raises(NotForUs):
        unseal(SEALED, FR.seal_identities)


@pytest.mark.parametrize(("audience", "stanzas"), [(1, 2), (2, 2), (3, 4), (4, 4), (5, 8), (11, 16)])
def test_the_number_of_stanzas_does_not_tell_the_size_of_the_audience(audience: int, stanzas: int) -> None:
    recipients = [k.recipient for k in list(FED.keys.values())[:audience]]
    sealed = seal(b"x", recipients, entropy=SALTS)
    assert stanzas_for(audience) == stanzas == sealed.count(b"-> X25519 ")


def test_one_recipient_named_twice_is_one() -> None:
    assert seal(b"x", [NE.recipient] * 3, entropy=SALTS).count(b"-> X25519 ") == 2


def test_what_a_carrier_holds_names_nobody() -> None:
    for word in ("NE", "ML-", "report", NE.recipient, "شوهدت"):
        assert word.encode() not in FRAMED[21:] or len(word) < 3


def altered(**changes: Any) -> Signed:
    """The good record with its header changed after signing."""
    changed = msgspec.structs.replace(decode_header(GOOD.header), **changes)
    return Signed(encode_header(changed), GOOD.body, GOOD.signature)


@pytest.mark.parametrize(
    "changes",
    [
        {"label": label([*FOUR, "FR"])},
        {"label": label(FOUR, level="open")},
        {"label": label(["*"], level="open")},
        {"created_ms": START_MS + 1},
        {"version": 2},
        {"id": owned(b"\x01" * 16, "ML")},
        {"kind": "grant/2"},
        {"author": Author("غيره")},
        {"registry": "و/1"},
        {"priority": 0},
    ],
)
def test_a_record_relabelled_or_replayed_under_a_new_id_is_refused(changes: dict[str, Any]) -> None:
    assert record_reason(altered(**changes)) == "record.bad-signature"


def test_a_body_spliced_under_another_label_is_refused() -> None:
    other = record_of(ML, ["ML"], body("سري"))
    assert record_reason(Signed(GOOD.header, other.body, GOOD.signature)) == "record.bad-signature"
    assert record_reason(Signed(GOOD.header, other.body, other.signature)) == "record.bad-signature"


def test_the_same_text_under_another_salt_is_another_record() -> None:
    salted = Signed(GOOD.header, b"z" * 16 + GOOD.body[16:], GOOD.signature)
    assert record_reason(salted) == "record.bad-signature"


def test_a_record_attributed_to_another_party_is_refused() -> None:
    assert record_reason(altered(originator=NE.party)) == "record.not-originator"
    assert record_reason(altered(originator=NE.party, signer=NE.signer_id)) == "record.foreign-id"
    assert record_reason(altered(signer="ML-xxxxxx")) == "record.unknown-signer"
    assert record_reason(altered(originator=Party("XX"), signer="XX-1")) == "record.unknown-signer"


def test_nobody_signs_or_sends_under_the_id_of_anothers_record() -> None:
    stolen = msgspec.structs.replace(header_of(NE, FOUR), id=decode_header(GOOD.header).id)
    with pytest.raises(ForeignId):
        sign_record(stolen, body(), NE)
    raw = encode_header(stolen)
    genuine = Signed(raw, body(), sign(NE, digest_of(*commit(raw, body()))))
    assert record_reason(genuine) == "record.foreign-id"


@given(st.binary(min_size=16, max_size=16), st.text(max_size=5), st.text(max_size=5))
def test_an_id_bears_the_tag_of_its_originator_alone(raw: bytes, one: str, other: str) -> None:
    mine = owned(raw, one)
    assert owns(one, mine)
    assert mine[:12] == raw[:12]
    assert owns(other, mine) == (one == other)


def test_a_party_signs_with_its_own_key_in_its_own_name() -> None:
    with pytest.raises(NotOurs):
        sign_record(header_of(NE, FOUR), body(), ML)
    forged = msgspec.structs.replace(header_of(NE, FOUR), originator=NE.party, signer=NE.signer_id)
    signed = sign_record(forged, body(), PartyKeys(NE.party, NE.signer_id, ML.seed, ML.seal_identities))
    assert record_reason(signed) == "record.bad-signature"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"recipients": (*OTHERS[:2], Party("OMB"))}, "segment.wrong-recipient"),
        ({"epoch": 2}, "segment.newer-epoch"),
        ({"created_ms": START_MS - 3 * DAY_MS}, "segment.key-not-valid"),
    ],
)
def test_a_segment_that_is_not_for_here_and_now_is_refused(changes: dict[str, Any], expected: str) -> None:
    assert segment_reason(segment(GOOD, **changes)) == expected


def test_a_recipient_cannot_pass_a_segment_on_to_another_party() -> None:
    assert reason(verify_segment(segment(GOOD), FED.charter, me=FR.party)) == "segment.wrong-recipient"


@pytest.mark.parametrize(
    "changed",
    [
        lambda s: Segment(s.raw_head, (*s.items, s.items[0]), s.signature),
        lambda s: Segment(s.raw_head, s.items[1:], s.signature),
        lambda s: Segment(s.raw_head, s.items[::-1], s.signature),
        lambda s: Segment(s.raw_head, (Buried(b"d" * 32), *s.items[1:]), s.signature),
        lambda s: Segment(encode_head(head(number=3)), s.items, s.signature),
        lambda s: Segment(encode_head(head(priority=0)), s.items, s.signature),
        lambda s: Segment(encode_head(head(previous=b"x" * 32)), s.items, s.signature),
        lambda s: Segment(s.raw_head, s.items, bytes(64)),
        lambda s: Segment(s.raw_head, s.items, b""),
    ],
)
def test_a_segment_changed_after_signing_is_refused(changed: Any) -> None:
    made = segment(GOOD, record_of(ML, FOUR, body("آخر"), id=b"\x02" * 16))
    assert segment_reason(changed(made)) == "segment.bad-signature"


def test_a_buried_item_stands_for_exactly_the_record_it_was() -> None:
    made = segment(GOOD)
    resent = Segment(made.raw_head, (Buried(Record(GOOD).digest),), made.signature)
    assert resent.hash == made.hash
    assert segment_reason(resent) is None


def test_a_segment_made_under_an_older_epoch_after_the_newer_was_issued_is_stale() -> None:
    newer = msgspec.structs.replace(FED.charter, epoch=2, issued_ms=START_MS)
    assert segment_reason(segment(GOOD), newer) == "segment.stale-epoch"
    assert segment_reason(segment(GOOD, created_ms=START_MS - 1), newer) is None
    assert segment_reason(segment(GOOD, epoch=2), newer) is None


def test_a_suspended_party_signs_nothing_from_then_on() -> None:
    suspended = with_party("ML", suspended_ms=START_MS)
    assert record_reason(GOOD, suspended) == "record.suspended"
    assert segment_reason(segment(GOOD), suspended) == "segment.suspended"
    assert record_reason(record_of(ML, FOUR, body(), created_ms=START_MS - 1), suspended) is None


def test_a_party_that_has_left_signs_nothing_from_then_on() -> None:
    assert record_reason(GOOD, with_party("ML", until_ms=START_MS)) == "record.key-not-valid"


def test_a_key_counts_from_its_first_moment_and_until_its_last() -> None:
    for from_ms, until_ms, expected in (
        (START_MS, START_MS + 1, None),
        (START_MS + 1, None, "record.key-not-valid"),
        (0, START_MS, "record.key-not-valid"),
    ):
        key = ML.sign_key(from_ms=from_ms, until_ms=until_ms)
        assert record_reason(GOOD, with_party("ML", sign_keys=(key,))) == expected


def test_an_old_key_still_proves_what_it_signed() -> None:
    new = generate(Party("ML"), entropy=SALTS)
    old = ML.sign_key(from_ms=0, until_ms=START_MS + 1)
    rotated = with_party("ML", sign_keys=(old, new.sign_key(from_ms=START_MS + 1)))
    assert record_reason(GOOD, rotated) is None
    assert (
        record_reason(record_of(ML, FOUR, body(), created_ms=START_MS + 1), rotated) == "record.key-not-valid"
    )
    assert record_reason(record_of(new, FOUR, body(), created_ms=START_MS + 1), rotated) is None


def test_a_revoked_key_signs_nothing_from_the_revocation_on() -> None:
    assert record_reason(GOOD, revoked(START_MS)) == "record.revoked-key"
    assert segment_reason(segment(GOOD), revoked(START_MS)) == "segment.revoked-key"


def test_a_thief_who_writes_an_early_date_is_stopped_by_the_last_good_number() -> None:
    feed = head().feed
    charter = revoked(START_MS + DAY_MS, LastGood(feed, 2))
    assert segment_reason(segment(GOOD, number=2), charter) is None
    assert segment_reason(segment(GOOD, number=3), charter) == "segment.revoked-key"
    assert record_reason(GOOD, charter, position=FeedPosition(feed, 3)) == "record.revoked-key"
    assert record_reason(GOOD, charter, position=FeedPosition(feed, 2)) is None


def test_a_feed_that_no_revocation_names_holds_nothing_good() -> None:
    charter = revoked(START_MS + DAY_MS)
    assert segment_reason(segment(GOOD), charter) == "segment.revoked-key"
    assert segment_reason(segment(GOOD), charter, last_good=2) is None
    assert segment_reason(segment(GOOD, number=3), charter, last_good=2) == "segment.revoked-key"


def note(**changes: Any) -> HeadList:
    given: dict[str, Any] = {
        "originator": ML.party,
        "to": NE.party,
        "created_ms": START_MS,
        "epoch": 1,
        "signer": ML.signer_id,
    }
    return HeadList(**given | changes)


def test_a_note_is_taken_only_from_its_originator_and_by_its_addressee() -> None:
    signed = sign_note(note(), ML)
    assert verify_note(signed, FED.charter, me=NE.party) is None
    assert reason(verify_note(signed, FED.charter, me=FR.party)) == "note.wrong-recipient"
    assert reason(verify_note(signed, with_party("ML", suspended_ms=0), me=NE.party)) == "note.suspended"
    other = sign_note(note(epoch=2), ML)
    forged = type(signed)(other.content, other.raw, signed.signature)
    assert reason(verify_note(forged, FED.charter, me=NE.party)) == "note.bad-signature"
    thief = PartyKeys(ML.party, ML.signer_id, NE.seed, NE.seal_identities)
    assert reason(verify_note(sign_note(note(), thief), FED.charter, me=NE.party)) == "note.bad-signature"
    foreign = sign_note(
        note(originator=NE.party, signer=ML.signer_id), PartyKeys(NE.party, ML.signer_id, NE.seed, ())
    )
    assert reason(verify_note(foreign, FED.charter, me=NE.party)) == "note.not-originator"


@pytest.mark.parametrize(
    "changes",
    [
        {"number": 0},
        {"number": 1},
        {"previous": None},
        {"previous": b"short"},
        {"recipients": ()},
        {"recipients": (Party("NE"), Party("DZ"))},
        {"recipients": (Party("ML"), Party("NE"))},
    ],
)
def test_a_head_whose_parts_do_not_agree_is_malformed(changes: dict[str, Any]) -> None:
    with pytest.raises(TansiqError) as refused:
        decode_head(encode_head(head(**changes)))
    assert refused.value.code == "segment.malformed"


def test_a_packed_segment_with_such_a_head_is_not_even_read() -> None:
    made = segment(GOOD, number=1)
    with pytest.raises(TansiqError) as refused:
        unpack(pack(made))
    assert refused.value.code == "segment.malformed"


def test_every_reason_of_a_refusal_has_words_in_each_language() -> None:
    kinds = ("bad-signature", "unknown-signer", "not-originator", "key-not-valid", "revoked-key", "suspended")
    reasons = [f"{of}.{kind}" for of in ("record", "segment", "note") for kind in kinds]
    reasons += [
        "segment.wrong-recipient",
        "segment.newer-epoch",
        "segment.stale-epoch",
        "note.wrong-recipient",
    ]
    lacking = [(lang, r) for lang in LANGS for r in reasons if f"refusals.{r}" not in messages(lang)]
    assert not lacking
