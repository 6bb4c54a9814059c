"""Working days of each state: weekends, fixed and moveable feasts, the Hijri calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tansiq.language.workdays import (
    HijriDay,
    easter,
    holidays,
    next_working_day,
    shorter_hours,
    to_hijri,
    working_day,
)

STATES = ("BF", "DZ", "LY", "ML", "MR", "NE", "TD")


@pytest.mark.parametrize("state", STATES)
def test_weekends_are_friday_and_saturday_in_two_states_and_saturday_and_sunday_in_five(state: str) -> None:
    friday, sunday = date(2031, 3, 14), date(2031, 3, 16)
    rests = {day for day in (friday, sunday) if working_day(state, day) is not None}
    assert rests == ({friday} if state in ("DZ", "LY") else {sunday})


@pytest.mark.parametrize(
    ("state", "day", "name"),
    [
        ("DZ", date(2026, 11, 1), "ذكرى اندلاع الثورة"),
        ("ML", date(2026, 9, 22), "عيد الاستقلال"),
        ("MR", date(2026, 11, 28), "عيد الاستقلال"),
        ("NE", date(2026, 12, 18), "عيد الجمهورية"),
        ("LY", date(2026, 12, 24), "عيد الاستقلال"),
    ],
)
def test_a_national_day_is_no_working_day_and_is_certain(state: str, day: date, name: str) -> None:
    why = working_day(state, day)
    assert why is not None
    assert why.feast is not None
    assert (why.feast.ar, why.feast.expected) == (name, False)


@pytest.mark.parametrize("state", STATES)
def test_both_feasts_are_kept_everywhere_and_only_expected(state: str) -> None:
    for day in (date(2026, 3, 20), date(2026, 5, 27)):
        feasts = [f for f in holidays(state, day) if f.expected]
        assert feasts, (state, day)


@pytest.mark.parametrize(
    ("day", "hijri"),
    [
        (date(2026, 3, 20), HijriDay(1447, 10, 1)),
        (date(2026, 5, 27), HijriDay(1447, 12, 10)),
        (date(2010, 4, 21), HijriDay(1431, 5, 7)),
    ],
)
def test_days_have_their_hijri_day(day: date, hijri: HijriDay) -> None:
    assert to_hijri(day) == hijri


@pytest.mark.parametrize(
    ("year", "day"), [(2026, date(2026, 4, 5)), (2027, date(2027, 3, 28)), (2031, date(2031, 4, 13))]
)
def test_easter_is_found(year: int, day: date) -> None:
    assert easter(year) == day
    why = working_day("BF", day + timedelta(days=39))
    assert why is not None
    assert why.feast is not None
    assert why.feast.fr == "Ascension"


@given(st.sampled_from(STATES), st.dates(date(1900, 1, 1), date(2150, 1, 1)))
def test_a_working_day_is_never_far_and_is_one(state: str, day: date) -> None:
    found = next_working_day(state, day)
    assert working_day(state, found) is None
    assert timedelta(0) <= found - day <= timedelta(days=7)


def test_outside_the_tables_there_is_no_hijri_day() -> None:
    assert to_hijri(date(1900, 1, 1)) is None
    assert to_hijri(date(2100, 1, 1)) is None


def test_offices_close_earlier_in_ramadan_where_that_is_announced_and_on_working_days_alone() -> None:
    """Ramadan 1448 is computed to begin on the eighth of February 2027, a Monday."""
    monday, friday, before = date(2027, 2, 8), date(2027, 2, 12), date(2027, 2, 7)
    assert [state for state in STATES if shorter_hours(state, monday)] == ["DZ", "LY", "MR"]
    assert [state for state in STATES if shorter_hours(state, friday)] == ["MR"]
    assert not any(shorter_hours(state, before) for state in STATES)
