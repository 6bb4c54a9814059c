"""The log: one hash chain of what this node accepted and buried. It never leaves the node.

``hash = SHA-256(previous | act | payload | at_ms | seq)``; the payload is the digest of a record, or
the hash of a tombstone's bytes, of a grant or of a withdrawal; the first entry follows 32 zero bytes.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

APPEND: Final = "append"
BURY: Final = "bury"
GRANT: Final = "grant"
WITHDRAW: Final = "withdraw"
START: Final = bytes(32)


def entry_hash(previous: bytes, act: str, payload: bytes, at_ms: int, seq: int) -> bytes:
    """Return the hash of one entry."""
    tail = at_ms.to_bytes(8, "big", signed=True) + seq.to_bytes(8, "big")
    return hashlib.sha256(previous + act.encode().ljust(8, b"\0") + payload + tail).digest()


class Chain:
    """Makes entries that follow each other, within one transaction."""

    def __init__(self, seq: int, head: bytes) -> None:
        self.seq = seq
        self.head = head

    def entry(self, act: str, payload: bytes, at_ms: int) -> dict[str, Any]:
        """Return the row of the next entry."""
        self.seq += 1
        self.head = entry_hash(self.head, act, payload, at_ms, self.seq)
        return {"seq": self.seq, "act": act, "payload": payload, "at_ms": at_ms, "hash": self.head}
