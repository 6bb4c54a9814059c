"""Records as they rest: by id, by digest, their versions, labels and receipts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Row, bindparam, select

from tansiq.base.ids import RecordId, id_of
from tansiq.model.label import Label, Party
from tansiq.model.record import Record, Signed
from tansiq.model.tombstone import EVERY_VERSION, Tombstone, decode_tombstone
from tansiq.store.bulk import among
from tansiq.store.errors import StoreCorrupt
from tansiq.store.guarding import (
    GUARDED,
    body_key,
    closed_record,
    codes_of,
    is_outline,
    opened,
    outline_at,
    untouched,
)
from tansiq.store.holders import HoldersReading
from tansiq.store.labels import bare
from tansiq.store.log import BURY
from tansiq.store.tables import bodies, grants, log, meta, records, refs, tombstones, versions
from tansiq.store.values import FeedMark, StoredRecord, raw_id

_BODY = select(versions.c.digest, bodies.c.key, bodies.c.sealed, versions.c.signature).join_from(
    versions, bodies
)
_BY_DIGEST: Final = _BODY.where(versions.c.digest == bindparam("digest"))
_BY_SEQ: Final = _BODY.where(versions.c.seq == bindparam("seq"))
_SEVERAL: Final = _BODY.where(versions.c.digest.in_(bindparam("digests", expanding=True)))
_VERSIONS: Final = (
    select(versions, records.c.label_id)
    .outerjoin_from(versions, records, versions.c.seq == records.c.seq)
    .where(versions.c.record == bindparam("record"))
    .order_by(versions.c.version)
)
_TOMBSTONES: Final = select(tombstones.c.raw).where(
    tombstones.c.record == bindparam("record"),
    tombstones.c.version.in_((EVERY_VERSION, bindparam("version"))),
)
_LABEL_OF: Final = select(records.c.label_id).where(records.c.record == bindparam("record"))
_HEAD: Final = select(log.c.seq, log.c.hash).order_by(log.c.seq.desc()).limit(1)
_WRITERS: Final = (versions.c.record, versions.c.version, versions.c.originator)
_ANY_BURIED: Final = select(log.c.seq).where(log.c.seq > bindparam("seq"), log.c.act == BURY).limit(1)
_BURIED: Final = select(tombstones.c.record).where(tombstones.c.seq > bindparam("seq")).distinct()
_META: Final = select(meta.c.value).where(meta.c.key == bindparam("key"))

PAIR: Final = msgspec.msgpack.Decoder(tuple[bytes, bytes])
"""Header and body bytes as they stand in a sealed body row."""


class RecordsReading(HoldersReading):
    """Reading of records. A record id is taken in either form; what is no id is simply not there."""

    _labels: Mapping[int, Label] | None = None

    def record(self, record_id: RecordId | bytes, version: int | None = None) -> StoredRecord | None:
        """Return a version, without ``version`` the newest one held (else the newest tombstone), or None."""
        found = self._rows(record_id)
        if version is not None:
            found = [row for row in found if row.version == version]
        held = [row for row in found if not row.buried]
        return self._stored((held or found)[-1]) if found else None

    def versions(self, record_id: RecordId | bytes) -> tuple[StoredRecord, ...]:
        """Return every version known here, oldest first, the buried ones too."""
        return tuple(self._stored(row) for row in self._rows(record_id))

    def by_digest(self, digest: bytes) -> StoredRecord | None:
        """Return the version with this digest, or None."""
        row = self.one(select(versions.c.record, versions.c.version).where(versions.c.digest == digest))
        return None if row is None else self.record(row.record, row.version)

    def signed(self, digest: bytes) -> Signed | None:
        """Return the bytes of a held version as they came, or None."""
        row = self.one(_BY_DIGEST, digest=digest)
        return None if row is None else self._opened(row)

    def body_bytes(self, digest: bytes) -> bytes | None:
        """Return the salted body bytes of a held version, or None."""
        found = self.signed(digest)
        return None if found is None else found.body

    def kept(self, digest: bytes) -> Record | None:
        """Return a held version as projections are made of it: a protected one is closed, whoever asks."""
        row = self.one(_BY_DIGEST, digest=digest)
        return None if row is None else self._kept(row)

    def kept_many(self, digests: Sequence[bytes]) -> dict[bytes, Record]:
        """Return ``kept`` of the held ones among many digests."""
        found: dict[bytes, Record] = {}
        for at in range(0, len(digests), 500):
            part = _BODY.where(versions.c.digest.in_(digests[at : at + 500]))
            found |= {row.digest: self._kept(row) for row in self.all(part)}
        return found

    def opened_many(self, digests: Sequence[bytes]) -> dict[bytes, Record]:
        """Return the held ones among many digests that no compartment protects."""
        found: dict[bytes, Record] = {}
        for at in range(0, len(digests), 500):
            part = self.all(_SEVERAL, digests=list(digests[at : at + 500]))
            found |= {row.digest: Record(self._opened(row)) for row in part if not is_outline(row.key)}
        return found

    def cells_over(self, digest: bytes) -> tuple[str, ...]:
        """Return the protected compartments a held version is sealed under; none = the node's own secret."""
        row = self.one(GUARDED, digest=digest)
        return () if row is None else codes_of(row)

    def signature_of(self, digest: bytes) -> bytes:
        """Return the signature of a held version; blank if none is."""
        row = self.one(_BY_DIGEST, digest=digest)
        return b"" if row is None else bytes(row.signature)

    def guarded_body(self, digest: bytes) -> Row[Any] | None:
        """Return the sealed body of a protected version, None if it is not protected."""
        return self.one(GUARDED, digest=digest)

    def guarded_sound(self, digest: bytes) -> bool | None:
        """Whether a protected body is the one that was sealed, without opening it; None = not protected."""
        row = self.one(_BY_DIGEST, digest=digest)
        if row is None or not is_outline(row.key):
            return None
        return untouched(self.one(GUARDED, digest=digest), outline_at(row, self.core.vault))

    def signed_many(self, digests: Sequence[bytes]) -> dict[bytes, Signed]:
        """Return the held ones among many digests."""
        found: dict[bytes, Signed] = {}
        for at in range(0, len(digests), 500):
            part = _BODY.where(versions.c.digest.in_(digests[at : at + 500]))
            found |= {row.digest: self._opened(row) for row in self.all(part)}
        return found

    def originators(self, record_ids: Sequence[bytes]) -> dict[tuple[bytes, int], Party]:
        """Return who wrote each known version, by record id and version number."""
        rows = among(self.conn, _WRITERS, versions.c.record, list(set(record_ids)))
        return {(row.record, row.version): Party(row.originator) for row in rows}

    def granted_to(self, record_id: RecordId | bytes) -> tuple[Party, ...]:
        """Return whom a record was granted to, versions and ends apart."""
        found = select(grants.c.party).where(grants.c.record == raw_id(record_id)).distinct()
        return tuple(Party(p) for p in self.conn.execute(found.order_by(grants.c.party)).scalars())

    def has(self, record_id: RecordId | bytes) -> bool:
        """Whether any version of the record is held."""
        return any(not row.buried for row in self._rows(record_id))

    def tombstone(self, record_id: RecordId | bytes, version: int = EVERY_VERSION) -> Tombstone | None:
        """Return the tombstone that refuses this version (or every version), if there is one."""
        row = self.one(_TOMBSTONES, record=raw_id(record_id), version=version)
        return None if row is None else decode_tombstone(row.raw)

    def labels(self) -> Mapping[int, Label]:
        """Return every interned label by its number; ask ``policy.permitted_ids`` which are permitted."""
        if self._labels is None:
            self._labels = self.core.book.known(self.conn)
        return self._labels

    def label(self, label_id: int) -> Label | None:
        """Return one interned label."""
        return self.labels().get(label_id)

    def label_of(self, record_id: RecordId | bytes) -> Label | None:
        """Return the label that decides now for the current version of a record, grants included.

        The labels are looked up for what is absent too, so that it takes as long as what is hidden.
        """
        number, known = self.label_number(record_id), self.labels()
        return None if number is None else known.get(number)

    def label_number(self, record_id: RecordId | bytes) -> int | None:
        """Return the number of that label; None for what is not held, buried or no id."""
        try:
            number = self.value(_LABEL_OF, record=raw_id(record_id))
        except ValueError:
            return None
        return None if number is None else int(number)

    def referrers(
        self, record_id: RecordId | bytes, role: str | None = None
    ) -> tuple[tuple[str, RecordId], ...]:
        """Return ``(role, record)`` of the current records that point here, whoever may read them."""
        found = (
            select(refs.c.role, records.c.record)
            .join_from(refs, records, refs.c.pos == records.c.pos)
            .where(refs.c.target == raw_id(record_id))
            .order_by(refs.c.pos, refs.c.n)
        )
        rows = self.all(found if role is None else found.where(refs.c.role == role))
        return tuple((row.role, id_of(row.record)) for row in rows)

    def log_head(self) -> tuple[int, bytes]:
        """Return number and hash of the newest log entry; ``(0, 32 zero bytes)`` of an empty log. Local."""
        row = self.one(_HEAD)
        return (0, bytes(32)) if row is None else (row.seq, row.hash)

    def settle_kept(self) -> int | None:
        """Let what is kept in memory forget what is gone; return the log's number it may be used at.

        None = not at all: this transaction writes, or its moment is an older one.
        """
        if self.writes:
            return None
        head = self.log_head()[0]
        return head if self.core.kept.up_to(head, self.buried_since) else None

    def buried_since(self, seq: int) -> Sequence[bytes]:
        """Return the records of which something was buried after a log entry."""
        if self.one(_ANY_BURIED, seq=seq) is None:
            return ()
        return self.conn.execute(_BURIED, {"seq": seq}).scalars().all()

    def meta(self, key: str) -> str | None:
        """Return what the store notes of itself."""
        found = self.value(_META, key=key)
        return None if found is None else str(found)

    def _rows(self, record_id: RecordId | bytes) -> list[Row[Any]]:
        try:
            raw = raw_id(record_id)
        except ValueError:
            return []
        return list(self.all(_VERSIONS, record=raw))

    def _stored(self, row: Row[Any]) -> StoredRecord:
        body = None if row.buried else self.one(_BY_SEQ, seq=row.seq)
        held = None if body is None else self._record(body)
        return StoredRecord(
            record_id=id_of(row.record),
            version=row.version,
            digest=row.digest,
            header_hash=row.header_hash,
            body_hash=row.body_hash,
            originator=Party(row.originator),
            received_ms=row.received_ms,
            system=row.system,
            feed=None if row.feed is None else FeedMark(row.feed, row.number),
            label_id=row.label_id if row.label_id or held is None else self._number(held),
            record=held,
            tombstone=self.tombstone(row.record, row.version) if row.buried else None,
        )

    def _number(self, record: Record) -> int | None:
        self.labels()
        return self.core.book.number(record.header.label) or self.core.book.number(bare(record.header.label))

    def _record(self, row: Row[Any]) -> Record:
        if is_outline(row.key) and not self.core.keys.covers(codes_of(self._guarded(row.digest))):
            return self._kept(row)
        return Record(self._opened(row))

    def _kept(self, row: Row[Any]) -> Record:
        if not is_outline(row.key):
            return Record(self._opened(row))
        return closed_record(outline_at(row, self.core.vault), row.digest, self.one)

    def _guarded(self, digest: bytes) -> Row[Any]:
        row = self.one(GUARDED, digest=digest)
        if row is None:
            raise StoreCorrupt("a protected record has lost its body")
        return row

    def _opened(self, row: Row[Any]) -> Signed:
        """THE place where bodies are read: one row of ``bodies`` opened, with its signature.

        Raises BodyClosed where the body is protected and this transaction holds no keys to it.
        """
        if is_outline(row.key):
            found = self._guarded(row.digest)
            return opened(found, body_key(found, self.core.keys), row.signature)
        header, body = PAIR.decode(self.core.vault.open(row.key, row.sealed, row.digest))
        return Signed(header, body, row.signature)
