"""Narrow links: a catch-up over 64 kbit/s, an alert over loopback, one over 9.6 kbit/s during a catch-up.

Real NATS and real TCP; the link is a relay in user space between two network namespaces (tests/links). The
floor of a catch-up is the frames' bytes over the bitrate; an alert takes from its commit here to its commit
there.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.links.far import Far
from tests.links.near import Near
from tests.links.relay import Shape
from tests.links.shaped import forbidden
from tests.links.trial import Trial, tried

CATCH_UP: Final = Shape(rate_bit_s=64_000, delay_s=0.3, loss=0.02, queue_bytes=30_000)
LOOPBACK: Final = Shape()
RADIO: Final = Shape(rate_bit_s=9_600, delay_s=0.1, queue_bytes=20_000, mtu=576)
RADIO_CAP_BYTES_S: Final = 900
RADIO_FRAME_BYTES: Final = 2_250


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def trial(shape: Shape, near: Near, far: Far) -> Trial:
    """Run one trial in a folder that vanishes."""
    with tempfile.TemporaryDirectory() as name:
        return tried(Path(name), shape, near, far)


def catch_up() -> None:
    """1,000 records over 64 kbit/s, 600 ms, 2 % loss."""
    found = trial(CATCH_UP, Near(1000), Far(1000, within_s=400))
    least_s = found.told.frame_bytes * 8 / CATCH_UP.rate_bit_s
    share = found.came.spent_s / least_s
    print(f"   64 kbit/s, 600 ms, 2 %: {found.came.held} records, {found.told.frame_bytes:,} B of frames")
    print(f"   {found.came.spent_s:.1f} s; {share:.2f} x what the bitrate asks for ({least_s:.1f} s)")


def alert_near() -> None:
    """Alerts over a link that takes no time."""
    found = trial(LOOPBACK, Near(0, alerts=60, every_s=0.2, first_s=6.0), Far(0, alerts=60, within_s=90))
    took = found.came.alerts_s
    print(
        f"   an alert, loopback: p50 {quantile(took, 0.5) * 1000:.0f} ms,"
        f" p99 {quantile(took, 0.99) * 1000:.0f} ms ({len(took)} alerts)"
    )


def alert_far() -> None:
    """Alerts over 9.6 kbit/s while reports are being caught up with."""
    near = Near(600, frame_bytes=RADIO_FRAME_BYTES, alerts=20, every_s=9.0, first_s=20.0)
    far = Far(1, alerts=20, cap_bytes_s=RADIO_CAP_BYTES_S, within_s=330)
    found = trial(RADIO, near, far)
    took, during = found.came.alerts_s, found.came.during
    print(
        f"   an alert, 9.6 kbit/s: p50 {quantile(took, 0.5):.1f} s, p95 {quantile(took, 0.95):.1f} s,"
        f" p99 {quantile(took, 0.99):.1f} s ({len(took)} alerts)"
    )
    print(f"   while {during[0]} to {during[-1]} of 600 records came by frames of {RADIO_FRAME_BYTES} B")


def main() -> None:
    """Measure and print."""
    if why := forbidden():
        print(f"   no shaped link: {why}")
        return
    alert_near()
    catch_up()
    alert_far()


if __name__ == "__main__":
    main()
