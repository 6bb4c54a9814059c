"""From the bytes of a file to its text, or a coded error.

Text is UTF-8, UTF-16 (told by its mark or by its zero bytes), or one of the two Windows code pages of the
region, 1256 (Arabic) and 1252 (French); line ends become ``\\n``, the mark goes. Spans of a draft count
code points of this text (FORMATS).
"""

from __future__ import annotations

from typing import Final

from tansiq.base.errors import InputError

LIMIT_BYTES: Final = 10 * 1024 * 1024
CONTROL_SHARE: Final = 0.02  # more control characters than this and it is no text
MAGIC: Final = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b",
    b"\x7fELF",
)


class EmptyInput(InputError):
    """The file holds no text."""

    code = "input.empty"


class BinaryInput(InputError):
    """The file is not text: an image, an archive, a program."""

    code = "input.binary"


class TooLarge(InputError):
    """The file is larger than intake takes."""

    code = "input.too-large"

    def __init__(self, size_bytes: int) -> None:
        super().__init__(f"{size_bytes} bytes, the limit is {LIMIT_BYTES}")
        self.size_bytes = size_bytes


class Undecodable(InputError):
    """The bytes are text in no encoding that intake reads."""

    code = "input.encoding"


def read(data: bytes) -> str:
    """Return the text of a file's bytes; raises EmptyInput, BinaryInput, TooLarge or Undecodable."""
    if len(data) > LIMIT_BYTES:
        raise TooLarge(len(data))
    if not data.strip(b"\x00\t\n\r \xef\xbb\xbf\xff\xfe"):
        raise EmptyInput("no text in the file")
    if data.startswith(MAGIC):
        raise BinaryInput("not a text file")
    text = _decode(data).replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if not text.strip():
        raise EmptyInput("no text in the file")
    if _controls(text) > CONTROL_SHARE * len(text):
        raise BinaryInput("not a text file")
    return text


def _controls(text: str) -> int:
    return sum(1 for c in text if (c < " " and c not in "\t\n\r\f") or c == "\ufffd")


def _decode(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _strict(data, "utf-16")
    if wide := _wide(data[:4000]):
        return _strict(data, wide)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _code_page(data)


def _wide(head: bytes) -> str | None:
    """Tell UTF-16 without a mark: every second byte is 00 (Latin) or 06 (Arabic)."""
    if len(head) < 4 or len(head) % 2:
        return None
    for first, name in ((0, "utf-16-be"), (1, "utf-16-le")):
        half = head[first::2]
        if (half.count(0) + half.count(6)) >= 0.9 * len(half):
            return name
    return None


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Undecodable("the bytes do not fit their byte order mark") from error


def _code_page(data: bytes) -> str:
    """Choose between 1256 and 1252 by whether the high letters stand in Arabic words or inside Latin ones."""
    if _control_bytes(data) > CONTROL_SHARE * len(data):
        raise BinaryInput("not a text file")
    arabic = data.decode("cp1256", errors="replace")
    letters = sum("\u0621" <= c <= "\u064a" for c in arabic)
    latin = sum(c.isascii() and c.isalpha() for c in arabic)
    if letters > latin:
        return arabic
    french = data.decode("cp1252", errors="replace")
    marks = sum(c in "àâäçéèêëîïôöùûüÿœæÀÂÇÉÈÊËÎÏÔÙÛŒ«»’‘“”–—…° €\u00a0" for c in french if not c.isascii())
    odd = sum(not c.isascii() for c in french)
    if odd and marks >= 0.7 * odd:
        return french
    raise Undecodable("neither UTF-8, UTF-16, Windows-1256 nor Windows-1252")


def _control_bytes(data: bytes) -> int:
    return sum(1 for b in data if b < 32 and b not in (9, 10, 12, 13))
