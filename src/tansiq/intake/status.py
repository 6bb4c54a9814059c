"""Whether an event happened, is planned, claimed, denied or failed: the marks in reach of its trigger.

Rules:
1. a mark reaches over its clause, and over the next one of the sentence while no other trigger stands
   between, of what failed only behind the trigger; a negation reaches the trigger right behind it
   (``aucune attaque``, ``no clash``, ``لم يقع أي``);
2. denied and failed go before planned, planned before claimed;
3. a future is a plan, also of the verb that carries a noun (``rencontrera``, ``will``, ``ستعقد``), unless
   what is told stands in the past;
4. what a party says of itself, or hearsay has, is claimed.
"""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page

REACH: Final = 70
PARTS: Final = re.compile(r"[;؛:]")
NEGATION: Final = re.compile(
    r"(?<![^\W_])(?:(?:aucune?|pas d'|pas de|sans|ni|jamais|no|not|never|neither|nor|without)(?: \w+){0,2} "
    r"|لم (?:\w+ )?(?:اي )?|دون |لا )$"
)
CARRIED: Final = re.compile(
    r"(?<![^\W_])(?:n'(?:a|ont|est|y a)|did not|has not|have not|was not|were not|ne s'est|ne se sont|لم)"
    r"(?: \w+){1,4} ?$"
)
FUTURE: Final = re.compile(
    r"(?<![^\W_])(?:(?!opera\b)[a-z]{3,}(?:era|eront|ira|iront|dra|dront)"
    r"|will|shall|to be held|س[يتن]\w{3,})(?![^\W_])"
)


def marked(page: Page, hit: Hit, value: str, reach: int = REACH) -> bool:
    """Tell whether a mark of a status reaches a trigger (rule 1)."""
    start, end = page.sentence_at(hit.start)
    clause = page.clause_at(hit.start)
    low = max(start, hit.start - reach)
    high = min(end, hit.end + reach)
    for mark in page.hits("status", low, high):
        if mark.sense.group != value:
            continue
        same = clause is not None and clause.start <= mark.start < clause.end
        behind = mark.start > hit.start or value != "failed"
        if same or (behind and not _between(page, mark, hit)):
            return True
    return False


def _between(page: Page, mark: Hit, hit: Hit) -> bool:
    """Tell whether another trigger, or the end of a part of the sentence, stands between the two."""
    low, high = sorted((mark, hit), key=lambda h: h.start)
    parted = PARTS.search(page.text[low.end : high.start]) is not None
    return parted or any(
        h.sense.group not in (hit.sense.group, "statement") for h in page.hits("events", low.end, high.start)
    )


def negated(page: Page, hit: Hit) -> bool:
    """Tell whether a negation stands right before a trigger, in its sentence."""
    floor = max(page.sentence_at(hit.start)[0], hit.start - 44)
    before = page.text[floor : hit.start]
    return NEGATION.search(before) is not None or CARRIED.search(before) is not None


def ahead(page: Page, hit: Hit) -> bool:
    """Tell whether a verb of the future stands in the clause of a trigger (rule 3)."""
    clause = page.clause_at(hit.start)
    if clause is None:
        return False
    low, high = max(clause.start, hit.start - REACH), min(clause.end, hit.end + REACH)
    return FUTURE.search(page.text[low:high]) is not None
