"""Accounts and sessions: argon2 passwords, a second step, sessions stored by hash, attempts limited.

1. A wrong name and a wrong password are the same refusal after the same work.
2. The browser holds a random token; the store holds its SHA-256 only. Each sign-in makes a new token and ends
   the session that the browser came with.
3. After ``ATTEMPTS`` failures for one name within ``WINDOW`` further attempts are refused unheard.
4. Sessions and attempts go by the machine's clock, also in an exercise.
5. A session ends when unused for ``idle``, and after ``absolute`` in any case; with its officer's role,
   password or account it ends too.
6. Between the two steps the browser holds a sealed note: who passed the first, until when.
"""

from __future__ import annotations

import hashlib
from collections import deque
from datetime import datetime, timedelta
from typing import Final

import msgspec

from tansiq.base.clock import millis, moment
from tansiq.base.ids import Entropy
from tansiq.base.messages import Lang
from tansiq.base.refusal import Refusal
from tansiq.model.label import Level, Party
from tansiq.policy.clearance import OfficerRole, reader_for
from tansiq.store.doors import SignInRow
from tansiq.store.errors import StoreCorrupt
from tansiq.store.store import ReadTx, Store, WriteTx
from tansiq.store.values import OfficerRow, SessionRow
from tansiq.work.credentials import make_credential
from tansiq.work.desk import Officer
from tansiq.work.door_rules import DoorRules
from tansiq.work.passwords import hashed, matches, nobody
from tansiq.work.second_step import has_second_step, passes

ATTEMPTS: Final = 8
NAME_LIMIT: Final = 200
"""No account has a longer name: what is asked for such a one is refused all the same."""
WINDOW: Final = timedelta(minutes=10)
SESSION: Final = DoorRules().absolute
"""How long a session lives at most where the node's settings say nothing else."""
BETWEEN_STEPS: Final = timedelta(minutes=5)
TOUCH: Final = timedelta(minutes=1)
"""A session's end is moved at most this often."""
_NOTE: Final = b"tansiq.half/1"


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
        password=hashed(password) if password is not None else "",
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


class HalfWay(msgspec.Struct, frozen=True):
    """The first step is passed; ``note`` (hex) goes with the second."""

    note: str


class _Half(msgspec.Struct, frozen=True, array_like=True):
    officer: str
    until_ms: int


def sign_in(
    store: Store,
    officer_id: str,
    password: str,
    *,
    limiter: Limiter,
    now: datetime,
    entropy: Entropy,
    rules: DoorRules = DoorRules(),  # noqa: B008 (frozen)
    old: str = "",
) -> str | HalfWay | Refusal:
    """Return a session token (hex), or half the way; ``sign-in.wrong``, ``sign-in.wait`` (rules 1, 3)."""
    if limiter.tired(officer_id, now):
        return Refusal("sign-in.wait")
    with store.read() as rx:
        row = rx.officer(officer_id)
    usable = row is not None and row.active and row.password != ""
    if not matches(row.password if row is not None and usable else nobody(), password) or not usable:
        limiter.failed(officer_id, now)
        _note(store, officer_id if row is not None else "", "password", now)
        return Refusal("sign-in.wrong")
    with store.read() as rx:
        if has_second_step(rx, officer_id):
            half = msgspec.msgpack.encode(_Half(officer_id, millis(now + BETWEEN_STEPS)))
            return HalfWay(rx.sealed(half, _NOTE).hex())
    limiter.passed(officer_id)
    return open_session(store, officer_id, now=now, entropy=entropy, rules=rules, old=old)


def second_step(
    store: Store,
    note: str,
    code: str,
    *,
    limiter: Limiter,
    now: datetime,
    entropy: Entropy,
    rules: DoorRules = DoorRules(),  # noqa: B008 (frozen)
    old: str = "",
) -> str | Refusal:
    """Return a session token for half the way and a code.

    Refusals: ``sign-in.code``, ``sign-in.wait``, ``sign-in.again``.
    """
    with store.read() as rx:
        half = _half(rx, note)
        row = rx.officer(half.officer) if half is not None else None
    if half is None or half.until_ms <= millis(now) or row is None or not row.active:
        return Refusal("sign-in.again")
    if limiter.tired(row.id, now):
        return Refusal("sign-in.wait")
    with store.write() as tx:
        way = passes(tx, row.id, code, now=now)
    if way is None:
        limiter.failed(row.id, now)
        _note(store, row.id, "code", now)
        return Refusal("sign-in.code")
    limiter.passed(row.id)
    return open_session(store, row.id, now=now, entropy=entropy, rules=rules, old=old, way=way)


def recognised_elsewhere(
    store: Store,
    issuer: str,
    subject: str,
    *,
    now: datetime,
    entropy: Entropy,
    rules: DoorRules,
    old: str = "",
) -> str | HalfWay | Refusal:
    """Return a session for the account that a provider's subject is bound to, or half the way, or
    ``provider.unknown``: nobody bound it, or the account is disabled.
    """
    with store.read() as rx:
        bound = rx.identity(issuer, subject)
        row = rx.officer(bound.officer) if bound is not None else None
        if row is None or not row.active:
            return Refusal("provider.unknown")
        if has_second_step(rx, row.id):
            half = msgspec.msgpack.encode(_Half(row.id, millis(now + BETWEEN_STEPS)))
            return HalfWay(rx.sealed(half, _NOTE).hex())
    return open_session(store, row.id, now=now, entropy=entropy, rules=rules, old=old, way="provider")


def open_session(
    store: Store,
    officer_id: str,
    *,
    now: datetime,
    entropy: Entropy,
    rules: DoorRules = DoorRules(),  # noqa: B008 (frozen)
    old: str = "",
    way: str = "password",
) -> str:
    """Return the token of a new session of an officer who has been recognised; ``old`` ends (rule 2)."""
    token, at_ms = entropy.take(32).hex(), millis(now)
    with store.write() as tx:
        if old:
            tx.end_session(token_hash(old))
        tx.end_sessions(now_ms=at_ms)
        until = min(now + rules.idle, now + rules.absolute)
        tx.save_session(SessionRow(token_hash(token), officer_id, at_ms, millis(until)))
        tx.note_sign_in(SignInRow(officer_id, way, good=True, at_ms=at_ms))
        tx.journal("sign-in", officer=officer_id, at_ms=at_ms)
    return token


def keep_alive(store: Store, token: str, *, now: datetime, rules: DoorRules) -> None:
    """Move the end of a session that is in use, at most to its absolute end (rule 5)."""
    with store.read() as rx:
        found = rx.session(token_hash(token), now_ms=millis(now))
    if found is None:
        return
    until_ms = millis(min(now + rules.idle, moment(found.created_ms) + rules.absolute))
    if until_ms - found.until_ms < millis(now + TOUCH) - millis(now):
        return
    with store.write() as tx:
        if tx.session(found.token, now_ms=millis(now)) is not None:
            tx.save_session(SessionRow(found.token, found.officer, found.created_ms, until_ms))


def _half(rx: ReadTx, note: str) -> _Half | None:
    try:
        return msgspec.msgpack.decode(rx.unsealed(bytes.fromhex(note[:1000]), _NOTE), type=_Half)
    except (ValueError, StoreCorrupt, msgspec.DecodeError):
        return None


def _note(store: Store, officer_id: str, way: str, now: datetime) -> None:
    """Note a failure; of a name without an account only that there was one, after the same work (rule 1)."""
    with store.write() as tx:
        tx.note_sign_in(SignInRow(officer_id, way, good=False, at_ms=millis(now)))


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
