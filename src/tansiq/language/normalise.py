"""Index terms: the words of a text, folded and stemmed, as both text engines store and ask for them.

Folding itself is in ``folding``; it is offered here too.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import chain
from typing import Final

from tansiq.language.folding import ARABIC, LONGEST_KEPT, WORD, Folded, fold, key
from tansiq.language.lexicon import cells, rows

__all__ = ["ARABIC", "WORD", "Folded", "fold", "key", "stem", "terms"]

PROCLITIC: Final = re.compile(r"^(?:و|ف)?(?:بال|كال|ال|لل)(?=\w{2})|^(?:و|ف)(?=\w{3})")
PARTICLE_AND_NAME: Final = re.compile(r"^[وف]?[بلك](\w{4,})$")
ENCLITICS: Final = ("هما", "كما", "ها", "هم", "هن", "كم", "نا", "ات", "ون", "ين", "ان", "يه", "ه", "ي")


def stem(word: str) -> str:
    """Return the light stem of one folded word: an Arabic word without joined particles and endings,
    a Latin word without the usual plural and feminine endings. Never empty."""
    return _stem(word) if len(word) <= LONGEST_KEPT else _stem.__wrapped__(word)


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    return _arabic_stem(word) if ARABIC.match(word) else _latin_stem(word)


@cache
def _names() -> frozenset[str]:
    """One-word names of states and places, folded: ``بباماكو`` is ``باماكو`` with a particle."""
    files = ("states.psv", "places.psv")
    words = (key(w.partition("@")[0]) for name in files for r in rows(name) for w in cells(r["ar"]))
    return frozenset(w for w in words if " " not in w and len(w) > 3)


def _bare(word: str) -> str:
    """Return a word without joined particles and article; a place loses ``ب``, ``ل``, ``ك`` too."""
    if len(word) < 4 or word in _names():
        return PROCLITIC.sub("", word, count=1) if word.startswith("ال") else word
    joined = PARTICLE_AND_NAME.match(word)
    if joined and joined.group(1) in _names():
        return _bare(joined.group(1))
    return PROCLITIC.sub("", word, count=1)


def _arabic_stem(word: str) -> str:
    bare = _bare(word)
    for ending in ENCLITICS:
        if bare.endswith(ending) and len(bare) - len(ending) >= 3:
            return bare[: -len(ending)]
    return bare


def _latin_stem(word: str) -> str:
    if len(word) < 4 or not word.isalpha():
        return word
    if len(word) == 4:
        return word[:-1] + "i" if word[-1] == "y" else word
    bare = word[:-1] if word[-1] in "sx" else word
    bare = bare[:-1] if bare[-1] == "e" else bare
    bare = bare[:-1] if len(bare) > 4 and bare[-1] == bare[-2] else bare
    return bare[:-1] + "i" if bare[-1] == "y" else bare


def terms(text: str, lang: str = "ar") -> list[str]:  # noqa: ARG001 (the script decides, not the language)
    """Return the index terms of ``text`` in reading order; both text engines store and ask for them verbatim.

    The rules follow the script of each word, whatever language is named, so that a question finds what was
    indexed in any. Up to two letters before an apostrophe (l', qu') and one behind it ('s) are no words.
    """
    # no rule looks past white space, and most tokens come again and again
    tokens = text.split()
    parts = _parts if max(map(len, tokens), default=0) <= LONGEST_KEPT else _parts_of_any
    return list(chain.from_iterable(map(parts, tokens)))


def _parts_of_any(token: str) -> tuple[str, ...]:
    """Return the parts of a token, kept for the next time unless it is a monster."""
    return _parts(token) if len(token) <= LONGEST_KEPT else _parts.__wrapped__(token)


@lru_cache(maxsize=32_768)
def _parts(token: str) -> tuple[str, ...]:
    plain = key(token)
    if "'" not in plain:
        return tuple(stem(word) for word in WORD.findall(plain))
    found: list[str] = []
    for match in WORD.finditer(plain):
        word = match.group()
        before = plain[match.end() : match.end() + 1] == "'"
        behind = plain[match.start() - 1 : match.start()] == "'"
        if word.isalpha() and not ARABIC.match(word) and len(word) <= (2 if before else 1 if behind else 0):
            continue
        found.append(stem(word))
    return tuple(found)
