"""Cadence: how often a series meets, and how often it agreed to. Source: REQUIREMENTS R40.

1. The observed interval is worked out from meetings that were held; the agreed one is entered with its
   source, and "not stated" until then. No interval is guessed from what was observed.
2. Meetings belong to one series when they name the same body, or else when one follows the other.
3. When the agreed interval has passed since the last meeting, the presidency of that day is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tansiq.base.ids import RecordId
from tansiq.boards.aspects import Aspect, Fact, Raised, Value, aspect
from tansiq.boards.clocks import clock
from tansiq.boards.institution.cascade import chain_of
from tansiq.boards.institution.facts import facts
from tansiq.boards.rules import Objection, needs, rule
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.meeting import Meeting

BODY: Final = "body"
_DAYS_IN_MONTH: Final = 30.44


@dataclass(frozen=True, slots=True)
class Cadence:
    """A series: when it met, and what was agreed; ``agreed_h`` None = not stated."""

    held: tuple[datetime, ...]
    agreed_h: int | None
    source: str
    last: RecordId | None = None

    @property
    def intervals_days(self) -> tuple[int, ...]:
        """Whole days between one meeting and the next."""
        return tuple((b - a).days for a, b in zip(self.held, self.held[1:], strict=False))

    @property
    def due(self) -> datetime | None:
        """Until when the next one is due."""
        if self.agreed_h is None or not self.held:
            return None
        return self.held[-1] + timedelta(hours=self.agreed_h)


def months(days: int) -> int:
    """Return days as the nearest number of months."""
    return round(days / _DAYS_IN_MONTH)


def was_held(body: Meeting, now: datetime) -> datetime | None:
    """Return when a meeting took place, None if it did not, or not so far."""
    at = body.starts.lo if body.starts is not None else None
    if at is None or at > now or body.meeting_state in ("postponed", "cancelled", "tentative"):
        return None
    return at


def series_of(held: Held, shelf: Shelf) -> tuple[tuple[Held, Meeting], ...]:
    """Return the meetings of the same series, oldest first (rule 2)."""
    named = {ref.record_id for ref in held.refs if ref.role == BODY}
    every = bodies(shelf, Meeting)
    if named:
        return tuple((h, b) for h, b in every if any(h.points_to(one, BODY) for one in named))
    by_id = {h.id: (h, b) for h, b in every}
    found, wanted = {held.id}, [held]
    while wanted:
        for step in chain_of(wanted.pop(), shelf).steps:
            if not step.fact and step.id not in found and step.id in by_id:
                found.add(RecordId(step.id))
                wanted.append(by_id[RecordId(step.id)][0])
    return tuple(pair for one, pair in by_id.items() if one in found)


def cadence_of(held: Held, shelf: Shelf) -> Cadence:
    """Return how the series of a meeting keeps its interval (rule 1)."""
    series = series_of(held, shelf)
    met = sorted((at, h.id) for h, b in series if (at := was_held(b, shelf.now)) is not None)
    agreed = [b for _, b in sorted(series, key=lambda p: p[0].created) if b.cadence_h]
    return Cadence(
        held=tuple(at for at, _ in met),
        agreed_h=agreed[-1].cadence_h if agreed else None,
        source=agreed[-1].cadence_source if agreed else "",
        last=met[-1][1] if met else None,
    )


def shipped_cadence(body_id: str) -> Cadence:
    """Return the cadence of a body of the shipped facts: held meetings, no agreed interval (rule 1)."""
    days = sorted(m.when.lo for m in facts().meetings if m.body == body_id and m.state == "held" and m.when)
    return Cadence(tuple(datetime.fromisoformat(f"{d}T00:00:00+00:00") for d in days), None, "")


@aspect("meeting", ticks=True)
def cadence(held: Held, shelf: Shelf) -> Aspect:
    """Return what a meeting tells of its series; the clock stands on the last one held (rule 3)."""
    found = cadence_of(held, shelf)
    if len(found.held) < 2 and found.agreed_h is None:
        return Aspect()
    agreed = Fact("cadence_agreed", found.agreed_h or "not-stated", {"source": found.source or None})
    observed = tuple(
        Fact("cadence_observed_days", d, {"months": months(d)}) for d in found.intervals_days[-1:]
    )
    if found.due is None or found.last != held.id:
        return Aspect(facts=(*observed, agreed))
    president = shelf.charter.president(now=shelf.now)
    whose = (president,) if president else ()
    runs = clock(
        "cadence",
        "R40",
        now=shelf.now,
        begun=found.held[-1],
        hours=found.agreed_h,
        soon_h=14 * 24,
        whose=whose,
    )
    lapsed = runs.state == "late"
    fields: dict[str, Value] = {"days": runs.late_h(shelf.now) // 24}
    return Aspect(
        clocks=(runs,),
        facts=(*observed, agreed),
        raises=(Raised("task", "CADENCE_LAPSED", "R40", whose, fields=fields),) if lapsed else (),
    )


@rule("meeting")
def an_interval_has_its_source(draft: Held, _: Shelf) -> Iterable[Objection]:
    """Refuse an agreed interval without the place where it was agreed (rule 1)."""
    body = draft.body
    assert isinstance(body, Meeting)
    if body.cadence_h:
        yield from needs(draft, "R40", ["cadence_source"])
