"""Foreign names in Arabic letters that no list knows: told by their letters, and by a sign beside them.

Rules:
1. a run of two to four words, none of them one of the language, of a list or of the knowledge file, whose
   letters are together those of a foreign name (``language/letters.py``); one word of it may look plain;
2. a sign that somebody is meant stands beside it: before it a title, a nationality, a trade or kinship,
   ``يدعى``, ``الرهينتان``, a verb of saying, behind it an age, ``الذي``, a title after a comma;
3. a second name joined by 'and' to such a name is one as well.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from tansiq.intake.name_words import name_words, ordinary
from tansiq.intake.page import Page
from tansiq.language.folding import ARABIC
from tansiq.language.letters import foreign
from tansiq.language.lexicon import stopwords, table
from tansiq.language.spans import covering, starting
from tansiq.language.tokens import Token

LONGEST: Final = 4
SHORTEST_LETTERS: Final = 3
STRONG: Final = 0.45
TOGETHER: Final = 0.4
WEAK: Final = -0.25
WEAKEST: Final = -0.9
CUT: Final = 0.12
"""How much more foreign the rest of a word must look for its first letter to be a joined particle."""
JOINED: Final = "وفبلك"
AGE: Final = re.compile(r" ?\(? ?\d\d (?:عاما|سنه|عام)|\s?\(\d\d\)")
CUES: Final = ("speech", "events", "promises", "status", "according", "happened", "abstract")
NAME: Final = frozenset(
    {
        "يدعي",
        "تدعي",
        "اسمه",
        "اسمها",
        "المدعو",
        "المدعوه",
        "يسمي",
        "تسمي",
        "هما",
        "هم",
        "بينهم",
        "منهم",
        "السيد",
    }
)


@cache
def _people_words() -> frozenset[str]:
    """Return words that somebody is called by before his name: trades, kin, what befell him."""
    return frozenset(table("words.psv", "somebody")) | NAME


@cache
def _particles() -> frozenset[str]:
    return frozenset(w for w, v in table("roles.psv", "particle").items() if v == "ar")


@lru_cache(maxsize=32_768)
def looks(text: str) -> float | None:
    """Return how foreign a word looks that is in no list of words, None for any other."""
    if len(text) < SHORTEST_LETTERS or not text.isalpha() or not ARABIC.match(text) or text in stopwords():
        return None
    if text.startswith(("ال", "لل", "وال", "بال", "فال")) or ordinary(text):
        return None
    return STRONG if text in name_words() else foreign(text)


def strange(page: Page, word: Token) -> float | None:
    """Return how foreign a word looks that means nothing else here, None for any other word."""
    seen = looks(word.text)
    if seen is None:
        return None
    if covering(page.mentions, word.start) or word.start in page.covered:
        return None
    if any(h.start == word.start for kind in CUES for h in page.hits(kind, word.start, word.start + 1)):
        return None
    counted = bool(starting(page.figures, word.start, word.end))
    timed = bool(starting(page.times, word.start, word.end))
    return None if counted or timed else seen


def may_be_foreign(word: str) -> bool:
    """Tell whether a foreign name may begin with a word, by its letters."""
    return looks(word[_cut(word) :]) is not None


def foreign_run(page: Page, index: int, *, told: bool, beside: bool = False) -> tuple[int, int, int] | None:
    """Return first word, end and letters cut of a foreign name that begins at a word.

    ``told`` = a title stands before it, ``beside`` = a name, and the word begins with 'and' (rule 3).
    """
    if index + 1 >= len(page.words):
        return None
    cut, follow = 1 if beside else _cut(page.words[index].text), page.words[index + 1].text
    if looks(page.words[index].text[cut:]) is None or (looks(follow) is None and follow not in _particles()):
        return None
    end = _end(page, index, cut, told=told or beside)
    if end is None:
        return None
    return (index, end, cut) if told or beside or _signed(page, index, end) else None


@lru_cache(maxsize=32_768)
def _cut(word: str) -> int:
    if len(word) < 5 or word[0] not in JOINED or word in name_words():
        return 0
    rest = word[1:]
    return int(rest in name_words() or foreign(rest) > foreign(word) + CUT)


def _end(page: Page, index: int, cut: int, *, told: bool) -> int | None:
    scores: list[float] = []
    at = index
    while at < len(page.words) and at - index < LONGEST:
        word = page.words[at]
        if at > index and page.text[page.words[at - 1].end : word.start] != " ":
            break
        if at > index and word.text in _particles():
            at += 1
            continue
        seen = strange(page, word) if at > index or not cut else _first(page, word, cut)
        if seen is None or seen < (WEAKEST if told else WEAK) or (at > index and joined_and(word.text)):
            break
        scores.append(seen)
        at += 1
    while at > index and page.words[at - 1].text in _particles():
        at -= 1
    fit = len(scores) > 1 and max(scores) >= STRONG and sum(scores) / len(scores) >= (0 if told else TOGETHER)
    return at if fit else None


def joined_and(word: str) -> bool:
    """Tell whether the first letter of a later word is rather 'and' before another name."""
    if word[0] != "و" or word in name_words():
        return False
    return word[1:] in name_words() or foreign(word[1:]) > foreign(word) - CUT


def _first(page: Page, word: Token, cut: int) -> float | None:
    return strange(page, Token(word.start + cut, word.end, word.text[cut:]))


def _signed(page: Page, index: int, end: int) -> bool:
    """Rule 2."""
    words = page.words
    start, stop = words[index].start, words[end - 1].end
    before = words[index - 1] if index else None
    close = before is not None and page.text[before.end : start].strip(" \"'،:") == ""
    if close and before is not None:
        if before.text in _people_words() or before.text[1:] in _people_words():
            return True
        nation = covering(page.mentions, before.end - 1)
        if nation is not None and nation.alias.adjective and "ال" in nation.prefix:
            return True
        if any(h.end == before.end for h in page.hits("speech", before.start - 12, before.end)):
            return True
    if AGE.match(page.text, stop):
        return True
    after = words[end] if end < len(words) else None
    if after is None:
        return False
    gap = page.text[stop : after.start]
    relative = after.text in ("الذي", "التي") and gap in (" ", "، ")
    return relative or (gap == "، " and after.text in table("roles.psv", "title"))
