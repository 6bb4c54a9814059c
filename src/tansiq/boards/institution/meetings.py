"""Meetings: how one stands, who has to answer, what it is linked to. Source: REQUIREMENTS R34, R35, R02.

1. A meeting whose day is not sure is tentative; one that calls for answers is convened. One whose day
   passed without anybody saying that it was held is unconfirmed, never held.
2. A call with a date for answers opens an attendance for every party called, with that date as its clock.
3. While sources differ on a body's seat, the place of its meeting is printed beside them as contested.
"""

from __future__ import annotations

from collections.abc import Iterator

from tansiq.boards.aspects import Aspect, Fact, Opened, State, aspect
from tansiq.boards.clocks import Clock, clock
from tansiq.boards.institution.cascade import chain_of
from tansiq.boards.institution.contested import (
    ORGAN_BODY,
    Stated,
    attribute_aspect,
    differ,
    resolution_of,
    shipped_values,
    stated_of,
)
from tansiq.boards.institution.facts import facts
from tansiq.boards.shelf import Held, Shelf
from tansiq.model.kinds.agenda import Agenda
from tansiq.model.kinds.attendance import Attendance
from tansiq.model.kinds.body import Institution
from tansiq.model.kinds.meeting import Meeting
from tansiq.model.label import EVERYBODY, Party

_SURE = frozenset({"instant", "hour", "day"})
_STATED = {
    "tentative": "tentative",
    "confirmed": "convened",
    "took-place": "held",
    "postponed": "postponed",
    "cancelled": "cancelled",
}


@aspect("meeting", ticks=True)
def meeting(held: Held, shelf: Shelf) -> Aspect:
    """Return what is said of a meeting."""
    body = held.body
    assert isinstance(body, Meeting)
    word = word_of(body, shelf)
    over = word in ("held", "cancelled", "postponed")
    answers = {party: answer_of(held, party, shelf) for party in called(held, body, shelf)}
    chain = chain_of(held, shelf)
    told = Aspect(
        states=(State("self", word, "R34"),),
        clocks=tuple(_attendance(held, body, p, a, shelf, over=over) for p, a in answers.items()),
        facts=(
            *((Fact("linked", True, {"to": tuple(s.title for s in chain.steps)}),) if chain.steps else ()),
            *(Fact("open_end", words) for words in chain.open_ends),
            *(
                (Fact("delegations", len(body.delegations), {"who": body.delegations}),)
                if body.delegations
                else ()
            ),
        ),
        opens=tuple(
            Opened("attendance", (p,), a.id if a is not None else None, clause="R34")
            for p, a in answers.items()
        ),
        unknown=("starts",) if body.starts is None or body.starts.lo is None else (),
    )
    return told + _seat(held, body, shelf)


def word_of(body: Meeting, shelf: Shelf) -> str:
    """Return how a meeting stands (rule 1)."""
    starts = body.starts
    if body.meeting_state is not None and body.meeting_state != "confirmed":
        return _STATED[body.meeting_state]
    end = (starts.hi or starts.lo) if starts is not None else None
    if end is not None and end < shelf.now:
        return "unconfirmed"
    if body.meeting_state == "confirmed" or (body.attendance_due is not None and not _unsure(body)):
        return "convened"
    return "tentative" if starts is None or starts.lo is None or _unsure(body) else "convened"


def called(held: Held, body: Meeting, shelf: Shelf) -> tuple[Party, ...]:
    """Return the parties whose answer is asked (rule 2): those named, else who reads it."""
    if body.attendance_due is None:
        return ()
    if body.delegations:
        return tuple(p for p in body.delegations if p != held.originator)
    kinds = {p.code: p.type for p in shelf.charter.parties}
    readers = () if held.label.public else held.label.audience
    return tuple(p for p in readers if p not in (held.originator, EVERYBODY) and kinds.get(p) != "oversight")


def answer_of(held: Held, party: Party, shelf: Shelf) -> Held | None:
    """Return the attendance that answers for a party: its own, or what the convener wrote down."""
    found = None
    for each in shelf.about(held.id):
        if isinstance(each.body, Attendance) and each.body.meeting == held.id:
            lines = [one for one in each.body.lines if one.party in (party, None)]
            own = each.originator == party and bool(lines or not each.body.lines)
            noted = each.originator == held.originator and any(
                one.party == party and one.presence not in (None, "expected") for one in lines
            )
            found = each if own or noted else found
    return found


def papers_of(held: Held, shelf: Shelf) -> tuple[Held, ...]:
    """Return agendas and other papers that point to a meeting, oldest first."""
    return tuple(
        each
        for each in shelf.about(held.id)
        if isinstance(each.body, Agenda) or each.points_to(held.id, "paper")
    )


def _attendance(
    held: Held, body: Meeting, party: Party, answer: Held | None, shelf: Shelf, *, over: bool
) -> Clock:
    return clock(
        "attendance",
        "R34",
        now=shelf.now,
        begun=held.created,
        until=body.attendance_due.hi if body.attendance_due is not None else None,
        done=answer.created if answer is not None else None,
        ended=over and answer is None,
        key=party,
        whose=(party,),
    )


def _unsure(body: Meeting) -> bool:
    starts = body.starts
    return starts is not None and (starts.lo is None or starts.precision not in _SURE)


def _seat(held: Held, body: Meeting, shelf: Shelf) -> Aspect:
    """Return how the place stands beside the seats of the body that meets (rule 3)."""
    if body.seat is None or not body.seat.name:
        return Aspect()
    here = Stated(body.seat.name, str(held.grade or ""), body.title, held.id)
    others, settled = _seats(held, shelf)
    if settled is None and differ(others):
        return attribute_aspect("seat", (*others, here), None)
    return Aspect()


def _seats(held: Held, shelf: Shelf) -> tuple[tuple[Stated, ...], Held | None]:
    for each in _bodies(held, shelf):
        return stated_of(each, "seat", shelf), resolution_of(each, shelf)
    entry = shelf.charter.party(held.originator)
    if entry is None or entry.type != "organ":
        return (), None
    body = next(b for b in facts().bodies if b.id == ORGAN_BODY)
    return tuple(shipped_values(body, "seat")), None


def _bodies(held: Held, shelf: Shelf) -> Iterator[Held]:
    for ref in held.refs:
        found = shelf.get(ref.record_id) if ref.role == "body" else None
        if found is not None and isinstance(found.body, Institution):
            yield found
