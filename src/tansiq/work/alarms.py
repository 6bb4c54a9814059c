"""Alarms: what head lists showed that must not be, and an officer's word that it was looked into.

1. An alarm stays open until an officer settles it with a reason; the reason stands in the journal.
"""

from __future__ import annotations

from typing import Final

from tansiq.base.refusal import Refusal
from tansiq.exchange.witness import ALARMS
from tansiq.store.store import ReadTx
from tansiq.store.values import QuarantineRow
from tansiq.work.desk import Desk

SETTLED: Final = "alarm-settle"
REASON_LEAST: Final = 3


def open_alarms(rx: ReadTx) -> tuple[QuarantineRow, ...]:
    """Return the alarms nobody has settled, newest first."""
    return tuple(row for row in rx.quarantined(1000) if row.code in ALARMS)


def settle(desk: Desk, number: int, reason: str) -> Refusal | None:
    """Close an alarm with a reason. Refusals: ``role``, ``reason.missing``, ``alarm.unknown``."""
    if (no := desk.lacks("decide")) is not None:
        return no
    if len(reason.strip()) < REASON_LEAST:
        return Refusal("reason.missing")
    with desk.store.write() as tx:
        row = next((r for r in open_alarms(tx) if r.id == number), None)
        if row is None:
            return Refusal("alarm.unknown")
        tx.settle(number, desk.now_ms)
        detail = f"{row.code} {row.party}: {reason.strip()[:300]}"
        tx.journal(SETTLED, officer=desk.officer.id, detail=detail, at_ms=desk.now_ms)
    return None
