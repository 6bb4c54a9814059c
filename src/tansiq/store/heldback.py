"""Records held back, for their key was revoked since: in no projection until an officer settles each.

1. What had entered before the revocation came stays in the log and leaves every projection.
2. What came later never entered: its signed bytes rest here, sealed.
3. Accepting brings a record of the first sort back; ``work`` enters one of the second. A refused one stays
   out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import msgspec
from sqlalchemy import Row, delete, insert, select, update

from tansiq.base.ids import RecordId, id_of
from tansiq.model.label import Party
from tansiq.model.record import Record, Signed
from tansiq.store.appending import RecordsWriting
from tansiq.store.reading import RecordsReading
from tansiq.store.tables import versions
from tansiq.store.tables_charter import held_back, revoked_heads
from tansiq.store.values import FeedMark

AT_ONCE = 500
Settled = Literal["", "accepted", "refused"]
_SIGNED = msgspec.msgpack.Decoder(Signed)


@dataclass(frozen=True, slots=True)
class HeldBackRow:
    """A record held back. ``entered`` = it had entered before; ``settled`` empty = an officer has yet to."""

    digest: bytes
    record_id: RecordId
    version: int
    originator: Party
    signer: str
    feed: FeedMark | None
    at_ms: int
    entered: bool
    settled: Settled
    officer: str
    reason: str


class HeldBackReading(RecordsReading):
    """Reading of what is held back."""

    def held_back(self, *, settled: bool = False, limit: int = 500) -> tuple[HeldBackRow, ...]:
        """Return what waits for an officer, oldest first; the settled ones only if asked."""
        found = select(held_back).order_by(held_back.c.at_ms, held_back.c.digest).limit(limit)
        if not settled:
            found = found.where(held_back.c.settled == "")
        return tuple(_row(row) for row in self.all(found))

    def held_back_row(self, digest: bytes) -> HeldBackRow | None:
        """Return one by its record's digest."""
        row = self.one(select(held_back).where(held_back.c.digest == digest))
        return None if row is None else _row(row)

    def held_back_record(self, digest: bytes) -> Record | None:
        """Return the record that is held back."""
        sealed = self.value(select(held_back.c.sealed).where(held_back.c.digest == digest))
        if sealed:
            return Record(_SIGNED.decode(self.core.vault.unlock(sealed, digest)))
        signed = self.signed(digest)
        return None if signed is None else Record(signed)

    def versions_of(self, originator: Party) -> Iterator[tuple[Record, FeedMark | None]]:
        """Yield every version held of an originator's records, with the feed it came by."""
        wanted = select(versions.c.digest, versions.c.feed, versions.c.number)
        rows = self.all(
            wanted.where(versions.c.originator == originator, ~versions.c.buried).order_by(versions.c.seq)
        )
        for at in range(0, len(rows), AT_ONCE):
            part = rows[at : at + AT_ONCE]
            held = self.signed_many([row.digest for row in part])
            for row in part:
                mark = None if row.feed is None else FeedMark(row.feed, row.number)
                if row.digest in held:
                    yield Record(held[row.digest]), mark

    def revoked_number(self, signer: str, feed: bytes) -> int | None:
        """Return the last good number that a head list named for a revoked signer's feed."""
        this = (revoked_heads.c.signer == signer, revoked_heads.c.feed == feed)
        found = self.value(select(revoked_heads.c.number).where(*this))
        return None if found is None else int(found)


class HeldBackWriting(RecordsWriting, HeldBackReading):
    """Writing of what is held back."""

    def hold_back(
        self, record: Record, *, feed: FeedMark | None, at_ms: int, entered: bool, limit: int = 10_000
    ) -> None:
        """Take a record out of every projection, or keep one that never entered, until an officer settles."""
        header = record.header
        known = self.held_back_row(record.digest)
        if known is not None or (not entered and len(self.held_back(limit=limit)) >= limit):
            return
        sealed = (
            b"" if entered else self.core.vault.lock(msgspec.msgpack.encode(record.signed), record.digest)
        )
        row = {
            "digest": record.digest,
            "record": header.id,
            "version": header.version,
            "originator": header.originator,
            "signer": header.signer,
            "feed": None if feed is None else feed.feed,
            "number": None if feed is None else feed.number,
            "at_ms": at_ms,
            "sealed": sealed,
            "settled": "",
            "settled_ms": None,
            "officer": "",
            "reason": "",
        }
        self.run(insert(held_back), [row])
        self.touched.topics.add("review")
        if entered:
            self.touched.records[header.id] = header.kind
            self.relabel([header.id])

    def settle_held_back(
        self, digest: bytes, settled: Settled, *, officer: str, reason: str, at_ms: int
    ) -> None:
        """Note what an officer decided; an accepted record that had entered is shown again."""
        values = {"settled": settled, "officer": officer, "reason": reason, "settled_ms": at_ms}
        self.run(update(held_back).where(held_back.c.digest == digest).values(**values))
        row = self.held_back_row(digest)
        if row is not None and row.entered:
            raw = self.value(select(held_back.c.record).where(held_back.c.digest == digest))
            self.relabel([bytes(raw)])
        self.touched.topics.add("review")

    def revoked_to(self, signer: str, feed: bytes, number: int, *, at_ms: int) -> bool:
        """Note the last good number of a revoked signer's feed; return whether that is news."""
        if self.revoked_number(signer, feed) == number:
            return False
        this = (revoked_heads.c.signer == signer, revoked_heads.c.feed == feed)
        self.run(delete(revoked_heads).where(*this))
        row = {"signer": signer, "feed": feed, "number": number, "at_ms": at_ms}
        self.run(insert(revoked_heads), [row])
        return True


def _row(row: Row[Any]) -> HeldBackRow:
    return HeldBackRow(
        digest=row.digest,
        record_id=id_of(row.record),
        version=row.version,
        originator=Party(row.originator),
        signer=row.signer,
        feed=None if row.feed is None else FeedMark(row.feed, row.number),
        at_ms=row.at_ms,
        entered=not row.sealed,
        settled=row.settled,
        officer=row.officer,
        reason=row.reason,
    )
