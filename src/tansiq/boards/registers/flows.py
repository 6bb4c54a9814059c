"""Flows with their direction: what comes into the field and what leaves it. Source: REQUIREMENTS R22, R23.

1. A flow into the field, one out of it and one within it are never drawn as one.
2. Who is said to be bound to a flow is said with its evidence, or not at all.
3. A number that nobody stated is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from tansiq.boards.aspects import Aspect, Fact, Value, aspect
from tansiq.boards.forces.requirement import is_unknown
from tansiq.boards.rules import Objection, rule
from tansiq.boards.shelf import Held, Shelf
from tansiq.language.folding import key
from tansiq.model.kinds.flow_claim import FlowClaim

Way = Literal["in", "out", "within"]

_FIELD: Final = tuple(
    key(w)
    for w in (
        "sahel", "الساحل", "field", "pays du champ", "الميدان", "mali", "مالي", "niger", "النيجر",
        "mauritania", "mauritanie", "موريتانيا", "algeria", "algérie", "الجزائر",
    )
)  # fmt: skip
"""Names of the field of the four states, folded."""
_ARROW: Final = re.compile(r"\s*(?:->|→|=>|⟶|←|\bto\b|\bvers\b|\bإلى\b|\bنحو\b|\bالى\b)\s*")


def way_of(body: FlowClaim) -> Way | None:
    """Return whether a flow comes into the field, leaves it or stays within; None = not said."""
    origin, goal = ends_of(body)
    if not goal:
        return None
    into, out_of = _in_field(goal), _in_field(origin)
    if into:
        return "within" if out_of else "in"
    return "out"


def ends_of(body: FlowClaim) -> tuple[str, str]:
    """Return where a flow begins and where it goes; blank = not said."""
    if body.from_area or body.to_area:
        return body.from_area or "", body.to_area or ""
    origin, _, goal = _ARROW.sub("\n", body.direction, count=1).partition("\n")
    return origin.strip(), goal.strip()


def _in_field(words: str) -> bool:
    said = f" {key(words)} "
    return any(f" {name} " in said for name in _FIELD)


@rule("flow-claim")
def bound_with_evidence(draft: Held, _: Shelf) -> Iterator[Objection]:
    """A relation to a flow rests on evidence (rule 2)."""
    body = draft.body
    assert isinstance(body, FlowClaim)
    if any(not r.evidence.strip() for r in body.relation):
        yield Objection("field.needed", "R23", missing=frozenset({"relation.evidence"}))


@aspect("flow-claim")
def flow(held: Held, _: Shelf) -> Aspect:
    """Return what is said of a flow: its way, its goods, whether its number is known."""
    body = held.body
    assert isinstance(body, FlowClaim)
    way = way_of(body)
    origin, goal = ends_of(body)
    about: dict[str, Value] = {
        "direction": way,
        "from": origin or None,
        "to": goal or None,
        "commodities": body.commodities,
    }
    return Aspect(
        facts=(Fact("flow", way, about),), unknown=("quantity",) if is_unknown(body.quantity) else ()
    )  # fmt: skip
