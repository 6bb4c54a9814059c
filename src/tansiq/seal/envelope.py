"""The envelope: an age file for the recipients, in a frame for the carrier.

1. A frame is: version byte 1 | mailbox token (16 bytes) | size of the rest (u32, big-endian) | age file.
   Nothing else stands outside the age file. What the age file holds is padded (``packing``), so
   the size is a padded size.
2. Recipient stanzas are made up to 2, 4, 8, 16 … with throw-away recipients whose secret nobody holds,
   in random order: their number does not tell the size of the audience.
3. The token is not bound to the age file: the reader of a mailbox refuses a frame with another token,
   and what the age file holds names its recipients and is signed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pyrage

from tansiq.base.errors import PeerError, TrustError
from tansiq.base.ids import Entropy
from tansiq.seal.keys import BadKeyFile

VERSION: Final = 1
MAILBOX_BYTES: Final = 16
_FIXED_BYTES: Final = 1 + MAILBOX_BYTES + 4
_SMALL_BYTES: Final = 1024
_DRAWS: Final = 8
FRAME_LIMIT_BYTES: Final = 5 * 1024 * 1024
"""The longest frame that is taken."""


class NotForUs(TrustError):
    """None of our keys opens the envelope."""

    code = "seal.not-for-us"


class Altered(TrustError):
    """The envelope is not an age file, or a byte of it was changed on the way."""

    code = "seal.altered"


class BadRecipient(TrustError):
    """A seal key in the charter is not an age recipient."""

    code = "seal.bad-recipient"


class BadFrame(PeerError):
    """Bytes that are no frame, or of another version; ``frame.*`` codes say what."""

    code = "frame.malformed"


class FrameVersion(BadFrame):
    """A frame of a version this program does not read."""

    code = "frame.version"


class FrameSize(BadFrame):
    """A frame whose declared size is not its size, or over the limit."""

    code = "frame.size"


class FrameMailbox(BadFrame):
    """A frame in a mailbox that is not its own."""

    code = "frame.wrong-mailbox"


@dataclass(frozen=True, slots=True)
class Frame:
    """What a carrier moves: a mailbox token and sealed bytes."""

    mailbox: bytes
    sealed: bytes


def stanzas_for(count: int) -> int:
    """Return the padded number of recipient stanzas: the next power of two, at least 2."""
    return max(2, 1 << (count - 1).bit_length())


def seal(plain: bytes, recipients: Sequence[str], *, entropy: Entropy) -> bytes:
    """Return an age file that each recipient can open. Raises BadRecipient; ValueError for nobody."""
    if not recipients:
        raise ValueError("nobody to seal for")
    keys = [_recipient(r) for r in dict.fromkeys(recipients)]
    keys += [_throw_away() for _ in range(stanzas_for(len(keys)) - len(keys))]
    # age adds one stanza of random length and meaning; the shortest of eight is 58 bytes less for an alert
    draws = _DRAWS if len(plain) <= _SMALL_BYTES else 1
    sealed: list[bytes] = [pyrage.encrypt(plain, _shuffled(keys, entropy)) for _ in range(draws)]
    return min(sealed, key=len)


def unseal(sealed: bytes, identities: Sequence[str]) -> bytes:
    """Return what the age file holds. Raises NotForUs, Altered."""
    try:
        opened: bytes = pyrage.decrypt(sealed, [_identity(i) for i in identities])
    except pyrage.DecryptError as error:
        if str(error) == "No matching keys found":
            raise NotForUs("no key of ours opens the envelope") from error
        raise Altered("the envelope was altered or is no age file") from error
    return opened


def frame(mailbox: bytes, sealed: bytes) -> bytes:
    """Return the frame for a mailbox."""
    if len(mailbox) != MAILBOX_BYTES:
        raise ValueError("a mailbox token has 16 bytes")
    return bytes([VERSION]) + mailbox + len(sealed).to_bytes(4, "big") + sealed


def unframe(raw: bytes, *, mailboxes: Collection[bytes] | None = None) -> Frame:
    """Read a frame; with ``mailboxes``, only one for them. Raises BadFrame and its kinds."""
    if len(raw) > FRAME_LIMIT_BYTES:
        raise FrameSize(f"a frame of {len(raw)} bytes; at most {FRAME_LIMIT_BYTES} are taken")
    if len(raw) < _FIXED_BYTES:
        raise BadFrame("a frame shorter than its fixed part")
    if raw[0] != VERSION:
        raise FrameVersion(f"a frame of version {raw[0]}")
    mailbox, sealed = raw[1 : 1 + MAILBOX_BYTES], raw[_FIXED_BYTES:]
    if int.from_bytes(raw[1 + MAILBOX_BYTES : _FIXED_BYTES], "big") != len(sealed):
        raise FrameSize("the declared size is not the size")
    if mailboxes is not None and mailbox not in mailboxes:
        raise FrameMailbox("a frame for another mailbox")
    return Frame(mailbox, sealed)


@lru_cache(maxsize=256)
def _recipient(text: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise BadRecipient(f"not an age recipient: {text[:12]}…") from error


@lru_cache(maxsize=64)
def _identity(text: str) -> pyrage.x25519.Identity:
    try:
        return pyrage.x25519.Identity.from_str(text)
    except pyrage.IdentityError as error:
        raise BadKeyFile("a seal identity that is none") from error


def _throw_away() -> pyrage.x25519.Recipient:
    return pyrage.x25519.Identity.generate().to_public()


def _shuffled(keys: list[pyrage.x25519.Recipient], entropy: Entropy) -> list[pyrage.x25519.Recipient]:
    order = entropy.take(4 * len(keys))
    return [key for _, _, key in sorted((order[4 * i : 4 * i + 4], i, key) for i, key in enumerate(keys))]
