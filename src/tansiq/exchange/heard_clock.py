"""What the others sign of the time, beside this node's own clock. Source: DESIGN 1 (I6).

1. Reading goes by the node's own clock, but never by an earlier time than two other parties have signed: a
   clock that runs behind shows nothing that has ended. A time over 72 h ahead of our own is not followed.
2. Destruction goes by ``sure_ms``: the own clock where it is vouched for, else the earlier of it and the
   latest time that two other parties have reached. A clock that runs ahead hides, and destroys nothing.
3. The own clock is vouched for when two other parties each signed a time within ten minutes of it and it has
   since gone as the machine's steady counter has; setting it by hand, or a pause of the machine, ends that
   until others are heard.
4. A time signed over 72 h ahead of our own is not noted; one that was noted is forgotten when our own clock
   turns out to be that far behind it. One party's word alone decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Lock
from typing import Final

from tansiq.base.clock import Clock, millis, moment
from tansiq.model.label import Party

NEAR_MS: Final = 600_000
ENOUGH: Final = 2
"""How many other parties must bear a time out."""
FOLLOW_MS: Final = 72 * 3_600_000


class HeardClock:
    """A clock that listens. ``steady`` counts seconds whatever the clock is set to; threads may share it."""

    def __init__(
        self,
        own: Clock,
        steady: Callable[[], float],
        *,
        follow: bool = True,
        heard: Mapping[Party, int] | None = None,
    ) -> None:
        self._own = own
        self._steady = steady
        self._follow = follow
        self._heard = dict(heard or {})
        self._anchors: dict[Party, tuple[int, float]] = {}
        self._lock = Lock()

    def now(self) -> datetime:
        """Return the time to read and write by (rule 1)."""
        own = self._own.now()
        floor_ms = self._floor_ms(millis(own)) if self._follow else 0
        return max(own, moment(floor_ms)) if floor_ms else own

    def hear(self, party: Party, signed_ms: int) -> None:
        """Note a time that another party has signed, as it comes in; one far ahead is left out (rule 4)."""
        own_ms, count_s = millis(self._own.now()), self._steady()
        if signed_ms > own_ms + FOLLOW_MS:
            return
        with self._lock:
            self._forget(own_ms)
            self._heard[party] = max(signed_ms, self._heard.get(party, 0))
            if abs(own_ms - signed_ms) <= NEAR_MS:
                self._anchors[party] = (own_ms, count_s)

    @property
    def vouched(self) -> bool:
        """Whether others bear the own clock out (rule 3)."""
        own_ms, count_s = millis(self._own.now()), self._steady()
        with self._lock:
            anchors = tuple(self._anchors.values())
        kept = sum(abs(own_ms - at_ms - (count_s - then_s) * 1000) <= NEAR_MS for at_ms, then_s in anchors)
        return kept >= ENOUGH

    @property
    def sure_ms(self) -> int:
        """Return the moment before which all is surely past (rule 2)."""
        own_ms = millis(self._own.now())
        return own_ms if self.vouched else min(own_ms, self._floor_ms(own_ms))

    def _floor_ms(self, own_ms: int) -> int:
        """Return the latest time that enough others have reached; 0 where too few were heard."""
        with self._lock:
            self._forget(own_ms)
            signed = sorted(self._heard.values(), reverse=True)
        return signed[ENOUGH - 1] if len(signed) >= ENOUGH else 0

    def _forget(self, own_ms: int) -> None:
        self._heard = {p: ms for p, ms in self._heard.items() if ms <= own_ms + FOLLOW_MS}
