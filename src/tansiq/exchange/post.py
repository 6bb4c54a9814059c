"""Sealing for parties and handing to the carrier: the only way anything leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from tansiq.base.clock import Clock
from tansiq.base.ids import Entropy
from tansiq.exchange.protocol import Carrier, Lane
from tansiq.exchange.throttle import Throttle
from tansiq.model.label import Party
from tansiq.policy.charter import Charter, PartyEntry
from tansiq.seal import Packed, PartyKeys, frame, pack, seal, sign_note
from tansiq.seal.segment import NoteContent

ROUTINE: Final[Lane] = "routine"
ALERT: Final[Lane] = "alert"
LANES: Final[tuple[Lane, Lane]] = (ALERT, ROUTINE)
CharterNow = Callable[[], Charter]


@dataclass(frozen=True, slots=True)
class Sealed:
    """An age file for one party."""

    entry: PartyEntry
    bytes: bytes


@dataclass(frozen=True, slots=True)
class Post:
    """A node's way out: its keys, the charter in force, and a carrier for each lane."""

    keys: PartyKeys
    charter: CharterNow
    carriers: Mapping[Lane, Carrier]
    clock: Clock
    entropy: Entropy
    caps: Mapping[Lane, Throttle] = field(default_factory=dict)

    @property
    def me(self) -> Party:
        """The party that sends."""
        return self.keys.party

    def sealed(self, what: Packed, parties: Iterable[Party]) -> tuple[Sealed, ...]:
        """Return what is sealed, for each of ``parties`` that is active by itself.

        No two mailboxes get the same bytes: a carrier cannot tell by them who has the same thing.
        """
        charter, now = self.charter(), self.clock.now()
        reached = {p: r for p in parties if (r := charter.recipient(p, now=now)) is not None}
        plain = pack(what) if reached else b""
        return tuple(
            Sealed(entry, seal(plain, (recipient,), entropy=self.entropy))
            for party, recipient in reached.items()
            if (entry := charter.party(party)) is not None
        )

    async def send(self, what: Packed, parties: Iterable[Party], lane: Lane) -> list[Party]:
        """Seal and put; return whom it reached. Raises CarrierDown after what went before it went out."""
        reached = []
        for each in await asyncio.to_thread(self.sealed, what, tuple(parties)):
            await self.put(each.entry, each.bytes, lane)
            reached.append(each.entry.code)
        return reached

    async def put(self, entry: PartyEntry, sealed: bytes, lane: Lane) -> None:
        """Put sealed bytes into the party's mailbox of the lane. Raises CarrierDown, NoMailbox."""
        mailbox = entry.alert_mailbox if lane == ALERT else entry.mailbox
        framed, capped = frame(mailbox, sealed), self.caps.get(lane)
        if capped is not None:
            await capped.turn()
            capped.moved(len(framed))
        await self.carriers[lane].put(mailbox, framed)

    async def note(self, content: NoteContent) -> None:
        """Sign a note and send it to the party it names. Raises CarrierDown."""
        await self.send(sign_note(content, self.keys), (content.to,), ROUTINE)
