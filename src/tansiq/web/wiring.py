"""What the pages are given: the node's collaborators, and how the node's link is seen and cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from tansiq.base.clock import Clock, SystemClock
from tansiq.base.ids import Entropy
from tansiq.base.messages import Lang
from tansiq.exchange.parcels import Courier
from tansiq.exchange.protocol import Lane
from tansiq.model.charter import Charter, SealKey, SignKey
from tansiq.model.label import Party
from tansiq.seal.keys import PartyKeys
from tansiq.store.store import Store
from tansiq.web.caches import Caches
from tansiq.web.limits import Gauge
from tansiq.web.live import Live
from tansiq.work.ask_model import Model
from tansiq.work.door_rules import DoorRules
from tansiq.work.layers import Layers
from tansiq.work.noting import Noting
from tansiq.work.one_time import Doorkeeper
from tansiq.work.passkeys import Once
from tansiq.work.provider import Provider
from tansiq.work.session_keys import SessionKeys
from tansiq.work.sign_in import Limiter


class LinkControl(Protocol):
    """The node's connection to its carrier, as the Exchange page sees and cuts it."""

    @property
    def is_cut(self) -> bool: ...

    def cut(self) -> None: ...

    def restore(self) -> None: ...

    def set_cap(self, lane: Lane, bytes_s: int) -> None: ...


@dataclass(frozen=True)
class Wiring:
    """One node's collaborators. ``clock`` is the node's time (exercises set it), ``wall`` the machine's."""

    store: Store
    keys: PartyKeys
    charter: Callable[[], Charter]
    clock: Clock
    entropy: Entropy
    lang: Lang = "ar"
    secure_cookies: bool = False
    rules: DoorRules = field(default_factory=DoorRules)
    gauge: Gauge | None = None
    provider: Provider | None = None
    wall: Clock = field(default_factory=SystemClock)
    model: Model | None = None
    """The language model on the premises, if the settings name one."""
    layers: Layers = field(default_factory=Layers)
    """The optional layers of intake."""
    link: LinkControl | None = None
    courier: Courier | None = None
    doorkeeper: Doorkeeper | None = None
    door_secret: bytes = b""
    set_clock: Callable[[datetime], None] | None = None
    ways: frozenset[str] = frozenset()
    """The ways by which notices leave the node: ``mail``, ``phone``."""
    rotate: Callable[[datetime], tuple[SignKey, SealKey]] | None = None
    """Makes the party's next keys and returns what the charter is to say of them."""
    log_fault: Callable[[Exception], None] = lambda _: None
    once: Once = field(default_factory=Once)
    limiter: Limiter = field(default_factory=Limiter)
    session_keys: SessionKeys = field(default_factory=SessionKeys)
    live: Live = field(default_factory=Live)
    caches: Caches = field(default_factory=Caches)
    noting: Noting = field(default_factory=Noting)

    @property
    def party(self) -> Party:
        """Whose node this is."""
        return self.keys.party

    @property
    def exercise(self) -> bool:
        """Whether the node was created for exercise."""
        return self.store.exercise
