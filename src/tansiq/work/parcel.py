"""Make a parcel for other parties, take one in: by an officer, noted in the journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from tansiq.base.clock import millis
from tansiq.base.refusal import Refusal
from tansiq.exchange.parcels import Courier, ParcelMade, ParcelTaken
from tansiq.model.label import Party
from tansiq.work.desk import Desk

MADE: Final = "parcel-out"
TAKEN: Final = "parcel-in"


def make_parcel(
    desk: Desk, courier: Courier, parties: Sequence[Party], path: Path, *, since: datetime | None = None
) -> ParcelMade | Refusal:
    """Write a parcel. Refusals: ``role``, ``parcel.party-not-active``. Raises StoreError, OSError."""
    if (lacks := desk.lacks("submit")) is not None:
        return lacks
    since_ms = None if since is None else millis(since)
    made = courier.make(parties, path, since_ms=since_ms, officer=desk.officer.id)
    if isinstance(made, ParcelMade):
        _note(desk, MADE, f"{made.id.hex()} {' '.join(parties)} {made.frames}")
    return made


def take_parcel(desk: Desk, courier: Courier, path: Path) -> ParcelTaken | Refusal:
    """Take a parcel in. Refusal: ``role``. Raises BadParcel, ParcelVersion, StoreError, OSError."""
    if (lacks := desk.lacks("submit")) is not None:
        return lacks
    taken = courier.take(path, officer=desk.officer.id)
    _note(desk, TAKEN, f"{taken.id.hex()} {taken.frames} {taken.known}")
    return taken


def _note(desk: Desk, act: str, detail: str) -> None:
    with desk.store.write() as tx:
        tx.journal(act, officer=desk.officer.id, at_ms=desk.now_ms, detail=detail)
