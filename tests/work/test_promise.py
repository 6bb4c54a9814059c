"""A sentence of a communiqué becomes a promise with owner and date, in its own words."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tansiq.base.refusal import Refusal
from tansiq.model.kinds.commitment import Commitment
from tansiq.model.label import Label, Party, label
from tansiq.model.values import TimeExpression
from tansiq.work.intake_text import BadCorrection, Intake
from tansiq.work.promise import Promise, promise, sentence_at
from tansiq.work.release_draft import Release, release_draft
from tests.work.intakes import MINISTERS, taken
from tests.work.nodes import Node, done, make_node

SENTENCE = "والتزمت مالي بتعيين ضابط اتصال لعائلات المختطفين خلال أسبوعين."
FOUR = label(("DZ", "JSC", "ML", "MR", "NE"), level="restricted")
DUE = TimeExpression(words="خلال أسبوعين", hi=datetime(2029, 4, 4, 23, 59, 59, tzinfo=UTC), precision="day")


@pytest.fixture
def node(tmp_path: Path) -> Node:
    return make_node(tmp_path, "MR")


def asked(under: Label = FOUR, **changes: Any) -> Promise:
    said: dict[str, Any] = {"sentence": SENTENCE, "title": "تعيين ضابط اتصال", "label": under}
    return Promise(**said | {"owners": (Party("ML"),), "due": DUE, "force": "decision"} | changes)


def made(node: Node, intake: Intake, **changes: Any) -> Commitment:
    record_id = done(promise(node.desk(), intake.id, asked(**changes)))
    with node.store.read() as rx:
        stored = rx.record(record_id)
    assert stored is not None
    assert isinstance(stored.body, Commitment)
    return stored.body


def test_the_promise_keeps_the_sentence_letter_by_letter(node: Node) -> None:
    body = made(node, taken(node.desk(), MINISTERS))
    assert body.from_sentence == SENTENCE
    assert (body.owner, body.due, body.commitment_force) == ("ML", DUE, "decision")
    assert body.commitment_state == "open"


def test_the_sentence_the_machine_found_can_be_named_by_number(node: Node) -> None:
    intake = taken(node.desk(), MINISTERS)
    found = [sentence_at(intake.file, n) for n in range(len(intake.file.machine.commitments))]
    assert all(each in intake.file.text for each in found)
    with pytest.raises(BadCorrection):
        sentence_at(intake.file, len(found))


def test_no_owner_and_no_date_are_said_to_be_unknown(node: Node) -> None:
    body = made(node, taken(node.desk(), MINISTERS), owners=(), due=None)
    assert (body.owner, body.due, set(body.unknown)) == (None, None, {"owner", "due"})


def test_several_owners_all_stand(node: Node) -> None:
    body = made(node, taken(node.desk(), MINISTERS), owners=(Party("ML"), Party("NE")))
    assert body.owners == ("ML", "NE")


@pytest.mark.parametrize("sentence", ["", "   ", "والتزمت مالي بتعيين ضابطين"])
def test_words_that_the_text_does_not_hold_are_no_promise(node: Node, sentence: str) -> None:
    intake = taken(node.desk(), MINISTERS)
    assert promise(node.desk(), intake.id, asked(sentence=sentence)) == Refusal("intake.not-in-text")


def test_the_same_sentence_is_not_promised_twice(node: Node) -> None:
    intake = taken(node.desk(), MINISTERS)
    first = done(promise(node.desk(), intake.id, asked()))
    assert promise(node.desk(), intake.id, asked()) == Refusal("intake.promised", frozenset({first}))


def test_it_points_to_the_released_report_if_all_its_readers_know_of_that(node: Node) -> None:
    desk = node.desk()
    intake = taken(desk, MINISTERS)
    report = done(release_draft(desk, intake.id, Release(label=FOUR)))
    record_id = done(promise(desk, intake.id, asked()))
    with node.store.read() as rx:
        stored = rx.record(record_id)
    assert stored is not None
    assert [(r.role, r.record_id) for r in stored.header.refs] == [("report", report)]


def test_it_does_not_tell_of_a_report_that_some_of_its_readers_may_not_know(node: Node) -> None:
    desk = node.desk()
    intake = taken(desk, MINISTERS)
    done(release_draft(desk, intake.id, Release(label=label(("MR", "NE")))))
    record_id = done(promise(desk, intake.id, asked()))
    with node.store.read() as rx:
        stored = rx.record(record_id)
    assert stored is not None
    assert stored.header.refs == ()
