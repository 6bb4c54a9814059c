"""Arabic persons that a proposer alone sees: whether they are made of words alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from tansiq.intake.name_words import USUAL, bare, name_words
from tansiq.intake.page import Page
from tansiq.intake.proposals import Proposal
from tansiq.language.letters import foreign
from tansiq.language.lexicon import table
from tansiq.language.spans import covering, starting
from tansiq.language.tokens import Token

STRONG: Final = 0.45  # letters of a foreign name


def words_of(page: Page, each: Proposal) -> list[Token]:
    """Return the words of a proposal, the first without the particles joined to it."""
    words = list(starting(page.words, each.start, each.end))
    opening = covering(page.words, each.start)
    if opening is not None and opening.start < each.start:
        return [Token(each.start, opening.end, opening.text[each.start - opening.start :]), *words]
    return words


def made_of_words(page: Page, each: Proposal) -> bool:
    """Tell whether an Arabic person is made of words alone: no given name, no foreign letters, no title.

    A single word needs a title before it, or to be a usual given name; an adjective is none even then.
    """
    words = words_of(page, each)
    if any(_usual(w.text) for w in words):
        return False
    if len(words) > 1 and any(foreign(w.text) > STRONG for w in words):
        return False
    before = covering(page.words, each.start - 2)
    titled = before is not None and _title(before.text)
    if len(words) > 1:
        return not titled and all(foreign(w.text) < 0 for w in words) and not _descended(words)
    text = words[0].text if words else ""
    return not titled or (text.endswith("ي") and not text.startswith("ال"))


def _descended(words: Sequence[Token]) -> bool:
    return any(w.text in table("roles.psv", "name_particle") for w in words)


def _title(word: str) -> bool:
    titles = table("roles.psv", "title")
    return word in titles or word[1:] in titles or bare(word) in titles


@cache
def _usual_words() -> frozenset[str]:
    known = (w for w, (_, part, count) in name_words().items() if part in ("g", "w") and count >= USUAL)
    return frozenset(known) - table("roles.psv", "common_given").keys() | {"عبد"}


def _usual(word: str) -> bool:
    return word in _usual_words() or (word[0] in "وفبلك" and word[1:] in _usual_words())
