"""Bytes under a passphrase: 16-byte scrypt salt (N = 2^15, r = 8, p = 1) | 12-byte nonce | AES-256-GCM."""

from __future__ import annotations

import unicodedata

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from tansiq.base.errors import TrustError
from tansiq.base.ids import Entropy


class WrongPassphrase(TrustError):
    """The passphrase is missing or does not open what is kept under it."""

    code = "keys.passphrase"


def wrap(raw: bytes, passphrase: str, *, about: bytes, entropy: Entropy) -> bytes:
    """Return bytes under a passphrase, bound to what they are ``about``."""
    salt, nonce = entropy.take(16), entropy.take(12)
    return salt + nonce + _cipher(passphrase, salt).encrypt(nonce, raw, about)


def unwrap(kept: bytes, passphrase: str | None, *, about: bytes) -> bytes:
    """Return the bytes of ``wrap``. Raises WrongPassphrase."""
    if passphrase is None:
        raise WrongPassphrase("this is kept under a passphrase")
    try:
        return _cipher(passphrase, kept[:16]).decrypt(kept[16:28], kept[28:], about)
    except (InvalidTag, ValueError) as error:
        raise WrongPassphrase("the passphrase does not open this") from error


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    plain = unicodedata.normalize("NFC", passphrase).encode()
    return AESGCM(Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(plain))
