"""Gaps: what is not known is a value, with a state of its own. Source: REQUIREMENTS R10.

1. A gap reads *unknown* with its reason (the source breaks off), never 0 and never blank.
2. It is open until a request for information points to it in the role ``gap``, asked once that is sent, and
   filled when its asker is satisfied with the answer; its owner may also say so himself, or admit it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tansiq.boards.aspects import Aspect, Fact, State, aspect
from tansiq.boards.desk.asks import Ask, standing
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.gap import Gap
from tansiq.model.kinds.rfi import Rfi

CLAUSE: Final = "R10"
ROLE: Final = "gap"
"""In which role a request points to the gap it is to fill."""


@dataclass(frozen=True, slots=True)
class Missing:
    """One gap as it stands, with the requests that are to fill it."""

    record: Held
    body: Gap
    word: str
    asks: tuple[Ask, ...]


def gap_standing(held: Held, shelf: Shelf) -> Missing:
    """Return how a gap stands (rule 2)."""
    body = held.body
    assert isinstance(body, Gap)
    asks = tuple(standing(h, shelf) for h in shelf.about(held.id, ROLE) if isinstance(h.body, Rfi))
    word = "open"
    if any(ask.word != "not_sent" for ask in asks):
        word = "asked"
    if any(ask.word == "satisfied" for ask in asks):
        word = "filled"
    if body.gap_state in ("filled", "admitted"):
        word = body.gap_state
    return Missing(held, body, word, asks)


def gaps(shelf: Shelf) -> tuple[Missing, ...]:
    """Return the gaps that the reader sees, the open ones first, then oldest first."""
    found = [gap_standing(held, shelf) for held, _ in bodies(shelf, Gap)]
    order = ("open", "asked", "admitted", "filled")
    return tuple(sorted(found, key=lambda each: order.index(each.word)))


@aspect("gap")
def gap(held: Held, shelf: Shelf) -> Aspect:
    """Return what is unknown, why, and how far the asking is (rules 1, 2)."""
    found = gap_standing(held, shelf)
    about = {"reason": found.body.reason} if found.body.reason else {}
    return Aspect(
        states=(State("self", found.word, CLAUSE),),
        facts=(Fact("gap", "unknown", {**about}),),
    )
