"""Deletion: key and body go, then every projection and index entry; a signed tombstone stays.

1. ``bury`` is part of the caller's transaction; ``Store.scrub`` afterwards rewrites what still holds old
   bytes. Only then may the deletion be declared to others.
2. The log and the version's hashes stay, so the chain, ``verify`` and ``rebuild`` still hold.
3. An attachment goes with the last record that names it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy import delete, insert, select, update

from tansiq.base.ids import RecordId
from tansiq.model.tombstone import EVERY_VERSION, Tombstone, encode_tombstone
from tansiq.store.appending import RecordsWriting
from tansiq.store.labels import blank
from tansiq.store.log import BURY
from tansiq.store.tables import bodies, log, records, tombstones, versions
from tansiq.store.tables_node import blob_parts, blob_refs, blobs, outbox, waiting, waiting_needs
from tansiq.store.tables_protect import guarded, lent, sealed_out
from tansiq.store.values import raw_id


class Deleting(RecordsWriting):
    """Deletion of records."""

    def bury(
        self, record_id: RecordId | bytes, versions: Sequence[int], tombstone: Tombstone
    ) -> tuple[bytes, ...]:
        """Delete versions (none named = every one, held or to come) under a tombstone.

        Returns the digests of what was held, waiting copies included. A version not held yet is refused from
        now on. The tombstone is kept for each version named; it is given for one (its own)
        or for every version.
        """
        raw = raw_id(record_id)
        named = tuple(versions) or (EVERY_VERSION,)
        self._note(raw, named, tombstone)
        gone = self._held(raw, named)
        self._destroy([seq for seq, _ in gone])
        digests = (*(digest for _, digest in gone), *self._drop_waiting(raw, named))
        self.run(delete(outbox).where(outbox.c.digest.in_(digests)))
        for table in (sealed_out, lent):
            self.run(delete(table).where(table.c.digest.in_(digests)))
        self._project_again(raw)
        self.touched.buried.add(raw)
        return digests

    def _note(self, raw: bytes, named: Sequence[int], tombstone: Tombstone) -> None:
        encoded = encode_tombstone(tombstone)
        entry = self.chain.entry(BURY, hashlib.sha256(encoded).digest(), tombstone.at_ms)
        self.run(insert(log), [entry])
        there = select(tombstones.c.version).where(tombstones.c.record == raw)
        known = set(self.conn.execute(there).scalars())
        rows = [
            {"record": raw, "version": version, "seq": entry["seq"], "raw": encoded}
            for version in dict.fromkeys(named)
            if version not in known
        ]
        self.run(insert(tombstones), rows)

    def _held(self, raw: bytes, named: Sequence[int]) -> list[tuple[int, bytes]]:
        found = select(versions.c.seq, versions.c.digest).where(versions.c.record == raw, ~versions.c.buried)
        if EVERY_VERSION not in named:
            found = found.where(versions.c.version.in_(named))
        return [(row.seq, row.digest) for row in self.all(found.order_by(versions.c.version))]

    def _destroy(self, seqs: Sequence[int]) -> None:
        self.run(update(bodies).where(bodies.c.seq.in_(seqs)).values(key=b"", sealed=b""))
        self.run(delete(bodies).where(bodies.c.seq.in_(seqs)))
        self.run(update(guarded).where(guarded.c.seq.in_(seqs)).values(key=b"", sealed=b""))
        self.run(delete(guarded).where(guarded.c.seq.in_(seqs)))
        self.run(update(versions).where(versions.c.seq.in_(seqs)).values(buried=True, signature=b""))
        named = select(blob_refs.c.digest).where(blob_refs.c.seq.in_(seqs))
        candidates = sorted(set(self.conn.execute(named).scalars()))
        self.run(delete(blob_refs).where(blob_refs.c.seq.in_(seqs)))
        still = select(blob_refs.c.digest).where(blob_refs.c.digest.in_(candidates))
        orphans = set(candidates) - set(self.conn.execute(still).scalars())
        self.run(delete(blob_parts).where(blob_parts.c.digest.in_(orphans)))
        self.run(delete(blobs).where(blobs.c.digest.in_(orphans)))

    def _drop_waiting(self, raw: bytes, named: Sequence[int]) -> Sequence[bytes]:
        found = select(waiting.c.digest).where(waiting.c.record == raw)
        if EVERY_VERSION not in named:
            found = found.where(waiting.c.version.in_(named))
        digests = self.conn.execute(found).scalars().all()
        self.run(delete(waiting_needs).where(waiting_needs.c.digest.in_(digests)))
        self.run(delete(waiting).where(waiting.c.digest.in_(digests)))
        return digests

    def _project_again(self, raw: bytes) -> None:
        bore = self.one(select(records.c.label_id, records.c.kind).where(records.c.record == raw))
        self.relabel([raw])
        if bore is None:
            return
        self.touched.records[raw] = bore.kind
        if self.one(select(records.c.pos).where(records.c.label_id == bore.label_id).limit(1)) is None:
            blank(self.conn, {bore.label_id})
