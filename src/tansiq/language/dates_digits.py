"""Dates in digits: ``2016/02/22``, ``21-04-2016``, ``2016-11``, ``22/04``. Rules as in ``dates_named``."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from tansiq.language.dates_named import EARLIEST, HIJRI_MARKS, LATEST, Read, digits, full_year
from tansiq.language.meaning import Either, Fields
from tansiq.language.timewords import Stream, once

HIJRI_YEARS: Final = (1300, 1500)
REFERENCE: Final = frozenset(
    ["رقم", "قانون", "القانون", "قرار", "القرار", "المرسوم", "مرسوم", "n", "no", "numero", "resolution",
     "loi", "decret", "decree", "law", "article", "ماده", "الماده", "s", "a", "h", "f", "g", "ratio", "score"]
)  # fmt: skip


@once
def numeric_date(s: Stream, i: int) -> Read | None:
    """Read ``2016/02/22``, ``21-04-2016``, ``5.5.89``, ``08/12, 15`` and, in words' company, ``22/04``."""
    first = digits(s, i, 4)
    sep = s.word(i + 1)
    if (
        first is None
        or sep not in ("/", "-", ".", "\\")
        or (s.tight(i) and s.word(i - 1) in ("/", ":", "-", ".", "\\"))
    ):
        return None
    second = digits(s, i + 2, 4)
    if second is None:
        return None
    if (
        s.word(i + 3) == sep
        and (third := digits(s, i + 4, 4)) is not None
        and s.word(i + 5) not in ("/", ":")
    ):
        return None if _referred(s, i) and not _with_full_year(s, i) else _three(s, i, (first, second, third))
    if _referred(s, i):
        return None
    if s.word(i + 3) in ("/",) or (sep == "-" and s.word(i + 3) == "-" and s.word(i + 4).isdigit()):
        return None
    if s.word(i + 3) in (",", "،") and sep == "/" and len(s.word(i + 4)) in (2, 4):
        year = digits(s, i + 4, 4)
        if not s.word(i - 1).isascii():  # Arabic has the comma from American dates, and their order
            first, second = second, first
        if year is not None and s.closed(i + 5) and (fields := _day_month(first, second)) is not None:
            return i + 5, replace(fields, year=full_year(year))
    return _month_year(s, i, first, second)


def _with_full_year(s: Stream, i: int) -> bool:
    """Whether one end of three numbers has four digits: a day, also where a law's number could stand."""
    return 4 in (len(s.word(i)), len(s.word(i + 4)))


def _referred(s: Stream, i: int) -> bool:
    return any(s.word(i - back).lstrip("ال") in REFERENCE or s.word(i - back) in REFERENCE for back in (1, 2))


def _three(s: Stream, i: int, parts: tuple[int, int, int]) -> Read | None:
    if not (s.tight(i + 2) or s.word(i + 1) != ".") or max(len(s.word(i + n)) for n in (0, 4)) not in (
        2,
        4,
        1,
    ):
        return None
    if len(s.word(i)) == 4:
        year, month, day = parts
        month, day = (day, month) if month > 12 >= day else (month, day)
    else:
        day, month, year = parts
        day, month = (month, day) if month > 12 >= day else (day, month)
        if len(s.word(i + 4)) not in (2, 4):
            return None
    if not (1 <= month <= 12 and 1 <= day <= 31 and EARLIEST <= full_year(year) <= LATEST):
        return None
    if HIJRI_YEARS[0] <= year <= HIJRI_YEARS[1] and s.word(i + 5) in HIJRI_MARKS:
        return i + 6, Fields(year=year, month=month, day=day, hijri=True)
    found = Fields(year=full_year(year), month=month, day=day)
    if (
        len(s.word(i)) == len(s.word(i + 4)) == 2
        and 1 <= parts[1] <= 12
        and 1 <= parts[2] <= 31
        and parts[0] <= 31
    ):
        return i + 5, Either(found, Fields(year=full_year(parts[0]), month=parts[1], day=parts[2]))
    return i + 5, found


def _day_month(day: int, month: int) -> Fields | None:
    day, month = (month, day) if month > 12 >= day else (day, month)
    return Fields(month=month, day=day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _month_year(s: Stream, i: int, first: int, second: int) -> Read | None:
    """``2016-11``, ``11 / 2016``, and a day with its month where no share or score is meant."""
    for year, month, text in ((first, second, s.word(i)), (second, first, s.word(i + 2))):
        if len(text) == 4 and 1900 <= year <= 2099 and 1 <= month <= 12:
            return i + 3, Fields(year=year, month=month)
    if max(len(s.word(i)), len(s.word(i + 2))) > 2 or not s.tight(i + 2):
        return None
    fields = _day_month(first, second)
    led = s.word(i - 1) in (
        "يوم",
        "في",
        "le",
        "du",
        "au",
        "on",
        "من",
        "الي",
        "the",
        "dated",
        "بتاريخ",
        "commencant",
    )
    plain = s.word(i + 1) == "/" and (max(first, second) > 12 or len(s.word(i)) == len(s.word(i + 2)) == 2)
    falling = s.word(i + 1) == "-" and first > 12 >= second
    if fields is None or not (led or plain or falling) or (first, second) in ((24, 7), (7, 24), (50, 50)):
        return None
    counted = s.word(i + 3)
    if (
        counted in ("%", "$")
        or s.get(i + 3, "unit") is not None
        or (falling and not led and not s.closed(i + 3))
    ):
        return None
    return i + 3, fields
