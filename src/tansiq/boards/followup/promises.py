"""Promises: the clock of a commitment, and what it leaves open. Source: REQUIREMENTS R36–R38.

1. A commitment without an owner, a date or means is flagged until they are filled, or until its owner
   marks it deliberately open.
2. A date that passed without a proof is missed, and stays so; nothing closes by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tansiq.boards.aspects import Aspect, Flag, State, aspect
from tansiq.boards.clocks import Clock, clock
from tansiq.boards.shelf import Held, Shelf
from tansiq.model.kinds.commitment import Commitment

VAGUE_MEANS: Final = frozenset({"", "unspecified"})


@aspect("commitment", ticks=True)
def promise(held: Held, shelf: Shelf) -> Aspect:
    """Return what is said of a commitment."""
    body = held.body
    assert isinstance(body, Commitment)
    runs = _clock(held, body, shelf)
    return Aspect(
        states=(State("self", _word(body, runs), "R37"),),
        flags=() if body.deliberately_open else tuple(_open_ends(body)),
        clocks=(runs,),
        unknown=("due",) if body.due is None or body.due.hi is None else (),
    )


def _clock(held: Held, body: Commitment, shelf: Shelf) -> Clock:
    return clock(
        "promise",
        "R37",
        now=shelf.now,
        begun=held.created,
        until=body.due.hi if body.due is not None else None,
        done=held.created if _is_proven(body) else None,
        ended=body.commitment_state == "withdrawn",
        soon_h=30 * 24,
        whose=body.owners or ((body.owner,) if body.owner else ()),
    )


def _is_proven(body: Commitment) -> bool:
    return body.commitment_state == "delivered" and bool(body.proof.strip())


def _word(body: Commitment, runs: Clock) -> str:
    if body.commitment_state in ("withdrawn", "part-delivered"):
        return str(body.commitment_state)
    return {"met": "delivered", "met-late": "delivered", "late": "missed"}.get(runs.state, "open")


def _open_ends(body: Commitment) -> Iterator[Flag]:
    if body.owner is None and not body.owners:
        yield Flag("OWNER_MISSING", "R38")
    if body.due is None or body.due.hi is None:
        yield Flag("UNDATED", "R38")
    if body.means.strip() in VAGUE_MEANS:
        yield Flag("MEANS_UNSPECIFIED", "R38")
