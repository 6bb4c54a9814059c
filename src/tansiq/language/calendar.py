"""From time expressions to days.

Rules:
1. an interval [lo, hi] in days, both included, with a precision and an anchor ('calendar' needs nothing,
   'publication' needs the day of publication); a length alone has none;
2. an expression that hangs on the publication is resolved over the whole publication interval
   and the hull is taken, so that uncertainty is passed on and never lost;
3. ``nominal`` is what a calendar would say ('three months ago' is a day); ``interval`` holds all that the
   words allow (that day and two weeks around it), and a vague word ('lately') is wide and marked so;
4. early and late are the halves of a period and mid its middle (of a year named by its number, thirds);
   the weeks of a month start with its first Monday, those of a year with the week of its first Thursday.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

import msgspec

from tansiq.language.dates import When
from tansiq.language.days import DayInterval
from tansiq.language.meaning import Away, Between, Either, Meaning, Shift, Since, Until, Vague, Window, Within
from tansiq.language.place import REFERENCE, ends_of, hangs, hull, nearer, placed

__all__ = ["Anchor", "Dated", "DayInterval", "Precision", "hangs", "placed", "resolve"]

Precision = Literal["day", "days", "week", "month", "quarter", "year", "years"]
Anchor = Literal["calendar", "publication"]
STEPS: Final[tuple[tuple[int, Precision], ...]] = (
    (0, "day"),
    (5, "days"),
    (10, "week"),
    (31, "month"),
    (92, "quarter"),
    (366, "year"),
)

WIDER: Final = (Shift, Away, Window, Within, Between, Since, Until)
"""Of these alone the words allow more than a calendar says (``placed``)."""


class Dated(msgspec.Struct, frozen=True):
    """Where an expression lies on the calendar. ``last`` is the last bound of a range, as a calendar says."""

    interval: DayInterval
    precision: Precision
    anchor: Anchor
    nominal: DayInterval
    vague: bool = False
    last: DayInterval | None = None


def resolve(when: When, published: DayInterval | None) -> Dated | None:
    """Return the days that an expression means, None if it has none or its anchor is unknown."""
    return _resolved(when.means, published)


@lru_cache(maxsize=64)  # several readers ask for the same times of one text
def _resolved(means: Meaning, published: DayInterval | None) -> Dated | None:
    if isinstance(means, Either) and published is not None:
        means = nearer(means, published.lo)
    if not hangs(means):
        return _dated([means], [REFERENCE], "calendar")
    if published is None:
        return None
    return _dated([means], list(_samples(published)), "publication")


def _samples(published: DayInterval) -> Iterator[date]:
    step = max(1, published.days // 12)
    yield from (published.lo + timedelta(days=n) for n in range(0, published.days, step))
    yield published.hi


def _dated(means: list[Meaning], refs: list[date], anchor: Anchor) -> Dated | None:
    (meaning,) = means
    plain = [p for ref in refs if (p := placed(meaning, ref)) is not None]
    wide = plain
    if isinstance(meaning, WIDER):
        wide = [p for ref in refs if (p := placed(meaning, ref, wide=True)) is not None]
    if not wide or not plain:
        return None
    whole = hull([*wide, *plain])
    width = whole.days
    ends = ends_of(meaning, refs[-1], wide=False) if isinstance(meaning, Between) else None
    return Dated(
        whole,
        next((name for limit, name in STEPS if width <= limit), "years"),
        anchor,
        hull(plain),
        _loose(meaning),
        ends[1] if ends is not None else None,
    )


def _loose(meaning: Meaning) -> bool:
    match meaning:
        case Vague():
            return True
        case Away(amount=amount) | Window(amount=amount) | Within(amount=amount):
            return amount.few
        case _:
            return False
