"""One text, several records: each with its own words and label, nothing twice, what is left is told."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.model.kinds.report import Report
from tansiq.model.label import label
from tansiq.work.desk import Desk
from tansiq.work.intake_file import items
from tansiq.work.intake_text import BadCorrection, Intake, correct_draft
from tansiq.work.parts_of_text import blocks, where
from tansiq.work.release_draft import Release, release_draft
from tansiq.work.split_text import assign, part_of, release_part
from tests.work.intakes import MINISTERS, held, taken
from tests.work.nodes import Node, make_node

WHY = "تمرين"


@pytest.fixture
def node(tmp_path: Path) -> Node:
    return make_node(tmp_path, "MR")


def halves(desk: Desk) -> Intake:
    """A text whose first half is part 1, the second part 2, its last block in none."""
    made = taken(desk, MINISTERS)
    count = len(blocks(made.file.text))
    assert count > 4
    given = {n: 1 if n < count // 2 else 2 for n in range(count - 1)}
    done = assign(desk, made.id, given, {1: "الجزء الأول"})
    assert not isinstance(done, Refusal)
    return done


def sign(desk: Desk, made: Intake, number: int, *to: str) -> RecordId:
    done = release_part(desk, made.id, number, Release(label=label(to)))
    assert not isinstance(done, Refusal), done
    return done


def body(node: Node, record: RecordId) -> Report:
    with node.store.read() as rx:
        found = rx.record(record)
    assert found is not None
    assert isinstance(found.body, Report)
    return found.body


def test_every_block_is_words_of_the_text_and_no_word_is_in_two(node: Node) -> None:
    text = taken(node.desk(), MINISTERS).file.text
    cut = blocks(text)
    assert all(a[1] <= b[0] for a, b in pairwise(cut))
    assert "".join("".join(text[s:e].split()) for s, e in cut) == "".join(text.split())


def test_each_part_is_a_signed_record_with_its_own_label_and_words(node: Node) -> None:
    desk = node.desk()
    made = halves(desk)
    first, second = sign(desk, made, 1, "MR", "ML"), sign(desk, made, 2, "MR", "NE")
    one, two = body(node, first), body(node, second)
    with node.store.read() as rx:
        labels = [rx.label_of(r) for r in (first, second)]
    assert [set(x.audience) for x in labels if x] == [{"MR", "ML"}, {"MR", "NE"}]
    assert one.title == "الجزء الأول"
    assert one.text != two.text
    assert one.text in made.file.text
    assert two.text in made.file.text
    assert not {s.text for s in one.statements} & {s.text for s in two.statements}
    assert one.statements
    assert two.statements


def test_nothing_is_signed_twice_and_what_is_left_is_told(node: Node) -> None:
    made = halves(node.desk())
    places = where(made.file)
    texts = [part_of(made.file, n).machine for n in (1, 2)]
    signed = sum(len(d.statements) + len(d.events) + len(d.quantities) for d in texts)
    counted = [a for a, n in places.items() if n > 0 and a.startswith(("statements", "events", "quantities"))]
    assert signed == len(counted)
    assert set(places.values()) <= {-1, 0, 1, 2}
    assert 0 in places.values()


def test_a_part_carries_the_officers_corrections(node: Node) -> None:
    desk = node.desk()
    made = halves(desk)
    address = next(a for a, n in where(made.file).items() if n == 2 and a.startswith("statements"))
    correct_draft(desk, made.id, {f"{address}.text": "قول مصحح"}, why=WHY)
    report = body(node, sign(desk, made, 2, "MR"))
    assert "قول مصحح" in [s.text for s in report.statements]


def test_a_statement_is_never_the_authors_because_its_source_stands_elsewhere(node: Node) -> None:
    made = halves(node.desk())
    whole = made.file.machine
    for number in (1, 2):
        part = part_of(made.file, number).machine
        for said in part.statements:
            before = next(s for s in whole.statements if s.text == said.text)
            assert (before.source is None) == (said.source is None)


def test_a_signed_part_stays_as_it_is_and_the_whole_is_not_signed_any_more(node: Node) -> None:
    desk = node.desk()
    made = halves(desk)
    sign(desk, made, 1, "MR")
    address = next(a for a, n in where(made.file).items() if n == 1 and a.startswith("statements"))
    assert correct_draft(desk, made.id, {address: "rejected"}) == Refusal("split.signed")
    assert assign(desk, made.id, {0: 2}, {}) == Refusal("split.signed")
    assert release_part(desk, made.id, 1, Release(label=label(["MR"]))) == Refusal("split.signed")
    assert release_part(desk, made.id, 9, Release(label=label(["MR"]))) == Refusal("split.no-part")
    again = release_draft(desk, made.id, Release(label=label(["MR"])))
    assert isinstance(again, Refusal)
    assert again.reason == "split.begun"
    assert set((held(desk, made).file.split or made.file.split).records) == {"1"}  # type: ignore[union-attr]


def test_how_the_whole_was_obtained_holds_for_each_part(node: Node) -> None:
    desk = node.desk()
    made = halves(desk)
    done = correct_draft(desk, made.id, {"obtained": "detainee"}, why=WHY)
    assert not isinstance(done, Refusal)
    for number in (1, 2):
        found = next(i for i in items(part_of(done.file, number)) if i.address == "obtained")
        assert found.value() == "detainee"


def test_a_block_that_is_not_there_is_refused(node: Node) -> None:
    desk = node.desk()
    made = taken(desk, MINISTERS)
    with pytest.raises(BadCorrection):
        assign(desk, made.id, {999: 1}, {})
    with pytest.raises(BadCorrection):
        assign(desk, made.id, {0: 99}, {})
