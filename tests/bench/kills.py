"""kill -9 of any process at random moments, many times over."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

from tests.node.kills import survive

KILLS = int(os.environ.get("TANSIQ_KILLS", "200"))


def main() -> None:
    """Print how many kills, what was accepted, lost and doubled."""
    with tempfile.TemporaryDirectory(prefix="tansiq-kills-") as scratch:
        outcome = asyncio.run(survive(Path(scratch), kills=KILLS, seed=2031))
    lost = sum(len(ids) for ids in outcome.lost.values())
    print(f"kills {outcome.kills}, accepted {len(outcome.accepted)}, lost {lost}, doubled {outcome.doubled}")


if __name__ == "__main__":
    main()
