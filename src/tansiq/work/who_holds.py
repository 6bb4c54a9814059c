"""Who holds what of ours: by record and by party, as receipts and declarations tell. Source: DESIGN 1 (I6).

1. A state is what the party itself signed last (stored, opened, refused, purged), or, where it has signed
   nothing yet, what we know ourselves: waiting to leave, or handed to the carrier.
2. What was withdrawn and is not declared deleted is *outstanding*, with the time of the party's last sign.
3. A declaration is a signed word: a state that wants to keep a copy can, and the pages say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from tansiq.base.ids import RecordId
from tansiq.model.label import Party
from tansiq.store.store import ReadTx
from tansiq.store.values import ReceiptRow, Withdrawal

HoldingState = Literal["queued", "sent", "stored", "opened", "refused", "purged", "outstanding"]
STATES: Final[tuple[HoldingState, ...]] = (
    "queued",
    "sent",
    "stored",
    "opened",
    "refused",
    "purged",
    "outstanding",
)


@dataclass(frozen=True, slots=True)
class Holding:
    """One version at one party. ``at_ms`` = when it said so; ``seen_ms`` = the party's last sign of life."""

    record_id: RecordId
    version: int
    party: Party
    state: HoldingState
    at_ms: int | None
    role: str
    reason: str
    seen_ms: int | None


def of_record(rx: ReadTx, record_id: RecordId) -> tuple[Holding, ...]:
    """Return every version of a record of ours at every party it went to, the newest version first."""
    found: list[Holding] = []
    receipts, seen = rx.receipts(record_id), _seen(rx)
    withdrawals = rx.withdrawals(record_id)
    for stored in reversed(rx.versions(record_id)):
        sent = {d.party: d.sent_ms for d in rx.sent_to(stored.digest)}
        said = [r for r in receipts if r.version == stored.version]
        for party in sorted({*sent, *(r.party for r in said)}):
            rows = [r for r in said if r.party == party]
            this = (stored.record_id, stored.version)
            found.append(_holding(this, party, rows, withdrawals, sent.get(party), seen.get(party)))
    return tuple(found)


def at_party(rx: ReadTx, party: Party, limit: int = 10_000) -> tuple[Holding, ...]:
    """Return what was sent to a party of ours, the newest first, each version once."""
    seen, found = _seen(rx).get(party), []
    for record_id, version, sent_ms in rx.ours_at(party, limit):
        rows = [r for r in rx.receipts(record_id) if (r.version, r.party) == (version, party)]
        withdrawals = rx.withdrawals(record_id)
        found.append(_holding((record_id, version), party, rows, withdrawals, sent_ms, seen))
    return tuple(found)


def counted(holdings: Iterable[Holding]) -> dict[HoldingState, int]:
    """Return how many stand in each state; states without any are left out."""
    found: dict[HoldingState, int] = {}
    for each in holdings:
        found[each.state] = found.get(each.state, 0) + 1
    return found


def _seen(rx: ReadTx) -> dict[Party, int | None]:
    return {p.party: p.seen_ms for p in rx.peers()}


def _holding(
    this: tuple[RecordId, int],
    party: Party,
    rows: Sequence[ReceiptRow],
    withdrawals: Sequence[Withdrawal],
    sent_ms: int | None,
    seen_ms: int | None,
) -> Holding:
    said = {row.state: row for row in rows}
    gone = any(w.covers(this[1]) and party not in w.keep for w in withdrawals)
    state = _state(said, gone=gone, sent=bool(sent_ms))
    row = said.get("opened" if state == "outstanding" else state)
    opened = said.get("opened")
    return Holding(
        *this,
        party,
        state,
        row.at_ms if row is not None else sent_ms or None,
        opened.role if opened is not None else "",
        row.reason if row is not None else "",
        seen_ms,
    )


def _state(said: dict[str, ReceiptRow], *, gone: bool, sent: bool) -> HoldingState:
    if "purged" in said:
        return "purged"
    if gone and (sent or "stored" in said or "opened" in said):
        return "outstanding"
    for state in ("opened", "stored", "refused"):
        if state in said:
            return state
    return "sent" if sent else "queued"
