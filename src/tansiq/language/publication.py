"""The day of publication of a text that does not say it, solved from what the text says.

Rules, each a set of days that may be its own; those that are surest first, and what agrees with no day left
is not believed:
1. a date that the text prints as its own is the day of publication (``datelines.py``);
2. a text is written after the latest full date it reports and within two years of it, and before the dates
   it plans and the deadlines it sets; after the years it reports by their number;
3. what it names exists (``existing.psv``), whom it names in office held it then (``tenures.py``), and public
   events (``chronology.psv``) are news or behind it (``told.py``);
4. its months, weekdays, feasts and distances agree with its day (``clues.py``);
5. an election or an inauguration that it awaits on a day or in a month is the one that was held there then;
   what goes with a season ('back to school') keeps to its months (``polls.py``);
6. of several years the first that agrees is taken, if it lies within ``NEAR_DAYS`` of what bounds it below;
7. where no days are left, too many, or those that all else speaks against, what is said is weighed
   (``weighed.py``);
8. a text that reckons from its own day ('yesterday', 'last week') tells news: it is written within
   ``FRESH_DAYS`` of what it tells, or before the nearest day it awaits.

An answer wider than three months is none, and so is one whose year nothing but months supports.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Final, Literal

import msgspec

from tansiq.language import daysets
from tansiq.language.calendar import DayInterval, hangs, placed
from tansiq.language.clues import FRESH_DAYS, by_day, clues, told_and_awaited
from tansiq.language.datelines import dateline
from tansiq.language.dates import When
from tansiq.language.daysets import Clue
from tansiq.language.meaning import (
    Away,
    Between,
    DayShift,
    Fields,
    Meaning,
    Parted,
    Season,
    Shift,
    Since,
    Until,
    Vague,
    Weekday,
    Within,
)  # fmt: skip
from tansiq.language.polls import awaited, season, votes
from tansiq.language.tenses import lone_year, planned, tense
from tansiq.language.tenures import tenure, terms
from tansiq.language.told import Existing, Named, Told, bodies, existing, public_events, told
from tansiq.language.weighed import (
    LATEST_BODY,
    LATEST_EVENT,
    Weight,
    likely,
    of_bodies,
    of_events,
    of_latest,
    of_terms,
)  # fmt: skip

ANY_DAY: Final = date(2000, 1, 1)
NEWS: Final = timedelta(days=FRESH_DAYS)
WIDEST_DAYS: Final = 92
WIDE_DAYS: Final = 125  # more days are not narrowed by guess
NEAR_DAYS: Final = 550
SURE_FLOOR: Final = date(2000, 1, 1)  # without any floor a weekday with its date tells no year
SPARSE_DAYS: Final = 1500  # a weekday beside its date agrees in few years
APART_DAYS: Final = 600
YOUNG: Final = timedelta(days=183)  # so long what a text names is new, and tells its year
REACH: Final = timedelta(days=NEAR_DAYS)  # so long behind it a date tells the year
YOUNG_FROM: Final = date(2009, 7, 1)
LOOSE: Final = 3  # clues of this rank and more are counted, not believed one by one
DATED: Final = 6.0  # weight of the bounds that full dates set
NEWER: Final = 1.5
GAP_DAYS: Final = 8  # every Wednesday of a month


class Published(msgspec.Struct, frozen=True):
    """The day of publication as far as it is known, and how."""

    interval: DayInterval
    basis: Literal["given", "text", "inferred"]


class _Dates(msgspec.Struct, frozen=True):
    """What the full dates of a text say: floor and ceiling, whether they support a year, whether a day or a
    month that it reports is the floor."""

    lo: date
    hi: date
    supported: bool
    told: bool


def publication(text: str, found: list[When], without: frozenset[str] = frozenset()) -> Published | None:
    """Return the day of publication of a folded text, solved from what it says."""
    if (printed := dateline(text, found)) is not None:
        return Published(*printed)
    dates = _dated(text, found)
    named, public = bodies(text, without), public_events(text, without)
    exists, term = existing(text, found, named), tenure(text, without)
    end = min((each.hi for each in (*exists.spans, term) if each is not None), default=date.max)
    events = told(text, found, public, dates.lo, end)
    floor = max([dates.lo, *(d for d in (events.floor, exists.floor) if d <= dates.hi)])
    told_of = _Life(events, exists, term)
    said = [*_calendar(text, found, (floor, dates.hi), events.news), *clues(text, found)]
    ruled = _ruled(text, found, dates, floor, told_of, said)
    weights = (*of_terms(terms(text, without)), *_weights(text, found, named, public), *_of_dates(dates))
    chances = likely(weights, said)
    solved = chances.better(ruled)
    return None if solved is None else Published(solved, "inferred")


class _Life(msgspec.Struct, frozen=True):
    """What a text names of public life: events, what exists, the term of those in office."""

    events: Told
    exists: Existing
    term: DayInterval | None

    def clues(self) -> Iterator[Clue]:
        """Yield the days that it allows."""
        if self.term is not None:
            yield Clue(0, daysets.between(self.term.lo, self.term.hi))
        if (news := self.events.news) is not None:
            yield Clue(1, daysets.between(news.lo, news.hi))
        for bits in (*self.events.years, *self.events.dates, *self.exists.years):
            yield Clue(1, bits)
        for each in self.exists.spans:
            yield Clue(2, daysets.between(each.lo, each.hi))


def _ruled(
    text: str, found: list[When], dates: _Dates, floor: date, life: _Life, said: list[Clue]
) -> DayInterval | None:
    """Return the days that agree with the rules; None where those are too many, or nothing tells the year."""
    lo, hi = dates.lo, dates.hi
    events, exists = life.events, life.exists
    possible = _agreeing(daysets.between(floor, max(hi, floor)), [*life.clues(), *said])
    window = _window(possible, floor, soft=floor > lo)
    if window is None:
        return None
    young = (
        max(lo, YOUNG_FROM) < exists.news >= window.lo - YOUNG and window.days <= FRESH_DAYS and by_day(found)
    )
    near = daysets.between(lo, lo + NEWS) if dates.told else 0
    window = _narrowed(text, found, window, near, hi if hi < daysets.LATEST else None)
    public = (*events.years, *events.dates, *exists.years, *exists.spans)
    bounded = floor >= SURE_FLOOR or life.term is not None
    supported = (
        young
        or (dates.supported and window.lo <= max(lo, exists.news, events.floor) + REACH)
        or (bounded and _sparse(possible))
        or events.floor > daysets.EARLIEST
        or bool(public)
    )
    return window if supported and window.days <= WIDEST_DAYS else None


def _weights(text: str, found: list[When], named: list[Named], public: list[Named]) -> Iterator[Weight]:
    """Yield what bodies and events that a text names weigh for and against days."""
    yield from of_bodies(named)
    yield from of_events(text, found, public)
    yield from of_latest(public, LATEST_EVENT)
    yield from of_latest(named, LATEST_BODY)


def _of_dates(dates: _Dates) -> Iterator[Weight]:
    """Yield what the full dates of a text weigh."""
    if dates.supported:
        yield Weight(dates.lo, dates.hi, DATED)
        yield Weight(dates.lo, dates.lo + NEWS, NEWER)


def _calendar(
    text: str, found: list[When], bounds: tuple[date, date], news: DayInterval | None
) -> Iterator[Clue]:
    """Yield what the calendar of public life says of the day: elections, seasons, years that are over."""
    poll = awaited(text, found, *bounds) if news is None else None
    if poll is not None:
        yield Clue(1, daysets.between(poll.lo, poll.hi))
    for when in found:
        if isinstance(when.means, Shift) and when.means.unit == "year" and when.means.count >= 0:
            years = [y - when.means.count for y in votes(text, when)]
            yield Clue(1, sum(daysets.between(date(y, 1, 1), date(y, 12, 31)) for y in years))
        if (year := lone_year(text, when)) is not None and year > bounds[0].year - (bounds[0].month == 1):
            yield Clue(3, daysets.between(date(year + 1, 1, 1), daysets.LATEST))
    if months := season(text):
        yield Clue(1, sum(daysets.month(m) for m in months))


def _agreeing(possible: int, said: list[Clue]) -> int:
    """Return the days that agree with what is said, the surest first; what leaves none is not believed.

    Of the loose clues as many as possible are believed.
    """
    for clue in sorted(said, key=lambda c: c.rank):
        if clue.rank < LOOSE:
            possible = possible & clue.days or possible
    return _most([possible], [c.days for c in said if c.rank >= LOOSE])


def _most(levels: list[int], loose: list[int]) -> int:
    """Return the days that most of the loose clues agree with; ``levels[n]`` = those that n agree with."""
    for days in loose:
        higher = [each & days for each in levels]
        levels = [a | b for a, b in zip([*levels, 0], [0, *higher], strict=True)]
        levels = levels if levels[-1] else levels[:-1]
    return levels[-1]


def _window(possible: int, floor: date, *, soft: bool) -> DayInterval | None:
    """Return the days left, or the first that follow each other not long after the floor (rule 6).

    Days cut off at a ``soft`` floor, from which on something exists, give way to longer ones that follow.
    """
    whole = daysets.hull(possible)
    if whole is None or whole.days <= FRESH_DAYS:
        return whole
    near = list(islice(_stretches(possible), 2))
    first = near[0]
    if soft and len(near) > 1 and first.lo == floor and near[1].days > 3 * first.days:
        first = near[1]
    reach = SPARSE_DAYS if _sparse(possible) else NEAR_DAYS
    return first if (first.lo - floor).days <= reach else None


def _sparse(possible: int) -> bool:
    """Tell whether the days left are of few years: what they agree with tells the year."""
    near = list(islice(_stretches(possible), 2))
    return bool(near) and (len(near) == 1 or (near[1].lo - near[0].hi).days > APART_DAYS)


def _stretches(possible: int) -> Iterator[DayInterval]:
    """Yield the runs of days of a set; those parted by a few days are one."""
    for run in daysets.runs(daysets.shifted(possible, 0, GAP_DAYS - 1)):
        held = daysets.hull(possible & daysets.between(run.lo, run.hi))
        if held is not None:
            yield held


def _narrowed(
    text: str, found: list[When], window: DayInterval, dated: int, ceiling: date | None
) -> DayInterval:
    """Narrow the days of news: near what it tells, else before what it awaits (rule 8).

    ``dated`` are the days shortly after the latest full day that it reports, ``ceiling`` is the first that
    it awaits.
    """
    near_day = dated & daysets.between(window.lo, window.lo)
    if window.days > WIDE_DAYS and not near_day:
        return window
    if window.days <= FRESH_DAYS or not any(_reckons(w.means) or _limits(w) for w in found):
        return window
    near = timedelta(days=FRESH_DAYS)
    after, before = told_and_awaited(text, found)
    if near_day or after & daysets.between(window.lo, window.lo):
        return DayInterval(window.lo, window.lo + near)
    if window.hi != ceiling and not before & daysets.between(window.hi, window.hi):
        return window
    lo = window.lo + timedelta(days=(window.days - FRESH_DAYS) // 2)
    return DayInterval(lo, lo + near)


def _limits(when: When) -> bool:
    if isinstance(when.means, Until):
        return not hangs(when.means.of)
    return when.limit


def _reckons(means: Meaning) -> bool:
    """Tell whether an expression is reckoned from the day of the text: 'yesterday', 'last week'."""
    match means:
        case DayShift(count, weekday):
            return count != 0 or weekday is not None
        case Weekday() | Away() | Within() | Vague():
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


def _dated(text: str, found: list[When]) -> _Dates:
    """The latest full past date is a floor, a planned one or a deadline a ceiling; a text is read as written
    within a year before what it plans."""
    floors: list[DayInterval] = []
    ceilings: list[DayInterval] = []
    alone = [lone_year(text, when) for when in found]
    years = [year for year in alone if year is not None]
    latest_year = max(years, default=None)
    told = any(
        year is not None and year == latest_year and not isinstance(w.means, Since)
        for w, year in zip(found, alone, strict=True)
    )
    for when in found:
        means = when.means
        if isinstance(means, Until) and not hangs(means.of):
            last = placed(means.of, ANY_DAY)
            ceilings.extend([last] if last is not None and tense(text, when) else [])
        elif (day := _reported(means.of if isinstance(means, Since) else means)) is not None:
            (ceilings if planned(text, when) else floors).append(day)
    lo = max([daysets.EARLIEST, *(f.lo for f in floors), *(date(y, 1, 1) for y in years if 1990 <= y < 2050)])
    hi = min((c.hi for c in ceilings if c.hi >= lo), default=daysets.LATEST)
    lo = max(lo, hi - timedelta(days=366)) if hi < daysets.LATEST else lo
    latest = max(floors, key=lambda f: f.lo, default=None)
    fresh = latest is not None and lo == latest.lo == latest.hi
    return _Dates(lo, hi, bool(floors or ceilings) or told, fresh)


def _reported(means: Meaning) -> DayInterval | None:
    """The days of a full date that a text reports; a year alone, a deadline and a range ahead report none."""
    if isinstance(means, Between | Parted):
        means = means.last if isinstance(means, Between) else means.of
    if isinstance(means, Season) and means.year is not None and means.side != 1:
        return placed(means, ANY_DAY)
    if not isinstance(means, Fields) or means.year is None or means.month is None or means.side == 1:
        return None
    return placed(means, ANY_DAY)
