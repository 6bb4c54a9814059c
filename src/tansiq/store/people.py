"""The node's own affairs: officers, sessions, drafts, settings, charters and the journal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from threading import local
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, delete, insert, select

from tansiq.base.ids import RecordId
from tansiq.store.tables_node import charters, drafts, journal, officers, sessions, settings
from tansiq.store.tx import Tx
from tansiq.store.values import DraftRow, JournalEntry, OfficerRow, SessionRow, maybe_id, raw_id

_LAST: Final = select(journal.c.seq, journal.c.hash).order_by(journal.c.seq.desc()).limit(1)


_WRITTEN: Final = local()


def entries_written() -> int:
    """Return how many journal entries this thread has written: whether an act has told of itself."""
    return int(getattr(_WRITTEN, "count", 0))


def journal_hash(
    previous: bytes, act: str, officer: str, record: bytes | None, detail: str, at_ms: int, seq: int
) -> bytes:
    """Return the hash of a journal entry: SHA-256 over the previous hash and the hashes of its parts."""
    parts = (act.encode(), officer.encode(), record or b"", detail.encode(), str(at_ms).encode())
    inner = b"".join(hashlib.sha256(part).digest() for part in parts)
    return hashlib.sha256(b"tansiq.journal/1" + previous + inner + seq.to_bytes(8, "big")).digest()


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """Which entries of the journal: empty = every one; times in milliseconds, the end left out."""

    officer: str = ""
    act: str = ""
    record: bytes | None = None
    since_ms: int | None = None
    until_ms: int | None = None

    def clauses(self) -> Iterator[ColumnElement[bool]]:
        """Yield the conditions of the query."""
        if self.officer:
            yield journal.c.officer == self.officer
        if self.act:
            yield journal.c.act == self.act
        if self.record is not None:
            yield journal.c.record == self.record
        if self.since_ms is not None:
            yield journal.c.at_ms >= self.since_ms
        if self.until_ms is not None:
            yield journal.c.at_ms < self.until_ms


class PeopleReading(Tx):
    """Reading of the node's own affairs."""

    def officer(self, officer_id: str) -> OfficerRow | None:
        """Return an account by id."""
        row = self.one(select(officers).where(officers.c.id == officer_id))
        return None if row is None else _officer(row)

    def officer_named(self, name: str) -> OfficerRow | None:
        """Return an account by its sign-in name."""
        row = self.one(select(officers).where(officers.c.name == name))
        return None if row is None else _officer(row)

    def officers(self) -> tuple[OfficerRow, ...]:
        """Return all accounts by name."""
        return tuple(_officer(row) for row in self.all(select(officers).order_by(officers.c.name)))

    def session(self, token: bytes, *, now_ms: int) -> SessionRow | None:
        """Return a session that has not ended; ``token`` is the hash of what the browser holds."""
        row = self.one(select(sessions).where(sessions.c.token == token, sessions.c.until_ms > now_ms))
        return None if row is None else SessionRow(row.token, row.officer, row.created_ms, row.until_ms)

    def draft(self, draft_id: str) -> DraftRow | None:
        """Return a draft."""
        row = self.one(select(drafts).where(drafts.c.id == draft_id))
        return None if row is None else self._draft(row)

    def drafts(
        self, officer: str | None = None, limit: int = 200, *, kind: str | None = None
    ) -> tuple[DraftRow, ...]:
        """Return drafts, an officer's or all, of a kind or all, the last saved first."""
        found = select(drafts).order_by(drafts.c.saved_ms.desc(), drafts.c.id).limit(limit)
        if officer is not None:
            found = found.where(drafts.c.officer == officer)
        if kind is not None:
            found = found.where(drafts.c.kind == kind)
        return tuple(self._draft(row) for row in self.all(found))

    def _draft(self, row: Row[Any]) -> DraftRow:
        content = self.core.vault.unlock(row.sealed, row.id.encode())
        return DraftRow(row.id, row.officer, row.kind, row.saved_ms, content)

    def setting(self, key: str, default: str | None = None) -> str | None:
        """Return a setting of this node."""
        found = self.value(select(settings.c.value).where(settings.c.key == key))
        return default if found is None else str(found)

    def settings(self) -> Mapping[str, str]:
        """Return all settings."""
        return {row.key: row.value for row in self.all(select(settings).order_by(settings.c.key))}

    def charters(self) -> tuple[bytes, ...]:
        """Return the signed charters as they came, by epoch."""
        return tuple(self.conn.execute(select(charters.c.raw).order_by(charters.c.epoch)).scalars())

    def charter(self, epoch: int | None = None) -> bytes | None:
        """Return the signed charter of an epoch, or the newest."""
        found = select(charters.c.raw).order_by(charters.c.epoch.desc()).limit(1)
        raw = self.value(found if epoch is None else found.where(charters.c.epoch == epoch))
        return None if raw is None else bytes(raw)

    def journal_head(self) -> tuple[int, bytes]:
        """Return number and hash of the newest journal entry; ``(0, 32 zero bytes)`` of an empty journal."""
        row = self.one(_LAST)
        return (0, bytes(32)) if row is None else (row.seq, row.hash)

    def journal_entries(
        self,
        limit: int = 200,
        *,
        before: int | None = None,
        record_id: RecordId | bytes | None = None,
        which: JournalFilter | None = None,
        skip: int = 0,
    ) -> tuple[JournalEntry, ...]:
        """Return journal entries, newest first, of one record or all, those that a filter lets through."""
        found = select(journal).order_by(journal.c.seq.desc()).limit(limit).offset(skip)
        if before is not None:
            found = found.where(journal.c.seq < before)
        if record_id is not None:
            found = found.where(journal.c.record == raw_id(record_id))
        for clause in () if which is None else which.clauses():
            found = found.where(clause)
        return tuple(_entry(row) for row in self.all(found))

    def journal_faults(self, numbers: Sequence[int]) -> tuple[int, ...]:
        """Return those of these entries that do not follow from the one before."""
        wanted = {n for seq in numbers for n in (seq - 1, seq)}
        rows = {row.seq: row for row in self.all(select(journal).where(journal.c.seq.in_(wanted)))}
        wrong = []
        for seq in numbers:
            row, last = rows.get(seq), rows.get(seq - 1)
            before = bytes(32) if seq == 1 else None if last is None else last.hash
            if row is None or before is None or row.hash != _hash_of(before, row):
                wrong.append(seq)
        return tuple(wrong)

    def journal_records(self) -> tuple[bytes, ...]:
        """Return the ids (16 bytes) of every record that the journal names."""
        found = select(journal.c.record).where(journal.c.record.is_not(None)).distinct()
        return tuple(self.conn.execute(found.order_by(journal.c.record)).scalars())

    def journal_acts(self, officer: str = "") -> tuple[str, ...]:
        """Return the acts that the journal holds, an officer's or all."""
        found = select(journal.c.act).distinct().order_by(journal.c.act)
        if officer:
            found = found.where(journal.c.officer == officer)
        return tuple(self.conn.execute(found).scalars())

    def journal_officers(self) -> tuple[str, ...]:
        """Return the officers that the journal names."""
        found = select(journal.c.officer).distinct().order_by(journal.c.officer)
        return tuple(self.conn.execute(found).scalars())


class PeopleWriting(PeopleReading):
    """Writing of the node's own affairs."""

    def save_officer(self, value: OfficerRow) -> None:
        """Enter or change an account."""
        self.run(delete(officers).where(officers.c.id == value.id))
        self.run(insert(officers), [asdict(value)])

    def save_session(self, value: SessionRow) -> None:
        """Enter or prolong a session."""
        self.run(delete(sessions).where(sessions.c.token == value.token))
        self.run(insert(sessions), [asdict(value)])

    def end_session(self, token: bytes) -> None:
        """End a session."""
        self.run(delete(sessions).where(sessions.c.token == token))

    def end_sessions(self, *, now_ms: int) -> None:
        """Forget the sessions whose time is over."""
        self.run(delete(sessions).where(sessions.c.until_ms <= now_ms))

    def save_draft(self, value: DraftRow) -> None:
        """Enter or change a draft; its content rests sealed."""
        sealed = self.core.vault.lock(value.content, value.id.encode())
        self.run(delete(drafts).where(drafts.c.id == value.id))
        row = {"id": value.id, "officer": value.officer, "kind": value.kind}
        self.run(insert(drafts), [{**row, "saved_ms": value.saved_ms, "sealed": sealed}])
        self.touched.topics.add("drafts")

    def drop_draft(self, draft_id: str) -> None:
        """Delete a draft: it became a record, or nobody wants it."""
        self.run(delete(drafts).where(drafts.c.id == draft_id))
        self.touched.topics.add("drafts")

    def set_setting(self, key: str, value: str) -> None:
        """Set a setting of this node."""
        self.run(delete(settings).where(settings.c.key == key))
        self.run(insert(settings), [{"key": key, "value": value}])
        self.touched.topics.add("settings")

    def put_charter(self, raw: bytes, epoch: int, *, at_ms: int) -> None:
        """Keep a signed charter; an epoch held already stays as it is."""
        if self.charter(epoch) is None:
            self.run(insert(charters), [{"epoch": epoch, "raw": raw, "at_ms": at_ms}])
            self.touched.topics.add("charter")

    def journal(
        self, act: str, *, officer: str, at_ms: int, record: RecordId | bytes | None = None, detail: str = ""
    ) -> bytes:
        """Chain one act of a person to the journal; return the entry's hash."""
        raw = None if record is None else raw_id(record)
        seq, previous = self.journal_head()
        made = journal_hash(previous, act, officer, raw, detail, at_ms, seq + 1)
        row = {"seq": seq + 1, "act": act, "officer": officer, "record": raw}
        self.run(insert(journal), [{**row, "detail": detail, "at_ms": at_ms, "hash": made}])
        _WRITTEN.count = entries_written() + 1
        return made


def _officer(row: Row[Any]) -> OfficerRow:
    return OfficerRow(
        row.id, row.name, row.role, row.pseudonym, row.lang, row.password, row.reader, row.active
    )


def _hash_of(previous: bytes, row: Row[Any]) -> bytes:
    return journal_hash(previous, row.act, row.officer, row.record, row.detail, row.at_ms, row.seq)


def _entry(row: Row[Any]) -> JournalEntry:
    record_id = maybe_id(row.record)
    return JournalEntry(row.seq, row.act, row.officer, record_id, row.detail, row.at_ms, row.hash)
