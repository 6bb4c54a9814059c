"""Routine Arabic reports of about 70 words, of our own writing, all different: text to measure sizes with.

The words stand in ``report_words.json``: clauses with slots, and roots and word shapes for the rest.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

TITLE: Final = "{place}: {act} {dir} {feature}"
_FREE_SHARE: Final = 0.5
_SLOT: Final = re.compile(r"\{(\w+)\}")


class _Words(msgspec.Struct, frozen=True):
    slots: dict[str, list[str]]
    roots: list[str]
    shapes: list[str]
    verbs: list[str]
    preps: list[str]
    openings: list[str]
    middles: list[str]
    endings: list[str]
    free: list[str]


class _Writer:
    def __init__(self, words: _Words, draw: random.Random) -> None:
        self._words = words
        self._draw = draw

    def one(self, patterns: list[str]) -> str:
        return self.filled(self._draw.choice(patterns))

    def filled(self, pattern: str) -> str:
        while _SLOT.search(pattern):
            pattern = _SLOT.sub(lambda m: self._word(m[1]), pattern)
        return pattern

    def sentence(self) -> str:
        free = self._draw.random() < _FREE_SHARE
        return self.one(self._words.free) + "." if free else self.one(self._words.middles)

    def _word(self, slot: str) -> str:
        words, draw = self._words, self._draw
        if slot in ("noun", "adj", "verb"):
            made = draw.choice(words.verbs if slot == "verb" else words.shapes).format(
                *draw.choice(words.roots)
            )
            return made if slot == "verb" or draw.random() < 0.35 else f"ال{made}"
        return draw.choice(words.preps if slot == "prep" else words.slots[slot])


def reports(count: int, *, seed: int = 2031, words: int = 70) -> Iterator[tuple[str, str]]:
    """Yield (title, text) of about that many words together; the same for the same seed.

    Half of the clauses are drawn word by word from roots and word shapes, so that the text does not
    compress as a form letter does: zstd -19 of one alone gives what it gives for a newspaper's text.
    """
    raw = Path(__file__).with_name("report_words.json").read_bytes()
    lexicon = msgspec.json.decode(raw, type=_Words)
    writer = _Writer(lexicon, random.Random(seed))
    for _ in range(count):
        title = writer.filled(TITLE)
        sentences, ending = [writer.one(lexicon.openings)], writer.one(lexicon.endings)
        while len(" ".join((title, *sentences, ending)).split()) < words - 5:
            sentences.append(writer.sentence())
        yield title, " ".join((*sentences, ending))
