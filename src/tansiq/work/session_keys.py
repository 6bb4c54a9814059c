"""The keys of open sessions: in memory alone, gone at sign-out, at the session's end and with the program.

1. A session's reader holds a protected compartment only while its key is open in that session: a roster that
   says so is not enough, and no administrator's entry makes it so.
2. A role whose ceiling is ``open`` holds none.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from datetime import datetime
from threading import Lock
from typing import Final

from tansiq.policy.permits import Reader
from tansiq.store.keyring import NOBODY, Keyring
from tansiq.store.store import ReadTx, Store
from tansiq.work.credentials import open_keys, refresh
from tansiq.work.sign_in import BETWEEN_STEPS, SESSION, token_hash

KEPT: Final = 4096


class SessionKeys:
    """Keyrings by session (the hash under which the store knows it)."""

    def __init__(self) -> None:
        self._held: dict[bytes, tuple[Keyring, datetime]] = {}
        self._lock = Lock()

    def put(self, session: bytes, keyring: Keyring, *, until: datetime) -> None:
        """Keep a session's keys until it ends."""
        with self._lock:
            if len(self._held) >= KEPT:
                oldest = min(self._held, key=lambda each: self._held[each][1])
                self._held.pop(oldest)[0].forget()
            self._held[session] = (keyring, until)

    def of(self, rx: ReadTx, session: bytes, *, now: datetime) -> Keyring:
        """Return a session's keys as the rosters stand now; none = ``NOBODY``."""
        self._expire(now)
        with self._lock:
            held = self._held.get(session)
        if held is None:
            return NOBODY
        refresh(rx, held[0])
        return held[0]

    def move(self, half: bytes, session: bytes, *, until: datetime) -> Keyring | None:
        """Give the keys opened at the first step to the session that the second has opened."""
        with self._lock:
            held = self._held.pop(half, None)
        if held is not None:
            self.put(session, held[0], until=until)
        return None if held is None else held[0]

    def __len__(self) -> int:
        return len(self._held)

    def drop(self, session: bytes) -> None:
        """Forget a session's keys and all that was worked out with them."""
        with self._lock:
            held = self._held.pop(session, None)
        if held is not None:
            held[0].forget()

    def drop_officer(self, officer_id: str) -> None:
        """Forget the keys of every session of an officer."""
        with self._lock:
            gone = [session for session, (keyring, _) in self._held.items() if keyring.officer == officer_id]
        for session in gone:
            self.drop(session)

    def _expire(self, now: datetime) -> None:
        with self._lock:
            over = [session for session, (_, until) in self._held.items() if until <= now]
        for session in over:
            self.drop(session)


def reader_in_session(reader: Reader, keyring: Keyring, protected: Container[str]) -> Reader:
    """Return the reader an officer is in a session (rules 1, 2); ``reader`` is what his account says."""
    plain = frozenset(code for code in reader.compartments if code not in protected)
    opened = keyring.compartments if reader.clearance != "open" else frozenset()
    return replace(reader, compartments=plain | opened)


def hold_half(
    store: Store, keys: SessionKeys, note: str, *, officer_id: str, secret: str, now: datetime
) -> None:
    """Hold what the password opened until the second step is passed; no session reaches it before."""
    with store.read() as rx:
        keyring = open_keys(rx, officer_id, secret)
    if keyring is not None:
        keys.put(token_hash(note), keyring, until=now + BETWEEN_STEPS)


def unlock_half(keys: SessionKeys, note: str, token: str, *, now: datetime) -> bool:
    """Give a session what its officer's password opened at the first step; False = nothing is held."""
    keyring = keys.move(token_hash(note), token_hash(token), until=now + SESSION)
    return keyring is not None


def unlock_session(
    store: Store, keys: SessionKeys, token: str, *, officer_id: str, secret: str, now: datetime
) -> bool:
    """Open an officer's compartments in his session (``token`` as the browser holds it).

    Call it once the officer is recognised, all factors included. False = he has no pair, or another secret.
    """
    with store.read() as rx:
        keyring = open_keys(rx, officer_id, secret)
    if keyring is None:
        return False
    keys.put(token_hash(token), keyring, until=now + SESSION)
    return True
