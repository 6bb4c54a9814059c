"""Requirements, pledges, deliveries: clocks, flags, what is unknown. Source: REQUIREMENTS R53, R54.

1. The months of a deployment count from a start that was entered; one that was inferred is marked so.
2. A strength that nobody stated shows unknown, not nothing.
3. Each caveat of a pledge is registered: it stands with every line that the pledge offers for.
"""

from __future__ import annotations

from typing import Final

from tansiq.boards.aspects import Aspect, Fact, Flag, State, Value, aspect
from tansiq.boards.clocks import Clock, clock
from tansiq.boards.forces.table import ForceLine, delivered_milli, lines_of, signed_by_party
from tansiq.boards.shelf import Held, Shelf
from tansiq.model.kinds.delivery import Delivery
from tansiq.model.kinds.force_requirement import ForceRequirement
from tansiq.model.kinds.pledge import Pledge
from tansiq.model.values import Quantity

SOON_H: Final = 30 * 24


@aspect("force-requirement", ticks=True)
def requirement(held: Held, shelf: Shelf) -> Aspect:
    """Return what is said of a requirement: its clock, what is short, what is unknown."""
    body = held.body
    assert isinstance(body, ForceRequirement)
    lines = lines_of(held, shelf)
    return Aspect(
        clocks=() if body.deadline_months is None else (_deployment(body, lines, shelf),),
        flags=tuple(_short(line) for line in lines if line.shortfall_milli),
        unknown=tuple(_unknown(body)),
    )


def _deployment(body: ForceRequirement, lines: tuple[ForceLine, ...], shelf: Shelf) -> Clock:
    start = body.start
    return clock(
        "deployment",
        "R53",
        now=shelf.now,
        begun=None if start is None else start.lo or start.hi,
        months=body.deadline_months,
        soon_h=SOON_H,
        whose=tuple(sorted({p for line in lines for p in line.parties})),
        inferred=start is not None and start.anchor_basis == "inferred",
    )


def _short(line: ForceLine) -> Flag:
    about: dict[str, Value] = {
        "line": line.id,
        "need": line.line.need,
        "shortfall": units(line.shortfall_milli),
        "risk": _risk(line) or None,
    }
    return Flag("SHORTFALL", "R54", about, bad=True)


def _risk(line: ForceLine) -> str:
    body = line.requirement.body
    return body.risk_if_unfilled if isinstance(body, ForceRequirement) else ""


def _unknown(body: ForceRequirement) -> list[str]:
    found = ["total_strength"] if is_unknown(body.total_strength) else []
    if body.start is None or (body.start.lo is None and body.start.hi is None):
        found.append("start")
    return found


def is_unknown(amount: Quantity | None) -> bool:
    """Whether nobody stated the number."""
    return amount is None or amount.value is None


def units(milli: int | None) -> str | None:
    """Return a number of thousandths as it is written: ``600`` as ``0.6``; None stays unknown."""
    if milli is None:
        return None
    whole, part = divmod(milli, 1000)
    return f"{whole}.{part:03d}".rstrip("0").rstrip(".")


@aspect("pledge")
def pledge(held: Held, _: Shelf) -> Aspect:
    """Return what is said of a pledge: the caveats that it registers, and whether it counts at all."""
    body = held.body
    assert isinstance(body, Pledge)
    flags = []
    if body.caveats:
        types = tuple(dict.fromkeys(str(c.type) for c in body.caveats if c.type))
        flags.append(
            Flag(
                "CAVEAT_REGISTERED",
                "R53",
                {"count": len(body.caveats), "node": held.originator, "types": types},
            )
        )
    if not signed_by_party(held, body):
        flags.append(Flag("NOT_SIGNED_BY_PARTY", "R53", {"party": body.party}, bad=True))
    quantities = [o.quantity for o in body.offers]
    return Aspect(flags=tuple(flags), unknown=("quantity",) if None in quantities else ())


@aspect("delivery")
def delivery(held: Held, _: Shelf) -> Aspect:
    """Return what is said of a delivery: whole or in part, and how much."""
    body = held.body
    assert isinstance(body, Delivery)
    milli = delivered_milli(body)
    part = body.delivered_fraction is not None and body.delivered_fraction < 1000
    word = "partial" if part or body.shortfalls else "delivered"
    return Aspect(
        states=(State("self", word, "R54"),),
        facts=(Fact("delivered", units(milli), {"line": body.line}),),
        unknown=() if milli is not None else ("quantity",),
    )
