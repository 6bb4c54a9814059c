"""Matters: what may be spoken of in any contact that prepares a meeting, in each language."""

import pytest

from tansiq.boards.diplomacy.matters import NEUTRAL, is_known, matters_in


@pytest.mark.parametrize("topic", ["فترة", "الفترة", "période envisagée", "period", "tentative date"])
def test_when_a_meeting_may_be_is_a_neutral_matter(topic: str) -> None:
    assert matters_in(topic) == {"date"}
    assert matters_in(topic) <= NEUTRAL


def test_what_the_table_does_not_know_is_not_taken_for_harmless() -> None:
    assert not is_known("سماور")
