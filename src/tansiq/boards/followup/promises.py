"""Promises: the clock of a commitment, and what it leaves open. Source: REQUIREMENTS R36–R38.

1. A commitment without an owner, a date or means is flagged until they are filled, or until its owner
   marks it deliberately open.
2. A date that passed without a proof is missed, and stays so; nothing closes by itself.
3. A term runs from the day it was entered for, or from the day of the meeting it hangs on. A day that
   nobody entered, and that is not marked as inferred, starts nothing.
4. A date that moves leaves the first one standing: what lies between them is the slippage.
5. What a party delivered counts when one of the owners signed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from tansiq.base.ids import RecordId
from tansiq.boards.aspects import Aspect, Fact, Flag, State, Value, aspect
from tansiq.boards.clocks import Clock, clock
from tansiq.boards.followup.lint import is_dated, open_ends, owners_of
from tansiq.boards.rules import Objection, rule
from tansiq.boards.shelf import Held, Shelf
from tansiq.model.kinds.commitment import Commitment
from tansiq.model.kinds.delivery import Delivery
from tansiq.model.kinds.meeting import Meeting
from tansiq.model.kinds.milestone import Milestone
from tansiq.model.values import TimeExpression

WHOLE: Final = 1000
DAY_S: Final = 86_400


@aspect("commitment", ticks=True)
def promise(held: Held, shelf: Shelf) -> Aspect:
    """Return what is said of a commitment."""
    body = held.body
    assert isinstance(body, Commitment)
    delivered = tuple(deliveries(held, body, shelf))
    runs = promise_clock(held, body, shelf, delivered)
    slipped = slippage_days(held, body, runs, shelf)
    planned = body.commitment_force == "intent" and not delivered
    return Aspect(
        states=(State("self", _word(body, runs, delivered), "R37"),),
        flags=(
            *open_ends(body),
            *(_no_trace(body) if planned else ()),
            *((Flag("SLIPPED", "R37", {"days": slipped}, bad=True),) if slipped else ()),
            *(() if body.from_sentence.strip() else (Flag("NO_SENTENCE", "R36"),)),
        ),
        clocks=(runs,),
        facts=(_traced(held, body), *_spans(runs, shelf.now)),
        unknown=tuple(_unknown(body, runs)),
    )


def promise_clock(held: Held, body: Commitment, shelf: Shelf, delivered: tuple[Held, ...] = ()) -> Clock:
    """Return the clock of a commitment (rules 2, 3)."""
    begun, inferred = start_of(body, shelf)
    term = body.term_months is not None and not _has_end(body.due)
    done = max((d.created for d in delivered if _is_whole(d)), default=None)
    return clock(
        "promise",
        "R37",
        now=shelf.now,
        begun=begun if term else held.created,
        months=body.term_months if term else None,
        until=body.due.hi if not term and body.due is not None else None,
        done=held.created if _is_proven(body) else done,
        ended=body.commitment_state == "withdrawn",
        soon_h=30 * 24,
        whose=owners_of(body),
        inferred=inferred and term,
    )


def start_of(body: Commitment, shelf: Shelf) -> tuple[datetime | None, bool]:
    """Return from when a term runs, and whether that day is inferred (rule 3); None = nobody entered it."""
    for stated in (body.runs_from, _day_of(body.runs_from_meeting, shelf)):
        if stated is not None and stated.lo is not None:
            return stated.lo, stated.anchor_basis == "inferred"
    return None, False


def deliveries(held: Held, body: Commitment, shelf: Shelf) -> Iterator[Held]:
    """Yield what owners of a commitment delivered on it (rule 5), oldest first."""
    owners = owners_of(body)
    for each in shelf.about(held.id):
        if each.kind == "delivery" and (not owners or each.originator in owners):
            yield each


def milestones_of(record_id: RecordId, shelf: Shelf) -> tuple[tuple[Held, Milestone], ...]:
    """Return the milestones of a commitment or track with their bodies, oldest first."""
    return tuple(
        (each, each.body)
        for each in shelf.about(record_id)
        if isinstance(each.body, Milestone) and record_id in (each.body.commitment, each.body.track_ref)
    )


def slippage_days(held: Held, body: Commitment, runs: Clock, shelf: Shelf) -> int:
    """Return by how many days it slipped: the date moved, ran out, or a milestone is behind (rule 4)."""
    slips = [runs.late_h(shelf.now) // 24]
    if runs.due is not None and body.first_due is not None and body.first_due.hi is not None:
        end = (runs.done or shelf.now) if runs.done or shelf.now > runs.due else runs.due
        slips.append(_days(body.first_due.hi, end))
    slips += [milestone_slip_days(each, shelf.now) for _, each in milestones_of(held.id, shelf)]
    return max(0, *slips)


def milestone_slip_days(body: Milestone, now: datetime) -> int:
    """Return by how many days a milestone was or is behind its date; 0 = not behind, or undated."""
    due = body.due.hi if body.due is not None else None
    reached = body.reached.hi or body.reached.lo if body.reached is not None else None
    return 0 if due is None else max(0, _days(due, reached or now))


@rule("commitment")
def a_moved_date_leaves_the_first(draft: Held, shelf: Shelf) -> Iterable[Objection]:
    """Refuse a next version that moves the date and hides the first one (rule 4)."""
    before = shelf.get(draft.id) if draft.id else None
    body, old = draft.body, before.body if before is not None else None
    if not isinstance(body, Commitment) or not isinstance(old, Commitment):
        return
    first = old.first_due or old.due
    if first is None or first.hi is None:
        return
    moved = body.due is None or body.due.hi != first.hi
    if moved and (body.first_due is None or body.first_due.hi != first.hi):
        yield Objection("promise.first-due", "R37", missing=frozenset({"first_due"}))


@rule("commitment")
def a_promise_has_its_sentence(draft: Held, _: Shelf) -> Iterable[Objection]:
    """Warn of a promise without its sentence, or one called delivered without a proof (rule 2)."""
    body = draft.body
    assert isinstance(body, Commitment)
    if not body.from_sentence.strip():
        yield Objection("promise.no-sentence", "R36", refuses=False, missing=frozenset({"from_sentence"}))
    if body.commitment_state == "delivered" and not _is_proven(body):
        yield Objection("promise.no-proof", "R37", refuses=False, missing=frozenset({"proof"}))


def _day_of(meeting: str | None, shelf: Shelf) -> TimeExpression | None:
    found = shelf.get(RecordId(meeting)) if meeting else None
    return found.body.starts if found is not None and isinstance(found.body, Meeting) else None


def _has_end(due: TimeExpression | None) -> bool:
    return due is not None and due.hi is not None


def _is_proven(body: Commitment) -> bool:
    return body.commitment_state == "delivered" and bool(body.proof.strip())


def _is_whole(held: Held) -> bool:
    body = held.body
    assert isinstance(body, Delivery)
    return body.delivered_fraction in (None, WHOLE) and not body.shortfalls and bool(body.proof.strip())


def _word(body: Commitment, runs: Clock, delivered: tuple[Held, ...]) -> str:
    if body.commitment_state == "withdrawn":
        return "withdrawn"
    if runs.done is not None:
        return "delivered"
    if runs.state == "late":
        return "missed"
    if delivered or body.commitment_state == "part-delivered":
        return "part-delivered"
    return "planned" if body.commitment_force == "intent" else "open"


def _no_trace(body: Commitment) -> tuple[Flag, ...]:
    """What was only planned, without a date and a proof, left no trace: it may have been done or not."""
    return () if is_dated(body) or body.proof.strip() else (Flag("NO_TRACE", "R38"),)


def _traced(held: Held, body: Commitment) -> Fact:
    whole = bool(body.from_sentence.strip())
    about: dict[str, Value] = {
        "from_kind": "commitment",
        "to_kind": "sentence",
        "coverage": int(whole),
        "lang": held.lang,
    }
    return Fact("trace", body.from_sentence or None, about)


def _spans(runs: Clock, now: datetime) -> Iterator[Fact]:
    if runs.begun is not None and runs.due is not None and runs.begun <= now and runs.state != "ended":
        yield Fact("elapsed_days", _days(runs.begun, now))
        yield Fact("left_days", max(0, _days(now, runs.due)))


def _unknown(body: Commitment, runs: Clock) -> Iterator[str]:
    if not is_dated(body):
        yield "due"
    if body.term_months is not None and runs.due is None:
        yield "runs_from"


def _days(begin: datetime, end: datetime) -> int:
    return int((end - begin).total_seconds() // DAY_S)
