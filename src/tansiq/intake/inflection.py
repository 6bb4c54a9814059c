"""The forms under which a word of a list may stand in a text: Arabic nouns and verbs, Latin verbs.

An Arabic noun may carry particles, the article, a case or plural ending or a pronoun; a verb is given by its
past (``نفى+نفي``: past + present stem) and found with person, number, future ``س`` and pronoun. A French or
English verb is given by its infinitive (``language/conjugation.py``). Any other word stands as it is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal

from tansiq.language.conjugation import forms
from tansiq.language.normalise import ARABIC

Tense = Literal["past", "present", "future", "none"]
NOUN_BEFORE: Final = ("", "ال", "ب", "ل", "ك", "بال", "لل", "كال")
NOUN_AFTER: Final = ("", "ا", "ات", "ها", "هم", "هما", "نا", "ين", "ان", "ه", "تين", "هن")
PAST_AFTER: Final = (
    "",
    "ت",
    "وا",
    "ا",
    "تا",
    "ن",
    "نا",
    "ه",
    "ها",
    "هم",
    "ته",
    "تها",
    "تهم",
    "هما",
    "تهما",
    "وه",
    "وها",
    "نه",
)
NOW_BEFORE: Final = ("ي", "ت", "ن", "ا")
NOW_AFTER: Final = ("", "ون", "وا", "ان", "ين", "ه", "ها", "هم", "ن", "ونه", "ونها")


def _noun(word: str) -> Iterator[tuple[str, Tense]]:
    base = word.removeprefix("ال")
    fixed = word.startswith("ال")
    before = ("ال", "بال", "لل", "كال") if fixed else NOUN_BEFORE
    for prefix in before:
        for suffix in NOUN_AFTER:
            yield prefix + base + suffix, "none"
            if base.endswith("ه") and suffix in ("ها", "هم", "هما", "نا", "ه", "ين", "ان"):
                yield prefix + base[:-1] + "ت" + suffix, "none"
        if base.endswith("ه"):
            yield prefix + base[:-1] + "ات", "none"


def _verb(word: str) -> Iterator[tuple[str, Tense]]:
    past, _, now = word.partition("+")
    now = now or past.removeprefix("ا")
    stems = {past, past[:-1] + "ا"} if past.endswith("ي") else {past}
    for stem in stems:
        for suffix in PAST_AFTER:
            yield stem + suffix, "past"
    if past.endswith("ي"):
        for suffix in ("", "ه", "ها", "هم", "هما", "نا"):
            yield past[:-1] + "ت" + suffix, "past"
        yield past[:-1] + "وا", "past"
    for person in NOW_BEFORE:
        for suffix in NOW_AFTER:
            yield person + now + suffix, "present"
            yield "س" + person + now + suffix, "future"


def inflected(word: str, pos: str, lang: str) -> Iterator[tuple[str, Tense]]:
    """Yield the forms of a folded word, each once for each tense that it tells."""
    if not ARABIC.match(word):
        yield from dict.fromkeys(forms(word, lang)) if pos == "verb" else ((word, "none"),)
    elif pos == "verb":
        yield from _verb(word)
    elif pos in ("noun", "phrase", "count"):
        yield from _noun(word)
    else:
        yield word.replace("+", ""), "none"


@lru_cache(maxsize=16_384)
def behind(word: str) -> frozenset[str]:
    """Return the forms of a word inside a phrase: an Arabic one is taken for a noun."""
    return frozenset(form for form, _ in _noun(word)) if ARABIC.match(word) else frozenset({word})
