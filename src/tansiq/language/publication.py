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
7. whom it names in office held it then (``tenures.py``);
8. months without a year that it reports have gone by since the latest full date, each for the first time;
9. an election or an inauguration that it awaits on a day or in a month is the one that was held there then;
   what goes with a season ('back to school') keeps to its months.

Without news and without a running month an answer wider than three months is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, partial
from itertools import pairwise
from typing import Final, Literal

import msgspec

from tansiq.language import days
from tansiq.language.calendar import DayInterval, hangs, placed
from tansiq.language.datelines import dateline
from tansiq.language.dates import When
from tansiq.language.folding import key
from tansiq.language.lexicon import any_of, cells, hidden, rows, table
from tansiq.language.meaning import (
    Away,
    Between,
    DayShift,
    Fields,
    Meaning,
    Parted,
    Shift,
    Since,
    Until,
    Weekday,
    Within,
)  # fmt: skip
from tansiq.language.polls import ELECTION, awaited, season, votes
from tansiq.language.present import Strings
from tansiq.language.tenures import tenure

EARLIEST: Final = date(1990, 1, 1)
LATEST: Final = date(2049, 12, 31)
ANY_DAY: Final = date(2000, 1, 1)
WIDEST_DAYS: Final = 92
FROM: Final = re.compile(r"(?:ابتدا|اعتبار|a partir|a compter|des |from|starting|as of)")
HALF_YEAR_DAYS: Final = 184
NEWS_DAYS: Final = 70  # news known to be wider is narrowed by what the text reckons
FRESH_DAYS: Final = 44  # news is told within so many days
TOLD_DAYS: Final = 20  # so long a weekday with its date, without a year, is told
MOST_DAYS: Final = 4500  # no more days are tried one by one
LONGEST_NEWS: Final = 125  # days; what lasts longer is no news of a day
BESIDE: Final = 110  # letters from a word to the year it is told with
YEAR: Final = re.compile(r"(?<!\d)(?:19[5-9]\d|20[0-4]\d)(?!\d)")
NEAR: Final = 80  # letters around a time that may say what it is the time of
PLANNED: Final = re.compile(rf"(?<![^\W_])[وف]?(?:{any_of(table('times.psv', 'planned'))})(?![^\W_])")
Test = Callable[[date], bool]


class Published(msgspec.Struct, frozen=True):
    """The day of publication as far as it is known, and how."""

    interval: DayInterval
    basis: Literal["given", "text", "inferred"]


def publication(text: str, found: list[When], without: frozenset[str] = frozenset()) -> Published | None:
    """Return the day of publication of a folded text, solved from what it says."""
    if (printed := dateline(text, found)) is not None:
        return Published(*printed)
    term = tenure(text, without)
    window, sure = _window(text, found, without, term)
    if window is None:
        return None
    if not sure or window.days > NEWS_DAYS:
        window = _fresh(text, found, window, term)
    possible = _possible(window, _tests(text, found))
    if season(text):
        possible = _first_run(possible)
    days_wide = (possible[-1] - possible[0]).days
    if not sure and days_wide > WIDEST_DAYS:
        return None
    return Published(DayInterval(possible[0], possible[-1]), "inferred")


def _window(
    text: str, found: list[When], without: frozenset[str], term: DayInterval | None
) -> tuple[DayInterval | None, bool]:
    """Return the days that bounds, news and the running month leave, and whether news or month were said."""
    lo, hi = _in_office(term, *_bounds(text, found))
    told = _told(text, without, lo)
    news, lo = told.news, max(lo, told.floor) if told.floor <= hi else lo
    poll = awaited(text, found, lo, hi) if news is None else None
    news = news or poll
    months = [f for w in found if (f := w.fields).side == 0 and f.year is None and f.month and not f.hijri]
    if news is not None:
        lo, hi = max(lo, news.lo), min(hi, news.hi) if hi >= news.lo else news.hi
    if months:
        month = _first_month(months, lo)
        lo, hi = max(lo, month.lo), min(hi, month.hi)
    return (DayInterval(lo, hi) if lo <= hi else None), news is not None or bool(months)


def _in_office(years: DayInterval | None, lo: date, hi: date) -> tuple[date, date]:
    """Narrow bounds by the years of the office-holders that a text names in their office (rule 7)."""
    if years is None or years.lo > hi or years.hi < lo:
        return lo, hi
    return max(lo, years.lo), min(hi, years.hi)


def _fresh(text: str, found: list[When], window: DayInterval, term: DayInterval | None) -> DayInterval:
    """Narrow the days of news: near its latest full day, else before what it awaits (rules 6 and 8)."""
    ends = [w for w in found if _limit(w) and not hangs(_bare(w.means))]
    if window.days <= FRESH_DAYS or not (ends or any(_reckons(w.means) for w in found)):
        return window
    full = [d for w in found if not _planned(text, w) and (d := _reported(w.means)) is not None]
    full = [d for d in full if window.lo <= d.hi]
    near = timedelta(days=FRESH_DAYS)
    if day := max((d.lo for d in full if d.days <= 8), default=None):
        return DayInterval(day, min(day + near, max(window.hi, day)))
    if term is not None and term.lo == window.lo and not full:
        return window  # years in office say nothing of the months of a text
    floor = max([window.lo, *(d.hi for d in full if d.days <= 31)])
    lo = _passed(text, found, floor)
    if lo is None:
        return window
    ahead = _ahead(text, found, lo)
    hi = min(window.hi, ahead) if ahead is not None and ahead >= lo else window.hi
    if lo > window.lo and lo <= hi:
        return DayInterval(lo, min(lo + near, hi))
    bound = hi < LATEST and (term is None or hi != term.hi)
    awaits = bound and (ends or hi < window.hi or any(_planned(text, w) for w in found))
    return DayInterval(max(window.lo, hi - near), hi) if awaits else window


def _bare(means: Meaning) -> Meaning:
    return means.of if isinstance(means, Until) else means


def _limit(when: When) -> bool:
    return when.limit or isinstance(when.means, Until)


def _unyeared(text: str, when: When) -> Fields | None:
    """The month of an expression without a year, None if it is none or that of an election."""
    said = when.means.of if isinstance(when.means, Parted | Since | Until) else when.means
    said = said.of if isinstance(said, Parted) else said
    if ELECTION.search(text, max(0, when.start - 14), when.end + 14):
        return None
    plain = isinstance(said, Fields) and said.year is None and said.month is not None and not said.hijri
    return said if isinstance(said, Fields) and plain and said.year_shift is None else None


def _first(said: Fields, floor: date) -> DayInterval:
    """The days that a month without a year means, the first time from ``floor`` on."""
    whole = days.month(floor.year if (said.month or 1) >= floor.month else floor.year + 1, said.month or 1)
    if said.day is None:
        return whole
    day = date(whole.lo.year, whole.lo.month, min(said.day, whole.hi.day))
    return DayInterval(day, day)


def _to_come(text: str, when: When, said: Fields) -> bool:
    """Tell whether a month without a year lies ahead of the text."""
    later = isinstance(when.means, Since) and FROM.match(text, when.start) is not None
    return said.side == 1 or later or _limit(when) or _planned(text, when)


def _passed(text: str, found: list[When], floor: date) -> date | None:
    """The first day from a floor on by which every month that a text reports without a year has come.

    One that it calls the last has gone, too (rule 8); None if that lies more than half a year on.
    """
    if floor <= EARLIEST:
        return floor
    told = [f for w in found if (f := _unyeared(text, w)) is not None and not _to_come(text, w, f)]
    came = [(f, _first(f, floor).hi if f.side == -1 else _first(f, floor).lo) for f in told]
    far = [f for f, d in came if (d - floor).days > HALF_YEAR_DAYS]
    if any(f.side == -1 and f.day is not None for f in far):
        return None
    return max([floor, *(d for f, d in came if f not in far)])


def _ahead(text: str, found: list[When], floor: date) -> date | None:
    """The last day before the nearest month without a year that a text awaits has ended."""
    if floor <= EARLIEST:
        return None
    awaits = [(f, w) for w in found if (f := _unyeared(text, w)) is not None and _to_come(text, w, f)]
    return min((_first(f, floor).hi for f, _ in awaits if f.month is not None), default=None)


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
        case Parted(of=of) | Since(of=of):
            return _reckons(of)
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


def _first_run(possible: list[date]) -> list[date]:
    """The days up to the first gap: the first season of that name."""
    end = next((i for i, (a, b) in enumerate(pairwise(possible), 1) if (b - a).days > 1), len(possible))
    return possible[:end]


def _tests(text: str, found: list[When]) -> list[Test]:
    """What a day of publication must agree with: weekdays beside days, months gone by, elections to come."""
    tests: list[Test] = []
    if months := season(text):
        tests.append(lambda day: day.month in months)
    for when in found:
        match when.means:
            case DayShift(count, weekday) if weekday is not None:
                tests.append(partial(_falls, count, weekday))
            case Fields(year=None, day=day, weekday=weekday, hijri=False) if day and weekday is not None:
                tests.append(partial(_agrees, when.means))
                tests.append(partial(_is_fresh, when.means, _planned(text, when)))
            case Fields(year=None, month=month, side=side) if month is not None and side in (-1, 1):
                tests.append(partial(_not_within, month))
            case Shift("year", count) if count >= 0 and (polls := votes(text, when)):
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


def _bounds(text: str, found: list[When]) -> tuple[date, date]:
    """The latest full past date is a floor, a planned one or a deadline a ceiling; a text is read as written
    within two years of the floor, and within a year before what it plans."""
    floors: list[DayInterval] = []
    ceilings: list[DayInterval | None] = []
    for when in found:
        if isinstance(when.means, Until) and not hangs(when.means.of):
            ceilings.append(placed(when.means.of, ANY_DAY))
        elif isinstance(when.means, Since) and (day := _reported(when.means.of)) is not None:
            floors.append(day)
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
