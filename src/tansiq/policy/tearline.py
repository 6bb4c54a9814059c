"""Whether text below the line says what only the text above it may say.

The caller passes how words are folded (``language.normalise``), so that a term is found in whatever
script or spelling the fold makes equal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(r"\w+")
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Leak:
    """A forbidden term that stands below the line, as it was given."""

    term: str


def leaks(below: str, forbidden: Iterable[str], fold: Callable[[str], str]) -> tuple[Leak, ...]:
    """Return each forbidden term whose folded words stand, in order and side by side, in ``below``."""
    text = _words(below, fold)
    found = dict.fromkeys(term for term in forbidden if _stands(_words(term, fold), text))
    return tuple(Leak(term) for term in found)


def shared_numbers(below: str, above: str, fold: Callable[[str], str]) -> frozenset[str]:
    """Return the numbers, as folded, that stand both above and below the line."""
    return frozenset(_NUMBER.findall(fold(below))) & frozenset(_NUMBER.findall(fold(above)))


def _words(text: str, fold: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(text)))


def _stands(term: tuple[str, ...], text: tuple[str, ...]) -> bool:
    size = len(term)
    return size > 0 and any(text[i : i + size] == term for i in range(len(text) - size + 1))
