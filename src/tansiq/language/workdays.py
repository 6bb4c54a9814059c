"""Working days of a state: its weekend and its public holidays. Source: DOCTRINE 2 (time), Build 6.

1. Weekends are Friday and Saturday in Algeria and Libya, Saturday and Sunday elsewhere.
2. Fixed feasts stand on their day. Hijri ones are computed by the Umm al-Qura calendar and are *expected*:
   the day is announced when the moon is seen, and may be one day earlier or later.
3. In Ramadan the public offices of some states keep shorter hours, which each government announces anew every
   year: that they are shorter is said, and which they are is not guessed.
4. This is a hint beside a clock: clocks run in hours, and no feast stops one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final, Literal

from hijridate import Gregorian

from tansiq.base.messages import Lang
from tansiq.language.lexicon import rows

FRIDAY, SATURDAY, SUNDAY = 4, 5, 6
_WEEKENDS: Final = {"DZ": (FRIDAY, SATURDAY), "LY": (FRIDAY, SATURDAY)}
_WEEKEND: Final = (SATURDAY, SUNDAY)
RAMADAN: Final = 9
_SHORTER_IN_RAMADAN: Final = frozenset({"DZ", "LY", "MR"})
"""States whose governments announce other office hours for Ramadan each year; of others nothing is known."""

_HIJRI_FIRST, _HIJRI_LAST = date(1924, 8, 1), date(2077, 11, 16)
"""What the tables of the Umm al-Qura calendar hold."""


@dataclass(frozen=True, slots=True)
class HijriDay:
    """A day of the Hijri calendar."""

    year: int
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Feast:
    """A public holiday in three languages; ``expected`` = computed, and still to be announced."""

    ar: str
    fr: str
    en: str
    expected: bool = False

    def name(self, lang: Lang) -> str:
        """Return its name."""
        return {"ar": self.ar, "fr": self.fr, "en": self.en}[lang]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a day is no working day: the weekend, or a holiday."""

    kind: Literal["weekend", "holiday"]
    feast: Feast | None = None


def working_day(state: str, day: date) -> Reason | None:
    """Return why a day is no working day in a state (its code), or None when it is one."""
    feast = next(iter(holidays(state, day)), None)
    if feast is not None:
        return Reason("holiday", feast)
    return Reason("weekend") if day.weekday() in _WEEKENDS.get(state, _WEEKEND) else None


def shorter_hours(state: str, day: date) -> bool:
    """Whether a working day of a state falls into Ramadan, as computed, where offices then close earlier."""
    hijri = to_hijri(day)
    fasts = hijri is not None and hijri.month == RAMADAN and state in _SHORTER_IN_RAMADAN
    return fasts and working_day(state, day) is None


def next_working_day(state: str, day: date) -> date:
    """Return the first working day on or after a day."""
    found = day
    while working_day(state, found) is not None:
        found += timedelta(days=1)
    return found


def holidays(state: str, day: date) -> Iterator[Feast]:
    """Yield the public holidays of a state on a day."""
    hijri = to_hijri(day)
    by_day = {
        "fixed": f"{day:%m-%d}",
        "hijri": "" if hijri is None else f"{hijri.month:02}-{hijri.day:02}",
        "easter": str((day - easter(day.year)).days),
    }
    yield from (feast for calendar, when, feast in _feasts().get(state, ()) if by_day[calendar] == when)


def to_hijri(day: date) -> HijriDay | None:
    """Return a day by the Umm al-Qura calendar; None outside its tables (1343 to 1500)."""
    if not _HIJRI_FIRST <= day <= _HIJRI_LAST:
        return None
    found = Gregorian(day.year, day.month, day.day).to_hijri()
    return HijriDay(found.year, found.month, found.day)


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (the anonymous computus of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    x = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * x) // 433
    month = (h + x - 7 * m + 90) // 25
    return date(year, month, (h + x - 7 * m + 33 * month + 19) % 32)


@cache
def _feasts() -> dict[str, tuple[tuple[str, str, Feast], ...]]:
    found: dict[str, list[tuple[str, str, Feast]]] = {}
    for row in rows("holidays.psv"):
        feast = Feast(row["ar"], row["fr"], row["en"], expected=row["calendar"] == "hijri")
        found.setdefault(row["state"], []).append((row["calendar"], row["day"], feast))
    return {state: tuple(feasts) for state, feasts in found.items()}
