"""The journal as its readers see it: the auditor everything, an officer his own acts, nobody a hidden record.

1. An entry whose record the viewer may not read shows a token of this node in the place of the id, and no
   detail. The token tells which entries speak of one record and nothing else.
2. The journal's own numbers and hashes are the auditor's: they count what others did. Any other officer's
   entries are numbered by themselves, from the newest on.
3. A file of the journal is what its reader sees on the page, signed by the party.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import msgspec

from tansiq.base.clock import moment
from tansiq.base.ids import raw_of
from tansiq.base.refusal import Refusal
from tansiq.policy.clearance import may
from tansiq.policy.permits import permits
from tansiq.seal.keys import PartyKeys, sign
from tansiq.store.errors import StoreCorrupt
from tansiq.store.people import JournalFilter
from tansiq.store.store import ReadTx
from tansiq.store.values import JournalEntry
from tansiq.store.witness import Stamp
from tansiq.work.desk import Desk, Officer
from tansiq.work.noting import EXPORTED, REVEALED, has_secret, raw_record, revealed, shown

FILE_LIMIT: Final = 20_000
REASON_LEAST: Final = 3
_OPAQUE: Final = "⟨{}⟩"


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as a viewer sees it. ``record`` is an id only where he may read it (``readable``)."""

    seq: int
    at_ms: int
    act: str
    officer: str
    record: str
    readable: bool
    detail: str
    secret: bool
    hash: bytes
    sound: bool


def lines_for(
    rx: ReadTx, viewer: Officer, which: JournalFilter, *, now: datetime, limit: int, before: int | None = None
) -> tuple[Line, ...]:
    """Return entries, newest first: all for the auditor, his own for any other officer (rule 2).

    ``before`` is the ``seq`` of the last line shown.
    """
    if may(viewer.role, "journal"):
        entries = rx.journal_entries(limit, before=before, which=which)
        numbers = [e.seq for e in entries]
    else:
        skip = before or 0
        entries = rx.journal_entries(limit, which=_own(which, viewer.id), skip=skip)
        numbers = list(range(skip + 1, skip + 1 + len(entries)))
    faults = set(rx.journal_faults([e.seq for e in entries]))
    lines = (_line(rx, viewer, e, now=now, sound=e.seq not in faults) for e in entries)
    pairs = zip(lines, numbers, strict=True)
    if may(viewer.role, "journal"):
        return tuple(line for line, _ in pairs)
    return tuple(replace(line, seq=number, hash=b"") for line, number in pairs)


def _own(which: JournalFilter, officer: str) -> JournalFilter:
    return JournalFilter(officer, which.act, which.record, which.since_ms, which.until_ms)


def named_record(rx: ReadTx, viewer: Officer, text: str, *, now: datetime) -> bytes | None:
    """Return the record that a viewer names by an id he may read or by a token; else None."""
    raw = raw_record(text)
    if raw is not None:
        return raw if _may_read(rx, viewer, raw, now=now) else None
    wanted = text.strip("⟨⟩ ").lower()
    return next((r for r in rx.journal_records() if rx.core.vault.token(r) == wanted), None)


def _line(rx: ReadTx, viewer: Officer, entry: JournalEntry, *, now: datetime, sound: bool) -> Line:
    raw = None if entry.record_id is None else raw_of(entry.record_id)
    readable = raw is not None and _may_read(rx, viewer, raw, now=now)
    own = entry.officer == viewer.id
    hidden = raw is not None and not readable
    detail = _own_words(rx, entry.detail) if own and not hidden else shown(entry.detail)
    return Line(
        seq=entry.seq,
        at_ms=entry.at_ms,
        act=entry.act,
        officer=entry.officer,
        record="" if raw is None else str(entry.record_id) if readable else _OPAQUE.format(_token(rx, raw)),
        readable=readable,
        detail="" if hidden else detail.rstrip("; "),
        secret=has_secret(entry.detail) and not own and not hidden,
        hash=entry.hash,
        sound=sound,
    )


def _own_words(rx: ReadTx, detail: str) -> str:
    """Return a detail opened; one that does not open is shown closed, and stops no page."""
    try:
        return revealed(rx, detail)
    except StoreCorrupt:
        return shown(detail)


def _token(rx: ReadTx, raw: bytes) -> str:
    return rx.core.vault.token(raw)


def _may_read(rx: ReadTx, viewer: Officer, raw: bytes, *, now: datetime) -> bool:
    its_label = rx.label_of(raw)
    return its_label is not None and bool(permits(its_label, viewer.reader, now=now))


def reveal(desk: Desk, seq: int, reason: str) -> str | Refusal:
    """Open the sealed words of one entry for the auditor, and note that he did and why.

    Refusals: ``role``, ``reason.missing``, ``journal.unknown``.
    """
    if (no := desk.lacks("journal")) is not None:
        return no
    if len(reason.strip()) < REASON_LEAST:
        return Refusal("reason.missing")
    with desk.store.write() as tx:
        entries = tx.journal_entries(1, before=seq + 1)
        entry = next((e for e in entries if e.seq == seq and has_secret(e.detail)), None)
        if entry is None:
            return Refusal("journal.unknown")
        detail = f"{seq}: {reason.strip()[:300]}"
        tx.journal(REVEALED, officer=desk.officer.id, detail=detail, at_ms=desk.now_ms)
        return revealed(tx, entry.detail)


def journal_file(desk: Desk, which: JournalFilter) -> bytes:
    """Return the journal as its reader sees it, as JSON that the party signed, and note that it was taken.

    ``{"payload": text, "signer": …, "signature": hex}``; the signature is over
    ``SHA-256("tansiq.journal-file/1" | payload)``; the payload is JSON: head, stamp, entries, oldest first.
    """
    with desk.store.write() as tx:
        lines = lines_for(tx, desk.officer, which, now=desk.now, limit=FILE_LIMIT)
        whole = may(desk.officer.role, "journal")
        head, stamp = (tx.journal_head(), tx.stamp_head()) if whole else ((0, b""), Stamp(0, b""))
        tx.journal(EXPORTED, officer=desk.officer.id, detail=f"{len(lines)}", at_ms=desk.now_ms)
    payload = msgspec.json.encode(
        {
            "form": 1,
            "party": desk.party,
            "made": desk.now.isoformat(),
            "head": {"number": head[0], "hash": head[1].hex()},
            "stamp": {"number": stamp.number, "hash": stamp.hash.hex()},
            "entries": [_plain(line) for line in reversed(lines)],
        }
    )
    return msgspec.json.encode(_signed(payload, desk.keys))


def _plain(line: Line) -> dict[str, object]:
    return {
        "seq": line.seq,
        "at": moment(line.at_ms).isoformat(),
        "act": line.act,
        "officer": line.officer,
        "record": line.record,
        "detail": line.detail,
        "hash": line.hash.hex(),
        "sound": line.sound,
    }


def _signed(payload: bytes, keys: PartyKeys) -> dict[str, str]:
    return {
        "payload": payload.decode(),
        "signer": keys.signer_id,
        "signature": sign(keys, file_digest(payload)).hex(),
    }


def file_digest(payload: bytes) -> bytes:
    """Return what the party signs of a file of the journal."""
    return hashlib.sha256(b"tansiq.journal-file/1" + payload).digest()
