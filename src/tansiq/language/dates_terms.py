"""Terms that name no day of their own: ``avant le 15``, ``dans la quinzaine``, 'before the month is out'.

Rules as in ``dates_named``.
"""

from __future__ import annotations

from typing import Final

from tansiq.language import dates_named as named
from tansiq.language.dates_named import Read
from tansiq.language.dates_relative import near_month
from tansiq.language.dates_units import PLAIN, unit_of
from tansiq.language.meaning import UNITS, Amount, Fields, Parted, Shift, Unit, Within
from tansiq.language.timewords import Stream

LENGTHS: Final = frozenset({"day", "week", "month", "year"})
OVER: Final = frozenset({"out", "over", "up", "through"})
COURSE: Final = ("dans", "le", "courant")


def term(s: Stream, at: int) -> Read | None:
    """Read what stands behind 'before' or 'by': a lone day of the month, or the end of what is running."""
    return _day_alone(s, at) or _year_end(s, at)


def _day_alone(s: Stream, at: int) -> Read | None:
    """``avant le 15``, ``قبل العشرين من الشهر``, 'by the 15th'."""
    found = named.day_number(s, at)
    if found is None:
        return None
    lex = s.get(found[1] + 1, "unit") if s.word(found[1]) == "من" else None
    if lex is not None and lex.value == "month" and lex.art and s.get(lex.end, "side") is None:
        return lex.end, Fields(day=found[0], month_shift=0)
    if s.word(at - 1) not in ("le", "the", "يوم"):
        return None
    if _goes_on(s, found[1]):
        return found[1], Fields(day=found[0])
    return near_month(s, at - 1)


def _goes_on(s: Stream, end: int) -> bool:
    """Whether 'and' follows, and not with a month: ``avant le 15 et rendra``."""
    joined = s.get(end, "and")
    arabic = s.word(end).startswith("و") and len(s.word(end)) > 3 and not s.lexes(end)
    return arabic or (
        joined is not None and s.get(joined.end, "month") is None and not s.word(joined.end).isdigit()
    )


def _year_end(s: Stream, at: int) -> Read | None:
    """'by year-end', 'by the year's end', 'before the month is out'."""
    lex = s.get(at, "unit")
    if lex is None or lex.value not in PLAIN or not s.word(at).isascii():
        return None
    end = s.skip(lex.end, ("-", "'", "s"))
    over = s.word(end) in ("is", "was") and s.word(end + 1) in OVER
    if s.word(end) != "end" and not over:
        return None
    return end + 1 + over, Parted("late", Shift(unit_of(lex), 0))


def running(s: Stream, i: int) -> Read | None:
    """Read ``dans la semaine``, 'within the month': so long from now; ``dans le courant du mois``."""
    if tuple(s.word(i + n) for n in range(3)) == COURSE:
        at = s.skip(i + 3, ("du", "de", "la", "l", "'"))
        lex = s.get(at, "unit")
        plain = lex is not None and lex.value in LENGTHS and _alone(s, lex.end)
        return (lex.end, Shift(unit_of(lex), 0)) if lex is not None and plain else None
    if s.word(i) not in ("dans", "within") or s.word(i + 1) not in ("la", "le", "l", "the"):
        return None
    at = s.skip(i + 2, ("'",))
    if (lump := s.get(at, "lump")) is not None:
        name, _, count = lump.value.partition(":")
        several: Unit = UNITS[name]
        return (lump.end, Within(Amount(((several, float(count)),)))) if _alone(s, lump.end) else None
    lex = s.get(at, "unit")
    if lex is None or lex.value not in LENGTHS or not _alone(s, lex.end):
        return None
    return lex.end, Within(Amount(((unit_of(lex), 1.0),)))


def _alone(s: Stream, end: int) -> bool:
    """Whether nothing behind a unit says which one is meant: ``dans la semaine du 3``, ``prochaine``."""
    return s.get(end, "side") is None and s.word(end) not in ("du", "de", "of", "des", "qui", "that", "ou")
