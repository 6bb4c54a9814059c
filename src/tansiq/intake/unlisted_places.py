"""Arabic places that no list names, told by the noun before them: ``غابة واغادو``, ``قرية تين أبو``.

Rules:
1. after a noun of settlement or landscape without article the next word is its name, if it is no word of the
   language, no name of the knowledge file, no time or figure, and has neither article nor an adjective's end;
2. a first word that many names share (``تين``, ``إن``, ``حاسي``, ``تل``) takes the next one with it;
3. behind a noun of settlement (``بلدة``, ``قرى``) a name may have the article and any end: an adjective with
   the article would need it before the noun, too;
4. behind a plural or a dual another name follows each 'and' (``قرى الجورة والمهدية والتومة``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from tansiq.intake.name_words import ordinary
from tansiq.intake.page import Page
from tansiq.language.lexicon import any_of, stopwords, table
from tansiq.language.sought import sought
from tansiq.language.spans import covering, starting
from tansiq.language.tokens import Token

LANDS: Final = frozenset(table("words.psv", "place_noun"))
SETTLED: Final = frozenset(table("words.psv", "settlement"))
SEVERAL: Final = frozenset(table("words.psv", "settlements"))
NOUNS: Final = sought(
    rf"(?<![^\W_])[وف]?[بلك]?(?P<noun>{any_of(LANDS | SETTLED | SEVERAL)}) (?:\" ?)?(?=[^\W_])"
)
FIRST: Final = frozenset(table("words.psv", "place_first"))
ADJECTIVE: Final = re.compile(r"(?:يه|ه|ين|ات|وي|ي)$")
COUNTED: Final = re.compile(r"(?:ين|ون|ان)$")
SHORTEST: Final = 4
MOST: Final = 6
"""Names in a row."""


@cache
def _no_names() -> frozenset[str]:
    """Return words with the article that stand behind a noun of settlement and name none."""
    return frozenset(table("words.psv", "no_place"))


def unlisted_places(page: Page) -> Iterator[tuple[int, int]]:
    """Yield the folded range of each such name of an Arabic page, in order."""
    if page.lang != "ar":
        return
    for match in NOUNS.finditer(page.text):
        index = page.word_at(match.end())
        if match["noun"] in SEVERAL:
            yield from _row(page, index)
        elif (last := _last(page, index, 0, settled=match["noun"] in SETTLED)) is not None:
            yield page.words[index].start, page.words[last].end


def _row(page: Page, index: int) -> Iterator[tuple[int, int]]:
    """Rule 4; what a list names is passed over."""
    for cut in (0, *(1,) * MOST):
        word = page.words[index]
        joined = word.text[0] == "و" and page.text[page.words[index - 1].end : word.start] == " "
        if joined != bool(cut):
            return  # ``قرى ومدارس``
        last, known = _last(page, index, cut, settled=True), covering(page.mentions, word.start + cut)
        if last is not None:
            yield word.start + cut, page.words[last].end
        elif known is not None and known.entry.kind == "place":
            last = page.word_at(known.end - 1)
        else:
            return
        index = last + 1
        if index >= len(page.words):
            return


def _last(page: Page, index: int, cut: int, *, settled: bool) -> int | None:
    """Return the index of the last word of a name that begins at a word without ``cut`` letters."""
    first = page.words[index]
    words = page.words
    if first.text[cut:] in FIRST:
        if index + 1 >= len(words) or page.text[first.end : words[index + 1].start] != " ":
            return None
        return index + 1 if _unknown(page, words[index + 1], 0, settled=True) else None
    if first.text in stopwords() or first.text[cut:] in stopwords():
        return None
    return index if _unknown(page, first, cut, settled=settled) else None


def _unknown(page: Page, word: Token, cut: int, *, settled: bool) -> bool:
    """Rules 1 and 3."""
    text, start = word.text[cut:], word.start + cut
    fixed = text.startswith("ال")
    if len(text) < SHORTEST or not text.isalpha() or (fixed and len(text) < SHORTEST + 1):
        return False
    if fixed and not (settled and _may_name(text)):
        return False
    if not fixed and (text[0] in "يتس" or text.startswith(("لل", "وال", "بال")) or ADJECTIVE.search(text)):
        return False
    if ordinary(text) or covering(page.mentions, start) or covering(page.mentions, start + 2 * fixed):
        return False
    told = any(page.hits(kind, word.start, word.start + cut + 1) for kind in page.cues)
    counted = bool(starting(page.figures, start, word.end))
    timed = bool(starting(page.times, start, word.end))
    return not (told or counted or timed) and not page.knowledge.named(text)


def _may_name(text: str) -> bool:
    """Tell whether a word with the article may be the name of a village."""
    bare = text[2:]
    return text not in _no_names() and not (ordinary(text) or ordinary(bare)) and not COUNTED.search(bare)
