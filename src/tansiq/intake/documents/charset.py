"""From bytes to text where a document says in which encoding it is, rightly or not."""

from __future__ import annotations

import codecs
from typing import Final

from tansiq.base.errors import InputError
from tansiq.intake.read import read

_SAME: Final = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "utf-8", "ascii": "utf-8"}
_WRONG_SHARE: Final = 0.01
_ALLOWED: Final = ("utf", "cp", "windows-", "iso", "mac", "latin", "koi8", "ascii", "us-ascii")


def decoded(data: bytes, declared: str) -> str:
    """Return text, line ends as ``\\n``. What is declared is believed where it fits; else the bytes decide.

    Raises EmptyInput, BinaryInput, Undecodable.
    """
    name = _SAME.get(declared.strip().lower(), declared.strip().lower())
    if name.startswith(_ALLOWED):
        try:
            text = codecs.lookup(name).decode(data, "replace")[0]
        except (LookupError, ValueError, UnicodeError):
            return read(data)
        if text.count("\ufffd") <= _WRONG_SHARE * len(text) and "\x00" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    return read(data)


def readable(data: bytes, declared: str) -> str:
    """Return text as ``decoded`` does, and nothing where there is none."""
    try:
        return decoded(data, declared)
    except InputError:
        return ""
