"""Autosave: what an officer writes rests sealed on this node, for him alone, until signed or dropped."""

from __future__ import annotations

import hashlib
from typing import Final

import msgspec

from tansiq.base.refusal import Refusal
from tansiq.store.store import ReadTx
from tansiq.store.values import DraftRow
from tansiq.work.desk import Desk, Officer

KIND: Final = "form"
LIMIT_BYTES: Final = 200_000

Said = dict[str, list[str]]
"""A form as it stands: name → values."""


def save_draft(desk: Desk, place: str, said: Said) -> Refusal | None:
    """Keep a form's state under the place it is written at. Refusals: ``role``, ``draft.too-large``."""
    if (no := desk.lacks("draft")) is not None:
        return no
    content = msgspec.json.encode(said)
    if len(content) > LIMIT_BYTES:
        return Refusal("draft.too-large")
    row = DraftRow(_own(desk.officer, place), desk.officer.id, KIND, desk.now_ms, content)
    with desk.store.write() as tx:
        tx.save_draft(row)
    return None


def saved_draft(rx: ReadTx, officer: Officer, place: str) -> Said | None:
    """Return what this officer left at a place, or None."""
    row = rx.draft(_own(officer, place))
    if row is None or row.kind != KIND or row.officer != officer.id:
        return None
    return msgspec.json.decode(row.content, type=Said)


def drop_draft(desk: Desk, place: str) -> None:
    """Forget what was left at a place: it was signed, or nobody wants it."""
    own = _own(desk.officer, place)
    with desk.store.read() as rx:
        there = rx.draft(own) is not None
    if there:
        with desk.store.write() as tx:
            tx.drop_draft(own)


def _own(officer: Officer, place: str) -> str:
    return hashlib.sha256(f"{officer.id}\n{place}".encode()).hexdigest()[:32]
