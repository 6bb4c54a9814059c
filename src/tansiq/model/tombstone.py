"""The tombstone: what stays of a deleted version. Source: DESIGN 1 (I6) and 7.

1. It names the version by id, number and digest, and repeats the two hashes the digest was made of; the salt
   is gone with the body, so the hashes confirm no guess.
2. ``version`` 0 stands for every version of the record, held or still to come; its hashes are then empty.
3. The party that deletes signs ``tombstone_digest``: all elements but the signature.
"""

from __future__ import annotations

import hashlib
from typing import Final

import msgspec
from msgspec import Struct

from tansiq.base.errors import UNREADABLE
from tansiq.base.ids import RecordId, id_of
from tansiq.model.label import Party
from tansiq.model.record import Malformed

EVERY_VERSION: Final = 0
_DOMAIN: Final = b"tansiq.tombstone/1"


class Tombstone(Struct, frozen=True, array_like=True, kw_only=True):
    """A signed note that a version was deleted here. Order is for ever; append only.

    ``why`` holds the 16 id bytes of the recall, or is empty for an expiry.
    """

    form: int = 1
    record: bytes
    version: int
    digest: bytes = b""
    header_hash: bytes = b""
    body_hash: bytes = b""
    why: bytes = b""
    at_ms: int
    party: Party
    signer: str = ""
    signature: bytes = b""

    @property
    def record_id(self) -> RecordId:
        """The deleted record."""
        return id_of(self.record)


_TOMBSTONES = msgspec.msgpack.Decoder(Tombstone)


def tombstone_digest(value: Tombstone) -> bytes:
    """Return what the deleting party signs (rule 3)."""
    bare = msgspec.structs.replace(value, signature=b"")
    return hashlib.sha256(_DOMAIN + msgspec.msgpack.encode(bare)).digest()


def encode_tombstone(value: Tombstone) -> bytes:
    """Return the bytes that rest and travel."""
    return msgspec.msgpack.encode(value)


def decode_tombstone(raw: bytes) -> Tombstone:
    """Read tombstone bytes. Raises Malformed."""
    try:
        found = _TOMBSTONES.decode(raw)
    except UNREADABLE as error:
        raise Malformed(f"tombstone: {error}") from error
    if len(found.record) != 16 or found.version < 0:
        raise Malformed("tombstone: no such record or version")
    return found
