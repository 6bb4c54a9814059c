"""A restored node shows nothing of what it holds until the others have told what was withdrawn since."""

from __future__ import annotations

from typing import ClassVar, Final

from tansiq.base.errors import SetupError
from tansiq.exchange.safe import is_hidden
from tansiq.web.exits import Exit
from tansiq.web.wiring import Wiring

OPEN: Final = frozenset(
    {"witnessing", "alarm-settle", "safe-acknowledge", "exchange", "api-exchange", "link", "api-link"}
    | {"journal", "api-clock", "api-me", "sign-out"}
)
"""Exits of officers that stay open: they show the state of the exchange, and end the hiding."""


class NodeRestored(SetupError):
    """The store was restored, and what was withdrawn since is not known yet."""

    code: ClassVar[str] = "node.restored"


def must_not_be_hidden(wiring: Wiring, exit_: Exit) -> None:
    """Raise NodeRestored at an exit that shows records while the node must not."""
    if exit_.shows == "own" or exit_.name in OPEN:
        return
    with wiring.store.read() as rx:
        if is_hidden(rx):
            raise NodeRestored("restored; what was withdrawn since is not known yet")
