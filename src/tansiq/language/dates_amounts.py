"""Lengths of time: ``3 أيام``, ``يومان``, ``ساعة ونصف``, ``un an, un mois et 21 jours``, ``a few weeks``."""

from __future__ import annotations

from typing import Final

from tansiq.language.meaning import (
    UNITS,
    Amount,
    Unit,
)
from tansiq.language.timewords import Lex, Stream

Measured = tuple[int, Amount]
BARE_OK: Final = frozenset(
    ["second", "minute", "hour", "day", "week", "month", "year", "workday", "decade", "century"]
)
LONGEST: Final = 6


def amount(s: Stream, i: int, *, single: bool = False) -> Measured | None:
    """Read a length of one or more units; ``single``: a unit alone is one of it (``قبل شهر``)."""
    first = _one(s, i, single=single)
    if first is None:
        return None
    end, parts, few = first
    for _ in range(LONGEST):
        more = _joined(s, end)
        if more is None or more[1][0][0] in {u for u, _ in parts}:
            break
        end, parts = more[0], (*parts, *more[1])
    return end, Amount(parts, few)


Part = tuple[int, tuple[tuple[Unit, float], ...], bool]


def _joined(s: Stream, end: int) -> Part | None:
    """The next unit of a compound length, behind a comma, an 'and' or nothing."""
    at = end
    if s.word(at) in (",", "،"):
        at += 1
    joined = s.get(at, "and")
    at = joined.end if joined else at
    if s.word(at) == "plus" and s.word(at + 1) in ("de", "d"):
        at += 3 if s.word(at + 2) == "'" else 2
    arabic_and = s.word(at).startswith("و") and len(s.word(at)) > 2
    found = _one(s, at, single=joined is not None or arabic_and)
    return found if found is not None and not found[2] else None


def _unit(lex: Lex) -> Unit:
    unit: Unit = UNITS[lex.value]
    return unit


def _one(s: Stream, i: int, *, single: bool) -> Part | None:
    """Read one count and its unit."""
    for kind in ("lump", "pair"):
        lex = s.get(i, kind)
        if lex is not None and not lex.art:
            return _lump(s, lex, kind)
    if (half := s.get(i, "half")) is not None:
        return _half(s, half)
    if (few := s.get(i, "few")) is not None and (unit := _noun(s, few.end)) is not None:
        return unit.end, ((_unit(unit), 3.0),), True
    if (one := s.get(i, "one")) is not None and s.word(i).isascii():
        if (lump := s.get(one.end, "lump")) is not None:
            return _lump(s, lump, "lump")
        if one.end in s.spelled:
            return _counted(s, s.spelled[one.end][1], s.spelled[one.end][0])
        return _counted(s, one.end, 1.0)
    count = _count(s, i)
    if count is not None:
        return _counted(s, count[1], count[0])
    unit = s.get(i, "unit")
    if unit is None or unit.art or unit.value not in BARE_OK or s.word(i).isascii() or _held(s, unit):
        return None
    return _bare(s, unit, single)


def _held(s: Stream, unit: Lex) -> bool:
    """``عقد`` is a decade, and 'to hold' or 'contract': a decade only where its words say so."""
    return s.word(unit.end - 1).lstrip("وبل") == "عقد" and s.word(unit.end) not in (
        "من",
        "ونصف",
        "كامل",
        "واحد",
    )


def _counts_another(s: Stream, unit: Lex) -> bool:
    """``a second attack``, ``un second``: the next of a kind; ``الأربعة يوم الأحد``: the day opens a date."""
    word = s.word(unit.end - 1)
    if word == "second":
        tail = s.closed(unit.end) or s.get(unit.end, "post_ago") or s.get(unit.end, "post_ahead")
        return s.word(unit.end - 2) == "un" or not tail
    return word == "يوم" and s.get(unit.end, "weekday") is not None


def _lump(s: Stream, lex: Lex, kind: str) -> Part:
    if kind == "lump":
        name, _, count = lex.value.partition(":")
        unit: Unit = UNITS[name]
        return lex.end, ((unit, float(count)),), False
    extra, end = _and_half(s, lex.end)
    return end, ((_unit(lex), 2.0 + extra),), False


def _half(s: Stream, half: Lex) -> Part | None:
    end = half.end + 1 if s.word(half.end) in ("-", "of") else half.end
    one = s.get(end, "one")
    unit = _noun(s, one.end if one is not None else end)
    return (unit.end, ((_unit(unit), 0.5),), False) if unit is not None else None


def _noun(s: Stream, i: int) -> Lex | None:
    at = i + 1 if s.word(i) in ("-", "de", "من", "of") else i
    lex = s.get(at, "unit")
    return lex if lex is not None and lex.value != "weekend" else None


def _count(s: Stream, i: int) -> tuple[float, int] | None:
    """Read a number: digits with at most one decimal part, or words."""
    word = s.word(i)
    if word.isdigit() and word.isascii() and len(word) <= 5 and s.word(i - 1) not in ("/", ":", "⁄"):
        sep = s.word(i + 1)
        if sep in (".", ",") and s.tight(i + 1) and s.tight(i + 2) and s.word(i + 2).isdigit():
            tail = s.word(i + 2)
            return (float(f"{word}.{tail}"), i + 3) if len(tail) <= 2 and tail.isascii() else None
        return float(word), i + 1
    if i in s.spelled:
        return s.spelled[i]
    return None


def _counted(s: Stream, at: int, value: float) -> Part | None:
    extra, behind = _and_half(s, at)
    adverb = s.get(behind, "manydays")
    unit = _noun(s, adverb.end if adverb and s.word(behind).isascii() else behind)
    if unit is None or _held(s, unit) or _counts_another(s, unit):
        return None
    if s.word(unit.end - 1) == "h" and (value > 200 or s.tight(unit.end)):
        return None  # 8h20 is a time of day, 2016 H2 a half year
    end = unit.end
    if not extra:
        extra, end = _and_half(s, end)
    one = s.get(end, "one")
    if value == 1 and one is not None and not s.word(end).isascii():
        end = one.end
    return end, ((_unit(unit), value + extra),), False


def _and_half(s: Stream, at: int) -> tuple[float, int]:
    lex = s.get(at, "andhalf")
    return (0.5, lex.end) if lex is not None else (0.0, at)


def _bare(s: Stream, unit: Lex, single: bool) -> Part | None:
    """An Arabic unit alone: with ``واحد``, ``ونصف`` or, where asked, as one of it."""
    one = s.get(unit.end, "one")
    if one is not None and not s.word(unit.end).isascii():
        return one.end, ((_unit(unit), 1.0),), False
    extra, end = _and_half(s, unit.end)
    if extra:
        return end, ((_unit(unit), 1.5),), False
    word = s.word(unit.end - 1)
    plural = word.lstrip("وفبل") in (
        "ايام",
        "اسابيع",
        "اشهر",
        "شهور",
        "سنوات",
        "اعوام",
        "ساعات",
        "دقايق",
        "عقود",
        "قرون",
    )
    return (end, ((_unit(unit), 1.0),), False) if single and not plural else None


def plain_length(s: Stream, i: int) -> Measured | None:
    """Read a length that stands alone: a count with its unit, a whole or full unit, half a unit."""
    lead = s.get(i, "whole")
    if lead is not None and (found := _whole(s, lead.end)) is not None:
        return found
    if (full := _full(s, i)) is not None:
        return full
    at = s.get(i, "for")
    start = at.end if at is not None else i
    while at is not None and s.word(start) in ("de", "d", "la", "le", "les", "the", "'"):
        start += 1
    about = s.get(start, "about")
    start = about.end + (s.word(about.end) == "'") if about is not None else start
    return amount(s, start, single=at is not None) or _full(s, start)


def _whole(s: Stream, at: int) -> Measured | None:
    """``طوال اليوم``, ``toute la semaine``, ``all year``."""
    at = s.skip(at, ("la", "le", "l", "'", "the"))
    unit = s.get(at, "unit")
    if unit is None or unit.value not in BARE_OK or s.get(unit.end, "side") is not None:
        return None
    arabic = not s.word(at).isascii()
    full = s.get(unit.end, "full")
    return (full.end if full else unit.end), Amount(((_unit(unit), 1.0),)) if arabic or unit else Amount(())


def _full(s: Stream, i: int) -> Measured | None:
    """``يوم كامل``, ``une année entière``, ``un plein mois``, ``encore une heure``."""
    one = s.get(i, "one")
    at = one.end if one is not None and s.word(i).isascii() else i
    lead = s.get(at, "leadfull") if s.word(at).isascii() else None
    if lead is not None:
        again = s.get(lead.end, "one")
        unit = s.get(again.end if again else lead.end, "unit")
        return (
            (unit.end, Amount(((_unit(unit), 1.0),))) if unit is not None and unit.value in BARE_OK else None
        )
    unit = s.get(at, "unit")
    if unit is None or unit.art or unit.value not in BARE_OK:
        return None
    full = s.get(unit.end, "full")
    return (full.end, Amount(((_unit(unit), 1.0),))) if full is not None else None
