"""Unheard: this node's word that it hears nothing of another party's node, or hears it again.

Source: REQUIREMENTS R47; DOCTRINE 3.5.
1. What is said is what the exchange knows: when something signed by that party last came.
2. An outage is noted once, and its end once. What makes it true is ``work.heard``.
"""

from __future__ import annotations

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.boards.shelf import bodies
from tansiq.model.kinds.node_health import NodeHealth
from tansiq.model.label import Party, label
from tansiq.model.record import REQUEST
from tansiq.store.store import ReadTx, WriteTx
from tansiq.work.desk import Desk, whole
from tansiq.work.heard import Word, heard_at, in_hours
from tansiq.work.objecting import shelf_of
from tansiq.work.submit import Draft, submit_within


def note_unheard(desk: Desk, party: Party, word: Word, title: str) -> RecordId | Refusal:
    """Sign that a party's node is not heard, or is heard again, for members and organs of the charter.

    Refusals: ``outage.heard``, ``outage.never-heard``, ``outage.noted``, ``outage.not-noted``, those of
    submit.
    """

    def act(tx: WriteTx) -> RecordId | Refusal:
        open_ = _open(tx, desk, party)
        if (open_ is not None) == (word == "down"):
            return Refusal("outage.noted" if word == "down" else "outage.not-noted", frozenset({party}))
        heard = heard_at(tx, party)
        if heard is None:
            return Refusal("outage.never-heard", frozenset({party}))
        body = NodeHealth(title=title, link=word, node_of=party, last_heard=in_hours(heard, word))
        draft = Draft(kind="node-health/1", body=body, label=label(_told(desk)), priority=REQUEST)
        return submit_within(tx, desk, draft)

    return whole(desk.store, act)


def is_noted(rx: ReadTx, desk: Desk, party: Party) -> bool:
    """Whether this party has said that it hears nothing of another, and not yet that it does again."""
    return _open(rx, desk, party) is not None


def _open(rx: ReadTx, desk: Desk, party: Party) -> RecordId | None:
    found: RecordId | None = None
    for held, body in bodies(shelf_of(rx, desk), NodeHealth):
        if held.originator == desk.party and body.node_of == party:
            found = held.id if body.link == "down" else None
    return found


def _told(desk: Desk) -> tuple[str, ...]:
    active = desk.charter.active_parties(now=desk.now)
    kinds = ("member", "organ")
    return tuple(p.code for p in desk.charter.parties if p.type in kinds and p.code in active)
