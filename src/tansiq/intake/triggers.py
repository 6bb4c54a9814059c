"""What a word that may tell an event is here: an act, the name of one, a purpose, a count, or nothing.

Rules:
1. a verb in the past or a participle behind an auxiliary is an act; a noun, or a verb behind an article,
   names one; an infinitive or ``أن`` with a verb is a purpose, and tells an event only under a mark of
   a plan, a failure or a denial;
2. 'dead', ``قتلى`` count only with a number beside them;
3. a name behind 'against', 'the risk of' is none (``abstract``); a definite name without anything of its
   own ('the attack') points back.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from tansiq.intake.lexemes import PRONOUNS, Hit, infinitives
from tansiq.intake.page import Page
from tansiq.language.conjugation import english_pasts

Role = Literal["act", "name", "aim", "count"]
AUXILIARY: Final = frozenset(
    [
        "a", "ont", "ete", "avoir", "est", "sont", "avait", "avaient", "ayant", "etait", "etaient", "aurait",
        "auraient", "serait", "seraient", "fut", "furent", "etre", "sera", "seront", "was", "were", "been",
        "had", "has", "have", "be", "being", "is", "are",
    ]
)  # fmt: skip
BETWEEN: Final = frozenset(
    ["egalement", "aussi", "ete", "deja", "ainsi", "bien", "recemment", "tous", "depuis", "been", "also",
     "already", "recently", "both", "reportedly", "allegedly", "since", "ensuite", "finalement", "then"]
)  # fmt: skip
ARTICLES: Final = frozenset(
    ["l", "la", "le", "les", "une", "un", "des", "cette", "ce", "ces", "cet", "d", "du", "de", "son", "sa",
     "leur", "leurs", "ses", "the", "a", "an", "this", "that", "its", "their", "of", "aucune", "aucun", "no",
     "premiere", "nouvelle", "derniere", "double", "another", "first", "second", "such", "any"]
)  # fmt: skip
TO: Final = frozenset(["to", "will", "would", "could", "should", "may", "might", "shall", "can", "must"])
LEADING: Final = frozenset(
    ["se", "s", "ont", "a", "est", "sont", "was", "were", "has", "have", "had", "avaient", "avait"]
)
"""A phrase that begins with one of these is an act: ``sont convenus``, ``s'est rendu``, 'was created'."""
ENDINGS: Final = ("e", "es", "ee", "ees", "i", "is", "us", "u", "ent", "a", "ont", "ait")
INFINITIVE: Final = ("er", "ir", "ettre", "attre", "endre")
SUBJUNCTIVE: Final = re.compile(r"(?<![^\W_])(?:أن|ان|لكي|كي|لن)\s+$")
ARTICLE: Final = re.compile(r"[وف]?(?:[بك]?ال|لل)")
PLURAL: Final = re.compile(r"(?:ات|ييات)$|[^s]s$")


def role(page: Page, hit: Hit) -> Role:
    """Return what a trigger is, by its form and its neighbours (rule 1)."""
    if hit.sense.pos == "count":
        return "count"
    if page.lang == "ar":
        return _arabic(page, hit)
    word = page.words[hit.first].text
    verb = hit.sense.pos == "verb"
    if verb and page.lang == "fr" and word in PRONOUNS:
        return "aim" if page.words[hit.first + 1].text in infinitives() else "act"
    before = [w.text for w in page.words[max(0, hit.first - 3) : hit.first]]
    while before and before[-1] in BETWEEN:
        before.pop()
    last = before[-1] if before else ""
    if auxiliary(page, last) and not word.endswith("ing"):
        return "act"
    if last in TO:
        return "aim"
    if page.lang == "fr" and _infinitive(hit, word):
        return "aim"
    return _latin(page.lang, hit, word, last)


def _infinitive(hit: Hit, word: str) -> bool:
    """Tell whether a French trigger is an infinitive; what is not listed as a verb only if it is one word."""
    if hit.sense.pos == "verb":
        return word in infinitives()
    return word.endswith(INFINITIVE) and hit.last - hit.first == 1


def auxiliary(page: Page, word: str) -> bool:
    """Tell whether a folded word is an auxiliary; the English ``a`` is an article."""
    return word in AUXILIARY and (page.lang, word) != ("en", "a")


def unaided(page: Page, index: int) -> bool:
    """Tell whether the word of an index, a participle, stands without an auxiliary: 'the nurse taken at'."""
    return not any(auxiliary(page, w.text) for w in page.words[max(0, index - 3) : index])


def _latin(lang: str, hit: Hit, word: str, last: str) -> Role:
    verb, phrase = hit.sense.pos == "verb", hit.last - hit.first > 1
    if (phrase and word in LEADING) or (verb and hit.sense.tense != "none"):
        return "act"
    if lang == "en":
        past = word.endswith("ed") or word in english_pasts()
        return "act" if past or (verb and phrase and not word.endswith("ing")) else "name"
    if verb and last not in ARTICLES:
        return "act"
    if last in ARTICLES or phrase:
        return "name"
    return "act" if word.endswith(ENDINGS) else "name"


def _arabic(page: Page, hit: Hit) -> Role:
    if hit.sense.pos != "verb" and hit.sense.pos != "any":
        return "name"
    if hit.sense.tense == "present" and SUBJUNCTIVE.search(page.text[max(0, hit.start - 6) : hit.start]):
        return "aim"
    return "act"


def definite(page: Page, hit: Hit) -> bool:
    """Tell whether a name points back: 'the attack', ``الهجوم``, 'this meeting' (rule 3)."""
    if page.lang == "ar":
        return ARTICLE.match(page.text[hit.start : hit.end]) is not None
    before = [w.text for w in page.words[max(0, hit.first - 2) : hit.first]]
    return bool(
        {"the", "this", "that", "l", "la", "le", "les", "cette", "ce", "cet", "ces"} & set(before[-1:])
    )


def plural(page: Page, hit: Hit) -> bool:
    """Tell whether a name is one of many: 'attacks', ``هجمات``."""
    return PLURAL.search(page.words[hit.last - 1].text) is not None
