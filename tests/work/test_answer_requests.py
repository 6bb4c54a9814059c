"""One answer reaches all who asked the same, each under the label of his own question."""

from pathlib import Path

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.model.record import Record, encode_body, kind_of
from tansiq.model.strict import parse_fields
from tansiq.store.store import ReadTx
from tansiq.work.answer_requests import answer_requests
from tests.federation import START_MS, record_of
from tests.work.nodes import Node, make_node


def asked(node: Node, by: str, question: str = "ما أرقام القطع؟") -> RecordId:
    """A request of another party that has come to this node, and that nobody else may read."""
    fields = {"title": f"سؤال {by}", "question": question, "asked_of": [node.party]}
    body = encode_body(parse_fields(kind_of("rfi"), fields), b"s" * 16)
    signed = record_of(node.world.keys[by], (by, node.party), body, kind="rfi/1")
    with node.store.write() as tx:
        tx.append(Record(signed), received_ms=START_MS)
    return Record(signed).id


def audience(rx: ReadTx, record_id: RecordId) -> set[str]:
    label = rx.label_of(record_id)
    assert label is not None
    return set(label.audience)


def test_each_asker_gets_a_record_of_his_own(tmp_path: Path) -> None:
    node = make_node(tmp_path, "DZ")
    mali, niger = asked(node, "ML"), asked(node, "NE")
    other = asked(node, "MR", "سؤال آخر")
    got = answer_requests(
        node.desk("release"), mali, state="answered", answer="أربعة", code="", title="جواب", lang="ar"
    )
    assert not isinstance(got, Refusal)
    with node.store.read() as rx:
        told = {getattr(r.body, "reply_to", ""): audience(rx, r.record_id) for r in map(rx.record, got) if r}
    assert told == {mali: {"DZ", "ML"}, niger: {"DZ", "NE"}}
    assert other not in told


def test_a_decline_that_would_tell_of_another_asker_signs_nothing(tmp_path: Path) -> None:
    node = make_node(tmp_path, "DZ")
    mali, _ = asked(node, "ML"), asked(node, "NE")
    desk = node.desk("release")
    with node.store.read() as rx:
        before = rx.log_head()
    got = answer_requests(desk, mali, state="declined", answer="", code="duplicate", title="جواب", lang="ar")
    assert got == Refusal("rfi.reveals-asker", frozenset({"decline_code"}), "R16")
    with node.store.read() as rx:
        assert rx.log_head() == before


def test_what_is_no_request_or_no_answer_is_refused(tmp_path: Path) -> None:
    node = make_node(tmp_path, "DZ")
    desk, mali = node.desk("release"), asked(node, "ML")
    for record, state, reason in (
        (RecordId("01900000-0000-7000-8000-00000000abcd"), "answered", "rfi.unknown"),
        (mali, "satisfied", "rfi.no-state"),
    ):
        got = answer_requests(desk, record, state=state, answer="", code="", title="جواب", lang="ar")
        assert isinstance(got, Refusal)
        assert got.reason == reason
