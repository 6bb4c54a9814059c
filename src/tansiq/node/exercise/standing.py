"""Checks on what the rules say: states, clocks, flags, facts, what is opened, demanded, told or unknown.

1. A judge reads what a node shows at ``/api/records/{id}/standing``, ``/api/clocks``, ``/api/alerts`` and on
   its boards; none works anything out by itself.
2. What a check speaks of by a name of its own (a mandate's, a position, a channel) is looked for among all
   that the node says of the record, and then of every record of the exercise that the node shows.
3. A check that speaks of what a clock will show is read until its hour has come.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

import msgspec

from tansiq.base.clock import moment
from tansiq.node.exercise.ground import (
    HELD,
    NOT_YET,
    Check,
    Found,
    Ground,
    Judge,
    answer_to,
    broken,
    listed,
    trace_of_check,
    until,
)
from tansiq.node.exercise.script import Inject

Said = Mapping[str, Any]
SAME_H: Final = 1.0
"""Countdowns are compared to the hour."""
OPEN_WORDS: Final = frozenset({"open", "intact", "ok"})
BY_FUSION: Final = frozenset({"circular_alarm", "contradiction"})
"""What is opened by comparing reports is no part of the system so far; where a board opens it, it is read."""


async def said_of(ground: Ground, party: str, record_id: str) -> Said | None:
    """Return what a node says of a record, None where it shows nothing."""
    answer = await ground.client(party).fetch(f"/api/records/{record_id}/standing")
    return answer.json() if answer.status_code == 200 else None


async def everything(ground: Ground, party: str, inject: Inject) -> AsyncIterator[tuple[str, Said]]:
    """Yield what a node says of the inject's record, then of every other record of the exercise (rule 2)."""
    others = [i.id for i in reversed(ground.script.injects) if i.id != inject.id]
    for each in (inject.id, *others):
        trace = ground.trace(each)
        if trace is not None and (said := await said_of(ground, party, trace.id)) is not None:
            yield each, said


async def states(ground: Ground, party: str, inject: Inject, of: str) -> list[str]:
    """Return the states a node shows of a part; the first is what stands nearest to the inject."""
    target = inject.id if of == "self" else of
    if ground.inject(target) is not None:
        trace = ground.trace(target)
        said = await said_of(ground, party, trace.id) if trace else None
        return [s["word"] for s in said["states"] if s["of"] == "self"] if said else []
    found: list[str] = []
    async for _, said in everything(ground, party, inject):
        found += [s["word"] for s in said["states"] if s["of"] == of]
    return found


async def state(ground: Ground, inject: Inject, check: Check) -> Found:
    """An object is in a state; ``position:*`` asks for each node's own."""
    of, equals = str(check.get("of", "self")), str(check["equals"])
    at = str(check.get("at", inject.node))
    if of == "audit_chain":
        word = str((await ground.client(at).get("/api/journal/chain"))["state"])
        return HELD if word == equals else broken(f"{of} is {word}")
    if not of.endswith(":*"):
        found: list[str] = []

        async def holds() -> bool:
            found[:] = await states(ground, at, inject, of)
            return bool(found) and _means(of, found[0], equals)

        return HELD if await until(holds) else broken(f"{of} is {listed(set(found)) or 'nothing'}")
    wrong: list[str] = []
    for party in check.get("nodes") or ():
        words = await states(ground, at, inject, of[:-1] + str(party))
        wrong += [] if words[:1] == [equals] else [f"{party} {words[:1]}"]
    return broken("; ".join(wrong)) if wrong else HELD


def _means(of: str, word: str, equals: str) -> bool:
    """Whether two words say one state; of a channel, ``intact`` and ``ok`` are other words for ``open``."""
    return word == equals or (of.startswith("channel:") and {word, equals} <= OPEN_WORDS)


async def clock(ground: Ground, inject: Inject, check: Check) -> Found:
    """A named countdown of the given length is running."""
    name, at = str(check["name"]), str(check.get("at", inject.node))
    seen: list[str] = []
    async for where, said in everything(ground, at, inject):
        for one in said["clocks"]:
            if one["name"] != name:
                continue
            seen.append(f"{where} {_length(one)} {one['state']}")
            if _is_long(one, check) and one["state"] not in ("waiting", "ended"):
                return HELD
    return broken(f"{name}: {'; '.join(seen[:4]) or 'no such clock'}")


def _is_long(one: Said, check: Check) -> bool:
    if "months" in check:
        return bool(one["months"] == int(check["months"]))
    return one["length_h"] is not None and abs(float(one["length_h"]) - float(check["hours"])) <= SAME_H


def _length(one: Said) -> str:
    return f"{one['months']} months" if one["months"] else f"{one['length_h']} h"


async def clock_event(ground: Ground, inject: Inject, check: Check) -> Found:
    """A named clock is late by hours, or lapses at an hour."""
    of, at = str(check["of"]), str(check.get("at", inject.node))
    seen: list[str] = []
    async for where, said in everything(ground, at, inject):
        for one in said["clocks"]:
            if of not in (one["name"], one["key"]) or one["due"] is None:
                continue
            due_h = _hour(ground, one["due"])
            seen.append(f"{where} {one['name']} due h{due_h:g} {one['state']}")
            if check["event"] == "lapses" and abs(due_h - float(check["at_h"])) <= SAME_H:
                return HELD
            late_h = (_hour(ground, one["done"]) if one["done"] else ground.hour) - due_h
            if check["event"] == "late" and abs(late_h - float(check["hours"])) <= SAME_H:
                return HELD
    return broken(f"{of}: {'; '.join(seen[:4]) or 'no such clock'}")


def _hour(ground: Ground, iso: str) -> float:
    start = ground.script.meta.start
    at = msgspec.convert(iso, type(moment(0)))
    return (at - start).total_seconds() / 3600


async def flag(ground: Ground, inject: Inject, check: Check) -> Found:
    """Coded badges are shown, or with ``present`` false are not, on the record or on what it rests on."""
    at = str(check.get("at") or check.get("node") or inject.node)
    asked = check["code"] if isinstance(check["code"], list) else [check["code"]]
    lacking: list[str] = []
    for code in map(str, asked):
        found = [f async for f in flags_of(ground, at, inject, code) if _matches(ground, f, check)]
        if bool(found) != bool(check.get("present", True)):
            lacking.append(code)
    return broken(f"{'; '.join(lacking)} at {at}") if lacking else HELD


async def flags_of(ground: Ground, party: str, inject: Inject, code: str) -> AsyncIterator[Said]:
    """Yield the flags of a code: of the record where a node shows it, else of what it is alerted to."""
    trace = ground.trace(inject.id)
    said = await said_of(ground, party, trace.id) if trace else None
    if said is not None:
        for one in said["flags"]:
            if one["code"] == code:
                yield one
    elif trace is not None:
        rows = (await ground.client(party).get("/api/alerts"))["rows"]
        for row in rows:
            if row["code"] == code:
                yield {"code": code, "about": row["fields"], "record": row["record"]}


def _matches(ground: Ground, one: Said, check: Check) -> bool:
    """Whether a flag says what the check says besides its code."""
    about = dict(one.get("about") or {})
    for name in ("types", "count", "rule", "name"):
        if name in check:
            asked, held = check[name], about.get(name)
            if isinstance(asked, list):
                if not set(map(str, asked)) <= set(map(str, held or ())):
                    return False
            elif str(asked) not in (str(held), *map(str, held if isinstance(held, list) else ())):
                return False
    of = check.get("of")
    trace = ground.trace(str(of)) if of else None
    return trace is None or one.get("record") == trace.id


async def opens(ground: Ground, inject: Inject, check: Check) -> Found:
    """The system opens an item of a type, for nodes, or between records."""
    what, parties = str(check["type"]), {str(p) for p in check.get("for_nodes") or ()}
    at = str(check.get("at", inject.node))
    trace = trace_of_check(ground, inject, {})
    said = await said_of(ground, at, trace.id) if trace else None
    found = [o for o in (said or {}).get("opens", ()) if o["what"] == what]
    if not found and what in BY_FUSION:
        return NOT_YET
    for_whom = {p for o in found for p in o["parties"]}
    if not found or not parties <= for_whom:
        return broken(f"{what} for {listed(for_whom) or 'nobody'}")
    between = {t.id for x in check.get("between") or () if (t := ground.trace(str(x))) is not None}
    if between and not any(between <= {*o["between"], trace.id if trace else ""} for o in found):
        return broken(f"{what} lies between other records")
    return HELD


async def unknown(ground: Ground, inject: Inject, check: Check) -> Found:
    """A field shows unknown, not zero or blank."""
    at, name = str(check.get("at", inject.node)), str(check["field"])
    trace = ground.trace(inject.id)
    if trace is None:
        return broken("it was not posted")
    shown = await ground.client(at).get(f"/api/records/{trace.id}")
    said = await said_of(ground, at, trace.id) or {}
    names = {*(shown["fields"].get("unknown") or ()), *said.get("unknown", ())}
    value = shown["fields"].get(name)
    held = value.get("value") if isinstance(value, dict) else value
    if held is not None:
        return broken(f"{name} shows {held}")
    said_so = name in names or isinstance(value, dict)  # a quantity without a value is shown as unknown
    return HELD if said_so else broken(f"{name} is blank, not unknown")


async def requires(ground: Ground, inject: Inject, check: Check) -> Found:
    """It cannot be signed without fields, or goes no wider without releases."""
    at = str(check.get("at", inject.node))
    if "releases" in check:
        trace = ground.trace(inject.id)
        said = await said_of(ground, at, trace.id) if trace else None
        have = set((said or {}).get("releases", ()))
        asked = {str(p) for p in check["releases"]}
        return HELD if have == asked else broken(f"releases of {listed(have) or 'nobody'}")
    wrong = [name for name in map(str, check["fields"]) if await ground.without(inject, name) is None]
    return broken(f"taken without {', '.join(wrong)}") if wrong else HELD


async def fact(ground: Ground, inject: Inject, check: Check) -> Found:
    """A named property holds of a record, as the rules work it out."""
    name, at = str(check["name"]), str(check.get("at", inject.node))
    if name == "linked":
        return await linked(ground, inject, check)
    of = str(check.get("of", "self"))
    trace = ground.trace(inject.id if of == "self" else of) or ground.trace(inject.id)
    if trace is None:
        return broken("it was not posted")
    seen: list[str] = []

    async def holds() -> bool:
        said = await said_of(ground, at, trace.id)
        found = [f for f in (said or {}).get("facts", ()) if f["name"] == name]
        seen[:] = [f"{f['value']} {f['about']}" for f in found]
        return any(_says(f, check) for f in found)

    return HELD if await until(holds) else broken(f"{name}: {'; '.join(seen) or 'nothing said'}")


_OUR_WORDS: Final = frozenset({"verb", "name", "at", "of", "equals", "after_h"})


def _says(one: Said, check: Check) -> bool:
    """Whether a fact says what the check says: its value by ``equals``, its parts by their names."""
    if "equals" in check and not _same(check["equals"], one["value"]):
        return False
    about = one["about"] | {"value": one["value"]}
    for name, asked in check.items():
        if name in _OUR_WORDS:
            continue
        held = about.get("name" if name == "of_name" else name, one["value"])
        if not _same(asked, held):
            return False
    return one["value"] is not False or check.get("equals") in (False, "no")


def _same(asked: object, held: object) -> bool:
    if isinstance(asked, list):
        return set(map(str, asked)) == set(map(str, held)) if isinstance(held, list) else False
    if isinstance(held, bool):
        return asked in (held, "yes" if held else "no")
    if isinstance(asked, float | int) and not isinstance(asked, bool):
        return isinstance(held, int | float | str) and _number(held) == float(asked)
    return str(asked) == str(held) or (isinstance(held, list) and str(asked) in map(str, held))


def _number(held: object) -> float | None:
    try:
        return float(str(held))
    except ValueError:
        return None


async def linked(ground: Ground, inject: Inject, check: Check) -> Found:
    """A record is tied to others of a class (``to``: ``strategy:…``, a chain of meetings, statements)."""
    at, trace = str(check.get("at", inject.node)), ground.trace(inject.id)
    said = await said_of(ground, at, trace.id) if trace else None
    found = [f for f in (said or {}).get("facts", ()) if f["name"] == "linked" and f["value"]]
    return HELD if found else broken("it is tied to nothing")


async def forbidden_link(ground: Ground, inject: Inject, check: Check) -> Found:
    """No record of a listing kind may point to a victim's, nor the other way."""
    kind, trace = str(check["to_kind"]).rpartition(".")[2], ground.trace(inject.id)
    listing = {"notice": "judicial-notice"}.get(kind, kind)
    if trace is None:
        return broken("it was not posted")
    tried = {"title": inject.title, "label": {"audience": [inject.node]}, "kind": inject.kind,
             "refs": [{"role": kind, "to": trace.id}]}  # fmt: skip
    codes = [await answer_to(ground.client(inject.node), "/api/records", tried)]
    # a listing is tried with all that one of the script says, so that nothing but the link can stop it
    whole = next((i for i in ground.script.injects if i.kind == listing), None)
    if whole is not None:
        codes.append(await ground.pointing(whole, inject.node, trace.id))
    return HELD if set(codes) == {"forbidden_link"} else broken(f"answered {codes}")


async def refused_wider(ground: Ground, inject: Inject, check: Check) -> Found:
    """What is held at its own node is refused for the reason as soon as anyone else is to have it."""
    others = [p for p in ground.script.meta.parties if p != inject.node]
    found = await ground.weighed(inject, others)
    named = {m for one in found if one["code"] == check["reason"] and one["refuses"] for m in one["missing"]}
    code = await ground.again(inject, others)
    if code != check["reason"]:
        return broken(f"answered {code}")
    lacking = {str(m) for m in check.get("matters") or ()} - named
    return broken(f"it does not name {listed(lacking)}") if lacking else HELD


JUDGES: Final[dict[str, Judge]] = {
    "state": state,
    "clock": clock,
    "clock_event": clock_event,
    "flag": flag,
    "opens": opens,
    "unknown": unknown,
    "requires": requires,
}
"""The judges of what the rules say of a record, by verb."""
