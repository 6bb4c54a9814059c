"""Attachments: by the SHA-256 of their plain bytes, sealed at rest, pulled in parts and resumable.

1. Parts come in their order; ``held_bytes`` says where the next one begins. A part that does not continue
   what is held is refused.
2. When the last part is in, the whole is hashed; if it is not what its name says, nothing of it stays.
3. An attachment is deleted with the last record that names it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, insert, select, update

from tansiq.model.label import Party
from tansiq.model.record import BLOB_LIMIT_BYTES
from tansiq.store.errors import BrokenBlob
from tansiq.store.tables import versions
from tansiq.store.tables_node import blob_parts, blob_refs, blobs
from tansiq.store.tx import Tx
from tansiq.store.values import BlobRow

PART_BYTES: Final = 256 * 1024


_LACKING: Final = (
    select(blobs)
    .where(blobs.c.held_bytes < blobs.c.size_bytes)
    .order_by(blobs.c.at_ms, blobs.c.digest)
    .limit(bindparam("limit"))
)


class BlobsReading(Tx):
    """Reading of attachments."""

    def blob(self, digest: bytes) -> BlobRow | None:
        """Return what is held of an attachment."""
        row = self.one(select(blobs).where(blobs.c.digest == digest))
        return None if row is None else _blob(row)

    def blob_bytes(self, digest: bytes, offset: int = 0, size_bytes: int | None = None) -> bytes:
        """Return plain bytes from ``offset``; at most what is held. An unknown attachment has none."""
        row = self.one(select(blobs).where(blobs.c.digest == digest))
        if row is None:
            return b""
        end = row.held_bytes if size_bytes is None else min(row.held_bytes, offset + size_bytes)
        return b"".join(self._parts(row, offset, end))

    def _parts(self, row: Row[Any], start: int, end: int) -> Iterator[bytes]:
        parts = select(blob_parts).where(
            blob_parts.c.digest == row.digest,
            blob_parts.c.offset < end,
            blob_parts.c.offset + blob_parts.c.size_bytes > start,
        )
        for part in self.all(parts.order_by(blob_parts.c.offset)):
            plain = self.core.vault.open_part(row.key, row.digest, part.offset, part.sealed)
            yield plain[max(start - part.offset, 0) : end - part.offset]

    def wanted_blobs(self, limit: int = 100) -> tuple[BlobRow, ...]:
        """Return attachments that are still to be pulled, the oldest wish first."""
        rows = self.all(_LACKING, limit=limit)
        return tuple(_blob(row) for row in rows)

    def blob_records(self, digest: bytes) -> tuple[bytes, ...]:
        """Return the ids (16 bytes) of the held records that name an attachment."""
        found = (
            select(versions.c.record)
            .join(blob_refs, blob_refs.c.seq == versions.c.seq)
            .where(blob_refs.c.digest == digest)
            .distinct()
            .order_by(versions.c.record)
        )
        return tuple(self.conn.execute(found).scalars())


class BlobsWriting(BlobsReading):
    """Writing of attachments."""

    def put_blob(self, plain: bytes, *, at_ms: int) -> bytes:
        """Keep a whole attachment of our own; return its digest. Raises BrokenBlob over the limit."""
        digest = hashlib.sha256(plain).digest()
        self.want_blob(digest, len(plain), wanted_from=self.core.party, at_ms=at_ms)
        held = self.blob(digest)
        for offset in range(held.held_bytes if held else 0, len(plain), PART_BYTES):
            self.put_blob_part(digest, offset, plain[offset : offset + PART_BYTES])
        return digest

    def want_blob(self, digest: bytes, size_bytes: int, *, wanted_from: Party, at_ms: int) -> None:
        """Begin an attachment that is to be pulled from a party; begun already = nothing."""
        if not 0 <= size_bytes <= BLOB_LIMIT_BYTES or len(digest) != 32:
            raise BrokenBlob(f"an attachment of {size_bytes} bytes is not taken")
        if self.blob(digest) is not None:
            return
        row = {
            "digest": digest,
            "size_bytes": size_bytes,
            "held_bytes": 0,
            "key": self.core.vault.new_key(digest),
            "wanted_from": wanted_from,
            "at_ms": at_ms,
        }
        self.run(insert(blobs), [row])
        self.touched.topics.add("blobs")

    def put_blob_part(self, digest: bytes, offset: int, plain: bytes) -> BlobRow:
        """Add the next part; return what is held then. Raises BrokenBlob, and then the transaction must end.

        A part that was added already (a repeated delivery) changes nothing.
        """
        row = self.one(select(blobs).where(blobs.c.digest == digest))
        if row is None or offset > row.held_bytes or offset + len(plain) > row.size_bytes:
            raise BrokenBlob("a part that does not continue what is held")
        if offset < row.held_bytes or not plain:
            return _blob(row)
        sealed = self.core.vault.seal_part(row.key, digest, offset, plain)
        part = {"digest": digest, "offset": offset, "size_bytes": len(plain), "sealed": sealed}
        self.run(insert(blob_parts), [part])
        held = offset + len(plain)
        self.run(update(blobs).where(blobs.c.digest == digest).values(held_bytes=held))
        if held == row.size_bytes:
            self._must_be(digest)
        self.touched.topics.add("blobs")
        found = self.blob(digest)
        return _blob(row) if found is None else found

    def drop_blob(self, digest: bytes) -> None:
        """Destroy what is held of an attachment, to begin again or for ever."""
        self.run(delete(blob_parts).where(blob_parts.c.digest == digest))
        self.run(delete(blobs).where(blobs.c.digest == digest))

    def _must_be(self, digest: bytes) -> None:
        whole = hashlib.sha256()
        row = self.one(select(blobs).where(blobs.c.digest == digest))
        if row is not None:
            for plain in self._parts(row, 0, row.size_bytes):
                whole.update(plain)
        if whole.digest() != digest:
            raise BrokenBlob("the attachment is not what its hash says")


def _blob(row: Row[Any]) -> BlobRow:
    return BlobRow(row.digest, row.size_bytes, row.held_bytes, Party(row.wanted_from), row.at_ms)
