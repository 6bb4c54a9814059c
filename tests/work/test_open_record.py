"""Opening: journalled; the originator hears of the post, once, and never of the name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tansiq.base.ids import RecordId
from tansiq.model.kinds.receipt import Receipt
from tansiq.model.record import Record, encode_body, kind_of
from tansiq.model.strict import parse_fields
from tansiq.store.values import StoredRecord
from tansiq.work.open_record import open_record
from tests.federation import START_MS, record_of
from tests.work.nodes import Node, make_node

OTHER_ID = b"\x01\x90" + b"\x07" * 14


@pytest.fixture
def node(tmp_path: Path) -> Node:
    return make_node(tmp_path, "NE")


def received(node: Node, audience: tuple[str, ...] = ("ML", "NE")) -> RecordId:
    """A report of ML that has come to NE."""
    body = encode_body(parse_fields(kind_of("report"), {"title": "من باماكو", "text": "نص"}), b"s" * 16)
    signed = record_of(node.world.keys["ML"], audience, body, id=OTHER_ID, kind="report/1")
    with node.store.write() as tx:
        tx.append(Record(signed), received_ms=START_MS)
    return Record(signed).id


def receipts(node: Node) -> list[StoredRecord]:
    with node.store.read() as rx:
        found = [rx.by_digest(d) for g in rx.pending() for d in g.digests]
    return [f for f in found if f is not None and isinstance(f.body, Receipt)]


def test_the_first_opening_sends_the_originator_post_and_time_and_no_name(node: Node) -> None:
    record = received(node)
    desk = node.desk("duty")
    assert open_record(desk, record) is not None
    sent = receipts(node)
    assert len(sent) == 1
    body = sent[0].body
    assert isinstance(body, Receipt)
    assert [(x.record, x.state, x.role) for x in body.lines] == [(record, "opened", "duty")]
    assert set(sent[0].header.label.audience) == {"ML", "NE"}
    raw = sent[0].held.signed
    assert desk.officer.name.encode() not in raw.header + raw.body
    assert desk.officer.pseudonym.encode() not in raw.header + raw.body


def test_a_second_officer_is_journalled_and_sends_nothing_more(node: Node) -> None:
    record = received(node)
    open_record(node.desk("duty"), record)
    open_record(node.desk("analyst"), record)
    open_record(node.desk("analyst"), record)
    assert len(receipts(node)) == 1
    with node.store.read() as rx:
        assert sorted(e.officer for e in rx.journal_entries() if e.act == "open") == ["analyst", "duty"]


def test_what_may_not_be_read_leaves_no_trace(node: Node) -> None:
    record = received(node)
    with node.store.read() as rx:
        before = rx.journal_head()
    auditor = node.desk("auditor")
    assert open_record(auditor, record) is None
    assert open_record(auditor, RecordId("01900000-0000-7000-8000-000000000000")) is None
    with node.store.read() as rx:
        assert rx.journal_head() == before
    assert receipts(node) == []
