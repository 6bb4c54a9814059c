"""Vessels: a stream sealed in one file, whole or not at all."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO, cast

import pyrage
import pytest
import zstandard

from tansiq.base.ids import SeededEntropy
from tansiq.model.label import Party
from tansiq.seal.envelope import BadRecipient
from tansiq.seal.keys import BadKeyFile, generate
from tansiq.seal.vessel import BadVessel, _Source, open_vessel, unpacked, write_vessel
from tansiq.seal.wrapped import WrongPassphrase, unwrap

ENTROPY = SeededEntropy("وعاء")
ML = generate(Party("ML"), entropy=ENTROPY)
NE = generate(Party("NE"), entropy=ENTROPY)
KEPT_FOR = [ML.recipient, NE.recipient, ML.recipient, NE.recipient]
PARTS = ["سجل ".encode(), b"", b"x" * 3_000_000, b"end"]
WHOLE = b"".join(PARTS)
SECRET = "سرّ طويل"


def written(*recipients: str, passphrase: str | None = None) -> bytes:
    out = io.BytesIO()
    write_vessel(out, PARTS, entropy=ENTROPY, passphrase=passphrase, recipients=recipients)
    return out.getvalue()


def opened(raw: bytes, *identities: str, passphrase: str | None = None) -> bytes:
    out = io.BytesIO()
    open_vessel(io.BytesIO(raw), out, passphrase=passphrase, identities=identities)
    out.seek(0)
    return b"".join(unpacked(out))


def for_two() -> bytes:
    """A vessel for two recipients."""
    return written(ML.recipient, NE.recipient)


def test_what_went_in_comes_out_for_each_recipient() -> None:
    sealed = for_two()
    for keys in (ML, NE):
        assert opened(sealed, *keys.seal_identities) == WHOLE
    assert sealed[:9] == b"TQV1\x00\0\0\0\0"
    assert sealed[9:].startswith(b"age-encryption.org/v1\n")
    assert len(sealed) < 5_000


def test_what_went_in_comes_out_under_the_passphrase() -> None:
    kept = written(passphrase=SECRET)
    assert opened(kept, passphrase=SECRET) == WHOLE
    assert kept[:5] == b"TQV1\x01"
    size = int.from_bytes(kept[5:9], "big")
    identity = unwrap(kept[9 : 9 + size], SECRET, about=b"TQV1").decode()
    assert identity.startswith("AGE-SECRET-KEY-1")
    inside = pyrage.decrypt(kept[9 + size :], [pyrage.x25519.Identity.from_str(identity)])
    assert zstandard.ZstdDecompressor().decompressobj().decompress(inside) == WHOLE


def test_a_vessel_is_for_a_passphrase_or_for_recipients_and_not_for_both_or_none() -> None:
    for passphrase, recipients in ((None, ()), (SECRET, (ML.recipient,))):
        out = io.BytesIO()
        with pytest.raises(ValueError, match="a passphrase or recipients"):
            write_vessel(out, PARTS, entropy=ENTROPY, passphrase=passphrase, recipients=recipients)
        assert out.getvalue() == b""


def test_a_recipient_that_is_none_is_named_so() -> None:
    with pytest.raises(BadRecipient):
        written(ML.recipient, "age1nobody")


def test_a_stranger_and_a_wrong_passphrase_open_nothing() -> None:
    kept = written(passphrase=SECRET)
    sealed = for_two()
    stranger = generate(Party("FR"), entropy=ENTROPY)
    with pytest.raises(BadVessel):
        opened(sealed, *stranger.seal_identities)
    with pytest.raises(BadVessel):
        opened(sealed)
    for wrong in (None, "", "سرّ قصير"):
        with pytest.raises(WrongPassphrase):
            opened(kept, passphrase=wrong)
    with pytest.raises(BadKeyFile):
        opened(sealed, "AGE-SECRET-KEY-1")


@pytest.mark.parametrize("cut", [0, 4, 8, 9, 30, 200, -1])
def test_a_vessel_cut_short_does_not_open(cut: int) -> None:
    sealed = for_two()
    with pytest.raises(BadVessel):
        opened(sealed[:cut], *ML.seal_identities)


def test_a_vessel_of_another_mark_or_kind_is_none_of_ours() -> None:
    sealed = for_two()
    for raw in (b"TQV2" + sealed[4:], b"tqv1" + sealed[4:], b"TQV1\x02" + sealed[5:]):
        with pytest.raises(BadVessel):
            opened(raw, *ML.seal_identities)


def test_a_vessel_with_a_changed_byte_does_not_open() -> None:
    sealed = for_two()
    raw = bytearray(sealed)
    raw[-1] ^= 1
    with pytest.raises(BadVessel):
        opened(bytes(raw), *ML.seal_identities)


@pytest.mark.parametrize("declared", [2**32 - 1, 2**24, 4097])
def test_a_declared_size_beyond_any_wrapped_identity_is_not_read(declared: int) -> None:
    raw = b"TQV1\x01" + declared.to_bytes(4, "big") + bytes(10_000)
    source = io.BytesIO(raw)
    with pytest.raises(WrongPassphrase):
        open_vessel(source, io.BytesIO(), passphrase=SECRET)
    assert source.tell() == 9 + 4096


def test_what_an_opened_vessel_holds_is_read_in_pieces_of_a_mebibyte_at_most() -> None:
    packed = zstandard.ZstdCompressor().compress(WHOLE)
    pieces = list(unpacked(io.BytesIO(packed)))
    assert b"".join(pieces) == WHOLE
    assert max(map(len, pieces)) == 1024 * 1024
    with pytest.raises(BadVessel):
        list(unpacked(io.BytesIO(b"no frame at all")))


def test_a_frame_that_would_hold_too_much_at_once_is_refused() -> None:
    wide = zstandard.ZstdCompressionParameters(window_log=28)
    squeeze = zstandard.ZstdCompressor(compression_params=wide).compressobj()
    packed = squeeze.compress(b"x") + squeeze.flush()
    with pytest.raises(BadVessel):
        list(unpacked(io.BytesIO(packed)))
    fitting = zstandard.ZstdCompressionParameters(window_log=27)
    squeeze = zstandard.ZstdCompressor(compression_params=fitting).compressobj()
    assert list(unpacked(io.BytesIO(squeeze.compress(b"x") + squeeze.flush()))) == [b"x"]


class ReadFailed(Exception):
    """What the reader of the parts raises."""


def test_a_fault_in_what_is_read_is_the_one_that_is_raised() -> None:
    def broken() -> Iterator[bytes]:
        yield b"x" * 100
        raise ReadFailed

    with pytest.raises(ReadFailed) as raised:
        write_vessel(io.BytesIO(), broken(), entropy=ENTROPY, recipients=[ML.recipient])
    assert raised.value.__suppress_context__


class Full:
    """A file on a disk with little room."""

    def __init__(self, room: int) -> None:
        self.room = room

    def write(self, part: bytes) -> int:
        """Take a part, or say that there is no room."""
        if len(part) > self.room:
            raise OSError("the disk is full")
        self.room -= len(part)
        return len(part)

    def flush(self) -> None:
        """Nothing is held back."""


@pytest.mark.parametrize("content", [b"little", SeededEntropy("كثير").take(500_000)])
@pytest.mark.parametrize("room", [0, 9, 300])
def test_a_fault_in_what_is_written_to_is_raised_too(room: int, content: bytes) -> None:
    with pytest.raises(OSError, match="disk is full"):
        write_vessel(cast(BinaryIO, Full(room)), [content * 2], entropy=ENTROPY, recipients=KEPT_FOR)


def test_what_cannot_be_written_down_is_not_taken_for_opened() -> None:
    sealed = for_two()
    with pytest.raises(BadVessel):
        open_vessel(io.BytesIO(sealed), cast(BinaryIO, Full(5)), identities=ML.seal_identities)


def test_parts_are_given_in_the_sizes_that_are_asked_for() -> None:
    source = _Source(iter([b"abc", b"", b"defgh", b"i"]))
    assert [source.read(n) for n in (2, 2, 3, 2, 9, 1, 1)] == [b"ab", b"c", b"def", b"gh", b"i", b"", b""]
    whole = _Source(iter([b"abc", b"def"]))
    assert [whole.read(), whole.read(0), whole.read(-1), whole.read()] == [b"abc", b"", b"def", b""]
    assert whole.fault is None
