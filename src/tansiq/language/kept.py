"""What is known of single words, kept: the same words come again in every text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from tansiq.language.folding import LONGEST_KEPT

MOST: Final = 32_768
"""So many words of a rule are kept; then all are forgotten, which costs less than keeping count of each."""

T = TypeVar("T")


class Kept(dict[str, T]):
    """A rule for a word by itself, asked as ``rule[word]``: looking up what is kept calls nothing.

    Nothing is kept of long words: a stranger may write words without end.
    """

    def __init__(self, rule: Callable[[str], T]) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, word: str) -> T:
        found = self._rule(word)
        if len(word) <= LONGEST_KEPT:
            if len(self) >= MOST:
                self.clear()
            self[word] = found
        return found
