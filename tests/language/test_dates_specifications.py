"""The outside specifications of dates: the rates do not fall below the floors."""

from __future__ import annotations

import pytest

from tests.bench._date_cases import FLOORS, NAMES, SHARED, cases, resolved

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is absent: nothing to measure against")


@pytest.mark.parametrize("language", sorted(FLOORS))
def test_dates_periods_and_lengths_are_resolved_as_often_as_the_floor_says(language: str) -> None:
    asked = [
        c
        for name in NAMES
        if name.startswith(language)
        for c in cases(name)
        if c.ref is not None or c.seconds is not None
    ]
    assert len(asked) > 200
    assert sum(resolved(c, c.ref) for c in asked) >= FLOORS[language] * len(asked)
