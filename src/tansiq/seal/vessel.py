"""A vessel: a stream of any length sealed in one file, under a passphrase or for age recipients.

File: ``b"TQV1"`` | kind (0 recipients, 1 passphrase) | u32 size of the wrapped identity | wrapped identity |
age file. Under a passphrase the age file is for an identity of its own, wrapped under the passphrase. What
the age file holds is zstd; age says of its last block that it is the last: a cut file does not open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, ClassVar, Final

import pyrage
import zstandard

from tansiq.base.errors import InputError
from tansiq.base.ids import Entropy
from tansiq.seal.envelope import BadRecipient
from tansiq.seal.keys import BadKeyFile, new_identity
from tansiq.seal.wrapped import unwrap, wrap

_MAGIC: Final = b"TQV1"
_ABOUT: Final = b"TQV1"
_RECIPIENTS, _PASSPHRASE = 0, 1
_CHUNK: Final = 1024 * 1024
_WINDOW_LIMIT: Final = 128 * 1024 * 1024


class BadVessel(InputError):
    """The file is none of ours, was altered or cut, or is not for this key."""

    code: ClassVar[str] = "vessel.unreadable"


class _Source:
    """Gives what an iterator yields in the sizes that are asked for."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._left = b""
        self.fault: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        """Return at most ``size`` bytes; nothing = the end."""
        while not self._left:
            try:
                found = next(self._parts, None)
            except Exception as error:  # what is read must not become a fault of the one who seals
                self.fault = error
                raise
            if found is None:
                return b""
            self._left = found
        given, self._left = (self._left, b"") if size < 0 else (self._left[:size], self._left[size:])
        return given


class _Sink:
    """Passes on what is written, and keeps the fault of it: age swallows one of its very last write."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.fault: Exception | None = None

    def write(self, part: bytes) -> int:
        """Write a part."""
        try:
            return self._out.write(part)
        except Exception as error:  # noted, and raised again: whoever seals must not take it for whole
            self.fault = error
            raise

    def flush(self) -> None:
        """Flush what was written."""
        self._out.flush()


def write_vessel(
    out: BinaryIO,
    parts: Iterable[bytes],
    *,
    entropy: Entropy,
    passphrase: str | None = None,
    recipients: Sequence[str] = (),
) -> None:
    """Seal a stream into ``out``; a fault of reading or writing is raised as it is.

    Raises BadRecipient; ValueError without passphrase and recipients.
    """
    if (passphrase is None) == (not recipients):
        raise ValueError("a passphrase or recipients")
    wrapped, kind = b"", _RECIPIENTS
    if passphrase is not None:
        identity = new_identity()
        wrapped, kind = wrap(identity.encode(), passphrase, about=_ABOUT, entropy=entropy), _PASSPHRASE
        recipients = (str(pyrage.x25519.Identity.from_str(identity).to_public()),)
    out.write(_MAGIC + bytes([kind]) + len(wrapped).to_bytes(4, "big") + wrapped)
    try:
        keys = [pyrage.x25519.Recipient.from_str(r) for r in recipients]
    except pyrage.RecipientError as error:
        raise BadRecipient("not an age recipient") from error
    source, sink = _Source(_packed(parts)), _Sink(out)
    try:
        pyrage.encrypt_io(source, sink, keys)
    except pyrage.EncryptError:
        if (fault := source.fault or sink.fault) is not None:
            raise fault from None
        raise
    if sink.fault is not None:
        raise sink.fault


def _packed(parts: Iterable[bytes]) -> Iterator[bytes]:
    squeeze = zstandard.ZstdCompressor(level=6).compressobj()
    for part in parts:
        if found := squeeze.compress(part):
            yield found
    yield squeeze.flush()


def open_vessel(
    source: BinaryIO, out: BinaryIO, *, passphrase: str | None = None, identities: Sequence[str] = ()
) -> None:
    """Open a vessel into ``out``, still packed (``unpacked`` reads it on).

    Raises BadVessel, BadKeyFile, WrongPassphrase.
    """
    head = source.read(9)
    if head[:4] != _MAGIC or len(head) < 9 or head[4] not in (_RECIPIENTS, _PASSPHRASE):
        raise BadVessel("not a file of this program")
    wrapped = source.read(min(int.from_bytes(head[5:], "big"), 4096))
    keys = list(identities)
    if head[4] == _PASSPHRASE:
        keys = [unwrap(wrapped, passphrase, about=_ABOUT).decode()]
    sink = _Sink(out)
    try:
        pyrage.decrypt_io(source, sink, [pyrage.x25519.Identity.from_str(k) for k in keys])
    except pyrage.IdentityError as error:
        raise BadKeyFile("an identity that is none") from error
    except (pyrage.DecryptError, OSError, ValueError) as error:
        raise BadVessel("the file was altered or cut, or is not for this key") from error
    if (fault := sink.fault) is not None:
        raise BadVessel("what the file holds could not be written down") from fault


def unpacked(source: BinaryIO) -> Iterator[bytes]:
    """Yield what an opened vessel holds, in pieces. Raises BadVessel."""
    spread = zstandard.ZstdDecompressor(max_window_size=_WINDOW_LIMIT).stream_reader(source)
    try:
        while piece := spread.read(_CHUNK):
            yield piece
    except zstandard.ZstdError as error:
        raise BadVessel("what the file holds is damaged") from error
