"""Which language a text is in: Arabic by its letters, French and English by their small words and shapes.

A title of four words has few small words, so that the usual words of the project's own texts, the endings of
words, elisions and accents are counted too; of these only what is left in doubt depends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from tansiq.language.kept import Kept
from tansiq.language.lexicon import table

Lang = Literal["ar", "fr", "en"]
SMALL: Final = {"fr": frozenset(table("words.psv", "french")), "en": frozenset(table("words.psv", "english"))}
USUAL: Final = table("words.psv", "tongue")
FRENCH_SHAPE: Final = re.compile(
    r"(?:aient|eux|euses?|eurs?|ee|ees|ement|ique|iques|oire?s?|elles?|ettes?|ait|ais|eaux?|iers?|ieres?|ages?"
    r"|ez|isme|ois|oises?|iennes?|iens?|ance|ence|ites?|tre|ble|que|gne|lle|nne|sse|oux?)$"
)
ENGLISH_SHAPE: Final = re.compile(
    r"(?:ing|ings|ed|ly|ness|ships?|ght|ick|ock|ers|ill|ills|all|alls|ell|own|ow|ows|ay|ays|ey|eys|ty|ity|ties"
    r"|th|sh|ck|cks|ld|lds|rd|rds|ful|less|ries|ies|ee|eed|oo\w|ous|ces|dge|tch)$|^(?:wh|th|sh|kn|wr)"
)
ACCENTS: Final = re.compile(r"[éèêëàâçùûôîïœÉÈÊÀÇÔÎ]")
LONG_ENOUGH: Final = 400  # letters beyond which accents are not counted any more


def language_of(words: Sequence[str], source: str = "") -> Lang:
    """Return the language of folded words; ``source`` is the text as read, for its accents."""
    arabic = sum(["\u0621" <= w[:1] <= "\u064a" for w in words])  # as ``ARABIC``
    if 2 * arabic >= len(words):
        return "ar"
    french = 0.5 * len(ACCENTS.findall(source[:LONG_ENOUGH])) if len(source) <= LONG_ENOUGH else 0.0
    leaning = sum(map(_leaning.__getitem__, words))
    return "fr" if french + leaning > 0 else "en"


@Kept
def _leaning(word: str) -> float:
    """Return how much more a word tells for French than for English; all weights are halves, and add up."""
    return _told(word, "fr") - _told(word, "en")


def _told(word: str, lang: Literal["fr", "en"]) -> float:
    """Return what one word tells for a language."""
    if word in SMALL[lang]:
        return 2.0
    if word in USUAL:
        return 1.5 if USUAL[word] == lang else 0.0
    shape = FRENCH_SHAPE if lang == "fr" else ENGLISH_SHAPE
    return 0.5 if len(word) > 3 and shape.search(word) else 0.0
