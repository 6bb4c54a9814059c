"""Appending: the one way records enter the store, singly or many at once, all in the caller's transaction.

1. A tombstone refuses its version from anywhere, for ever.
2. One id and version has one content: the same again is held, another is an equivocation; neither is entered.
3. The highest version held is the current one; an older one that comes late is kept and not shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import msgspec
from sqlalchemy import insert, select

from tansiq.base.clock import millis
from tansiq.base.ids import RecordId, id_of
from tansiq.model.label import Label, Party
from tansiq.model.outline import ClosedRecord
from tansiq.model.record import BlobRef, Malformed, Record
from tansiq.model.tombstone import EVERY_VERSION, Tombstone, decode_tombstone
from tansiq.store.bulk import among, enter
from tansiq.store.current import Current, Entry
from tansiq.store.guarding import cells_of, guard
from tansiq.store.holders import HoldersWriting
from tansiq.store.labels import Interning, bare
from tansiq.store.log import APPEND, GRANT, Chain
from tansiq.store.reading import RecordsReading
from tansiq.store.registry import RegistryWriting
from tansiq.store.tables import bodies, grants, log, tombstones, versions
from tansiq.store.tables_charter import held_back
from tansiq.store.tables_node import blob_refs
from tansiq.store.tables_protect import guarded
from tansiq.store.values import Appended, Buried, Equivocation, FeedMark, Held, Outcome, raw_id

AT_ONCE: Final = 500
SHOWN: Final = versions.c.digest.not_in(select(held_back.c.digest).where(held_back.c.settled != "accepted"))
"""That a version is not held back for its key's sake."""
VERSION_LIMIT: Final = 2**31
_HELD: Final = (versions.c.record, versions.c.version, versions.c.digest, versions.c.buried)
_DEAD: Final = (tombstones.c.record, tombstones.c.version, tombstones.c.raw)


@dataclass(slots=True)
class _Batch:
    """What is known of the records of one batch while it is taken in."""

    digests: dict[tuple[bytes, int], bytes] = field(default_factory=dict)
    top: dict[bytes, int] = field(default_factory=dict)
    tombs: dict[tuple[bytes, int], Tombstone] = field(default_factory=dict)
    fresh: list[tuple[int, Record]] = field(default_factory=list)
    closed: dict[bytes, ClosedRecord] = field(default_factory=dict)


class RecordsWriting(RecordsReading, HoldersWriting, RegistryWriting):
    """Writing of records."""

    @cached_property
    def chain(self) -> Chain:
        """The log's end as this transaction sees and moves it."""
        return Chain(*self.log_head())

    @cached_property
    def interning(self) -> Interning:
        """Numbers of labels, those new in this transaction included."""
        return Interning(self.core.book, self.conn)

    @cached_property
    def current(self) -> Current:
        """The projections of current records."""
        return Current(self.conn, self.core.text, self.interning)

    def labels(self) -> Mapping[int, Label]:
        """Return every interned label by its number, those of this transaction included."""
        return self.interning.known()

    def append(
        self, record: Record, *, received_ms: int, feed: FeedMark | None = None, system: bool = False
    ) -> Outcome:
        """Append one record: log entry, version, sealed body, projections. Raises Malformed."""
        return self.append_many([record], received_ms=received_ms, feed=feed, system=system)[0]

    def append_many(
        self,
        records: Sequence[Record],
        *,
        received_ms: int,
        feed: FeedMark | None = None,
        system: bool = False,
    ) -> list[Outcome]:
        """Append records in their order; one outcome each. Raises Malformed before anything is entered."""
        for record in records:
            _must_be_storable(record)
        found: list[Outcome] = []
        for at in range(0, len(records), AT_ONCE):
            found += self._append(records[at : at + AT_ONCE], received_ms, feed, system)
        return found

    def _append(
        self, records: Sequence[Record], received_ms: int, feed: FeedMark | None, system: bool
    ) -> list[Outcome]:
        batch = self._known(records)
        before = dict(batch.top)
        outcomes = [self._judge(batch, record) for record in records]
        self._enter(batch, received_ms, feed, system)
        self._make_current(batch, before, received_ms, system)
        return outcomes

    def _known(self, records: Sequence[Record]) -> _Batch:
        batch = _Batch()
        ids = sorted({r.header.id for r in records})
        for row in among(self.conn, _HELD, versions.c.record, ids):
            batch.digests[row.record, row.version] = row.digest
            if not row.buried:
                batch.top[row.record] = max(batch.top.get(row.record, 0), row.version)
        for row in among(self.conn, _DEAD, tombstones.c.record, ids):
            batch.tombs[row.record, row.version] = decode_tombstone(row.raw)
        return batch

    def _judge(self, batch: _Batch, record: Record) -> Outcome:
        header = record.header
        place = (header.id, header.version)
        tomb = batch.tombs.get(place) or batch.tombs.get((header.id, EVERY_VERSION))
        if tomb is not None:
            return Buried(tomb)
        if (digest := batch.digests.get(place)) is not None:
            return Held() if digest == record.digest else Equivocation(digest)
        batch.digests[place] = record.digest
        batch.top[header.id] = max(batch.top.get(header.id, 0), header.version)
        batch.fresh.append((self.chain.seq + len(batch.fresh) + 1, record))
        return Appended(batch.fresh[-1][0])

    def _enter(self, batch: _Batch, received_ms: int, feed: FeedMark | None, system: bool) -> None:
        mark: dict[str, Any] = {"received_ms": received_ms, "system": system, "buried": False}
        mark |= {"feed": None, "number": None} if feed is None else {"feed": feed.feed, "number": feed.number}
        entries, rows, sealed, attached = [], [], [], []
        guards: list[dict[str, Any]] = []
        self.interning.numbers([self._interned(record) for _, record in batch.fresh])
        for seq, record in batch.fresh:
            entries.append(self.chain.entry(APPEND, record.digest, received_ms))
            rows.append({"seq": seq, **_version_row(record), **mark})
            sealed.append({"seq": seq, **self._sealed(batch, seq, record, guards)})
            attached += [(blob, seq) for blob in record.header.blobs]
            self.touched.records[record.header.id] = record.header.kind
        for table, found in ((log, entries), (versions, rows), (bodies, sealed), (guarded, guards)):
            enter(self.conn, table, found)
        self._attach(attached)
        if not system:
            self.enter_registers(((seq, record.header) for seq, record in batch.fresh), at_ms=received_ms)

    def _interned(self, record: Record) -> Label:
        label = record.header.label
        return bare(label) if cells_of(label, self.core.protected) else label

    def _sealed(
        self, batch: _Batch, seq: int, record: Record, guards: list[dict[str, Any]]
    ) -> dict[str, bytes]:
        if codes := cells_of(record.header.label, self.core.protected):
            publics = [self._public(code, record.header.created_ms) for code in codes]
            outline, row, batch.closed[record.digest] = guard(record, codes, publics, self.core.vault)
            guards.append({"seq": seq, **row})
            return outline
        plain = msgspec.msgpack.encode((record.signed.header, record.signed.body))
        wrapped, sealed = self.core.vault.seal(plain, record.digest)
        return {"key": wrapped, "sealed": sealed}

    def _public(self, code: str, at_ms: int) -> str:
        """Return a compartment's public key; one met for the first time is made. Raises NoHolder."""
        cell = self.cell(code) or self.new_cell(code, first=self.core.keys.officer or None, at_ms=at_ms)
        return cell.public

    def _attach(self, attached: Iterable[tuple[BlobRef, int]]) -> None:
        rows = {(blob.digest, seq) for blob, seq in attached}
        self.run(insert(blob_refs), [{"digest": digest, "seq": seq} for digest, seq in sorted(rows)])

    def _make_current(
        self, batch: _Batch, before: Mapping[bytes, int], received_ms: int, system: bool
    ) -> None:
        newest = {r.header.id: (seq, r) for seq, r in sorted(batch.fresh, key=lambda f: f[1].header.version)}
        rising = {i: f for i, f in newest.items() if f[1].header.version > before.get(i, 0)}
        self.current.take([i for i in rising if i in before])
        shown = ((seq, batch.closed.get(record.digest, record)) for seq, record in rising.values())
        self.current.put([Entry(seq, record, received_ms, system) for seq, record in shown])

    def grant_seen(
        self,
        record_id: RecordId | bytes,
        to: Sequence[Party],
        until_ms: int,
        *,
        version: int = EVERY_VERSION,
    ) -> None:
        """Widen who may read a record here, as its originator granted; ``until_ms`` FOREVER_MS = no end."""
        raw = raw_id(record_id)
        rows = [{"record": raw, "version": version, "party": p, "until_ms": until_ms} for p in to]
        same = (grants.c.record == raw, grants.c.version == version, grants.c.party.in_(to))
        self.run(grants.delete().where(*same))
        self.run(insert(grants), rows)
        self._log_grant(raw, version, tuple(to), until_ms)
        self.relabel([raw])

    def _log_grant(self, raw: bytes, version: int, to: tuple[Party, ...], until_ms: int) -> None:
        payload = hashlib.sha256(msgspec.msgpack.encode((raw, version, to, until_ms))).digest()
        self.run(insert(log), [self.chain.entry(GRANT, payload, millis(self.core.clock.now()))])

    def lapse_grants(self, now_ms: int) -> tuple[RecordId, ...]:
        """End the grants that are over; return the records whose readers changed. Call it each minute."""
        over = sorted({row.record for row in self.all(select(grants).where(grants.c.until_ms <= now_ms))})
        for raw in over:
            self._log_grant(raw, EVERY_VERSION, (), now_ms)
        if over:
            self.run(grants.delete().where(grants.c.until_ms <= now_ms))
            self.relabel(over)
        return tuple(id_of(raw) for raw in over)

    def relabel(self, record_ids: Sequence[bytes]) -> None:
        """Project records anew: after their readers changed or a version was buried."""
        self.current.take(record_ids)
        entries = [e for raw in record_ids if (e := self._newest(raw)) is not None]
        self.current.put(entries)
        self.touched.records |= {e.record.header.id: e.record.header.kind for e in entries}

    def _newest(self, raw: bytes) -> Entry | None:
        held = select(versions.c.seq, versions.c.digest, versions.c.received_ms, versions.c.system)
        newest = held.where(versions.c.record == raw, ~versions.c.buried, SHOWN).order_by(
            versions.c.version.desc()
        )
        row = self.one(newest.limit(1))
        record = None if row is None else self.kept(row.digest)
        if row is None or record is None:
            return None
        return Entry(row.seq, record, row.received_ms, row.system)


def _version_row(record: Record) -> dict[str, Any]:
    header_hash, body_hash = record.commitments
    return {
        "record": record.header.id,
        "version": record.header.version,
        "digest": record.digest,
        "header_hash": header_hash,
        "body_hash": body_hash,
        "signature": record.signed.signature,
        "originator": record.header.originator,
    }


def _must_be_storable(record: Record) -> None:
    """Refuse what one of the two databases could not hold; reads the body, so its faults show here too."""
    header = record.header
    if not 1 <= header.version < VERSION_LIMIT:
        raise Malformed(f"header: version {header.version} is out of range")
    texts = (header.kind, header.originator, header.signer, header.lang, *(r.role for r in header.refs))
    if any("\0" in one for one in texts) or any(len(b.digest) != 32 for b in header.blobs):
        raise Malformed("header: a text or a hash that cannot be kept")
    record.body  # noqa: B018 - reading it shows its faults before anything is entered
