"""Projections made again from the log, and one number that tells whether two sets of them are equal.

1. ``rebuild`` empties every projection and enters the current versions again, in the log's order, in one
   transaction; what is buried stays out.
2. ``dump_hash`` is SHA-256 over the projections' rows in an order of their own; local numbers (``pos``,
   ``seq``, label ids) are replaced by what they stand for, so SQLite and PostgreSQL give the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, Final

import msgspec
from sqlalchemy import Select, Table, delete, func, select

from tansiq.store.appending import SHOWN
from tansiq.store.current import Entry
from tansiq.store.reading import RecordsReading
from tansiq.store.store import Store, WriteTx
from tansiq.store.tables import BESIDE, labels, records, tallies, texts, versions

AT_ONCE: Final = 500
_LOCAL: Final = frozenset({"pos", "seq", "label_id"})
_COUNTED: Final = select(
    labels.c.digest, tallies.c.kind, tallies.c.originator, tallies.c.lang, tallies.c.count
).join_from(tallies, labels, tallies.c.label_id == labels.c.id)


def rebuild(store: Store) -> int:
    """Make all projections again; return how many records are current. Raises StoreError."""
    with store.write() as tx:
        empty(tx)
        return project(tx)


def empty(tx: WriteTx) -> None:
    """Empty every projection."""
    tx.core.text.clear(tx.conn)
    for table in (*BESIDE, tallies, records):
        tx.run(delete(table))


def project(tx: WriteTx) -> int:
    """Enter every current version; the projections must be empty. Return how many there are."""
    rows = tx.all(_newest())
    for at in range(0, len(rows), AT_ONCE):
        part = rows[at : at + AT_ONCE]
        held = tx.kept_many([row.digest for row in part])
        tx.current.put(
            [Entry(r.seq, held[r.digest], r.received_ms, r.system) for r in part if r.digest in held]
        )
    return len(rows)


def _newest() -> Select[Any]:
    """The highest version held of each record, in the log's order."""
    highest = (
        select(versions.c.record, func.max(versions.c.version).label("version"))
        .where(~versions.c.buried, SHOWN)
        .group_by(versions.c.record)
        .subquery()
    )
    same = (versions.c.record == highest.c.record) & (versions.c.version == highest.c.version)
    wanted = select(versions.c.seq, versions.c.digest, versions.c.received_ms, versions.c.system)
    return wanted.join(highest, same).order_by(versions.c.seq)


def dump_hash(store: Store) -> str:
    """Return the hash of all projections as 64 hex digits."""
    with store.read() as rx:
        return dump_hash_of(rx)


def dump_hash_of(rx: RecordsReading) -> str:
    """Return the hash of all projections within a transaction."""
    whole = hashlib.sha256(b"tansiq.dump/1")
    for name, statement in _dumps():
        whole.update(name.encode())
        for row in rx.conn.execute(statement):
            whole.update(msgspec.msgpack.encode(tuple(row)))
    for tally in sorted(tuple(row) for row in rx.conn.execute(_COUNTED)):
        whole.update(msgspec.msgpack.encode(tally))
    return whole.hexdigest()


def content_hash(rx: RecordsReading) -> str:
    """Return the hash of the projections of what people wrote, without the times at which it came here.

    Two stores that hold the same records under the same labels have the same one, however these came.
    """
    whole = hashlib.sha256(b"tansiq.content/1")
    for name, statement in _dumps():
        people = statement.where(~records.c.system)
        kept = [c for c in people.selected_columns if c.name != "received_ms"]
        whole.update(name.encode())
        for row in rx.conn.execute(people.with_only_columns(*kept, maintain_column_froms=True)):
            whole.update(msgspec.msgpack.encode(tuple(row)))
    return whole.hexdigest()


def _dumps() -> Iterator[tuple[str, Select[Any]]]:
    shown = [c for c in records.c if c.name not in _LOCAL]
    current = select(*shown, labels.c.digest.label("label")).join_from(records, labels)
    yield "records", current.order_by(records.c.record)
    for table in BESIDE:
        yield table.name, _beside(table).order_by(records.c.record, table.c.n)
    yield "texts", _beside(texts).order_by(records.c.record)


def _beside(table: Table) -> Select[Any]:
    shown = [c for c in table.c if c.name not in _LOCAL]
    return select(records.c.record, *shown).join_from(table, records, table.c.pos == records.c.pos)
