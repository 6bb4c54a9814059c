"""Attach: a file is stored by its hash, sealed at rest, and named by the next version of its record."""

from __future__ import annotations

import hashlib

from tansiq.base.errors import InputError
from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.model.kind import Body
from tansiq.model.record import BLOB_LIMIT_BYTES, BlobRef
from tansiq.store.store import WriteTx
from tansiq.work.desk import Desk, whole
from tansiq.work.effects import own_readable
from tansiq.work.label_fits import unguarded
from tansiq.work.submit import Draft, submit_within
from tansiq.work.uploads import Cleaned


class BlobTooLarge(InputError):
    """A file over its limit."""

    code = "record.blob-too-large"


def attach(desk: Desk, record_id: RecordId, file: Cleaned, *, kept: bool = False) -> RecordId | Refusal:
    """Return the record's id once its next version names the file. Raises BlobTooLarge.

    ``kept``: the officer chose to keep its metadata; the journal says so.
    Refusals: ``record.not-own``, those of submit.
    """
    content = file.content
    if len(content) > BLOB_LIMIT_BYTES:
        raise BlobTooLarge(f"{len(content)} bytes; at most {BLOB_LIMIT_BYTES} are allowed")
    digest = hashlib.sha256(content).digest()
    named = BlobRef(digest, len(content), file.media, file.name)

    def act(tx: WriteTx) -> RecordId | Refusal:
        done = _act(tx, desk, record_id, named, content)
        if kept and not isinstance(done, Refusal):
            tx.journal("metadata-kept", officer=desk.officer.id, at_ms=desk.now_ms, record=record_id)
        return done

    return whole(desk.store, act)


def _act(tx: WriteTx, desk: Desk, record_id: RecordId, named: BlobRef, content: bytes) -> RecordId | Refusal:
    stored = tx.record(record_id) if own_readable(tx, desk, record_id) else None
    if stored is None or not isinstance(stored.body, Body):
        return Refusal("record.not-own")
    if (no := unguarded(tx, stored.header.label)) is not None:
        return no
    tx.put_blob(content, at_ms=desk.now_ms)
    header = stored.header
    draft = Draft(
        kind=header.kind,
        body=stored.body,
        label=header.label,
        refs=header.refs,
        sources=header.sources,
        derived_from=header.derived_from,
        priority=header.priority,
        occurred=header.occurred,
        lang=header.lang,
        registry=header.registry,
        grade=header.grade,
        blobs=(*(b for b in header.blobs if b.digest != named.digest), named),
        record_id=record_id,
    )
    return submit_within(tx, desk, draft)
