"""The bandwidth cap of a lane: bytes a second, both ways together, kept by waiting.

1. What was moved is paid for before the next is moved: the rate holds over any stretch longer than one frame.
2. A capped lane takes one frame at a time, and its node tells all others how large a frame it wants: what
   ``FRAME_S`` seconds of the cap carry. So an alert, on its own lane, waits behind one small frame.
3. Pacing goes by the machine's steady clock, never by the node's: an exercise's clock may stand still.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Final

from tansiq.exchange.protocol import Lane
from tansiq.model.label import Party
from tansiq.store.store import ReadTx, Store, WriteTx

FRAME_S: Final = 2.5
LEAST_FRAME_BYTES: Final = 2_000
FAST_BYTES_S: Final = 4_000
"""From this cap on a lane takes several frames at a time: a round trip costs more than it spares."""
MOST_BYTES_S: Final = 1_000_000_000
_LANES: Final[tuple[Lane, ...]] = ("alert", "routine")
_CAP: Final = "link.cap."
_WANTED: Final = "link.frame."


class Throttle:
    """One lane's cap; 0 = none. ``ticks`` gives seconds that only go forward."""

    def __init__(self, bytes_s: int, ticks: Callable[[], float]) -> None:
        self.bytes_s = bytes_s
        self._ticks = ticks
        self._free_s = 0.0

    def owed_s(self) -> float:
        """Return how long to wait before the next frame may move."""
        return max(0.0, self._free_s - self._ticks()) if self.bytes_s else 0.0

    def moved(self, size_bytes: int) -> None:
        """Note bytes that were moved."""
        if self.bytes_s:
            self._free_s = max(self._free_s, self._ticks()) + size_bytes / self.bytes_s

    async def turn(self) -> None:
        """Wait until the next frame may move."""
        if (owed_s := self.owed_s()) > 0:
            await asyncio.sleep(owed_s)

    def frames(self, most: int) -> int:
        """Return how many frames to take at a time."""
        return 1 if 0 < self.bytes_s < FAST_BYTES_S else most


def cap(rx: ReadTx, lane: Lane) -> int:
    """Return the cap of a lane as it is set, bytes a second; 0 = none."""
    return int(rx.setting(_CAP + lane) or 0)


def set_cap(tx: WriteTx, lane: Lane, bytes_s: int) -> None:
    """Set the cap of a lane; 0 takes it away."""
    tx.set_setting(_CAP + lane, str(min(max(bytes_s, 0), MOST_BYTES_S)))


def caps(store: Store, ticks: Callable[[], float]) -> dict[Lane, Throttle]:
    """Return the throttle of each lane as the caps are set."""
    with store.read() as rx:
        return {lane: Throttle(cap(rx, lane), ticks) for lane in _LANES}


def part_bytes(store: Store, most: int) -> int:
    """Return how much of an attachment to ask for at once."""
    with store.read() as rx:
        return wanted_bytes(rx) or most


def wanted_bytes(rx: ReadTx) -> int:
    """Return the largest frame of reports that we want sent, told in our head lists; 0 = any."""
    bytes_s = cap(rx, "routine")
    return max(LEAST_FRAME_BYTES, int(bytes_s * FRAME_S)) if bytes_s else 0


def heard_wanted(tx: WriteTx, party: Party, size_bytes: int) -> None:
    """Keep how large a frame another party wants."""
    if (tx.setting(_WANTED + party) or "0") != str(size_bytes):
        tx.set_setting(_WANTED + party, str(size_bytes))


def frame_limit(rx: ReadTx, parties: Iterable[Party]) -> int:
    """Return the smallest frame that any of the parties wants; 0 = any size."""
    wanted = [int(kept) for p in parties if (kept := rx.setting(_WANTED + p))]
    return min((max(w, LEAST_FRAME_BYTES) for w in wanted if w > 0), default=0)
