"""What a node looks at before it works: whether its store is the one it left.

1. The anchor: starts counted, the ends of journal, log and stamps where they were, rows that no chain covers
   unchanged since a run that ended in order.
2. The store itself: whole where it is small, else the ends of its chains and a sample; all of it on request
   (``tansiq verify``).
3. What is found puts the node into safe mode and into the journal; it starts all the same, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tansiq.base.clock import Clock, millis
from tansiq.base.errors import TansiqError
from tansiq.exchange.safe import Finding, enter
from tansiq.node.anchor import STARTS, against, anchor_of, read_anchor, write_anchor
from tansiq.node.upkeep import verified, verified_quickly
from tansiq.store.store import Store

WHOLE_UP_TO: Final = 2_000
"""A store with at most so many log entries is checked whole at each start."""

MACHINE: Final = "node"
FOUND: Final = "start-finding"


@dataclass
class Keeper:
    """Looks at a store when it starts and keeps its anchor while it runs."""

    folder: Path
    store: Store
    clock: Clock
    starts: int = 0

    def begin(self) -> tuple[Finding, ...]:
        """Check the store, count the start, note what was found; return it. Raises StoreError."""
        at_ms = millis(self.clock.now())
        with self.store.read() as rx:
            vault, counted = rx.core.vault, int(rx.setting(STARTS) or 0)
            held = read_anchor(self.folder, vault)
            codes = [*against(rx, held, counted)]
        codes += _broken(self.store)
        found = tuple(Finding(code, detail, at_ms) for code, detail in codes)
        self.starts = max(counted, held.starts if held else 0) + 1
        with self.store.write() as tx:
            tx.set_setting(STARTS, str(self.starts))
            enter(tx, found)
            for each in found:
                tx.journal(FOUND, officer=MACHINE, detail=f"{each.code} {each.detail}"[:400], at_ms=at_ms)
        self.keep()
        return found

    def keep(self, *, clean: bool = False) -> None:
        """Write how far the store is now; ``clean`` = nothing comes after in this run."""
        with self.store.read() as rx:
            anchor = anchor_of(rx, starts=self.starts, clean=clean, at_ms=millis(self.clock.now()))
            vault = rx.core.vault
        write_anchor(self.folder, anchor, vault)


def _broken(store: Store) -> list[tuple[str, str]]:
    """Return what the store's own check finds, a line each."""
    with store.read() as rx:
        whole = rx.log_head()[0] <= WHOLE_UP_TO
    try:
        report = verified(store) if whole else verified_quickly(store)
    except TansiqError as error:
        return [("start.unreadable", error.code)]
    return [(f"start.broken-{line.name}", wrong) for line in report.lines for wrong in line.wrong[:3]]
