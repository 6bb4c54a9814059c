"""The book of the post: who is on duty when, and how posts and people are reached. It stays at this node.

1. A duty has a post, a name and two moments; who is on duty now is whoever's turn holds this moment.
2. A contact is dated: from when it holds, until when; one that has ended stays to be read, marked as ended.
3. What is dropped is dropped: these are working papers of the office, not records. Whoever wants to share a
   roster publishes it as a record.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, TypeVar

import msgspec

from tansiq.base.clock import millis
from tansiq.base.refusal import Refusal
from tansiq.store.papers import Paper
from tansiq.store.store import ReadTx
from tansiq.work.desk import Desk

DUTY: Final = "duty"
CONTACT: Final = "contact"
NAME_LIMIT: Final = 200
LIMIT: Final = 2_000

T = TypeVar("T", "Duty", "Contact")


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """One turn on duty; times in milliseconds, the end left out."""

    id: str = ""
    post: str
    name: str
    phone: str = ""
    from_ms: int
    until_ms: int


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """How a post or a person is reached; ``until_ms`` None = still."""

    id: str = ""
    post: str
    name: str = ""
    role: str = ""
    phone: str = ""
    mail: str = ""
    radio: str = ""
    note: str = ""
    from_ms: int
    until_ms: int | None = None


def duties(rx: ReadTx) -> tuple[Duty, ...]:
    """Return every turn, the earliest first."""
    found = (msgspec.msgpack.decode(p.content, type=Duty) for p in rx.papers(DUTY, limit=LIMIT))
    return tuple(sorted(found, key=lambda d: (d.from_ms, d.post, d.id)))


def on_duty(rx: ReadTx, now: datetime) -> tuple[Duty, ...]:
    """Return who is on duty at this moment (rule 1)."""
    now_ms = millis(now)
    return tuple(d for d in duties(rx) if d.from_ms <= now_ms < d.until_ms)


def contacts(rx: ReadTx) -> tuple[Contact, ...]:
    """Return the directory by post and name."""
    found = (msgspec.msgpack.decode(p.content, type=Contact) for p in rx.papers(CONTACT, limit=LIMIT))
    return tuple(sorted(found, key=lambda c: (c.post.casefold(), c.name.casefold(), c.from_ms)))


def put_duty(desk: Desk, duty: Duty) -> Refusal | None:
    """Write down a turn. Refusals: ``role``, ``book.name``, ``book.times``, ``book.full``."""
    if duty.until_ms <= duty.from_ms:
        return Refusal("book.times")
    return _put(desk, DUTY, duty, (duty.post, duty.name))


def put_contact(desk: Desk, contact: Contact) -> Refusal | None:
    """Write down a contact. Refusals: ``role``, ``book.name``, ``book.times``, ``book.full``."""
    if contact.until_ms is not None and contact.until_ms <= contact.from_ms:
        return Refusal("book.times")
    return _put(desk, CONTACT, contact, (contact.post,))


def end_contact(desk: Desk, contact_id: str) -> Refusal | None:
    """Mark a contact as ended now. Refusals: ``role``, ``book.none``."""
    with desk.store.read() as rx:
        held = next((c for c in contacts(rx) if c.id == contact_id), None)
    if held is None:
        return Refusal("book.none")
    ended = msgspec.structs.replace(held, until_ms=max(desk.now_ms, held.from_ms + 1))
    return _put(desk, CONTACT, ended, (held.post,))


def drop(desk: Desk, kind: str, paper_id: str) -> Refusal | None:
    """Take a turn or a contact out of the book. Refusals: ``role``, ``book.none``."""
    if (no := desk.lacks("draft")) is not None:
        return no
    with desk.store.write() as tx:
        paper = tx.paper(f"{kind}:{paper_id}")
        if paper is None or kind not in (DUTY, CONTACT):
            return Refusal("book.none")
        tx.drop_paper(paper.id)
        tx.journal(f"{kind}-drop", officer=desk.officer.id, at_ms=desk.now_ms)
    return None


def _put(desk: Desk, kind: str, what: T, named: tuple[str, ...]) -> Refusal | None:
    if (no := desk.lacks("draft")) is not None:
        return no
    if not all(named) or any(len(words) > NAME_LIMIT for words in named):
        return Refusal("book.name")
    kept = what if what.id else msgspec.structs.replace(what, id=desk.entropy.take(8).hex())
    with desk.store.write() as tx:
        if len(tx.papers(kind, limit=LIMIT)) >= LIMIT and not what.id:
            return Refusal("book.full")
        content = msgspec.msgpack.encode(kept)
        tx.save_paper(Paper(f"{kind}:{kept.id}", kind, "", desk.now_ms, content))
        tx.journal(f"{kind}-put", officer=desk.officer.id, at_ms=desk.now_ms, detail=named[0][:80])
    return None
