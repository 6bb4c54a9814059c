"""What the region's calendar says of the day of a text: elections, inaugurations, seasons of the year.

Rules:
1. 'the elections of next year' are those of ``elections.psv`` in a state named around;
2. an election or an inauguration on a day or in a month that a text awaits is the one of a state that it
   names which was held then; the text is of the weeks before. Where several were, nothing is said;
3. 'back to school', the days of the year's last examinations keep to their months (``seasons.psv``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Final, NamedTuple

from tansiq.language.calendar import DayInterval
from tansiq.language.dates import When
from tansiq.language.folding import key
from tansiq.language.lexicon import any_of, cells, rows, table
from tansiq.language.meaning import Fields, Parted
from tansiq.language.sought import sought

ELECTION: Final = sought(rf"(?<![^\W_])[وفبل]*(?:{any_of(table('times.psv', 'election'))})(?![^\W_])")
INAUGURATION: Final = sought(
    r"(?<![^\W_])(?:swearing[- ]in|sworn in|inaugurat\w+|investiture|prestation de serment|pretera? serment"
    r"|(?:ب|ل)?(?:ال)?(?:يودي|ادا) اليمين|(?:حفل )?تنصيب)(?![^\W_])"
)
NEAR: Final = 80  # letters around a time that may say what it is the time of
WEEKS_BEFORE: Final = timedelta(days=44)


class _Name(NamedTuple):
    """The folded name of a state, and the pattern of it as a word."""

    plain: str
    whole: re.Pattern[str]

    def stands(self, text: str) -> bool:
        """Tell whether a text names the state."""
        return self.plain in text and self.whole.search(text) is not None


@cache
def _held(file: str) -> tuple[tuple[date, tuple[_Name, ...]], ...]:
    return tuple(
        (date.fromisoformat(r["day"]), tuple(_word(key(w)) for w in cells(r["needs"]))) for r in rows(file)
    )


def _word(name: str) -> _Name:
    whole = re.compile(rf"(?<![^\W_])(?:[وفبلك]{{0,2}}(?:ال)?)?{re.escape(name)}(?![^\W_])")
    return _Name(name, whole)


def votes(text: str, when: When) -> frozenset[int]:
    """Return the years of elections that a phrase around a time speaks of, by the states named (rule 1)."""
    around = text[max(0, when.start - NEAR) : when.end + NEAR]
    if not ELECTION.search(around):
        return frozenset()
    return frozenset(
        day.year for day, names in _held("elections.psv") if any(n.stands(around) for n in names)
    )


def awaited(text: str, found: list[When], floor: date, ceiling: date) -> DayInterval | None:
    """Return the weeks before the one election or inauguration that a text awaits (rule 2)."""
    named = cache(lambda name: name.stands(text))  # once a text, not once a time
    for when in found:
        said = when.means.of if isinstance(when.means, Parted) else when.means
        if not isinstance(said, Fields) or said.side == -1 or said.hijri or not (said.day or said.month):
            continue
        around = text[max(0, when.start - NEAR) : when.end + NEAR]
        for file, told in (("elections.psv", ELECTION), ("inaugurations.psv", INAUGURATION)):
            if told.search(around) and (day := _one(named, said, file, (floor, ceiling))) is not None:
                return DayInterval(day - WEEKS_BEFORE, day)
    return None


def _one(named: Callable[[_Name], bool], said: Fields, file: str, within: tuple[date, date]) -> date | None:
    possible = [
        day
        for day, names in _held(file)
        if _agrees(said, day)
        and within[0] <= day <= within[1] + WEEKS_BEFORE
        and any(map(named, names))
    ]  # fmt: skip
    return possible[0] if len(possible) == 1 else None


def _agrees(said: Fields, day: date) -> bool:
    pairs = ((said.day, day.day), (said.month, day.month), (said.year, day.year))
    return all(a in (None, b) for a, b in pairs)


@cache
def _seasons() -> tuple[tuple[tuple[str, ...], re.Pattern[str], frozenset[int]], ...]:
    """Return the words of each season, the pattern of them as words, and its months."""
    listed = [(tuple(map(key, cells(r["words"]))), r["months"]) for r in rows("seasons.psv")]
    return tuple(
        (
            words,
            re.compile(rf"(?<![^\W_])[وفب]?(?:{any_of(words)})(?![^\W_])"),
            frozenset(map(int, cells(months))),
        )
        for words, months in listed
    )


def season(text: str) -> frozenset[int]:
    """Return the months that a text may be of by what it says of the season, none if it says nothing."""
    found = [
        months
        for words, pattern, months in _seasons()
        if any(word in text for word in words) and pattern.search(text)
    ]
    return frozenset.intersection(*found) if found else frozenset()
