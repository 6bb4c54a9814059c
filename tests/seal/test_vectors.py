"""What is written down for other implementers is what this program reads and writes."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyrage
import pytest

from tansiq.model.label import label_bytes
from tansiq.model.record import Record, Signed
from tansiq.policy.charter import charter_hash, verify_charter
from tansiq.seal import Note, Segment, feed_id, pack, unframe, unpack, unseal, verify
from tests.seal.make_vectors import IDENTITIES, cast, the_charter, the_label, the_record, the_segment

KEYS = cast(IDENTITIES["ML"], IDENTITIES["NE"])


def vector(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(f"tests/vectors/{name}.json").read_text(encoding="utf8"))
    return found


@pytest.fixture
def record() -> dict[str, Any]:
    return vector("record")


@pytest.fixture
def segment() -> dict[str, Any]:
    return vector("segment")


def test_a_label_has_the_bytes_written_down(record: dict[str, Any]) -> None:
    assert label_bytes(the_label()).hex() == record["label"]


def test_a_record_has_the_bytes_hashes_and_signature_written_down(record: dict[str, Any]) -> None:
    made = the_record(KEYS.ml)
    written = Signed(*(bytes.fromhex(record[part]) for part in ("header", "body", "signature")))
    assert made == written
    found = Record(written)
    assert found.digest.hex() == record["digest"]
    assert [part.hex() for part in found.commitments] == [record["header_hash"], record["body_hash"]]
    assert verify(bytes.fromhex(record["sign_public"]), found.digest, written.signature)


def test_a_segment_has_the_head_hash_and_signature_written_down(segment: dict[str, Any]) -> None:
    made = the_segment(KEYS.ml)
    assert (made.raw_head.hex(), made.hash.hex(), made.signature.hex()) == (
        segment["head"],
        segment["hash"],
        segment["signature"],
    )
    assert [d.hex() for d in made.digests] == segment["digests"]
    assert feed_id("ML", ["NE"]).hex() == segment["feed"]


def test_packed_bytes_written_down_are_read_as_that_segment(segment: dict[str, Any]) -> None:
    assert unpack(bytes.fromhex(segment["packed"])) == the_segment(KEYS.ml)
    assert unpack(pack(the_segment(KEYS.ml))) == the_segment(KEYS.ml)


def test_a_head_list_written_down_is_read_and_its_signature_holds(segment: dict[str, Any]) -> None:
    note = unpack(bytes.fromhex(segment["note_packed"]))
    assert isinstance(note, Note)
    assert (note.raw.hex(), note.hash.hex(), note.signature.hex()) == (
        segment["note"],
        segment["note_hash"],
        segment["note_signature"],
    )
    assert verify(KEYS.ml.public, note.hash, note.signature)


def test_a_frame_written_down_opens_with_the_identity_beside_it(segment: dict[str, Any]) -> None:
    framed = unframe(bytes.fromhex(segment["frame"]))
    assert framed.mailbox.hex() == segment["mailbox"]
    came = unpack(unseal(framed.sealed, [segment["identity"]]))
    assert isinstance(came, Segment)
    assert came == the_segment(KEYS.ml)


def test_what_stands_behind_the_frames_21_bytes_is_a_plain_age_file(segment: dict[str, Any]) -> None:
    sealed = bytes.fromhex(segment["frame"])[21:]
    assert sealed.startswith(b"age-encryption.org/v1\n-> ")
    opened = pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(segment["identity"])])
    assert unpack(opened) == the_segment(KEYS.ml)


def test_a_charter_has_the_bytes_and_signatures_written_down() -> None:
    written, made = vector("charter"), the_charter(KEYS)
    assert made.charter.hex() == written["charter"]
    assert charter_hash(made.charter).hex() == written["hash"]
    assert [s.signature.hex() for s in made.signatures] == [s["signature"] for s in written["signatures"]]
    assert verify_charter(made, previous=None)


def test_the_dictionary_is_the_one_that_was_shipped_under_its_number() -> None:
    written = vector("dictionary")
    raw = files("tansiq.seal").joinpath(f"dictionary-{written['number']}.zdict").read_bytes()
    assert (len(raw), hashlib.sha256(raw).hexdigest()) == (written["size_bytes"], written["sha256"])
    assert len(raw) <= 32_768
