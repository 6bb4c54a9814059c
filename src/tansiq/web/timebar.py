"""A stretch of days as a bar on its years: what is not known to the day is seen to be wide (R11).

Time runs left to right in every language (LOOK); the bar is a picture of words that stand beside it.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from markupsafe import Markup

MONTH: Final = 10
"""Units of a month on the axis."""
YEARS_LIMIT: Final = 6
"""A bar over more years would say nothing."""
_HEIGHT: Final = 14


@dataclass(frozen=True, slots=True)
class Bar:
    """Where a stretch lies on its axis, in tenths of a month from the first of January of ``first``."""

    first: int
    years: int
    start: int
    width: int

    @property
    def length(self) -> int:
        """The length of the axis."""
        return self.years * 12 * MONTH


def bar_of(lo: date | None, hi: date | None) -> Bar | None:
    """Return the bar of days ``lo`` to ``hi``, both included; None where it is open or too long."""
    if lo is None or hi is None or hi < lo or hi.year - lo.year >= YEARS_LIMIT:
        return None
    start, end = _place(lo.year, lo, 0), _place(lo.year, hi, 1)
    return Bar(lo.year, hi.year - lo.year + 1, start, max(2, end - start))


def drawn(bar: Bar | None, words: str) -> Markup:
    """Return a bar as a picture that is named by its words."""
    if bar is None:
        return Markup()
    return Markup(
        '<span class="timebar" dir="ltr"><svg role="img" aria-label="{words}"'
        ' viewBox="-1 0 {length} {height}">{ticks}'
        '<rect x="{x}" y="4" width="{width}" height="8"/></svg> <bdi>{years}</bdi></span>'
    ).format(
        words=words,
        length=bar.length + 2,
        height=_HEIGHT + 1,
        ticks=_ticks(bar.years),
        x=bar.start,
        width=bar.width,
        years=str(bar.first) if bar.years == 1 else f"{bar.first}–{bar.first + bar.years - 1}",
    )


@cache
def _ticks(years: int) -> Markup:
    """Return the marks of the months, longer where a year begins."""
    path = "".join(f"M{n * MONTH} {2 if n % 12 == 0 else 9}V14" for n in range(years * 12 + 1))
    return Markup('<path d="{}"/>').format(path)


def _place(first: int, day: date, after: int) -> int:
    """Return where a day begins (``after`` 0) or ends (1)."""
    months = (day.year - first) * 12 + day.month - 1
    return months * MONTH + round((day.day - 1 + after) * MONTH / monthrange(day.year, day.month)[1])
