"""Checks on boards and audiences: need-to-know lists, tables, counters, embargoes, and who was told.

A judge reads a node's boards and alerts as its officers do, and compares; it counts nothing itself.
"""

from __future__ import annotations

from typing import Any, Final

from tansiq.node.exercise.ground import (
    HELD,
    Check,
    Found,
    Ground,
    Judge,
    broken,
    listed,
    nodes_of,
    trace_of_check,
    until,
)
from tansiq.node.exercise.script import Inject
from tansiq.node.exercise.standing import Said, everything, fact, said_of


async def roster(ground: Ground, inject: Inject, check: Check) -> Found:
    """The exact need-to-know list of a case."""
    at = str(check.get("at", inject.node))
    asked = {str(p) for p in check["nodes"]}
    async for _, said in everything(ground, at, inject):
        for one in said["facts"]:
            if one["name"] == "roster" and one["about"].get("case") == check["case"]:
                held = set(one["value"])
                return HELD if held == asked else broken(f"the list is {listed(held)}")
    return broken("no such list")


async def embargo(ground: Ground, inject: Inject, check: Check) -> Found:
    """Readers other than those informed first wait until a condition."""
    at, trace = str(check.get("at", inject.node)), ground.trace(inject.id)
    said = await said_of(ground, at, trace.id) if trace else None
    held = (said or {}).get("embargo") or "none"
    return HELD if held == check["until"] else broken(f"the embargo is {held}")


async def response_time(ground: Ground, inject: Inject, check: Check) -> Found:
    """The measured time of an answer."""
    asked = {"name": "response_time", "equals": check["hours"]}
    where = {"of": check.get("of", "self"), "at": check.get("at", inject.node)}
    return await fact(ground, inject, asked | where)


async def audience_superset(ground: Ground, inject: Inject, check: Check) -> Found:
    """The entitled audience of a record contains that of another."""
    return await _audiences(ground, inject, check, wider=True)


async def label_subset(ground: Ground, inject: Inject, check: Check) -> Found:
    """The audience of a record is contained in that of each listed one."""
    return await _audiences(ground, inject, check, wider=False)


async def _audiences(ground: Ground, inject: Inject, check: Check, *, wider: bool) -> Found:
    at, own = str(check.get("at", inject.node)), ground.trace(inject.id)
    if own is None:
        return broken("it was not posted")
    mine = await _audience(ground, at, own.id)
    of = check["of"] if isinstance(check["of"], list) else [check["of"]]
    wrong = []
    for each in map(str, of):
        trace = ground.trace(each)
        theirs = await _audience(ground, at, trace.id) if trace else None
        if (
            mine is None
            or theirs is None
            or not (theirs <= mine if wider else mine <= theirs or "*" in theirs)
        ):
            wrong.append(each)
    return broken(", ".join(wrong)) if wrong else HELD


async def _audience(ground: Ground, party: str, record_id: str) -> set[str] | None:
    answer = await ground.client(party).fetch(f"/api/records/{record_id}")
    return set(answer.json()["label"]["audience"]) if answer.status_code == 200 else None


async def fill(ground: Ground, inject: Inject, check: Check) -> Found:
    """The value of the force table for a line and stage."""
    rows = (await ground.client(str(check.get("at", inject.node))).get("/api/boards/forces"))["rows"]
    found = [r["stages"].get(str(check["stage"])) for r in rows if r["line"] == check["line"]]
    asked = float(check["value"])
    held = any(v is not None and abs(float(v) - asked) < 0.005 for v in found)
    return HELD if held else broken(f"{check['line']} {check['stage']} is {found}")


async def lot(ground: Ground, inject: Inject, check: Check) -> Found:
    """The counters of an arms lot; figures that stand side by side are told apart by ``|``."""
    rows = (await ground.client(str(check.get("at", inject.node))).get("/api/boards/arms"))["rows"]
    row = next((r for r in rows if r["lot"] == check["id"]), None)
    if row is None:
        return broken("no such lot")
    asked = [float(x) for x in str(check["announced"]).split("|")]
    held = [float(x) for x in row["announced"]]
    good = held == asked and row["recovered"] == int(check["recovered"])
    return HELD if good else broken(f"announced {held}, recovered {row['recovered']}")


async def origins(ground: Ground, inject: Inject, check: Check) -> Found:
    """The number of independent origins behind a claim."""
    node = ground.client(str(check.get("at", inject.node)))
    rows = (await node.get("/api/boards/origins", claim=str(check["claim"])))["rows"]
    held = rows[0]["origins"] if rows else 0
    return HELD if held == int(check["equals"]) else broken(f"{held} origins")


async def copies(ground: Ground, inject: Inject, check: Check) -> Found:
    """How many copies are folded under a record."""
    held = await _fact_of(ground, inject, check, "copies") or 0
    return HELD if held == int(check["equals"]) else broken(f"{held} copies")


async def best_allowed(ground: Ground, inject: Inject, check: Check) -> Found:
    """The best credibility that a record can bear."""
    held = await _fact_of(ground, inject, check, "best_credibility")
    return HELD if str(held) == str(check["best_allowed"]) else broken(f"{held} at best")


async def _fact_of(ground: Ground, inject: Inject, check: Check, name: str) -> Any:
    trace = trace_of_check(ground, inject, check)
    at = str(check.get("at", inject.node))
    said = await said_of(ground, at, trace.id) if trace is not None else None
    return next((f["value"] for f in (said or {}).get("facts", ()) if f["name"] == name), None)


async def told(ground: Ground, inject: Inject, check: Check) -> Found:
    """Nodes get an alert, a task, a warning to acknowledge, or a bare fact, with the fields asked for."""
    how, trace = str(check["how"]).replace("_", "-"), ground.trace(inject.id)
    lacking = set(nodes_of(inject, check))
    fields = set(map(str, check.get("fields") or ()))

    async def all_told() -> bool:
        for party in tuple(lacking):
            rows = (await ground.client(party).get("/api/alerts"))["rows"]
            if any(r["how"] == how and fields <= set(r["fields"]) for r in rows if _concerns(r, trace, how)):
                lacking.discard(party)
        return not lacking

    return HELD if await until(all_told) else broken(f"not told: {listed(lacking)}")


def _concerns(row: Said, trace: Any, how: str) -> bool:
    return how in ("fact-notice", "case-existence") or (trace is not None and row["record"] == trace.id)


JUDGES: Final[dict[str, Judge]] = {
    "roster": roster,
    "embargo": embargo,
    "response_time": response_time,
    "audience_superset": audience_superset,
    "label_subset": label_subset,
    "fill": fill,
    "lot": lot,
    "origins": origins,
    "copies": copies,
}
"""The judges of boards and audiences, by verb."""
