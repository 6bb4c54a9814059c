"""Where a text speaks of public affairs: words of security, diplomacy and justice, with their places."""

from __future__ import annotations

from functools import cache
from typing import Final

from tansiq.language.kept import Kept
from tansiq.language.lexicon import cells, rows
from tansiq.language.normalise import ARABIC, key
from tansiq.language.tokens import Words

HEADS: Final = [c + p for c in ("", "و", "ف") for p in ("", "ب", "ك", "ل", "ال", "بال", "كال", "لل")]


def with_heads(words: frozenset[str]) -> frozenset[str]:
    """Return folded words, Arabic ones with their joined particles and article too."""
    return frozenset(h + w for w in words for h in (HEADS if ARABIC.match(w) else ("",)))


@cache
def _known(lang: str) -> frozenset[str]:
    tables = ((r["lang"], r["words"]) for r in rows("context.psv"))
    listed = ((r["value"], r["words"]) for r in rows("words.psv") if r["kind"] == "affairs")
    written = [w for of, words in (*tables, *listed) if of == lang for w in cells(words)]
    return with_heads(frozenset(map(key, written)))


@cache
def _kept(lang: str) -> Kept[bool]:
    return Kept(_known(lang).__contains__)


def affairs(words: Words, lang: str) -> list[int]:
    """Return where the words of public affairs among the words of a text of a language begin, in order."""
    return [words[index].start for index in words.where(_kept(lang))]
