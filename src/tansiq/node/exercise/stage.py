"""The federation an exercise plays on: founded from the script's own parties, circles and handling codes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from tansiq.model.label import Party
from tansiq.node.exercise.script import PUBLIC, Meta, Script
from tansiq.node.federation import Federation, open_federation
from tansiq.node.founding import CirclePlan, CompartmentPlan, PartyPlan, Plan, party_type, shipped_plan

_DAYS: Final = {"Mon": 1, "Tue": 2, "Wed": 3, "Thu": 4, "Fri": 5, "Sat": 6, "Sun": 7}


@asynccontextmanager
async def staged(script: Script, folder: Path, tell: Callable[[str], None]) -> AsyncIterator[Federation]:
    """Give a running federation for a script, its clocks set by hand; it stops at the end."""
    federation = open_federation(
        folder, plan_of(script), name=script.meta.name, start=script.meta.start, clock="set", tell=tell
    )
    try:
        await federation.start()
        yield federation
    finally:
        await federation.stop()


def plan_of(script: Script) -> Plan:
    """Return the federation a script asks for; names of known parties come from the shipped plan.

    A compartment is hidden where the script ever uses it beside a handling code that is the charter's
    (``EXISTENCE-HIDDEN``).
    """
    meta = script.meta
    hidden = _hidden(script)
    known = {p.code: p for p in shipped_plan().parties}
    parties = tuple(_party(code, meta, known) for code in meta.parties)
    circles = tuple(
        CirclePlan(code=code, members=tuple(Party(m) for m in members if m in meta.parties))
        for code, members in meta.circles.items()
        if PUBLIC not in members and code != "ALL"
    )
    return Plan(
        parties=parties,
        circles=circles,
        compartments=tuple(CompartmentPlan(code=c, hidden=c in hidden) for c in _codes(meta, "compartment")),
        purposes=tuple(sorted(_codes(meta, "use"))),
    )


def _hidden(script: Script) -> frozenset[str]:
    by_charter = set(_codes(script.meta, "charter"))
    beside = (i.label.handling for i in script.injects if by_charter & set(i.label.handling))
    return frozenset(code for handling in beside for code in handling)


def _codes(meta: Meta, as_: str) -> list[str]:
    return [code for code, what in meta.handling_codes.items() if what.as_ == as_]


def _party(code: str, meta: Meta, known: dict[Party, PartyPlan]) -> PartyPlan:
    spec = meta.nodes[code]
    names = known[Party(code)].names if Party(code) in known else {}
    weekend = tuple(sorted(_DAYS[day] for day in spec.weekend if day in _DAYS)) or (6, 7)
    return PartyPlan(
        code=Party(code),
        type=party_type(spec.role),
        names=names,
        langs=spec.lang or ("ar",),
        timezone=spec.tz,
        weekend=weekend,
        observer=spec.role == "partner",
    )
