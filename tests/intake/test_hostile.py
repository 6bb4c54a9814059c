"""What strangers write makes no reader slow: the cost of a step grows with the length, not its square."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tansiq.intake.outlets import outlets
from tansiq.intake.page import Page, analyse
from tansiq.intake.quantities import quantities

SHORT, LONG = 1_000, 16_000
MOST: float = 3 * LONG / SHORT


def cost_s(act: Callable[[Page], object], seed: str, size: int) -> float:
    page = analyse(seed * (size // len(seed)), None, frozenset())
    began = time.process_time()
    act(page)
    return time.process_time() - began


@pytest.mark.parametrize("seed", ["A-", "Radio A_"])
def test_capitals_in_a_row_are_tried_as_titles_in_linear_time(seed: str) -> None:
    short = cost_s(lambda page: list(outlets(page)), seed, SHORT)
    assert cost_s(lambda page: list(outlets(page)), seed, LONG) < MOST * max(short, 0.002)


@pytest.mark.parametrize("seed", ["ثلث المال 3 رجال ", "12 sources, 3 men. "])
def test_numbers_in_a_row_are_counted_in_linear_time(seed: str) -> None:
    short = cost_s(quantities, seed, SHORT)
    assert cost_s(quantities, seed, LONG) < MOST * max(short, 0.002)


@pytest.mark.parametrize("seed", ["Les élections auront lieu en avril. ", "ستجري الانتخابات في أبريل. "])
def test_elections_in_a_row_are_looked_up_in_linear_time(seed: str) -> None:
    def cpu_s(size: int) -> float:
        began = time.process_time()
        analyse(seed * (size // len(seed)), None, frozenset())
        return time.process_time() - began

    cpu_s(SHORT)
    short = cpu_s(SHORT)
    assert cpu_s(LONG) < MOST * max(short, 0.002)
