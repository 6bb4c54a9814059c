"""Check 7 (b) and (c): real TCP and a real server over a shaped link, and processes that are killed.

(b) 64 kbit/s, 600 ms, 2 % loss: 1,000 records within 1.3 × the bitrate. (c) 30 % loss, 2 s round trip: 50
records arrive; the time is printed. The quick form sends a few over a link that is less bad.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.exchange.wires import survive, wired
from tests.links.far import Far
from tests.links.near import Near
from tests.links.relay import Shape
from tests.links.shaped import forbidden
from tests.links.trial import Trial, tried
from tests.trust.result import Result, Size

MOST: Final = 1.3
NARROW: Final = Shape(rate_bit_s=64_000, delay_s=0.3, loss=0.02, queue_bytes=30_000)
WORST: Final = Shape(rate_bit_s=64_000, delay_s=1.0, loss=0.3, queue_bytes=30_000)
MILD: Final = Shape(rate_bit_s=256_000, delay_s=0.05, loss=0.0, queue_bytes=30_000)
KILLS: Final = 20


def run(size: Size, folder: Path) -> Result:
    """Send over the links, and through a server while its users are killed."""
    found = Result()
    if why := forbidden():
        found.count(f"no shaped link: {why}")
        return found
    if size == "quick":
        trial = tried(_fresh(folder, "mild"), MILD, Near(20), Far(20, within_s=150))
        _judge(found, "256 kbit/s", trial, 20)
        return found
    trial = tried(_fresh(folder, "b"), NARROW, Near(1000), Far(1000, within_s=400))
    _judge(found, "64 kbit/s", trial, 1000)
    share = trial.came.spent_s * NARROW.rate_bit_s / 8 / trial.told.frame_bytes
    found.counts["64 kbit/s: of the bitrate"] = round(share, 2)
    found.must(share <= MOST, f"64 kbit/s: {share:.2f} times what the bitrate asks for")
    _judge(found, "30 % loss, 2 s", tried(_fresh(folder, "c"), WORST, Near(50), Far(50, within_s=900)), 50)
    with wired(folder) as wire:
        survive(wire, kills=KILLS, count=200, within_s=600)
    found.count("kills of a process over a real server", KILLS)
    return found


def _judge(found: Result, what: str, trial: Trial, wanted: int) -> None:
    found.counts[f"{what}: s for {wanted:,} records"] = round(trial.came.spent_s, 1)
    found.must(trial.came.held == wanted, f"{what}: {trial.came.held} of {wanted:,} came")


def _fresh(folder: Path, name: str) -> Path:
    place = folder / name
    place.mkdir()
    return place
