"""Who works, with what: an officer at the desk of one node."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from tansiq.base.clock import Clock, millis
from tansiq.base.ids import Entropy
from tansiq.base.refusal import Refusal
from tansiq.intake.proposals import Proposer
from tansiq.model.charter import Charter
from tansiq.model.label import Party
from tansiq.policy.clearance import Act, OfficerRole, may
from tansiq.policy.permits import Reader
from tansiq.seal.keys import PartyKeys
from tansiq.store.store import Store, WriteTx

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer of this node. ``pseudonym`` is what records bear; ``reader`` what he may read."""

    id: str
    name: str
    role: OfficerRole
    pseudonym: str
    reader: Reader


@dataclass(frozen=True, slots=True)
class Desk:
    """The collaborators of every use case; ``charter`` is the epoch in force.

    ``layers`` are the proposers of names that the node has beside its own.
    """

    store: Store
    keys: PartyKeys
    charter: Charter
    clock: Clock
    entropy: Entropy
    officer: Officer
    layers: tuple[Proposer, ...] = ()

    @property
    def now(self) -> datetime:
        """The node's time, aware UTC."""
        return self.clock.now()

    @property
    def now_ms(self) -> int:
        """The node's time in milliseconds."""
        return millis(self.clock.now())

    @property
    def party(self) -> Party:
        """Whose node this is."""
        return self.keys.party

    def lacks(self, act: Act) -> Refusal | None:
        """Return the refusal ``role`` when the officer's role does not allow the act."""
        return None if may(self.officer.role, act) else Refusal("role", frozenset({act}))


class _TakeBack(Exception):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


def whole(store: Store, act: Callable[[WriteTx], T | Refusal]) -> T | Refusal:
    """Do ``act`` in one transaction; when it ends in a Refusal, everything it wrote is taken back."""
    try:
        with store.write() as tx:
            done = act(tx)
            if isinstance(done, Refusal):
                raise _TakeBack(done)
            return done
    except _TakeBack as stopped:
        return stopped.refusal
