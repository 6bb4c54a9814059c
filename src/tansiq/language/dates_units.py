"""Units seen from the day of publication: ``هذا الأسبوع``. Rules as in ``dates_named``."""

from __future__ import annotations

from typing import Final

from tansiq.language import dates_named as named
from tansiq.language.dates_named import Read
from tansiq.language.meaning import (
    UNITS,
    Fields,
    Shift,
    Unit,
)
from tansiq.language.timewords import Lex, Stream, once

MANY: Final = frozenset(["prochains", "derniers", "passes", "ecoules", "ces", "precedents"])
PLURALS: Final = frozenset(
    [
        "اسابيع",
        "الاسابيع",
        "ايام",
        "اشهر",
        "الاشهر",
        "شهور",
        "سنوات",
        "اعوام",
        "الاعوام",
        "سنين",
        "قرون",
        "عقود",
    ]
)
PLAIN: Final = frozenset(["week", "month", "quarter", "semester", "year", "decade", "century", "weekend"])


def unit_of(lex: Lex) -> Unit:
    """Return the unit of an entry."""
    unit: Unit = UNITS[lex.value]
    return unit


@once
def shifted(s: Stream, i: int) -> Read | None:
    """``هذا الأسبوع``, ``الشهر المقبل``, ``la semaine prochaine``, ``next year``."""
    at = i
    at = s.skip(at, ("le", "la", "les", "l", "'", "the", "في"))
    if (this := s.get(at, "this")) is not None:
        return _this(s, this.end, 0)
    if (mine := s.get(at, "my")) is not None:
        today = s.get(mine.end, "unit")
        return (today.end, Shift("day", 0)) if today and today.value == "day" else _this(s, mine.end, 0)
    lead = s.get(at, "side")
    if lead is not None and s.word(at).isascii() and not _plural(s, lead.end):
        nouns = s.get(lead.end, "unit")
        if nouns is not None and nouns.value in PLAIN and not s.word(nouns.end - 1).endswith("ss"):
            return _after_next(s, nouns, lead.number)
    return _tailed(s, at)


def _plural(s: Stream, at: int) -> bool:
    """Several units without a number are no one unit: ``الأسابيع المقبلة``, ``prochains mois``."""
    word = s.word(at)
    if word == "mois":
        return s.word(at - 1) in MANY or s.word(at + 1) in MANY
    return word.removeprefix("ال").lstrip("وب") in PLURALS or (word.isascii() and word.endswith("s"))


def _this(s: Stream, at: int, count: int) -> Read | None:
    lead = s.get(at, "side")
    if lead is not None and s.word(at).isascii() and (unit := s.get(lead.end, "unit")) is not None:
        return (unit.end, Shift(unit_of(unit), lead.number)) if unit.value in PLAIN else None
    unit = s.get(at, "unit")
    if unit is not None and unit.prep and not s.word(at).isascii():
        return None  # 'a week before that': ``قبل ذلك بأسبوع``
    if unit is None or unit.value not in PLAIN:
        month = named.month_name(s, at)
        if month is None or month[3] or s.word(at - 1) == "mon":
            return None  # 'Mon Feb 18' heads a page
        return month[1], Fields(month=month[0], side=0)
    return _after_next(s, unit, count)


def _after_next(s: Stream, unit: Lex, count: int) -> Read:
    end = unit.end
    tail = s.get(end, "side")
    if tail is not None and tail.number == 2 and count >= 0:
        return tail.end, Shift(unit_of(unit), 2)
    if s.word(end) in ("ci", "la") and s.hyphened(end):
        end += 1
    return end, Shift(unit_of(unit), count)


def _tailed(s: Stream, at: int) -> Read | None:
    """A unit with what follows it: ``الأسبوع الماضي``, ``semaine prochaine``, ``the week after next``."""
    unit = s.get(at, "unit")
    if unit is None or unit.value not in PLAIN or _plural(s, at):
        return None
    arabic = not s.word(at).isascii()
    definite = unit.art or unit.value == "weekend" or s.word(at).startswith(("ال", "لل"))
    tail = s.get(unit.end, "side")
    if tail is not None and (
        definite if arabic else s.word(unit.end) not in ("past", "last", "next", "current")
    ):
        return tail.end, Shift(unit_of(unit), tail.number)
    if (this := s.get(unit.end, "this")) is not None and arabic and unit.art and this.end == unit.end + 1:
        return this.end, Shift(unit_of(unit), 0)
    if unit.value == "weekend" and s.word(at + 1 if at + 1 < unit.end else at) != "":
        return unit.end, Shift("weekend", 0)
    return None
