"""How often one may ask: token buckets by session and by address, for what is costly or carries much away.

1. Five kinds of asking are limited: signing in, search, export, uploads, writing over the interface.
2. A session's bucket and its address's are both asked; an address gives several sessions room. Who has no
   session is counted by address alone.
3. The address is that of the connection. Behind a proxy on this machine, and only if the settings say that
   there is one, it is the last that the proxy names.
4. In memory, at most ``KEPT`` buckets; the longest unused goes first. A full bucket is as none.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Final, Literal

from msgspec import Struct

from tansiq.web.exits import Exit

Asking = Literal["sign-in", "search", "export", "upload", "write"]
KEPT: Final = 20_000
_LOOPBACK: Final = ("127.0.0.1", "::1")
_SIGN_IN: Final = "sign-in"


class Rate(Struct, frozen=True):
    """So many at once, and so many a minute."""

    burst: int
    per_min: int


class Limits(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A node's limits. ``address_times``: how many sessions' worth one address has. ``proxy``: rule 3."""

    sign_in: Rate = Rate(20, 20)
    search: Rate = Rate(60, 120)
    export: Rate = Rate(60, 60)
    upload: Rate = Rate(20, 20)
    write: Rate = Rate(120, 240)
    address_times: int = 5
    proxy: bool = False

    def rate(self, asking: Asking) -> Rate:
        """Return the rate of a kind of asking."""
        found: Mapping[Asking, Rate] = {
            "sign-in": self.sign_in,
            "search": self.search,
            "export": self.export,
            "upload": self.upload,
            "write": self.write,
        }
        return found[asking]


def asking_of(exit_: Exit) -> Asking | None:
    """Return which kind of asking an exit is (rule 1), None = not limited."""
    path, posts = exit_.path, exit_.method == "POST"
    if _SIGN_IN in path or path == "/enter":
        return "sign-in" if posts or path == "/enter" or "provider" in path else None
    if posts and path.endswith(("/attach", "/file", "/intake", "/parcels/in")):
        return "upload"
    if path.endswith(("/parcels/out", "/journal/file")):
        return "export"
    if path.endswith("/search"):
        return "search"
    if not posts and any(
        word in path for word in ("/json", "/blob/", "feed", "export", "parcel", "/receipts")
    ):
        return "export"
    return "write" if posts and path.startswith("/api/") and "/exercise/" not in path else None


class Gauge:
    """The buckets of one node."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._held: OrderedDict[tuple[str, str], tuple[float, int]] = OrderedDict()
        self._lock = Lock()

    def wait_s(self, asking: Asking, *, session: str, address: str, now_ms: int) -> int:
        """Take one from each bucket; return 0, or after how many seconds to come again (rule 2)."""
        rate, times = self.limits.rate(asking), self.limits.address_times
        wide = Rate(rate.burst * times, rate.per_min * times) if asking != _SIGN_IN else rate
        waits = [self._take((asking, f"a {address}"), wide, now_ms)]
        if session and asking != _SIGN_IN:
            waits.append(self._take((asking, f"s {session}"), rate, now_ms))
        return max(waits)

    def address(self, peer: str, forwarded: str) -> str:
        """Return whose address a request counts for (rule 3)."""
        if self.limits.proxy and peer in _LOOPBACK and forwarded:
            return forwarded.rpartition(",")[2].strip()[:64]
        return peer

    @property
    def held(self) -> int:
        """How many buckets are in memory."""
        return len(self._held)

    def _take(self, key: tuple[str, str], rate: Rate, now_ms: int) -> int:
        with self._lock:
            left, at_ms = self._held.pop(key, (float(rate.burst), now_ms))
            left = min(float(rate.burst), left + max(0, now_ms - at_ms) * rate.per_min / 60_000)
            taken = left >= 1
            self._held[key] = (left - 1 if taken else left, now_ms)
            if len(self._held) > KEPT:
                self._held.popitem(last=False)
        return 0 if taken else max(1, round((1 - left) * 60 / rate.per_min + 0.5))
