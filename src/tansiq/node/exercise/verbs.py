"""What the checks of an exercise ask: one judge a verb, from the file's own words; none knows an inject.

1. A judge answers from what nodes show over API and pages, never from what the runner posted.
2. A check is read where it says (``at``, ``node``, ``nodes``; else the author), when its inject has been
   posted and has arrived; what must stay so is read again at every later moment.
3. What a party is entitled to see by the file is no leak: ``search_hidden`` leaves it out.
4. ``not_yet``: what the check asks about is no part of the system so far.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from tansiq.language.folding import key
from tansiq.node.client import NodeClient
from tansiq.node.exercise import standing, standing_tables
from tansiq.node.exercise.ground import (
    HELD,
    NOT_YET,
    Check,
    Found,
    Ground,
    Judge,
    answer_to,
    broken,
    is_status,
    listed,
    nodes_of,
    shows,
    trace_of_check,
    until,
)
from tansiq.node.exercise.probe import PURPOSE, Trace, glimpsed, leaks
from tansiq.node.exercise.script import PUBLIC, Inject


async def arrival(ground: Ground, inject: Inject, check: Check) -> Found:
    """The record reaches a node not before an hour, or never."""
    party, trace = str(check["node"]), ground.trace(inject.id)
    if trace is None:
        return broken("it was not posted")
    there = await shows(ground.client(party), trace.id)
    if check.get("never"):
        return broken(f"{party} shows it at h{ground.hour:g}") if there else Found("held", later=True)
    due = float(check.get("not_before_h", inject.t_offset_hours))
    if ground.hour < due:
        return broken(f"{party} shows it at h{ground.hour:g}") if there else Found("not_yet", later=True)
    there = there or await until(lambda: shows(ground.client(party), trace.id))
    return HELD if there else broken(f"{party} does not show it at h{ground.hour:g}")


async def hidden_item(ground: Ground, inject: Inject, check: Check) -> Found:
    """The named record is invisible to these nodes: no row, title, count, search hit.

    It is looked for everywhere when the check is posted and at the end; at the hours between, shortly.
    """
    trace = trace_of_check(ground, inject, check)
    if trace is None:
        return broken("it was not posted")
    looks = (_look(ground, inject, trace, party) for party in nodes_of(inject, check))
    found = [leak for each in await asyncio.gather(*looks) for leak in each]
    return broken("; ".join(found)) if found else Found("held", later=True)


async def _look(ground: Ground, inject: Inject, trace: Trace, party: str) -> list[str]:
    """Return how a node tells of a record that is hidden from it."""
    node, told = ground.client(party), _toldtrace_of_check(ground, trace.id, party)
    whole = ground.hour == inject.t_offset_hours or ground.hour >= ground.expect.moments()[-1]
    if whole or told:
        return [f"{party}: {leak}" async for leak in leaks(node, trace, told=told)]
    leak = await glimpsed(node, trace)
    return [f"{party}: {leak}"] if leak else []


def _toldtrace_of_check(ground: Ground, record_id: str, party: str) -> bool:
    """Whether the file entitles a party to a recall of the record: that it was, is then no secret."""
    return any(
        ground.expect.recalls(each) == other.id and party in each.visible_to
        for each in ground.script.injects
        for other in ground.script.injects
        if (trace := ground.trace(other.id)) is not None and trace.id == record_id
    )


async def search_hidden(ground: Ground, inject: Inject, check: Check) -> Found:
    """A search for a term by these nodes returns nothing that they are not entitled to (rule 3)."""

    async def beyond(party: str) -> list[str]:
        entitled = {
            trace.id
            for each in ground.script.injects
            if (trace := ground.trace(each.id))
            and party in (*each.visible_to, each.node)
            and not ground.expect.lapsed(each, party, ground.hour)
        }
        asked = {"q": check["term"], "purpose": PURPOSE, "limit": 100}
        rows = (await ground.client(party).get("/api/search", **asked))["rows"]
        return [f"{party}: {row['id']}" for row in rows if row["id"] not in entitled]

    found = [row for each in await asyncio.gather(*map(beyond, nodes_of(inject, check))) for row in each]
    return broken("; ".join(found)) if found else Found("held", later=True)


async def not_in_text(ground: Ground, inject: Inject, check: Check) -> Found:
    """Terms stand neither in title nor in text, as the node shows the record."""
    trace = trace_of_check(ground, inject, check)
    if trace is None:
        return broken("it was not posted")
    party = str(check.get("at", inject.node))
    fields = (await ground.client(party).get(f"/api/records/{trace.id}"))["fields"]
    said = key(f"{fields.get('title', '')}\n{fields.get('text', '')}")
    there = [term for term in check["terms"] if key(str(term)) in said]
    return broken(", ".join(there)) if there else HELD


async def purged(ground: Ground, inject: Inject, check: Check) -> Found:
    """Content, index and previews are gone at nodes, and each has sent its signed declaration."""
    target, trace = ground.inject(str(check["of"])), ground.trace(str(check["of"]))
    if target is None or trace is None:
        return broken("it was not posted")
    parties = [p for p in nodes_of(inject, check) if ground.expect.linked(p, ground.hour)]
    found: list[str] = []
    for party in parties:
        gone = await until(lambda p=party: is_status(ground.client(p), trace.id, 404))  # type: ignore[misc]
        found += [] if gone else [f"{party} still shows it"]
        if gone:
            leaking = leaks(ground.client(party), trace, told=True)
            found += [f"{party}: {leak}" async for leak in leaking]
    home = ground.client(target.node)
    lacking = set(parties)

    async def declared() -> bool:
        rows = (await home.get(f"/api/records/{trace.id}/receipts"))["rows"]
        lacking.difference_update(row["party"] for row in rows if row["state"] == "purged")
        return not lacking

    if not await until(declared):
        found += [f"{party} has declared nothing" for party in sorted(lacking)]
    return broken("; ".join(found)) if found else HELD


async def receipt(ground: Ground, inject: Inject, check: Check) -> Found:
    """The receipt state of a record per node: listed at all, opened or still pending."""
    of = str(check.get("of", "self"))
    target, trace = (inject if of == "self" else ground.inject(of)), trace_of_check(ground, inject, check)
    if target is None or trace is None:
        return broken("it was not posted")
    asked = str(check.get("node", "*"))
    parties = set(target.visible_to) - {target.node, PUBLIC} if asked == "*" else {asked}
    rows = (await ground.client(target.node).get(f"/api/records/{trace.id}/holders"))["rows"]
    states = {p: {row["state"] for row in rows if row["party"] == p} for p in parties}
    if missing := sorted(p for p, found in states.items() if not found):
        return broken(f"not listed: {', '.join(missing)}")
    if str(check.get("equals", "listed")) == "opened_or_pending":
        wrong = sorted(p for p, found in states.items() if found <= {"refused", "purged"})
        return broken(f"neither opened nor pending: {', '.join(wrong)}") if wrong else HELD
    return HELD


async def gap(ground: Ground, inject: Inject, check: Check) -> Found:
    """The list of what is missing names a record and why, and nothing that it said."""
    trace, reason = ground.trace(str(check["of"])), str(check.get("reason", ""))
    if trace is None:
        return broken("it was not posted")
    node = ground.client(str(check.get("at", inject.node)))
    if reason != "recalled":
        return NOT_YET
    rows = (await node.get("/api/withdrawals"))["rows"]
    if all(row["record"] != trace.id for row in rows):
        return broken("no list names it")
    page = (await node.fetch("/exchange/withdrawals")).text
    if trace.snippet in page or (trace.title and trace.title in page):
        return broken("the list tells what it said")
    return HELD


async def refused(ground: Ground, inject: Inject, check: Check) -> Found:
    """An attempt is refused with this reason, and noted at the node."""
    match str(check.get("reason", "")):
        case "replay":
            return await _presented(ground, inject, check, "replay")
        case "bad signature":
            return await _presented(ground, inject, check, "forged")
        case "widening":
            said = await ground.again(inject, [str(p) for p in check.get("add", ())])
            return HELD if said in ("record.widens", "record.nothing-common") else broken(f"answered {said}")
        case "no_permission":
            return await _no_permission(ground, inject, check)
        case "forbidden_link":
            return await standing.forbidden_link(ground, inject, check)
        case "mandate_scope" | "domestic_politics":
            return await standing.refused_wider(ground, inject, check)
        case _:
            return NOT_YET


async def _presented(ground: Ground, inject: Inject, check: Check, what: str) -> Found:
    party = str(check.get("at", inject.node))
    found = [taken for was, taken in ground.presented.get(inject.id, []) if was == what]
    if not found:
        return broken("nothing of the kind was presented")
    if what == "replay":
        rows = (await ground.client(party).get("/api/parcels"))["rows"]
        noted = any(row["way"] == "in" and not row["frames"] and row["known"] for row in rows)
        good = all(taken.replayed for taken in found)
        return HELD if good and noted else broken("it changed something" if not good else "it is not noted")
    codes = {code for taken in found for code in taken.refused}
    if not all(taken.refused and not taken.records for taken in found):
        return broken("it was taken in")
    named = {row["code"] for row in (await ground.client(party).get("/api/quarantine"))["rows"]}
    bad = {c for c in codes if c.endswith((".bad-signature", ".unknown-signer", ".not-originator"))}
    return HELD if bad and bad <= named else broken(f"refused as {', '.join(sorted(codes))}")


async def _no_permission(ground: Ground, inject: Inject, check: Check) -> Found:
    """Whether a reader can write on, take back or widen another's record."""
    trace, party = ground.trace(inject.id), str(check["node"])
    if trace is None:
        return broken("it was not posted")
    label = {"level": "restricted", "audience": [party]}
    said = {"title": inject.title, "label": label}
    acts: tuple[tuple[str, dict[str, Any]], ...] = (
        (f"/api/records/{trace.id}/versions", said),
        ("/api/records", said | {"kind": "recall", "fields": {"record": trace.id, "reason": "x"}}),
        ("/api/records", said | {"kind": "grant", "fields": {"record": trace.id, "to": [party]}}),
    )
    for path, payload in acts:
        if (code := await answer_to(ground.client(party), path, payload)) is None:
            return broken(f"{path} was allowed")
        if code not in ("web.absent", "record.not-own", "role"):
            return broken(f"{path} answered {code}")
    return HELD


async def notified(ground: Ground, inject: Inject, check: Check) -> Found:
    """Nodes get an alert: an alarm about what was presented, or an urgent record."""
    if check.get("how") != "alert" or not ground.presented.get(inject.id):
        return await standing_tables.told(ground, inject, check)
    lacking: set[str] = set(nodes_of(inject, check))
    at_node = inject.node

    async def told() -> bool:
        for party in tuple(lacking):
            rows = (await ground.client(party).get("/api/quarantine"))["rows"]
            if any(_alerts(row) for row in rows):
                lacking.discard(party)
        return not lacking

    cut = {p for p in lacking if not _reachable(ground, at_node, p)}
    if cut:
        lacking -= cut
        held = await until(told) if lacking else True
        return Found("not_yet", "no link", later=True) if held else broken(f"not told: {listed(lacking)}")
    return HELD if await until(told) else broken(f"not told: {listed(lacking)}")


def _alerts(row: Mapping[str, Any]) -> bool:
    """Whether a row among a node's alarms says that a name was used by another."""
    return bool(row["code"] == "name.misused")


def _reachable(ground: Ground, a: str, b: str) -> bool:
    return ground.expect.linked(a, ground.hour) and ground.expect.linked(b, ground.hour)


async def state_equal(ground: Ground, _: Inject, check: Check) -> Found:
    """The node shows what one that was always linked would: of all that it is entitled to, the same bytes.

    Without its link, what left with the last courier counts; with the link back, everything.
    """
    party = str(check["node"])
    horizon = _horizon(ground, party)
    wrong: list[str] = []
    for each in ground.script.injects:
        trace = ground.trace(each.id)
        if trace is None or (each.t_offset_hours > horizon and each.node != party):
            continue
        entitled = ground.expect.judged(each, party) and not ground.expect.lapsed(each, party, ground.hour)
        if entitled and not await until(lambda t=trace: shows(ground.client(party), t.id)):  # type: ignore[misc]
            wrong.append(f"{each.id} is lacking")
        elif entitled and await _differs(ground, each, trace, party):
            wrong.append(f"{each.id} differs")
        elif not entitled and await shows(ground.client(party), trace.id):
            wrong.append(f"{each.id} is there")
    if wrong:
        return broken("; ".join(wrong))
    return HELD if horizon >= ground.hour else Found("held", later=True)


def _horizon(ground: Ground, party: str) -> float:
    if ground.expect.linked(party, ground.hour):
        return ground.hour
    runs = [
        e.courier.leaves_h
        for e in ground.script.meta.link_events
        if e.node == party and e.courier is not None and e.courier.arrives_h <= ground.hour
    ]
    cuts = [e.from_h for e in ground.script.meta.link_events if e.node == party and e.from_h <= ground.hour]
    return max(runs, default=max(cuts, default=ground.hour))


_SAME: Final = ("version", "digest", "fields", "kind", "originator")


async def _differs(ground: Ground, inject: Inject, trace: Trace, party: str) -> bool:
    """Whether a record says something else at a party than at its author's node."""
    there = await ground.client(party).get(f"/api/records/{trace.id}")
    home = await ground.client(inject.node).get(f"/api/records/{trace.id}")
    return any(there.get(name) != home.get(name) for name in _SAME)


async def property_(ground: Ground, inject: Inject, check: Check) -> Found:
    """A named property holds: ``duplicates`` = records that a node lists twice; others as rules say."""
    if check.get("name") != "duplicates":
        return await standing.fact(ground, inject, check)
    if ground.hour < float(check.get("after_h", 0)):
        return Found("not_yet", later=True)
    counts = {}
    for party in {str(check.get("at", inject.node)), inject.node}:
        rows = await listed_at(ground.client(party))
        marks = [(r["originator"], r["title"], r["created"], r["kind"]) for r in rows]
        counts[party] = len(rows) - len({r["id"] for r in rows}) + len(marks) - len(set(marks))
    wrong = {p: n for p, n in counts.items() if n != int(check.get("equals", 0))}
    return broken(", ".join(f"{p} lists {n} twice" for p, n in wrong.items())) if wrong else HELD


async def listed_at(node: NodeClient) -> list[dict[str, Any]]:
    """Return every record that a node lists."""
    rows: list[dict[str, Any]] = []
    after: str | None = ""
    while after is not None:
        page = await node.get("/api/records", limit=200, **({"after": after} if after else {}))
        rows += page["rows"]
        after = page["next"]
    return rows


async def grade(ground: Ground, inject: Inject, check: Check) -> Found:
    """The grade that a record bears where it was graded, or the best that the system allows it."""
    trace = trace_of_check(ground, inject, check)
    if trace is None:
        return NOT_YET
    if "best_allowed" in check:
        return await standing_tables.best_allowed(ground, inject, check)
    held = (await ground.client(str(check.get("at", inject.node))).get(f"/api/records/{trace.id}"))["grade"]
    return HELD if held == check["equals"] else broken(f"it is {held}")


JUDGES: Final[dict[str, Judge]] = (
    standing.JUDGES
    | standing_tables.JUDGES
    | {
        "grade": grade,
        "arrival": arrival,
        "hidden_item": hidden_item,
        "search_hidden": search_hidden,
        "not_in_text": not_in_text,
        "purged": purged,
        "receipt": receipt,
        "gap": gap,
        "refused": refused,
        "notified": notified,
        "state_equal": state_equal,
        "property": property_,
    }
)
"""A judge for each verb that is evaluated."""
