"""The JSON interface of rules and boards: what is said of a record, what speaks against a draft, clocks."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.boards import Aspect, Clock, Held, ticking
from tansiq.boards.clocks import OPEN_STATES
from tansiq.store.verify import journal_stands
from tansiq.web.answers import Absent
from tansiq.web.api_write import RecordAsked, draft_asked
from tansiq.web.aspect_view import aspect_at, shelf_at
from tansiq.web.http import json_of
from tansiq.web.reply import Reply, json_reply
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.submit import weighed


def standing(visit: Visit) -> Reply:
    """What the rules say of one record at this moment: states, clocks, flags, facts, what it opens."""
    with visit.reading() as (rx, view):
        found = aspect_at(visit, rx, view, RecordId(visit.path["id"]))
    if found is None:
        raise Absent("nothing for this reader")
    return json_reply(told_aspect(found))


def told_aspect(found: Aspect) -> dict[str, Any]:
    """Return an aspect as programs read it."""
    told: dict[str, Any] = msgspec.to_builtins(found)
    return told


def check(visit: Visit) -> Reply | Refusal:
    """What speaks against a draft: every objection with its clause; nothing is signed."""
    draft = draft_asked(visit, json_of(visit.raw, RecordAsked), None)
    if isinstance(draft, Refusal):
        return draft
    return json_reply({"objections": [msgspec.to_builtins(one) for one in weighed(visit.desk, draft)]})


def clocks(visit: Visit) -> Reply:
    """Every clock that the reader may see, the most urgent first; ``all=1`` with those that are over."""
    every = visit.ask("all") == "1"
    with visit.reading() as (rx, view):
        found = [
            (held, clock)
            for held, said in ticking(shelf_at(visit, rx, view))
            for clock in said.clocks
            if every or clock.state in OPEN_STATES
        ]
    found.sort(key=lambda pair: (pair[1].due is None, pair[1].due or visit.now))
    return json_reply({"rows": [_clock(held, clock) for held, clock in found]})


def alerts(visit: Visit) -> Reply:
    """What officers of this party must notice now: alerts, tasks, warnings to acknowledge, bare facts."""
    with visit.reading() as (rx, view):
        rows = [
            {"record": held.id, "kind": held.kind, "originator": held.originator, "how": one.how,
             "code": one.code, "clause": one.clause, "urgency": one.urgency, "fields": one.fields}
            for held, said in ticking(shelf_at(visit, rx, view))
            for one in said.raises
            if not one.settled and (not one.parties or visit.wiring.party in one.parties)
        ]  # fmt: skip
    return json_reply({"rows": rows})


def journal_chain(visit: Visit) -> Reply:
    """Whether every entry of the journal still follows from the one before; it says nothing of any entry."""
    with visit.wiring.store.read() as rx:
        return json_reply({"state": "intact" if journal_stands(rx) else "broken"})


def _clock(held: Held, clock: Clock) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(clock)
    return {"record": held.id, "kind": held.kind} | told


ACTS: Final[dict[str, Act]] = {
    "api-standing": standing,
    "api-check": check,
    "api-clocks": clocks,
    "api-alerts": alerts,
    "api-journal-chain": journal_chain,
}
