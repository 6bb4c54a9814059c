"""Each refusal of a record, segment or note says its reason and names what it is about."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tansiq.base.ids import SeededEntropy
from tansiq.base.refusal import Refusal
from tansiq.model.charter import Charter, KeyId, LastGood
from tansiq.model.label import Party
from tansiq.model.record import Record, Signed, commit, digest_of, encode_header
from tansiq.policy.charter import PartyEntry
from tansiq.seal import (
    FeedPosition,
    Note,
    PartyKeys,
    ResendRequest,
    Segment,
    SegmentHead,
    sign_note,
    sign_segment,
    verify_note,
    verify_record,
    verify_segment,
)
from tansiq.seal.keys import generate, sign
from tests.federation import DAY_MS, START_MS, federation, header_of, record_of

FED = federation()
ML, NE = FED.keys["ML"], FED.keys["NE"]
ME, OTHER = Party("NE"), Party("DZ")
BODY = b"s" * 16 + msgspec.msgpack.encode({"title": "تقرير", "text": "شوهدت ست شاحنات"})
STRANGER = PartyKeys(Party("ML"), KeyId("ML-غريب"), ML.seed, ML.seal_identities)


def changed(party: str, **changes: Any) -> Charter:
    """The charter with one party's entry changed."""
    entries = tuple(
        msgspec.structs.replace(p, **changes) if p.code == party else p for p in FED.charter.parties
    )
    return msgspec.structs.replace(FED.charter, parties=entries)


def keyed(party: str, **changes: Any) -> Charter:
    """The charter with one party's sign key changed."""
    entry = FED.charter.party(party)
    assert isinstance(entry, PartyEntry)
    return changed(party, sign_keys=tuple(msgspec.structs.replace(k, **changes) for k in entry.sign_keys))


def record(keys: PartyKeys = ML, **changes: Any) -> Record:
    return Record(record_of(keys, ["DZ", "ML", "NE"], BODY, **changes))


def segment(keys: PartyKeys = ML, **changes: Any) -> Segment:
    given: dict[str, Any] = {
        "originator": keys.party,
        "recipients": (OTHER, ME),
        "number": 2,
        "previous": b"p" * 32,
        "epoch": 1,
        "signer": keys.signer_id,
        "created_ms": START_MS,
        "priority": 3,
    }
    return sign_segment(SegmentHead(**given | changes), (record(ML).signed,), keys)


def spoilt(signed: Signed) -> Record:
    """The record with a signature that is another's."""
    return Record(Signed(signed.header, signed.body, bytes(64)))


REVOKED = START_MS - DAY_MS // 2
CASES: list[tuple[str, Charter, PartyKeys, frozenset[str]]] = [
    ("unknown-signer", FED.charter, STRANGER, frozenset({"ML-غريب"})),
    ("suspended", changed("ML", suspended_ms=START_MS), ML, frozenset({"ML"})),
    ("key-not-valid", changed("ML", until_ms=START_MS), ML, frozenset({"ML"})),
    ("key-not-valid", keyed("ML", from_ms=START_MS + 1), ML, frozenset({ML.signer_id})),
    ("key-not-valid", keyed("ML", until_ms=START_MS), ML, frozenset({ML.signer_id})),
    ("revoked-key", keyed("ML", revoked_ms=START_MS), ML, frozenset({ML.signer_id})),
]
NAMES = ["unknown", "suspended", "ended", "not yet", "over", "revoked"]


@pytest.mark.parametrize(("reason", "charter", "keys", "missing"), CASES, ids=NAMES)
def test_a_signer_who_does_not_count_is_named(
    reason: str, charter: Charter, keys: PartyKeys, missing: frozenset[str]
) -> None:
    assert verify_record(record(keys), charter) == Refusal(f"record.{reason}", missing)
    assert verify_segment(segment(keys), charter, me=ME) == Refusal(f"segment.{reason}", missing)
    note = sign_note(request(keys), keys)
    assert verify_note(note, charter, me=ME) == Refusal(f"note.{reason}", missing)


EDGES = [
    changed("ML", suspended_ms=START_MS + 1),
    changed("ML", until_ms=START_MS + 1),
    keyed("ML", from_ms=START_MS),
    keyed("ML", until_ms=START_MS + 1),
]


@pytest.mark.parametrize("charter", EDGES, ids=["suspended", "ended", "begins", "over"])
def test_up_to_the_very_moment_a_signer_counts(charter: Charter) -> None:
    assert verify_record(record(), charter) is None
    assert verify_segment(segment(), charter, me=ME) is None


def test_a_key_of_another_party_is_named_with_its_owner() -> None:
    forged = PartyKeys(Party("ML"), NE.signer_id, NE.seed, NE.seal_identities)
    named = frozenset({str(NE.signer_id), "NE"})
    assert verify_record(record(forged), FED.charter) == Refusal("record.not-originator", named)


def test_an_id_that_is_anothers_is_refused_by_the_originators_name() -> None:
    header = msgspec.structs.replace(header_of(ML, ["ML", "NE"]), id=header_of(NE, ["ML", "NE"]).id)
    raw = encode_header(header)
    signed = Signed(raw, BODY, sign(ML, digest_of(*commit(raw, BODY))))
    assert verify_record(Record(signed), FED.charter) == Refusal("record.foreign-id", frozenset({"ML"}))


def test_a_spoilt_signature_is_refused_by_the_signers_name() -> None:
    signer = frozenset({str(ML.signer_id)})
    assert verify_record(spoilt(record().signed), FED.charter) == Refusal("record.bad-signature", signer)
    sent = segment()
    broken = Segment(sent.raw_head, sent.items, bytes(64))
    assert verify_segment(broken, FED.charter, me=ME) == Refusal("segment.bad-signature", signer)
    note = sign_note(request(ML), ML)
    torn = Note(note.content, note.raw, bytes(64))
    assert verify_note(torn, FED.charter, me=ME) == Refusal("note.bad-signature", signer)


def request(keys: PartyKeys) -> ResendRequest:
    return ResendRequest(
        originator=keys.party,
        to=ME,
        created_ms=START_MS,
        epoch=1,
        signer=keys.signer_id,
        recipients=(ME,),
        numbers=(1,),
    )


def test_whoever_it_is_not_for_is_named() -> None:
    me = Party("FR")
    assert verify_segment(segment(), FED.charter, me=me) == Refusal(
        "segment.wrong-recipient", frozenset({"FR"})
    )
    note = sign_note(request(ML), ML)
    assert verify_note(note, FED.charter, me=me) == Refusal("note.wrong-recipient", frozenset({"FR"}))


def test_an_epoch_that_is_not_ours_is_named() -> None:
    newer = verify_segment(segment(epoch=2), FED.charter, me=ME)
    assert newer == Refusal("segment.newer-epoch", frozenset({"2"}))
    third = msgspec.structs.replace(FED.charter, epoch=3, issued_ms=START_MS)
    assert verify_segment(segment(), third, me=ME) == Refusal("segment.stale-epoch", frozenset({"1"}))
    later = msgspec.structs.replace(third, issued_ms=START_MS + 1)
    assert verify_segment(segment(), later, me=ME) is None
    assert verify_segment(segment(epoch=3), third, me=ME) is None


def revoked(**changes: Any) -> Charter:
    return keyed("ML", revoked_ms=START_MS + 1, **changes)


@pytest.mark.parametrize(
    ("named", "told", "number", "good"),
    [
        ((), None, 1, False),
        ((2,), None, 2, True),
        ((2,), None, 3, False),
        ((), 2, 2, True),
        ((), 2, 3, False),
        ((1,), 3, 3, True),
        ((3,), 1, 3, True),
        ((3,), 1, 4, False),
    ],
)
def test_a_revoked_key_counts_up_to_its_last_good_number(
    named: tuple[int, ...], told: int | None, number: int, *, good: bool
) -> None:
    sent = segment(number=number, previous=None if number == 1 else b"p" * 32)
    charter = revoked(last_good=tuple(LastGood(sent.head.feed, n) for n in named))
    found = verify_segment(sent, charter, me=ME, last_good=told)
    assert (found is None) == good
    position = FeedPosition(sent.head.feed, number, told)
    assert (verify_record(record(), charter, position=position) is None) == good


def test_before_its_revocation_a_record_without_a_place_in_a_feed_counts() -> None:
    assert verify_record(record(), revoked()) is None


def test_a_signers_id_has_six_digits_of_its_key() -> None:
    made = generate(Party("ML"), entropy=SeededEntropy("مفتاح"))
    assert made.signer_id == f"ML-{made.public.hex()[:6]}"
    ends = made.seal_key(from_ms=1, until_ms=2)
    assert (ends.from_ms, ends.until_ms, ends.id) == (1, 2, f"{made.signer_id}-seal")
