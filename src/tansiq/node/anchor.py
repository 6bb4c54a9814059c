"""The anchor: a file beside the store that says how far it was, so that a store put back or cut shows.

1. It is written each half minute, at the end of a run and at an acknowledgement, whole or not at all, locked
   under the node's secret.
2. ``starts`` counts the starts; the store counts them too, first. A store that has fewer was put back.
3. Who holds the machine can write both the store and the anchor anew; then peers' stamps tell (``witness``).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from tansiq.node.settings import write_private
from tansiq.store.atrest import Vault
from tansiq.store.errors import StoreCorrupt
from tansiq.store.standing import standing_hash
from tansiq.store.store import ReadTx

FILE: Final = "anchor"
STARTS: Final = "keep.starts"
_PURPOSE: Final = b"tansiq.anchor/1"


class End(Struct, frozen=True, array_like=True):
    """Number and hash of the last entry of a chain."""

    number: int
    hash: bytes


class Anchor(Struct, frozen=True, array_like=True, kw_only=True):
    """How far a store was. ``clean`` = written at the end of a run, nothing came after."""

    form: int = 1
    starts: int
    clean: bool
    journal: End
    log: End
    stamp: End
    standing: str
    at_ms: int


def anchor_of(rx: ReadTx, *, starts: int, clean: bool, at_ms: int) -> Anchor:
    """Return how far a store is now."""
    stamp = rx.stamp_head()
    return Anchor(
        starts=starts,
        clean=clean,
        journal=End(*rx.journal_head()),
        log=End(*rx.log_head()),
        stamp=End(stamp.number, stamp.hash),
        standing=standing_hash(rx) if clean else "",
        at_ms=at_ms,
    )


def write_anchor(folder: Path, anchor: Anchor, vault: Vault) -> None:
    """Write the anchor beside the store."""
    write_private(folder / FILE, vault.lock(msgspec.msgpack.encode(anchor), _PURPOSE))


def read_anchor(folder: Path, vault: Vault) -> Anchor | None:
    """Return the anchor; None where there is none or it is not what this node wrote."""
    try:
        kept = (folder / FILE).read_bytes()
        return msgspec.msgpack.decode(vault.unlock(kept, _PURPOSE), type=Anchor)
    except (OSError, StoreCorrupt, msgspec.DecodeError, msgspec.ValidationError):
        return None


def against(rx: ReadTx, held: Anchor | None, counted: int) -> Iterator[tuple[str, str]]:
    """Yield what the anchor says of a store that does not bear it out: a code and what was compared."""
    if held is None:
        if counted:
            yield "start.no-anchor", ""
        return
    if counted < held.starts:
        yield "start.rolled-back", f"{counted} < {held.starts}"
    ends = (
        ("journal", held.journal, rx.journal_at(held.journal.number)),
        ("log", held.log, rx.log_at(held.log.number)),
        ("stamp", held.stamp, _stamp_at(rx, held.stamp.number)),
    )
    for name, end, now in ends:
        if now is None:
            yield f"start.{name}-cut", f"{end.number}"
        elif now != end.hash:
            yield f"start.{name}-rewritten", f"{end.number}"
    if held.clean and counted == held.starts and held.standing != standing_hash(rx):
        yield "start.rows-changed", ""


def _stamp_at(rx: ReadTx, number: int) -> bytes | None:
    if number == 0:
        return bytes(32)
    found = rx.stamp(number)
    return None if found is None else found.hash
