"""What strangers write makes no reader slow: the cost of a step grows with the length, not its square."""

from __future__ import annotations

import pytest

from tansiq.intake.outlets import outlets
from tansiq.intake.page import Page, analyse
from tansiq.intake.quantities import quantities
from tests.growth import linear

SHORT, TIMES = 1_000, 16


def text(seed: str, size: int) -> str:
    return seed * (size // len(seed))


def pages(seed: str) -> tuple[Page, Page]:
    short, long = (analyse(text(seed, size), None, frozenset()) for size in (SHORT, TIMES * SHORT))
    return short, long


@pytest.mark.parametrize("seed", ["A-", "Radio A_"])
def test_capitals_in_a_row_are_tried_as_titles_in_linear_time(seed: str) -> None:
    assert linear(lambda page: list(outlets(page)), *pages(seed), TIMES)


@pytest.mark.parametrize("seed", ["ثلث المال 3 رجال ", "12 sources, 3 men. "])
def test_numbers_in_a_row_are_counted_in_linear_time(seed: str) -> None:
    assert linear(quantities, *pages(seed), TIMES)


@pytest.mark.parametrize("seed", ["Les élections auront lieu en avril. ", "ستجري الانتخابات في أبريل. "])
def test_elections_in_a_row_are_looked_up_in_linear_time(seed: str) -> None:
    short, long = text(seed, SHORT), text(seed, TIMES * SHORT)
    assert linear(lambda read: analyse(read, None, frozenset()), short, long, TIMES)
