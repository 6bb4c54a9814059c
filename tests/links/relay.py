"""A link between two network namespaces with delay, loss, duplication and rate, in user space.

``python -m tests.links.relay NAME JSON``: makes the namespaces ``NAME-a`` and ``NAME-b`` with a TUN interface
each (10.77.0.1 and 10.77.0.2), carries packets between them until standard input ends, and removes both. The
real TCP of the system stays in play. Each way has a queue of its own of ``queue_bytes``, as a modem has; what
does not fit is lost.
"""

from __future__ import annotations

import fcntl
import heapq
import os
import random
import select
import struct
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import Final

import msgspec
from msgspec import Struct

TUNSETIFF: Final = 0x400454CA
TUN_WITHOUT_HEADER: Final = 0x0001 | 0x1000


class Shape(Struct, frozen=True):
    """How a link is: bits a second, seconds one way, shares of packets lost and doubled, bytes queued."""

    rate_bit_s: int = 0
    delay_s: float = 0.0
    loss: float = 0.0
    duplicate: float = 0.0
    queue_bytes: int = 20_000
    mtu: int = 1500
    seed: int = 7


@dataclass
class Way:
    """One direction: packets leave one after the other at the rate, then travel for the delay."""

    shape: Shape
    random: random.Random
    free_s: float = 0.0
    under_way: list[tuple[float, int, bytes]] = field(default_factory=list)
    count: int = 0
    carried: int = 0

    def take(self, packet: bytes, now_s: float) -> None:
        """Take a packet in, or lose it."""
        shape = self.shape
        begin_s = max(now_s, self.free_s)
        waiting = (begin_s - now_s) * shape.rate_bit_s / 8 if shape.rate_bit_s else 0
        if waiting > shape.queue_bytes:
            return
        sent_s = begin_s + (len(packet) * 8 / shape.rate_bit_s if shape.rate_bit_s else 0.0)
        self.free_s = sent_s
        self.carried += len(packet)
        if self.random.random() < shape.loss:
            return
        for _ in range(2 if self.random.random() < shape.duplicate else 1):
            self.count += 1
            heapq.heappush(self.under_way, (sent_s + shape.delay_s, self.count, packet))

    def due(self, now_s: float) -> list[bytes]:
        """Return what has arrived."""
        found = []
        while self.under_way and self.under_way[0][0] <= now_s:
            found.append(heapq.heappop(self.under_way)[2])
        return found

    def next_s(self) -> float:
        """Return when the next packet arrives."""
        return self.under_way[0][0] if self.under_way else float("inf")


def ip(*words: str) -> None:
    """Run ``ip`` with these words."""
    subprocess.run(["ip", *words], check=True, capture_output=True)


def tun(name: str, namespace: str, own: str, other: str, mtu: int) -> int:
    """Return the file of a TUN interface that stands in a namespace of its own."""
    handle = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(handle, TUNSETIFF, struct.pack("16sH", name.encode(), TUN_WITHOUT_HEADER))
    ip("netns", "add", namespace)
    ip("link", "set", name, "netns", namespace)
    ip("-n", namespace, "addr", "add", own, "peer", other, "dev", name)
    ip("-n", namespace, "link", "set", name, "mtu", str(mtu), "up")
    ip("-n", namespace, "link", "set", "lo", "up")
    return handle


def carry(ends: tuple[int, int], shape: Shape) -> None:
    """Carry packets until standard input ends."""
    rng = random.Random(shape.seed)
    ways = {ends[0]: (Way(shape, rng), ends[1]), ends[1]: (Way(shape, rng), ends[0])}
    while True:
        now_s = time.monotonic()
        wait_s = min(0.5, max(0.0, min(way.next_s() for way, _ in ways.values()) - now_s))
        ready, _, _ = select.select([*ends, sys.stdin], [], [], wait_s)
        if sys.stdin in ready:
            return
        now_s = time.monotonic()
        for end, (way, other) in ways.items():
            if end in ready:
                way.take(os.read(end, 65_536), now_s)
            for packet in way.due(now_s):
                os.write(other, packet)


def main(name: str, shape: Shape) -> None:
    """Make the link, say so, carry, remove it."""
    os.setpriority(os.PRIO_PROCESS, 0, -15)  # a link keeps its time whatever else the machine does
    try:
        ends = (
            tun(f"{name}-a", f"{name}-a", "10.77.0.1", "10.77.0.2", shape.mtu),
            tun(f"{name}-b", f"{name}-b", "10.77.0.2", "10.77.0.1", shape.mtu),
        )
        print("ready", flush=True)
        carry(ends, shape)
    finally:
        for side in "ab":
            subprocess.run(["ip", "netns", "del", f"{name}-{side}"], check=False, capture_output=True)


if __name__ == "__main__":
    main(sys.argv[1], msgspec.json.decode(sys.argv[2], type=Shape))
