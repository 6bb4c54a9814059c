"""Pull an attachment: an officer asks the originator for a file that a record names; the link brings it."""

from __future__ import annotations

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.store.store import WriteTx
from tansiq.work.desk import Desk, whole
from tansiq.work.label_fits import unguarded
from tansiq.work.readable import readable

PULLED = "pull"


def pull_attachment(desk: Desk, record_id: RecordId, digest: bytes) -> Refusal | None:
    """Ask for an attachment (SHA-256 of its bytes) of a readable record; asked for or held already = nothing.

    Refusals: ``absent`` (no such record or attachment for this reader), ``protected.attachment``.
    """
    return whole(desk.store, lambda tx: _wish(tx, desk, record_id, digest))


def _wish(tx: WriteTx, desk: Desk, record_id: RecordId, digest: bytes) -> Refusal | None:
    if (found := readable(tx, desk, record_id)) is None:
        return Refusal("absent")
    stored, label = found
    named = next((b for b in stored.header.blobs if b.digest == digest), None)
    if named is None:
        return Refusal("absent")
    if (no := unguarded(tx, label)) is not None:
        return no
    if tx.blob(digest) is None:
        at_ms = desk.now_ms
        tx.want_blob(digest, named.size_bytes, wanted_from=stored.originator, at_ms=at_ms)
        tx.journal(PULLED, officer=desk.officer.id, record=record_id, detail=digest.hex()[:16], at_ms=at_ms)
    return None
