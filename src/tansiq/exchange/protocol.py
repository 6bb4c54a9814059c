"""What the exchange asks of whoever carries its bytes.

1. A carrier sees a mailbox token and a frame; it can lose, double, delay and reorder, and nothing breaks.
2. ``put`` returns when the carrier holds the frame durably; ``take`` gives frames that stay with the carrier
   until each is acknowledged.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import ClassVar, Literal, Protocol

from tansiq.base.errors import PeerError

Lane = Literal["routine", "alert"]
"""Which of a party's two mailboxes a frame goes to; alerts have a connection of their own."""


class CarrierDown(PeerError):
    """The carrier cannot be reached now; the same call is worth trying again."""

    code: ClassVar[str] = "carrier.down"


class NoMailbox(PeerError):
    """The carrier has no such mailbox: the charter's token was never set up there."""

    code: ClassVar[str] = "carrier.no-mailbox"


class FrameTooLarge(PeerError):
    """A frame over what the carrier takes in one message."""

    code: ClassVar[str] = "carrier.frame-too-large"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One frame from a mailbox. ``ack`` = it is held here; ``later`` = give it again after ``delay_s``."""

    frame: bytes
    ack: Callable[[], Awaitable[None]]
    later: Callable[[float], Awaitable[None]]


class Carrier(Protocol):
    """Moves sealed bytes to a mailbox (16-byte token); knows nothing of what is inside."""

    async def put(self, mailbox: bytes, frame: bytes) -> None:
        """Hand over a frame. Raises CarrierDown, NoMailbox, FrameTooLarge."""

    async def take(self, mailbox: bytes, *, limit: int, timeout_s: float) -> list[Delivery]:
        """Return up to ``limit`` waiting frames, none after ``timeout_s``. Raises CarrierDown, NoMailbox."""

    def hurry(self) -> None:
        """Wait for no frame from now on; what waits in ``take`` ends at once."""

    async def close(self) -> None:
        """Let go of connections."""
