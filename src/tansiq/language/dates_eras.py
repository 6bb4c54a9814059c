"""Seasons, decades and centuries. Rules as in ``dates_named``."""

from __future__ import annotations

from msgspec.structs import replace

from tansiq.language import dates_named as named
from tansiq.language.dates_named import Read
from tansiq.language.dates_units import shifted
from tansiq.language.meaning import (
    SEASON_NAMES,
    Season,
    SeasonName,
    Shift,
    Years,
)
from tansiq.language.timewords import Lex, Stream, once


def ordinal_at(s: Stream, at: int) -> tuple[int, int] | None:
    """Read an ordinal, in words or digits with their ending: the number and the end."""
    lex = s.get(at, "ordinal")
    if lex is not None:
        return lex.number, lex.end
    value = named.digits(s, at, 2)
    if value and s.word(at + 1) in ("er", "st", "nd", "rd", "th", "e", "eme", "ere") and s.tight(at + 1):
        return value, at + 2
    return None


@once
def decade(s: Stream, i: int) -> Read | None:
    """``السبعينيات``, ``les années 70``, ``the 1990s``, ``تسعينيات القرن الماضي``."""
    at = s.linked(i, 3)
    lex = s.get(at, "nickname")
    if lex is not None:
        return _nickname(s, at, lex)
    word = s.word(at)
    if word in ("annees", "years", "decennie", "1"):
        return _decade_number(s, s.linked(at + 1, 2) if word == "decennie" else at + 1, at)
    value = named.digits(s, at, 4)
    end = at + 1 + (s.word(at + 1) == "'")
    if value is None or s.word(end) != "s" or not s.tight(end) or value % 10:
        return None
    return end + 1, _decade(value, s.word(at))


def _decade_number(s: Stream, at: int, head: int) -> Read | None:
    if s.word(head) == "1":
        return None
    at = s.linked(at, 2)
    if (value := named.digits(s, at, 4)) is not None:
        end = at + 1
        while s.word(end) in ("'", "s") and s.tight(end):
            end += 1
        return (end, _decade(value, s.word(at))) if value % 10 == 0 and value >= 10 else None
    if at not in s.spelled:
        return None
    value, end = int(s.spelled[at][0]), s.spelled[at][1]
    if 10 < value < 21 and (pair := s.spelled.get(end)) is not None and pair[0] < 100:
        value, end = value * 100 + int(pair[0]), pair[1]
    if s.word(end) == "s" or s.word(end) == "milles":
        end += 1
    return (end, _decade(value, str(value))) if value % 10 == 0 and 10 <= value < 2200 else None


def _decade(value: int, text: str) -> Years:
    if len(text) == 2 or value < 100:
        return Years(1900 + value, 1909 + value, short=True)
    return Years(value, value + 9)


def _nickname(s: Stream, at: int, lex: Lex) -> Read | None:
    value = lex.number
    if value == 2000:
        ok = (
            s.closed(lex.end)
            and s.get(at - 1, "link") is not None
            and s.word(at).startswith(("الال", "والال"))
        )
        return (lex.end, Years(2000, 2009)) if ok or s.word(at).endswith("ات") else None
    base = 1900
    end = lex.end
    if (age := century(s, s.linked(end, 2))) is not None:
        end, base = age[0], age[1].lo if isinstance(age[1], Years) else base
        return end, Years(base + value, base + value + 9)
    last = shifted(s, s.linked(end, 2))
    if last is not None and last[1] == Shift("century", -1):
        return last[0], Years(1900 + value, 1909 + value)
    if s.word(at) in ("twenties", "thirties", "forties", "fifties") and s.word(at - 1) == "his":
        return None
    return end, Years(base + value, base + value + 9, short=True)


@once
def century(s: Stream, i: int) -> Read | None:
    """``القرن التاسع عشر``, ``15e siècle``, ``the 19th century``: the hundreds before."""
    at = s.linked(i, 3)
    lex = s.get(at, "unit")
    if (
        lex is not None
        and lex.value == "century"
        and lex.art
        and (n := s.get(lex.end, "ordinal")) is not None
    ):
        return (n.end, _hundred(n.number)) if n.number > 0 else None
    ordinal = ordinal_at(s, at)
    if ordinal is None or ordinal[0] < 1:
        return None
    lex = s.get(ordinal[1], "unit")
    return (lex.end, _hundred(ordinal[0])) if lex is not None and lex.value == "century" else None


def _hundred(n: int) -> Years:
    return Years(max(1, 100 * (n - 1)), 100 * n - 1)


def season(s: Stream, i: int) -> Read | None:
    """``هذا الصيف``, ``الربيع القادم``, ``été 2016``, ``the winter of 2012``, ``next spring``."""
    at, this = i, None
    at = s.skip(at, ("le", "la", "l", "'", "the", "en", "au", "في", "فصل", "cours"))
    led = at > i
    if (lead := s.get(at, "this") or s.get(at, "side")) is not None:
        following = s.get(lead.end, "season")
        if following is not None:
            at, this = lead.end, lead.number
    lex = s.get(at, "season")
    if lex is None or s.get(at, "hijri") is not None:
        return None
    name: SeasonName = SEASON_NAMES[lex.value]
    found = Season(name, side=this)
    end = lex.end
    if (year := named.year_number(s, end)) is not None:
        return year[1], replace(found, year=year[0])
    if (shift := named.year_phrase(s, end)) is not None:
        return shift[1], replace(found, year_shift=shift[0])
    if (tail := s.get(end, "side")) is not None and -1 <= tail.number <= 1:
        return tail.end, replace(found, side=tail.number)
    sure = (
        this is not None or (led and s.word(at) != "ete") or s.word(at - 1) in ("l", "'", "en", "cet", "the")
    )
    definite = s.word(at).lstrip("وبل").startswith("ال") or (not s.word(at).isascii() and s.closed(end))
    return (end, found) if sure or definite else None
