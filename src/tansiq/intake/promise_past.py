"""Promises that are told to be none: denied ones, threats of revenge, and those of the past."""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.called_off import called_off
from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.language.sought import sought

DENIES: Final = sought(
    r"(?<![^\W_])(?:den(?:y|ies|ied)|dement\w{0,4}|nie(?:nt)?|[وف]?[يت]?نف[يت]ا?)"
    r"(?: [^\s.,;:،؛\"]+){0,12}? ?"
    r"[\" ]*(?:that|qu'|que|avoir|planning|ان|انها|انه|تكون|يكون"
    r"|اعتزام\w*|نيه|نيته\w*|نيتها)(?: [^\s.,;:،؛\"]+){0,6} ?$"
)
IS_DENIED: Final = sought(
    r"[^.;]{0,90}, (?:(?:a|an) (?:claim|report|threat|charge|allegation)s? (?:\w+ )?denied"
    r"|ce que \w+(?: \w+){0,3} (?:dement|nie)|(?:information|accusation)s? dementies? par)"
)
REVENGE: Final = re.compile(
    r"[^.;؛]{0,60}(?<![^\W_])(?:لن (?:ت|ي)(?:مر|بق[يى]|فلت\w*)(?: \w+){0,3} (?:دون|بدون|بلا|من) "
    r"|سيدفع\w* (?:ال)?ثمن"
    r"|ne rester\w+ pas impuni|will not go unpunished|will pay (?:the|a) price)"
)
WAS: Final = sought(r"(?<![^\W_])[وف]?(?:كان|كانت|كانوا|كانا|كانتا)(?: [^\W\d_]+){0,4} $")
WISHES: Final = re.compile(r"[وف]?(?:[يتن](?:نوي|عتزم|ريد|امل|رغب|سعي)|قرر|اتفق|قد اتفق)")
WHICH: Final = sought(r"(?<![^\W_])[وفل]?(?:ما|لما|بما|الذي|التي|ان التي|رغم انه|هو|وهو) $")
DID: Final = re.compile(r"(?:اتفق|وعد|تعهد|[تي]?قرر)")
GAVE: Final = re.compile(
    r"(?<![^\W_])(?:a|ont|avait|avaient|avoir|ayant|et|avons|ai|jamais|toujours|deja|aussi|egalement)[ ,] ?$"
)
PAST_PROMISE: Final = sought(
    r"(?<![^\W_])(?:(?:(?:who|which) (?:has|have|had|was|were) "
    r"(?:been )?|had |was |were |previous |earlier )|faute d'|sans |without |no )$"
)
OF_IT: Final = re.compile(r" (?:ب|علي)(?:ه|ها|هما|هم)(?![^\W_])")
"""``مبلغ تعهد به المانحون``: what was promised is told of, not promised."""
ASIDE: Final = re.compile(
    r"(?:promised|pledged|agreed|promise?s?) (?:for|in|by|last|since|pour|en|depuis|par)(?![^\W_])"
)
"""'its first contingent, promised for last December, never came'."""
LOYAL: Final = re.compile(r" (?:\w+ )?(?:loyalty|allegiance|fealty)")


def denied(page: Page, hit: Hit) -> bool:
    """``denied reports that Bamako had threatened``, ``a claim denied by``, ``توعد بأن الجريمة لن تمر``."""
    start, stop = page.sentence_at(hit.start)
    return bool(
        DENIES.within(page.text, max(start, hit.start - 130), hit.start)
        or IS_DENIED.within(page.text, hit.end, min(stop, hit.end + 110))
        or REVENGE.match(page.text[hit.start : stop])
    )


def over(page: Page, hit: Hit, *, future: bool) -> bool:
    """Whether what is promised is told as a thing of the past, of which the text tells something else:
    ``كانت ستسلم``, ``لما اتفقوا عليه``, ``has been promised``, ``les 8 700 promis``;
    ``future``: by a verb of the future."""
    if called_off(page, hit.start, hit.start - 6 if future else hit.end):  # « n'aura pas lieu »
        return True
    before = page.text, max(0, hit.start - 60), hit.start
    words = page.text[hit.start : hit.end]
    after = page.text[hit.end : hit.end + 30]
    if page.lang == "ar":
        once = WAS.within(*before) is not None
        if once and (
            future or hit.sense.tense in ("future", "present") or hit.sense.pos in ("dated", "agent")
        ):
            return True
        if once and hit.sense.group in ("intent", "decision", "agreement") and WISHES.match(words):
            return True
        if OF_IT.match(after) and hit.sense.tense != "future":
            return True
        return WHICH.within(*before) is not None and DID.match(words) is not None
    if words.startswith("promis") and page.lang == "fr" and hit.last - hit.first == 1:
        if after.startswith((" par ", " de ", " d'", " que ", " qu'")):
            return False
        return GAVE.search(page.text[before[1] : hit.start]) is None
    aside = page.text.endswith(", ", before[1], hit.start) and ASIDE.match(words + after) is not None
    return aside or PAST_PROMISE.within(*before) is not None or LOYAL.match(after) is not None
