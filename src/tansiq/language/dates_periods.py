"""Periods: weeks, quarters, seasons, parts and numbered units. Rules as in ``dates_named``."""

from __future__ import annotations

from typing import Final

from tansiq.language import dates_named as named
from tansiq.language.dates_digits import numeric_date
from tansiq.language.dates_eras import century, decade, ordinal_at, season
from tansiq.language.dates_named import Read
from tansiq.language.dates_units import PLAIN, shifted, unit_of
from tansiq.language.meaning import (
    PARTS,
    Fields,
    Holding,
    Meaning,
    Nth,
    Part,
    Parted,
    Shift,
    Unit,
    Years,
)
from tansiq.language.timewords import EVERY, Stream, bits, once

SEMESTER: Final = frozenset({"semestre", "semester", "سداسي"})
"""Halves of a year, and of nothing else."""
CODES: Final = {"q": 3, "t": 3, "h": 6, "s": 6}


@once
def period(s: Stream, i: int) -> Read | None:
    """Read a period from piece ``i``, the most telling rule first."""
    kinds = s.kinds(i)
    for needs, also, rule in PERIODS:
        if kinds & needs and kinds & also and (found := rule(s, i)) is not None:
            return found
    return None


@once
def whole(s: Stream, i: int) -> Read | None:
    """Read what a part or a numbered unit belongs to: a period, a month with or without year, a year."""
    at = s.linked(i, 4)
    for rule in (numbered, quarter, decade, century, season, shifted):
        if (found := rule(s, at)) is not None:
            return found
    if (month := _month_of(s, at)) is not None:
        return month
    if (year := named.year_number(s, at, led=False)) is not None:
        return year[1], Fields(year=year[0])
    lex = s.get(at, "unit")
    if lex is not None and lex.value in PLAIN and (lex.art or s.word(lex.end - 1).isascii()):
        return lex.end, Shift(unit_of(lex), 0)
    mine = s.owned(at)
    return (mine.end, Shift(unit_of(mine), 0)) if mine is not None and mine.value in PLAIN else None


def _month_of(s: Stream, at: int) -> Read | None:
    month = named.month_name(s, at)
    if month is None:
        return None
    number, end, _, hijri = month
    fields, end = named._with_year(s, end, Fields(month=number, hijri=hijri))
    return end, fields


def numbered(s: Stream, i: int) -> Read | None:
    """``الأسبوع الثالث من مارس``, ``la dernière semaine de juillet``, ``first Friday of next month``."""
    at = i
    at = s.skip(at, ("le", "la", "l", "'", "the", "في"))
    first = _ordinal_then_noun(s, at) or _noun_thenordinal_at(s, at)
    if first is None:
        return None
    n, unit, weekday, end = first
    of = whole(s, end)
    if of is None:
        return _of_current(s, i, n, weekday, end) if weekday is not None else None
    if unit is not None and (
        unit not in ("day", "week", "month", "weekend", "quarter") or isinstance(of[1], Years)
    ):
        return None
    if isinstance(of[1], Shift) and of[1].unit == unit:
        return None
    return of[0], Nth(n, of[1], unit, weekday)


def _of_current(s: Stream, i: int, n: int, weekday: int, end: int) -> Read | None:
    """``يوم الأحد الثاني``, ``le deuxième dimanche``: of the month that is running."""
    if n < 1 or n > 5 or (n == 1 and s.word(i) == "اول"):
        return None
    if s.word(i).startswith("ال") and s.get(i, "ordinal") is not None:
        return None  # 'for the first time, on Sunday': ``للمرة الأولى الأحد``
    return end, Nth(n, Shift("month", 0), None, weekday)


Numbered = tuple[int, Unit | None, int | None, int]


def _ordinal_then_noun(s: Stream, at: int) -> Numbered | None:
    read = ordinal_at(s, at)
    if read is None:
        return None
    n, end = read
    day = s.get(end, "dayword")
    weekday = s.get(day.end if day else end, "weekday") or s.get(day.end if day else end, "weekday_bare")
    if weekday is not None and not (weekday.value == "6" and s.word(end) == "احد" and not day):
        return n, None, weekday.number, weekday.end
    unit = s.get(end, "unit")
    return (n, unit_of(unit), None, unit.end) if unit is not None else None


def _noun_thenordinal_at(s: Stream, at: int) -> Numbered | None:
    day = s.get(at, "dayword") if s.word(at) in ("يوم", "ليوم", "بيوم") else None
    noun = day.end if day else at
    weekday = s.get(noun, "weekday")
    unit = s.get(noun, "unit") if weekday is None else None
    lex = weekday or unit
    if lex is None or s.word(noun).isascii():
        return None
    ordinal = s.get(lex.end, "ordinal")
    if ordinal is None or ordinal.number > 53 or not s.word(lex.end).startswith("ال"):
        return None
    if weekday is not None:
        return (ordinal.number, None, weekday.number, ordinal.end) if ordinal.number > 0 else None
    return (ordinal.number, unit_of(lex), None, ordinal.end) if lex.art else None


def quarter(s: Stream, i: int) -> Read | None:
    """``الربع الثالث من 2016``, ``troisième trimestre``, ``Q3 2016``, ``2016 H2``."""
    at = i
    at = s.skip(at, ("le", "la", "l", "'", "the", "في", "au", "ce"))
    if (year := named.digits(s, at, 4)) is not None and 1900 <= year <= 2099:
        behind = at + 1 if s.word(at + 1) != "le" else at + 2
        coded = _coded(s, behind) or _quarter_words(s, behind)
        return (coded[2], _slice(coded[0], coded[1], Fields(year=year))) if coded else None
    coded = _coded(s, at)
    spoken = coded or _quarter_words(s, at)
    if spoken is None:
        return None
    months, n, end = spoken
    of = _quarter_of(s, end, months)
    if of is None:
        half = months == 6 and not any(s.word(n).removeprefix("ال") in SEMESTER for n in range(at, end))
        return None if coded or half else (end, _slice(months, n, Shift("year", 0)))
    return of[0], _slice(months, n, of[1])


def _quarter_of(s: Stream, end: int, months: int) -> Read | None:
    at = s.linked(end, 4)
    if (found := shifted(s, at)) is not None and isinstance(found[1], Shift):
        unit = found[1].unit
        return found if unit == "year" or (months == 6 and unit == "month") else None
    if (year := named.year_number(s, end)) is not None:
        return year[1], Fields(year=year[0])
    if months == 6 and (month := _month_of(s, at)) is not None:
        return month
    lex = s.get(at, "unit")
    if lex is not None and lex.value in ("year", "month") and (lex.art or s.word(at).isascii()):
        return (lex.end, Shift(unit_of(lex), 0)) if lex.value == "year" or months == 6 else None
    return None


def _slice(months: int, n: int, of: Meaning) -> Meaning:
    most = 12 // months
    unit: Unit = "quarter" if months == 3 else "semester"
    return Nth(n if n < most else -1, of, unit) if n != -1 else Nth(-1, of, unit)


def _coded(s: Stream, at: int) -> tuple[int, int, int] | None:
    word = s.word(at)
    n = named.digits(s, at + 1, 1) if word in CODES and s.tight(at + 1) else None
    if not n or n > 12 // CODES[word] or not (word in "qh" or _has_year(s, at)):
        return None
    return CODES[word], n, at + 2


def _has_year(s: Stream, at: int) -> bool:
    return named.year_number(s, at + 2) is not None or bool(named.digits(s, at - 1, 4))


def _quarter_words(s: Stream, at: int) -> tuple[int, int, int] | None:
    if (ordinal := ordinal_at(s, at)) is not None and (word := s.get(ordinal[1], "quarterword")) is not None:
        arabic = not s.word(at).isascii()
        if not (arabic and word.art) and 0 != ordinal[0] <= 12 // word.number:
            return word.number, ordinal[0], word.end
    word = s.get(at, "quarterword")
    if word is None or not word.art or s.word(at).isascii():
        return None
    tail = s.get(word.end, "ordinal")
    if tail is None or not s.word(word.end).startswith("ال") or tail.number > 12 // word.number:
        return None
    return word.number, tail.number, tail.end


def parted(s: Stream, i: int) -> Read | None:
    """``مطلع العام المقبل``, ``mi-mars``, ``fin 2000``, ``end of next week``, ``بقية الشهر``."""
    at = i
    at = s.skip(at, ("في", "au", "a", "la", "le", "the", "l", "'", "by", "at", "in"))
    for kind in ("later", "earlier", "rest", "part"):
        lex = s.get(i, kind) or s.get(at, kind)
        if lex is None or (kind == "part" and lex.art):
            continue
        part: Part = PARTS[lex.value if kind == "part" else kind]
        end = lex.end
        if kind == "later" and (again := s.get(end, "part")) is not None:
            end = again.end
        elif kind == "later" and (again := s.get(s.linked(end, 1), "part")) is not None:
            end, part = again.end, PARTS[again.value]
        if (found := _part_of(s, end, part)) is not None:
            return found
    return None


def _part_of(s: Stream, end: int, part: Part) -> Read | None:
    of = whole(s, end)
    if of is None:
        return None
    unit = of[1].unit if isinstance(of[1], Shift) else None
    bare = isinstance(of[1], Shift) and s.get(of[0] - 1, "side") is None
    if part == "late" and unit == "week" and bare and of[1].count == 0:  # type: ignore[union-attr]
        return of[0], Shift("weekend", 0)
    if unit in ("weekend", "century") and part not in ("early", "mid", "late"):
        return None
    return of[0], Parted(part, of[1])


def week_of(s: Stream, i: int) -> Read | None:
    """``أسبوع 16 سبتمبر``, ``la semaine du 18``, ``the week of May 3``."""
    at = i
    at = s.skip(at, ("la", "le", "the"))
    if s.word(at) == "w" and s.word(at + 1) == "/" and s.word(at + 2) == "c":
        unit: Unit = "week"
        end = at + 3
    else:
        lex = s.get(at, "unit")
        if lex is None or lex.value not in ("week", "month") or lex.art:
            return None
        unit, end = unit_of(lex), lex.end
    end = s.skip(
        end,
        (
            "du",
            "de",
            "d",
            "of",
            "le",
            "the",
            "commencant",
            "commencing",
            "starting",
            "beginning",
            "'",
        ),
    )
    if unit == "month" and (short := _month_of(s, end)) is not None and short[1] != Fields():
        return None
    for rule in (numeric_date, named.named_date):
        found = rule(s, end)
        if found is not None and isinstance(found[1], Fields) and found[1].day is not None:
            return found[0], Holding(unit, found[1])
    day = named.digits(s, end, 2)
    if (
        day is not None
        and 1 <= day <= 31
        and end > at + 1
        and s.word(end - 1) in ("du", "the")
        and s.closed(end + 1)
    ):
        return end + 1, Holding(unit, Fields(day=day))
    return None


def week_number(s: Stream, i: int) -> Read | None:
    """``semaine 31``, ``الأسبوع 31``, ``la dixième semaine``: a week of the year."""
    at = i
    at = s.skip(at, ("la", "le", "the"))
    lex = s.get(at, "unit")
    if lex is not None and lex.value == "week":
        n = named.digits(s, lex.end, 2)
        if n is None or not 1 <= n <= 53 or s.get(lex.end + 1, "unit") is not None:
            return None
        end = lex.end + 1
    else:
        ordinal = ordinal_at(s, at)
        if ordinal is None or ordinal[0] < 6:
            return None
        lex = s.get(ordinal[1], "unit")
        if lex is None or lex.value != "week":
            return None
        n, end = ordinal[0], lex.end
    year = named.year_number(s, end)
    if year is not None:
        return year[1], Nth(n, Fields(year=year[0]), "week")
    return end, Nth(n, Shift("year", 0), "week")


NUMBERED: Final = bits("ordinal", "digits")
PERIODS: Final = (
    (bits("later", "earlier", "rest", "part"), EVERY, parted),
    (NUMBERED, bits("unit", "weekday", "weekday_bare"), numbered),
    (bits("quarterword", "code"), EVERY, quarter),
    (bits("nickname", "code"), EVERY, decade),
    (NUMBERED, bits("unit"), century),
    (bits("season"), EVERY, season),
    (bits("unit", "month"), EVERY, shifted),
    (bits("unit", "code"), EVERY, week_of),
    (bits("unit"), EVERY, week_number),
)
"""The rules in their order, each behind the kinds of which it needs one of both sorts."""
