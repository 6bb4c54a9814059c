"""Words of a folded text with their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import msgspec

from tansiq.language.folding import WORD
from tansiq.language.kept import Kept
from tansiq.language.spans import Ordered

T = TypeVar("T")


class Token(msgspec.Struct, frozen=True, gc=False):
    """One word at folded ``[start, end)``."""

    start: int
    end: int
    text: str


class Words(Ordered[Token]):
    """The words of a text, with their letters beside them: a rule is asked of all of them at once."""

    __slots__ = ("distinct", "texts")

    def __init__(self, items: Iterable[Token] = ()) -> None:
        super().__init__(items)
        self.texts = [word.text for word in self]
        self.distinct = frozenset(self.texts)

    def told(self, rule: Kept[T]) -> Iterator[T]:
        """Yield what a rule tells of each word."""
        return map(rule.__getitem__, self.texts)

    def where(self, rule: Kept[Any]) -> list[int]:
        """Return which words a rule tells something of, by number."""
        known = set(filter(rule.__getitem__, self.distinct))
        return [index for index, text in enumerate(self.texts) if text in known] if known else []


def tokens(text: str) -> Words:
    """Return the words of a folded text."""
    return Words([Token(*match.span(), match[0]) for match in WORD.finditer(text)])


def gap(text: str, left: Token, right: Token) -> str:
    """Return what stands between two words."""
    return text[left.end : right.start]


def adjacent(text: str, left: Token, right: Token) -> bool:
    """Tell whether only spaces, quotes or a hyphen stand between two words."""
    return not gap(text, left, right).strip(" '\"-")
