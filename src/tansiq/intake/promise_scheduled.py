"""What is fixed for a day ahead without a verb that promises: 'Command passes to Niger on 3 May', ``Rapport
final : 15 mars``.

Rule: in French and English a sentence with a day that lies ahead is a decision if no word of the past, of
asking, of doubt or of a condition stands in it; a weekday alone may lie behind and says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tansiq.intake.cast import Cast
from tansiq.intake.lexemes import Hit, Sense
from tansiq.intake.page import Page
from tansiq.intake.promise_due import by_when
from tansiq.intake.promise_futures import of_things, partisan, promiser
from tansiq.language.meaning import Weekday
from tansiq.language.sought import Sought, sought
from tansiq.language.spans import inside, starting

NOT: Final[dict[str, Sought]] = {
    "en": sought(
        r"(?<![^\W_])(?:(?!need|indeed|exceed|proceed|succeed|united)[a-z]{3,}ed|was|were|had|has|have|did"
        r"|said|says?|told|took|came"
        r"|went|gave|made|met|left|held|began|brought|fell|saw|found|got|sent|spoke|ran|rose|wrote|fled"
        r"|kept|knew"
        r"|became|led|lost|paid|sat|stood|struck|thought|won|broke|built|chose|drove|felt|grew|heard|put"
        r"|set|shot"
        r"|will|would|shall|could|may|might|should|must|can|cannot|if|unless|whether|not|no|never|nobody"
        r"|who|what"
        r"|when|since|after|ask|asks|asking|call|calls|calling|urge|urges|demand|demands|want|wants|hope"
        r"|hopes"
        r"|expect|expects|fear|fears|rumou?rs?|due|plans?|sees|warns?|expires?|threatens?|blocks?|remains?"
        r"|seems?|likely|probably|second|third"
        r"|broken|lost|looks?|thinks?|last|ago|yesterday|next (?:report|weekly|sitrep|bulletin|issue)"
        r"|on leave)(?![^\W_])"
    ),
    "fr": sought(
        r"(?<![^\W_])(?:a|ont|ai|avons|avai(?:t|ent)|etai(?:t|ent)|fut|furent|eut|eurent|est|sont|(?!fait"
        r"|sait|plait|trait|retrait|souhait|portrait|extrait|attrait)[a-z]{2,}ait"
        r"|[a-z]{3,}aient|[a-z]{3,}erent|si|s'il|s'ils|qui|que|qu'|dont|ne|n'|pas|peut|peuvent|pourra\w*"
        r"|devra\w*|doit|doivent"
        r"|faut|demand\w*|appell\w*|exig\w*|exhort\w*|reclam\w*|espere\w*|crain\w*|redout\w*|rumeur\w*"
        r"|depuis|apres|lors"
        r"|hier|prochain (?:bulletin|numero|rapport)|dernier|derniere|ete|table|expire|valable|gagne|perd"
        r"|selon|dit|disent|affirme\w*"
        r"|assure\w*)(?![^\W_])"
    ),
}
DEEDS: Final = frozenset({"attack", "killing", "kidnapping", "arrest", "seizure", "statement"})
ATTRIBUTE: Final = re.compile(
    r"(?<![^\W_])(?:before|ahead of|until|till|avant|jusqu'(?:a|au|en)|d'ici|du|of|the|au|a la) ?"
    r"(?:the |l'|la |le )?$|(?<![^\W_])(?:before|ahead|until|till|avant|jusqu)"
)
"""A time of this sort may belong to something else: 'ahead of the 28 July vote'."""
LINE: Final = re.compile(r"(?:[:|]|[-–—] )[^:|]*$")
LEAST: Final = 4  # words of such a clause


def scheduled(cast: Cast, found: list[Hit]) -> Iterator[Hit]:
    """Yield the sentences that tell what is fixed for a day, at their first word."""
    page = cast.page
    if page.lang == "ar" or page.published is None:
        return
    taken = {page.sentence_at(h.start)[0] for h in found}
    for low, high in page.sentences:
        if low in taken or low < page.head or NOT[page.lang].search(page.text, low, high) is not None:
            continue
        if page.text[max(low, high - 3) : high].strip(' "').endswith(("?", "!")) or (
            page.hits("events", low, high) and _deed(page, low, high)
        ):
            continue
        first = page.word_at(low)
        if page.word_at(high) - first < LEAST or not _dated(page, low, high):
            continue
        word = page.words[first]
        hit = Hit(word.start, word.end, first, first + 1, Sense("decision", "any", "none", "promises"))
        clauses = starting(page.clauses, low, high)
        if not clauses or any(of_things(page, c) for c in clauses) or partisan(page, hit):
            continue
        if (
            cast.agents(low, high)
            or any(promiser(w.text) for w in starting(page.words, low, high))
            or _listed(page, low, high)
        ):
            yield hit


def _deed(page: Page, low: int, high: int) -> bool:
    return any(h.sense.group in DEEDS for h in page.hits("events", low, high))


def _listed(page: Page, low: int, high: int) -> bool:
    """Whether a line sets a day behind a colon or in a column: ``Rapport final : 15 mars``."""
    return any(LINE.search(page.text, low, t.start) is not None for t in inside(page.times, low, high))


def _dated(page: Page, low: int, high: int) -> bool:
    """Whether a day behind that of the text stands in a stretch."""
    known = page.published
    for when in inside(page.times, low, high):
        if isinstance(when.means, Weekday) and when.means.side != 1:
            continue
        if ATTRIBUTE.search(page.text, max(low, when.start - 14), when.start) or ATTRIBUTE.match(
            page.text, when.start
        ):
            continue
        days = by_when(page, when)
        if (
            known is not None
            and days is not None
            and (days.hi if when.limit else days.lo) > known.interval.hi
        ):
            return True
    return False
