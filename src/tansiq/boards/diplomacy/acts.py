"""What is said of acts under a mandate and of contacts. Source: REQUIREMENTS R42, R43.

1. Every act shows how it stands to its mandate; what lies outside and came from elsewhere is kept,
   flagged and told to the mandators, for what its originator signed is a fact.
2. A report shows by how much it was late.
3. An exception shows whose assent it lacks.
"""

from __future__ import annotations

from collections.abc import Iterator

from tansiq.boards.aspects import Aspect, Fact, Flag, Raised, State, aspect
from tansiq.boards.diplomacy.mandates import MandateFile
from tansiq.boards.diplomacy.reports import is_report, reporting
from tansiq.boards.diplomacy.scope import SCOPE, Verdict, asks_exception, judged, lacking_assent, unsent
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.contact import Contact
from tansiq.model.kinds.mandate_act import MandateAct
from tansiq.model.kinds.position import Position


@aspect("contact", "mandate-act", ticks=True)
def act(held: Held, shelf: Shelf) -> Aspect:
    """Return how a contact or an act stands to its mandate."""
    if not getattr(held.body, "mandate", None):
        return Aspect(states=(State("mandate_check", "own_account", "R43"),), facts=tuple(_conveyed(held)))
    verdict, file = judged(held, shelf)
    if file is None:
        return Aspect(
            states=(State("mandate_check", "no_mandate", "R42"),), flags=(Flag("MANDATE_UNKNOWN", "R42"),)
        )
    if asks_exception(held):
        return _exception(held, file, shelf)
    if is_report(held):
        return _report(held, file, shelf)
    kept = (State("self", "not_sent", "R42"),) if unsent(held) else ()
    return Aspect(
        states=(*kept, State("mandate_check", verdict.word, "R42"), State(file.key, file.state, "R41")),
        flags=tuple(_outside(verdict, file)),
        facts=tuple(_conveyed(held)),
        raises=_told(held, verdict, file),
    )


def _outside(verdict: Verdict, file: MandateFile) -> Iterator[Flag]:
    if verdict.outside:
        matters = tuple(sorted(verdict.outside))
        yield Flag("OUT_OF_SCOPE", "R42", {"reason": SCOPE, "matters": matters}, file.records[0].id, bad=True)
    if verdict.unclear:
        yield Flag("MATTER_UNKNOWN", "R42", {"matters": verdict.unclear})


def _told(held: Held, verdict: Verdict, file: MandateFile) -> tuple[Raised, ...]:
    if not verdict.outside or unsent(held):
        return ()
    others = tuple(p for p in file.concerned if p != held.originator)
    matters = tuple(sorted(verdict.outside))
    return (Raised("alert", "mandate.out-of-scope", "R42", others, "urgent", {"matters": matters}),)


def _report(held: Held, file: MandateFile, shelf: Shelf) -> Aspect:
    due = reporting(file, shelf)
    facts = [Fact("late_reports", due.late)] if due is not None else []
    return Aspect(
        states=(State("mandate_check", "report", "R41"), State(file.key, file.state, "R41")),
        clocks=due.clocks if due is not None else (),
        facts=(*facts, *_counts(held)),
    )


def _counts(held: Held) -> Iterator[Fact]:
    body = held.body
    if isinstance(body, MandateAct):
        if body.acts is not None:
            yield Fact("acts_done", body.acts)
        if body.blocked is not None:
            yield Fact("acts_blocked", body.blocked)


def _exception(held: Held, file: MandateFile, shelf: Shelf) -> Aspect:
    lacking = lacking_assent(held, file, shelf)
    said = {
        p.originator: (body.position or "awaited").replace("-", "_")
        for p, body in bodies(shelf, Position)
        if body.on is not None and str(body.on) == str(held.id)
    }
    asked = [p for p in file.terms.mandators if p != held.originator]
    states = [
        State("exception", "asked" if lacking else "granted", "R42"),
        State(file.key, file.state, "R41"),
    ]
    awaited = tuple(p for p in asked if p in lacking and p not in said)
    return Aspect(
        states=(*states, *(State(f"position:{p}", said.get(p, "awaited"), "R42") for p in asked)),
        facts=(Fact("exception_for", getattr(held.body, "exception_for", ())),),
        raises=(Raised("task", "mandate.exception", "R42", awaited),) if awaited else (),
    )


def _conveyed(held: Held) -> Iterator[Fact]:
    body = held.body
    if isinstance(body, Contact):
        yield Fact("counterparties", body.counterparties or None)
        yield Fact("position_conveyed", body.position_conveyed or None)
