"""A request goes to the originator alone; the answer grants, and the record follows; nobody else widens."""

from __future__ import annotations

from pathlib import Path

import pytest

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.model.kinds.release_answer import ReleaseAnswer
from tansiq.model.kinds.release_request import ReleaseRequest
from tansiq.model.label import Party
from tansiq.model.record import Record
from tansiq.policy.permits import Reader, permits
from tansiq.work.release_request import Answered, Asked, answer_release, ask_release, backfill, lacking
from tests.federation import START_MS
from tests.work.nodes import Node, done, make_node, put
from tests.work.test_open_record import received
from tests.work.test_submit import reason

FR, BF = Party("FR"), Party("BF")
ASKED = Asked(title="طلب إذن", to=(FR, BF), purpose="تنسيق الإغاثة", reason="يلزم الشريكان")


def reaches(node: Node, record: RecordId, party: str) -> bool:
    with node.store.read() as rx:
        found = rx.label_of(record)
    return found is not None and bool(permits(found, Reader(Party(party)), now=node.clock.now()))


@pytest.fixture
def reader(tmp_path: Path) -> Node:
    return make_node(tmp_path, "NE")


@pytest.fixture
def owner(tmp_path: Path) -> Node:
    return make_node(tmp_path, "ML")


def asked_of(owner: Node, tmp_path: Path) -> tuple[RecordId, RecordId]:
    """A record of ML, and NE's request for it, held at ML."""
    record = done(put(owner.desk(), "إفادة", to=("ML", "NE")))
    asking = make_node(tmp_path / "asking", "NE")
    with owner.store.read() as rx, asking.store.write() as tx:
        held = rx.record(record)
        assert held is not None
        tx.append(held.held, received_ms=START_MS)
    request = done(ask_release(asking.desk(), record, ASKED))
    with asking.store.read() as rx, owner.store.write() as tx:
        sent = rx.record(request)
        assert sent is not None
        tx.append(Record(sent.held.signed), received_ms=START_MS)
    return record, request


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "asking").mkdir()
    return tmp_path


def test_a_request_goes_to_the_originator_alone(reader: Node) -> None:
    record = received(reader)
    request = done(ask_release(reader.desk(), record, ASKED))
    with reader.store.read() as rx:
        held = rx.record(request)
        groups = [g.recipients for g in rx.pending() if held and held.digest in g.digests]
    assert held is not None
    assert isinstance(held.body, ReleaseRequest)
    assert held.body.to == ("BF", "FR")
    assert set(held.header.label.audience) == {"ML", "NE"}
    assert groups == [("ML",)]


def test_what_is_our_own_absent_or_for_nobody_new_is_not_asked_for(reader: Node) -> None:
    own = done(put(reader.desk(), to=("NE", "ML")))
    absent = RecordId("01900000-0000-7000-8000-00000000000f")
    desk = reader.desk()
    assert reason(ask_release(desk, own, ASKED)) == "record.reference-unknown"
    assert reason(ask_release(desk, absent, ASKED)) == "record.reference-unknown"
    known = Asked(title="طلب", to=(Party("NE"),), purpose="x")
    assert reason(ask_release(desk, received(reader), known)) == "grant.nobody-new"


def test_the_releasing_officer_grants_all_or_some_and_only_those_asked_for(owner: Node, folder: Path) -> None:
    record, request = asked_of(owner, folder)
    some = Answered(title="جواب", granted=(FR,), code="third-party", reason="نعم لفرنسا")
    assert reason(answer_release(owner.desk("duty"), request, some)) == "role"
    beyond = Answered(title="جواب", granted=(Party("US"),))
    refused = answer_release(owner.desk("release"), request, beyond)
    assert refused == Refusal("release.not-asked", frozenset({"US"}))
    assert not reaches(owner, record, "US")
    reply = done(answer_release(owner.desk("release"), request, some))
    assert reaches(owner, record, "FR")
    assert not reaches(owner, record, "BF")
    with owner.store.read() as rx:
        held = rx.record(reply)
        sent = {d for g in rx.pending() if "FR" in g.recipients for d in g.digests}
        kept = rx.record(record)
    assert held is not None
    assert kept is not None
    assert isinstance(held.body, ReleaseAnswer)
    assert (held.body.outcome, held.body.granted, held.body.code) == ("part", ("FR",), "third-party")
    assert set(held.header.label.audience) == {"ML", "NE"}
    assert kept.digest in sent
    assert reason(answer_release(owner.desk("release"), request, some)) == "release.answered"


@pytest.mark.parametrize(
    ("answer", "outcome", "code"),
    [
        (Answered(title="ج", granted=(FR, BF), code="legal"), "granted", None),
        (Answered(title="ج", code="legal"), "declined", "legal"),
        (Answered(title="ج", instead=True), "tearline", None),
    ],
)
def test_the_answer_says_what_was_done(
    owner: Node, folder: Path, answer: Answered, outcome: str, code: str | None
) -> None:
    record, request = asked_of(owner, folder)
    reply = done(answer_release(owner.desk("release"), request, answer))
    with owner.store.read() as rx:
        held = rx.record(reply)
    assert held is not None
    assert isinstance(held.body, ReleaseAnswer)
    assert (held.body.outcome, held.body.code) == (outcome, code)
    assert reaches(owner, record, "FR") == (outcome == "granted")


def test_a_backfill_grants_all_chosen_records_or_none(owner: Node) -> None:
    desk = owner.desk("release")
    first, second = done(put(desk, "أ", to=("ML", "NE"))), done(put(desk, "ب", to=("ML",)))
    has = done(put(desk, "ج", to=("ML", "FR")))
    with owner.store.read() as rx:
        found = [s.record_id for s in lacking(rx, desk, FR, [first, second, has])]
    assert found == [first, second]
    refused = backfill(desk, FR, [first, has], title="إذن", reason="انضمّ")
    assert isinstance(refused, Refusal)
    assert not reaches(owner, first, "FR")
    made = backfill(desk, FR, found, title="إذن", reason="انضمّ")
    assert not isinstance(made, Refusal)
    assert len(made) == 2
    assert reaches(owner, first, "FR")
    assert reaches(owner, second, "FR")
    with owner.store.read() as rx:
        assert [e.detail for e in rx.journal_entries() if e.act == "backfill"] == ["FR 2"]
    assert reason(backfill(owner.desk("duty"), FR, found, title="إذن", reason="")) == "role"
