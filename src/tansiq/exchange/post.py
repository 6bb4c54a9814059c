"""Sealing for parties and handing to the carrier: the only way anything leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from tansiq.base.clock import Clock
from tansiq.base.ids import Entropy
from tansiq.exchange.protocol import Carrier, Lane
from tansiq.model.label import Party
from tansiq.policy.charter import Charter, PartyEntry
from tansiq.seal import Packed, PartyKeys, frame, pack, seal, sign_note
from tansiq.seal.segment import NoteContent

ROUTINE: Final[Lane] = "routine"
ALERT: Final[Lane] = "alert"
LANES: Final[tuple[Lane, Lane]] = (ALERT, ROUTINE)
CharterNow = Callable[[], Charter]


@dataclass(frozen=True, slots=True)
class Post:
    """A node's way out: its keys, the charter in force, and a carrier for each lane."""

    keys: PartyKeys
    charter: CharterNow
    carriers: Mapping[Lane, Carrier]
    clock: Clock
    entropy: Entropy

    @property
    def me(self) -> Party:
        """The party that sends."""
        return self.keys.party

    def sealed(self, what: Packed, parties: Iterable[Party]) -> tuple[bytes, tuple[PartyEntry, ...]]:
        """Return what is sealed for those of ``parties`` that are active, and their entries."""
        charter, now = self.charter(), self.clock.now()
        reached = {p: r for p in parties if (r := charter.recipient(p, now=now)) is not None}
        entries = tuple(e for p in reached if (e := charter.party(p)) is not None)
        if not entries:
            return b"", ()
        return seal(pack(what), tuple(reached.values()), entropy=self.entropy), entries

    async def send(self, what: Packed, parties: Iterable[Party], lane: Lane) -> list[Party]:
        """Seal and put; return whom it reached. Raises CarrierDown after what went before it went out."""
        sealed, entries = await asyncio.to_thread(self.sealed, what, tuple(parties))
        reached = []
        for entry in entries:
            await self.put(entry, sealed, lane)
            reached.append(entry.code)
        return reached

    async def put(self, entry: PartyEntry, sealed: bytes, lane: Lane) -> None:
        """Put sealed bytes into the party's mailbox of the lane. Raises CarrierDown, NoMailbox."""
        mailbox = entry.alert_mailbox if lane == ALERT else entry.mailbox
        await self.carriers[lane].put(mailbox, frame(mailbox, sealed))

    async def note(self, content: NoteContent) -> None:
        """Sign a note and send it to the party it names. Raises CarrierDown."""
        await self.send(sign_note(content, self.keys), (content.to,), ROUTINE)
