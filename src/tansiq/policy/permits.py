"""The only access decision. Source: DESIGN 5.

1. A label of another policy than ours is refused, whatever it says.
2. Nothing is readable from ``until`` on.
3. The audience is permissive: the reader's party must be in it. EVERYBODY holds every reader. A public
   reader (no sign-in) is in no other audience.
4. The level must not exceed the reader's clearance.
5. Compartments are restrictive: the reader needs all.
6. Purposes: a label without ``uses`` may be read for any purpose. A label with ``uses`` is read only
   by a reader who now acts for at least one of them; a reader who states no purpose acts for none.
7. Rules and notes decide nothing here: rules bind what is done with the record (``policy.rules``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from tansiq.base.clock import millis
from tansiq.base.refusal import Refusal
from tansiq.model.label import EVERYBODY, LEVELS, POLICY, Label, Level, Party

RANK: Final[dict[str, int]] = {level: rank for rank, level in enumerate(LEVELS)}
"""The order of levels."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: a party's officer, with what he was given and the purposes he acts for now."""

    party: Party
    clearance: Level = "secret"
    compartments: frozenset[str] = frozenset()
    uses: frozenset[str] = frozenset()
    public: bool = False


PUBLIC: Final = Reader(EVERYBODY, clearance="open", public=True)
"""A reader who has not signed in."""


@dataclass(frozen=True, slots=True)
class Permit:
    """Yes."""


PERMIT: Final = Permit()
_POLICY: Final = Refusal("policy")
_EXPIRED: Final = Refusal("expired")
_AUDIENCE: Final = Refusal("audience")
_LEVEL: Final = {level: Refusal("level", frozenset({level})) for level in LEVELS}
_millis: Final = lru_cache(maxsize=8)(millis)


def permits(label: Label, reader: Reader, *, now: datetime) -> Permit | Refusal:
    """Return whether ``reader`` may read what bears ``label`` at ``now``; the rules stand at the top.

    Reasons: ``policy``, ``expired``, ``audience``, ``level``, ``compartment``, ``use``; ``missing``
    names the level, compartments or purposes that are lacking.
    """
    if label.until_ms is not None and label.until_ms <= _millis(now):
        return _EXPIRED if label.policy == POLICY else _POLICY
    return _standing(label, reader)


def permitted_ids(labels: Mapping[int, Label], reader: Reader, *, now: datetime) -> frozenset[int]:
    """Return the ids of the interned labels that ``reader`` may read at ``now``: what queries filter by."""
    at_ms = millis(now)
    return frozenset(
        key
        for key, label in labels.items()
        if (label.until_ms is None or label.until_ms > at_ms) and _standing(label, reader)
    )


def _standing(label: Label, reader: Reader) -> Permit | Refusal:
    if label.policy != POLICY:
        return _POLICY
    audience = label.audience
    if (reader.party not in audience or reader.public) and audience != (EVERYBODY,):
        return _AUDIENCE
    if label.level != "open" and RANK[label.level] > RANK[reader.clearance]:
        return _LEVEL[label.level]
    if label.compartments and not reader.compartments.issuperset(label.compartments):
        return _outside(label.compartments, reader.compartments)
    if label.uses and reader.uses.isdisjoint(label.uses):
        return _unused(label.uses)
    return PERMIT


@lru_cache(maxsize=1024)
def _outside(needed: tuple[str, ...], held: frozenset[str]) -> Refusal:
    return Refusal("compartment", frozenset(needed) - held)


@lru_cache(maxsize=1024)
def _unused(uses: tuple[str, ...]) -> Refusal:
    return Refusal("use", frozenset(uses))
