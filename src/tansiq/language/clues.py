"""What the times of a text without its day say of that day, as sets of days (``daysets.py``).

Rules, by how far they are believed (a clue that no day left agrees with is passed over):
0. 'today Friday', 'last May' is not said in May, what it calls this month or this year lies where it says;
1. a month, day or feast without its year that a text reports began within the eleven months before it; one
   that it awaits ends within the ten months after it; a weekday beside a day and month must agree, and is
   told within ``TOLD_DAYS`` or announced within ``FRESH_DAYS``;
2. a day of a month without its year is told within ``RECENT_DAYS``; 'three weeks after 6 February' and 'two
   weeks before 14 May' place the text; a year by its number that is reported is over;
3. a month that is reported by its name alone is over; where 'last month' is said, it is not that one, either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from tansiq.language import daysets
from tansiq.language.calendar import placed
from tansiq.language.dates import When
from tansiq.language.days import SEASONS, days_of
from tansiq.language.daysets import Clue
from tansiq.language.feasts import feasts
from tansiq.language.meaning import (
    Away,
    Between,
    DayShift,
    Fields,
    Length,
    Meaning,
    Nth,
    Parted,
    Season,
    Shift,
    Since,
    Until,
)  # fmt: skip
from tansiq.language.tenses import Tense, fields_of, of_election, tenses

REPORTED_DAYS: Final = 330
HALF_YEAR_DAYS: Final = 184
NEAREST_DAYS: Final = 100
NEXT_DAYS: Final = 200
AWAITED_DAYS: Final = 300
RECENT_DAYS: Final = 75
AHEAD_DAYS: Final = 120
FRESH_DAYS: Final = 44  # news is told within so many days
TOLD_DAYS: Final = 20  # so long a weekday with its date, without a year, is told
TODAY_IN: Final = re.compile(r"[,،]?\s*(?:in|en|au mois de|في)?\s*")
LESS: Final = re.compile(r"less|moins|nearly|almost|pres de|under|اقل|قرابه|زهاء|نحو")
SPAN_LETTERS: Final = 130
AFTER_WORD: Final = re.compile(r"\W*(?:into|after|since|following|apres|depuis|علي|بعد|منذ|من)(?![^\W_])")
LATER: Final = re.compile(r"(?:later|plus tard|apres|بعدها|بعد ذلك|لاحقا)\W*$")
BEFORE_WORD: Final = re.compile(r"\W*(?:before|ahead|to go|from|avant|d[ue]s?|de l'|قبل)(?![^\W_])")


class Span(NamedTuple):
    """Where a time without its year may lie: the first days of it in all years, and how many follow each."""

    firsts: int
    width: int
    by_day: bool = False


def clues(text: str, found: list[When]) -> Iterator[Clue]:
    """Yield what the times of a folded text say of its day."""
    last_month = any(w.means == Shift("month", -1) for w in found)
    previous: When | None = None
    when_told = tenses(text, found)
    for when, now in zip(found, when_told, strict=True):
        yield from _of_one(text, when, previous, now, last_month)
        if previous is not None:
            yield from _distance(text, previous, when)
        previous = when
    for now in (-1, 1):
        same = [w for w, t in zip(found, when_told, strict=True) if t == now and not of_election(text, w)]
        yield from _nearest(same, now)
    yield from feasts(text)


def by_day(found: list[When]) -> bool:
    """Tell whether a text names a day of a month."""
    return any((f := fields_of(w.means)).month and f.day and f.side is None for w in found)


def told_and_awaited(text: str, found: list[When]) -> tuple[int, int]:
    """Return the days shortly after what a text reports, and those shortly before what it awaits."""
    after = before = 0
    for when, now in zip(found, tenses(text, found), strict=True):
        where = span(when.means, now) if now and not of_election(text, when) else None
        if where is not None and now < 0:
            after |= daysets.shifted(where.firsts, 0, FRESH_DAYS)
        elif where is not None:
            before |= daysets.shifted(where.firsts, -FRESH_DAYS, where.width + 1)
    return after, before


def _nearest(found: list[When], now: Tense) -> Iterator[Clue]:
    """One of the months that a text reports, or awaits, lies near."""
    spans = [s for w in found if fields_of(w.means).month and (s := span(w.means, now)) is not None]
    near = 0
    if any((f := fields_of(w.means)).year and f.month for w in found):
        return  # a full date is told, too
    for each in spans:
        near |= daysets.shifted(each.firsts, *((0, NEAREST_DAYS) if now < 0 else (-NEXT_DAYS, each.width)))
    if near:
        yield Clue(3, near)


def _of_one(text: str, when: When, previous: When | None, now: Tense, last_month: bool) -> Iterator[Clue]:
    means = when.means
    if isinstance(means, DayShift) and means.weekday is not None:
        yield Clue(0, daysets.weekday((means.weekday - means.count) % 7))
        return
    if of_election(text, when):
        return
    if isinstance(means, Fields) and means.month is not None and _in_month(text, when, previous):
        day = means.day or (31 if now > 0 else 1)
        passed = range(1, day + 1) if now > 0 else range(day, 32)
        yield Clue(0, daysets.month(means.month) & sum(daysets.day_of_month(n) for n in passed))
        return
    if isinstance(means, Fields) and means.month_shift == 0 and means.day and means.weekday is not None:
        firsts = daysets.day_of_month(means.day) & daysets.weekday(means.weekday)
        yield Clue(0, daysets.shifted(firsts, 1 - means.day, 31 - means.day))
        return
    if (_hangs_on_now(means) and now) or _ends_in_year(means):
        yield Clue(0, _running(means.of if isinstance(means, Until) else means, now or 1))
        return
    yield from _without_year(means, now, last_month)


def _in_month(text: str, when: When, previous: When | None) -> bool:
    """Tell whether a month is the running one: 'this April', 'today, in March'."""
    if when.fields.side == 0 and when.fields.year is None and not when.fields.hijri:
        return True
    today = previous is not None and previous.means == DayShift(0) and 0 <= when.start - previous.end <= 5
    return today and previous is not None and TODAY_IN.fullmatch(text[previous.end : when.start]) is not None


def _hangs_on_now(means: Meaning) -> bool:
    """Tell whether a time is a part of the running month or year, or ends with it."""
    match means:
        case Until(of=of):
            return _hangs_on_now(of) or of in (Shift("month", 0), Shift("year", 0))
        case Parted(of=Shift(unit, 0)):
            return unit in ("month", "year")
        case _:
            return False


def _ends_in_year(means: Meaning) -> bool:
    """Tell whether a time ends with a half or a quarter of the running year."""
    of = means.of if isinstance(means, Until) else means
    of = of.of if isinstance(of, Parted) else of
    return isinstance(means, Until) and isinstance(of, Nth) and of.of == Shift("year", 0)


@lru_cache(maxsize=64)
def _running(means: Meaning, now: Tense) -> int:
    """Return the days of all years from which a part of the month or year lies behind or ahead."""
    found = 0
    for n in range(365):
        day = date(2017, 1, 1) + timedelta(days=n)
        seen = placed(means, day)
        if seen is not None and (seen.hi > day if now > 0 else seen.lo < day):
            found |= daysets.month(day.month) & daysets.day_of_month(day.day)
    return found


def span(means: Meaning, now: Tense) -> Span | None:
    """Return where a time without its year may lie, None if it has a year or hangs on more than one."""
    match means:
        case Until(of=of) | Since(of=of) | Nth(of=of):
            return span(of, now)
        case Between(first, last):
            return span(first, now) if now > 0 else span(last, now)
        case Parted(part, of):
            return _part(part, span(of, now))
        case Fields(year=None, month=month, day=day, hijri=True) if month is not None:
            firsts = daysets.hijri(month, day or 1)
            if means.weekday is not None:
                firsts = daysets.shifted(firsts, -1, 1) & daysets.weekday(means.weekday)
            return Span(firsts, 0 if day else 29, day is not None)
        case Fields(year=None, month=month, day=day, year_shift=None, month_shift=None) if month is not None:
            firsts = daysets.month(month) & daysets.day_of_month(day or 1)
            if means.weekday is not None:
                firsts &= daysets.weekday(means.weekday)
            return Span(firsts, 0 if day else 27, day is not None)
        case Season(name, None, None, _):
            return Span(daysets.month(SEASONS[name][0]) & daysets.day_of_month(1), 90)
        case _:
            return None


def _part(part: str, whole: Span | None) -> Span | None:
    if whole is None or whole.by_day:
        return whole
    third = whole.width // 3
    offset = {"mid": third, "late": 2 * third, "later": third}.get(part, 0)
    return Span(daysets.shifted(whole.firsts, offset, offset), third)


def _without_year(means: Meaning, now: Tense, last_month: bool) -> Iterator[Clue]:
    fields = means.of if isinstance(means, Parted) else means
    if isinstance(fields, Fields) and fields.month and fields.year is None and not fields.hijri:
        if fields.side in (-1, 1):
            yield Clue(0, ~daysets.month(fields.month) & daysets.ALL)
        elif isinstance(means, Fields) and means.day is None and now < 0:
            yield Clue(4, ~daysets.month(fields.month) & daysets.ALL)
            if last_month:
                yield Clue(5, ~daysets.month(fields.month % 12 + 1) & daysets.ALL)
    where = span(means, now) if now else None
    if where is None or (not isinstance(fields, Fields | Season | Until | Since | Between | Nth)):
        return
    if _lunar_month(means):
        return  # told by what stands before it: ``_feasts``
    dated = isinstance(fields, Fields) and fields.weekday is not None and where.by_day
    if now < 0:
        yield Clue(1, daysets.shifted(where.firsts, 0, TOLD_DAYS if dated else REPORTED_DAYS))
        if not dated and isinstance(fields, Fields):
            yield from _of_the_year(fields, where)
        if where.by_day and not dated:
            yield Clue(2, daysets.shifted(where.firsts, 0, RECENT_DAYS))
    else:
        end = -1 if dated or (isinstance(means, Until) and means.before) else where.width
        yield Clue(1, daysets.shifted(where.firsts, -FRESH_DAYS if dated else -AWAITED_DAYS, end))
        if where.by_day and not dated:
            yield Clue(2, daysets.shifted(where.firsts, -AHEAD_DAYS, end))


def _of_the_year(fields: Fields, where: Span) -> Iterator[Clue]:
    """A month without its year is mostly reported within half a year, or to the end of its year."""
    if fields.month is None or fields.hijri or fields.side is not None:
        return
    found = daysets.shifted(where.firsts, 0, REPORTED_DAYS)
    same_year = sum(daysets.month(n) for n in range(fields.month, 13))
    yield Clue(3, daysets.shifted(where.firsts, 0, HALF_YEAR_DAYS) | (found & same_year))


def _lunar_month(means: Meaning) -> bool:
    while isinstance(means, Parted | Since | Until | Nth):
        means = means.of
    return isinstance(means, Fields) and means.hijri and means.day is None


def _distance(text: str, length: When, when: When) -> Iterator[Clue]:
    """'Three weeks into the operation launched on 6 February', 'two weeks before the summit of 14 May'."""
    means = length.means
    if not isinstance(means, Length | Away) or means.amount.few or when.start - length.end > SPAN_LETTERS:
        return
    if isinstance(means, Away) and means.of is not None:
        return
    if re.search(r"[.!?؟\n]\s", text[length.end : when.start]):
        return
    day = span(when.means, -1)
    count = round(days_of(means.amount) + sum(30.4 * n for u, n in means.amount.parts if u == "month"))
    if day is None or not day.by_day or not 4 <= count <= 330:
        return
    slack = max(3, count // 4)
    near, far = max(0, count - slack), count + slack
    said = text[max(0, length.start - 12) : length.end]
    if LESS.search(said):
        near = 0 if "ا" in said or "moins" in said or "less" in said else count // 2
    ahead = isinstance(means, Away) and means.sign > 0
    if ahead and LATER.search(said + text[length.end : length.end + 1]):
        return  # 'two weeks later, on 9 December'
    if ahead or AFTER_WORD.match(text, length.end):
        yield Clue(2, daysets.shifted(day.firsts, near, far + 10))
    elif BEFORE_WORD.match(text, length.end) and isinstance(means, Length):
        yield Clue(2, daysets.shifted(day.firsts, -far, -near))
