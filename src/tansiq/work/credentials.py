"""From an officer's secret to the key that opens his compartments.

1. An officer has a pair. Its private half rests locked under a key that argon2id makes of his password and a
   salt; nothing at the node can unlock it without the password.
2. A change of the password with the old one known locks the same pair anew: rosters stay as they are.
3. A reset without the old one makes a new pair, and takes the officer off every roster. Whoever resets gains
   nothing; another officer on the roster admits him again.
4. The first release officer and the first legal officer with a pair each get a half of the escrow; a half
   that nobody holds any more is made anew. Into a new half nothing is put before an officer who holds a
   compartment has seen whose it is and confirms it: a reset of two passwords opens nothing.
5. The accounts of an exercise's door have no password: their secret is derived from the door's. An exercise
   protects nothing from who can read the node's folder.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from typing import Final

from argon2.low_level import Type, hash_secret_raw

from tansiq.base.ids import Entropy
from tansiq.seal.cells import NotOpened, new_pair
from tansiq.seal.local import Locked, lock, unlock
from tansiq.store.holders import ESCROW, OfficerKey
from tansiq.store.keyring import Keyring
from tansiq.store.store import ReadTx, WriteTx

_SALT_BYTES: Final = 16


def make_credential(
    tx: WriteTx, officer_id: str, role: str, secret: str, *, entropy: Entropy, now_ms: int
) -> tuple[str, ...]:
    """Make an officer's pair under ``secret``; return the rosters he stood on and is off now (rule 3)."""
    pair, salt = new_pair(), entropy.take(_SALT_BYTES)
    stood = tx.dismiss_everywhere(officer_id)
    locked = lock(_key(secret, salt), pair.private.encode(), entropy, about=officer_id.encode())
    tx.save_officer_key(OfficerKey(officer_id, pair.public, salt, locked, now_ms))
    half = f"*{role}"
    if half in ESCROW and not tx.holders(half):
        tx.new_escrow(half, officer_id, at_ms=now_ms)
    return stood


def change_secret(tx: WriteTx, officer_id: str, old: str, new: str, *, entropy: Entropy) -> bool:
    """Lock an officer's pair under a new secret (rule 2); False = the old one does not open it."""
    held = tx.officer_key(officer_id)
    private = None if held is None else _private(held, old)
    if held is None or private is None:
        return False
    salt = entropy.take(_SALT_BYTES)
    locked = lock(_key(new, salt), private.encode(), entropy, about=officer_id.encode())
    tx.save_officer_key(OfficerKey(officer_id, held.public, salt, locked, held.at_ms))
    return True


def open_keys(rx: ReadTx, officer_id: str, secret: str) -> Keyring | None:
    """Return the keys that an officer's secret opens; None = he has no pair, or another secret."""
    held = rx.officer_key(officer_id)
    private = None if held is None else _private(held, secret)
    if private is None:
        return None
    keyring = Keyring(officer_id, private, {})
    refresh(rx, keyring)
    return keyring


def refresh(rx: ReadTx, keyring: Keyring) -> None:
    """Bring a session's keys up to the rosters as they stand: admissions and dismissals hold at once."""
    sealed = rx.held_by(keyring.officer)
    if frozenset(sealed) != keyring.held:
        try:
            keyring.hold(sealed)
        except NotOpened:  # the pair was replaced while the session stood: it holds nothing any more
            keyring.forget()


def renew_escrow(tx: WriteTx, keyring: Keyring) -> int:
    """Put the keys this session holds into the escrow as it stands; return how many were not (rule 4)."""
    return sum(tx.put_in_escrow(code, keyring.private_of(code)) for code in sorted(keyring.compartments))


def door_secret(door: bytes, officer_id: str) -> str:
    """Return the secret of an account of an exercise's door (rule 5)."""
    return hmac.new(door, b"tansiq.credential/1" + officer_id.encode(), hashlib.sha256).hexdigest()


def _private(held: OfficerKey, secret: str) -> str | None:
    try:
        return unlock(_key(secret, held.salt), held.locked, about=held.officer.encode()).decode()
    except Locked:
        return None


def _key(secret: str, salt: bytes) -> bytes:
    return hash_secret_raw(
        unicodedata.normalize("NFC", secret).encode(),
        salt,
        time_cost=2,
        memory_cost=19_456,
        parallelism=1,
        hash_len=32,
        type=Type.ID,
    )
