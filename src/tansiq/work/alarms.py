"""Alarms: what head lists showed that must not be, and an officer's word that it was looked into.

1. An alarm stays open until an officer settles it with a reason; the reason stands in the journal.
2. Safe mode ends when an officer acknowledges what was found, with a reason. Where numbers of our own feeds
   may have been lost, not before a peer has told which were used: a number is never used twice.
"""

from __future__ import annotations

from typing import Final

from tansiq.base.refusal import Refusal
from tansiq.exchange import safe
from tansiq.exchange.witness import ALARMS
from tansiq.store.store import ReadTx
from tansiq.store.values import QuarantineRow
from tansiq.work.desk import Desk

SETTLED: Final = "alarm-settle"
ACKNOWLEDGED: Final = "safe-acknowledge"
REASON_LEAST: Final = 3


def open_alarms(rx: ReadTx) -> tuple[QuarantineRow, ...]:
    """Return the alarms nobody has settled, newest first."""
    return rx.quarantined(1000, codes=ALARMS)


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


def acknowledge(desk: Desk, reason: str) -> Refusal | None:
    """End safe mode (rule 2).

    Refusals: ``role``, ``reason.missing``, ``safe.none``, ``safe.feeds-unknown``.
    """
    if (no := desk.lacks("decide")) is not None:
        return no
    if len(reason.strip()) < REASON_LEAST:
        return Refusal("reason.missing")
    with desk.store.write() as tx:
        found = safe.findings(tx)
        if not found:
            return Refusal("safe.none")
        if any(f.code in safe.FEEDS_LOST for f in found) and not safe.heard(tx):
            return Refusal(safe.FEEDS_UNKNOWN)
        safe.leave(tx)
        detail = f"{', '.join(sorted({f.code for f in found}))}: {reason.strip()[:300]}"
        tx.journal(ACKNOWLEDGED, officer=desk.officer.id, detail=detail, at_ms=desk.now_ms)
    return None
