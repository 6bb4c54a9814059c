"""Days, months, quarters, seasons and years as intervals of days, and steps from one to another."""

from __future__ import annotations

import calendar
from datetime import date
from functools import lru_cache
from typing import Final

import msgspec
from hijridate import Gregorian, Hijri

from tansiq.language.meaning import Amount, SeasonName, Unit

FIRST: Final = date(1, 1, 1)
LAST: Final = date(9999, 12, 31)
FIRST_ORDINAL: Final = FIRST.toordinal()
LAST_ORDINAL: Final = LAST.toordinal()
SEASONS: Final[dict[SeasonName, tuple[int, int]]] = {
    "winter": (12, 2),
    "spring": (3, 5),
    "summer": (6, 8),
    "autumn": (9, 11),
}
"""First and last month; a winter is of the year in which it starts."""
UNIT_S: Final[dict[Unit, float]] = {
    "second": 1,
    "minute": 60,
    "hour": 3600,
    "day": 86_400,
    "workday": 86_400,
    "week": 604_800,
    "weekend": 172_800,
    "month": 30 * 86_400,
    "quarter": 91 * 86_400,
    "semester": 182.5 * 86_400,
    "year": 365 * 86_400,
    "decade": 3650 * 86_400,
    "century": 36_500 * 86_400,
}
"""Seconds of a unit in a length; a month is 30 days, a year 365, as in common counting."""
MONTHS_OF: Final[dict[Unit, int]] = {
    "month": 1, "quarter": 3, "semester": 6, "year": 12, "decade": 120, "century": 1200,
}  # fmt: skip


class DayInterval(msgspec.Struct, frozen=True):
    """Days from ``lo`` to ``hi``, both included."""

    lo: date
    hi: date

    @property
    def days(self) -> int:
        """Return how many days lie between the ends."""
        return (self.hi - self.lo).days


def moved(day: date, count: int) -> date:
    """Return the day ``count`` days later, held inside the calendar."""
    return date.fromordinal(min(max(day.toordinal() + count, FIRST_ORDINAL), LAST_ORDINAL))


def single(day: date) -> DayInterval:
    """Return the interval of one day."""
    return DayInterval(day, day)


@lru_cache(maxsize=1024)
def month(year: int, number: int) -> DayInterval:
    """Return a month; numbers beyond 1–12 run into the years around, held inside the calendar."""
    whole = min(max(year * 12 + number - 1, 12), 9999 * 12 + 11)
    year, number = whole // 12, whole % 12 + 1
    return DayInterval(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]))


def months(year: int, first: int, count: int) -> DayInterval:
    """Return ``count`` months from the first of a year's ``first``."""
    return DayInterval(month(year, first).lo, month(year, first + count - 1).hi)


def years(first: int, last: int) -> DayInterval:
    """Return whole years, both included, held inside the calendar."""
    low, high = min(max(first, 1), 9999), min(max(last, 1), 9999)
    return DayInterval(date(low, 1, 1), date(high, 12, 31))


def season(name: SeasonName, year: int) -> DayInterval:
    """Return a season that starts in ``year``."""
    return months(year, SEASONS[name][0], 3)


def unit(name: Unit, day: date, count: int) -> DayInterval:
    """Return the whole unit that lies ``count`` units from that of ``day``. A week starts on Monday."""
    monday = moved(day, -day.weekday() + 7 * count)
    match name:
        case "week":
            return DayInterval(monday, moved(monday, 6))
        case "weekend":
            return DayInterval(moved(monday, 5), moved(monday, 6))
        case "month" | "quarter" | "semester" | "year":
            width = MONTHS_OF[name]
            first = (day.year * 12 + day.month - 1) // width + count
            return months(0, first * width + 1, width)
        case "decade" | "century":
            width = MONTHS_OF[name] // 12
            first = (day.year // width + count) * width
            return years(first, first + width - 1)
        case _:
            return single(moved(day, count if name in ("day", "workday") else 0))


def stepped(day: date, amount: Amount, sign: int) -> date:
    """Return the day ``amount`` before (-1) or after (1), by calendar months first, then days."""
    whole = sum(MONTHS_OF[u] * n for u, n in amount.parts if u in MONTHS_OF)
    landed = month(day.year, day.month + sign * max(-120_000, min(120_000, int(whole))))
    rest = (whole - int(whole)) * 30 if abs(whole) < 120_000 else 0.0
    out = date(landed.lo.year, landed.lo.month, min(day.day, landed.hi.day)) if whole else day
    out = moved(out, sign * int(min(3_700_000.0, rest + days_of(amount))))
    return _workdays(out, int(min(5000.0, sum(n for u, n in amount.parts if u == "workday"))), sign)


def days_of(amount: Amount) -> float:
    """Return the days of the parts that are weeks, days or less."""
    return sum(UNIT_S[u] / 86_400 * n for u, n in amount.parts if u not in MONTHS_OF and u != "workday")


def _workdays(day: date, count: int, sign: int) -> date:
    for _ in range(count):
        day = moved(day, sign)
        while day.weekday() > 4 and FIRST < day < LAST:
            day = moved(day, sign)
    return day


def seconds(amount: Amount) -> float:
    """Return a length in seconds, by common counting."""
    return sum(UNIT_S[u] * n for u, n in amount.parts)


def hijri(year: int, number: int, day: int | None) -> DayInterval | None:
    """Return the days of a Hijri month or day, None outside what the tables know (1343–1500)."""
    if not 1343 <= year <= 1500:
        return None
    try:
        first = Hijri(year, number, day or 1)
        last = first if day else Hijri(year, number, first.month_length())
        lo, hi = first.to_gregorian(), last.to_gregorian()
    except (ValueError, OverflowError):
        return None
    return DayInterval(date(lo.year, lo.month, lo.day), date(hi.year, hi.month, hi.day))


def hijri_year(day: date) -> int | None:
    """Return the Hijri year that holds a day, None outside the tables."""
    try:
        return int(Gregorian(day.year, day.month, day.day).to_hijri().year)
    except (ValueError, OverflowError):
        return None
