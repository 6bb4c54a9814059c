"""Loaded words: words that judge those whom they name. They are the author's, and stay his. X.11.

1. The list is reviewed knowledge (``loaded.psv``): a concept a line, with its forms in ar, fr, en.
2. A word is marked, never replaced, softened or counted against anybody; what it says is not taken over.
3. A translation keeps the author's words and adds none: ``compared`` names what was lost and what was added.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from tansiq.base.messages import Lang
from tansiq.language.lexicon import cells, rows
from tansiq.language.phrases import Phrases, phrases

LIMIT: Final = 200


@dataclass(frozen=True, slots=True)
class Loaded:
    """A loaded word as the author wrote it, at ``[start, end)``; ``concept`` as the list names it."""

    concept: str
    words: str
    start: int
    end: int


@cache
def _concepts() -> dict[str, dict[str, tuple[str, ...]]]:
    return {r["concept"]: {g: tuple(cells(r[g])) for g in ("ar", "fr", "en")} for r in rows("loaded.psv")}


@cache
def _listed() -> Phrases:
    return phrases({name: [f for forms in by.values() for f in forms] for name, by in _concepts().items()})


def loaded_in(text: str) -> tuple[Loaded, ...]:
    """Return the loaded words of a text, in its order."""
    found = [Loaded(m.name, text[m.start : m.end], m.start, m.end) for m in _listed().find(text)]
    return tuple(found[:LIMIT])


def gloss(concept: str, lang: Lang) -> str:
    """Return what a concept is usually called in a language: to read by, not to say."""
    forms = _concepts().get(concept, {}).get(lang, ())
    return forms[0] if forms else concept


def compared(original: str, translation: str) -> tuple[tuple[Loaded, ...], tuple[Loaded, ...]]:
    """Return the original's loaded words that a translation lost, and those that it added, a concept once."""
    theirs, ours = _once(original), _once(translation)
    lost = tuple(one for concept, one in theirs.items() if concept not in ours)
    return lost, tuple(one for concept, one in ours.items() if concept not in theirs)


def _once(text: str) -> dict[str, Loaded]:
    found: dict[str, Loaded] = {}
    for one in loaded_in(text):
        found.setdefault(one.concept, one)
    return found
