"""Ranges and bounds: from … to, between … and, since, until, before, by. Rules as in ``dates_named``."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from tansiq.language import dates_named as named
from tansiq.language.dates_digits import numeric_date
from tansiq.language.dates_distances import distance
from tansiq.language.dates_named import Read
from tansiq.language.dates_periods import period
from tansiq.language.dates_relative import day, near_month, weekday, weekday_date, windows
from tansiq.language.dates_terms import term
from tansiq.language.dates_units import shifted
from tansiq.language.meaning import (
    Away,
    Between,
    DayShift,
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
from tansiq.language.timewords import EVERY, Stream, bits, once

DAYS: Final = bits("digits", "spelled", "ordinal", "first_of_month")
MONTHS: Final = bits("month", "hijri")
WEEKDAYS: Final = bits("weekday", "weekday_bare", "weekday_short")
ATOMS: Final = (
    (bits("digits"), numeric_date),
    (MONTHS, named.named_date),
    (DAYS | bits("side"), near_month),
    (WEEKDAYS, weekday_date),
    (bits("side", "ordinal"), windows),
    (EVERY, period),
    (WEEKDAYS, weekday),
    (bits("ago", "within", "ahead", "post_ago", "post_ahead", "anchor_after", "anchor_before", "fromnow",
          "beforenow"), distance),
    (bits("day", "nextday"), day),
    (bits("digits", "spelled"), named.bare_year),
)  # fmt: skip
"""The rules that read one time, each behind the kinds of which it needs one."""
LEADS: Final = ("le", "la", "les", "l", "'", "the", "في", "يوم", "date", "period", "d")
ENDS: Final = (Fields, DayShift, Weekday, Shift, Nth, Parted, Season, Years, Holding, Away, Window)


@once
def atom(s: Stream, i: int) -> Read | None:
    """Return the longest time that starts at a piece, ranges and bounds apart."""
    best: Read | None = None
    kinds = s.kinds(i)
    for needs, rule in ATOMS:
        found = rule(s, i) if kinds & needs else None
        if found is not None and (best is None or found[0] > best[0]):
            best = found
    return best


def ranged(s: Stream, i: int) -> Read | None:
    """Read a range from piece ``i``."""
    kinds = s.kinds(i)
    for needs, also, rule in RANGES:
        if kinds & needs and kinds & also and (found := rule(s, i)) is not None:
            return found
    return None


def _opened(s: Stream, i: int) -> tuple[int, bool, bool]:
    """Skip the word that opens a range: the piece behind, whether there was one, whether it is 'between'."""
    between = s.get(i, "between")
    if between is not None:
        return _articles(s, between.end), True, True
    lead = s.get(i, "from")
    return (_articles(s, lead.end), True, False) if lead is not None else (i, False, False)


def _articles(s: Stream, i: int) -> int:
    return s.skip(i, LEADS)


def _to(s: Stream, i: int, *, between: bool, dash: bool = True) -> int | None:
    """Return the piece where the second end of a range starts, None if nothing joins the two."""
    if (to := s.get(i, "to")) is not None:
        return _articles(s, to.end)
    if dash and s.word(i) == "-":
        return _articles(s, i + 1)
    if between and (joined := s.get(i, "and")) is not None:
        again = s.get(joined.end, "to")
        return _articles(s, again.end if again is not None else joined.end)
    if between and s.word(i).startswith("و") and len(s.word(i)) > 2:
        return i
    return None


def _pair_of_days(s: Stream, i: int) -> tuple[int, int, int, bool] | None:
    """Two days of a month joined: the days, the piece behind, and whether 'between' opened them."""
    at, opened, between = _opened(s, i)
    at = named._fillers(s, at)
    first = named.day_number(s, at)
    if first is None or s.word(at - 1) in (":", "/", "."):
        return None
    joined = _to(s, first[1], between=True)
    if joined is None:
        return None
    second = named.day_number(s, named._fillers(s, joined))
    if second is None or second[0] < first[0] or (s.word(first[1]) == "-" and s.word(second[1]) == "-"):
        return None
    return first[0], second[0], second[1], opened and between


def _days_of_month(s: Stream, i: int) -> Read | None:
    """``من 4 إلى 22 يناير 1995``, ``12 و13 أوت``, ``du 4 au 22 ce mois-ci``, ``من 4-23 في الشهر المقبل``."""
    pair = _pair_of_days(s, i)
    if pair is None:
        return None
    first, last, end, _ = pair
    behind = s.linked(end + (s.word(end) in (".", ",") and s.tight(end + 1)), 4)
    month = named.month_name(s, behind)
    if month is not None:
        finish, fields = named._finish(s, month, last, None)
        return finish, _both(fields, first)
    near = shifted(s, behind)
    if near is not None and isinstance(near[1], Shift) and near[1].unit == "month":
        return near[0], _both(Fields(day=last, month_shift=near[1].count), first)
    return None


def _both(last: Meaning, first: int) -> Meaning:
    assert isinstance(last, Fields)
    return Between(replace(last, day=first), last)


def _month_days(s: Stream, i: int) -> Read | None:
    """``Novembre 19-20``, ``نوفمبر بين 19 و 20``, ``August 12-13, 2009``: the month before its two days."""
    month = named.month_name(s, i)
    if month is None:
        return None
    pair = _pair_of_days(s, month[1])
    if pair is None:
        return None
    first, last, end, _ = pair
    following = s.get(end, "month")
    if following is not None and (s.word(end - 1).isdigit() or s.word(end - 2) in ("and", "to", "-")):
        return None
    if s.get(end, "unit") is not None or s.word(end) == "%":
        return None
    if s.word(end) in ("h", "am", "pm"):
        end += s.tight(end)
    finish, fields = named._finish(s, (month[0], end, True, month[3]), last, None)
    return finish, _both(fields, first)


def _years(s: Stream, i: int) -> Read | None:
    """``2014-2018``, ``من 2014 إلى 2018``, ``de deux mille à deux mille quatorze``."""
    at, opened, between = _opened(s, i)
    first = named.year_number(s, at)
    if first is None or first[0] < 1900 or s.word(at - 1) in ("/", "-"):
        return None
    joined = _to(s, first[1], between=between)
    if joined is None:
        return None
    last = named.year_number(s, joined)
    if last is None or not first[0] < last[0] < 2100 or s.word(last[1]) in ("-", "/", ":"):
        return None
    if s.get(last[1], "unit") is not None or (not opened and s.word(first[1]) != "-"):
        return None
    counted = not s.closed(last[1]) and not s.word(at).isdigit()
    return None if counted else (last[1], Between(Fields(year=first[0]), Fields(year=last[0])))


def _ends(s: Stream, i: int) -> Read | None:
    """``من 2 أكتوبر إلى 22 أكتوبر``, ``aujourd'hui jusqu'à demain``, ``between May 2015 and 2018``."""
    at, opened, between = _opened(s, i)
    first = _end_of(s, at, opened)
    if first is None:
        return None
    joined = _to(s, first[0], between=between)
    if joined is None and s.word(first[0]) == "h" and s.tight(first[0]):
        return None
    if joined is None and opened and (sep := s.get(first[0], "and")) is not None and s.word(i) == "depuis":
        joined = _articles(s, sep.end)
    return _close(s, first[1], joined) if joined is not None else None


def _close(s: Stream, first: Meaning, at: int) -> Read | None:
    last = _end_of(s, at, True)
    if last is None:
        return None
    if isinstance(first, Fields) and isinstance(last[1], Fields) and first.hijri != last[1].hijri:
        return None  # one day by two calendars
    lone = isinstance(first, Fields) and first.day is not None and first.month is None
    if lone and not (isinstance(last[1], Fields) and last[1].day is not None):
        return None
    return last[0], Between(first, last[1])


def _end_of(s: Stream, at: int, opened: bool) -> Read | None:
    found = atom(s, at)
    if found is None and opened:
        year = named.year_number(s, at)
        if year is not None and 1900 <= year[0] < 2100 and s.get(year[1], "unit") is None:
            found = year[1], Fields(year=year[0])
    return found if found is not None and isinstance(found[1], ENDS) else None


def _of_week(s: Stream, i: int) -> Read | None:
    """``الأسبوع المقبل بين الأربعاء والجمعة``: two weekdays of a week named before them."""
    week = shifted(s, i)
    if week is None or not isinstance(week[1], Shift) or week[1].unit != "week":
        return None
    at, opened, between = _opened(s, week[0])
    first = s.get(at, "weekday")
    if first is None or not opened:
        return None
    joined = _to(s, first.end, between=between)
    last = s.get(joined, "weekday") if joined is not None else None
    if last is None:
        return None
    count = week[1].count
    ends = Weekday(first.number, None, count), Weekday(last.number, None, count)
    return last.end, Between(*ends)


RANGES: Final = (
    (bits("unit"), WEEKDAYS, _of_week),
    (DAYS, MONTHS | bits("unit"), _days_of_month),
    (DAYS, MONTHS, _month_days),
    (bits("digits", "spelled"), EVERY, _years),
    (bits("to", "between", "from", "dash"), EVERY, _ends),
)
"""The rules that read a range, each behind the kinds of which it needs one of both sorts."""


def feast(s: Stream, at: int) -> Read | None:
    """``رمضان``, ``la Tabaski``, ``Christmas``, ``the rains`` behind a word that says by when."""
    at = s.skip(at, ("la", "le", "les", "l", "'", "the"))
    lex = s.get(at, "feast")
    if lex is None:
        return None
    calendar, month, day = lex.value.split(":")
    of = Fields(month=int(month), day=int(day) or None, hijri=calendar == "h")
    return lex.end, Until(of, before=calendar == "h")


def bounded(s: Stream, i: int) -> Read | None:
    """``منذ 2015``, ``حتى نهاية مارس``, ``avant fin 2012``, ``by next Friday``, ``قبل نهاية العام``."""
    for kind in ("by", "until", "before", "since"):
        lex = s.get(i, kind)
        if lex is None:
            continue
        at = _articles(s, lex.end)
        if kind != "since" and (named_feast := feast(s, at)) is not None:
            return named_feast
        found = _end_of(s, at, True) or (term(s, at) if kind != "since" else None)
        if found is None or isinstance(found[1], Within | Length | Vague | Window):
            continue
        of = found[1]
        if isinstance(of, Away) and (kind in ("since", "before") or s.word(i) == "in"):
            continue
        match kind:
            case "since":
                return found[0], Since(of)
            case "before":
                return found[0], Until(of, before=not isinstance(of, Parted))
            case _:
                return found[0], Until(of)
    return None
