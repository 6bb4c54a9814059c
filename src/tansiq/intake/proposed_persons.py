"""Persons that a proposer alone sees: where such a name ends, and Arabic ones made of words alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from tansiq.intake.foreign_names import joined_and
from tansiq.intake.latin_names import in_front
from tansiq.intake.name_words import USUAL, bare, name_words
from tansiq.intake.page import Page
from tansiq.intake.proposals import Proposal
from tansiq.language.letters import foreign
from tansiq.language.lexicon import stopwords, table
from tansiq.language.spans import covering, starting
from tansiq.language.tokens import Token

STRONG: Final = 0.45  # letters of a foreign name
ALIAS: Final = frozenset(
    {"alias", "aka", "surnomme", "surnommee", "nicknamed", "الملقب", "الملقبه", "المكني"}
)
"""What he is called besides stands behind it."""


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


@cache
def small_words() -> frozenset[str]:
    """Return words that are no name by themselves: small ones, prepositions, titles."""
    return stopwords() | frozenset(table("words.psv", "of")) | frozenset(table("roles.psv", "title"))


@cache
def parts_of_names() -> frozenset[str]:
    """Return the Arabic words that names are made of."""
    return frozenset(name_words()) | frozenset(table("roles.psv", "particle"))


def person_cut(page: Page, each: Proposal) -> Proposal:
    """Return a person without titles and small words in front and other names behind, if a name is left."""
    words = words_of(page, each)
    ranks = table("roles.psv", "rank")
    inner = [at for at, w in enumerate(words[:-1]) if at and w.text in ranks]
    words = words[inner[-1] + 1 :] if inner else words
    opening = in_front() if page.lang != "ar" else small_words() - parts_of_names()
    while len(words) > 1 and words[0].text in opening:
        words = words[1:]
    called = next((at for at, w in enumerate(words) if at and w.text in ALIAS), len(words))
    words = words[:called]
    other = next((at for at in range(2, len(words)) if joined_and(words[at].text)), len(words))
    words = words[:other]
    return each._replace(start=words[0].start, end=min(each.end, words[-1].end)) if words else each
