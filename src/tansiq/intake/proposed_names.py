"""Names that a proposer alone sees: persons that end in a small word, places that stand as none do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from tansiq.intake.name_words import name_words
from tansiq.intake.page import Page
from tansiq.intake.proposals import Proposal
from tansiq.language.letters import foreign
from tansiq.language.lexicon import stopwords, table
from tansiq.language.normalise import WORD
from tansiq.language.spans import starting

STRANGE: Final = 0.2  # letters of a place that no list holds
ENDLESS: Final = frozenset({"لو", "دي", "دو", "دا"})
COUNTED: Final = frozenset({"الف", "الاف", "مليون", "مليونا", "ملايين", "الفا"})
INDOORS: Final = re.compile(
    r"(?<![^\W_])[وف]?[بل]?(?:ال|لل)?(?:حي|مسجد|جامع|فندق|شارع|ساحه|نهج|سوق|بئر|بير|ضاحيه) $"
)
SETTLED: Final = re.compile(
    r"(?<![^\W_])(?:in|near|outside|village of|town of|towns of|hamlet of|villages of|from"
    r"|(?:village|villages|localite|commune|ville|hameau|bourg|bourgade|puits|sud|nord|est|ouest) (?:de |d')"
    r"|pres de|a|entre) ?$"
)

HEAD_OF: Final = 24  # folded letters before a body in which its head may stand: ``commandant de l'``
OF_HEAD: Final = re.compile(
    r"(?<![^\W_])(?:chief|head|commander|director|chef|commandant|directeur) (?:of|de|du|des|d')"
    r" ?(?:the |la |l'|les )?$"
)


def no_end(page: Page, each: Proposal, words: Sequence[str]) -> bool:
    """Tell whether a person ends in a small word, or is counted: ``نبيل لو``, ``ألف نسمة ولد``."""
    before = WORD.findall(page.text[max(0, each.start - 12) : each.start])
    counted = bool(before) and before[-1] in COUNTED
    titled = bool(before) and any(w in table("roles.psv", "title") for w in (before[-1], before[-1][1:]))
    if len(words) == 1 and not titled:
        return not _named_more(page, each)
    return counted or (len(words) > 1 and (words[-1] in stopwords() or words[-1] in ENDLESS))


def _named_more(page: Page, each: Proposal) -> bool:
    """Tell whether a single name stands elsewhere beside another part of names."""
    text = page.text[each.start : each.end]
    at = page.text.find(text)
    while at >= 0:
        near = WORD.findall(page.text[max(0, at - 14) : at])[-1:]
        if at != each.start and any(w in name_words() for w in near):
            return True
        at = page.text.find(text, at + 1)
    return False


def lies_there(page: Page, each: Proposal, words: Sequence[str]) -> bool:
    """Tell whether a place that no list holds stands as places do ."""
    if page.knowledge.named(page.text[each.start : each.end]) is not None:
        return True
    before = page.text[max(0, each.start - 30) : each.start]
    if page.lang != "ar":
        return len(words) > 1 or SETTLED.search(before) is not None
    strange = max(foreign(w) for w in words) > STRANGE
    return strange and INDOORS.search(before) is None and words[-1] != "المكان"


def in_office(page: Page, each: Proposal) -> bool:
    """Tell whether a body is only what one named behind it is the head of: 'Chief of Defence Staff X'."""
    before = page.text[max(0, each.start - HEAD_OF) : each.start]
    behind = page.folded.source[page.folded.span(each.start, each.end)[1] :][:2]
    return OF_HEAD.search(before) is not None and behind[:1] == " " and behind[1:].isupper()


@cache
def _uncapitalised() -> frozenset[str]:
    return frozenset(table("words.psv", "english")) | frozenset(table("words.psv", "of"))


@cache
def _days() -> frozenset[str]:
    return frozenset(table("times.psv", "weekday")) | frozenset(table("times.psv", "month"))


def capitalised(page: Page, each: Proposal) -> bool:
    """Tell whether a Latin name has capitals in all its words but the small ones, and holds no time."""
    small, days = _uncapitalised(), _days()
    words = starting(page.words, each.start, each.end)
    capital = (page.folded.source[page.folded.starts[w.start]].isupper() or w.text.isdigit() for w in words)
    fit = all(c or (w.text in small and w.text != "by") for c, w in zip(capital, words, strict=True))
    return fit and not any(w.text in days for w in words)
