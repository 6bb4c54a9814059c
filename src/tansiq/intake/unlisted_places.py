"""Arabic places that no list names, told by the noun before them: ``غابة واغادو``, ``قرية تين أبو``.

Rules:
1. after a noun of settlement or landscape without article the next word is its name, if it is no word of the
   language, no name of the knowledge file, no time or figure, and has neither article nor an adjective's end;
2. a first word that many names of the Sahara share (``تين``, ``إن``, ``حاسي``) takes the next one with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tansiq.intake.name_words import ordinary
from tansiq.intake.page import Page
from tansiq.language.lexicon import any_of, stopwords, table
from tansiq.language.sought import sought
from tansiq.language.spans import covering, starting
from tansiq.language.tokens import Token

NOUNS: Final = sought(rf"(?<![^\W_])[وف]?[بلك]?(?:{any_of(table('words.psv', 'place_noun'))}) (?=[^\W_])")
FIRST: Final = frozenset({"تين", "تن", "ان", "عين", "حاسي", "برج", "ام", "ابو", "بئر", "بير", "كل", "اوسيد"})
ADJECTIVE: Final = re.compile(r"(?:يه|ه|ين|ات|وي|ي)$")
SHORTEST: Final = 4


def unlisted_places(page: Page) -> Iterator[tuple[int, int]]:
    """Yield the folded range of each such name of an Arabic page, in order."""
    if page.lang != "ar":
        return
    for match in NOUNS.finditer(page.text):
        index = page.word_at(match.end())
        word = page.words[index]
        if word.text in FIRST and index + 1 < len(page.words):
            word = page.words[index + 1]
            if page.text[page.words[index].end : word.start] != " ":
                continue
        if word.text not in stopwords() and _unknown(page, word):
            yield page.words[index].start, word.end


def _unknown(page: Page, word: Token) -> bool:
    """Rule 1."""
    text = word.text
    if len(text) < SHORTEST or text.startswith(("ال", "لل", "وال", "بال")) or ADJECTIVE.search(text):
        return False
    if not text.isalpha() or text[0] in "يتس" or ordinary(text) or covering(page.mentions, word.start):
        return False
    told = any(page.hits(kind, word.start, word.start + 1) for kind in page.cues)
    counted = bool(starting(page.figures, word.start, word.end))
    timed = bool(starting(page.times, word.start, word.end))
    return not (told or counted or timed) and not page.knowledge.named(text)
