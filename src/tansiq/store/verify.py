"""Whether the store is what it says: chains, hashes, signatures, bodies, tombstones, projections.

1. The log and the journal are chains without a hole; each entry's hash follows from the one before.
2. Every appended version stands in the log under its digest; its body opens and gives exactly its hashes; a
   callback of the caller's judges its signature (keys are not the store's matter). A protected body that this
   session does not open is compared with the hash it was sealed with.
3. A buried version has no body and has a tombstone; no tombstone has lost its log entry.
4. Projections equal what the log makes anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, select

from tansiq.base.errors import TansiqError
from tansiq.model.record import Record, commit, digest_of
from tansiq.model.tombstone import EVERY_VERSION, decode_tombstone
from tansiq.store.errors import StoreCorrupt
from tansiq.store.log import APPEND, BURY, START, entry_hash
from tansiq.store.people import journal_hash
from tansiq.store.rebuild import dump_hash_of, empty, project
from tansiq.store.store import ReadTx, Store
from tansiq.store.tables import bodies, log, tombstones, versions
from tansiq.store.tables_node import blobs, journal

AT_ONCE: Final = 500
SHOWN: Final = 20

Judge = Callable[[Record], str | None]
"""Says what is wrong with a record's signature (a stable code), or None."""


@dataclass(frozen=True, slots=True)
class Line:
    """One check: its name, how much it looked at, what it found wrong (the first few)."""

    name: str
    checked: int
    wrong: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was wrong."""
        return not self.wrong


@dataclass(frozen=True, slots=True)
class Report:
    """All checks."""

    lines: tuple[Line, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was wrong."""
        return all(line.ok for line in self.lines)


def verify(store: Store, judge: Judge | None = None, *, projections: bool = True) -> Report:
    """Check the whole store; nothing is changed.

    ``projections`` makes them anew, compares, and takes that back. Raises StoreError only where the database
    itself cannot be read.
    """
    with store.read() as rx:
        lines = [_line("log", _log(rx)), _line("versions", _versions(rx, judge))]
        lines += [_line("tombstones", _tombstones(rx)), _line("blobs", _blobs(rx))]
        lines.append(_line("journal", _journal(rx)))
    if projections:
        lines.append(_projections(store))
    return Report(tuple(lines))


def _line(name: str, found: Iterator[str | None]) -> Line:
    checked = 0
    wrong: list[str] = []
    for fault in found:
        checked += 1
        if fault is not None and len(wrong) < SHOWN:
            wrong.append(fault)
    return Line(name, checked, tuple(wrong))


def _log(rx: ReadTx) -> Iterator[str | None]:
    previous, expected = START, 1
    for row in rx.conn.execute(select(log).order_by(log.c.seq)):
        whole = row.seq == expected
        holds = row.hash == entry_hash(previous, row.act, row.payload, row.at_ms, row.seq)
        previous, expected = row.hash, row.seq + 1
        yield None if whole and holds else f"log entry {row.seq} does not follow from the one before"


def _versions(rx: ReadTx, judge: Judge | None) -> Iterator[str | None]:
    appended = (
        select(log.c.seq, log.c.payload, versions.c.digest)
        .outerjoin_from(log, versions, versions.c.seq == log.c.seq)
        .where(log.c.act == APPEND)
        .order_by(log.c.seq)
    )
    for row in rx.all(appended):
        yield None if row.payload == row.digest else f"log entry {row.seq} has lost its version"
    highest = 0
    while rows := rx.all(
        select(versions, bodies.c.seq.label("body"))
        .outerjoin_from(versions, bodies)
        .where(versions.c.seq > highest)
        .order_by(versions.c.seq)
        .limit(AT_ONCE)
    ):
        highest = rows[-1].seq
        for row in rows:
            yield _buried(row) if row.buried else _held(rx, row, judge)


def _buried(row: Row[Any]) -> str | None:
    return None if row.body is None else f"version {_named(row)} is buried and has a body"


def _held(rx: ReadTx, row: Row[Any], judge: Judge | None) -> str | None:
    try:
        whole = rx.guarded_sound(row.digest)
        if whole is not None and not rx.core.keys.covers(rx.cells_over(row.digest)):
            return None if whole else f"version {_named(row)} is sealed and was altered"
        signed = rx.signed(row.digest)
        if signed is None:
            return f"version {_named(row)} has lost its body"
        hashes = commit(signed.header, signed.body)
        fault = judge(Record(signed)) if judge is not None else None
    except TansiqError as error:
        return f"version {_named(row)} cannot be read: {error.code}"
    if hashes != (row.header_hash, row.body_hash) or digest_of(*hashes) != row.digest:
        return f"version {_named(row)} is not what its hashes say"
    return None if fault is None else f"version {_named(row)}: {fault}"


def _named(row: Row[Any]) -> str:
    return f"{row.record.hex()}/{row.version}"


def _tombstones(rx: ReadTx) -> Iterator[str | None]:
    logged = {row.seq: row.payload for row in rx.all(select(log).where(log.c.act == BURY))}
    named: set[tuple[bytes, int]] = set()
    for row in rx.all(select(tombstones).order_by(tombstones.c.seq)):
        named.add((row.record, row.version))
        whole = logged.get(row.seq) == hashlib.sha256(row.raw).digest()
        right = whole and decode_tombstone(row.raw).record == row.record
        yield None if right else f"tombstone {_named(row)} is not the one in the log"
    for row in rx.all(select(versions.c.record, versions.c.version).where(versions.c.buried)):
        there = (row.record, row.version) in named or (row.record, EVERY_VERSION) in named
        yield None if there else f"version {_named(row)} is buried without a tombstone"


def _blobs(rx: ReadTx) -> Iterator[str | None]:
    for row in rx.all(select(blobs).where(blobs.c.held_bytes == blobs.c.size_bytes)):
        try:
            right = hashlib.sha256(rx.blob_bytes(row.digest)).digest() == row.digest
        except StoreCorrupt:
            right = False
        yield None if right else f"attachment {row.digest.hex()} is not what its hash says"


def _journal(rx: ReadTx) -> Iterator[str | None]:
    previous, expected = START, 1
    for row in rx.conn.execute(select(journal).order_by(journal.c.seq)):
        made = journal_hash(previous, row.act, row.officer, row.record, row.detail, row.at_ms, row.seq)
        right = row.seq == expected and row.hash == made
        previous, expected = row.hash, row.seq + 1
        yield None if right else f"journal entry {row.seq} does not follow from the one before"


class _TakenBack(Exception):
    """Ends a transaction whose work was only to be looked at."""


def _projections(store: Store) -> Line:
    found: list[str | None] = []
    try:
        with store.write() as tx:
            found.append(None if tx.core.text.sound(tx.conn) else "the text index and its text differ")
            before = dump_hash_of(tx)
            empty(tx)
            project(tx)
            same = before == dump_hash_of(tx)
            found.append(None if same else "the projections are not what the log makes")
            raise _TakenBack
    except _TakenBack:
        pass
    except StoreCorrupt as error:
        found.append(f"the projections cannot be made anew: {error.code}")
    return _line("projections", iter(found))
