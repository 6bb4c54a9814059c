"""Chains of warnings: what an update or a cancel refers to. Source: REQUIREMENTS R20.

A reference is a record's id, its registry number, or a triple ``sender,identifier,sent`` of CAP.
"""

from __future__ import annotations

from dataclasses import dataclass

from tansiq.base.ids import RecordId
from tansiq.boards.shelf import Held, Shelf, bodies, once
from tansiq.model.kinds.warning import Warning as WarningBody


@dataclass(frozen=True, slots=True)
class _Warnings:
    """The readable warnings by what a reference may name, and where each stands in their order."""

    by_id: dict[str, Held]
    by_registry: dict[str, list[Held]]
    place: dict[RecordId, int]


def _warnings(shelf: Shelf) -> _Warnings:
    def found() -> _Warnings:
        every = [held for held, _ in bodies(shelf, WarningBody)]
        known = _Warnings({h.id: h for h in every}, {}, {h.id: n for n, h in enumerate(every)})
        for held in every:
            if held.registry:
                known.by_registry.setdefault(held.registry, []).append(held)
        return known

    return once(shelf, _Warnings, found)


def referred(held: Held, shelf: Shelf) -> tuple[Held, ...]:
    """Return the warnings that one refers to, as far as the reader sees them, oldest first."""
    body, known = held.body, _warnings(shelf)
    assert isinstance(body, WarningBody)
    names = {part for said in body.references for part in (said, *said.split(","))}
    found = [h for name in names for h in known.by_registry.get(name, ())]
    pointed = (*names, *(ref.record_id for ref in held.refs))
    found += [h for one in pointed if (h := known.by_id.get(one)) is not None]
    others = {h.id: h for h in found if h.id != held.id}
    return tuple(sorted(others.values(), key=lambda h: known.place[h.id]))


def _before(held: Held, shelf: Shelf) -> tuple[Held, ...]:
    """Return what a warning of the same originator continues."""
    return tuple(h for h in referred(held, shelf) if h.originator == held.originator)


def chain_root(held: Held, shelf: Shelf) -> Held:
    """Return the first warning of the chain that one belongs to."""
    if _warnings(shelf).by_id.get(held.id) is not held:
        return _root(held, shelf)
    return once(shelf, (chain_root, held.id), lambda: _root(held, shelf))


def _root(held: Held, shelf: Shelf) -> Held:
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

    def every() -> dict[RecordId, list[Held]]:
        found: dict[RecordId, list[Held]] = {}
        for held, _ in bodies(shelf, WarningBody):
            found.setdefault(chain_root(held, shelf).id, []).append(held)
        return found

    chain = once(shelf, followers, every).get(root.id, ())
    return tuple(h for h in chain if h.id != root.id and h.originator == root.originator)
