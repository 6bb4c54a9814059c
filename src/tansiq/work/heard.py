"""Heard: what this node may say of when it last heard another party's node.

Source: REQUIREMENTS R47; DOCTRINE 3.5.
1. It says what the exchange knows: when something signed by that party last came, whatever it was and by
   whichever way. Nobody types it: a record that says otherwise is refused.
2. It is said in whole hours, so that no outage is longer than it was: when a party was last heard may tell of
   what came, and nobody else needs to know the minute.
3. Silence shorter than the charter's heartbeat is none.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Literal

from tansiq.base.clock import moment
from tansiq.base.refusal import Refusal
from tansiq.model.kind import Body
from tansiq.model.kinds.node_health import NodeHealth
from tansiq.model.label import Party
from tansiq.store.store import ReadTx
from tansiq.work.desk import Desk

Word = Literal["down", "up"]
_HOUR: Final = timedelta(hours=1)


def unheard_refusal(rx: ReadTx, desk: Desk, body: Body) -> Refusal | None:
    """Return why this node may not say so of another's node, or None; of other records None (rules 1, 3)."""
    if not isinstance(body, NodeHealth) or body.node_of in (None, desk.party):
        return None
    party, heard = Party(str(body.node_of)), heard_at(rx, Party(str(body.node_of)))
    if heard is None:
        return Refusal("outage.never-heard", frozenset({party}))
    silent = desk.now - heard > timedelta(hours=desk.charter.rules.heartbeat_h)
    right = in_hours(heard, "up" if body.link == "up" else "down")
    if body.last_heard != right or silent == (body.link == "up"):
        return Refusal("outage.heard", frozenset({party}))
    return None


def heard_at(rx: ReadTx, party: Party) -> datetime | None:
    """Return when something signed by a party last came; None = never."""
    seen_ms = next((row.seen_ms for row in rx.peers() if row.party == party), None)
    return None if seen_ms is None else moment(seen_ms)


def in_hours(heard: datetime, word: Word) -> datetime:
    """Return the whole hour (rule 2): an outage begins after it was heard, and ends before it was again."""
    whole_hour = heard.replace(minute=0, second=0, microsecond=0)
    return whole_hour if word == "up" or whole_hour == heard else whole_hour + _HOUR
