"""The collection plan: priority requirements, their elements, who answers and when. Source: REQUIREMENTS R15.

1. Each element shows its owner, when it is due and its last answer.
2. One that nobody has answered turns amber a week before the next meeting, or when its date has passed.
3. An answer is what points to the element, or answers a request under it; what was typed counts as stated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tansiq.base.ids import RecordId
from tansiq.boards.aspects import Aspect, Fact, Flag, State, Value, aspect
from tansiq.boards.clocks import clock
from tansiq.boards.desk.asks import answers_to
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.eei import Eei
from tansiq.model.kinds.indicator import Indicator
from tansiq.model.kinds.meeting import Meeting
from tansiq.model.kinds.pir import Pir
from tansiq.model.kinds.rfi import Rfi
from tansiq.model.kinds.task import Task
from tansiq.model.label import Party

AMBER: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Element:
    """One row of the plan. ``last`` = the last answer, None = none yet; ``answered_by`` = its record."""

    record: Held
    body: Eei
    last: datetime | None
    answered_by: RecordId | None
    asked: tuple[Held, ...]
    indicators: tuple[Held, ...]
    amber: bool

    @property
    def due(self) -> datetime | None:
        """When the answer is wanted."""
        return None if self.body.due is None else self.body.due.hi


@dataclass(frozen=True, slots=True)
class Priority:
    """One priority requirement with its elements; ``record`` None = the reader sees elements alone."""

    record: Held | None
    elements: tuple[Element, ...]

    @property
    def unanswered(self) -> int:
        """How many elements nobody has answered."""
        return sum(e.last is None for e in self.elements)


def plan(shelf: Shelf) -> tuple[Priority, ...]:
    """Return the plan: every priority requirement, oldest first, then elements without one."""
    elements = [element(held, shelf) for held, _ in bodies(shelf, Eei)]
    heads = [h for h, _ in bodies(shelf, Pir)]
    ids = {h.id for h in heads}
    rows = [Priority(h, tuple(e for e in elements if e.body.pir == h.id)) for h in heads]
    loose = tuple(e for e in elements if e.body.pir not in ids)
    return (*rows, Priority(None, loose)) if loose else tuple(rows)


def element(held: Held, shelf: Shelf) -> Element:
    """Return one element as it stands."""
    body = held.body
    assert isinstance(body, Eei)
    asked = tuple(h for h, b in bodies(shelf, Rfi) if held.id in (b.pir,) or h.points_to(held.id))
    signs = tuple(h for h, b in bodies(shelf, Indicator) if b.eei == held.id)
    found = sorted(_answers(held, body, asked, signs, shelf), key=lambda pair: pair[0])
    last, by = found[-1] if found else (None, None)
    return Element(held, body, last, by, asked, signs, amber=last is None and _turns_amber(body, shelf))


def _answers(
    held: Held, body: Eei, asked: tuple[Held, ...], signs: tuple[Held, ...], shelf: Shelf
) -> Iterator[tuple[datetime, RecordId | None]]:
    """Yield when and by which record an element was answered (rule 3)."""
    if body.last_answer is not None and (at := body.last_answer.hi or body.last_answer.lo) is not None:
        yield at, None
    elif body.answer_value.strip():
        yield held.created, None
    yield from ((sign.created, sign.id) for sign in signs)
    for request in asked:
        yield from ((a.created, a.id) for a, b in answers_to(request, shelf) if b.answer_state == "answered")
    for other, task in bodies(shelf, Task):
        if task.task_state == "done" and (other.points_to(held.id) or task.rfi in {r.id for r in asked}):
            yield other.created, other.id
    for other in shelf.about(held.id, "answers", "eei"):
        yield other.created, other.id


def _turns_amber(body: Eei, shelf: Shelf) -> bool:
    due = None if body.due is None else body.due.hi
    meeting = next_meeting(shelf)
    soon = meeting is not None and meeting[1] - shelf.now <= AMBER
    return soon or (due is not None and due <= shelf.now)


def next_meeting(shelf: Shelf) -> tuple[Held, datetime] | None:
    """Return the next meeting that the reader sees, with its beginning; cancelled ones are none."""
    coming = [
        (held, body.starts.lo)
        for held, body in bodies(shelf, Meeting)
        if body.starts is not None and body.starts.lo is not None and body.starts.lo > shelf.now
        and body.meeting_state not in ("cancelled", "postponed", "took-place")
    ]  # fmt: skip
    return min(coming, key=lambda pair: pair[1], default=None)


@aspect("eei", ticks=True)
def eei(held: Held, shelf: Shelf) -> Aspect:
    """Return how an element stands: answered, open or amber, and its clock."""
    found = element(held, shelf)
    body = found.body
    owners = tuple(map(Party, body.can_answer)) or ((Party(body.owner),) if body.owner else ())
    closed = body.requirement_state == "closed"
    runs = clock(
        "eei",
        "R15",
        now=shelf.now,
        begun=held.created,
        until=found.due,
        done=found.last,
        ended=closed,
        whose=owners,
    )
    word = "closed" if closed else "open" if found.last is None else "answered"
    return Aspect(
        states=(State("self", word, "R15"),),
        flags=(Flag("UNANSWERED", "R15"),) if found.amber and not closed else (),
        clocks=(runs,),
        unknown=tuple(n for n in ("owner", "due") if getattr(body, n) is None),
    )


@aspect("pir")
def pir(held: Held, shelf: Shelf) -> Aspect:
    """Return how a priority requirement stands: how many elements, how many without an answer."""
    row = next((p for p in plan(shelf) if p.record is not None and p.record.id == held.id), None)
    count = 0 if row is None else len(row.elements)
    about: dict[str, Value] = {"unanswered": 0 if row is None else row.unanswered}
    return Aspect(facts=(Fact("elements", count, about),))
