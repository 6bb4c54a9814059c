"""The tables, once for SQLite and PostgreSQL.

1. ``log`` is the chain; ``versions``, ``bodies``, ``tombstones`` are what it speaks of; the tables in
   ``PROJECTIONS`` are made again from them at any time.
2. ``pos`` orders current records by their time: milliseconds × 2^21 plus 21 bits of the id; it is local, and
   is never shown outside, nor is ``seq``.
3. Times are milliseconds since 1970, coordinates degrees × 10^7, hashes 32 bytes, record ids 16 bytes.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    Boolean,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    text,
)

from tansiq.store.columns import big, of, table

SCHEMA: Final = "0003"
"""The schema this program reads and writes: the name of the newest migration."""

FOREVER_MS: Final = 2**62
"""``until_ms`` of what does not end."""

meta = table("meta", of("key", Text, primary_key=True), of("value", Text), narrow=True)
alembic_version = table(
    "alembic_version",
    of("version_num", String(32)),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)

log = table(
    "log",
    big("seq", primary_key=True, autoincrement=False),
    of("act", Text),
    of("payload", LargeBinary),
    big("at_ms"),
    of("hash", LargeBinary),
)
versions = table(
    "versions",
    big("seq", ForeignKey("log.seq"), primary_key=True, autoincrement=False),
    of("record", LargeBinary),
    big("version"),
    of("digest", LargeBinary),
    of("header_hash", LargeBinary),
    of("body_hash", LargeBinary),
    of("signature", LargeBinary),
    of("originator", Text),
    of("feed", LargeBinary, nullable=True),
    big("number", nullable=True),
    big("received_ms"),
    of("system", Boolean),
    of("buried", Boolean),
    Index("versions_by_record", "record", "version", unique=True),
    Index("versions_by_digest", "digest", unique=True),
)
bodies = table(
    "bodies",
    big("seq", ForeignKey("versions.seq"), primary_key=True, autoincrement=False),
    of("key", LargeBinary),
    of("sealed", LargeBinary),
)
tombstones = table(
    "tombstones",
    of("record", LargeBinary, primary_key=True),
    big("version", primary_key=True, autoincrement=False),
    big("seq", ForeignKey("log.seq")),
    of("raw", LargeBinary),
    narrow=True,
)
labels = table(
    "labels",
    big("id", primary_key=True, autoincrement=False),
    of("digest", LargeBinary, nullable=True, unique=True),
    of("canonical", LargeBinary, nullable=True),
    big("until_ms"),
)
grants = table(
    "grants",
    of("record", LargeBinary, primary_key=True),
    big("version", primary_key=True, autoincrement=False),  # 0 = every version
    of("party", Text, primary_key=True),
    big("until_ms"),
    narrow=True,
)

records = table(
    "records",
    big("pos", primary_key=True, autoincrement=False),
    big("seq"),
    of("record", LargeBinary),
    big("version"),
    of("kind", Text),
    of("title", Text),
    of("originator", Text),
    big("label_id", ForeignKey("labels.id")),
    big("until_ms"),
    big("created_ms"),
    big("received_ms"),
    of("occurred", LargeBinary, nullable=True),
    of("lang", Text),
    of("priority", Integer),
    of("grade", Text),
    of("registry", Text),
    of("system", Boolean),
    of("indexed", Boolean),
    Index("records_by_record", "record", unique=True),
    Index("records_by_label", "label_id", "pos"),
    Index("records_by_kind", "kind", "pos", "label_id"),
    Index("records_ending", "until_ms", sqlite_where=text(f"until_ms < {FOREVER_MS}"),
          postgresql_where=text(f"until_ms < {FOREVER_MS}")),
    Index("records_sealed", "pos", "label_id", sqlite_where=text("NOT indexed"),
          postgresql_where=text("NOT indexed")),
)  # fmt: skip


def _beside(name: str, *parts: Any) -> Table:
    """A table of several rows for each current record, in the order they were found."""
    return table(
        name,
        big("pos", ForeignKey("records.pos"), primary_key=True, autoincrement=False),
        of("n", Integer, primary_key=True),
        *parts,
        narrow=True,
    )


refs = _beside(
    "refs", of("role", Text), of("target", LargeBinary), Index("refs_by_target", "target", "role", "pos")
)
places = _beside(
    "places",
    of("field", Text),
    of("name", Text),
    of("country", Text),
    of("lat_e7", Integer, nullable=True),
    of("lon_e7", Integer, nullable=True),
    of("precision_m", Integer, nullable=True),
)
times = _beside(
    "times",
    of("field", Text),
    big("lo_ms", nullable=True),
    big("hi_ms", nullable=True),
    Index("times_by_start", "field", "lo_ms"),
)
names = _beside(
    "names", of("field", Text), of("name", Text), of("folded", Text), Index("names_by_folded", "folded")
)
facts = _beside(
    "facts",
    of("field", Text),
    of("value", Text),
    big("number", nullable=True),
    Index("facts_by_value", "field", "value"),
)
texts = table(
    "texts",
    big("pos", ForeignKey("records.pos"), primary_key=True, autoincrement=False),
    of("terms", Text),
)
tallies = table(
    "tallies",
    big("label_id", primary_key=True, autoincrement=False),
    of("kind", Text, primary_key=True),
    of("originator", Text, primary_key=True),
    of("lang", Text, primary_key=True),
    big("count"),
    narrow=True,
)

BESIDE: Final = (refs, places, times, names, facts)
PROJECTIONS: Final = (records, *BESIDE, texts, tallies)
