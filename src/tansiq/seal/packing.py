"""From a segment, note or signed charter to the padded bytes that are sealed, and back.

1. Packed bytes: form 1 | type byte | packing byte | three LEB128 numbers: size of the plain part, of
   the packed part, of the tail | packed part | tail | zeros up to the Padmé size of the whole.
2. Types: 0 a segment by columns (plain: the sheet; see ``columns``), 8 a segment by rows (plain:
   MessagePack array of head bytes and rows ``[header, body, signature]`` or ``[digest]``; tail: the
   segment's signature), 9 a signed charter (plain: its bytes; no tail), 1–4 a note (plain: its bytes;
   tail: its signature).
3. Packing: 0 the plain part itself, 1 one zstd frame, 1 + n one zstd frame with dictionary n. Frames
   carry no content size and no dictionary id. Plain parts under 128 kB are packed with the newest one.
4. Declared sizes are checked before anything is unpacked, and nothing is unpacked beyond them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated, Final

import msgspec
import zstandard
from msgspec import Meta

from tansiq.base.errors import UNREADABLE
from tansiq.model.charter import SignedCharter
from tansiq.model.record import BODY_LIMIT_BYTES, HEADER_LIMIT_BYTES, Signed
from tansiq.seal.columns import NotByColumns, read_columns, write_columns
from tansiq.seal.segment import (
    ITEMS_LIMIT,
    NOTE_TYPES,
    SEGMENT_LIMIT_BYTES,
    BadSegment,
    Buried,
    Item,
    Note,
    Segment,
    SegmentTooLarge,
    UnknownForm,
    decode_head,
    decode_note,
)

FORM: Final = 1
NOTE_LIMIT_BYTES: Final = 1024 * 1024
TAIL_LIMIT_BYTES: Final = ITEMS_LIMIT * 112 + 128
DICTIONARY: Final = 1
"""The newest dictionary; older ones stay readable."""
_COLUMNS, _ROWS, _CHARTER = 0, 8, 9
_STORED, _ZSTD = 0, 1
_SMALL_BYTES: Final = 2048
_DICTIONARY_BYTES: Final = 131_072
_FINEST, _QUICK = 19, 12

Packed = Segment | Note | SignedCharter

_Row = Annotated[list[bytes], Meta(min_length=1, max_length=3)]
_ROWS_SHAPE: Final = msgspec.msgpack.Decoder(
    tuple[bytes, Annotated[list[_Row], Meta(max_length=ITEMS_LIMIT)]]
)


@dataclass(frozen=True, slots=True)
class _Parts:
    type_byte: int
    plain: bytes
    tail: bytes


def padded_size(size_bytes: int) -> int:
    """Return the Padmé size: at most 12 % over, so that few sizes are left to tell apart."""
    if size_bytes < 2:
        return size_bytes
    exponent = size_bytes.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (size_bytes + mask) & ~mask


def pack(what: Packed, *, level: int | None = None) -> bytes:
    """Return the padded bytes. ``level`` is zstd's; by default 19 up to 2 kB and 12 beyond.

    Raises SegmentTooLarge.
    """
    parts = _parts_of(what)
    packing, packed = _squeezed(parts.plain, level)
    sizes = b"".join(_leb128(n) for n in (len(parts.plain), len(packed), len(parts.tail)))
    raw = bytes([FORM, parts.type_byte, packing]) + sizes + packed + parts.tail
    return raw.ljust(padded_size(len(raw)), b"\0")


def unpack(raw: bytes, *, limit: int = SEGMENT_LIMIT_BYTES) -> Packed:
    """Read what was sealed. Raises BadSegment, SegmentTooLarge, UnknownForm before allocating."""
    parts = _opened(raw, limit)
    if parts.type_byte == _COLUMNS:
        return _checked(read_columns(parts.plain, parts.tail, limit=limit))
    try:
        return _read(parts)
    except UNREADABLE as error:
        raise BadSegment(f"what was sealed cannot be read: {error}") from error


def _parts_of(what: Packed) -> _Parts:
    if isinstance(what, Note):
        return _Parts(what.type_byte, what.raw, what.signature)
    if isinstance(what, SignedCharter):
        return _Parts(_CHARTER, msgspec.msgpack.encode(what), b"")
    if len(what.items) > ITEMS_LIMIT:
        raise SegmentTooLarge(f"{len(what.items)} items; at most {ITEMS_LIMIT} are allowed")
    return _by_columns(what) or _by_rows(what)


def _by_columns(segment: Segment) -> _Parts | None:
    """Return the segment by columns, if reading that gives the signed bytes again."""
    try:
        plain, tail = write_columns(segment)
        again = read_columns(plain, tail, limit=SEGMENT_LIMIT_BYTES)
    except (
        NotByColumns,
        BadSegment,
        msgspec.MsgspecError,
        ValueError,
        TypeError,
        IndexError,
        OverflowError,
        RecursionError,
    ):
        return None
    return _Parts(_COLUMNS, plain, tail) if again == segment else None


def _by_rows(segment: Segment) -> _Parts:
    rows = [[i.header, i.body, i.signature] if isinstance(i, Signed) else [i.digest] for i in segment.items]
    plain = msgspec.msgpack.encode([segment.raw_head, rows])
    if len(plain) > SEGMENT_LIMIT_BYTES:
        raise SegmentTooLarge(f"{len(plain)} bytes; at most {SEGMENT_LIMIT_BYTES} are allowed")
    return _Parts(_ROWS, plain, segment.signature)


def _opened(raw: bytes, limit: int) -> _Parts:
    """Check sizes and padding, then unpack (rule 4)."""
    if len(raw) < 6 or raw[0] != FORM:
        raise UnknownForm(f"packed bytes of form {raw[0]}" if raw else "no bytes")
    numbers, at = [], 3
    for _ in range(3):
        number, at = _number(raw, at)
        numbers.append(number)
    plain_size, packed_size, tail_size = numbers
    bound = min(limit, SEGMENT_LIMIT_BYTES) if raw[1] in (_COLUMNS, _ROWS) else NOTE_LIMIT_BYTES
    if plain_size > bound or tail_size > TAIL_LIMIT_BYTES:
        raise SegmentTooLarge(f"{plain_size} bytes declared; at most {bound} are taken")
    end = at + packed_size + tail_size
    if padded_size(end) != len(raw) or raw[end:].strip(b"\0"):
        raise BadSegment("the padding is not what the sizes demand")
    packed = raw[at : at + packed_size]
    return _Parts(raw[1], _unsqueezed(raw[2], packed, plain_size), raw[at + packed_size : end])


def _read(parts: _Parts) -> Packed:
    if parts.type_byte == _CHARTER:
        return msgspec.msgpack.decode(parts.plain, type=SignedCharter)
    if parts.type_byte in NOTE_TYPES:
        return Note(decode_note(parts.type_byte, parts.plain), parts.plain, parts.tail)
    if parts.type_byte != _ROWS:
        raise UnknownForm(f"a content of unknown type {parts.type_byte}")
    head, rows = _ROWS_SHAPE.decode(parts.plain)
    return _checked(Segment(head, tuple(map(_item, rows)), parts.tail))


def _item(row: list[bytes]) -> Item:
    if len(row) == 3:
        if len(row[0]) > HEADER_LIMIT_BYTES or len(row[1]) > BODY_LIMIT_BYTES:
            raise SegmentTooLarge("a record larger than it may be")
        return Signed(row[0], row[1], row[2])
    if len(row) == 1:
        return Buried(row[0])
    raise BadSegment("a row that is neither record nor digest")


def _checked(segment: Segment) -> Segment:
    """Read the head, so that a segment that is handed on has one."""
    decode_head(segment.raw_head)
    return segment


def _squeezed(plain: bytes, level: int | None) -> tuple[int, bytes]:
    number = DICTIONARY if len(plain) < _DICTIONARY_BYTES else 0
    chosen = level or (_FINEST if len(plain) <= _SMALL_BYTES else _QUICK)
    packed = _compressor(chosen, number).compress(plain)
    return (_ZSTD + number, packed) if len(packed) < len(plain) else (_STORED, plain)


def _unsqueezed(packing: int, packed: bytes, size: int) -> bytes:
    if packing == _STORED:
        plain = packed
    elif _ZSTD <= packing <= _ZSTD + DICTIONARY:
        plain = _decompressed(packing, packed, size)
    else:
        raise UnknownForm(f"unknown packing {packing}")
    if len(plain) != size:
        raise BadSegment("the size is not the one declared")
    return plain


def _decompressed(packing: int, packed: bytes, size: int) -> bytes:
    dictionary = _dictionary(packing - _ZSTD)
    reader = zstandard.ZstdDecompressor(dict_data=dictionary, max_window_size=SEGMENT_LIMIT_BYTES)
    try:
        if size == 0 or zstandard.frame_content_size(packed) > size:
            raise BadSegment("the size is not the one declared")
        return reader.decompress(packed, max_output_size=size, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise BadSegment("the packed part does not unpack to its declared size") from error


@cache
def _dictionary(number: int) -> zstandard.ZstdCompressionDict | None:
    if number == 0:
        return None
    raw = files("tansiq.seal").joinpath(f"dictionary-{number}.zdict").read_bytes()
    return zstandard.ZstdCompressionDict(raw)


@cache
def _prepared(number: int, level: int) -> zstandard.ZstdCompressionDict | None:
    """The dictionary digested for a level: half the time of a small segment otherwise."""
    plain = _dictionary(number)
    if plain is None:
        return None
    digested = zstandard.ZstdCompressionDict(plain.as_bytes())
    digested.precompute_compress(level=level)
    return digested


def _compressor(level: int, dictionary: int) -> zstandard.ZstdCompressor:
    prepared = _prepared(dictionary, level)
    return zstandard.ZstdCompressor(
        level=level, dict_data=prepared, write_content_size=False, write_dict_id=False
    )


def _leb128(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def _number(raw: bytes, at: int) -> tuple[int, int]:
    number = 0
    for turn in range(5):
        if at >= len(raw):
            break
        number |= (raw[at] & 0x7F) << (7 * turn)
        at += 1
        if raw[at - 1] < 0x80:
            return number, at
    raise BadSegment("a size that does not end")
