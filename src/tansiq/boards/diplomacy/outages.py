"""Outages: when a node is proven unreachable, by its own word or by two others. Source: R47; DOCTRINE 3.5.

1. A record of node health with the link down begins an outage; the next one of that party with the link
   up ends it, else the moment it names for the return, else it goes on.
2. Another party's record says since when it heard nothing of a node. One such word proves nothing, for that
   party's own link may be cut; what two members or organs of the charter say alike proves an outage for as
   long as both say it. Each ends its own word by saying when it heard again; the node's own word that it is
   up ends all.
3. Only what the reader's own shelf holds is proof, so that who holds the same records sees the same; who was
   told nothing of an outage sees none, and for that reason nothing is adopted without an officer who looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from tansiq.boards.clocks import Span
from tansiq.boards.diplomacy.parties import type_of
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.node_health import NodeHealth
from tansiq.model.label import Party

WITNESSES: Final = 2
"""How many others must say that they heard nothing (rule 2)."""

Said = tuple[Held, NodeHealth]


def outages(party: Party, shelf: Shelf) -> tuple[Span, ...]:
    """Return the stretches in which a party's node is proven unreachable, by whichever proof."""
    own = tuple(_spans([pair for pair in bodies(shelf, NodeHealth) if is_own(*pair, party)]))
    return (*own, *witnessed(party, shelf))


def is_own(held: Held, body: NodeHealth, party: Party) -> bool:
    """Whether a record is a party's word on its own node."""
    return held.originator == party and body.node_of in (None, party)


def witnessed(party: Party, shelf: Shelf) -> tuple[Span, ...]:
    """Return the stretches in which two others say that they heard nothing of a node (rule 2)."""
    by_witness: dict[Party, list[Said]] = {}
    for held, body in bodies(shelf, NodeHealth):
        other = body.node_of == party != held.originator
        if other and type_of(held.originator, shelf.charter) in ("member", "organ"):
            by_witness.setdefault(held.originator, []).append((held, body))
    up = [_from(h) for h, b in bodies(shelf, NodeHealth) if is_own(h, b, party) and b.link == "up"]
    spans = [span for said in by_witness.values() for span in _unheard(said, up)]
    return tuple(_common(spans))


def _unheard(said: list[Said], up: list[datetime]) -> Iterator[Span]:
    """Yield when one witness heard nothing."""
    begun: datetime | None = None
    for held, body in sorted(said, key=lambda pair: (pair[0].created, pair[0].id)):
        at = min(body.last_heard or held.created, held.created)
        if body.link == "down" and begun is None:
            begun = at
        elif body.link == "up" and begun is not None:
            yield from _until(begun, (at, *up))
            begun = None
    if begun is not None:
        yield from _until(begun, up)


def _until(begun: datetime, ends: Iterable[datetime]) -> Iterator[Span]:
    end = min((end for end in ends if end > begun), default=None)
    yield Span(begun, end)


def _common(spans: list[Span]) -> Iterator[Span]:
    """Yield the stretches that ``WITNESSES`` spans cover at once; one witness's own do not overlap."""
    turns = [(span.begin, 1) for span in spans] + [(s.end, -1) for s in spans if s.end is not None]
    covered, begun = 0, None
    for at, step in sorted(turns):
        before, covered = covered, covered + step
        if before < WITNESSES <= covered:
            begun = at
        elif covered < WITNESSES <= before and begun is not None:
            if at > begun:
                yield Span(begun, at)
            begun = None
    if begun is not None:
        yield Span(begun)


def _spans(said: list[Said]) -> Iterator[Span]:
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
