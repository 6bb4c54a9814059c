"""Where a meaning lies, seen from one day of reference (rules 3 and 4 of ``calendar``)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, assert_never

from msgspec.structs import replace

from tansiq.language import days
from tansiq.language.days import DayInterval, moved, single
from tansiq.language.meaning import (
    Amount,
    Away,
    Between,
    DayShift,
    Either,
    Fields,
    Holding,
    Length,
    Meaning,
    Nth,
    Parted,
    Season,
    Shift,
    Since,
    Until,
    Vague,
    Weekday,
    Window,
    Within,
    Years,
)
from tansiq.language.parts import nth, part_of

LONG_AGO: Final = 100  # days since which a deadline is not told
REFERENCE: Final = date(2000, 1, 1)  # for what hangs on no day: any would do


def hull(found: Sequence[DayInterval]) -> DayInterval:
    """Return the least interval that holds all."""
    return DayInterval(min(f.lo for f in found), max(f.hi for f in found))


def hangs(meaning: Meaning) -> bool:
    """Tell whether a meaning needs the day of publication."""
    match meaning:
        case Fields(year=year):
            return year is None
        case Season(year=year):
            return year is None
        case Years() | Length() | Either():
            return False
        case Nth(of=of) | Parted(of=of) | Holding(of=of):
            return hangs(of)
        case Between(first, last):
            return hangs(last) or (hangs(first) and not isinstance(first, Fields))
        case Away(of=of):
            return of is None or hangs(of)
        case _:
            return True


def placed(meaning: Meaning, ref: date, *, wide: bool = False) -> DayInterval | None:
    """Return the days of a meaning as seen from ``ref``; ``wide`` with all that the words allow."""
    match meaning:
        case Fields():
            return _fields(meaning, ref)
        case Either(first=first):
            return _fields(first, ref)
        case DayShift(count=count):
            return single(moved(ref, count))
        case Weekday():
            return single(_weekday(meaning, ref))
        case Shift(unit=unit, count=count):
            found = days.unit(unit, ref, count)
            return DayInterval(moved(found.lo, -1), found.hi) if wide and unit == "weekend" else found
        case Nth():
            whole = placed(meaning.of, ref)
            return None if whole is None else nth(whole, meaning)
        case Parted(part=part, of=of):
            whole = placed(of, ref)
            return None if whole is None else part_of(whole, part, of, ref)
        case Season():
            return _season(meaning, ref)
        case Years(lo=lo, hi=hi):
            return days.years(lo, hi)
        case Holding(unit=unit, of=of):
            day = placed(of, ref)
            return None if day is None else days.unit(unit, day.lo, 0)
        case Away() | Window() | Within():
            return _lengthy(meaning, ref, wide=wide)
        case Length():
            return None
        case Between():
            return _between(meaning, ref, wide=wide)
        case Since(of=of):
            start = placed(of, ref, wide=wide)
            return None if start is None else DayInterval(start.lo, max(start.hi, ref))
        case Until(of=of, before=before):
            return _until(of, before, ref, wide=wide)
        case Vague(low_days=low, high_days=high):
            return DayInterval(moved(ref, low), moved(ref, high))
        case _:
            assert_never(meaning)


def nearer(either: Either, ref: date) -> Fields:
    """Return the first reading, unless it lies over a year ahead of ``ref`` and the other is nearer."""
    first, second = _fields(either.first, ref), _fields(either.second, ref)
    if first is None or second is None:
        return either.second if first is None else either.first
    if (first.lo - ref).days <= 366:
        return either.first
    return either.second if abs((second.lo - ref).days) < abs((first.lo - ref).days) else either.first


def _until(of: Meaning, before: bool, ref: date, *, wide: bool) -> DayInterval | None:
    end = placed(of, ref, wide=wide)
    if end is None:
        return None
    if (ref - end.hi).days > LONG_AGO and _unyeared(of):
        nexts = (placed(of, moved(ref, 92 * n), wide=wide) for n in range(1, 5))
        end = next((e for e in nexts if e is not None and e.hi >= ref), end)
    hi = moved(end.lo, -1) if before else end.hi
    return DayInterval(min(ref, hi), hi) if hangs(of) or ref != REFERENCE else single(hi)


def _unyeared(of: Meaning) -> bool:
    """Tell whether a deadline names a month without its year: one that passed long ago is the next."""
    while isinstance(of, Parted | Nth):
        of = of.of
    return isinstance(of, Fields) and of.year is of.side is of.year_shift is None


def _fields(f: Fields, ref: date) -> DayInterval | None:
    if f.hijri:
        return _hijri(f, ref)
    if f.month is None:
        return _without_month(f, ref)
    year = f.year if f.year is not None else _near_year(f, ref)
    if f.day is None:
        return days.month(year, f.month)
    if f.year is None and f.weekday is not None:
        year = next((y for y in (year, year + 1, year - 1) if _falls(y, f.month, f.day, f.weekday)), year)
    return _day(year, f.month, f.day)


def _day(year: int, month: int, day: int) -> DayInterval | None:
    whole = days.month(year, month)
    return single(moved(whole.lo, day - 1)) if day <= whole.hi.day else None


def _falls(year: int, month: int, day: int, weekday: int) -> bool:
    found = _day(year, month, day)
    return found is not None and found.lo.weekday() == weekday


def _near_year(f: Fields, ref: date) -> int:
    """The year of a month said without one: 'last' and 'next' by their side, else the near past, or what is
    at most three months ahead. A day of this very month that is past is its 'last', one ahead its 'next'."""
    month = f.month or ref.month
    if f.year_shift is not None:
        return ref.year + f.year_shift
    now = (ref.month, ref.day) if f.day is not None else (ref.month, 0)
    if f.side == 1:
        return ref.year + ((month, f.day or 0) <= now)
    if f.side == -1:
        return ref.year - ((month, f.day or 0) >= now)
    if f.side == 0:
        return ref.year
    if month > ref.month + 3:
        return ref.year - 1
    return ref.year + (ref.month - month >= 10)


def _without_month(f: Fields, ref: date) -> DayInterval | None:
    if f.day is None:
        return days.years(f.year, f.year) if f.year is not None else days.unit("year", ref, f.year_shift or 0)
    if f.month_shift is not None:
        month = days.unit("month", ref, f.month_shift)
        return _day(month.lo.year, month.lo.month, f.day)
    shifts = (0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6) if f.weekday is not None else (0,)
    for shift in shifts:
        month = days.unit("month", ref, shift)
        found = _day(month.lo.year, month.lo.month, f.day)
        if found is not None and (f.weekday is None or found.lo.weekday() == f.weekday):
            return found
    return None


def _hijri(f: Fields, ref: date) -> DayInterval | None:
    if f.month is None:
        ends = [days.hijri(f.year or 0, month, None) for month in (1, 12)]
        return DayInterval(ends[0].lo, ends[1].hi) if ends[0] is not None and ends[1] is not None else None
    if f.year is not None:
        return days.hijri(f.year, f.month, f.day)
    year = days.hijri_year(ref)
    if year is None:
        return None
    near = [d for shift in (0, -1, 1) if (d := days.hijri(year + shift, f.month, f.day)) is not None]
    if f.side == -1:
        near = [d for d in near if d.hi < ref]
    elif f.side == 1:
        near = [d for d in near if d.lo > ref]
    return min(near, key=lambda d: min(abs((d.lo - ref).days), abs((d.hi - ref).days)), default=None)


def _weekday(w: Weekday, ref: date) -> date:
    if w.week is not None:
        return moved(ref, -ref.weekday() + 7 * w.week + w.weekday)
    if w.side == 0:
        return moved(ref, -ref.weekday() + w.weekday)
    back = (ref.weekday() - w.weekday) % 7
    if w.side == 1:
        return moved(ref, (7 - back) or 7)
    return moved(ref, -7 if w.side == -1 and back == 0 else -back)


def _season(s: Season, ref: date) -> DayInterval:
    if s.year is not None:
        return days.season(s.name, s.year)
    if s.year_shift is not None:
        return days.season(s.name, ref.year + s.year_shift)
    this = days.season(s.name, ref.year)
    before = days.season(s.name, ref.year - 1)
    if s.side == -1:
        return this if this.hi < ref else before
    if s.side == 1:
        return this if this.lo > ref else days.season(s.name, ref.year + 1)
    return before if before.hi >= ref else this


def _lengthy(m: Away | Window | Within, ref: date, *, wide: bool) -> DayInterval | None:
    match m:
        case Within(amount=amount):
            if not wide:
                return _window(amount, 1, ref, wide=False)
            hi = days.stepped(ref, _most(amount), 1)
            return DayInterval(ref, max(ref, moved(hi, _slack(amount))))
        case Window(amount=amount, sign=sign):
            return _window(amount, sign, ref, wide=wide)
        case Away(amount=amount, sign=sign, of=of):
            base = single(ref) if of is None else placed(of, ref)
            if base is None:
                return None
            start = base.hi if sign > 0 else base.lo
            if not wide:
                return single(days.stepped(start, amount, sign))
            ends = [days.stepped(start, a, sign) for a in (_least(amount), _most(amount))]
            slack = _slack(amount)
            return DayInterval(moved(min(ends), -slack), moved(max(ends), slack))


def _window(amount: Amount, sign: int, ref: date, *, wide: bool) -> DayInterval:
    """The next or last so many units: days from tomorrow on, or up to yesterday; decades are whole ones."""
    unit, count = amount.parts[0]
    if unit in ("decade", "century") and len(amount.parts) == 1:
        whole = max(1, min(90, int(count)))
        ends = days.unit(unit, ref, sign), days.unit(unit, ref, sign * whole)
        return hull(list(ends))
    most = _most(amount) if wide else amount
    if sign > 0:
        first = moved(ref, 1)
        return DayInterval(ref if wide else first, max(first, moved(days.stepped(first, most, 1), -1)))
    last = moved(ref, -1)
    return DayInterval(min(last, days.stepped(ref, most, -1)), ref if wide else last)


def _least(amount: Amount) -> Amount:
    return replace(amount, parts=tuple((u, 2.0) for u, _ in amount.parts)) if amount.few else amount


def _most(amount: Amount) -> Amount:
    return replace(amount, parts=tuple((u, 10.0) for u, _ in amount.parts)) if amount.few else amount


def _slack(amount: Amount) -> int:
    """A distance is as sharp as its unit: 'three months ago' is a month, 'three days ago' a day."""
    unit, count = amount.parts[-1]
    slack = {"hour": 1, "day": 0, "week": 3, "month": 15, "quarter": 45, "semester": 60, "year": 60,
             "decade": 730, "century": 3650}.get(unit, 0)  # fmt: skip
    return slack * 3 if unit == "year" and count > 1 else slack


def _between(m: Between, ref: date, *, wide: bool) -> DayInterval | None:
    ends = ends_of(m, ref, wide=wide)
    return DayInterval(ends[0].lo, ends[1].hi) if ends is not None else None


def ends_of(m: Between, ref: date, *, wide: bool) -> tuple[DayInterval, DayInterval] | None:
    """Both ends; what the first leaves out is the last's, and a range never runs backwards."""
    last = placed(m.last, ref, wide=wide)
    if last is None:
        return None
    first = placed(_completed(m.first, m.last, last), ref, wide=wide)
    if first is None:
        return None
    if first.lo > last.hi and isinstance(m.last, Fields) and m.last.year is None:
        turned = placed(replace(m.last, year=last.lo.year + 1), ref, wide=wide)
        if turned is not None and first.lo <= turned.hi:
            last = turned
    if first.lo > last.hi and isinstance(m.last, Weekday) and m.last.week is None:
        last = DayInterval(moved(last.lo, 7), moved(last.hi, 7))
    return (first, last) if first.lo <= last.hi else None


def _completed(first: Meaning, last: Meaning, placed_last: DayInterval) -> Meaning:
    if not isinstance(first, Fields) or first.year is not None or not isinstance(last, Fields):
        return first
    if first.month is None and first.day is not None:
        return first
    if first.year_shift is None and last.year is not None:
        earlier = first.month is not None and last.month is not None and first.month > last.month
        return replace(first, year=last.year - earlier)
    if first.year_shift is None and first.side is None and first.month is not None:
        return replace(first, year=placed_last.lo.year)
    return first
