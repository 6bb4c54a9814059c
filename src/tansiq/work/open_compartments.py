"""Protected compartments of an exercise: open for the accounts of its door."""

from __future__ import annotations

from collections.abc import Iterable

from tansiq.policy.clearance import OfficerRole, holds_compartments
from tansiq.store.holders import STANDING, Holder
from tansiq.store.store import WriteTx


def open_for_all(tx: WriteTx, codes: Iterable[str], officers: Iterable[OfficerRole], *, at_ms: int) -> None:
    """Let the accounts of an exercise hold these compartments and every one the node meets later.

    An account of an exercise is named like its role; a role that reads nothing above ``open`` holds none.
    """
    standing = {h.officer for h in tx.holders(STANDING)}
    for officer in officers:
        if officer not in standing and holds_compartments(officer):
            tx.admit(Holder(STANDING, officer, b"", officer, at_ms))
    for code in codes:
        if tx.cell(code) is None:
            tx.new_cell(code, first=None, at_ms=at_ms)
