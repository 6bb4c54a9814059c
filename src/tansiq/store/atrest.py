"""Bytes at rest: each body and attachment under a key of its own, that key under the node's secret.

1. The node's secret is never used as a key itself; the key that wraps is derived from it.
2. What is locked is bound to its name (a digest, a table): bytes moved to another row do not open.
3. Deletion destroys the row, and with it the only copy of the key.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from tansiq.base.ids import Entropy
from tansiq.seal.local import KEY_BYTES, Locked, lock, lock_afresh, new_key, unlock
from tansiq.store.errors import StoreCorrupt

WRAPPED_BYTES: Final = 12 + KEY_BYTES + 16
"""The size of a key at rest: nonce, key, tag."""


class Vault:
    """Locks and unlocks under the node's secret."""

    def __init__(self, secret: bytes, entropy: Entropy) -> None:
        self._master = hmac.new(secret, b"tansiq.store/1 at rest", hashlib.sha256).digest()
        self._entropy = entropy

    @property
    def entropy(self) -> Entropy:
        """Where its keys come from."""
        return self._entropy

    def seal(self, plain: bytes, name: bytes) -> tuple[bytes, bytes]:
        """Return ``(wrapped key, sealed bytes)`` under a fresh key."""
        return lock_afresh(self._master, plain, self._entropy, about=name)

    def open(self, wrapped: bytes, sealed: bytes, name: bytes) -> bytes:
        """Return the plain bytes of ``seal``. Raises StoreCorrupt."""
        return _opened(self.unlock(wrapped, name), sealed, name)

    def new_key(self, name: bytes) -> bytes:
        """Return a fresh wrapped key, for ``seal_part``."""
        return self.lock(new_key(self._entropy), name)

    def seal_part(self, wrapped: bytes, name: bytes, part: int, plain: bytes) -> bytes:
        """Return one part of a larger whole, sealed under its key and bound to its place."""
        key = self.unlock(wrapped, name)
        return lock(key, plain, self._entropy, about=name + part.to_bytes(8, "big"))

    def open_part(self, wrapped: bytes, name: bytes, part: int, sealed: bytes) -> bytes:
        """Return the plain bytes of ``seal_part``. Raises StoreCorrupt."""
        return _opened(self.unlock(wrapped, name), sealed, name + part.to_bytes(8, "big"))

    def token(self, name: bytes) -> str:
        """Return 12 hex digits that stand for a name at this node and tell nothing of it."""
        return hmac.new(self._master, b"token" + name, hashlib.sha256).hexdigest()[:12]

    def lock(self, plain: bytes, name: bytes) -> bytes:
        """Return bytes locked under the node's secret directly: keys, and what has no life of its own."""
        return lock(self._master, plain, self._entropy, about=name)

    def unlock(self, locked: bytes, name: bytes) -> bytes:
        """Return the plain bytes of ``lock``. Raises StoreCorrupt."""
        return _opened(self._master, locked, name)


def _opened(key: bytes, locked: bytes, name: bytes) -> bytes:
    try:
        return unlock(key, locked, about=name)
    except Locked as error:
        raise StoreCorrupt("bytes at rest do not open under the node's secret") from error
