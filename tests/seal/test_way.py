"""The whole way of a segment: signed, packed, sealed, framed, and back at a recipient."""

from __future__ import annotations

import msgspec
import pytest

from tansiq.base.ids import SeededEntropy
from tansiq.model.record import Record
from tansiq.seal import (
    NotForUs,
    Segment,
    SegmentHead,
    frame,
    pack,
    seal,
    sign_segment,
    unframe,
    unpack,
    unseal,
    verify_record,
    verify_segment,
)
from tests.federation import FOUR, START, START_MS, Federation, federation, record_of

BODY = bytes(16) + msgspec.msgpack.encode({"title": "تقرير", "text": "شوهدت ست شاحنات غرب الهضبة"})


@pytest.fixture(scope="module")
def fed() -> Federation:
    return federation()


def segment(fed: Federation, number: int = 1, count: int = 3) -> Segment:
    keys = fed.keys["ML"]
    head = SegmentHead(
        originator=keys.party,
        recipients=tuple(k.party for p, k in sorted(fed.keys.items()) if p in FOUR and p != "ML"),
        number=number,
        previous=None if number == 1 else bytes(32),
        epoch=1,
        signer=keys.signer_id,
        created_ms=START_MS,
        priority=3,
    )
    items = tuple(record_of(keys, FOUR, BODY, id=i.to_bytes(16, "big")) for i in range(count))
    return sign_segment(head, items, keys)


def test_a_segment_arrives_as_it_was_signed(fed: Federation) -> None:
    sent = segment(fed)
    recipients = [r for p in sent.head.recipients if (r := fed.charter.recipient(p, now=START))]
    raw = frame(bytes(16), seal(pack(sent), recipients, entropy=SeededEntropy("s")))
    came = unpack(unseal(unframe(raw).sealed, fed.keys["NE"].seal_identities))
    assert came == sent
    assert isinstance(came, Segment)
    assert verify_segment(came, fed.charter, me=fed.keys["NE"].party) is None
    assert [verify_record(Record(i), fed.charter) for i in came.items if not hasattr(i, "digest")] == [
        None
    ] * 3


def test_a_party_outside_the_recipients_cannot_open_it(fed: Federation) -> None:
    sent = segment(fed)
    recipients = [r for p in sent.head.recipients if (r := fed.charter.recipient(p, now=START))]
    sealed = seal(pack(sent), recipients, entropy=SeededEntropy("s"))
    with pytest.raises(NotForUs):
        unseal(sealed, fed.keys["FR"].seal_identities)
