"""Outages: when a node is proven unreachable, from what its own administrators signed. Source: DOCTRINE 3.5.

1. A record of node health with the link down begins an outage; the next one of the same party with the link
   up ends it, else the moment it names for the return, else it goes on.
2. Only what the reader's own shelf holds is proof: who was told nothing of an outage sees none, and for that
   reason nothing is adopted without an officer who looks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tansiq.boards.clocks import Span
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.node_health import NodeHealth
from tansiq.model.label import Party


def outages(party: Party, shelf: Shelf) -> tuple[Span, ...]:
    """Return the stretches in which a party's node is proven unreachable."""
    return tuple(_spans([pair for pair in bodies(shelf, NodeHealth) if pair[0].originator == party]))


def _spans(said: list[tuple[Held, NodeHealth]]) -> Iterator[Span]:
    told = sorted(((_from(held), body) for held, body in said), key=lambda pair: pair[0])
    for number, (begin, body) in enumerate(told):
        if body.link != "down":
            continue
        after = next((at for at, later in told[number + 1 :] if later.link is not None), None)
        back = body.restored.hi if body.restored is not None else None
        ends = [end for end in (after, back) if end is not None and end > begin]
        yield Span(begin, min(ends) if ends else None)


def _from(held: Held) -> datetime:
    """From when a record of node health tells: when it occurred, never later than when it was signed."""
    stated = held.occurred.lo if held.occurred is not None else None
    return held.created if stated is None else min(stated, held.created)
