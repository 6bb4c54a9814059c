"""Bodies and blobs at rest: each under an AES-256-GCM key of its own, so that destroying the key deletes.

Locked form: 12-byte nonce | ciphertext with its 16-byte tag.
"""

from __future__ import annotations

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tansiq.base.errors import TrustError
from tansiq.base.ids import Entropy

KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12


class Locked(TrustError):
    """The key does not open these bytes, or they were altered."""

    code = "seal.locked"


def new_key(entropy: Entropy) -> bytes:
    """Return a new key of 32 bytes."""
    return entropy.take(KEY_BYTES)


def lock(key: bytes, plain: bytes, entropy: Entropy, *, about: bytes = b"") -> bytes:
    """Return ``plain`` locked; ``about`` (an id, a digest) is bound to it and must be given to unlock."""
    nonce = entropy.take(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, about)


def lock_afresh(outer: bytes, plain: bytes, entropy: Entropy, *, about: bytes) -> tuple[bytes, bytes]:
    """Return ``(a new key locked under outer, plain locked under the new key)``, both bound to ``about``."""
    drawn = entropy.take(KEY_BYTES + 2 * _NONCE_BYTES)  # once: the system call costs more than the cipher
    key, first, second = drawn[:KEY_BYTES], drawn[KEY_BYTES:-_NONCE_BYTES], drawn[-_NONCE_BYTES:]
    wrapped = AESGCM(outer).encrypt(first, key, about)
    return first + wrapped, second + AESGCM(key).encrypt(second, plain, about)


def unlock(key: bytes, locked: bytes, *, about: bytes = b"") -> bytes:
    """Return the plain bytes. Raises Locked."""
    try:
        return AESGCM(key).decrypt(locked[:_NONCE_BYTES], locked[_NONCE_BYTES:], about)
    except (InvalidTag, ValueError) as error:
        raise Locked("the bytes at rest do not open with their key") from error
