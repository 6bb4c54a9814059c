"""A party's own keys: made, used, kept under a passphrase.

Kept form: ``b"TQK1"`` | kind byte (0 raw, 1 passphrase) | payload. Raw payload: MessagePack array
``[party, signer id, Ed25519 seed (32 bytes), [age identities]]``. Under a passphrase: ``seal.wrapped``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

import msgspec
import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tansiq.base.errors import UNREADABLE, TrustError
from tansiq.base.ids import Entropy
from tansiq.model.charter import KeyId, SealKey, SignKey
from tansiq.model.label import Party
from tansiq.seal.wrapped import unwrap, wrap

_MAGIC: Final = b"TQK1"
_RAW, _PASSPHRASE = 0, 1


class BadKeyFile(TrustError):
    """Bytes that are no key file of ours."""

    code = "keys.malformed"


class _Stored(msgspec.Struct, frozen=True, array_like=True):
    party: Party
    signer_id: KeyId
    seed: bytes
    seal_identities: tuple[str, ...]


@dataclass
class PartyKeys:
    """What a node signs and opens with. ``seal_identities``: the newest first, older ones kept to open.

    A node has one of these and gives it to all who sign; ``turn`` changes it when the charter does.
    """

    party: Party
    signer_id: KeyId
    seed: bytes
    seal_identities: tuple[str, ...]

    @cached_property
    def private(self) -> Ed25519PrivateKey:
        """The signing key."""
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @cached_property
    def public(self) -> bytes:
        """The 32 bytes others verify with."""
        return self.private.public_key().public_bytes_raw()

    @cached_property
    def recipient(self) -> str:
        """The age recipient others seal for."""
        return str(pyrage.x25519.Identity.from_str(self.seal_identities[0]).to_public())

    def sign_key(self, *, from_ms: int, until_ms: int | None = None) -> SignKey:
        """Return the charter's entry for the signing key."""
        return SignKey(self.signer_id, self.public, from_ms, until_ms)

    def seal_key(self, *, from_ms: int, until_ms: int | None = None) -> SealKey:
        """Return the charter's entry for the seal key."""
        return SealKey(KeyId(f"{self.signer_id}-seal"), self.recipient, from_ms, until_ms)

    def turn(self, newer: PartyKeys) -> None:
        """Become newer keys of the same party; do it within a writing transaction, where nobody signs."""
        self.signer_id, self.seed, self.seal_identities = newer.signer_id, newer.seed, newer.seal_identities
        for name in ("private", "public", "recipient"):
            self.__dict__.pop(name, None)

    def __repr__(self) -> str:
        return f"PartyKeys({self.party!r}, {self.signer_id!r})"


def generate(party: Party, *, entropy: Entropy, keep: tuple[str, ...] = ()) -> PartyKeys:
    """Return new keys; the signer's id is the party and 6 hex digits of the public key.

    ``keep`` holds older age identities, so that what was sealed for them still opens.
    """
    seed = entropy.take(32)
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    return PartyKeys(party, KeyId(f"{party}-{public.hex()[:6]}"), seed, (new_identity(), *keep))


def new_identity() -> str:
    """Return a new age identity (``AGE-SECRET-KEY-1…``)."""
    return str(pyrage.x25519.Identity.generate())


def sign(keys: PartyKeys, digest: bytes) -> bytes:
    """Return the Ed25519 signature (64 bytes) of a digest that names its domain."""
    return keys.private.sign(digest)


@lru_cache(maxsize=1024)
def _public_key(public: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(public)


def verify(public: bytes, digest: bytes, signature: bytes) -> bool:
    """Return whether the signature is the key's over the digest; a malformed key or signature is a no."""
    try:
        _public_key(public).verify(signature, digest)
    except (InvalidSignature, ValueError):
        return False
    return True


class Tried:
    """Answers as ``verify`` does and remembers. One thread at a time may ask."""

    def __init__(self) -> None:
        self._known: dict[tuple[bytes, bytes, bytes], bool] = {}

    def __call__(self, public: bytes, digest: bytes, signature: bytes) -> bool:
        """Return whether the signature is the key's over the digest."""
        asked = (public, digest, signature)
        if asked not in self._known:
            self._known[asked] = verify(*asked)
        return self._known[asked]


def save(keys: PartyKeys, *, passphrase: str | None, entropy: Entropy) -> bytes:
    """Return the keys in their kept form; without a passphrase, as they are."""
    raw = msgspec.msgpack.encode(_Stored(keys.party, keys.signer_id, keys.seed, keys.seal_identities))
    if passphrase is None:
        return _MAGIC + bytes([_RAW]) + raw
    return _MAGIC + bytes([_PASSPHRASE]) + wrap(raw, passphrase, about=_MAGIC, entropy=entropy)


def load(raw: bytes, *, passphrase: str | None = None) -> PartyKeys:
    """Return the keys of a kept form. Raises BadKeyFile, WrongPassphrase."""
    if raw[:4] != _MAGIC or len(raw) < 6:
        raise BadKeyFile("not a key file")
    payload = raw[5:]
    if raw[4] == _PASSPHRASE:
        payload = unwrap(payload, passphrase, about=_MAGIC)
    elif raw[4] != _RAW:
        raise BadKeyFile(f"a key file of unknown form {raw[4]}")
    try:
        kept = msgspec.msgpack.decode(payload, type=_Stored)
    except UNREADABLE as error:
        raise BadKeyFile("the key file is damaged") from error
    return PartyKeys(kept.party, kept.signer_id, kept.seed, kept.seal_identities)
