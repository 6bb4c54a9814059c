"""How often a running link looks and asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a running link looks and asks; seconds, and frames in one request."""

    idle_s: float = 5.0
    take_s: float = 5.0
    frames: int = 16
    chores_s: float = 2.0
    gap_patience_s: float = 20.0
    blob_again_s: float = 30.0
    epoch_again_s: float = 5.0
    heads_again_s: float = 60.0
    pause_least_s: float = 0.25
    pause_most_s: float = 30.0


REHEARSED: Final = Pace(gap_patience_s=2.0, pause_most_s=2.0)
"""In an exercise days of a cut link pass in seconds, and what it lacked is awaited as soon as it is back."""
