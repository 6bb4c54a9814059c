"""Participles by which somebody is told by what befell him: ``الرهينة المختطف``, 'men killed in May'.

Rules:
1. in Arabic a passive participle with the article; in French and English one without an auxiliary before it
   and without an object behind it, of being taken, held, killed or hurt;
2. what befell him happened, whatever is told of him: the talks for the hostage taken in May may fail, his
   family may be received tomorrow; a denial may be of just that ('denied reports of men killed in Boni') and
   counts, save of a kidnapping (``status.py``, rule 6);
3. a time right behind such a participle, at most a place between, is that of what befell him and of nothing
   else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.intake.triggers import ARTICLE, unaided
from tansiq.language.dates import When
from tansiq.language.sought import sought

_LATIN: Final = (
    r"(?:abducted|kidnapped|captured|killed|slain|wounded|injured|arrested|detained"
    r"|enleve|kidnappe|capture|tue|assassine|blesse|arrete|interpelle|detenu)e?s?"
)
_ARABIC: Final = (
    rf"{ARTICLE.pattern}(?:مختطف|مخطوف|محتجز|معتقل|موقوف|مصاب|مقتول|مغتال)(?:ه|ين|ون|ات|ان|تين|تان)?"
)
_BEHIND: Final = (
    r" (?:(?:في|ب|قرب|بالقرب من|a|au|in|at|near|pres d[e']) ?(?!(?:janv|feb|fev|mars|mar|apr|avr|may|mai|jun"
    r"|jui|jul|aug|aout|sep|oct|nov|dec)[a-z]*)[^\W\d_]{2,}(?: [^\W\d_]{3,})? ?)?"
)
BEFALLEN: Final = sought(
    rf"(?<![^\W_])(?P<word>{_ARABIC}|{_LATIN})(?:{_BEHIND}(?:في|يوم|خلال|منذ|مطلع|اواخر|نهايه|شهر|on|in|since|last"
    r"|during|le|en|au|depuis|lors|il y a)?(?: (?:the|شهر|اليوم))? ?)$"
)
"""Read up to a time: the participle that it stands right behind."""
ITSELF: Final = re.compile(
    rf"(?:{_ARABIC}|{_LATIN}(?=[ ,.;]*(?:$|[,.;)]| (?:in|on|at|near|by|last|during|since|while|as|le|en|au|a"
    r"|aux|par|lors|pres|dans|depuis|hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|the day"
    r"|this|over)(?![^\W_]))))(?![^\W_])"
)
LOOK: Final = 60  # folded letters from a time back to such a participle, with a place between


def befallen(page: Page, hit: Hit) -> bool:
    """Tell whether a trigger is a participle by which somebody is told (rules 1 and 2)."""
    return ITSELF.match(page.text, hit.start) is not None and unaided(page, page.word_at(hit.start))


def without_theirs(page: Page, times: Sequence[When], hit: Hit, low: int) -> list[When]:
    """Return the times that may be those of a trigger: none of another's participle, its own ones if it is
    a participle itself (rule 3); ``low`` is the folded begin of its sentence."""
    kept, own = [], []
    for when in times:
        found = BEFALLEN.search(page.text, max(low, when.start - LOOK), when.start)
        at, end = found.span("word") if found is not None else (-1, -1)
        if found is None or not unaided(page, page.word_at(at)):
            kept.append(when)
        elif at <= hit.start < end:
            own.append(when)
    return own or kept
