"""Detainee-derived and torture-tainted: at signing, at receipt, in search, for the ombudsperson."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tansiq.base.ids import RecordId, raw_of
from tansiq.base.refusal import Refusal
from tansiq.model.kinds.assessment import Assessment
from tansiq.model.kinds.obtained_review import ObtainedReview
from tansiq.model.kinds.relation import Relation
from tansiq.model.kinds.report import Report
from tansiq.model.label import Label, label
from tansiq.model.record import Ref
from tansiq.policy.permits import permitted_ids
from tansiq.search.around import referrers
from tansiq.search.query import count, list_records
from tansiq.search.view import View
from tansiq.work.obtained import aside_for
from tansiq.work.review_obtained import review_obtained
from tests.simulate.nodes import World, world_of
from tests.work.nodes import Node, done, make_node, put

FOUR = ("DZ", "ML", "MR", "NE")
SAID = {"obtained": "detainee"}
MARKED = label(["ML", "NE"], rules=["DETAINEE"])


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    made = make_node(tmp_path)
    yield made
    made.store.close()


def refusal(outcome: RecordId | Refusal) -> str:
    assert isinstance(outcome, Refusal)
    return outcome.reason


def reviewed(node: Node, record: RecordId, finding: str) -> RecordId:
    grounds = "قُرئ المحضر وسُمع المحامي"
    return done(review_obtained(node.desk("legal"), record, finding=finding, grounds=grounds, lang="ar"))


def label_of(node: Node, record: RecordId) -> Label:
    with node.store.read() as rx:
        found = rx.label_of(record)
    assert found is not None
    return found


def seen(node: Node) -> tuple[list[str], int]:
    """Titles of the list, and the count; a search for what is set aside finds what the list shows of it."""
    with node.store.read() as rx:
        permitted = permitted_ids(rx.labels(), node.desk().officer.reader, now=node.clock.now())
        view = View(node.store, permitted, node.desk().now_ms)
        view = replace(view, aside=aside_for(rx, view, node.world.charter, node.party))
        listed = [row.title for row in list_records(rx, view, kind="report").rows]
        found = [row.title for row in list_records(rx, view, text="اعتراف").rows]
        assert [t for t in listed if "اعتراف" in t] == found
        return listed, count(rx, view, kind="report")


def test_what_a_detained_person_said_is_marked_and_all_that_rests_on_it(node: Node) -> None:
    record = done(put(node.desk(), "اعتراف بمخبأ", fields=SAID))
    assert "DETAINEE" in label_of(node, record).rules
    on = done(put(node.desk(), "خلاصة", kind="statement", sources=(raw_of(record),)))
    assert "DETAINEE" in label_of(node, on).rules


@pytest.mark.parametrize("kind", ["assessment", "intsum", "fact-notice"])
def test_it_is_held_from_judgements_products_and_notices_until_a_permitted_officer_reviews_it(
    node: Node, kind: str
) -> None:
    record = done(put(node.desk(), "اعتراف بمخبأ", fields=SAID))
    on = done(put(node.desk(), "خلاصة", kind="statement", sources=(raw_of(record),)))
    assert refusal(put(node.desk(), "تقدير", kind=kind, sources=(raw_of(on),))) == "obtained.held"
    barred = review_obtained(node.desk("analyst"), record, finding="usable", grounds="سبب", lang="ar")
    assert refusal(barred) == "role"
    review = reviewed(node, record, "usable")
    made = done(put(node.desk(), "تقدير", kind=kind, sources=(raw_of(on),)))
    with node.store.read() as rx:
        stored = rx.record(made)
        assert stored is not None
        assert [(r.role, r.record_id) for r in stored.header.refs] == [("obtained-review", review)]
        assert [j.act for j in rx.journal_entries() if j.act.startswith("obtained.")] == ["obtained.usable"]


def test_a_review_needs_grounds_and_a_record_that_its_officer_may_read(node: Node) -> None:
    record = done(put(node.desk(), "اعتراف", fields=SAID))
    legal = node.desk("legal")
    assert (
        refusal(review_obtained(legal, record, finding="usable", grounds=" ", lang="ar"))
        == "obtained.no-grounds"
    )
    assert (
        refusal(review_obtained(legal, record, finding="x", grounds="سبب", lang="ar")) == "obtained.finding"
    )
    absent = RecordId("01900000-0000-7000-8000-000000000000")
    assert (
        refusal(review_obtained(legal, absent, finding="held", grounds="سبب", lang="ar"))
        == "obtained.unknown"
    )
    made = put(node.desk(), "مراجعة", kind="obtained-review",
               fields={"of_record": record, "obtained_finding": "usable", "grounds": "سبب"})  # fmt: skip
    assert refusal(made) == "role"


def test_a_review_taken_back_by_a_later_one_holds_it_again(node: Node) -> None:
    record = done(put(node.desk(), "اعتراف", fields=SAID))
    reviewed(node, record, "usable")
    node.clock.set(node.clock.now() + timedelta(minutes=1))
    reviewed(node, record, "held")
    assert refusal(put(node.desk(), "تقدير", kind="assessment", sources=(raw_of(record),))) == "obtained.held"


def test_a_next_version_does_not_wash_the_mark_off(node: Node) -> None:
    record = done(put(node.desk(), "اعتراف", fields=SAID))
    washed = put(node.desk(), "تقرير", fields={"obtained": "open"}, record_id=record)
    assert refusal(washed) == "obtained.dropped"
    reviewed(node, record, "usable")
    done(put(node.desk(), "تقرير", fields={"obtained": "open"}, record_id=record))


def test_what_torture_taints_bears_nothing_and_stands_in_no_list_search_or_count(node: Node) -> None:
    record = done(put(node.desk(), "اعتراف بمخبأ", fields=SAID))
    on = done(put(node.desk(), "اعتراف منقول", sources=(raw_of(record),)))
    done(put(node.desk(), "تقرير آخر"))
    assert len(seen(node)[0]) == 3
    reviewed(node, record, "tainted")
    assert seen(node) == (["تقرير آخر"], 1)
    for kind in ("assessment", "warning", "report", "statement"):
        for base in (record, on):
            outcome = put(node.desk(), "مستند", kind=kind, sources=(raw_of(base),))
            assert refusal(outcome) == "obtained.tainted"


def test_what_torture_taints_is_not_listed_where_it_points(node: Node) -> None:
    record = done(put(node.desk(), "الطريق"))
    link = {"relation_type": "rests-on", "object_ref": record}
    tainted = done(put(node.desk(), "اعتراف عن الطريق", kind="relation", fields=link))
    reviewed(node, tainted, "tainted")
    with node.store.read() as rx:
        permitted = permitted_ids(rx.labels(), node.desk().officer.reader, now=node.clock.now())
        view = View(node.store, permitted, node.desk().now_ms)
        assert tainted in {each.row.id for each in referrers(rx, view, record)}
        view = replace(view, aside=aside_for(rx, view, node.world.charter, node.party))
        assert tainted not in {each.row.id for each in referrers(rx, view, record)}


def test_nothing_names_in_its_body_what_torture_taints(node: Node) -> None:
    """A reference is one wherever it stands; what courts and oversight write may name it."""
    record = done(put(node.desk(), "اعتراف بمخبأ", fields=SAID))
    reviewed(node, record, "tainted")
    for kind, fields in (
        ("relation", {"relation_type": "rests-on", "object_ref": record}),
        ("contradiction", {"first": record, "contradiction_state": "open"}),
    ):
        assert refusal(put(node.desk(), "صلة", kind=kind, fields=fields)) == "obtained.tainted"
    done(put(node.desk(), "شكوى", kind="release-request", fields={"record": record, "to": ["FR"]}))


def test_a_finding_of_taint_on_our_own_record_opens_it_to_the_ombudsperson_with_its_grounds(
    node: Node,
) -> None:
    record = done(put(node.desk(), "اعتراف", to=("ML",), fields=SAID))
    assert "OMB" not in label_of(node, record).audience
    review = reviewed(node, record, "tainted")
    assert "OMB" in label_of(node, record).audience
    assert "OMB" in label_of(node, review).audience


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    found = world_of(tmp_path, ("DZ", "ML", "NE"))
    yield found
    found.close()


def refusals(world: World, at: str, raw: bytes) -> list[str]:
    with world[at].store.read() as rx:
        return [r.reason for r in rx.receipts(raw) if r.state == "refused"]


def test_a_peer_that_drops_the_mark_is_refused_at_receipt(world: World) -> None:
    record = world["ML"].write(["NE"], body=Report(title="قول", obtained="detainee"))
    world.settle()
    assert refusals(world, "ML", record.header.id) == ["obtained.unmarked"]


def test_a_peers_judgement_on_what_nobody_reviewed_is_refused_at_receipt(world: World) -> None:
    base = world["ML"].write(MARKED, body=Report(title="قول", obtained="detainee"))
    world.settle()
    judged = Assessment(title="تقدير")
    bad = world["ML"].write(MARKED, body=judged, sources=(base.header.id,))
    world.settle()
    assert refusals(world, "ML", bad.header.id) == ["obtained.held"]
    said = ObtainedReview(
        title="مراجعة", of_record=base.header.record_id, obtained_finding="usable", grounds="س"
    )
    review = world["ML"].write(MARKED, body=said)
    unnamed = world["ML"].write(MARKED, body=judged, sources=(base.header.id,))
    refs = (Ref("obtained-review", review.header.id),)
    good = world["ML"].write(MARKED, body=judged, sources=(base.header.id,), refs=refs)
    world.settle()
    assert refusals(world, "ML", unnamed.header.id) == ["obtained.held"]
    assert refusals(world, "ML", good.header.id) == []
    assert "تقدير" in world["NE"].titles()


def test_what_we_found_tainted_bears_no_peers_record_here(world: World) -> None:
    base = world["ML"].write(MARKED, body=Report(title="قول", obtained="detainee"))
    world.settle()
    said = ObtainedReview(
        title="مراجعة", of_record=base.header.record_id, obtained_finding="tainted", grounds="س"
    )
    world["NE"].write(MARKED, body=said)
    later = world["ML"].write(MARKED, title="نقل", sources=(base.header.id,))
    world.settle()
    named = Relation(title="صلة", relation_type="rests-on", object_ref=base.header.record_id)
    linked = world["ML"].write(MARKED, body=named)
    world.settle()
    for one in (later, linked):
        assert refusals(world, "ML", one.header.id) == ["obtained.tainted"]
