"""From a segment or note to the padded bytes that are sealed, and back. See ``docs/format/segments.md``."""

from __future__ import annotations

from typing import Final

import msgspec
import zstandard

from tansiq.model.charter import SignedCharter
from tansiq.model.record import Signed
from tansiq.seal.segment import (
    ITEMS_LIMIT,
    SEGMENT_LIMIT_BYTES,
    BadSegment,
    Buried,
    Note,
    Segment,
    SegmentTooLarge,
    UnknownForm,
    decode_head,
    decode_note,
)

FORM: Final = 1
_SEGMENT, _CHARTER = 0, 9

Packed = Segment | Note | SignedCharter


def padded_size(size_bytes: int) -> int:
    """Return the Padmé size: at most 12 % over, so that few sizes are left to tell apart."""
    if size_bytes < 2:
        return size_bytes
    exponent = size_bytes.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (size_bytes + mask) & ~mask


def pack(what: Packed) -> bytes:
    """Return the padded bytes of a segment, note or signed charter. Raises SegmentTooLarge."""
    if isinstance(what, Segment):
        if len(what.items) > ITEMS_LIMIT:
            raise SegmentTooLarge(f"{len(what.items)} items; at most {ITEMS_LIMIT} are allowed")
        items = [[i.header, i.body, i.signature] if isinstance(i, Signed) else [i.digest] for i in what.items]
        return _padded(_SEGMENT, [what.raw_head, what.signature, items])
    if isinstance(what, Note):
        return _padded(what.type_byte, [what.raw, what.signature])
    return _padded(_CHARTER, what)


def unpack(raw: bytes, *, limit: int = SEGMENT_LIMIT_BYTES) -> Packed:
    """Read what was sealed. Raises BadSegment, SegmentTooLarge, UnknownForm before allocating."""
    if len(raw) < 10:
        raise BadSegment("too short")
    form, kind, size = raw[0], raw[1], int.from_bytes(raw[2:6], "big")
    plain_size = int.from_bytes(raw[6:10], "big")
    if form != FORM:
        raise UnknownForm(f"form {form}")
    if plain_size > limit:
        raise SegmentTooLarge(f"{plain_size} bytes declared; at most {limit} are taken")
    if size + 10 > len(raw) or padded_size(size + 10) != len(raw) or raw[10 + size :].strip(b"\0"):
        raise BadSegment("wrong padding")
    try:
        plain = zstandard.ZstdDecompressor().decompress(raw[10 : 10 + size], max_output_size=plain_size)
        if len(plain) != plain_size:
            raise BadSegment("wrong size")
        return _read(kind, plain)
    except (zstandard.ZstdError, msgspec.DecodeError, msgspec.ValidationError) as error:
        raise BadSegment(f"damaged: {error}") from error


def _padded(kind: int, content: object) -> bytes:
    plain = msgspec.msgpack.encode(content)
    packed = zstandard.ZstdCompressor(level=19).compress(plain)
    raw = bytes([FORM, kind]) + len(packed).to_bytes(4, "big") + len(plain).to_bytes(4, "big") + packed
    return raw.ljust(padded_size(len(raw)), b"\0")


def _read(kind: int, plain: bytes) -> Packed:
    if kind == _CHARTER:
        return msgspec.msgpack.decode(plain, type=SignedCharter)
    if kind != _SEGMENT:
        note, signature = msgspec.msgpack.decode(plain, type=tuple[bytes, bytes])
        return Note(decode_note(kind, note), note, signature)
    head, signature, rows = msgspec.msgpack.decode(plain, type=tuple[bytes, bytes, list[list[bytes]]])
    if len(rows) > ITEMS_LIMIT:
        raise SegmentTooLarge(f"{len(rows)} items")
    decode_head(head)
    return Segment(head, tuple(Signed(*r) if len(r) == 3 else Buried(*r) for r in rows), signature)
