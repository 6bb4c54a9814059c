"""Chains of warnings: what an update or a cancel refers to. Source: REQUIREMENTS R20.

A reference is a record's id, its registry number, or a triple ``sender,identifier,sent`` of CAP.
"""

from __future__ import annotations

from tansiq.base.ids import RecordId
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.warning import Warning as WarningBody


def referred(held: Held, shelf: Shelf) -> tuple[Held, ...]:
    """Return the warnings that one refers to, as far as the reader sees them, oldest first."""
    body = held.body
    assert isinstance(body, WarningBody)
    names = {part for said in body.references for part in (said, *said.split(","))}
    return tuple(
        other
        for other, _ in bodies(shelf, WarningBody)
        if other.id != held.id
        and (other.id in names or (other.registry and other.registry in names) or held.points_to(other.id))
    )


def _before(held: Held, shelf: Shelf) -> tuple[Held, ...]:
    """Return what a warning of the same originator continues."""
    return tuple(h for h in referred(held, shelf) if h.originator == held.originator)


def chain_root(held: Held, shelf: Shelf) -> Held:
    """Return the first warning of the chain that one belongs to."""
    seen: set[RecordId] = set()
    while held.id not in seen:
        seen.add(held.id)
        before = _before(held, shelf)
        if not before:
            return held
        held = before[0]
    return held


def followers(root: Held, shelf: Shelf) -> tuple[Held, ...]:
    """Return the updates and cancels of a chain, oldest first, without its first warning."""
    return tuple(
        held
        for held, _ in bodies(shelf, WarningBody)
        if held.id != root.id and held.originator == root.originator and chain_root(held, shelf).id == root.id
    )
