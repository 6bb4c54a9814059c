"""A carrier in memory with every fault a real one has, drawn from a seed: the simulator's network.

One :class:`MemoryNet` is the world between the nodes; each node holds a :class:`MemoryCarrier` of it.
Time is counted in ticks: whoever runs the simulation calls :meth:`MemoryNet.tick`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tansiq.base.ids import Entropy
from tansiq.exchange.protocol import CarrierDown, Delivery


@dataclass(frozen=True, slots=True)
class Faults:
    """Shares between 0 and 1 of frames lost, doubled, put before others; delay up to so many ticks."""

    loss: float = 0.0
    duplicate: float = 0.0
    reorder: float = 0.0
    delay_ticks: int = 0


NO_FAULTS = Faults()


@dataclass(slots=True)
class _Waiting:
    frame: bytes
    due: int


class MemoryNet:
    """The mailboxes, the faults and the cuts. ``tamper`` may change a frame on its way (hostile carrier)."""

    def __init__(self, entropy: Entropy, faults: Faults = NO_FAULTS) -> None:
        self.faults = faults
        self.tamper: Callable[[bytes, bytes], bytes] = lambda _mailbox, frame: frame
        self.carried = 0
        self.carried_bytes = 0
        self._entropy = entropy
        self._boxes: dict[bytes, list[_Waiting]] = defaultdict(list)
        self._cut: set[str] = set()
        self._now = 0

    def carrier(self, name: str) -> MemoryCarrier:
        """Return the carrier of the node ``name``; cuts go by this name."""
        return MemoryCarrier(self, name)

    def tick(self, count: int = 1) -> None:
        """Let time pass: delayed frames come nearer."""
        self._now += count

    def cut(self, names: Iterable[str]) -> None:
        """Part these nodes from the net: they can neither put nor take."""
        self._cut = set(names)

    def waiting(self, mailbox: bytes) -> int:
        """Return how many frames wait in a mailbox."""
        return len(self._boxes[mailbox])

    def is_cut(self, name: str) -> bool:
        """Whether the node is parted from the net."""
        return name in self._cut

    def put(self, mailbox: bytes, frame: bytes) -> None:
        """Take a frame in, with the faults of the net."""
        self.carried += 1
        self.carried_bytes += len(frame)
        if self._chance(self.faults.loss):
            return
        for _ in range(2 if self._chance(self.faults.duplicate) else 1):
            due = self._now + self._below(self.faults.delay_ticks + 1)
            waiting = _Waiting(self.tamper(mailbox, frame), due)
            box = self._boxes[mailbox]
            at = self._below(len(box) + 1) if self._chance(self.faults.reorder) else len(box)
            box.insert(at, waiting)

    def due(self, mailbox: bytes, limit: int) -> list[_Waiting]:
        """Return waiting frames whose time has come; they stay until dropped."""
        return [w for w in self._boxes[mailbox] if w.due <= self._now][:limit]

    def drop(self, mailbox: bytes, waiting: _Waiting) -> None:
        """Forget an acknowledged frame."""
        box = self._boxes[mailbox]
        self._boxes[mailbox] = [w for w in box if w is not waiting]

    def postpone(self, waiting: _Waiting) -> None:
        """Give a frame again at the next tick."""
        waiting.due = self._now + 1

    def _chance(self, share: float) -> bool:
        return share > 0 and int.from_bytes(self._entropy.take(4), "big") < share * 2**32

    def _below(self, bound: int) -> int:
        return int.from_bytes(self._entropy.take(4), "big") % bound if bound > 1 else 0


class MemoryCarrier:
    """One node's side of a :class:`MemoryNet`."""

    def __init__(self, net: MemoryNet, name: str) -> None:
        self._net = net
        self._name = name

    async def put(self, mailbox: bytes, frame: bytes) -> None:
        """Hand over a frame. Raises CarrierDown while the node is cut off."""
        self._reach()
        self._net.put(mailbox, frame)

    async def take(
        self,
        mailbox: bytes,
        *,
        limit: int,
        timeout_s: float,  # noqa: ARG002  nobody waits in memory
    ) -> list[Delivery]:
        """Return what is due now; ``timeout_s`` is not waited for. Raises CarrierDown."""
        self._reach()
        return [self._delivery(mailbox, w) for w in self._net.due(mailbox, limit)]

    def hurry(self) -> None:
        """Nobody waits."""

    async def close(self) -> None:
        """Nothing is held."""

    def _reach(self) -> None:
        if self._net.is_cut(self._name):
            raise CarrierDown(f"{self._name} is cut off from the net")

    def _delivery(self, mailbox: bytes, waiting: _Waiting) -> Delivery:
        async def ack() -> None:
            self._net.drop(mailbox, waiting)

        async def later(_delay_s: float) -> None:
            self._net.postpone(waiting)

        return Delivery(waiting.frame, ack, later)
