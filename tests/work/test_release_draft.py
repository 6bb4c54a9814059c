"""A draft released becomes a signed report that says what the officer kept, and which words it came from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.model.kinds.report import Report
from tansiq.model.label import label
from tansiq.store.values import StoredRecord
from tansiq.work.draft_of_report import draft_from
from tansiq.work.evidence import evidence_of, pack_row
from tansiq.work.intake_file import items
from tansiq.work.intake_text import Intake, correct_draft
from tansiq.work.release_draft import Release, release_draft
from tests.work.intakes import MINISTERS, held, taken
from tests.work.nodes import Node, done, make_node

NEAR = label(("ML", "MR", "NE"), level="restricted", rules=("NO-FORCE", "NO-ARREST", "ORCON"))
WHY = "الرواية منفية"


@pytest.fixture
def node(tmp_path: Path) -> Node:
    return make_node(tmp_path, "MR")


def stored_at(node: Node, record_id: RecordId) -> StoredRecord:
    with node.store.read() as rx:
        found = rx.record(record_id)
    assert found is not None
    return found


def released(node: Node, made: Intake) -> Report:
    record_id = done(release_draft(node.desk(), made.id, Release(label=NEAR)))
    body = stored_at(node, record_id).body
    assert isinstance(body, Report)
    return body


def test_the_report_holds_the_text_as_read_and_the_corrected_title(node: Node) -> None:
    desk = node.desk()
    made = taken(desk)
    correct_draft(desk, made.id, {"title": "عنوان مصحَّح"}, why=WHY)
    body = released(node, made)
    assert (body.title, body.text) == ("عنوان مصحَّح", made.file.text)


def test_every_field_is_tied_to_its_words(node: Node) -> None:
    made = taken(node.desk())
    body = released(node, made)
    spans = evidence_of(body).spans
    for n, said in enumerate(body.statements):
        ((start, end),) = spans[f"statements.{n}"]
        assert body.text[start:end] == said.text
    for n, link in enumerate(body.chain):
        ((start, end),) = spans[f"chain.{n}"]
        assert body.text[start:end] == link.name
    (start, end) = spans["title"][0]
    assert body.text[start:end] == body.title


def test_what_was_rejected_is_not_in_the_report_and_links_still_point_right(node: Node) -> None:
    desk = node.desk()
    made = taken(desk)
    sourced = next(s for s in made.file.machine.statements if s.source == 1)
    correct_draft(desk, made.id, {"chain.0": "rejected", "statements.0": "rejected"})
    body = released(node, made)
    assert made.file.machine.chain[0].name not in [link.name for link in body.chain]
    (again,) = (s for s in body.statements if s.text == sourced.text)
    assert again.source == 0
    assert all(s.source is None or s.source < len(body.chain) for s in body.statements)
    assert made.file.machine.statements[0].text not in [s.text for s in body.statements]


def test_events_and_counts_travel_with_the_report(node: Node) -> None:
    made = taken(node.desk(), MINISTERS)
    rows = evidence_of(released(node, made)).rows
    assert [r.get("type") for r in rows if r.name == "event"] == [e.type for e in made.file.machine.events]
    assert len([r for r in rows if r.name == "quantity"]) == len(made.file.machine.quantities)


def test_a_rejected_actor_stands_in_no_event(node: Node) -> None:
    desk = node.desk()
    made = taken(desk, MINISTERS)
    mali = next(n for n, a in enumerate(made.file.machine.actors) if a.canonical == "Mali")
    correct_draft(desk, made.id, {f"actors.{mali}": "rejected"})
    rows = evidence_of(released(node, made)).rows
    events = [r for r in rows if r.name == "event"]
    assert events
    assert all("Mali" not in r.get("actors").split("; ") for r in events)


def test_the_record_is_queued_for_its_readers_and_known_to_its_draft(node: Node) -> None:
    desk = node.desk()
    made = taken(desk)
    record_id = done(release_draft(desk, made.id, Release(label=NEAR)))
    header = stored_at(node, record_id).header
    assert (header.lang, header.label, header.occurred) == ("ar", NEAR, None)
    assert held(desk, made).file.released == record_id
    with node.store.read() as rx:
        assert rx.pending()[0].recipients == ("ML", "NE")
        assert rx.journal_entries(1)[0].act == "intake-release"


def test_a_place_is_released_with_its_precision(node: Node) -> None:
    made = taken(node.desk())
    body = released(node, made)
    assert body.place is not None
    assert body.place.name == next(i.value() for i in items(made.file) if i.address == "place")
    assert body.place.lat_e7 is not None
    assert body.place.precision_m


def test_a_draft_is_released_once(node: Node) -> None:
    desk = node.desk()
    made = taken(desk)
    record_id = done(release_draft(desk, made.id, Release(label=NEAR)))
    assert release_draft(desk, made.id, Release(label=NEAR)) == Refusal(
        "intake.released", frozenset({record_id})
    )
    assert correct_draft(desk, made.id, {"title": "آخر"}, why=WHY) == Refusal(
        "intake.released", frozenset({record_id})
    )


def test_a_label_that_may_not_be_signed_releases_nothing(node: Node) -> None:
    desk = node.desk()
    made = taken(desk)
    no = release_draft(desk, made.id, Release(label=label(("FR",))))
    assert isinstance(no, Refusal)
    assert held(desk, made).file.released is None


def test_another_officers_draft_is_not_there(node: Node) -> None:
    made = taken(node.desk())
    assert release_draft(node.desk("analyst"), made.id, Release(label=NEAR)) == Refusal("intake.absent")


def test_the_report_read_as_a_draft_again_says_what_was_released(node: Node) -> None:
    desk = node.desk()
    made = taken(desk, MINISTERS)
    correct_draft(desk, made.id, {"events.0": "rejected", "commitments.1.force": "agreement"}, why=WHY)
    again = draft_from(released(node, made), "ar")
    machine = made.file.machine
    assert again.published == machine.published
    assert [(e.type, e.status, e.when, e.place, e.actors) for e in again.events] == [
        (e.type, e.status, e.when, e.place, e.actors) for e in machine.events[1:]
    ]
    assert [(q.value, q.unit, q.approx) for q in again.quantities] == [
        (q.value, q.unit, q.approx) for q in machine.quantities
    ]
    assert [c.force for c in again.commitments][1] == "agreement"
    assert [c.who for c in again.commitments] == [c.who for c in machine.commitments]
    assert [g.what for g in again.gaps] == [g.what for g in machine.gaps]
    assert [(c.name, c.kind, c.anonymous, c.quotes) for c in again.chain] == [
        (c.name, c.kind, c.anonymous, c.quotes) for c in machine.chain
    ]


def test_what_cannot_be_read_is_left_out_of_the_draft() -> None:
    rows = (
        pack_row("quantity", {"value": "nan", "unit": "month"}),
        pack_row("event", {"type": "?", "status": "?", "lo": "2029-13-01"}),
        pack_row("published", {"lo": "2029-01-01", "hi": "2029-01-02", "basis": "guessed"}),
    )
    again = draft_from(Report(title="عنوان", particulars=rows), "ar")
    assert again.quantities == ()
    assert (again.events[0].type, again.events[0].when, again.published) == ("other", None, None)
