"""Somebody killed, hurt or taken, told without a number: one soldier in ``مقتل جندي``, ``a guard was shot``.

Rules:
1. the noun is a person's in the singular, without an article that says he was told of before;
2. the verb stands right before it (``killed a guard``, ``إصابة شرطي``) or, in French and English, as its
   passive behind it (``un soldat a été blessé``); what is denied, planned or feared counts, too, for the
   number is told all the same;
3. a number, another noun of the plural or 'every' before it, or 'of' behind a name, makes it none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from tansiq.intake.page import Page
from tansiq.intake.shape import Quantity
from tansiq.language.lexicon import holding, table

ARABIC_HARM: Final = (
    r"(?<![^\W_])[وف]?(?:(?:ب|ل)?(?:مقتل|اصابه|استشهاد|اغتيال|اختطاف|خطف|جرح|وفاه|مصرع)"
    r"|(?:قتل|قتلت|اصيب|اصيبت|استشهد|اغتيل|اختطف|خطف|جرح|قضي)(?: (?:في|خلال|اثر|علي) "
    r"[^\W\d_]+)?(?: (?:خلاله|خلالها|فيه|فيها))?)"
    r" (?P<noun>[^\W\d_]{2,10})(?P<who> [^\W\d_]+)?(?![^\W_])"
)
HARM: Final = {
    "ar": re.compile(ARABIC_HARM),
    "fr": re.compile(
        r"(?<![^\W_])(?:(?:tuant|blessant|tue|blesse|abattu|enleve|abattant|enlevant|mort d'|vie a|mort de) ?"
        r"(?P<before>une? (?P<noun>[^\W\d_]{3,14}))"
        r"|(?P<after>une? (?P<one>[^\W\d_]{3,14})(?: [^\W\d_]{3,14}){0,2}) (?:a|avait|aurait|est"
        r"|serait|a ete|avait ete|aurait ete|ont ete)"
        r"(?: ete)?(?: (?:legerement|grievement))? (?:tue|blesse|abattu|enleve|mort|decede"
        r"|egorge))e?(?![^\W_])"
    ),
    "en": re.compile(
        r"(?<![^\W_])(?:(?:kill(?:ed|ing)|wound(?:ed|ing)|injur(?:ed|ing)|shot dead|shooting dead"
        r"|abduct(?:ed|ing)|kidnapp(?:ed|ing)|death of) "
        r"(?P<before>an? (?:[a-z]+ )??(?P<noun>[a-z]{3,14}))"
        r"|(?P<after>an? (?:[a-z]+ )?(?P<one>[a-z]{3,14})) (?:was|has been|had been|is) (?:\w+ly )?"
        r"(?:killed|wounded|injured|shot|abducted|kidnapped))(?![^\W_])"
    ),
}  # fmt: skip
NEEDS: Final = {
    "ar": ("قتل", "صاب", "صيب", "شهد", "شهاد", "غتي", "خطف", "ختط", "جرح", "وفاه", "مصرع", "قضي"),
    "fr": ("tu", "bless", "abatt", "enlev", "mort", "vie a"),
    "en": ("kill", "wound", "injur", "shot", "shoot", "abduct", "kidnap", "death"),
}  # fmt: skip
SINGULAR: Final = frozenset(table("words.psv", "one_person"))


def casualties(page: Page) -> Iterator[Quantity]:
    """Yield one for each person who is said to be killed, hurt or taken and is not counted otherwise."""
    for match in holding(HARM[page.lang], page.text, *NEEDS[page.lang]):
        groups = match.groupdict()
        noun = groups["noun"] or groups.get("one") or ""
        if noun not in SINGULAR:
            continue
        part = "noun" if page.lang == "ar" else ("before" if groups["before"] else "after")
        start, end = match.span(part)
        s, e = page.folded.span(start, end)
        yield Quantity(1, False, _unit(noun), (s, e), page.folded.source[s:e])


@cache
def _unit(noun: str) -> str:
    return table("units.psv", "unit").get(noun, "person")
