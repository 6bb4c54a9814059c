"""What only the originator does: recall, grant, tearline; all or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tansiq.base.ids import RecordId, owned_id, raw_of
from tansiq.base.refusal import Refusal
from tansiq.model.kinds.recall import Recall
from tansiq.model.kinds.relation import Relation
from tansiq.model.label import Party, label
from tansiq.model.record import RECALL
from tansiq.policy.permits import Reader, permits, permitted_ids
from tansiq.search.query import list_records
from tansiq.search.view import View
from tansiq.work.attach import attach
from tansiq.work.desk import Desk
from tansiq.work.originator import grant, recall
from tansiq.work.release_request import backfill, lacking
from tansiq.work.tearline import NewTearline, tearline
from tansiq.work.uploads import cleaned
from tests.work.nodes import Node, done, make_node, put
from tests.work.test_submit import counts, reason

FR = Party("FR")


@pytest.fixture
def node(tmp_path: Path) -> Node:
    return make_node(tmp_path)


def may_read(node: Node, party: str, record: RecordId) -> bool:
    with node.store.read() as rx:
        found = rx.label_of(record)
    return found is not None and bool(permits(found, Reader(Party(party)), now=node.clock.now()))


def test_a_recall_goes_to_all_readers_ahead_of_reports_and_the_originator_keeps_his_copy(node: Node) -> None:
    desk = node.desk()
    record = done(put(desk, to=("ML", "NE", "DZ")))
    made = done(recall(desk, record, reason="حماية المصدر"))
    with node.store.read() as rx:
        held = rx.record(made)
        assert held is not None
        assert held.header.priority == RECALL
        assert set(held.header.label.audience) == {"ML", "NE", "DZ"}
        assert rx.has(record)
        assert rx.pending()[0].lane == RECALL


def test_a_grant_lets_the_named_parties_read_and_sends_the_record_after_it(node: Node) -> None:
    desk = node.desk("release")
    record = done(put(desk, to=("ML", "NE")))
    assert not may_read(node, "FR", record)
    done(grant(desk, record, [FR], title="إذن", reason="طلب"))
    assert may_read(node, "FR", record)
    with node.store.read() as rx:
        held = rx.record(record)
        assert held is not None
        groups = {g.recipients: g.digests for g in rx.pending()}
    assert held.digest in groups[Party("FR"), Party("NE")]
    assert groups[Party("FR"), Party("NE")][-1] == held.digest


def pointing(desk: Desk, to_record: RecordId, **more: Any) -> RecordId | Refusal:
    fields = {"relation_type": "rests-on", "object_ref": to_record}
    return put(desk, "يشير", kind="relation", to=("ML", "NE"), fields=fields, **more)


def test_what_points_to_a_record_is_granted_to_nobody_who_may_not_know_of_that_one(node: Node) -> None:
    desk = node.desk("release")
    below = done(put(desk, "المشار إليه", to=("ML", "NE")))
    above = done(pointing(desk, below))
    refused = grant(desk, above, [FR], title="إذن", reason="")
    assert refused == Refusal("record.reference-hidden", frozenset({"audience:FR"}))
    both = backfill(desk, FR, [above, below], title="إذن", reason="")
    assert not isinstance(both, Refusal)
    assert may_read(node, "FR", above)


def test_a_next_version_is_measured_by_those_whom_the_record_was_granted_to(node: Node) -> None:
    """It goes to them: it names nothing that they may not know of, and does not shut them out."""
    desk = node.desk("release")
    hidden = done(put(desk, "عن غيرهم", to=("ML", "NE")))
    record = done(put(desk, "الأول", to=("ML", "NE")))
    done(grant(desk, record, [FR], title="إذن", reason=""))
    resting = put(desk, "الثاني", to=("ML", "NE"), record_id=record, sources=(raw_of(hidden),))
    assert resting == Refusal("record.widens", frozenset({"audience:FR"}))
    bound = label(["ML", "NE"], rules=["NOEXT"])
    assert reason(put(desk, "الثاني", under=bound, record_id=record)) == "label.rule"
    named = done(pointing(desk, record))
    done(grant(desk, named, [FR], title="إذن", reason=""))
    assert reason(pointing(desk, hidden, record_id=named)) == "record.reference-hidden"
    done(grant(desk, hidden, [FR], title="إذن", reason=""))
    done(put(desk, "الثاني", to=("ML", "NE"), record_id=record, sources=(raw_of(hidden),)))


def test_a_recall_names_nothing_in_the_records_place_that_one_who_is_told_may_not_know_of(node: Node) -> None:
    desk = node.desk("release")
    old, new = done(put(desk, "القديم", to=("ML", "NE"))), done(put(desk, "الجديد", to=("ML", "DZ")))
    refused = recall(desk, old, reason="حلّ محله غيره", replaced_by=new)
    assert refused == Refusal("record.reference-hidden", frozenset({"audience:NE"}))
    done(grant(desk, new, [Party("NE")], title="إذن", reason=""))
    done(recall(desk, old, reason="حلّ محله غيره", replaced_by=new))


def test_a_grant_by_its_plain_form_widens_no_further_than_by_its_own(node: Node) -> None:
    """Whatever the record's rules and references, and whatever label the form bears."""
    desk = node.desk("release")
    said = {"to": ["FR"]}
    bound = done(put(desk, under=label(["ML", "NE"], rules=["NOEXT"])))
    formed = put(desk, "إذن", kind="grant", to=("FR", "ML"), fields=said | {"record": bound})
    assert reason(formed) == "label.rule"
    above = done(pointing(desk, done(put(desk, to=("ML", "NE")))))
    formed = put(desk, "إذن", kind="grant", to=("FR", "ML"), fields=said | {"record": above})
    assert reason(formed) == "record.reference-hidden"
    plain = done(put(desk, under=label(["ML", "NE"], level="confidential")))
    made = done(put(desk, "إذن", kind="grant", to=("ML",), fields=said | {"record": plain}))
    with node.store.read() as rx:
        held = rx.record(made)
    assert held is not None
    assert (held.header.label.audience, held.header.label.level) == (("FR", "ML", "NE"), "confidential")


def test_what_was_taken_back_is_granted_to_nobody_and_offered_to_no_late_joiner(node: Node) -> None:
    desk = node.desk("release")
    record = done(put(desk, to=("ML", "NE")))
    done(recall(desk, record, reason="خطأ"))
    assert reason(grant(desk, record, [FR], title="إذن", reason="")) == "record.withdrawn"
    with node.store.read() as rx:
        assert list(lacking(rx, desk, FR, [record])) == []


def test_only_the_releasing_officer_grants(node: Node) -> None:
    record = done(put(node.desk(), to=("ML", "NE")))
    assert reason(grant(node.desk("duty"), record, [FR], title="إذن", reason="")) == "role"


def test_a_refused_grant_leaves_nothing_behind(node: Node) -> None:
    desk = node.desk("release")
    bound = label(["ML", "NE"], rules=["NOEXT"])
    record = done(put(desk, under=bound))
    before = counts(node.store)
    assert reason(grant(desk, record, [FR], title="إذن", reason="")) == "label.rule"
    assert counts(node.store) == before
    assert not may_read(node, "FR", record)


def test_a_tearline_and_the_link_to_its_basis_are_records_of_their_own(node: Node) -> None:
    desk = node.desk("release")
    record = done(put(desk, "الأصل", to=("ML", "NE")))
    line = done(tearline(desk, record, NewTearline(title="مقتطف", text="نص عام", label=label(["ML", "FR"]))))
    assert may_read(node, "FR", line)
    with node.store.read() as rx:
        held = rx.record(line)
        assert held is not None
        assert not held.header.refs
        assert not held.header.rests_on
        view = View(node.store, permitted_ids(rx.labels(), desk.officer.reader, now=desk.now), desk.now_ms)
        row = list_records(rx, view, kind="relation").rows[0]
        link = rx.record(row.id)
    assert link is not None
    assert isinstance(link.body, Relation)
    assert link.body.object_ref == record
    assert link.header.label.audience == (Party("ML"),)


def test_only_ones_own_record_is_recalled(node: Node) -> None:
    absent = RecordId("01900000-0000-7000-8000-000000000000")
    outcome = recall(node.desk(), absent, reason="")
    assert isinstance(outcome, Refusal)
    assert outcome.reason == "record.not-own"


@pytest.mark.parametrize("act", ["recall", "grant", "correct", "by-hand", "attach"])
def test_an_officer_cannot_act_on_what_he_may_not_read_nor_tell_it_from_nothing(node: Node, act: str) -> None:
    inside, outside = node.desk("release", compartments=("ORYX",)), node.desk("release")
    hidden = done(put(inside, "رهينة", to=("BF", "ML"), compartments=("ORYX",)))
    nothing = RecordId("01900000-0000-7000-8000-00000000000f")
    before = counts(node.store)
    answers = [_attempt(outside, act, each) for each in (hidden, nothing)]
    assert answers[0] == answers[1] == Refusal("record.not-own")
    assert counts(node.store) == before


def _attempt(desk: Desk, act: str, record: RecordId) -> object:
    match act:
        case "recall":
            return recall(desk, record, reason="x")
        case "grant":
            return grant(desk, record, [FR], title="إذن", reason="x")
        case "attach":
            return attach(desk, record, cleaned(b"x", "x"))
        case "by-hand":
            fields = {"record": record, "to": ["FR"], "reason": "x"}
            return put(desk, "إذن", kind="grant", to=("ML", "NE", "FR"), fields=fields)
        case _:
            return put(desk, "ثان", to=("ML", "NE"), record_id=record)


def pending_recalls(node: Node) -> list[tuple[tuple[Party, ...], Recall]]:
    """Recalls that wait to be sent, with whom they go to."""
    with node.store.read() as rx:
        found = []
        for group in rx.pending():
            for digest in group.digests:
                stored = rx.by_digest(digest)
                if stored is not None and isinstance(stored.body, Recall):
                    found.append((tuple(group.recipients), stored.body))
        return found


def test_a_next_version_for_fewer_tells_the_dropped_alone_to_delete_the_earlier_ones(node: Node) -> None:
    desk = node.desk()
    record = done(put(desk, "سرّ ضيّق", to=("ML", "NE", "DZ")))
    done(put(desk, "سرّ أضيق", to=("ML", "NE"), record_id=record))
    ((to, body),) = pending_recalls(node)
    assert to == ("DZ",)
    assert (body.record, body.versions, body.mode) == (record, (1,), "withdraw")
    assert "سرّ" not in body.title
    with node.store.read() as rx:
        queued = {g.recipients: g.digests for g in rx.pending()}
        second = rx.record(record)
    assert second is not None
    assert queued[Party("NE"),] == (second.digest,)
    done(put(desk, "سرّ أضيق بعد", to=("ML", "NE"), record_id=record))
    assert len(pending_recalls(node)) == 1


def test_a_correction_goes_to_whom_the_record_was_granted_to_and_ahead_of_reports(node: Node) -> None:
    desk = node.desk("release")
    record = done(put(desk, to=("ML", "NE")))
    done(grant(desk, record, [FR], title="إذن", reason="طلب"))
    done(put(desk, "مصحَّح", to=("ML", "NE"), record_id=record))
    assert pending_recalls(node) == []
    with node.store.read() as rx:
        second = rx.record(record)
        assert second is not None
        (lane,) = {g.lane for g in rx.pending() if second.digest in g.digests}
        (to,) = {g.recipients for g in rx.pending() if second.digest in g.digests}
    assert lane == RECALL
    assert set(to) == {"FR", "NE"}


def test_a_recall_reaches_whoever_may_hold_any_version_and_is_for_good(node: Node) -> None:
    desk = node.desk("release")
    record = done(put(desk, to=("ML", "NE", "DZ")))
    done(grant(desk, record, [FR], title="إذن", reason="طلب"))
    done(recall(desk, record, reason="خطأ"))
    ((to, _),) = pending_recalls(node)
    assert set(to) == {"NE", "DZ", "FR"}
    assert reason(recall(desk, record, reason="مرة أخرى")) == "record.withdrawn"
    assert reason(put(desk, "بعد السحب", to=("ML", "NE"), record_id=record)) == "record.withdrawn"
    assert not may_read(node, "FR", record)


def test_a_recall_names_what_stands_in_the_place_of_the_record(node: Node) -> None:
    desk = node.desk()
    old, new = done(put(desk, "القديم")), done(put(desk, "الجديد"))
    done(recall(desk, old, reason="حلّ محله غيره", replaced_by=new))
    ((_, body),) = pending_recalls(node)
    assert body.replaced_by == new
    third = done(put(desk, "الثالث"))
    absent = owned_id("ML", node.clock.now(), node.entropy)
    assert reason(recall(desk, third, reason="x", replaced_by=absent)) == "record.reference-unknown"


def test_the_earlier_versions_alone_can_be_taken_back(node: Node) -> None:
    desk = node.desk()
    record = done(put(desk, "الأول"))
    assert reason(recall(desk, record, reason="x", earlier_only=True)) == "recall.no-earlier"
    done(put(desk, "الثاني", record_id=record))
    done(recall(desk, record, reason="نص خاطئ", earlier_only=True))
    ((_, body),) = pending_recalls(node)
    assert body.versions == (1,)
    assert may_read(node, "NE", record)
