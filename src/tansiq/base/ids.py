"""Randomness and ids. Nothing else in the program draws random bytes.

A record's id is bound to its originator: a UUIDv7 whose last four bytes are made of the originator's code
and the twelve bytes before them. Nobody can send something of his own under the id of another's record.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import Final, NewType, Protocol

from tansiq.base.clock import millis

RecordId = NewType("RecordId", str)
"""UUIDv7 in its 36-character form."""


_ID_DOMAIN: Final = b"tansiq.id/1"
_FREE_BYTES: Final = 12
_TAG_BYTES: Final = 4


class Entropy(Protocol):
    """Gives random bytes."""

    def take(self, size_bytes: int) -> bytes: ...


class SystemEntropy:
    """The machine's randomness."""

    def take(self, size_bytes: int) -> bytes:
        return secrets.token_bytes(size_bytes)


class SeededEntropy:
    """Repeatable bytes for simulators and tests; never for a live node."""

    def __init__(self, seed: str) -> None:
        self._seed = seed.encode()
        self._count = 0

    def take(self, size_bytes: int) -> bytes:
        out = b""
        while len(out) < size_bytes:
            out += hashlib.sha256(self._seed + self._count.to_bytes(8, "big")).digest()
            self._count += 1
        return out[:size_bytes]


def uuid7(now: datetime, entropy: Entropy) -> RecordId:
    """Return a UUIDv7 (RFC 9562): 48 bits of milliseconds, 74 random bits."""
    body = bytearray(millis(now).to_bytes(6, "big") + entropy.take(10))
    body[6] = 0x70 | (body[6] & 0x0F)
    body[8] = 0x80 | (body[8] & 0x3F)
    return id_of(bytes(body))


def owned_id(originator: str, now: datetime, entropy: Entropy) -> RecordId:
    """Return a new record id of this originator: 48 bits of milliseconds, 42 random bits, 32 bits of tag."""
    return id_of(owned(raw_of(uuid7(now, entropy)), originator))


def owned(raw: bytes, originator: str) -> bytes:
    """Return 16 id bytes with the originator's tag in place of the last four."""
    free = raw[:_FREE_BYTES]
    return free + hashlib.sha256(_ID_DOMAIN + originator.encode() + free).digest()[:_TAG_BYTES]


def owns(originator: str, raw: bytes) -> bool:
    """Whether 16 id bytes bear this originator's tag."""
    return owned(raw, originator) == raw


def id_of(raw: bytes) -> RecordId:
    """Return the text form of 16 id bytes."""
    h = raw.hex()
    return RecordId(f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}")


def raw_of(record_id: str) -> bytes:
    """Return the 16 bytes of an id. Raises ValueError when it is not one."""
    raw = bytes.fromhex(record_id.replace("-", ""))
    if len(raw) != 16 or len(record_id) != 36:
        raise ValueError(f"not a record id: {record_id!r}")
    return raw


def token(entropy: Entropy, size_bytes: int = 16) -> str:
    """Return a random lower-case hex token."""
    return entropy.take(size_bytes).hex()
