"""What tells linear from quadratic tells both."""

from __future__ import annotations

from tests.growth import linear


def over(size: int) -> None:
    for _ in range(size):
        pass


def over_pairs(size: int) -> None:
    for _ in range(size):
        over(size)


def test_one_pass_is_linear_and_a_pass_for_each_is_not() -> None:
    assert linear(over, 2_000, 40_000, times=20)
    assert not linear(over_pairs, 50, 1_000, times=20)
