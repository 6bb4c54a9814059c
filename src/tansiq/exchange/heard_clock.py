"""What the others sign of the time, beside this node's own clock. Source: DESIGN 1 (I6).

1. Reading goes by the node's own clock, but never by an earlier time than two other parties have signed: a
   clock that runs behind shows nothing that has ended. A time over 72 h ahead of our own is not followed.
2. Destruction goes by ``sure_ms``: the own clock where it is vouched for, else the earlier of it and the
   latest time that another party has signed. A clock that runs ahead hides, and destroys nothing.
3. The own clock is vouched for when a signed time came within ten minutes of it and it has since gone as
   the machine's steady counter has; setting it by hand, or a pause of the machine, ends that until others
   are heard.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Lock
from typing import Final

from tansiq.base.clock import Clock, millis, moment
from tansiq.model.label import Party

NEAR_MS: Final = 600_000
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
        self._anchor: tuple[int, float] | None = None
        self._lock = Lock()

    def now(self) -> datetime:
        """Return the time to read and write by (rule 1)."""
        own = self._own.now()
        floor_ms = self._floor_ms(millis(own)) if self._follow else 0
        return max(own, moment(floor_ms)) if floor_ms else own

    def _floor_ms(self, own_ms: int) -> int:
        with self._lock:
            signed = sorted((ms for ms in self._heard.values() if ms <= own_ms + FOLLOW_MS), reverse=True)
        return signed[1] if len(signed) > 1 else 0

    def hear(self, party: Party, signed_ms: int) -> None:
        """Note a time that another party has signed, as it comes in."""
        own_ms, count_s = millis(self._own.now()), self._steady()
        with self._lock:
            self._heard[party] = max(signed_ms, self._heard.get(party, 0))
            if abs(own_ms - signed_ms) <= NEAR_MS:
                self._anchor = (own_ms, count_s)

    @property
    def vouched(self) -> bool:
        """Whether others bear the own clock out (rule 3)."""
        with self._lock:
            anchor = self._anchor
        if anchor is None:
            return False
        gone_ms = (self._steady() - anchor[1]) * 1000
        return abs(millis(self._own.now()) - anchor[0] - gone_ms) <= NEAR_MS

    @property
    def sure_ms(self) -> int:
        """Return the moment before which all is surely past (rule 2)."""
        own_ms = millis(self._own.now())
        if self.vouched:
            return own_ms
        with self._lock:
            return min(own_ms, max(self._heard.values(), default=0))
