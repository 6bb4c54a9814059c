"""What an officer corrected once is right in the next proposal: his alone, never of persons."""

from __future__ import annotations

from pathlib import Path

import pytest

from tansiq.base.ids import raw_of
from tansiq.base.refusal import Refusal
from tansiq.model.label import label
from tansiq.store.store import ReadTx
from tansiq.work.desk import Desk
from tansiq.work.hide_source import Hiding, hide_source
from tansiq.work.intake_file import IntakeFile, Item, items
from tansiq.work.intake_text import (
    Intake,
    correct_draft,
    drop_text,
    take_text,
    think_of_label,
    undo_correction,
)
from tansiq.work.lessons import books, drop_lesson
from tansiq.work.originator import recall
from tansiq.work.release_draft import Release, release_draft
from tests.work.nodes import Node, make_node

FIRST = """دوريات قرب النعمة

أعلنت رابطة مربي الماشية في النعمة أن عشرين عربة وصلت إلى باسكنو يوم الاثنين.
وذكرت صحيفة الشروق أن من المرتقب إجراء مناورات مشتركة قرب باسكنو، وأن ثلاثين رأسا نفقت.
ووصل إدريس ولد الشيخ إلى النعمة.
"""
LIKE = """\
أخبار الحوض

وصلت خمسون عربة إلى تمبدغة، وفق رابطة مربي الماشية. وأفادت صحيفة الشروق \
بأن من المرتقب إجراء مناورات مشتركة في الشهر القادم، ونفقت أربعون رأسا. وعاد إدريس ولد الشيخ.
"""
WHY = "تمرين"


@pytest.fixture
def node(tmp_path: Path) -> Node:
    return make_node(tmp_path, "MR", protected=("HOSTAGE",))


def take(desk: Desk, text: str, name: str) -> Intake:
    made = take_text(desk, name, text.encode())
    assert not isinstance(made, Refusal)
    return made


def of(file: IntakeFile, group: str, words: str) -> Item:
    """The item of a group whose words hold these."""
    return next(
        i for i in items(file) if i.group == group and any(words in file.text[s:e] for s, e in i.spans)
    )


def correct(desk: Desk, made: Intake, values: dict[str, str]) -> Intake:
    done = correct_draft(desk, made.id, values, why=WHY)
    assert not isinstance(done, Refusal), done
    return done


def known(desk: Desk) -> int:
    with desk.store.read() as rx:
        return sum(len(b.lessons) for b in books(rx, desk))


def test_corrected_once_a_like_text_is_proposed_right(node: Node) -> None:
    """Kind, name, unit, status and a false hit: none of five right before, all five after."""
    desk = node.desk()
    before = take(desk, LIKE, "قبل").file
    first = take(desk, FIRST, "الأول")
    body, unit = of(first.file, "actors", "رابطة"), of(first.file, "quantities", "رأسا")
    drill, place = of(first.file, "events", "مناورات"), of(first.file, "places", "النعمة")
    paper = of(first.file, "actors", "صحيفة الشروق")
    drill = next(i for i in items(first.file) if i.group == "events" and i.value("type") == "exercise")
    correct(
        desk,
        first,
        {
            f"{body.address}.kind": "community",
            f"{body.address}.name": "اتحاد الرعاة",
            f"{unit.address}.unit": "رأس ماشية",
            f"{drill.address}.status": "claimed",
            paper.address: "rejected",
        },
    )
    after = take(desk, LIKE, "بعد").file

    def right(file: IntakeFile) -> list[bool]:
        event = next(i for i in items(file) if i.group == "events" and i.value("type") == "exercise")
        return [
            of(file, "actors", "رابطة").value("kind") == "community",
            of(file, "actors", "رابطة").value("name") == "اتحاد الرعاة",
            of(file, "quantities", "رأسا").value("unit") == "رأس ماشية",
            event.value("status") == "claimed",
            of(file, "actors", "صحيفة الشروق").outcome == "rejected",
        ]

    assert place.outcome == "proposed"
    assert sum(right(before)) == 0
    assert sum(right(after)) == 5
    assert of(after, "actors", "رابطة").parts[0].machine == of(before, "actors", "رابطة").value("name")


def test_a_lesson_says_which_text_it_is_from_and_the_officer_has_the_last_word(node: Node) -> None:
    desk = node.desk()
    first = take(desk, FIRST, "الأول")
    body = of(first.file, "actors", "رابطة")
    correct(desk, first, {f"{body.address}.kind": "community"})
    like = take(desk, LIKE, "الثاني")
    again = of(like.file, "actors", "رابطة")
    part = next(p for p in again.parts if p.name == "kind")
    assert part.learned is not None
    assert (part.learned.name, part.machine, again.outcome) == ("الأول", "org", "proposed")
    done = correct(desk, like, {f"{again.address}.kind": "org"})
    assert of(done.file, "actors", "رابطة").value("kind") == "org"


def test_what_was_left_out_by_a_lesson_can_be_taken_back(node: Node) -> None:
    desk = node.desk()
    first = take(desk, FIRST, "الأول")
    paper = of(first.file, "actors", "صحيفة الشروق")
    correct(desk, first, {paper.address: "rejected"})
    like = take(desk, LIKE, "الثاني")
    again = of(like.file, "actors", "صحيفة الشروق")
    assert again.outcome == "rejected"
    same = {again.address: "rejected"}
    assert correct(desk, like, same).file.marks == {}
    back = correct_draft(desk, like.id, {}, verdicts={again.address: "accepted"})
    assert not isinstance(back, Refusal)
    assert of(back.file, "actors", "صحيفة الشروق").outcome == "accepted"


def test_nothing_is_learnt_of_a_person(node: Node) -> None:
    desk = node.desk()
    first = take(desk, FIRST, "الأول")
    person = of(first.file, "actors", "إدريس")
    correct(desk, first, {f"{person.address}.kind": "person", f"{person.address}.name": "إدريس"})
    correct(desk, first, {person.address: "rejected"})
    with desk.store.read() as rx:
        assert "دريس" not in str(books(rx, desk))


def test_lessons_are_their_officers_alone(node: Node) -> None:
    desk = node.desk()
    first = take(desk, FIRST, "الأول")
    correct(desk, first, {f"{of(first.file, 'actors', 'رابطة').address}.kind": "community"})
    other = node.desk("analyst")
    assert (known(desk), known(other)) == (1, 0)
    assert of(take(other, LIKE, "x").file, "actors", "رابطة").value("kind") == "org"


def test_taken_back_dropped_and_let_go_lessons_are_gone(node: Node) -> None:
    desk = node.desk()
    first = take(desk, FIRST, "الأول")
    values = {f"{of(first.file, 'actors', 'رابطة').address}.kind": "community"}
    correct(desk, first, values)
    undo_correction(desk, first.id)
    assert known(desk) == 0
    correct(desk, first, values)
    with desk.store.read() as rx:
        key = books(rx, desk)[0].lessons[0].key
    assert drop_lesson(desk, key) is None
    assert known(desk) == 0
    correct(desk, first, {f"{of(first.file, 'quantities', 'رأسا').address}.unit": "رأس ماشية"})
    assert known(desk) == 1
    drop_text(desk, first.id)
    assert known(desk) == 0
    assert drop_lesson(desk, key) == Refusal("lesson.absent")


def test_protected_material_teaches_nothing(node: Node) -> None:
    desk = node.desk(compartments=("SOURCE", "HOSTAGE"))
    first = take(desk, FIRST, "الأول")
    values = {f"{of(first.file, 'actors', 'رابطة').address}.kind": "community"}
    correct(desk, first, values)
    think_of_label(desk, first.id, {"l.compartments": ["HOSTAGE"]})
    assert known(desk) == 0
    second = take(desk, FIRST, "آخر")
    correct(desk, second, values)
    link = int(of(second.file, "chain", "رابطة").address.partition(".")[2])
    hidden = hide_source(desk, second.id, Hiding(link=link, words=("رابطة مربي الماشية",)))
    assert not isinstance(hidden, Refusal), hidden
    assert known(desk) == 0


def test_lessons_go_with_a_report_that_is_withdrawn(node: Node) -> None:
    desk = node.desk()
    first = take(desk, FIRST, "الأول")
    correct(desk, first, {f"{of(first.file, 'actors', 'رابطة').address}.kind": "community"})
    made = release_draft(desk, first.id, Release(label=label(["MR"])))
    assert not isinstance(made, Refusal)
    assert known(desk) == 1
    with desk.store.write() as tx:
        tx.forget_copies(raw_of(made))
    assert known(desk) == 0


def test_what_a_lesson_proposed_elsewhere_goes_with_the_report_that_we_take_back(node: Node) -> None:
    """By our own recall, which leaves our own copy; nor does a saving of that copy teach it again."""
    desk = node.desk("release")
    first = take(desk, FIRST, "عنوان السر")
    correct(desk, first, {f"{of(first.file, 'actors', 'رابطة').address}.name": "اتحاد الرعاة"})
    like, other = take(desk, LIKE, "الثاني"), take(desk, LIKE, "الثالث")
    signed = release_draft(desk, other.id, Release(label=label(["MR"])))
    made = release_draft(desk, first.id, Release(label=label(["MR"])))
    assert not isinstance(made, Refusal)
    assert not isinstance(signed, Refusal)
    with desk.store.read() as rx:
        assert all("عنوان السر".encode() in content(rx, each) for each in (like, other))
    done = recall(desk, made, reason="خطأ")
    assert not isinstance(done, Refusal)
    think_of_label(desk, first.id, {"l.level": ["secret"]})
    assert known(desk) == 0
    with desk.store.read() as rx:
        for each in (like, other):
            assert "عنوان السر".encode() not in content(rx, each)
        assert "اتحاد الرعاة".encode() not in content(rx, like)
        assert "اتحاد الرعاة".encode() in content(rx, other)


def content(rx: ReadTx, made: Intake) -> bytes:
    row = rx.draft(made.id)
    assert row is not None
    return row.content


def test_lessons_rest_sealed_and_are_no_records(node: Node, tmp_path: Path) -> None:
    desk = node.desk()
    first = take(desk, FIRST, "الأول")
    correct(desk, first, {f"{of(first.file, 'actors', 'رابطة').address}.name": "اتحاد الرعاة"})
    needle = "اتحاد الرعاة".encode()
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and needle in p.read_bytes()]
    with desk.store.read() as rx:
        assert rx.log_head()[0] == 0
