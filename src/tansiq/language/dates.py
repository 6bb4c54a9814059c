"""Time expressions in Arabic, French and English: found here, placed on the calendar by ``calendar.py``.

Rules:
1. at each piece every rule of the grammar is asked, the longest reading wins, and reading goes on behind it;
2. a found expression says what is written (``means``), not yet which days are meant;
3. 'the day after' is tied to the last day that the text named before it, if it named one;
4. every rule looks a bounded number of pieces ahead: the cost is linear in the length of the text.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from tansiq.language.dates_amounts import plain_length
from tansiq.language.dates_distances import tie
from tansiq.language.dates_named import Read
from tansiq.language.dates_ranges import atom, bounded, ranged
from tansiq.language.dates_relative import vague
from tansiq.language.dates_starts import may_start
from tansiq.language.dates_terms import running
from tansiq.language.dates_units import unit_of
from tansiq.language.meaning import (
    NO_FIELDS,
    Amount,
    Away,
    Between,
    DayShift,
    Either,
    Fields,
    Length,
    Meaning,
    Nth,
    Shift,
    Since,
    Until,
    Vague,
    Weekday,
    Window,
    Within,
)
from tansiq.language.numbers import Number
from tansiq.language.timewords import EVERY, Stream, bits

Form = Literal["date", "weekday", "day", "period", "ago", "ahead", "duration", "vague"]


class When(msgspec.Struct, frozen=True):
    """A time expression at folded ``[start, end)``; ``limit`` says that it is a deadline."""

    start: int
    end: int
    means: Meaning

    @property
    def form(self) -> Form:
        """Return the kind of expression, by its meaning."""
        return _form(self.means)

    @property
    def limit(self) -> bool:
        """Tell whether it says by when."""
        match self.means:
            case Within() | Until():
                return True
            case Window(sign=sign):
                return sign > 0
            case _:
                return False

    @property
    def amount(self) -> Amount | None:
        """Return the length, if the expression is one or holds one."""
        match self.means:
            case Length(amount) | Within(amount) | Window(amount) | Away(amount):
                return amount
            case _:
                return None

    @property
    def fields(self) -> Fields:
        """Return the calendar fields it names, those of its start if it is a range."""
        means = self.means
        while isinstance(means, Between | Since | Until):
            means = means.first if isinstance(means, Between) else means.of
        means = means.first if isinstance(means, Either) else means
        return means if isinstance(means, Fields) else NO_FIELDS

    @property
    def year(self) -> int | None:
        return self.fields.year

    @property
    def month(self) -> int | None:
        return self.fields.month

    @property
    def day(self) -> int | None:
        return self.fields.day


def _form(means: Meaning) -> Form:
    match means:
        case Fields() | Either():
            return "date"
        case Away(amount=amount) | Within(amount=amount) | Window(amount=amount) if amount.few:
            return "vague"
        case DayShift():
            return "day"
        case Weekday():
            return "weekday"
        case Away(sign=sign):
            return "ago" if sign < 0 else "ahead"
        case Within() | Length() | Window():
            return "duration"
        case Vague():
            return "vague"
        case Between(first=first):
            return _form(first)
        case Until(of=of):
            return _form(of)
        case Nth(weekday=weekday) if weekday is not None:
            return "date"
        case _:
            return "period"


def expressions(text: str, written: list[Number] | None = None) -> list[When]:
    """Return the time expressions of a folded text, in order, none overlapping another; linear.

    ``written`` are its numbers in words, if they were read before.
    """
    stream = Stream(text, written)
    found: list[When] = []
    named_day: Meaning | None = None
    behind = 0
    for at in may_start(stream):
        read = _best(stream, at) if at >= behind else None
        if read is None:
            continue
        behind, means = read
        means = tie(means, named_day)
        found.append(When(stream.starts[at], stream.end(behind - 1), means))
        named_day = means if isinstance(means, Fields) and means.day is not None else named_day
    return found


def _length(s: Stream, i: int) -> Read | None:
    found = plain_length(s, i)
    return (found[0], Length(found[1])) if found is not None else None


def _alone(s: Stream, i: int) -> Read | None:
    """A unit that is the whole text, as in a field of a form: ``الأسبوع``, ``semestre``."""
    lex = (s.get(i, "unit") or s.owned(i)) if i == 0 else None
    if lex is None or lex.value not in ("week", "month", "year", "semester", "quarter") or lex.end != len(s):
        return None
    return lex.end, Shift(unit_of(lex), 0) if lex.art or s.get(i, "unit") is None else Length(
        Amount(((unit_of(lex), 1.0),))
    )


RULES: Final = (
    (EVERY, ranged),
    (bits("by", "until", "before", "since"), bounded),
    (EVERY, atom),
    (bits("within", "ahead"), running),
    (bits("vague"), vague),
    (bits("unit", "pair", "lump"), _length),
    (EVERY, _alone),
)
"""The rules of the grammar, each behind the kinds of which it needs one."""


def _best(s: Stream, i: int) -> Read | None:
    best: Read | None = None
    kinds = s.kinds(i)
    for needs, rule in RULES:
        found = rule(s, i) if kinds & needs else None
        if found is not None and found[0] > i and (best is None or found[0] > best[0]):
            best = found
    return best
