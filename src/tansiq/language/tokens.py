"""Words of a folded text with their places."""

from __future__ import annotations

import msgspec

from tansiq.language.folding import WORD


class Token(msgspec.Struct, frozen=True, gc=False):
    """One word at folded ``[start, end)``."""

    start: int
    end: int
    text: str


def tokens(text: str) -> list[Token]:
    """Return the words of a folded text."""
    found = []
    for match in WORD.finditer(text):
        start, end = match.span()
        found.append(Token(start, end, match[0]))
    return found


def gap(text: str, left: Token, right: Token) -> str:
    """Return what stands between two words."""
    return text[left.end : right.start]


def adjacent(text: str, left: Token, right: Token) -> bool:
    """Tell whether only spaces, quotes or a hyphen stand between two words."""
    return not gap(text, left, right).strip(" '\"-")
