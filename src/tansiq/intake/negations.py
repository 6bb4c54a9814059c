"""A negation right before a trigger, or a subject that nobody is."""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.intake.reach import QUE, only
from tansiq.intake.triggers import role
from tansiq.language.sought import sought

NEGATION: Final = sought(
    r"(?<![^\W_])(?:(?:(?:aucune?|pas d'|pas de|sans|ni|jamais|no|not|never|neither|nor|without)"
    r"|(?:personne|rien) n'\w+)(?: \w+){0,2} |لم (?:\w+ )?(?:اي )?|دون |لا |عدم |(?:لا|لن"
    r"|ليس\w*) (?:\w+ ){1,3}ايه? )$"
)
CARRIED: Final = sought(
    r"(?<![^\W_])(?:n'(?:a|ont|est|y a|avait|avaient)|did not|has not|have not|had not|was not|were not"
    r"|ne s'est|ne se sont|carried out no|ل[من])(?: (?!que\b|سوي|الا\b)\w+){1,4} ?$"
)
NE: Final = sought(r"(?<![^\W_])(?:ne (?:se |s')?|n'(?:y )?(?:(?:a|ont|avait|avaient|avoir) )?)$")
PAS: Final = re.compile(
    r" (?:pas|jamais|plus(?! de| d'| que| qu')|point|personne|(?:a )?aucune?|nullement)(?![^\W_])"
)
NOBODY: Final = sought(
    r"(?:(?<![^\W_])(?:that|and|but|\"|:)|^|[.;:,\"]) ?(?:no|not one|not a single|nobody|no one"
    r"|none of)(?: (?!(?:who|that|which|when|than|sooner|matter|this|these|knows?|knew|claimed|has claimed"
    r"|sure)(?![^\W_]))"
    r"[^\W_]+){0,7} $"
    r"|(?<![^\W_])(?:aucune?|personne|nul|rien)(?: [^\s.,;:]+){0,8}? "
    r"(?:n'(?:a|ont|est|sont|avait|avaient|etait|etaient|y a)|ne(?: s'est| se)?)(?: [^\W_]+)? ?$"
)
"""A subject that nobody is: 'no militia from Sabha pursued', ``aucune unité n'est stationnée``."""
WIDE: Final = 90


def negated(page: Page, hit: Hit) -> bool:
    """Tell whether a negation stands right before a trigger, in its sentence."""
    floor = max(page.sentence_at(hit.start)[0], hit.start - 44)
    before = page.text, floor, hit.start
    if only(page, hit.start, hit.end + 24) or (
        QUE.may_be(*before) and QUE.search(page.text[floor : hit.start] + " ")
    ):
        return False
    if NE.within(*before) and PAS.match(page.text, hit.end):
        return True
    if NEGATION.within(*before) is not None or CARRIED.within(*before) is not None:
        return True
    low = page.sentence_at(hit.start)[0]
    return (
        role(page, hit) == "act"
        and NOBODY.search(page.text[max(low, hit.start - WIDE) : hit.start]) is not None
    )


__all__ = ["negated"]
