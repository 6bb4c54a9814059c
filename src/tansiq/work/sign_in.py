"""Accounts and sessions: argon2 passwords, sessions stored by hash, attempts limited.

1. A wrong name and a wrong password are the same refusal after the same work.
2. The browser holds a random token; the store holds its SHA-256 only.
3. After ``ATTEMPTS`` failures for one name within ``WINDOW`` further attempts are refused unheard.
4. Sessions and attempts go by the machine's clock, also in an exercise.
"""

from __future__ import annotations

import hashlib
from collections import deque
from datetime import datetime, timedelta
from typing import Final

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from tansiq.base.clock import millis
from tansiq.base.ids import Entropy
from tansiq.base.messages import Lang
from tansiq.base.refusal import Refusal
from tansiq.model.label import Level, Party
from tansiq.policy.clearance import OfficerRole, reader_for
from tansiq.store.store import ReadTx, Store, WriteTx
from tansiq.store.values import OfficerRow, SessionRow
from tansiq.work.credentials import make_credential
from tansiq.work.desk import Officer

ATTEMPTS: Final = 8
NAME_LIMIT: Final = 200
"""No account has a longer name: what is asked for such a one is refused all the same."""
WINDOW: Final = timedelta(minutes=10)
SESSION: Final = timedelta(hours=12)
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_NOBODY: Final = _HASHER.hash("nobody signs in with this")


class Given(msgspec.Struct, frozen=True, array_like=True):
    """What the roster gives an officer: clearance, compartments, purposes."""

    clearance: Level = "secret"
    compartments: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()


class Limiter:
    """Counts failures by name within a window; memory only."""

    def __init__(self) -> None:
        self._failed: dict[str, deque[datetime]] = {}

    def tired(self, name: str, now: datetime) -> bool:
        """Whether this name has failed too often of late."""
        tries = self._failed.get(name)
        while tries and tries[0] <= now - WINDOW:
            tries.popleft()
        return len(tries or ()) >= ATTEMPTS

    def failed(self, name: str, now: datetime) -> None:
        """Count one failure; the memory of names is bounded, and so is each name."""
        if len(name) > NAME_LIMIT:
            return
        if len(self._failed) > 10_000:
            self._failed.clear()
        self._failed.setdefault(name, deque()).append(now)

    def passed(self, name: str) -> None:
        """Forget the failures of a name."""
        self._failed.pop(name, None)


def enrol(
    tx: WriteTx,
    officer_id: str,
    name: str,
    role: OfficerRole,
    *,
    password: str | None,
    lang: Lang = "ar",
    given: Given | None = None,
    entropy: Entropy,
) -> None:
    """Make or replace an account; ``password`` None = no sign-in by password (exercise doors only).

    With a password the officer gets a pair of his own under it (``work.credentials``, rule 3).
    """
    row = OfficerRow(
        id=officer_id,
        name=name,
        role=role,
        pseudonym=f"{role}-{entropy.take(3).hex()}",
        lang=lang,
        password=_HASHER.hash(password) if password is not None else "",
        reader=msgspec.msgpack.encode(given or Given()),
        active=True,
    )
    tx.save_officer(row)
    if password is not None:
        now_ms = millis(tx.core.clock.now())
        make_credential(tx, officer_id, role, password, entropy=entropy, now_ms=now_ms)


def officer_of(row: OfficerRow, party: Party) -> Officer:
    """Return the officer an account stands for."""
    given = msgspec.msgpack.decode(row.reader, type=Given) if row.reader else Given()
    role: OfficerRole = msgspec.convert(row.role, OfficerRole)
    reader = reader_for(
        role, party, clearance=given.clearance, compartments=given.compartments, uses=given.uses
    )
    return Officer(row.id, row.name, role, row.pseudonym, reader)


def sign_in(
    store: Store, officer_id: str, password: str, *, limiter: Limiter, now: datetime, entropy: Entropy
) -> str | Refusal:
    """Return a session token (hex), or the refusal ``sign-in.wrong`` or ``sign-in.wait`` (rules 1, 3)."""
    if limiter.tired(officer_id, now):
        return Refusal("sign-in.wait")
    with store.read() as rx:
        row = rx.officer(officer_id)
    usable = row is not None and row.active and row.password != ""
    if not _matches(row.password if row is not None and usable else _NOBODY, password) or not usable:
        limiter.failed(officer_id, now)
        return Refusal("sign-in.wrong")
    limiter.passed(officer_id)
    return open_session(store, officer_id, now=now, entropy=entropy)


def open_session(store: Store, officer_id: str, *, now: datetime, entropy: Entropy) -> str:
    """Return the token of a new session of an officer who has been recognised."""
    token = entropy.take(32).hex()
    with store.write() as tx:
        tx.save_session(SessionRow(token_hash(token), officer_id, millis(now), millis(now + SESSION)))
        tx.journal("sign-in", officer=officer_id, at_ms=millis(now))
    return token


def sign_out(store: Store, token: str, *, now: datetime) -> None:
    """End a session."""
    with store.write() as tx:
        found = tx.session(token_hash(token), now_ms=millis(now))
        if found is not None:
            tx.end_session(found.token)
            tx.journal("sign-out", officer=found.officer, at_ms=millis(now))


def officer_at(rx: ReadTx, token: str, *, party: Party, now: datetime) -> Officer | None:
    """Return the officer of a session, None when there is no such session, it has ended, or he has left."""
    session = rx.session(token_hash(token), now_ms=millis(now))
    if session is None:
        return None
    row = rx.officer(session.officer)
    return officer_of(row, party) if row is not None and row.active else None


def token_hash(token: str) -> bytes:
    """Return what the store holds of a session token (rule 2)."""
    return hashlib.sha256(token.encode()).digest()


def _matches(hashed: str, password: str) -> bool:
    try:
        return _HASHER.verify(hashed, password)
    except (Argon2Error, InvalidHashError):
        return False
