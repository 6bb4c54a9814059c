"""Whether the store is what it says: chains, hashes, signatures, bodies, tombstones, projections.

1. The log and the journal are chains without a hole; each entry's hash follows from the one before.
2. Every appended version stands in the log under its digest; its body opens and gives exactly its hashes; a
   callback of the caller's judges its signature (keys are not the store's matter). A protected body that this
   session does not open is compared with the hash it was sealed with.
3. A buried version has no body and has a tombstone; no tombstone has lost its log entry.
4. Projections equal what the log makes anew.
5. Every stamp commits to a journal and a log that still stand as they were.

``verify_quickly`` looks at the ends of the chains, all stamps of late and an even sample of the versions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from sqlalchemy import Row, Table, func, select

from tansiq.base.errors import TansiqError
from tansiq.model.record import Record, commit, digest_of
from tansiq.model.tombstone import EVERY_VERSION, decode_tombstone
from tansiq.store.errors import StoreCorrupt
from tansiq.store.log import APPEND, BURY, START, entry_hash
from tansiq.store.people import journal_hash
from tansiq.store.rebuild import dump_hash_of, empty, project
from tansiq.store.store import ReadTx, Store
from tansiq.store.tables import bodies, log, tombstones, versions
from tansiq.store.tables_keep import stamps
from tansiq.store.tables_node import blobs, journal
from tansiq.store.witness import committed, stamp_hash

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
        lines += [_line("journal", _journal(rx)), _line("stamps", _stamps(rx))]
    if projections:
        lines.append(_projections(store))
    return Report(tuple(lines))


def verify_quickly(store: Store, judge: Judge | None = None, *, tail: int = 500, sample: int = 200) -> Report:
    """Check the last ``tail`` entries of each chain, the last stamps, and an even ``sample`` of versions."""
    with store.read() as rx:
        log_from, journal_from = (max(0, end[0] - tail) for end in (rx.log_head(), rx.journal_head()))
        lines = [_line("log", _log(rx, log_from)), _line("journal", _journal(rx, journal_from))]
        lines += [_line("versions", _sampled(rx, judge, sample)), _line("stamps", _stamps(rx, tail))]
    return Report(tuple(lines))


def journal_stands(rx: ReadTx) -> bool:
    """Whether the journal is a chain without a hole and ends where its head says (rule 1)."""
    return not any(_journal(rx))


def _sampled(rx: ReadTx, judge: Judge | None, sample: int) -> Iterator[str | None]:
    last = rx.value(select(func.max(versions.c.seq))) or 0
    step = max(1, last // max(1, sample))
    held = select(versions, bodies.c.seq.label("body")).outerjoin_from(versions, bodies)
    for row in rx.all(held.where(versions.c.seq % step == 0).order_by(versions.c.seq)):
        yield _buried(row) if row.buried else _held(rx, row, judge)


def _stamps(rx: ReadTx, last: int | None = None) -> Iterator[str | None]:
    found = select(stamps).order_by(stamps.c.number.desc())
    rows = list(rx.all(found if last is None else found.limit(last)))
    for newer, older in pairwise([*rows, None]):
        if newer is not None:
            yield _stamp_fault(rx, newer, older)


def _stamp_fault(rx: ReadTx, row: Row[Any], before: Row[Any] | None) -> str | None:
    if before is not None or row.number == 1:
        previous = START if before is None else before.hash
        whole = before is None or before.number == row.number - 1
        if not whole or row.hash != stamp_hash(previous, row.number, row.commitment):
            return f"stamp {row.number} does not follow from the one before"
    if row.salt is None:
        return None
    ends = (_end(rx, journal, row.journal_seq), _end(rx, log, row.log_seq))
    if None in ends or row.commitment != committed(row.salt, *(e for e in ends if e is not None)):
        return f"stamp {row.number} commits to another journal or log than the one here"
    return None


def _end(rx: ReadTx, chain: Table, seq: int) -> tuple[int, bytes] | None:
    if seq == 0:
        return 0, START
    found = rx.value(select(chain.c.hash).where(chain.c.seq == seq))
    return None if found is None else (seq, bytes(found))


def _line(name: str, found: Iterator[str | None]) -> Line:
    checked = 0
    wrong: list[str] = []
    for fault in found:
        checked += 1
        if fault is not None and len(wrong) < SHOWN:
            wrong.append(fault)
    return Line(name, checked, tuple(wrong))


def _log(rx: ReadTx, after: int = 0) -> Iterator[str | None]:
    previous, expected = _before(rx, log, after), after + 1
    for row in rx.conn.execute(select(log).where(log.c.seq > after).order_by(log.c.seq)):
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
        hashes, record = commit(signed.header, signed.body), Record(signed)
        head = record.header
        fault = judge(record) if judge is not None else None
    except TansiqError as error:
        return f"version {_named(row)} cannot be read: {error.code}"
    if hashes != (row.header_hash, row.body_hash) or digest_of(*hashes) != row.digest:
        return f"version {_named(row)} is not what its hashes say"
    if (head.id, head.version, head.originator) != (row.record, row.version, row.originator):
        return f"version {_named(row)} stands under another name than its header's"
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


def _before(rx: ReadTx, chain: Table, seq: int) -> bytes:
    end = _end(rx, chain, seq)
    return START if end is None else end[1]


def _journal(rx: ReadTx, after: int = 0) -> Iterator[str | None]:
    previous, expected = _before(rx, journal, after), after + 1
    for row in rx.conn.execute(select(journal).where(journal.c.seq > after).order_by(journal.c.seq)):
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
