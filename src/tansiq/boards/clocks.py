"""Clocks: how long something may take, counted in hours or months, and how it stands at a moment.

1. Hours are hours: no clock stops at night, at a weekend or at a leap of the local time. Months are calendar
   months in UTC; the day is clipped to the month's last.
2. A clock whose start is not known does not run; one that ran out without proof stays missed for ever.
3. Where its rule says so, a clock stands still while a node is proven unreachable; what stood is added to
   its end, and never more than once for the same hour.
4. How a clock stands depends on the moment asked about, never on when it was last looked at: restarts,
   years of silence and a clock set back change nothing.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from tansiq.model.label import Party

ClockState = Literal["waiting", "running", "soon", "paused", "met", "met-late", "late", "lapsed", "ended"]
"""``waiting`` = its start is unknown; ``late`` = past its end without proof; ``lapsed`` = past its end, and
with that what it bounded is over; ``ended`` = closed before its end."""
Urgency = Literal["life", "urgent", "routine"]

OPEN_STATES: Final = frozenset({"waiting", "running", "soon", "paused", "late"})
"""The states in which somebody still has something to do or to know."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time ``[begin, end)``; ``end`` None = not over yet."""

    begin: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A named countdown about a record. ``name`` has its words under ``clocks.<name>``.

    ``length_h`` or ``months`` is its length as the rule gives it; ``due`` None = it does not run. ``lapses``:
    at its end what it bounds is over (a mandate, a notice), else a thing is late. ``whose`` = who must act.
    """

    name: str
    clause: str
    begun: datetime | None
    due: datetime | None
    state: ClockState
    length_h: int | None = None
    months: int | None = None
    key: str = ""
    whose: tuple[Party, ...] = ()
    urgency: Urgency = "routine"
    inferred: bool = False
    done: datetime | None = None
    paused_h: int = 0

    def late_h(self, now: datetime) -> int:
        """Return the whole hours past the end (until done, else until now); 0 = not late."""
        if self.due is None:
            return 0
        return max(0, int(((self.done or now) - self.due).total_seconds() // 3600))


def clock(
    name: str,
    clause: str,
    *,
    now: datetime,
    begun: datetime | None,
    hours: int | None = None,
    months: int | None = None,
    until: datetime | None = None,
    done: datetime | None = None,
    ended: bool = False,
    lapses: bool = False,
    pauses: Sequence[Span] = (),
    soon_h: int = 24,
    key: str = "",
    whose: tuple[Party, ...] = (),
    urgency: Urgency = "routine",
    inferred: bool = False,
) -> Clock:
    """Return how a clock stands at ``now``: a length in hours or months from ``begun``, or up to ``until``.

    ``done`` = when what was awaited came; ``ended`` = it is over otherwise (withdrawn, superseded).
    """
    if until is None and begun is not None and (hours is not None or months is not None):
        until = after_months(begun, months) if months is not None else begun + timedelta(hours=hours or 0)
    elif until is not None and begun is not None and hours is None and months is None:
        hours = round((until - begun).total_seconds() / 3600)
    stood = timedelta(0)
    if until is not None:
        stood = standing_still(pauses, begun or until, until, now=done or now)
        until += stood
    paused = until is not None and done is None and any(_holds(span, now) for span in pauses) and now < until
    return Clock(
        name=name,
        clause=clause,
        begun=begun,
        due=until,
        state=_state(until, now, done, ended=ended, lapses=lapses, paused=paused, soon_h=soon_h),
        length_h=hours,
        months=months,
        key=key,
        whose=whose,
        urgency=urgency,
        inferred=inferred,
        done=done,
        paused_h=int(stood.total_seconds() // 3600),
    )


def _state(
    due: datetime | None,
    now: datetime,
    done: datetime | None,
    *,
    ended: bool,
    lapses: bool,
    paused: bool,
    soon_h: int,
) -> ClockState:
    if done is not None:
        return "met" if due is None or done <= due else "met-late"
    if ended:
        return "ended"
    if due is None:
        return "waiting"
    if now >= due:
        return "lapsed" if lapses else "late"
    if paused:
        return "paused"
    return "soon" if due - now <= timedelta(hours=soon_h) else "running"


def after_months(begun: datetime, months: int) -> datetime:
    """Return the moment so many calendar months later; the day is clipped to the month's last."""
    count = begun.month - 1 + months
    year, month = begun.year + count // 12, count % 12 + 1
    return begun.replace(year=year, month=month, day=min(begun.day, monthrange(year, month)[1]))


def standing_still(pauses: Iterable[Span], begun: datetime, due: datetime, *, now: datetime) -> timedelta:
    """Return how long a clock stood still: within its own run, each hour once (rule 3).

    A pause moves the end, and a later pause may fall into the time so gained.
    """
    stood, covered = timedelta(0), begun
    for span in sorted(pauses, key=lambda s: s.begin):
        begin, end = max(span.begin, covered), min(span.end or now, now)
        if begin < due + stood and end > begin:
            stood += end - begin
            covered = end
    return stood


def _holds(span: Span, now: datetime) -> bool:
    return span.begin <= now and (span.end is None or now < span.end)
