"""Sets of days as the bits of a whole number: bit 0 is the first day of 1990, the last bit that of 2049.

Rules for the day of a text are many, and each allows days of any year: as bits they meet in one operation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Final, NamedTuple

from tansiq.language import days
from tansiq.language.calendar import DayInterval

EARLIEST: Final = date(1990, 1, 1)
LATEST: Final = date(2049, 12, 31)
SIZE: Final = (LATEST - EARLIEST).days + 1
ALL: Final = (1 << SIZE) - 1
RUN: Final = re.compile("1+")
HIJRI_YEARS: Final = range(1410, 1475)


class Clue(NamedTuple):
    """The days that something said allows, and how far it is believed (0 most)."""

    rank: int
    days: int


def between(lo: date, hi: date) -> int:
    """Return the days from ``lo`` to ``hi``, both included, as far as they lie within the sets."""
    first, last = max(0, (lo - EARLIEST).days), min(SIZE - 1, (hi - EARLIEST).days)
    return ((1 << (last - first + 1)) - 1) << first if first <= last else 0


@cache
def weekday(number: int) -> int:
    """Return all Mondays (0) … Sundays (6)."""
    week = 1 << ((number - EARLIEST.weekday()) % 7)
    return sum(week << n for n in range(0, SIZE, 7)) & ALL


@cache
def month(number: int) -> int:
    """Return all days of a month of the year."""
    whole = (days.month(year, number) for year in range(EARLIEST.year, LATEST.year + 1))
    return sum(between(m.lo, m.hi) for m in whole)


@cache
def day_of_month(number: int) -> int:
    """Return all days with that number."""
    firsts = (days.month(year, m) for year in range(EARLIEST.year, LATEST.year + 1) for m in range(1, 13))
    found = (m.lo + timedelta(days=number - 1) for m in firsts if number <= m.hi.day)
    return sum(1 << (day - EARLIEST).days for day in found)


@cache
def hijri(number: int, day: int) -> int:
    """Return that day of a Hijri month in every year, as computed; the day begins where the moon is seen."""
    found = (days.hijri(year, number, day) for year in HIJRI_YEARS)
    return sum(between(d.lo, d.lo) for d in found if d is not None)


def shifted(found: int, first: int, last: int) -> int:
    """Return the days that lie ``first`` to ``last`` days after one of a set (before it, if negative)."""
    spread, width = found, 1
    while width <= last - first:
        step = min(width, last - first + 1 - width)
        spread |= spread << step
        width += step
    return (spread << first if first >= 0 else spread >> -first) & ALL


def hull(found: int) -> DayInterval | None:
    """Return the least interval that holds a set, None if it is empty."""
    if not found:
        return None
    return DayInterval(_day((found & -found).bit_length() - 1), _day(found.bit_length() - 1))


def runs(found: int) -> Iterator[DayInterval]:
    """Yield the days of a set that follow each other without a gap, the earliest first."""
    first = 0  # mostly two runs are asked for: no text is made of the whole set, as in ``spans``
    while found:
        gap = (found & -found).bit_length() - 1
        found, first = found >> gap, first + gap
        length = (~found & (found + 1)).bit_length() - 1
        yield DayInterval(_day(first), _day(first + length - 1))
        found, first = found >> length, first + length


def spans(found: int) -> Iterator[tuple[int, int]]:
    """Yield the first bit of each run of a set and the one behind its last."""
    return (run.span() for run in RUN.finditer(_as_text(found)))


def _as_text(found: int) -> str:
    """Return the bits of a set as digits, the first day first."""
    return bin(found)[:1:-1]


def _day(bit: int) -> date:
    return EARLIEST + timedelta(days=bit)
