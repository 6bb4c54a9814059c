"""What of the node's own affairs an officer may know: refused and waiting records follow their labels.

1. A record that waits or was refused counts, and shows, only for who may read its label.
2. What was refused before a label could be read (a frame, a segment) is shown to all: it tells of no record.
3. Of a refused record that was taken back no bytes are left, and no label to go by: it is shown to nobody.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec

from tansiq.base.errors import TansiqError
from tansiq.model.label import Label
from tansiq.model.record import Record, Signed
from tansiq.policy.permits import Reader, permits
from tansiq.store.store import ReadTx
from tansiq.store.values import QuarantineRow

_SIGNED: Final = msgspec.msgpack.Decoder(Signed)


def visible_quarantine(
    rx: ReadTx, reader: Reader, *, now: datetime, limit: int = 200
) -> tuple[QuarantineRow, ...]:
    """Return the refused items that this reader may know of, newest first."""
    return tuple(row for row in rx.quarantined(limit) if _may_know(rx, row, reader, now))


def refused_since(rx: ReadTx, reader: Reader, number: int, *, now: datetime) -> tuple[int, bool]:
    """Return the newest refused item's number, and whether this reader may know of one after ``number``."""
    newer = [row for row in rx.quarantined() if row.id > number]
    newest = max((row.id for row in newer), default=number)
    return newest, any(_may_know(rx, row, reader, now) for row in newer)


def visible_waiting(rx: ReadTx, reader: Reader, *, now: datetime) -> int:
    """Return how many of the waiting records this reader may know of."""
    return sum(1 for row in rx.waiting() if permits(row.record.header.label, reader, now=now))


def _may_know(rx: ReadTx, row: QuarantineRow, reader: Reader, now: datetime) -> bool:
    raw = rx.quarantined_bytes(row.id)
    if raw is None:
        return False
    label = _label(raw)
    return label is None or bool(permits(label, reader, now=now))


def _label(raw: bytes) -> Label | None:
    try:
        return None if not raw else Record(_SIGNED.decode(raw)).header.label
    except (msgspec.DecodeError, msgspec.ValidationError, TansiqError, ValueError):
        return None
