"""Milestones: points on the way of a commitment or track. Source: REQUIREMENTS R37, R61.

1. A milestone whose start is stated to be unknown does not run.
2. One whose date passed is missed until it is reached; reached late stays late.
"""

from __future__ import annotations

from tansiq.base.ids import RecordId
from tansiq.boards.aspects import Aspect, Fact, State, aspect
from tansiq.boards.clocks import clock
from tansiq.boards.followup.lint import owners_of
from tansiq.boards.followup.promises import milestone_slip_days
from tansiq.boards.shelf import Held, Shelf
from tansiq.model.kinds.commitment import Commitment
from tansiq.model.kinds.milestone import Milestone
from tansiq.model.label import Party


@aspect("milestone", ticks=True)
def milestone(held: Held, shelf: Shelf) -> Aspect:
    """Return what is said of a milestone."""
    body = held.body
    assert isinstance(body, Milestone)
    start_unknown = "start" in body.unknown or (body.start is not None and body.start.lo is None)
    runs = clock(
        "milestone",
        "R37",
        now=shelf.now,
        begun=body.start.lo if body.start is not None else held.created,
        until=None if start_unknown or body.due is None else body.due.hi,
        done=(body.reached.hi or body.reached.lo) if body.reached is not None else None,
        soon_h=14 * 24,
        whose=_whose(held, body, shelf),
        inferred=body.start is not None and body.start.anchor_basis == "inferred",
    )
    words = {"met": "reached", "met-late": "reached", "late": "missed", "waiting": "waiting"}
    slipped = milestone_slip_days(body, shelf.now)
    return Aspect(
        states=(State("self", words.get(runs.state, "running"), "R37"),),
        clocks=(runs,),
        facts=(Fact("slippage_days", slipped),) if slipped else (),
        unknown=tuple(n for n, lacks in (("start", start_unknown), ("due", body.due is None)) if lacks),
    )


def _whose(held: Held, body: Milestone, shelf: Shelf) -> tuple[Party, ...]:
    promise = shelf.get(RecordId(body.commitment)) if body.commitment else None
    if promise is not None and isinstance(promise.body, Commitment):
        return owners_of(promise.body)
    return (held.originator,)
