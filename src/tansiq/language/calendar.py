"""From time expressions to days, and from the expressions of a text to its day of publication.

Rules:
1. an interval [lo, hi] in days, both included, with a precision and an anchor ('calendar' needs nothing,
   'publication' needs the day of publication); a vague expression has no interval, it is not a guess;
2. an expression that hangs on the publication is resolved over the whole publication interval
   and the hull is taken, so that uncertainty is passed on and never lost;
3. the publication is printed ('text'), or given, or inferred from what the text says of it: its weekday,
   its month ('12 April current'), the latest day it reports, and public events it treats as news
   (``knowledge/chronology.psv``).
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Final, Literal

import msgspec
from hijridate import Hijri

from tansiq.language.dates import When
from tansiq.language.folding import key
from tansiq.language.lexicon import cells, hidden, rows

Precision = Literal["day", "days", "week", "month", "quarter", "year", "years"]
Anchor = Literal["calendar", "publication"]
EARLIEST: Final = date(1990, 1, 1)
LATEST: Final = date(2049, 12, 31)


class DayInterval(msgspec.Struct, frozen=True):
    """Days from ``lo`` to ``hi``, both included."""

    lo: date
    hi: date

    @property
    def days(self) -> int:
        """Return how many days lie between the ends."""
        return (self.hi - self.lo).days


class Dated(msgspec.Struct, frozen=True):
    """Where an expression lies on the calendar."""

    interval: DayInterval
    precision: Precision
    anchor: Anchor


def resolve(when: When, published: DayInterval | None) -> Dated | None:
    """Return the days that an expression means, None if it is vague or its anchor is unknown."""
    if when.form == "vague" or (when.form == "duration" and not when.limit):
        return None
    if when.form in ("date", "period") and when.year is not None:
        return _dated(_absolute(when), "calendar")
    if published is None:
        return None
    ends = [_relative(when, day) for day in _samples(published)]
    hull = DayInterval(min(e.lo for e in ends), max(e.hi for e in ends))
    return _dated(hull, "publication")


def _samples(published: DayInterval) -> Iterator[date]:
    step = max(1, published.days // 12)
    yield from (published.lo + timedelta(days=n) for n in range(0, published.days, step))
    yield published.hi


def _dated(interval: DayInterval | None, anchor: Anchor) -> Dated | None:
    if interval is None:
        return None
    width = interval.days
    steps: tuple[tuple[int, Precision], ...] = (
        (0, "day"),
        (5, "days"),
        (10, "week"),
        (31, "month"),
        (92, "quarter"),
        (366, "year"),
    )
    precision: Precision = next((name for limit, name in steps if width <= limit), "years")
    return Dated(interval, precision, anchor)


def _month(year: int, month: int) -> DayInterval:
    return DayInterval(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def _year(year: int) -> DayInterval:
    return DayInterval(date(year, 1, 1), date(year, 12, 31))


def _quarter(year: int, quarter: int) -> DayInterval:
    return DayInterval(_month(year, 3 * quarter - 2).lo, _month(year, 3 * quarter).hi)


def _part(interval: DayInterval, part: str | None) -> DayInterval:
    third = interval.days // 3
    match part:
        case "early":
            return DayInterval(interval.lo, interval.lo + timedelta(days=third))
        case "mid":
            return DayInterval(interval.lo + timedelta(days=third), interval.hi - timedelta(days=third))
        case "late":
            return DayInterval(interval.hi - timedelta(days=third), interval.hi)
        case _:
            return interval


def _days(year: int, month: int, day: int, day_to: int | None) -> DayInterval | None:
    last = calendar.monthrange(year, month)[1]
    if day > last:
        return None
    return DayInterval(date(year, month, day), date(year, month, min(last, max(day, day_to or day))))


def _absolute(when: When) -> DayInterval | None:
    if when.until is not None:
        first, last = _absolute(replace(when, until=None)), _absolute(_same_year(when, when.until))
        return DayInterval(first.lo, max(first.hi, last.hi)) if first and last else first
    year = when.year
    if year is None:
        return None
    if when.hijri:
        return _hijri(when)
    if when.quarter:
        return _quarter(year, when.quarter)
    if when.month is None:
        return _year(year)
    if when.day is not None:
        return _days(year, when.month, when.day, when.day_to)
    return _part(_month(year, when.month), when.part)


def _same_year(first: When, last: When) -> When:
    return last if last.year is not None else replace(last, year=first.year)


def _hijri(when: When) -> DayInterval | None:
    if when.year is None or when.month is None or not 1343 <= when.year <= 1500:
        return None
    try:
        first = Hijri(when.year, when.month, when.day or 1)
        last = first if when.day else Hijri(when.year, when.month, first.month_length())
        lo, hi = first.to_gregorian(), last.to_gregorian()
    except (ValueError, OverflowError):
        return None
    return DayInterval(date(lo.year, lo.month, lo.day), date(hi.year, hi.month, hi.day))


def _relative(when: When, published: date) -> DayInterval:
    if when.until is not None:
        first = _relative(replace(when, until=None), published)
        return DayInterval(first.lo, max(first.hi, _relative(when.until, published).hi))
    match when.form:
        case "date":
            return _month_of(when, published)
        case "day":
            return _single(published + timedelta(days=int(when.count)))
        case "weekday":
            return _single(_weekday(when, published))
        case "period":
            return _period(when, published)
        case "ago":
            return _away(published, when, -1)
        case "ahead":
            return _away(published, when, 1)
        case _:
            return DayInterval(published, _away(published, when, 1).hi)


def _single(day: date) -> DayInterval:
    return DayInterval(day, day)


def _month_of(when: When, published: date) -> DayInterval:
    if when.month is None and when.unit == "month":
        whole = published.year * 12 + published.month - 1 + int(when.count)
        when = replace(when, month=whole % 12 + 1, year_shift=whole // 12 - published.year)
    month = when.month or published.month
    year = published.year
    if when.year_shift is not None:
        year += when.year_shift
    elif when.side == -1 or (when.side is None and month > published.month):
        year -= 1 if month >= published.month and (when.side == -1 or month - published.month > 3) else 0
    elif when.side == 1:
        year += 1 if month <= published.month else 0
    if when.day is not None:
        return _days(year, month, when.day, when.day_to) or _month(year, month)
    return _part(_month(year, month), when.part)


def _weekday(when: When, published: date) -> date:
    if when.unit == "week" or when.side == 0:
        monday = published - timedelta(days=published.weekday() - 7 * int(when.count))
        return monday + timedelta(days=when.weekday or 0)
    back = (published.weekday() - (when.weekday or 0)) % 7
    if when.side == 1:
        return published + timedelta(days=(7 - back) or 7)
    if when.side == -1 and back == 0:
        return published - timedelta(days=7)
    return published - timedelta(days=back)


def _period(when: When, published: date) -> DayInterval:
    count = int(when.count)
    match when.unit:
        case "week":
            monday = published - timedelta(days=published.weekday() - 7 * count)
            return DayInterval(monday, monday + timedelta(days=6))
        case "month":
            whole = published.year * 12 + published.month - 1 + count
            return _month(whole // 12, whole % 12 + 1)
        case "quarter":
            whole = published.year * 4 + (published.month - 1) // 3 + count
            return _quarter(whole // 4, whole % 4 + 1)
        case _:
            year = published.year + count
            return _quarter(year, when.quarter) if when.quarter else _year(year)


def _away(published: date, when: When, sign: int) -> DayInterval:
    """A distance is as sharp as its unit: 'three months ago' is a month, 'three days ago' a day."""
    days = {"hour": 0, "day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}[when.unit]
    slack = {"hour": 1, "day": 0, "week": 3, "month": 15, "quarter": 45, "year": 60}[when.unit]
    slack = slack * 3 if when.unit == "year" and when.count > 1 else slack
    far = max(-18_000, min(18_000, int(when.count * days)))
    middle = published + timedelta(days=sign * far)
    return DayInterval(_clamp(middle - timedelta(days=slack)), _clamp(middle + timedelta(days=slack)))


def _clamp(day: date) -> date:
    return min(max(day, date(1900, 1, 1)), date(2100, 12, 31))


class Published(msgspec.Struct, frozen=True):
    """The day of publication as far as it is known, and how."""

    interval: DayInterval
    basis: Literal["given", "text", "inferred"]


def publication(text: str, found: list[When], without: frozenset[str] = frozenset()) -> Published | None:
    """Return the day of publication of a folded text, solved from what it says (rule 3)."""
    if (printed := _dateline(text, found)) is not None:
        return Published(printed, "text")
    news = _news(text, without)
    weekdays = [w for w in found if w.form == "day" and w.weekday is not None]
    months = [w for w in found if w.form == "date" and w.side == 0 and w.year is None and w.month]
    lo, hi = _bounds(found)
    if news is not None:
        lo, hi = (
            max(lo, news.lo) if lo <= news.hi else news.lo,
            min(hi, news.hi) if hi >= news.lo else news.hi,
        )
    if months:
        window = _first_month(months, lo)
        lo, hi = max(lo, window.lo), min(hi, window.hi)
    if (news is None and not months) or lo > hi:
        return None
    days = _matching(lo, hi, weekdays)
    return Published(DayInterval(days[0], days[-1]), "inferred") if days else None


def _dateline(text: str, found: list[When]) -> DayInterval | None:
    """A full date printed in the first or last line, or after a word of publishing."""
    for when in found:
        if when.form != "date" or when.year is None or when.day is None or when.hijri:
            continue
        before = text[max(0, when.start - 40) : when.start]
        cue = any(
            w in before for w in ("نشر", "publie", "mis a jour", "published", "posted", "updated", "date:")
        )
        line = text[text.rfind("\n", 0, when.start) + 1 : when.start]
        after = text[when.end : when.end + 14].strip()
        lead = (
            when.start < 90
            and len(line) < 50
            and (after[:1] in ("-", "(", "/", ":", "\n") or after == "" or "(" in line)
        )
        alone = text[when.end : when.end + 1] in ("\n", "") and len(line) < 24
        if cue or lead or (alone and (when.start < 200 or when.end > len(text) - 60)):
            return _absolute(when)
    return None


def _bounds(found: list[When]) -> tuple[date, date]:
    """The latest full past date is a floor; a text is read as written within two years of it."""
    past = [
        i for w in found if w.form == "date" and w.year and w.month and w.side != 1 and (i := _absolute(w))
    ]
    if not past:
        return EARLIEST, LATEST
    latest = max(i.lo for i in past)
    return latest, latest + timedelta(days=730)


def _first_month(months: list[When], floor: date) -> DayInterval:
    """The first month of that name that starts after ``floor`` or holds it, from the day it reports."""
    month = months[0].month or 1
    year = floor.year if (floor.year, floor.month) <= (floor.year, month) else floor.year + 1
    whole = _month(year, month)
    said = [w.day for w in months if w.month == month and w.day]
    reported = min(max(said), whole.hi.day) if said else 1
    return DayInterval(date(year, month, reported), whole.hi)


def _matching(lo: date, hi: date, weekdays: list[When]) -> list[date]:
    span = min((hi - lo).days, 4000)
    days = [lo + timedelta(days=n) for n in range(span + 1)]
    for when in weekdays:
        kept = [d for d in days if (d + timedelta(days=int(when.count))).weekday() == when.weekday]
        days = kept or days
    return days


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


def _news(text: str, without: frozenset[str]) -> DayInterval | None:
    """The public events that a text treats as news: their windows met if they meet, else the latest one."""
    hits = [
        window for window, choices in _chronology(without) if any(all(w in text for w in c) for c in choices)
    ]
    if not hits:
        return None
    return max(hits, key=lambda w: w.lo)
