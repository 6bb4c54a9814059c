"""Parts and numbered units of a period of days (rule 4 of ``calendar``)."""

from __future__ import annotations

from datetime import date

from tansiq.language import days
from tansiq.language.days import DayInterval, moved, single
from tansiq.language.meaning import Fields, Meaning, Nth


def nth(whole: DayInterval, n: Nth) -> DayInterval | None:
    """Return the numbered unit or weekday of a period, None if the period has no such."""
    if n.weekday is not None:
        return _nth_weekday(whole, n.n, n.weekday)
    match n.unit:
        case "week":
            first = _first_week(whole)
            last = _last_week(whole)
            monday = last if n.n == -1 else moved(first, 7 * (n.n - 1))
            return DayInterval(monday, moved(monday, 6)) if monday <= whole.hi else None
        case "day":
            day = whole.hi if n.n == -1 else moved(whole.lo, n.n - 1)
            return single(day) if whole.lo <= day <= whole.hi else None
        case "weekend":
            found = _nth_weekday(whole, n.n, 5)
            return DayInterval(found.lo, moved(found.lo, 1)) if found is not None else None
        case _:
            return _nth_slice(whole, n)


def _nth_slice(whole: DayInterval, n: Nth) -> DayInterval | None:
    """A month, quarter or half of a year; the half of a month is its first fifteen days or the rest."""
    width = {"month": 1, "quarter": 3, "semester": 6}.get(n.unit or "", 0)
    if not width:
        return None
    if whole.days < 32:
        return _halves(whole)[0 if n.n == 1 else 1] if n.unit == "semester" else None
    count = round((whole.days + 1) / 30.44)
    first = count - width if n.n == -1 else (n.n - 1) * width
    return days.months(whole.lo.year, whole.lo.month + first, width) if first + width <= count else None


def _first_week(whole: DayInterval) -> date:
    """The Monday of the first week: of a month its first Monday, of a year the week of its first Thursday."""
    into = (3 if whole.days > 31 else 0) - whole.lo.weekday()
    if whole.days > 31:
        return moved(whole.lo, -whole.lo.weekday() + (0 if into >= 0 else 7))
    return moved(whole.lo, into % 7)


def _last_week(whole: DayInterval) -> date:
    monday = moved(whole.hi, -whole.hi.weekday())
    return moved(monday, -7) if whole.days > 31 and whole.hi.weekday() < 3 else monday


def _nth_weekday(whole: DayInterval, n: int, weekday: int) -> DayInterval | None:
    if n == -1:
        return single(moved(whole.hi, -((whole.hi.weekday() - weekday) % 7)))
    day = moved(whole.lo, (weekday - whole.lo.weekday()) % 7 + 7 * (n - 1))
    return single(day) if day <= whole.hi else None


def _halves(whole: DayInterval) -> tuple[DayInterval, DayInterval]:
    """The halves of a period: by whole months, of a month 1–15, of a week Monday to Wednesday."""
    count = round((whole.days + 1) / 30.44)
    if count >= 2 and whole.lo.day == 1:
        cut = days.month(whole.lo.year, whole.lo.month + count // 2).lo
    elif count == 1 and whole.lo.day == 1:
        cut = moved(whole.lo, 15)
    else:
        cut = moved(whole.lo, (whole.days + 1) // 2)
    return DayInterval(whole.lo, moved(cut, -1)), DayInterval(cut, whole.hi)


def _middle(whole: DayInterval) -> DayInterval:
    count = round((whole.days + 1) / 30.44)
    if count >= 3 and whole.lo.day == 1:
        first = days.month(whole.lo.year, whole.lo.month + count // 3).lo
        last = moved(days.month(whole.lo.year, whole.lo.month + count - count // 3).lo, -1)
        return DayInterval(first, last)
    if whole.days == 6:
        return DayInterval(moved(whole.lo, 1), moved(whole.hi, -2))
    third = (whole.days + 1) // 3
    return DayInterval(moved(whole.lo, third), moved(whole.hi, -third))


def part_of(whole: DayInterval, part: str, of: Meaning, ref: date) -> DayInterval:
    """Return a part of a period; ``ref`` parts what is earlier from what is later."""
    early, late = _halves(whole)
    if isinstance(of, Fields) and of.month is None and of.year is not None:
        middle = _middle(whole)
        early = DayInterval(whole.lo, moved(middle.lo, -1))
        late = DayInterval(moved(middle.hi, 1), whole.hi)
    match part:
        case "early":
            return early
        case "mid":
            return _middle(whole)
        case "late":
            return late
        case "rest":
            return DayInterval(min(max(ref, whole.lo), whole.hi), whole.hi)
        case "later":
            return DayInterval(min(max(late.lo, moved(ref, 1)), whole.hi), whole.hi)
        case _:
            return DayInterval(whole.lo, max(whole.lo, min(whole.hi, moved(ref, -1))))
