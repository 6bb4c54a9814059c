"""Sets of days as bits: what they hold, how they move, where they run."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tansiq.language import daysets
from tansiq.language.calendar import DayInterval

DAYS = st.dates(min_value=date(1991, 1, 1), max_value=date(2048, 1, 1))


def holds(found: int, day: date) -> bool:
    return bool(found & daysets.between(day, day))


@given(DAYS)
def test_a_day_is_of_its_weekday_its_month_and_its_number(day: date) -> None:
    assert holds(daysets.weekday(day.weekday()), day)
    assert holds(daysets.month(day.month), day)
    assert holds(daysets.day_of_month(day.day), day)
    assert not holds(daysets.weekday((day.weekday() + 1) % 7), day)
    assert not holds(daysets.month(day.month % 12 + 1), day)


@given(DAYS, st.integers(-400, 400), st.integers(0, 400))
def test_a_shifted_day_is_the_interval_so_far_from_it(day: date, first: int, width: int) -> None:
    moved = daysets.hull(daysets.shifted(daysets.between(day, day), first, first + width))
    assert moved == DayInterval(
        max(daysets.EARLIEST, day + timedelta(days=first)),
        min(daysets.LATEST, day + timedelta(days=first + width)),
    )


@given(st.lists(DAYS, max_size=12))
def test_runs_hold_the_days_of_a_set_and_no_other(days: list[date]) -> None:
    whole = 0
    for day in days:
        whole |= daysets.between(day, day)
    runs = list(daysets.runs(whole))
    assert sum(r.days + 1 for r in runs) == len(set(days))
    assert all(any(r.lo <= d <= r.hi for r in runs) for d in days)
    assert runs == sorted(runs, key=lambda r: r.lo)


def test_nothing_has_no_hull() -> None:
    assert daysets.hull(0) is None


def test_the_feast_is_found_in_its_year() -> None:
    assert holds(daysets.hijri(10, 1), date(2018, 6, 15))
    assert holds(daysets.hijri(9, 1), date(2017, 5, 27))
