"""The file of a parcel, written.

1. parcel = opening | entry … | end | zeros. Opening: magic (8) | version 1 | serial (16 random) | check (16).
2. Entry: head (97 bytes) | payload. Head: mark (8) | type (1 = a frame, 0 = the end) | index (u32) | size of
   the payload (u32) | link (32) | SHA-256 of the payload (32) | check (16). Integers are big-endian.
3. ``link`` is SHA-256 of the head before, of the opening for the first: a chain over all that was put in.
   A check is the first 16 bytes of SHA-256("tansiq.parcel/1" | what stands before it).
4. The end names the count of frames as its index; zeros bring the file to its Padmé size, at least 64 KiB.
5. Nothing else stands outside the frames: no sender, recipient, kind, label or time.
6. A parcel appears under its name whole or not at all, readable by its owner alone.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Final, Self

from tansiq.base.errors import PeerError
from tansiq.base.ids import Entropy
from tansiq.seal import padded_size
from tansiq.seal.envelope import FRAME_LIMIT_BYTES

MAGIC: Final = b"\x89TQP\r\n\x1a\n"
MARK: Final = b"\xc7TQE\r\n\x1a\n"
VERSION: Final = 1
SERIAL_BYTES: Final = 16
CHECK_BYTES: Final = 16
OPENING_BYTES: Final = len(MAGIC) + 1 + SERIAL_BYTES + CHECK_BYTES
HEAD_BYTES: Final = len(MARK) + 1 + 4 + 4 + 32 + 32 + CHECK_BYTES
END, FRAME = 0, 1
LEAST_BYTES: Final = 64 * 1024
ENTRIES_LIMIT: Final = 100_000
"""Frames in one parcel; a writer stops there, a reader goes no further."""

_DOMAIN: Final = b"tansiq.parcel/1"
_NOTHING: Final = bytes(32)


class BadParcel(PeerError):
    """A file that is no parcel, or of which nothing can be read."""

    code: ClassVar[str] = "parcel.malformed"


class ParcelVersion(BadParcel):
    """A parcel of a version this program does not read."""

    code: ClassVar[str] = "parcel.version"


@dataclass(frozen=True, slots=True)
class EntryHead:
    """The fixed part of an entry."""

    type: int
    index: int
    size_bytes: int
    link: bytes
    digest: bytes


def opening(serial: bytes) -> bytes:
    """Return the first bytes of a parcel."""
    return _checked(MAGIC + bytes([VERSION]) + serial)


def read_opening(raw: bytes) -> bool:
    """Whether the opening is whole. Raises ParcelVersion for a whole one of another version."""
    if len(raw) != OPENING_BYTES or not raw.startswith(MAGIC) or _checked(raw[:-CHECK_BYTES]) != raw:
        return False
    if raw[len(MAGIC)] != VERSION:
        raise ParcelVersion(f"a parcel of version {raw[len(MAGIC)]}")
    return True


def encode_entry(head: EntryHead) -> bytes:
    """Return an entry's head (rule 2)."""
    numbers = bytes([head.type]) + head.index.to_bytes(4, "big") + head.size_bytes.to_bytes(4, "big")
    return _checked(MARK + numbers + head.link + head.digest)


def decode_entry(raw: bytes) -> EntryHead | None:
    """Return the head, or None when it is damaged or declares more than a frame may have."""
    if len(raw) != HEAD_BYTES or not raw.startswith(MARK) or _checked(raw[:-CHECK_BYTES]) != raw:
        return None
    index, size_bytes = int.from_bytes(raw[9:13], "big"), int.from_bytes(raw[13:17], "big")
    if raw[8] not in (END, FRAME) or size_bytes > FRAME_LIMIT_BYTES:
        return None
    return EntryHead(raw[8], index, size_bytes, raw[17:49], raw[49:81])


def link_of(raw: bytes) -> bytes:
    """Return what the next entry names as its link (rule 3)."""
    return hashlib.sha256(raw).digest()


def parcel_size(size_bytes: int) -> int:
    """Return the padded size of a parcel (rule 4)."""
    return max(LEAST_BYTES, padded_size(size_bytes))


def _checked(raw: bytes) -> bytes:
    return raw + hashlib.sha256(_DOMAIN + raw).digest()[:CHECK_BYTES]


class ParcelWriter:
    """Writes a parcel, one frame after another; on leaving without a fault it stands under its name."""

    def __init__(self, path: Path, entropy: Entropy) -> None:
        self._path = path
        self._part = path.with_name(path.name + ".part")
        self._opening = opening(entropy.take(SERIAL_BYTES))
        self._link = link_of(self._opening)
        self.frames = 0
        self.size_bytes = OPENING_BYTES + HEAD_BYTES

    @property
    def id(self) -> bytes:
        """The parcel's own name: 16 bytes that tell nothing."""
        return link_of(self._opening)[:16]

    def __enter__(self) -> Self:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
        self._file = os.fdopen(os.open(self._part, flags, 0o600), "wb")
        self._file.write(self._opening)
        return self

    def add(self, frame: bytes) -> None:
        """Put one frame in."""
        self._entry(FRAME, self.frames, frame)
        self.frames += 1
        self.size_bytes += HEAD_BYTES + len(frame)

    def _entry(self, type_: int, index: int, payload: bytes) -> None:
        digest = hashlib.sha256(payload).digest() if type_ == FRAME else _NOTHING
        raw = encode_entry(EntryHead(type_, index, len(payload), self._link, digest))
        self._link = link_of(raw)
        self._file.write(raw)
        self._file.write(payload)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._file.close()
            self._part.unlink(missing_ok=True)
            return
        self._entry(END, self.frames, b"")
        self._file.flush()
        self._file.truncate(parcel_size(self.size_bytes))
        os.fsync(self._file.fileno())
        self._file.close()
        self._part.replace(self._path)
        self.size_bytes = parcel_size(self.size_bytes)
