"""Words of a folded text with their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import repeat
from typing import Any, Protocol

import msgspec

from tansiq.language.folding import LONGEST_KEPT, WORD
from tansiq.language.spans import Ordered


class Token(msgspec.Struct, frozen=True, gc=False):
    """One word at folded ``[start, end)``."""

    start: int
    end: int
    text: str


class Kept(Protocol):
    """A rule for a word by itself whose answers are kept (``lru_cache``)."""

    @property
    def __wrapped__(self) -> Callable[..., Any]: ...

    def __call__(self, *args: Any) -> Any: ...


class Words(Ordered[Token]):
    """The words of a text, with their letters beside them: a rule is asked of all of them at once."""

    __slots__ = ("short", "texts")

    def __init__(self, items: Iterable[Token] = ()) -> None:
        super().__init__(items)
        self.texts = [word.text for word in self]
        self.short = max(map(len, self.texts), default=0) <= LONGEST_KEPT

    def told(self, rule: Kept, *about: str) -> Iterable[Any]:
        """Yield what a rule tells of each word; ``about`` goes before it. No long word is kept."""
        if self.short:
            return map(rule, *map(repeat, about), self.texts)
        return ((rule if len(t) <= LONGEST_KEPT else rule.__wrapped__)(*about, t) for t in self.texts)

    def where(self, rule: Kept, *about: str) -> list[int]:
        """Return which words a rule tells something of, by number."""
        return [index for index, told in enumerate(self.told(rule, *about)) if told]


def tokens(text: str) -> Words:
    """Return the words of a folded text."""
    return Words([Token(*match.span(), match[0]) for match in WORD.finditer(text)])


def gap(text: str, left: Token, right: Token) -> str:
    """Return what stands between two words."""
    return text[left.end : right.start]


def adjacent(text: str, left: Token, right: Token) -> bool:
    """Tell whether only spaces, quotes or a hyphen stand between two words."""
    return not gap(text, left, right).strip(" '\"-")
