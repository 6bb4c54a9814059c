"""What a chain allows at most, and what a proposal above it becomes (R06)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tansiq.intake.draft import draft
from tansiq.intake.grading import above, bound, entering, relays, within
from tansiq.intake.shape import ChainEntry
from tansiq.model.values import Grade

GRADES = st.builds(Grade, reliability=st.sampled_from("ABCDEF"), credibility=st.sampled_from("123456"))


def chain(text: str) -> tuple[ChainEntry, ...]:
    return draft(text, name="x").chain


def test_a_report_enters_as_f6() -> None:
    assert str(entering()) == "F6"


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("أعلنت وزارة الدفاع الجزائرية أن الجيش ضبط عشر بنادق.", "A2"),
        ("قال مصدر أمني إن الجيش ضبط عشر بنادق.", "F3"),
        ("Un chef de village a affirmé que la route est fermée.", "F3"),
    ],
)
def test_the_bound_is_that_of_the_origin(text: str, most: str) -> None:
    assert str(bound(chain(text), 0)) == most


def test_a_source_heard_through_another_relay_loses_a_step() -> None:
    direct = ChainEntry("X", (0, 1), "X", "official", False, None)
    paper = ChainEntry("P", (2, 3), "P", "newspaper", False, 2)
    first = ChainEntry("A", (4, 5), "A", "unnamed_source", True, None)
    second = ChainEntry("B", (6, 7), "B", "unnamed_source", True, None, via=1)
    entries = (direct, paper, first, second)
    assert [relays(entries, n) for n in range(4)] == [0, 0, 1, 1]
    assert bound(entries, 2) == bound(entries, 3)


def test_a_circle_of_relays_ends() -> None:
    entries = (
        ChainEntry("A", (0, 1), "A", "newspaper", False, 1),
        ChainEntry("B", (2, 3), "B", "newspaper", False, 0),
    )
    assert relays(entries, 0) <= len(entries)
    assert bound(entries, 0).reliability == "C"


@given(proposed=GRADES, most=GRADES)
def test_a_proposal_cut_to_its_bound_is_never_above_it_nor_raised(proposed: Grade, most: Grade) -> None:
    cut = within(proposed, most)
    assert not above(cut, most)
    assert cut.reliability >= proposed.reliability
    assert cut.credibility >= proposed.credibility
    assert above(proposed, most) == (str(cut) != str(proposed))
