"""The day of publication of a text that does not say it, solved from what the text says.

Rules, each a constraint that narrows an interval of days:
1. a date that the text prints as its own is the day of publication (``datelines.py``);
2. 'today Friday', 'yesterday Tuesday' and '12 April current' fix the weekday and the month;
3. a text is written after the latest full date it reports, and within two years of it;
   and before the dates it plans and the deadlines it sets;
4. a weekday beside a day of a month must agree, 'last May' and 'next May' are not said in May, and 'the
   elections of next year' are those of ``knowledge/elections.psv``;
5. public events it treats as news (``knowledge/chronology.psv``) give the days in which they were news: the
   latest of them counts, within what lasted then (a hostage still held); what a text tells with its year, or
   before a full date that it reports, is no news but a floor;
6. a text that reckons from its own day ('yesterday', 'last week', 'on Friday') tells news: it is written
   within ``FRESH_DAYS`` of the latest full day that it reports, or before the nearest full day it awaits; a
   weekday with its day and month and without a year is news, too;
7. whom it names in office held it then (``tenures.py``).

Without news and without a running month an answer wider than three months is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, partial
from typing import Final, Literal

import msgspec

from tansiq.language import days
from tansiq.language.calendar import DayInterval, hangs, placed
from tansiq.language.datelines import dateline
from tansiq.language.dates import When
from tansiq.language.folding import key
from tansiq.language.lexicon import any_of, cells, hidden, rows, table
from tansiq.language.meaning import Away, Between, DayShift, Fields, Meaning, Shift, Until, Weekday, Within
from tansiq.language.present import Strings
from tansiq.language.tenures import tenure

EARLIEST: Final = date(1990, 1, 1)
LATEST: Final = date(2049, 12, 31)
ANY_DAY: Final = date(2000, 1, 1)
WIDEST_DAYS: Final = 92
FRESH_DAYS: Final = 44  # news is told within so many days
TOLD_DAYS: Final = 20  # so long a weekday with its date, without a year, is told
MOST_DAYS: Final = 4500  # no more days are tried one by one
LONGEST_NEWS: Final = 125  # days; what lasts longer is no news of a day
BESIDE: Final = 110  # letters from a word to the year it is told with
YEAR: Final = re.compile(r"(?<!\d)(?:19[5-9]\d|20[0-4]\d)(?!\d)")
NEAR: Final = 80  # letters around a time that may say what it is the time of
PLANNED: Final = re.compile(rf"(?<![^\W_])[وف]?(?:{any_of(table('times.psv', 'planned'))})(?![^\W_])")
ELECTION: Final = re.compile(rf"(?<![^\W_])[وفبل]*(?:{any_of(table('times.psv', 'election'))})(?![^\W_])")
Test = Callable[[date], bool]


class Published(msgspec.Struct, frozen=True):
    """The day of publication as far as it is known, and how."""

    interval: DayInterval
    basis: Literal["given", "text", "inferred"]


def publication(text: str, found: list[When], without: frozenset[str] = frozenset()) -> Published | None:
    """Return the day of publication of a folded text, solved from what it says."""
    if (printed := dateline(text, found)) is not None:
        return Published(*printed)
    window, sure = _window(text, found, without)
    if window is None:
        return None
    window = window if sure else _fresh(found, window)
    possible = _possible(window, _tests(text, found))
    days_wide = (possible[-1] - possible[0]).days
    if not sure and days_wide > WIDEST_DAYS:
        return None
    return Published(DayInterval(possible[0], possible[-1]), "inferred")


def _window(text: str, found: list[When], without: frozenset[str]) -> tuple[DayInterval | None, bool]:
    """Return the days that bounds, news and the running month leave, and whether news or month were said."""
    lo, hi = _in_office(text, without, *_bounds(text, found))
    told = _told(text, without, lo)
    news, lo = told.news, max(lo, told.floor) if told.floor <= hi else lo
    months = [f for w in found if (f := w.fields).side == 0 and f.year is None and f.month and not f.hijri]
    if news is not None:
        lo, hi = max(lo, news.lo), min(hi, news.hi) if hi >= news.lo else news.hi
    if months:
        month = _first_month(months, lo)
        lo, hi = max(lo, month.lo), min(hi, month.hi)
    return (DayInterval(lo, hi) if lo <= hi else None), news is not None or bool(months)


def _in_office(text: str, without: frozenset[str], lo: date, hi: date) -> tuple[date, date]:
    """Narrow bounds by the years of the office-holders that a text names in their office (rule 7)."""
    years = tenure(text, without)
    if years is None or years.lo > hi or years.hi < lo:
        return lo, hi
    return max(lo, years.lo), min(hi, years.hi)


def _fresh(found: list[When], window: DayInterval) -> DayInterval:
    """Narrow the days of news: near its latest full day, else before what it awaits (rule 6)."""
    if window.days <= FRESH_DAYS or not any(_reckons(w.means) for w in found):
        return window
    full = [d for w in found if (d := _reported(w.means)) is not None and d.days <= 8]
    near = timedelta(days=FRESH_DAYS)
    if any(d.lo == window.lo for d in full):
        return DayInterval(window.lo, window.lo + near)
    awaited = [w for w in found if w.limit and not hangs(w.means)] or any(d.hi == window.hi for d in full)
    return DayInterval(window.hi - near, window.hi) if awaited else window


def _reckons(means: Meaning) -> bool:
    """Tell whether an expression is reckoned from the day of the text: 'yesterday', 'last week'."""
    match means:
        case DayShift(count, weekday):
            return count != 0 or weekday is not None
        case Weekday() | Away() | Within():
            return True
        case Shift(unit, _):
            return unit in ("day", "week", "month")
        case Fields(year=None, month=month, hijri=False):
            return month is not None
        case Between(first=first):
            return _reckons(first)
        case _:
            return False


def _possible(window: DayInterval, tests: list[Test]) -> list[date]:
    """Return the days of a window that pass the tests; a test that no day passes is not believed."""
    if window.days > MOST_DAYS:
        return [window.lo, window.hi]
    possible = [window.lo + timedelta(days=n) for n in range(window.days + 1)]
    for test in tests:
        possible = [d for d in possible if test(d)] or possible
    return possible


def _tests(text: str, found: list[When]) -> list[Test]:
    """What a day of publication must agree with: weekdays beside days, months gone by, elections to come."""
    tests: list[Test] = []
    for when in found:
        match when.means:
            case DayShift(count, weekday) if weekday is not None:
                tests.append(partial(_falls, count, weekday))
            case Fields(year=None, day=day, weekday=weekday, hijri=False) if day and weekday is not None:
                tests.append(partial(_agrees, when.means))
                tests.append(partial(_is_fresh, when.means, _planned(text, when)))
            case Fields(year=None, month=month, side=side) if month is not None and side in (-1, 1):
                tests.append(partial(_not_within, month))
            case Shift("year", count) if count >= 0 and (polls := _elections(text, when)):
                tests.append(partial(_votes, count, polls))
            case _:
                pass
    return tests


def _falls(count: int, weekday: int, day: date) -> bool:
    return (day.weekday() + count) % 7 == weekday


def _agrees(said: Fields, day: date) -> bool:
    """'Tuesday 20 April' or 'Thursday 21', seen from ``day``, falls on its weekday not far from it."""
    if said.month is not None:
        seen = placed(replace(said, weekday=None), day)
        return seen is not None and seen.lo.weekday() == said.weekday
    seen = placed(said, day)
    return seen is not None and abs((seen.lo - day).days) <= 31


def _is_fresh(said: Fields, planned: bool, day: date) -> bool:
    """'Tuesday 20 April' without its year is told, or announced, within a few weeks of it."""
    seen = placed(replace(said, weekday=None), day)
    if seen is None:
        return False
    since = (day - seen.lo).days
    return -FRESH_DAYS <= since < 0 if planned else 0 <= since <= TOLD_DAYS


def _not_within(month: int, day: date) -> bool:
    """'Last May' and 'next May' are not said in May."""
    return day.month != month


def _votes(count: int, polls: frozenset[int], day: date) -> bool:
    return day.year + count in polls


@cache
def _polls() -> tuple[tuple[int, tuple[str, ...]], ...]:
    return tuple((int(r["day"][:4]), tuple(key(w) for w in cells(r["needs"]))) for r in rows("elections.psv"))


def _elections(text: str, when: When) -> frozenset[int]:
    """The years of elections that a phrase around a time speaks of, by the states it names."""
    around = text[max(0, when.start - NEAR) : when.end + NEAR]
    if not ELECTION.search(around):
        return frozenset()
    return frozenset(year for year, names in _polls() if any(name in around for name in names))


def _bounds(text: str, found: list[When]) -> tuple[date, date]:
    """The latest full past date is a floor, a planned one or a deadline a ceiling; a text is read as written
    within two years of the floor, and within a year before what it plans."""
    floors: list[DayInterval] = []
    ceilings: list[DayInterval | None] = []
    for when in found:
        if isinstance(when.means, Until) and not hangs(when.means.of):
            ceilings.append(placed(when.means.of, ANY_DAY))
        elif (day := _reported(when.means)) is not None:
            (ceilings if _planned(text, when) else floors).append(day)
    lo = max((f.lo for f in floors), default=EARLIEST)
    hi = min((c.hi for c in ceilings if c is not None and c.hi >= lo), default=LATEST)
    lo = max(lo, hi - timedelta(days=366)) if hi < LATEST else lo
    return lo, min(hi, lo + timedelta(days=730)) if floors else hi


def _planned(text: str, when: When) -> bool:
    """Tell whether words of planning stand before a time in its sentence."""
    before = text[max(0, when.start - NEAR) : when.start]
    return PLANNED.search(re.split(r"[.!?؟\n]", before)[-1]) is not None


def _reported(means: Meaning) -> DayInterval | None:
    """The days of a full date that a text reports; a year alone, a deadline and a range ahead report none."""
    if isinstance(means, Between):
        means = means.first
    if not isinstance(means, Fields) or means.year is None or means.month is None or means.side == 1:
        return None
    return placed(means, ANY_DAY)


def _first_month(months: list[Fields], floor: date) -> DayInterval:
    """The first month of that name that starts after ``floor`` or holds it, from the day it reports."""
    month = months[0].month or 1
    year = floor.year if (floor.year, floor.month) <= (floor.year, month) else floor.year + 1
    whole = days.month(year, month)
    said = [w.day for w in months if w.month == month and w.day]
    reported = min(max(said), whole.hi.day) if said else 1
    return DayInterval(date(year, month, reported), whole.hi)


@cache
def _chronology(without: frozenset[str]) -> tuple[tuple[DayInterval, tuple[tuple[str, ...], ...]], ...]:
    return tuple(
        (
            DayInterval(date.fromisoformat(r["since"]), date.fromisoformat(r["until"])),
            tuple(tuple(key(w) for w in choice.split("+")) for choice in cells(r["needs"])),
        )
        for r in rows("chronology.psv")
        if not hidden(r["flags"].removeprefix("w:"), without)
    )


@cache
def _needed(without: frozenset[str]) -> Strings:
    """Return the words that public events need."""
    return Strings(word for _, choices in _chronology(without) for choice in choices for word in choice)


class _Told(msgspec.Struct, frozen=True):
    """What a text says of public events: the days in which it is news, and after which day it was written."""

    news: DayInterval | None
    floor: date


def _told(text: str, without: frozenset[str], reported: date) -> _Told:
    """Return what a text says of public events; ``reported`` = the latest full day that it reports (5)."""
    years = [m.start() for m in YEAR.finditer(text)]
    said = _needed(without).within(text)
    found = [(w, c) for w, choices in _chronology(without) for c in choices if said.issuperset(c)]
    fresh = [w for w, c in found if w.hi >= reported and not _is_dated(text, c, years)]
    floor = max((w.lo for w, _ in found), default=EARLIEST)
    lasting = [w for w in fresh if w.days > LONGEST_NEWS]
    news = max((w for w in fresh if w.days <= LONGEST_NEWS), key=lambda w: w.lo, default=None)
    if news is None or floor > news.hi:
        return _Told(None, floor)
    for other in lasting:
        if other.lo <= news.hi and news.lo <= other.hi:
            news = DayInterval(max(news.lo, other.lo), min(news.hi, other.hi))
    return _Told(news, EARLIEST)


def _is_dated(text: str, needed: tuple[str, ...], years: list[int]) -> bool:
    """Whether some needed word stands beside a year wherever it stands: what was, is told with its year."""
    return any(all(_beside_year(at, years) for at in _places(text, word)) for word in needed)


def _places(text: str, word: str) -> list[int]:
    return [m.start() for m in re.finditer(re.escape(word), text)]


def _beside_year(at: int, years: list[int]) -> bool:
    first = bisect_left(years, at - BESIDE)
    return first < len(years) and years[first] <= at + BESIDE
