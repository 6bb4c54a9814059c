"""A node's own word on its link, and what others say of it.

Source: REQUIREMENTS R47, R67; DOCTRINE 3.5 (a node that is proven unreachable).
1. A node is unreachable from its own record that says so until the time it gives, or until it says otherwise;
   meanwhile its officers work on, and what they sign waits for the link.
2. What another party says of a node is its own word alone until a second says so too.
"""

from __future__ import annotations

from tansiq.boards.aspects import Aspect, State, aspect
from tansiq.boards.clocks import Span
from tansiq.boards.diplomacy.outages import is_own, witnessed
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.node_health import NodeHealth
from tansiq.model.label import Party


@aspect("node-health")
def health(held: Held, shelf: Shelf) -> Aspect:
    """Return whether a node is reached, and that its work goes on."""
    body = held.body
    assert isinstance(body, NodeHealth)
    if not is_own(held, body, held.originator):
        return _told_by_another(body, shelf)
    spans = outages(shelf, held.originator)
    down = any(s.begin <= shelf.now and (s.end is None or shelf.now < s.end) for s in spans)
    return Aspect(
        states=(
            State(f"node:{held.originator}", "unreachable" if down else "reachable", "R67"),
            State(f"local_work:{held.originator}", "ok" if body.autosave_s else "unknown", "R67"),
        )
    )


def _told_by_another(body: NodeHealth, shelf: Shelf) -> Aspect:
    """Return how the node stands of which another party speaks (rule 2)."""
    assert body.node_of is not None
    proven = any(
        s.begin <= shelf.now and (s.end is None or shelf.now < s.end) for s in witnessed(body.node_of, shelf)
    )
    word = "reachable" if body.link == "up" else "unreachable" if proven else "unheard"
    return Aspect(states=(State(f"node:{body.node_of}", word, "R47"),))


def outages(shelf: Shelf, party: Party) -> tuple[Span, ...]:
    """Return when a party's node was unreachable by its own records, oldest first; None = not over yet."""
    found: list[Span] = []
    for held, body in bodies(shelf, NodeHealth):
        if not is_own(held, body, party):
            continue
        at = held.occurred.lo if held.occurred is not None and held.occurred.lo is not None else held.created
        if found and (found[-1].end is None or found[-1].end > at):
            found[-1] = Span(found[-1].begin, at)
        if body.link == "down":
            found.append(
                Span(at, body.restored.lo or body.restored.hi if body.restored is not None else None)
            )
    return tuple(s for s in found if s.end is None or s.end > s.begin)
