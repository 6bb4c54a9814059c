"""Asking for an attachment: once, of its originator, by who may read the record that names it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.model.record import BlobRef, Record, encode_body, kind_of
from tansiq.model.strict import parse_fields
from tansiq.work.pull_attachment import pull_attachment
from tests.federation import START_MS, record_of
from tests.work.nodes import Node, make_node

DIGEST = hashlib.sha256("صورة".encode()).digest()
OTHER_ID = b"\x01\x90" + b"\x07" * 14


@pytest.fixture
def node(tmp_path: Path) -> Node:
    return make_node(tmp_path, "NE")


def received(node: Node, audience: tuple[str, ...] = ("ML", "NE")) -> RecordId:
    """A report of ML with an attachment, its bytes still with ML."""
    body = encode_body(parse_fields(kind_of("report"), {"title": "من باماكو"}), b"s" * 16)
    named = BlobRef(DIGEST, 8, "image/png", "صورة.png")
    signed = record_of(node.world.keys["ML"], audience, body, id=OTHER_ID, kind="report/1", blobs=(named,))
    with node.store.write() as tx:
        tx.append(Record(signed), received_ms=START_MS)
    return Record(signed).id


def test_an_attachment_is_asked_for_once_and_of_its_originator(node: Node) -> None:
    record = received(node)
    assert pull_attachment(node.desk(), record, DIGEST) is None
    assert pull_attachment(node.desk("analyst"), record, DIGEST) is None
    with node.store.read() as rx:
        assert [(w.digest, w.wanted_from, w.size_bytes) for w in rx.wanted_blobs()] == [(DIGEST, "ML", 8)]
        assert [e.act for e in rx.journal_entries(record_id=record)] == ["pull"]


@pytest.mark.parametrize("digest", [b"\0" * 32, b""])
def test_what_the_record_does_not_name_is_not_asked_for(node: Node, digest: bytes) -> None:
    assert pull_attachment(node.desk(), received(node), digest) == Refusal("absent")
    with node.store.read() as rx:
        assert rx.wanted_blobs() == ()


def test_who_may_not_read_the_record_asks_for_nothing(node: Node) -> None:
    record = received(node)
    assert pull_attachment(node.desk("auditor"), record, DIGEST) == Refusal("absent")
    with node.store.read() as rx:
        assert rx.wanted_blobs() == ()
