"""Courier parcels as the store keeps them: frames that came, what a party has not confirmed, the list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy import bindparam, delete, exists, insert, or_, select

from tansiq.model.label import Party
from tansiq.store.bulk import enter
from tansiq.store.tables import versions
from tansiq.store.tables_courier import parcel_frames, parcel_wishes, parcels
from tansiq.store.tables_node import deliveries, receipts, segment_items
from tansiq.store.tx import Tx
from tansiq.store.values import Delivery, joined, parted

WITHHELD_MS = 0
"""``sent_ms`` of a delivery that its party must not get."""

_FRAME: Final = select(parcel_frames.c.at_ms).where(parcel_frames.c.digest == bindparam("digest"))


@dataclass(frozen=True, slots=True)
class ParcelRow:
    """A parcel that was made (``out``) or taken in (``in``).

    ``frames`` = put in, or newly taken; ``known`` = taken before; ``others`` = for other parties; ``held`` =
    waiting for a charter; ``refused`` and ``faults`` = codes; ``left_over`` = deliveries that did not fit.
    """

    parcel: bytes
    way: Literal["out", "in"]
    parties: tuple[Party, ...]
    officer: str
    at_ms: int
    size_bytes: int
    frames: int
    known: int = 0
    others: int = 0
    held: int = 0
    refused: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    left_over: int = 0


class CourierReading(Tx):
    """Reading of what concerns parcels."""

    def unconfirmed(
        self, party: Party, *, unheard_ms: int, since_ms: int | None = None
    ) -> tuple[Delivery, ...]:
        """Return the deliveries that a party may lack, the most urgent and the oldest first.

        Those are the ones not handed to the carrier, those handed over from ``unheard_ms`` on, those with a
        record for which no receipt came, and, with ``since_ms``, all made since then.
        """
        d = deliveries.c
        open_record = (
            select(segment_items.c.digest)
            .join(versions, versions.c.digest == segment_items.c.digest)
            .where(
                segment_items.c.feed == d.feed,
                segment_items.c.number == d.number,
                ~versions.c.system,
                ~exists().where(
                    receipts.c.record == versions.c.record,
                    receipts.c.version == versions.c.version,
                    receipts.c.party == d.party,
                ),
            )
        )
        lacking = [d.sent_ms.is_(None), d.sent_ms >= max(unheard_ms, 1), exists(open_record)]
        if since_ms is not None:
            lacking.append(d.at_ms >= since_ms)
        due = or_(d.sent_ms.is_(None), d.sent_ms != WITHHELD_MS)
        found = select(deliveries).where(d.party == party, due, or_(*lacking))
        rows = self.all(found.order_by(d.lane, d.at_ms, d.feed, d.number))
        return tuple(Delivery(r.feed, r.number, Party(r.party), r.lane, r.at_ms, r.sent_ms) for r in rows)

    def frame_known(self, digest: bytes) -> bool:
        """Whether a frame came by a parcel before."""
        return self.one(_FRAME, digest=digest) is not None

    def parcels(self, limit: int = 100) -> tuple[ParcelRow, ...]:
        """Return the parcels made and taken in, newest first."""
        rows = self.all(select(parcels).order_by(parcels.c.id.desc()).limit(limit))
        return tuple(
            ParcelRow(
                r.parcel,
                "out" if r.way == "out" else "in",
                parted(r.parties),
                r.officer,
                r.at_ms,
                r.size_bytes,
                r.frames,
                r.known,
                r.others,
                r.held,
                tuple(r.refused.split()),
                tuple(r.faults.split()),
                r.left_over,
            )
            for r in rows
        )

    def blob_wishes(self, party: Party) -> tuple[tuple[bytes, int], ...]:
        """Return the attachments that a party asked for by parcel, with the first byte it lacks."""
        wishes = select(parcel_wishes).where(parcel_wishes.c.party == party)
        return tuple((r.digest, r.offset) for r in self.all(wishes.order_by(parcel_wishes.c.at_ms)))


class CourierWriting(CourierReading):
    """Writing of what concerns parcels."""

    def know_frames(self, digests: Collection[bytes], at_ms: int) -> None:
        """Note frames that were taken in by parcel."""
        fresh = [d for d in dict.fromkeys(digests) if not self.frame_known(d)]
        enter(self.conn, parcel_frames, [{"digest": d, "at_ms": at_ms} for d in fresh])

    def put_parcel(self, row: ParcelRow) -> None:
        """Note a parcel that was made or taken in."""
        self.run(
            insert(parcels),
            [
                {
                    "parcel": row.parcel,
                    "way": row.way,
                    "parties": joined(row.parties),
                    "officer": row.officer,
                    "at_ms": row.at_ms,
                    "size_bytes": row.size_bytes,
                    "frames": row.frames,
                    "known": row.known,
                    "others": row.others,
                    "held": row.held,
                    "refused": " ".join(row.refused),
                    "faults": " ".join(row.faults),
                    "left_over": row.left_over,
                }
            ],
        )
        self.touched.topics.add("parcels")

    def wish_by_parcel(self, party: Party, digest: bytes, offset: int, at_ms: int) -> None:
        """Note that a party asked for an attachment by parcel."""
        self.wish_answered(party, [digest])
        self.run(
            insert(parcel_wishes), [{"party": party, "digest": digest, "offset": offset, "at_ms": at_ms}]
        )

    def wish_answered(self, party: Party, digests: Sequence[bytes]) -> None:
        """Forget wishes that a parcel answers."""
        this = (parcel_wishes.c.party == party, parcel_wishes.c.digest.in_(digests))
        self.run(delete(parcel_wishes).where(*this))
