"""One byte for each character that Arabic, French and English text is made of.

Two bytes a letter, half of them the same, cost a compressor a quarter of its work on Arabic. The table:
0x20–0x7E, tab and line feed are themselves; from 0x80 on stand ``ARABIC``, ``LATIN`` and ``SIGNS`` in
their order, running over 0xFF into the free codes below 0x20 in rising order. 0x01 escapes: it is
followed by the UTF-8 bytes of one character that the table lacks. 0x00 never stands inside a text.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from tansiq.base.errors import PeerError

ESCAPE: Final = b"\x01"
END: Final = b"\x00"
ARABIC: Final = (
    "ءآأؤإئابةتثجحخدذرزسشصضطظعغ"
    "ـفقكلمنهوىي"
    "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"
    "٠١٢٣٤٥٦٧٨٩"
    "،؛؟٪٫٬ٱپچڤگڨژ\u0670"
)
LATIN: Final = "àâäçéèêëîïôöùûüÿœæñáíóúãõÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒ"
SIGNS: Final = "\u00a0\u202f\u200f\u200e\u200c\u200d«»“”‘’–—…°€£×·•±²³§"


class BadText(PeerError):
    """Bytes that are no text in this code page."""

    code = "segment.bad-text"


def _table() -> str:
    codes = ["\ufffe"] * 256
    for plain in (*range(0x20, 0x7F), 0x09, 0x0A):
        codes[plain] = chr(plain)
    free = [*range(0x80, 0x100), *(c for c in range(2, 0x20) if c not in (0x09, 0x0A))]
    for code, character in zip(free, ARABIC + LATIN + SIGNS, strict=False):
        codes[code] = character
    return "".join(codes)


TABLE: Final = _table()
"""The 256 characters; U+FFFE where a code stands for none."""
_MAP: Final = codecs.charmap_build(TABLE)
_ESCAPED: Final = re.compile(
    rb"\x01([\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})"
)


def _escape(error: UnicodeError) -> tuple[bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return b"".join(ESCAPE + c.encode() for c in lacking), error.end


codecs.register_error("tansiq-escape", _escape)


def to_page(text: str) -> bytes:
    """Return the text in the code page."""
    if text.isascii() and text.isprintable():  # these characters are themselves
        return text.encode()
    return codecs.charmap_encode(text, "tansiq-escape", _MAP)[0]


def from_page(raw: bytes) -> str:
    """Return the text of code-page bytes. Raises BadText."""
    try:
        if ESCAPE not in raw:
            return codecs.charmap_decode(raw, "strict", TABLE)[0]
        parts = _ESCAPED.split(raw)
        return "".join(
            part.decode() if odd % 2 else codecs.charmap_decode(part, "strict", TABLE)[0]
            for odd, part in enumerate(parts)
        )
    except UnicodeDecodeError as error:
        raise BadText("text that is not in the code page") from error
