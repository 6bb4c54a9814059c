"""Arabic spellings of known places that no list holds: ``ميدغوري`` is ``مايدوغوري``.

Rules:
1. a strange word, or two, whose consonants in order are those of one known place alone, is that place; vowel
   letters count for nothing, and ``غ``, ``ق``, ``ج`` and ``ك`` are one where the press writes g;
2. four consonants are enough; three need a word of place before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from tansiq.intake.foreign_names import looks, strange
from tansiq.intake.page import Page
from tansiq.language.folding import LONGEST_KEPT
from tansiq.language.kept import Kept
from tansiq.language.lexicon import cells, rows, table
from tansiq.language.normalise import ARABIC, key
from tansiq.language.tokens import Token

SOUNDS: Final = str.maketrans(
    {
        "غ": "ك",
        "ق": "ك",
        "ج": "ك",
        "گ": "ك",
        "ڤ": "ك",
        "ط": "ت",
        "ث": "ت",
        "ص": "س",
        "ض": "د",
        "ذ": "د",
        "ظ": "د",
    }
)
VOWELS: Final = re.compile(r"[اويءه ىئؤ]")
PLURAL: Final = re.compile(r"(?:ين|ون|ات|يه|وا)$")
ENOUGH: Final = 4
WITH_SIGN: Final = 3
WORDS: Final = 2
JOINED: Final = "وفبل"
KEPT: Final = 32_768
LEAST: Final = -0.6  # how foreign a word must look


@cache
def _known() -> dict[str, str]:
    """Return the consonants of places → their name, without those that two places share.

    They are told as heard and as written, so that ``مايدوغوري`` and ``مادجواري`` stay two.
    """
    found: dict[str, set[str]] = {}
    for row in rows("places.psv"):
        if "region" in row["flags"].split(";"):
            continue
        for alias in cells(row["ar"]):
            plain = key(alias.partition("@")[0])
            if ARABIC.match(plain) and not plain.startswith("ال") and len(plain.split()) <= WORDS:
                for told in (_consonants(plain), _written(plain)):
                    found.setdefault(told, set()).add(row["canonical"])
    return {
        c: names.pop() for c, names in found.items() if len(names) == 1 and len(c.strip("='")) >= WITH_SIGN
    }


def _written(word: str) -> str:
    """Return the consonants of a word as they are written."""
    return f"={VOWELS.sub('', word)}"


def _consonants(word: str) -> str:
    first = word[:1] if word[:1] != "ا" else ""
    return VOWELS.sub("", (first + word[1:]).translate(SOUNDS)) + ("'" if word[:1] in "اويع" else "")


def respelt_places(page: Page) -> Iterator[tuple[int, int, str]]:
    """Yield the folded range and the name of each such place of an Arabic page."""
    if page.lang != "ar":
        return
    until = 0
    for index in page.words.where(_may_begin):
        word = page.words[index]
        if word.start < until:
            continue
        for cut in _cuts(word.text):
            found = _place(page, index, Token(word.start + cut, word.end, word.text[cut:]))
            if found is not None:
                until = found[1]
                yield found
                break


@cache
def _never() -> frozenset[str]:
    """Nationalities of two (``نيجريان``), months and weekdays: near to names of places in their letters."""
    adjectives = (key(w) for r in rows("states.psv") for w in cells(r["ar_adj"]))
    times = (w for kind in ("weekday", "month") for w in table("times.psv", kind))
    return frozenset(a + end for a in adjectives for end in ("ان", "تان", "يا")) | frozenset(times) | NEVER


NEVER: Final = frozenset({"قفص", "فارغ", "قاصي", "اقفاص"})


def _place(page: Page, index: int, word: Token) -> tuple[int, int, str] | None:
    if not _may_open[word.text]:
        return None
    after = page.words[index + 1] if index + 1 < len(page.words) else None
    runs = [(word.text, word.end)]
    if after is not None and page.text[word.end : after.start] == " ":
        runs.insert(0, (f"{word.text} {after.text}", after.end))
    for text, end in runs:
        if (name := _named(text)) is None:
            continue
        bare = len(_consonants(text).rstrip("'"))
        if bare < ENOUGH and not (bare >= WITH_SIGN and _placed(page, index)):
            continue
        seen = strange(page, word)
        whole = end == word.end or (after is not None and strange(page, after) is not None)
        if seen is not None and seen >= LEAST and whole:
            return word.start, end, name
    return None


@cache
def _openings() -> frozenset[str]:
    """Return the consonants of the first words of places, as heard and as written."""
    words = (key(a.partition("@")[0]).split()[0] for r in rows("places.psv") for a in cells(r["ar"]))
    return frozenset(told for w in words for told in (_consonants(w), _written(w)))


@Kept
def _may_begin(word: str) -> bool:
    return len(word) >= WITH_SIGN and any(_may_open[word[cut:]] for cut in _cuts(word))


def _cuts(word: str) -> tuple[int, ...]:
    """Return how many letters of particles may stand before a name in a word."""
    return (0, 1) if word[0] in JOINED else (0,)


@Kept
def _may_open(word: str) -> bool:
    if word in _never():
        return False
    seen = looks(word) if len(word) <= LONGEST_KEPT and PLURAL.search(word) is None else None
    if seen is None or seen < LEAST:
        return False
    return _consonants(word) in _openings() or _written(word) in _openings()


def _named(text: str) -> str | None:
    return _known().get(_consonants(text)) or _known().get(_written(text))


def _placed(page: Page, index: int) -> bool:
    """Tell whether a word of place stands before a word, or ``ب`` on it."""
    if not index:
        return True
    before = page.words[index - 1].text
    places = table("roles.psv", "locative"), table("words.psv", "place_noun")
    return any(before in p or before[1:] in p for p in places)
