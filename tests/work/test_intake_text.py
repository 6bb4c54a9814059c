"""A text taken in becomes a draft of this node, and officers' corrections stay apart from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tansiq.base.errors import InputError
from tansiq.base.refusal import Refusal
from tansiq.work.intake_file import items, kept
from tansiq.work.intake_text import (
    BadCorrection,
    NoReason,
    correct_draft,
    drop_text,
    intake_of,
    intakes,
    take_text,
)
from tests.work.intakes import MINISTERS, NEMA, held, sample, taken
from tests.work.nodes import Node, make_node

WHY = "الرواية منفية"


@pytest.fixture
def node(tmp_path: Path) -> Node:
    return make_node(tmp_path, "MR")


def test_the_title_proposed_is_the_headline_with_its_words(node: Node) -> None:
    made = taken(node.desk())
    title = items(made.file)[0]
    assert title.value() == "دوريات منسقة حول النعمة وباسكنو وجدل بشأن عبور الحدود"
    assert made.file.text[slice(*title.spans[0])] == title.value()


@pytest.mark.parametrize("name", [NEMA, MINISTERS])
def test_every_item_is_tied_to_words_of_the_text(node: Node, name: str) -> None:
    made = taken(node.desk(), name)
    tied = [made.file.text[slice(*s)].strip() for each in items(made.file) for s in each.spans]
    assert len(tied) > 20
    assert all(tied)


def test_what_was_taken_in_is_there_after_a_restart_and_in_the_journal(node: Node) -> None:
    desk = node.desk()
    made = taken(desk)
    assert held(desk, made) == made
    with node.store.read() as rx:
        assert rx.journal_entries(1)[0].act == "intake"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "input.empty"),
        (b" \r\n\t ", "input.empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(400), "input.binary"),
        (bytes(range(256)) * 8, "input.binary"),
        (b"x" * (10 * 1024 * 1024 + 1), "input.too-large"),
        (b"\xff\xfe\x00\xd8" + b"\x00\xd8" * 200, "input.encoding"),
    ],
)
def test_what_is_no_text_is_named_and_leaves_nothing(node: Node, content: bytes, code: str) -> None:
    desk = node.desk()
    with pytest.raises(InputError) as told:
        take_text(desk, "ملف.txt", content)
    assert told.value.code == code
    assert intakes(desk) == ()


def test_a_correction_keeps_the_proposal_its_author_and_its_reason(node: Node) -> None:
    desk = node.desk()
    made = taken(desk)
    before = items(made.file)[0].value()
    correct_draft(desk, made.id, {"title": "عنوان مصحَّح"}, why=WHY)
    title = items(held(desk, made).file)[0]
    mark = title.parts[0].mark
    assert (title.value(), title.outcome, title.parts[0].machine) == ("عنوان مصحَّح", "corrected", before)
    assert mark is not None
    assert (mark.by, mark.why) == (desk.officer.pseudonym, WHY)


def test_the_machines_draft_is_never_changed(node: Node) -> None:
    desk = node.desk()
    made = taken(desk)
    correct_draft(desk, made.id, {"title": "آخر", "statements.2.type": "allegation"}, why=WHY)
    assert held(desk, made).file.machine == made.file.machine


def test_a_correction_without_a_reason_changes_nothing(node: Node) -> None:
    desk = node.desk()
    made = taken(desk)
    with pytest.raises(NoReason):
        correct_draft(desk, made.id, {"title": "آخر", "statements.0": "rejected"}, why=" ")
    assert held(desk, made) == made


def test_saying_what_is_there_already_is_no_correction(node: Node) -> None:
    desk = node.desk()
    made = taken(desk)
    same = {each.address_of(p): p.value for each in items(made.file) for p in each.parts}
    done = correct_draft(desk, made.id, same)
    assert not isinstance(done, Refusal)
    assert done.file.marks == {}


@pytest.mark.parametrize(
    ("address", "value"),
    [
        ("statements.999", "rejected"),
        ("statements.0", "perhaps"),
        ("statements.0.type", "rumour"),
        ("occurred.lo", "22 مارس"),
        ("quantities.0.value", "كثير"),
        ("title", "   "),
        ("label", "secret"),
    ],
)
def test_what_a_field_cannot_take_is_refused_by_its_address(node: Node, address: str, value: str) -> None:
    desk = node.desk()
    made = taken(desk)
    with pytest.raises(BadCorrection) as told:
        correct_draft(desk, made.id, {address: value}, why=WHY)
    assert told.value.where == address


def test_rejected_items_are_not_kept_and_can_be_taken_back(node: Node) -> None:
    desk = node.desk()
    made = taken(desk)
    correct_draft(desk, made.id, {"statements.0": "rejected", "statements.1": "accepted"})
    rejected = held(desk, made).file
    assert "statements.0" not in [each.address for each in kept(rejected)]
    correct_draft(desk, made.id, {"statements.0": "proposed"})
    assert "statements.0" in [each.address for each in kept(held(desk, made).file)]


def test_a_draft_is_its_officers_alone(node: Node) -> None:
    made = taken(node.desk("duty"))
    other = node.desk("analyst")
    assert intakes(other) == ()
    with node.store.read() as rx:
        found = intake_of(other, rx, made.id)
    assert found == Refusal("intake.absent")


@pytest.mark.parametrize("role", ["auditor", "admin"])
def test_who_may_not_draft_takes_nothing_in(node: Node, role: str) -> None:
    made = take_text(node.desk(role), "نص", "خبر قصير جدا".encode())  # type: ignore[arg-type]
    assert made == Refusal("role", frozenset({"draft"}))


def test_a_dropped_text_is_gone(node: Node) -> None:
    desk = node.desk()
    made = taken(desk)
    assert drop_text(desk, made.id) is None
    assert intakes(desk) == ()


def test_the_text_is_kept_as_read_whatever_its_line_ends(node: Node) -> None:
    made = take_text(node.desk(), "ملف", "\ufeffعنوان الخبر من أربع كلمات\r\nسطر ثان".encode())
    assert not isinstance(made, Refusal)
    assert made.file.text == "عنوان الخبر من أربع كلمات\nسطر ثان"
    assert sample(NEMA).decode() == taken(node.desk()).file.text
