"""An orderly exit: who leaves deletes what others gave it, if it will, and tells each what it holds.

1. The declaration is a signed note to each originator, of its own records alone: by id, deleted or held.
2. It is sent while the party still takes part; afterwards nothing of it is taken.
3. It is a signed word. The originator sets it beside its own list of who holds what, and sees what it
   leaves out.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import msgspec

from tansiq.base.ids import raw_of
from tansiq.base.refusal import Refusal
from tansiq.model.label import Party
from tansiq.seal import Farewell
from tansiq.store.epochs import FarewellRow
from tansiq.store.store import ReadTx, WriteTx
from tansiq.work.desk import Desk, whole
from tansiq.work.purge import bury, forget_copies_of
from tansiq.work.who_holds import at_party

LIMIT = 20_000
_FAREWELLS = msgspec.msgpack.Decoder(Farewell)
_HOLDING = frozenset({"sent", "stored", "opened", "outstanding"})


@dataclass(frozen=True, slots=True)
class Told:
    """A farewell as its receiver reads it; ``left_out`` = records of ours it does not speak of."""

    party: Party
    at_ms: int
    deleted: int
    held: int
    left_out: int
    reason: str


def declare(desk: Desk, *, delete: bool, reason: str) -> tuple[Party, ...] | Refusal:
    """Declare to every active party what is held of its records; return to whom. Refusal: ``role``.

    With ``delete`` everything of others is deleted first; ``reason`` says why the rest is held.
    """
    if (no := desk.lacks("charter")) is not None:
        return no
    others = [p for p in desk.charter.active_parties(now=desk.now) if p != desk.party]
    if delete:
        gone = whole(desk.store, lambda tx: _delete(tx, desk))
        desk.store.scrub()
        if isinstance(gone, Refusal):
            return gone
    return whole(desk.store, lambda tx: _declare(tx, desk, others, reason))


def told(rx: ReadTx) -> tuple[Told, ...]:
    """Return the farewells that came, newest first."""
    return tuple(_told(rx, row) for row in rx.farewells())


def _delete(tx: WriteTx, desk: Desk) -> int | Refusal:
    """Delete what came from anyone, who has left since too, what waits, and all that names it here."""
    theirs = [entry.code for entry in desk.charter.parties if entry.code != desk.party]
    held = {raw for party in theirs for raw, there in tx.holdings_of(party).items() if there}
    waits = {row.record.header.id for row in tx.waiting() if row.record.header.originator != desk.party}
    for record_id in sorted(held | waits):
        doomed = [v for v in tx.versions(record_id) if not v.buried]
        bury(tx, desk.keys, record_id, (), doomed, why=bytes(16), at_ms=desk.now_ms)
        forget_copies_of(tx, record_id, at_ms=desk.now_ms)
    return len(held | waits)


def _declare(tx: WriteTx, desk: Desk, others: list[Party], reason: str) -> tuple[Party, ...] | Refusal:
    reached = []
    for party in others:
        of = tx.holdings_of(party)
        content = Farewell(
            originator=desk.party,
            to=party,
            created_ms=desk.now_ms,
            epoch=desk.charter.epoch,
            signer=desk.keys.signer_id,
            deleted=tuple(i for i, held in of.items() if not held)[:LIMIT],
            held=tuple(i for i, held in of.items() if held)[:LIMIT],
            reason=reason.strip()[:500],
        )
        raw = msgspec.msgpack.encode(content)
        tx.set_setting(f"farewell.{party}", raw.hex())
        tx.tell("farewell", hashlib.sha256(raw).digest(), [party], at_ms=desk.now_ms)
        reached.append(party)
    detail = ",".join(reached)
    tx.journal("charter.farewell", officer=desk.officer.id, at_ms=desk.now_ms, detail=detail)
    return tuple(reached)


def _told(rx: ReadTx, row: FarewellRow) -> Told:
    content = _FAREWELLS.decode(row.raw)
    spoken = {*content.deleted, *content.held}
    believed = {raw_of(h.record_id) for h in at_party(rx, row.party) if h.state in _HOLDING}
    return Told(
        row.party,
        row.at_ms,
        len(content.deleted),
        len(content.held),
        len(believed - spoken),
        content.reason,
    )
