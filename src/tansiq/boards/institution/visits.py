"""Visits and tracks: outcomes become commitments, and who has let them go further.

Source: REQUIREMENTS R61, R62.
"""

from __future__ import annotations

import re
from typing import Final

from tansiq.base.ids import RecordId
from tansiq.boards.aspects import Aspect, Fact, Opened, State, aspect
from tansiq.boards.clocks import clock
from tansiq.boards.followup.promises import milestones_of
from tansiq.boards.institution.releases import owners_of_track, owners_of_visit, released_by, versions_of
from tansiq.boards.shelf import Held, Shelf
from tansiq.language.folding import key
from tansiq.model.kinds.commitment import Commitment
from tansiq.model.kinds.track import Track
from tansiq.model.kinds.visit import Outcome, Visit
from tansiq.model.label import Party

VISIT: Final = "visit"
"""The role in which a commitment points to the visit it came from."""
_CODE: Final = re.compile(r"\b[A-Z][A-Z0-9]{1,11}\b")


@aspect("visit")
def visit(held: Held, shelf: Shelf) -> Aspect:
    """Return what is said of a visit: its outcomes as commitments, and whose release it needs."""
    body = held.body
    assert isinstance(body, Visit)
    owners = owners_of_visit(body)
    given = released_by(held.id, shelf, versions_of(held))
    carried = commitments_of(held, shelf)
    return Aspect(
        facts=(Fact("outcomes", len(body.outcomes), {"linked": len(carried)}),) if body.outcomes else (),
        opens=tuple(
            Opened("commitment", charged(o, body), carried.get(key(o.text)), note=o.text, clause="R62")
            for o in body.outcomes
        ),
        releases=tuple(sorted(owners)),
        released=tuple(sorted(p for p in owners if p in given)),
    )


def commitments_of(held: Held, shelf: Shelf) -> dict[str, RecordId]:
    """Return the commitments that came from a visit, by the folded sentence of each outcome."""
    return {
        key(each.body.from_sentence): each.id
        for each in shelf.about(held.id, VISIT)
        if isinstance(each.body, Commitment)
    }


def charged(outcome: Outcome, body: Visit) -> tuple[Party, ...]:
    """Return who has to carry an outcome: the parties it names, else all of the visit."""
    named = tuple(Party(code) for code in _CODE.findall(outcome.owner) if code in body.parties)
    return named or body.parties


@aspect("track", ticks=True)
def track(held: Held, shelf: Shelf) -> Aspect:
    """Return what is said of a track: its next date, its milestones, whose release it needs."""
    body = held.body
    assert isinstance(body, Track)
    owners = owners_of_track(body, held.originator)
    given = released_by(held.id, shelf, versions_of(held))
    steps = milestones_of(held.id, shelf)
    word = body.track_state or "open"
    upcoming = clock(
        "track",
        "R61",
        now=shelf.now,
        begun=held.created,
        until=body.next.hi if body.next is not None else None,
        ended=word in ("concluded", "collapsed"),
        lapses=True,
        soon_h=72,
        whose=owners,
    )
    reached = sum(step.reached is not None for _, step in steps)
    return Aspect(
        states=(State("self", word, "R61"),),
        clocks=(upcoming,) if body.next is not None else (),
        facts=(Fact("milestones", len(steps), {"reached": reached}),) if steps else (),
        releases=owners,
        released=tuple(p for p in owners if p in given),
    )
