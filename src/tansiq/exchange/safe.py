"""Safe mode: after a finding the node takes in and shows, and sends no record, until an officer acknowledges.

1. A finding is a code and what was compared. Findings stay until they are acknowledged with a reason.
2. In safe mode nothing leaves but head lists, recovery notes and those about the charter: they tell peers,
   bring what is needed to know more, and revoke keys. ``start.restored`` hides what was restored as well,
   until peers have told of what was withdrawn since.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec
from msgspec import Struct

from tansiq.model.label import Party
from tansiq.store.people import PeopleReading
from tansiq.store.store import WriteTx

_KEY: Final = "keep.safe"
_HEARD: Final = "keep.heard"
RESTORED: Final = "start.restored"
FEEDS_UNKNOWN: Final = "safe.feeds-unknown"
FEEDS_LOST: Final = frozenset(
    {FEEDS_UNKNOWN, RESTORED, "own.feed-behind", "own.rolled-back", "start.rolled-back", "start.stamp-cut"}
)
"""Findings after which numbers of our own feeds may be in use that the store does not know of."""
FINDINGS_LIMIT: Final = 50


class Finding(Struct, frozen=True, array_like=True):
    """Something that must not be so. ``detail`` is for those who look into it."""

    code: str
    detail: str
    at_ms: int


_FINDINGS: Final = msgspec.json.Decoder(tuple[Finding, ...])


def findings(rx: PeopleReading) -> tuple[Finding, ...]:
    """Return what nobody has acknowledged yet; none = the node works as always."""
    kept = rx.setting(_KEY)
    return _FINDINGS.decode(kept.encode()) if kept else ()


def is_safe(rx: PeopleReading) -> bool:
    """Whether the node is in safe mode."""
    return bool(rx.setting(_KEY))


def is_hidden(rx: PeopleReading) -> bool:
    """Whether what is held must not be shown: it was restored, and peers have not told what was withdrawn."""
    return any(f.code == RESTORED for f in findings(rx))


def enter(tx: WriteTx, found: Iterable[Finding]) -> None:
    """Enter safe mode, or add to why; a finding that stands already is not repeated."""
    held = findings(tx)
    known = {(f.code, f.detail) for f in held}
    fresh = [f for f in found if (f.code, f.detail) not in known]
    if fresh:
        _keep(tx, (*held, *fresh)[:FINDINGS_LIMIT])


def leave(tx: WriteTx, *codes: str) -> tuple[Finding, ...]:
    """Drop findings, all or those of these codes; return what was dropped."""
    held = findings(tx)
    dropped = tuple(f for f in held if not codes or f.code in codes)
    _keep(tx, tuple(f for f in held if f not in dropped))
    return dropped


def heard(rx: PeopleReading) -> frozenset[Party]:
    """Return who has told us, since the last loss, what it holds of our feeds."""
    kept = rx.setting(_HEARD)
    return frozenset(Party(p) for p in kept.split(",")) if kept else frozenset()


def hear(tx: WriteTx, *parties: Party) -> None:
    """Note who has told us; nobody = begin anew."""
    tx.set_setting(_HEARD, ",".join(sorted(heard(tx) | set(parties))) if parties else "")


def feeds_may_be_lost(rx: PeopleReading) -> bool:
    """Whether peers are to be asked which numbers of our feeds they hold."""
    return any(f.code in FEEDS_LOST for f in findings(rx))


def _keep(tx: WriteTx, kept: tuple[Finding, ...]) -> None:
    tx.set_setting(_KEY, msgspec.json.encode(kept).decode() if kept else "")
