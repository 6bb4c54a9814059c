"""Advance notice of a release or transfer. Source: REQUIREMENTS R31.

1. Each party that wants the person is told before, with a time to answer in.
2. No answer delays nothing: no clock prolongs anyone's custody.
3. A transfer needs a recorded assessment of non-refoulement and of capital punishment. In a federation for
   exercise, which holds no living person, the lack of the second is shown and refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from tansiq.boards.aspects import Aspect, Fact, Raised, State, aspect
from tansiq.boards.clocks import clock
from tansiq.boards.protected.affair import end_of
from tansiq.boards.rules import Objection, needs, rule
from tansiq.boards.shelf import Held, Shelf
from tansiq.model.kinds.release_notice import ReleaseNotice
from tansiq.model.label import Party


@aspect("release-notice", ticks=True)
def advance_notice(held: Held, shelf: Shelf) -> Aspect:
    """Return who has been told and until when each may answer; the release waits for nobody."""
    body = held.body
    assert isinstance(body, ReleaseNotice)
    until = end_of(body.planned)
    answers = {party: _answered(held, party, shelf) for party in body.wanted_by}
    silent = tuple(p for p, at in answers.items() if at is None)
    known = [at for at in answers.values() if at is not None]
    runs = clock(
        "release_notice",
        "R31",
        now=shelf.now,
        begun=held.created,
        hours=body.hours_notice,
        until=until if body.hours_notice is None else None,
        done=max(known) if known and not silent else None,
        lapses=True,
        whose=silent,
        urgency="urgent",
    )
    due = runs.due.isoformat() if runs.due else None
    states = [State("release", "not-delayed", "R31")]
    if body.transfer:
        assessed = body.non_refoulement.strip() and body.capital_punishment_check.strip()
        states.append(State("transfer", "assessed" if assessed else "not-assessed", "R31"))
    return Aspect(
        states=tuple(states),
        clocks=(runs,),
        facts=(Fact("prolongs_custody", value=False), Fact("default_answer", "none-needed")),
        raises=tuple(
            Raised("alert", "release-notice", "R31", (p,), "urgent", {"due": due}, at is not None)
            for p, at in answers.items()
        ),
        unknown=() if runs.due is not None else ("planned",),
    )


def _answered(held: Held, party: Party, shelf: Shelf) -> datetime | None:
    found = [one.created for one in shelf.about(held.id) if one.originator == party]
    return min(found, default=None)


@rule("release-notice")
def assessed_first(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse a transfer without its assessments, and a notice that who wants the person cannot read."""
    body = draft.body
    assert isinstance(body, ReleaseNotice)
    if body.transfer:
        yield from needs(draft, "R31", ("non_refoulement",))
        lives = not shelf.charter.exercise
        lacking = needs(draft, "R31", ("capital_punishment_check",))
        yield from (replace(one, refuses=lives) for one in lacking)
    if untold := frozenset(body.wanted_by) - {*draft.label.audience}:
        yield Objection("release-notice.untold", "R31", missing=frozenset(untold))
    if not body.wanted_by:
        yield Objection("release-notice.nobody", "R31", refuses=False, missing=frozenset({"wanted_by"}))
