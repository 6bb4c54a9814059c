"""A node on real NATS, killed at random moments while it takes and writes: nothing lost, nothing twice."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from tests.exchange.wires import survive, wired

KILLS: Final = 200
WRITTEN: Final = 500


def main() -> None:
    """Run, and print what was checked."""
    with tempfile.TemporaryDirectory() as name, wired(Path(name)) as wire:
        survive(wire, kills=KILLS, count=WRITTEN)
    print(f"   {KILLS} kills, {WRITTEN} records written under them, {4 * KILLS} taken: none lost, none twice")


if __name__ == "__main__":
    main()
