"""What leaves of protected records: sealed for each recipient when it is released, for nobody here to open.

1. A protected record travels in a segment of its own. When it is released, or when a session that opens it
   comes by, the segment is sealed for each recipient alone; those bytes wait here, not the body.
2. They go when the recipient's receipt comes, and with the record.
3. A segment asked for again when they are gone waits (``AWAITS_MS``) for a session that opens the body.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, insert, select, update

from tansiq.model.label import Party
from tansiq.store.tables import versions
from tansiq.store.tables_node import deliveries, outbox, segment_items
from tansiq.store.tables_protect import guarded, sealed_out
from tansiq.store.tx import Tx
from tansiq.store.values import parted

AWAITS_MS: Final = -1
"""``sent_ms`` of a delivery that waits for a session which opens its record."""


@dataclass(frozen=True, slots=True)
class Unsealed:
    """A protected record still to be sealed for parties; ``number`` None = its segment is to be made too."""

    digest: bytes
    recipients: tuple[Party, ...]
    lane: int
    feed: bytes = b""
    number: int | None = None


_GUARDED_UNSENT: Final = (
    select(deliveries.c.feed, deliveries.c.number)
    .join(
        segment_items,
        (segment_items.c.feed == deliveries.c.feed) & (segment_items.c.number == deliveries.c.number),
    )
    .join(guarded, guarded.c.digest == segment_items.c.digest)
    .where(deliveries.c.sent_ms.is_(None))
)


class SealedOutReading(Tx):
    """Reading of what waits sealed."""

    def sealed_for(self, feed: bytes, number: int) -> Mapping[Party, bytes]:
        """Return a protected segment's bytes by recipient, as far as they wait here."""
        this = (sealed_out.c.feed == feed, sealed_out.c.number == number)
        return {Party(row.party): row.sealed for row in self.all(select(sealed_out).where(*this))}

    def is_guarded(self, feed: bytes, number: int) -> bool:
        """Whether a segment holds a protected record."""
        found = select(guarded.c.seq).join(segment_items, segment_items.c.digest == guarded.c.digest)
        this = (segment_items.c.feed == feed, segment_items.c.number == number)
        return self.one(found.where(*this).limit(1)) is not None

    def guarded_unsent(self) -> frozenset[tuple[bytes, int]]:
        """Return feed and number of the protected segments that are not handed to the carrier yet."""
        return frozenset((row.feed, row.number) for row in self.all(_GUARDED_UNSENT))

    def awaiting_session(self) -> tuple[Unsealed, ...]:
        """Return what waits for a session: queued protected records, and segments asked for again."""
        queued = select(outbox).join(guarded, guarded.c.digest == outbox.c.digest).order_by(outbox.c.id)
        fresh = [Unsealed(r.digest, parted(r.recipients), r.lane) for r in self.all(queued)]
        again = (
            select(deliveries, segment_items.c.digest)
            .join(
                segment_items,
                (segment_items.c.feed == deliveries.c.feed) & (segment_items.c.number == deliveries.c.number),
            )
            .where(deliveries.c.sent_ms == AWAITS_MS)
            .order_by(deliveries.c.feed, deliveries.c.number, deliveries.c.party)
        )
        return (
            *fresh,
            *(Unsealed(r.digest, (Party(r.party),), r.lane, r.feed, r.number) for r in self.all(again)),
        )


class SealedOutWriting(SealedOutReading):
    """Writing of what waits sealed."""

    def put_sealed(
        self, feed: bytes, number: int, sealed: Mapping[Party, bytes], *, digest: bytes, at_ms: int
    ) -> None:
        """Keep a protected segment as sealed for each recipient; deliveries that waited for it are open."""
        at = {"feed": feed, "number": number}
        this = (deliveries.c.feed == feed, deliveries.c.number == number)
        for party, raw in sorted(sealed.items()):
            self.run(
                delete(sealed_out).where(
                    sealed_out.c.feed == feed, sealed_out.c.number == number, sealed_out.c.party == party
                )
            )
            row = {**at, "party": party, "digest": digest, "sealed": raw, "at_ms": at_ms}
            self.run(insert(sealed_out), [row])
            waits = (*this, deliveries.c.party == party, deliveries.c.sent_ms == AWAITS_MS)
            self.run(update(deliveries).where(*waits).values(sent_ms=None, at_ms=at_ms))
        self.touched.topics.add("outbox")

    def await_session(self, feed: bytes, number: int, party: Party) -> None:
        """Let a delivery wait for a session that opens its record."""
        this = (deliveries.c.feed == feed, deliveries.c.number == number, deliveries.c.party == party)
        self.run(update(deliveries).where(*this).values(sent_ms=AWAITS_MS))

    def drop_received(self, received: Sequence[tuple[bytes, int]], party: Party) -> None:
        """Let go of what waited for a party: its receipt for these records and versions has come."""
        if self.one(select(sealed_out.c.number).where(sealed_out.c.party == party).limit(1)) is None:
            return
        for record, version in received:
            this = (versions.c.record == record, versions.c.version == version)
            named = select(versions.c.digest).where(*this)
            self.run(delete(sealed_out).where(sealed_out.c.party == party, sealed_out.c.digest.in_(named)))
