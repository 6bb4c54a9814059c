"""A node's own word on its link, and what the ombudsperson found in a journal.

Source: REQUIREMENTS R67, R69, R70; DOCTRINE 3.5 (a node that is proven unreachable).
1. A node is unreachable from its own record that says so until the time it gives, or until it says otherwise;
   meanwhile its officers work on, and what they sign waits for the link.
"""

from __future__ import annotations

from typing import Final

from tansiq.boards.aspects import Aspect, Fact, State, aspect
from tansiq.boards.clocks import Span
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.journal_query import JournalQuery
from tansiq.model.kinds.node_health import NodeHealth
from tansiq.model.label import Party

_NAMES: Final = {"searches_denied": "denied_searches"}


@aspect("node-health")
def health(held: Held, shelf: Shelf) -> Aspect:
    """Return whether a node is reached, and that its work goes on."""
    body = held.body
    assert isinstance(body, NodeHealth)
    spans = outages(shelf, held.originator)
    down = any(s.begin <= shelf.now and (s.end is None or shelf.now < s.end) for s in spans)
    return Aspect(
        states=(
            State(f"node:{held.originator}", "unreachable" if down else "reachable", "R67"),
            State(f"local_work:{held.originator}", "ok" if body.autosave_s else "unknown", "R67"),
        )
    )


def outages(shelf: Shelf, party: Party) -> tuple[Span, ...]:
    """Return when a party's node was unreachable by its own records, oldest first; None = not over yet."""
    found: list[Span] = []
    for held, body in bodies(shelf, NodeHealth):
        if held.originator != party:
            continue
        at = held.occurred.lo if held.occurred is not None and held.occurred.lo is not None else held.created
        if found and (found[-1].end is None or found[-1].end > at):
            found[-1] = Span(found[-1].begin, at)
        if body.link == "down":
            found.append(
                Span(at, body.restored.lo or body.restored.hi if body.restored is not None else None)
            )
    return tuple(s for s in found if s.end is None or s.end > s.begin)


@aspect("journal-query")
def finding(held: Held, _: Shelf) -> Aspect:
    """Return what was found, by kind and number."""
    body = held.body
    assert isinstance(body, JournalQuery)
    about = {_NAMES.get(str(f.found), str(f.found)): f.stated_value for f in body.finding if f.found}
    return Aspect(facts=(Fact("finding", len(about), dict(about)),))
