"""Attachments by hash through the carrier: asked for part by part, answered only to who may read.

1. A part is given when a record of our own that names the attachment is under a label that reaches the
   asker: what others sign, he among them, gives nobody a file of ours by its hash. An older version that
   alone names it must have been for him too.
2. Each part is sealed to the asker; the next is asked for when it has come, so a broken pull goes on
   where it stopped.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from tansiq.base.ids import owns
from tansiq.exchange.post import Post
from tansiq.model.label import Label, Party
from tansiq.policy.permits import Reader, permits
from tansiq.seal import BlobPart, BlobWish
from tansiq.store.errors import BrokenBlob
from tansiq.store.store import ReadTx, Store, WriteTx
from tansiq.store.values import BlobRow, StoredRecord

PART_BYTES: Final = 256 * 1024


def wish(post: Post, epoch: int, row: BlobRow, *, at_ms: int, size_bytes: int = PART_BYTES) -> BlobWish:
    """Return the note that asks for the next part of an attachment."""
    return BlobWish(
        originator=post.me,
        to=row.wanted_from,
        created_ms=at_ms,
        epoch=epoch,
        signer=post.keys.signer_id,
        digest=row.digest,
        offset=row.held_bytes,
        size_bytes=size_bytes,
    )


@dataclass
class Wishing:
    """Remembers which attachments were asked for, so that a part that is only late is not asked for again."""

    again_ms: int
    _asked: dict[bytes, tuple[int, int]] = field(default_factory=dict)

    def due(self, store: Store, me: Party, *, at_ms: int) -> list[BlobRow]:
        """Return the attachments whose next part is to be asked for now."""
        with store.read() as rx:
            wanted = [row for row in rx.wanted_blobs() if row.wanted_from != me]
        found = []
        for row in wanted:
            held, asked_ms = self._asked.get(row.digest, (-1, 0))
            if held != row.held_bytes or asked_ms + self.again_ms <= at_ms:
                self._asked[row.digest] = (row.held_bytes, at_ms)
                found.append(row)
        return found


def answer(
    rx: ReadTx, post: Post, epoch: int, asked: BlobWish, *, now: datetime, at_ms: int
) -> BlobPart | None:
    """Return the part that was asked for; None where the asker may not read it or nothing is held."""
    row = rx.blob(asked.digest)
    if row is None or not row.whole or not 0 <= asked.offset < row.size_bytes:
        return None
    if not may_have(rx, post.me, asked.digest, asked.originator, now=now):
        return None
    size = min(max(asked.size_bytes, 1), PART_BYTES)
    return BlobPart(
        originator=post.me,
        to=asked.originator,
        created_ms=at_ms,
        epoch=epoch,
        signer=post.keys.signer_id,
        digest=asked.digest,
        offset=asked.offset,
        total_bytes=row.size_bytes,
        data=rx.blob_bytes(asked.digest, asked.offset, size),
    )


def may_have(rx: ReadTx, me: Party, digest: bytes, party: Party, *, now: datetime) -> bool:
    """Whether a record of ours that names the attachment is under a label that reaches the party (rule 1)."""
    ours = (record for record in rx.blob_records(digest) if owns(me, record))
    return any(_reaches(rx, record, digest, party, now) for record in ours)


def _reaches(rx: ReadTx, record: bytes, digest: bytes, party: Party, now: datetime) -> bool:
    label = rx.label_of(record)
    if label is None or not permits(label, _institution(party, label), now=now):
        return False
    newest = rx.record(record)
    if newest is not None and _names(newest, digest):
        return True
    labels = (v.header.label for v in rx.versions(record) if _names(v, digest))
    return any(permits(each, _institution(party, each), now=now) for each in labels)


def _names(version: StoredRecord, digest: bytes) -> bool:
    return not version.buried and any(blob.digest == digest for blob in version.header.blobs)


def take_part(tx: WriteTx, part: BlobPart) -> bool:
    """Add a part that came; a part nobody asked for, or that breaks the hash, is not taken."""
    row = tx.blob(part.digest)
    if row is None or row.wanted_from != part.originator or part.total_bytes != row.size_bytes:
        return False
    if part.offset > row.held_bytes or not part.data:
        return False
    tx.put_blob_part(part.digest, part.offset, part.data)
    return True


def broken(tx: WriteTx, digest: bytes) -> None:
    """Begin an attachment again whose bytes were not what its hash says."""
    row = tx.blob(digest)
    if row is not None and not row.whole:
        tx.drop_blob(digest)
        tx.want_blob(digest, row.size_bytes, wanted_from=row.wanted_from, at_ms=row.at_ms)


def _institution(party: Party, label: Label) -> Reader:
    """The party as an institution: it was sealed for, and its own officers' limits are its own affair."""
    return Reader(party, "secret", frozenset(label.compartments), frozenset(label.uses))


__all__ = ["BrokenBlob", "Wishing", "answer", "broken", "may_have", "take_part", "wish"]
