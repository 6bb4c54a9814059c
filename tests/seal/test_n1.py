"""What the release before wrote is still read: a frame of every content, as commit 27d512f made them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tansiq.model.charter import Charter, SignedCharter
from tansiq.policy.charter import decode_charter, verify_charter
from tansiq.seal import Note, Segment, unframe, unpack, unseal, verify_note, verify_record, verify_segment

FOLDER = Path(__file__).parents[1] / "vectors" / "n1"
WIRE: dict[str, Any] = json.loads((FOLDER / "wire.json").read_text(encoding="utf8"))
UNTAGGED = "segment with an id without a tag"
NAMES = ("segment by columns", "segment by rows", "head list", "resend request", "blob wish", "blob part")


def opened(name: str) -> Any:
    envelope = unframe(bytes.fromhex(WIRE["frames"][name]), mailboxes=[bytes.fromhex(WIRE["mailbox"])])
    return unpack(unseal(envelope.sealed, [WIRE["identity"]]))


def charter() -> Charter:
    return decode_charter(msgspec.msgpack.decode(bytes.fromhex(WIRE["charter"]), type=SignedCharter).charter)


@pytest.mark.parametrize("name", NAMES[:2])
def test_a_segment_of_the_release_before_is_read_and_verified(name: str) -> None:
    segment = opened(name)
    assert isinstance(segment, Segment)
    assert segment.hash.hex() == WIRE["segment_hash"]
    assert verify_segment(segment, charter(), me="NE") is None  # type: ignore[arg-type]
    (record,) = segment.records
    assert record.digest.hex() == WIRE["record_digest"]
    assert verify_record(record, charter()) is None
    assert record.body.title == "غرب الهضبة"


@pytest.mark.parametrize("name", NAMES[2:])
def test_a_note_of_the_release_before_is_read_and_verified(name: str) -> None:
    note = opened(name)
    assert isinstance(note, Note)
    assert verify_note(note, charter(), me="NE") is None  # type: ignore[arg-type]


def test_a_charter_of_the_release_before_is_read_and_verified() -> None:
    signed = opened("charter")
    assert isinstance(signed, SignedCharter)
    assert isinstance(verify_charter(signed, previous=None), Charter)


def test_every_content_of_the_wire_has_a_vector() -> None:
    assert set(WIRE["frames"]) == {*NAMES, "charter", UNTAGGED}


def test_a_record_whose_id_bears_no_tag_is_read_and_refused_for_that_alone() -> None:
    (record,) = opened(UNTAGGED).records
    refused = verify_record(record, charter())
    assert refused is not None
    assert refused.reason == "record.foreign-id"
