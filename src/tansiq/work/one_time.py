"""One-time tokens that let the exercise's director and the demonstration's door in.

Only a node created for exercise holds a door secret; a live node accepts no such token.
1. A token names the officer's role and the node, ends after a minute, and works once.
2. It is authenticated with HMAC-SHA256 under the node's own door secret.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Final

import msgspec

from tansiq.base.clock import millis
from tansiq.base.errors import UNREADABLE
from tansiq.base.ids import Entropy

LIFE: Final = timedelta(minutes=1)


class Pass(msgspec.Struct, frozen=True, array_like=True):
    """What a token says: for which node, as which role, until when (ms), once."""

    party: str
    role: str
    until_ms: int
    nonce: bytes


def mint(secret: bytes, party: str, role: str, *, now: datetime, entropy: Entropy) -> str:
    """Return a token (hex) for one entrance."""
    raw = msgspec.msgpack.encode(Pass(party, role, millis(now + LIFE), entropy.take(16)))
    return (_mac(secret, raw) + raw).hex()


class Doorkeeper:
    """Checks tokens of one node and remembers those used until they end."""

    def __init__(self, secret: bytes, party: str) -> None:
        self._secret = secret
        self._party = party
        self._used: dict[bytes, int] = {}

    def admit(self, token: str, *, now: datetime) -> str | None:
        """Return the role that a token lets in, or None: forged, ended, used or for another node."""
        found = self._read(token)
        at_ms = millis(now)
        self._used = {n: until for n, until in self._used.items() if until > at_ms}
        if (
            found is None
            or found.party != self._party
            or found.until_ms <= at_ms
            or found.nonce in self._used
        ):
            return None
        self._used[found.nonce] = found.until_ms
        return found.role

    def _read(self, token: str) -> Pass | None:
        try:
            raw = bytes.fromhex(token)
            mac, body = raw[:32], raw[32:]
            if not hmac.compare_digest(mac, _mac(self._secret, body)):
                return None
            return msgspec.msgpack.decode(body, type=Pass)
        except (ValueError, *UNREADABLE):
            return None


def _mac(secret: bytes, raw: bytes) -> bytes:
    return hmac.new(secret, b"tansiq.door/1" + raw, hashlib.sha256).digest()
