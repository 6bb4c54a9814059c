"""Receipts of a record as its originator's officers see them: one row a party."""

from __future__ import annotations

from typing import Any, Final

from tansiq.base.clock import moment
from tansiq.model.label import Label
from tansiq.store.store import ReadTx
from tansiq.store.values import StoredRecord
from tansiq.web.labels import party_names
from tansiq.web.visit import Visit

_SHAPES: Final = {"opened": "good", "stored": "none", "refused": "bad", "purged": "warn"}


def receipt_rows(visit: Visit, rx: ReadTx, stored: StoredRecord, label: Label) -> list[dict[str, Any]]:
    """Receipts are the originator's: to others they would tell who reads what."""
    if stored.originator != visit.wiring.party:
        return []
    names = party_names(visit)
    have = {r.party: r for r in rx.receipts(stored.record_id) if r.version == stored.version}
    rows = []
    for party in sorted({*(() if label.public else label.audience), *have} - {visit.wiring.party}):
        got = have.get(party)
        state = got.state if got else "none"
        rows.append(
            {
                "code": party,
                "name": names.get(party, party),
                "state": _SHAPES.get(state, "none"),
                "word": visit.t(f"receipt.{state}")
                + (f" · {_role(visit, got.role)}" if got and got.role else ""),
                "iso": moment(got.at_ms).isoformat() if got else None,
                "at": visit.tongue.instant(moment(got.at_ms)) if got else None,
            }
        )
    return rows


def _role(visit: Visit, role: str) -> str:
    key = f"web.role.{role}"
    return visit.tongue.t(key) if visit.tongue.has(key) else role
