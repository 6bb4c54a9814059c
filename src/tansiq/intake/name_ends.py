"""Where an Arabic name that the rules read ends, and who is named twice in a row.

Rules:
1. a rank (``رفقة العقيد …``) opens the name of somebody else;
2. a part of the day before a day (``المقداد صباح اليوم``) tells when;
3. a preposition joined to a noun of action, to a noun of the trade or to a plain word (``حسيني لصحيفة``,
   ``هادي بمواصلة الحرب``) goes on with the sentence. Nouns of action are told by their forms, for no list
   holds them all; a part of names that looks like one is a part of names;
4. a second name behind ``alias``, ``الملقب`` is that of the same person, in all three languages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from tansiq.intake.name_words import KEPT, name_words, plain_words
from tansiq.intake.offices import Person
from tansiq.intake.page import Page
from tansiq.language.lexicon import cells, rows, table
from tansiq.language.normalise import key
from tansiq.language.spans import starting
from tansiq.language.tokens import Token

ACTION: Final = re.compile(
    r"م\wا\w{1,2}ه|ت\w{2}ي\w|ت\wا\w{2}|است\w{3,5}|(?!ال)ا\w{2,3}ا\wه?|(?!ال)ا\w{3}اء|تا?\w{2,3}ه"
)
"""مفاعلة, تفعيل, تفاعل, استفعال, إفعال and انفعال or افتعال, تفعلة, as folding writes them."""
ALSO: Final = re.compile(
    r" ?,? ?(?:(?:alias|aka|surnommee?|nicknamed|also known as|الملقبه?|المكنيه?|المعروفه?|المشهوره?) "
    r"(?:ب|باسم )?)[\"'«“]? ?"
)
TRADES: Final = ("newspaper", "agency", "broadcaster")


@cache
def _ranks() -> frozenset[str]:
    return frozenset(w for w, v in table("roles.psv", "military_rank").items() if v == "ar")


@cache
def _trade() -> frozenset[str]:
    listed = (w for r in rows("sources.psv") if r["kind"] in TRADES for w in cells(r["words"]))
    return frozenset(key(w) for w in listed if " " not in w)


@cache
def _day_parts() -> frozenset[str]:
    return frozenset(table("times.psv", "dayword")) | {
        "ضحي",
        "عصر",
        "غداه",
        "منتصف",
        "مطلع",
        "اواخر",
        "اوايل",
    }


def ends_name(page: Page, words: list[Token], at: int) -> bool:
    """Tell whether the word at an index is no part of the name that stands before it."""
    word = words[at].text
    if word in _ranks() or leads_on(word):
        return True
    if word not in _day_parts() or at + 1 >= len(words):
        return False
    after = words[at + 1]
    return bool(starting(page.times, after.start, after.end))


def also_called(page: Page, found: Sequence[Person]) -> dict[int, str]:
    """Return the start of a person named a second time in a row → the first name (rule 4)."""
    pairs = pairwise(found)
    return {b.start: a.canonical for a, b in pairs if a.named and ALSO.fullmatch(page.text[a.end : b.start])}


@lru_cache(maxsize=KEPT)
def leads_on(word: str) -> bool:
    """Tell whether a preposition joined to a folded word goes on with the sentence (rule 3)."""
    cut = re.match(r"[وف]?[بلك](?=\w{3})", word)
    if cut is None or word in name_words():
        return False
    rest = word[cut.end() :]
    return rest in plain_words() or rest in _trade() or ACTION.fullmatch(rest) is not None
