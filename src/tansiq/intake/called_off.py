"""What was set for a day and called off in a later clause: it failed, and nobody is bound by it any more.

Rules:
1. beside a trigger stands that it was to be (``كان من المقرر أن``, ``set for``, ``devaient``);
2. behind it, in the sentence or at the beginning of the next, a verb says that it was put off, cancelled or
   did not take place; in the next its subject is a pronoun or a noun with its article ('the talks', ``il``).
"""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.page import Page
from tansiq.language.sought import sought

BEFORE: Final = 70
WITHIN: Final = 220
NEXT: Final = 60  # letters of the next sentence in which it is said

WAS_TO: Final = sought(
    r"(?<![^\W_])(?:[وف]?كان\w{0,2} (?:[^\W\d_]+ ){0,5}?(?:من )?(?:ال)?(?:مقرر|مزمع|منتظر|مرتقب"
    r"|مبرمج|مفترض|يفترض|متوقع)\w*"
    r"|[وف]?كان\w{0,2} (?:[^\W\d_]+ ){0,5}?س[يتن]\w{3,}|(?:ال)?مقرر\w*"
    r"|(?:was|were|had been) (?:\w+ )?(?:to|due|set|scheduled|planned|expected|supposed|slated)"
    r"|(?:due|set|scheduled|planned|slated|pencilled in|billed) (?:for|on|to|in|this|next|tomorrow|today)"
    r"|devai(?:t|ent)|etai(?:t|ent) (?:\w+ )?(?:cense|prevu|programme|fixe|attendu|annonce)\w*"
    r"|(?:initialement |d'abord )?(?:prevu|programme|fixe)e?s?)(?![^\W_])"
)
OFF: Final = sought(
    r"(?<![^\W_])(?:(?<!من )(?<!الي )(?<!في )(?<!ذي )[وف]?(?:قد )?(?:اجل|ارجي|الغي|علق|تاجل)(?:ت|ا|وا)?"
    r"|(?:ان )?[يت](?:لغي|وجل|رجا|تاجل)"
    r"|[وف]?ل[من] [يت](?:نعقد|عقد|لتيم|جر|جري|تم|جتمع|حصل|حدث)\w{0,2}"
    r"|[وف]?تعذر\w{0,2}|[وف]?(?:تقرر|تم|جري) (?:الغا\w+|تاجيل\w*|ارجا\w+|تعليق\w*)"
    r"|(?:was|were|has been|have been|had been|is|are|been) (?:\w+ly )?(?:put off|put back|postponed"
    r"|cancelled|canceled|called off|scrapped|adjourned|shelved|deferred|delayed|dropped)"
    r"|(?:did not|didn't|will not|won't|would not|never) (?:now )?(?:take|took) place"
    r"|(?:was|were) (?:not|never) (?:be )?held|will not be held|fell through|never met|did not meet|was off"
    r"|(?:a|ont|avait|avaient|est|sont|sera|seront) (?:\w+ )?(?:ete )?(?:annule|reporte|ajourne|repousse"
    r"|remis|differe|renvoye|decommande|suspendu)(?:e|s|es)?"
    r"|n'(?:a|ont|aura|auront|avait) (?:finalement )?(?:pas|jamais) (?:eu )?lieu"
    r"|ne (?:se )?(?:tiendra|tiendront) (?:finalement )?pas|ne s'est pas tenue?|n'a pu se tenir)(?![^\W_])"
)
OTHER: Final = re.compile(r"(?<![,،])(?<![,،] )(?<![^\W_])(?:that|which|who|qui|الذي|التي) ?$")
"""What is called off behind it is something else: 'were to discuss the accord that was suspended'."""
AGAIN: Final = re.compile(
    r"\W*(?:but |however,? |mais |(?:و|ف)?لكن(?:ه|ها)? ?|غير ان(?:ه|ها)? ?|الا ان(?:ه|ها)? ?)?"
    r"(?:it|they|the \w+|this \w+|il|elle|ils|elles|la \w+|le \w+|l'\w+|cette \w+|ce \w+|les \w+"
    r"|[وف]?(?:ال|هذا ال|هذه ال)\w+)?(?: \w+){0,3}? ?$"
)


def called_off(page: Page, start: int, end: int) -> bool:
    """Tell whether what stands at folded ``[start, end)`` was to be, and was called off later on."""
    low, high = page.sentence_at(start)
    if not WAS_TO.within(page.text, max(low, start - BEFORE), min(high, end + BEFORE)):
        return False
    match = OFF.search(page.text, max(low, end), min(high, end + WITHIN))
    if match is not None:
        return OTHER.search(page.text[end : match.start()]) is None
    match = OFF.search(page.text, high, min(len(page.text), high + NEXT))
    return match is not None and AGAIN.match(page.text[high : match.start()]) is not None
