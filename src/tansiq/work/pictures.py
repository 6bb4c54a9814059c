"""Metadata out of pictures, by their own structure: no picture is decoded, what is seen stays bit for bit.

JPEG (ITU T.81, Annex B): application and comment segments go, but JFIF, the colour profile and Adobe's colour
mark; of EXIF the orientation alone is written anew. PNG (ISO 15948), WebP (RFC 9649), GIF89a: chunks and
blocks of text, time and EXIF go. Whatever stands behind the picture's end goes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

_JPEG_KEPT: Final = (0xE0, 0xE2, 0xEE)
_PNG_DROPPED: Final = (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"dSIG")
_ORIENTATION: Final = 0x0112
_GIF_KEPT: Final = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


class NotOne(Exception):
    """The bytes are no whole picture of the kind; the caller treats the file as unknown."""


def cleaned_jpeg(raw: bytes) -> bytes:
    """Return a JPEG without its metadata. Raises NotOne."""
    out, up = bytearray(b"\xff\xd8"), 1
    for marker, segment in _segments(raw):
        if marker == 0xE1 and segment[4:10] == b"Exif\0\0":
            up = _orientation(segment[10:]) or up
        if marker == 0xE2 and segment[4:15] != b"ICC_PROFILE":
            continue
        if (0xE0 <= marker <= 0xEF and marker not in _JPEG_KEPT) or marker == 0xFE:
            continue
        if up != 1 and marker not in (0xE0, 0xE2):
            out += _exif(up)
            up = 1
        out += segment
    return bytes(out)


def _segments(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and bytes of each segment up to the end of the image; a scan comes with its data."""
    at = 2
    while True:
        if at + 4 > len(raw) or raw[at] != 0xFF:
            raise NotOne("no marker where one must stand")
        marker = raw[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            break
        size = 2 + int.from_bytes(raw[at + 2 : at + 4], "big")
        end = at + size
        if size < 4 or end > len(raw):
            raise NotOne("a segment over the end")
        if marker == 0xDA:
            end = _scan_end(raw, end)
        yield marker, raw[at:end]
        at = end
        if marker == 0xDA and raw[at : at + 2] == b"\xff\xd9":
            break
    yield 0xD9, b"\xff\xd9"


def _scan_end(raw: bytes, at: int) -> int:
    """Return where a scan's data ends: at the first marker that is neither stuffing nor a restart."""
    while (at := raw.find(b"\xff", at)) >= 0 and at + 1 < len(raw):
        following = raw[at + 1]
        if following == 0 or 0xD0 <= following <= 0xD7:
            at += 2
        elif following == 0xFF:
            at += 1
        else:
            return at
    raise NotOne("a scan without its end")


def _orientation(tiff: bytes) -> int:
    """Return the orientation (1–8) that an EXIF block states, 0 when it states none."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    try:
        if order is None:
            return 0
        (at,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, at)
        for n in range(min(count, 200)):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, at + 2 + 12 * n)
            if (tag, kind) == (_ORIENTATION, 3) and 1 <= value <= 8:
                return int(value)
    except struct.error:
        return 0
    return 0


def _exif(orientation: int) -> bytes:
    """Return an EXIF segment that holds the orientation and nothing else."""
    tiff = b"MM\0*\0\0\0\x08" + struct.pack(">HHHIHHI", 1, _ORIENTATION, 3, 1, orientation, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body


def cleaned_png(raw: bytes) -> bytes:
    """Return a PNG without its chunks of text, time and EXIF. Raises NotOne."""
    out, at = bytearray(raw[:8]), 8
    while at + 12 <= len(raw):
        end = at + 12 + int.from_bytes(raw[at : at + 4], "big")
        name = raw[at + 4 : at + 8]
        if end > len(raw) or not name.isalpha():
            raise NotOne("a chunk over the end")
        if name not in _PNG_DROPPED:
            out += raw[at:end]
        if name == b"IEND":
            return bytes(out)
        at = end
    raise NotOne("no end")


def cleaned_webp(raw: bytes) -> bytes:
    """Return a WebP without EXIF and XMP. Raises NotOne."""
    if raw[:4] != b"RIFF":
        raise NotOne("no RIFF")
    whole = 8 + int.from_bytes(raw[4:8], "little")
    out, at = bytearray(b"WEBP"), 12
    if whole > len(raw):
        raise NotOne("shorter than it says")
    while at + 8 <= whole:
        size = int.from_bytes(raw[at + 4 : at + 8], "little")
        end = at + 8 + size + size % 2
        if end > whole:
            raise NotOne("a chunk over the end")
        name, chunk = raw[at : at + 4], raw[at:end]
        if name == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~0x0C]) + chunk[9:]
        if name not in (b"EXIF", b"XMP "):
            out += chunk
        at = end
    return b"RIFF" + len(out).to_bytes(4, "little") + bytes(out)


def cleaned_gif(raw: bytes) -> bytes:
    """Return a GIF without comments and foreign extensions. Raises NotOne."""
    try:
        at = 13 + _table_bytes(raw[10])
        out = bytearray(raw[:at])
        while raw[at] != 0x3B:
            end = _gif_block_end(raw, at)
            foreign = raw[at : at + 2] == b"\x21\xff" and raw[at + 3 : at + 14] not in _GIF_KEPT
            if raw[at : at + 2] != b"\x21\xfe" and not foreign:
                out += raw[at:end]
            at = end
    except IndexError as error:
        raise NotOne("no end") from error
    return bytes(out) + b"\x3b"


def _gif_block_end(raw: bytes, at: int) -> int:
    if raw[at] == 0x21:
        return _sub_blocks_end(raw, at + 2)
    if raw[at] == 0x2C:
        return _sub_blocks_end(raw, at + 10 + _table_bytes(raw[at + 9]) + 1)
    raise NotOne("an unknown block")


def _sub_blocks_end(raw: bytes, at: int) -> int:
    while raw[at] != 0:
        at += 1 + raw[at]
    return at + 1


def _table_bytes(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0
