"""Distances: ago, within, in n weeks, before and after another day. Rules as in ``dates_named``."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from tansiq.language import dates_named as named
from tansiq.language.dates_amounts import Measured, amount
from tansiq.language.dates_digits import numeric_date
from tansiq.language.dates_named import Read
from tansiq.language.dates_relative import Sign, day, weekday
from tansiq.language.meaning import Amount, Away, DayShift, Meaning, Parted, Weekday, Window, Within
from tansiq.language.timewords import Stream, once

FUTURE: Final = ("سا", "سي", "ست", "سن", "سوف")


@once
def distance(s: Stream, i: int) -> Read | None:
    """``قبل ثلاثة أيام``, ``il y a deux ans``, ``in two weeks``, ``خلال 18 شهرا``."""
    lead = s.get(i, "ago")
    if lead is not None and (found := _led(s, lead.end, -1)) is not None:
        return found
    within = s.get(i, "within")
    ahead = s.get(i, "ahead")
    if within is not None and not (ahead is not None and s.word(i) == "dans" and within.end == i + 1):
        found_within = _measure(s, within.end, single=not _latin(s, within.end))
        if found_within is not None and not _done(s, found_within[0]):
            return _anchored(s, found_within) or (_now(s, found_within[0]), Within(found_within[1]))
    if ahead is not None and (found := _led(s, ahead.end, 1, latin_in=s.word(i) in ("in", "en"))) is not None:
        return found
    return _trailing(s, i)


def _latin(s: Stream, i: int) -> bool:
    return s.word(i).isascii()


def _done(s: Stream, end: int) -> bool:
    """``خلال شهر واحد الماضي``, ``خلال شهر أغسطس``: a tail that makes it a window or a period instead."""
    tail = s.get(end, "side")
    if _month_or_year(s, end):
        return True
    return tail is not None and tail.number != 0


def _month_or_year(s: Stream, end: int) -> bool:
    """``قبل شهر رمضان``, ``خلال سنة 2014``: the word opens a month's name or a year, and is no length."""
    word = s.word(end - 1)
    if word == "شهر":
        return bool(s.get(end, "month") or s.get(end, "hijri"))
    return word in ("سنه", "عام") and named.digits(s, end, 4) is not None


def _measure(s: Stream, at: int, *, single: bool) -> Measured | None:
    """Read a length behind its lead: 'about' and a definite article may come between."""
    for _ in range(2):
        about = s.get(at, "about")
        if about is None:
            break
        at = about.end + (s.word(about.end) == "'")
    at = at + 1 if s.word(at) in ("les", "the", "de", "الـ") else at
    return amount(s, at, single=single)


def _led(s: Stream, at: int, sign: Sign, *, latin_in: bool = False) -> Read | None:
    found = _measure(s, at, single=not _latin(s, at))
    if found is None:
        return None
    end, length = found
    if _month_or_year(s, end):
        return None
    if latin_in and length.few is False and s.word(at) in ("a", "un", "une") and length.parts[0][0] == "day":
        return None  # 'in a day' is how long, not when
    if (tied := _anchored(s, found)) is not None:
        return tied
    if s.word(end) == "من" and s.get(end, "fromnow") is None:
        since = _anchor(s, end + 1)
        if since is not None:
            return since[0], Away(length, sign, since[1])
        if sign == 1:
            return None  # 'after a month of talks': the length of something else
    close = _now(s, end)
    if sign == 1 and s.word(close - 1) in ("المستقبل", "future", "futur"):
        return close, Window(length, sign)
    return close, Away(length, sign)


def _now(s: Stream, end: int) -> int:
    for kind in ("fromnow", "post_ahead", "beforenow"):
        if (lex := s.get(end, kind)) is not None and lex.end > end + 1:
            return lex.end
    return end


def _trailing(s: Stream, i: int) -> Read | None:
    """A length with its direction behind it: ``three days ago``, ``يومين من الآن``."""
    about = s.get(i, "about")
    start = about.end + (s.word(about.end) == "'") if about is not None else i
    found = amount(s, start, single=not _latin(s, start) and s.get(start, "unit") is not None)
    if found is None:
        return _weekdays_away(s, start)
    end, length = found
    if (tied := _anchored(s, found)) is not None:
        return tied
    if (later := _weeks_on(s, found)) is not None:
        return later
    for kind, sign in (("post_ago", -1), ("beforenow", -1), ("fromnow", 1), ("post_ahead", 1)):
        lex = s.get(end, kind)
        if lex is None or (
            s.word(end) in ("avant", "apres") and lex.end == end + 1 and not s.closed(lex.end)
        ):
            continue
        if kind == "fromnow" and not _latin(s, end):
            sign = 1 if _will(s, i) or s.word(end) != "من" else -1
        direction: Sign = -1 if sign < 0 else 1
        if s.word(lex.end - 1) in ("المستقبل", "future", "futur"):
            return lex.end, Window(length, direction)
        return lex.end, Away(length, direction, None, s.word(end) in THAN_THAT)
    return None


def _weeks_on(s: Stream, found: Measured) -> Read | None:
    """``a week on Monday``: a week behind the next one."""
    end, length = found
    weeks = length.parts[0][1] if [unit for unit, _ in length.parts] == ["week"] else 0
    lex = s.get(end + 1, "weekday") if weeks and s.word(end) == "on" else None
    return (
        (lex.end, Away(Amount((("day", 7 * weeks),)), 1, Weekday(lex.number, 1))) if lex is not None else None
    )


THAN_THAT: Final = frozenset({"later", "earlier", "auparavant", "plus", "apres", "avant"})
"""Behind a length: counted from the time told before, not from the text."""


def _will(s: Stream, i: int) -> bool:
    """Tell whether a verb shortly before is in the future: ``سأعيش``, ``will``."""
    return any(s.word(i - back).startswith(FUTURE) for back in range(1, 7) if len(s.word(i - back)) > 3)


def _weekdays_away(s: Stream, i: int) -> Read | None:
    """``deux dimanches à partir d'aujourd'hui``: so many weekdays from now are not guessed beyond weeks."""
    count = s.spelled.get(i)
    if count is None or (lex := s.get(count[1], "weekday")) is None or s.get(lex.end, "fromnow") is None:
        return None
    tail = s.get(lex.end, "fromnow")
    return (
        (tail.end, Weekday(lex.number, None, int(count[0]) - 1))
        if tail is not None and count[0] <= 8
        else None
    )


def _anchored(s: Stream, found: Measured) -> Read | None:
    """``two days before yesterday``, ``بعد أسبوعين من 3 مارس``: a length tied to another time."""
    end, length = found
    for kind, sign in (("anchor_after", 1), ("anchor_before", -1)):
        lex = s.get(end, kind)
        if lex is None:
            continue
        at = lex.end
        at = s.skip(at, ("le", "la", "the", "l", "'", "يوم", "du", "de"))
        tied = _anchor(s, at)
        if tied is not None:
            direction: Sign = 1 if sign > 0 else -1
            return tied[0], Away(length, direction, tied[1])
    return None


def _anchor(s: Stream, at: int) -> Read | None:
    for rule in (numeric_date, named.named_date, day, weekday):
        found = rule(s, at)
        if found is None:
            continue
        of = found[1]
        if isinstance(of, Away) and of.anaphoric:
            of = DayShift(1 if of.sign > 0 else -1)
        return (found[0], of) if not isinstance(of, Parted) else None
    return None


def tie(meaning: Meaning, to: Meaning | None) -> Meaning:
    """Return a meaning that says 'the day after' tied to the time that the text named before it."""
    if to is None or not isinstance(meaning, Away) or not meaning.anaphoric:
        return meaning
    return replace(meaning, of=to)
