"""Opening: an officer reads a record; the journal says so, the originator hears of the post, never the name.

1. The first opening of a version by an officer is one journal entry.
2. The first opening of a version at this node sends its originator one ``opened`` receipt, with the role.
3. What is absent and what is hidden give None alike, and leave no trace that differs.
4. What asks for a second person is not opened by one: nothing is noted, and nobody is told.
"""

from __future__ import annotations

from tansiq.base.ids import RecordId
from tansiq.exchange.receipts import Line, Registrar
from tansiq.store.store import ReadTx, WriteTx
from tansiq.store.values import StoredRecord
from tansiq.work.desk import Desk
from tansiq.work.readable import readable
from tansiq.work.sealed_cases import sealed_at
from tansiq.work.two_person import needs_two

OPENED = "open"


def open_record(desk: Desk, record_id: RecordId, purpose: str = "") -> StoredRecord | None:
    """Return the current version of a record that the officer may read, and note that he has opened it."""
    with desk.store.read() as rx:
        named = readable(rx, desk, record_id)
        found = None if named is None else named[0]
        if found is not None and waits_for_second(rx, desk, found):
            return found
        if found is None or opened_by(rx, found, desk.officer.id):
            return found
    with desk.store.write() as tx:
        again = readable(tx, desk, record_id)
        if again is None:
            return None
        _note(tx, desk, again[0], purpose)
        return again[0]


def waits_for_second(rx: ReadTx, desk: Desk, stored: StoredRecord) -> bool:
    """Whether the record asks for a second person and none has agreed (``work.two_person``)."""
    if not needs_two(stored.header.label, sealed_at(rx, desk)):
        return False
    opened = rx.opened_by_two(desk.officer.id, now_ms=desk.now_ms)
    return (stored.header.id, stored.version) not in opened


def opened_here(rx: ReadTx, stored: StoredRecord) -> bool:
    """Whether any officer of this node has opened this version."""
    detail = _mark(stored.version)
    return any(
        e.act == OPENED and e.detail.startswith(detail)
        for e in rx.journal_entries(record_id=stored.record_id)
    )


def opened_by(rx: ReadTx, stored: StoredRecord, officer: str) -> bool:
    """Whether an officer has opened this version."""
    detail = _mark(stored.version)
    entries = rx.journal_entries(record_id=stored.record_id)
    return any(e.act == OPENED and e.officer == officer and e.detail.startswith(detail) for e in entries)


def _note(tx: WriteTx, desk: Desk, stored: StoredRecord, purpose: str) -> None:
    first = not opened_here(tx, stored)
    detail = f"{_mark(stored.version)} {purpose}".strip()
    tx.journal(OPENED, officer=desk.officer.id, record=stored.record_id, detail=detail, at_ms=desk.now_ms)
    if first and stored.originator != desk.party and not stored.system:
        line = Line(stored.header.id, stored.version, "opened", role=desk.officer.role)
        Registrar(desk.keys, desk.clock, desk.entropy).send(tx, stored.originator, [line])


def _mark(version: int) -> str:
    return f"v{version};"
