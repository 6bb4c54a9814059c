"""Dates with names and digits: days, months, years, Hijri dates. Each rule reads from one piece on.

A rule returns the piece behind what it read and its meaning, or None; every look ahead is bounded.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from tansiq.language.meaning import Fields, Meaning
from tansiq.language.month_words import ENGLISH_MONTHS, feminine, sure_month
from tansiq.language.timewords import Stream, once

Read = tuple[int, Meaning]
MONTH_LEADS: Final = ("شهر", "mois", "month")
YEAR_LEADS: Final = frozenset(
    ["عام", "العام", "سنه", "السنه", "لعام", "لسنه", "بعام", "annee", "an", "year", "l'an"]
)
COUNTED: Final = frozenset(
    [
        "%",
        "مليون",
        "الف",
        "ملايين",
        "مليار",
        "million",
        "millions",
        "thousand",
        "mille",
        "milliards",
        "billion",
    ]
)
LEADING_TO_DAY: Final = frozenset(
    ["the", "on", "since", "until", "before", "by", "of", "after", "from", "between", "and", "until", "till"]
)
"""Behind one of these an English month with a number is a day: 'the attack of March 13 on the resort'."""
SHORT_OR_WHOLE: Final = ENGLISH_MONTHS | frozenset(
    ["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"]
)
HIJRI_MARKS: Final = ("ه", "ھ", "هجري", "هجريه", "ah")
EARLIEST, LATEST = 1000, 2200
ENDS_DATE: Final = frozenset({"", "\n", ".", ")", "]"})
EARLIEST_SHORT: Final = 4  # no report of the first years of the century is read


def digits(s: Stream, i: int, most: int) -> int | None:
    """Return the value of a run of at most ``most`` digits that no decimal or clock goes on with."""
    word = s.word(i)
    if not word.isdigit() or not word.isascii() or len(word) > most or s.word(i - 1) == "⁄":
        return None
    return int(word)


@once
def day_number(s: Stream, i: int) -> tuple[int, int] | None:
    """Read a day of the month: digits with their ending, an ordinal, or a number in words."""
    if (value := digits(s, i, 2)) is not None:
        if not 1 <= value <= 31:
            return None
        if s.word(i + 1) in ("er", "st", "nd", "rd", "th", "e", "eme") and s.tight(i + 1):
            return value, i + 2
        return value, i + 1
    for kind in ("ordinal", "first_of_month"):
        lex = s.get(i, kind)
        if (
            lex is not None
            and 1 <= lex.number <= 31
            and not (kind == "ordinal" and feminine(s.word(lex.end - 1)))
        ):
            return lex.number, lex.end
    if i in s.spelled:
        number, end = s.spelled[i]
        return (int(number), end) if number == int(number) and 1 <= number <= 31 else None
    return None


@once
def month_name(s: Stream, i: int) -> tuple[int, int, bool, bool] | None:
    """Read a month: its number, the end, whether it is sure, and whether it is Hijri.

    Both names of a month may stand side by side: ``كانون الثاني/يناير``.
    """
    lead = i
    while s.word(lead).lstrip("وبلف") in MONTH_LEADS or s.word(lead) in ("الشهر",):
        lead += 1
        lead = s.linked(lead, 2) if lead > i + 0 and s.word(lead) not in MONTH_LEADS else lead
    for kind in ("month", "hijri"):
        lex = s.get(lead, kind)
        if lex is None or lex.art:
            continue
        end = lex.end
        if s.word(end) == "." and s.tight(end) and s.word(end + 1).isdigit():
            end += 1
        slash = end + 1 if s.word(end) in ("/", "(") else end
        other = s.get(slash, "month")
        if slash > end and other is not None and other.value == lex.value:
            end = other.end + (s.word(other.end) == ")")
        sure = lead > i or sure_month(s, lead)
        return lex.number, end, sure, kind == "hijri"
    return None


def year_number(s: Stream, i: int, *, led: bool = False) -> tuple[int, int] | None:
    """Read a year: four digits, or a number in words; with its word before it, any number to 2200."""
    at, led = _year_lead(s, i, led)
    end: int
    if (value := digits(s, at, 4)) is not None:
        end = at + 1
    elif at in s.spelled:
        number, end = s.spelled[at]
        value = int(number)
        if 10 < value < 21 and (pair := _second_half(s, end)) is not None:
            value, end = value * 100 + pair[0], pair[1]
    else:
        return None
    low = 100 if led else EARLIEST
    if not low <= value <= LATEST or s.word(end) in COUNTED:
        return None
    if s.word(end) in (".", ",") and s.tight(end) and s.tight(end + 1) and s.word(end + 1).isdigit():
        return None
    return value, end


def _year_lead(s: Stream, i: int, led: bool) -> tuple[int, bool]:
    at = s.linked(i, 3)
    if s.word(at) in YEAR_LEADS or s.word(at).lstrip("وبل") in ("عام", "سنه"):
        return s.linked(at + 1, 2), True
    return at, led


def _second_half(s: Stream, i: int) -> tuple[int, int] | None:
    """``nineteen ninety-nine``: the second half of a year said in two."""
    half = s.spelled.get(i)
    if half is None or not 10 <= half[0] <= 99:
        return None
    return int(half[0]), half[1]


def short_year(s: Stream, i: int, *, dated: bool = False) -> tuple[int, int] | None:
    """Read a year of two digits, as after a month: only one that is no day, unless a day and its month are
    ``dated`` before it and the line or the sentence ends behind it (``14 Mar 14``, ``14-MAR-14``)."""
    at = i + (dated and s.word(i) == "-" and s.tight(i))
    mark = s.word(at) == "'"
    at += mark
    value = digits(s, at, 2)
    if value is None or len(s.word(at)) != 2 or s.word(at + 1) in ("%", "/", ":"):
        return None
    if value > 31 or mark:
        return (full_year(value), at + 1) if s.word(at + 1) != "." and (mark or s.closed(at + 1)) else None
    ends = s.word(at + 1) in ENDS_DATE and not (s.word(at + 1) == "." and s.word(at + 2).isdigit())
    return (full_year(value), at + 1) if dated and value > EARLIEST_SHORT and ends else None


def full_year(value: int) -> int:
    """Return the year that two digits mean."""
    return value if value >= 100 else 2000 + value if value < 50 else 1900 + value


def year_after(s: Stream, i: int) -> tuple[int, int] | None:
    """Read a year behind a month: after a comma or a word too."""
    at = i + 1 if s.word(i) in (",", "،", "-", "/", ".") else i
    return year_number(s, at) or (year_number(s, i) if at != i else None)


@once
def named_date(s: Stream, i: int) -> Read | None:
    """Read ``الثلاثاء 12 أبريل 2010``, ``le 12 mai``, ``May 12, 2010``, ``3 رمضان 1435``, ``mars 2011``."""
    weekday, at = weekday_lead(s, i)
    at = _fillers(s, at) if weekday is None else _fillers(s, _past_side(s, at))
    first = day_number(s, at)
    if first is not None:
        behind = _between_day_and_month(s, first[1])
        if (named := month_name(s, behind)) is not None and not _taken(s, at, first, named):
            return _finish(s, named, first[0], weekday)
    if (named := month_name(s, at)) is None:
        return None
    if (found := _month_first(s, at, named, weekday)) is not None:
        return found
    number, end, sure, hijri = named
    fields, end = _with_year(s, end, Fields(month=number, weekday=weekday, hijri=hijri))
    said = fields.year is not None or fields.side is not None or fields.year_shift is not None
    if hijri and not (said or at > i):
        return None
    return (end, fields) if sure or said else None


def _taken(s: Stream, at: int, first: tuple[int, int], named: tuple[int, int, bool, bool]) -> bool:
    """``الساعة 12 مارس``, ``1, 2 march``: a number that belongs to something else."""
    return (s.tight(at) and s.word(at - 1) in (":", "%")) or (named[1] == first[1])


def weekday_lead(s: Stream, i: int) -> tuple[int | None, int]:
    """Read a weekday that stands before a date; a short one needs its point or comma, or a digit behind."""
    at = s.get(i, "dayword").end if s.get(i, "dayword") else i  # type: ignore[union-attr]
    lex = s.get(at, "weekday") or (s.get(at, "weekday_bare") if at > i else None)
    if lex is not None:
        end = lex.end
        return lex.number, end + (s.word(end) in (",", "،"))
    short = s.get(at, "weekday_short")
    if short is not None and (s.word(short.end) in (".", ",") or s.word(short.end).isdigit()):
        end = short.end
        end = s.skip(end, (".", ","))
        return (None, i) if s.word(at) == "mar" and not _before_month(s, end) else (short.number, end)
    return None, i


def _before_month(s: Stream, i: int) -> bool:
    """Tell whether a day with its month follows: ``mar. 19 mai`` is a Tuesday, 'Mar. 19' a day of March."""
    day = day_number(s, i)
    return day is not None and month_name(s, _between_day_and_month(s, day[1])) is not None


def _past_side(s: Stream, i: int) -> int:
    """Skip "last" or "next" between weekday and day: ``الأحد الماضي 17 مارس``, ``mardi dernier, le 3``."""
    lex = s.get(i, "side")
    if lex is None or s.word(i) in ("past", "last", "next"):
        return i
    at = lex.end + (s.word(lex.end) in (",", "،"))
    day = day_number(s, _fillers(s, at))
    return at if day is not None and month_name(s, _between_day_and_month(s, day[1])) is not None else i


def _fillers(s: Stream, i: int) -> int:
    """Skip what may stand between a weekday and its day: ``يوم``, ``في``, ``le``, ``the``, ``الموافق``."""
    for _ in range(3):
        word = s.word(i)
        lex = s.get(i, "dayword")
        if lex is not None and word in ("يوم", "يومي", "ايام", "ليوم", "بيوم"):
            i = lex.end
        elif word in ("في", "le", "les", "the", "on", "الموافق", "لـ", "ل", "du", "al"):
            i += 1
        else:
            break
    return i


def _between_day_and_month(s: Stream, i: int) -> int:
    """Skip the mark or small word between day and month: ``2. أكتوبر``, ``1er de mai``, ``12th of``."""
    if s.word(i) in (".", "-", "/", ","):
        i += 1
    return s.linked(i, 2)


def _month_first(s: Stream, i: int, named: tuple[int, int, bool, bool], weekday: int | None) -> Read | None:
    """``May 12, 2010``, ``septembre 4``, ``يناير الثاني والعشرين``: the month before its day."""
    number, end, _, hijri = named
    if s.word(i).lstrip("وبلف") in MONTH_LEADS and (short := _led_short_year(s, end)) is not None:
        return short[1], Fields(year=short[0], month=number, weekday=weekday, hijri=hijri)
    at = end + (s.word(end) in ("-", "/", ".", ","))
    at = at + 1 if s.word(at) == "the" else at
    day = day_number(s, at)
    if day is None or (s.word(at).isdigit() and _not_a_day(s, day[1], at)):
        return None
    if not s.word(at).isdigit() and not _ordinal_day(s, at, day[1]):
        return None
    return _finish(s, (number, day[1], True, hijri), day[0], weekday)


def _led_short_year(s: Stream, end: int) -> tuple[int, int] | None:
    """``شهر سبتمبر 16``: two digits behind 'the month of' are a year."""
    at = end + (s.word(end) in (".", "-", "/"))
    value = digits(s, at, 2)
    if value is None or len(s.word(at)) != 2 or not s.closed(at + 1) or s.word(at + 1) in ("-", "/", ":"):
        return None
    return full_year(value), at + 1


def _ordinal_day(s: Stream, at: int, end: int) -> bool:
    """A day in words behind its month: an ordinal, or a number that counts nothing."""
    return s.get(at, "ordinal") is not None or s.closed(end) or year_after(s, end) is not None


def _not_a_day(s: Stream, end: int, at: int) -> bool:
    """``mars 16 morts``: the number counts what follows, or it is a time of day or a decimal."""
    word = s.word(end)
    if s.word(at - 1) == "-" and s.closed(end):
        return False
    if word in (":", "%", "h") or s.get(end, "unit") is not None:
        return True
    if end > at + 1 or s.closed(end) or year_after(s, end) is not None:
        return False
    month = at - 1 - (s.word(at - 1) == ".")
    if s.word(month) in SHORT_OR_WHOLE and s.word(month - 1) in LEADING_TO_DAY:
        return False  # 'the October 31 election'
    return s.get(end, "to") is None and s.get(end, "and") is None and s.get(end, "from") is None


def _finish(s: Stream, named: tuple[int, int, bool, bool], day: int, weekday: int | None) -> Read:
    number, end, _, hijri = named
    fields, end = _with_year(s, end, Fields(month=number, day=day, weekday=weekday, hijri=hijri))
    if (
        fields.year is None
        and fields.year_shift is None
        and (short := short_year(s, end, dated=True)) is not None
    ):
        fields, end = replace(fields, year=short[0]), short[1]
    if (
        fields == Fields(month=number, day=day, weekday=weekday)
        and (far := _behind_agency(s, end)) is not None
    ):
        fields, end = replace(fields, year=far[0]), far[1]
    return end, fields


def _behind_agency(s: Stream, end: int) -> tuple[int, int] | None:
    """``12 juillet (Reuters) 2013``: the year behind the agency of a dateline."""
    if s.word(end) != "(" or s.word(end + 2) != ")" or (year := digits(s, end + 3, 4)) is None:
        return None
    return (year, end + 4) if 1950 <= year <= 2049 else None


def _with_year(s: Stream, end: int, fields: Fields) -> tuple[Fields, int]:
    """Read what follows a month: its year, 'of last year', 'last', 'this'."""
    if (year := year_after(s, end)) is not None:
        return replace(fields, year=year[0]), _era(s, year[1])
    if fields.day is None and (short := short_year(s, end)) is not None:
        return replace(fields, year=short[0]), short[1]
    if (shift := year_phrase(s, end)) is not None:
        return replace(fields, year_shift=shift[0]), shift[1]
    if (
        (side := s.get(end, "side")) is not None
        and -1 <= side.number <= 1
        and s.word(end) not in ("past", "to")
    ):
        return replace(fields, side=side.number), side.end
    return fields, end


def _era(s: Stream, end: int) -> int:
    return end + 1 if s.word(end) in ("هـ", "ه", "ھ", "م", "هجري", "ميلادي", "هجريه", "ميلاديه") else end


def year_phrase(s: Stream, i: int) -> tuple[int, int] | None:
    """Read 'of last year', ``من العام الماضي``, ``de cette année``: the shift of the year and the end."""
    at = s.linked(i, 4)
    this = s.get(at, "this")
    noun = this.end if this is not None else at
    lead = s.get(at, "side") if this is None else None
    if lead is not None and (unit := s.get(lead.end, "unit")) is not None and unit.value == "year":
        return lead.number, unit.end
    unit = s.get(noun, "unit")
    if unit is None or unit.value != "year":
        return None
    if this is not None:
        ci = s.word(unit.end) in ("ci", "la")
        return 0, unit.end + ci
    tail = s.get(unit.end, "side")
    arabic = not s.word(noun).isascii()
    if tail is not None and (unit.art or not arabic):
        return tail.number, tail.end
    return None


def bare_year(s: Stream, i: int) -> Read | None:
    """Read a year that a word leads: ``عام 2015``, ``en 2015``, ``since 2015``."""
    if (halves := _halves(s, i)) is not None:
        return halves
    at, led = _year_lead(s, i, False)
    if at == i:
        at = i + 1 if s.get(i, "since") or s.get(i, "until") else i
    found = year_number(s, at, led=led)
    if found is None:
        return None
    value, end = found
    if s.word(end) in HIJRI_MARKS and 1300 <= value <= 1500:
        return end + 1, Fields(year=value, hijri=True)
    if not led and not _free(s, at, end, value):
        return None
    return end, Fields(year=value)


def _halves(s: Stream, i: int) -> Read | None:
    """``تسعة عشر ثمانية وعشرون``: a year said in two halves, with nothing to count behind."""
    first = s.spelled.get(i)
    if first is None or not 16 < first[0] < 21 or (second := _second_half(s, first[1])) is None:
        return None
    return (second[1], Fields(year=int(first[0]) * 100 + second[0])) if s.closed(second[1]) else None


def _free(s: Stream, at: int, end: int, value: int) -> bool:
    """A number without the word 'year': four digits in our times behind a small word, counting nothing."""
    if not s.word(at).isdigit():
        return s.closed(end) and value >= 1000 and s.get(at - 1, "link") is not None
    if not 1900 <= value <= 2099 or s.word(end) in ("/", "-", ":") or s.get(end, "unit") is not None:
        return False
    return any(
        s.get(at - 1, kind) for kind in ("link", "since", "until", "before", "by", "to", "between", "part")
    )
