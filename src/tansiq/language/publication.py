"""The day of publication of a text that does not say it, solved from what the text says.

Rules, each a constraint that narrows an interval of days:
1. a date printed in the first or last line, or after a word of publishing, is the day of publication;
2. 'today Friday', 'yesterday Tuesday' and '12 April current' fix the weekday and the month;
3. a text is written after the latest full date it reports, and within two years of it;
4. public events it treats as news (``knowledge/chronology.psv``) give the days in which they were news.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final, Literal

import msgspec

from tansiq.language import days
from tansiq.language.calendar import DayInterval, placed
from tansiq.language.dates import When
from tansiq.language.folding import key
from tansiq.language.lexicon import cells, hidden, rows
from tansiq.language.meaning import Between, DayShift, Fields, Meaning

EARLIEST: Final = date(1990, 1, 1)
LATEST: Final = date(2049, 12, 31)
ANY_DAY: Final = date(2000, 1, 1)


class Published(msgspec.Struct, frozen=True):
    """The day of publication as far as it is known, and how."""

    interval: DayInterval
    basis: Literal["given", "text", "inferred"]


def publication(text: str, found: list[When], without: frozenset[str] = frozenset()) -> Published | None:
    """Return the day of publication of a folded text, solved from what it says (rule 3)."""
    if (printed := _dateline(text, found)) is not None:
        return Published(printed, "text")
    news = _news(text, without)
    weekdays = [w.means for w in found if isinstance(w.means, DayShift) and w.means.weekday is not None]
    months = [f for w in found if (f := w.fields).side == 0 and f.year is None and f.month and not f.hijri]
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
    possible = _matching(lo, hi, weekdays)
    return Published(DayInterval(possible[0], possible[-1]), "inferred") if possible else None


def _dateline(text: str, found: list[When]) -> DayInterval | None:
    """A full date printed in the first or last line, or after a word of publishing."""
    for when in found:
        means = when.means
        if not isinstance(means, Fields) or means.year is None or means.day is None or means.hijri:
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
            return placed(means, ANY_DAY)
    return None


def _bounds(found: list[When]) -> tuple[date, date]:
    """The latest full past date is a floor; a text is read as written within two years of it."""
    past = [i for w in found if (i := _reported(w.means)) is not None]
    if not past:
        return EARLIEST, LATEST
    latest = max(i.lo for i in past)
    return latest, latest + timedelta(days=730)


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


def _matching(lo: date, hi: date, weekdays: list[DayShift]) -> list[date]:
    span = min((hi - lo).days, 4000)
    possible = [lo + timedelta(days=n) for n in range(span + 1)]
    for when in weekdays:
        kept = [d for d in possible if (d + timedelta(days=when.count)).weekday() == when.weekday]
        possible = kept or possible
    return possible


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
