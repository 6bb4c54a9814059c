"""What a word of denial denies: an event of the list, by its object or by what 'it' points back to.

Rules:
1. what stands behind the word tells the type (``denied.psv``), as far as the clause goes on and until
   somebody says something else; of several words the first that is found tells it;
2. a ransom, a toll, a charge, a tie is no event: its denial is a statement;
3. a denial whose object is 'it', ``ذلك``, 'these reports' or which stands in a clause about what was told
   (``ce que``, ``وهو ما``, 'which') points back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from tansiq.intake.page import Page
from tansiq.language.lexicon import any_of, cells, rows
from tansiq.language.normalise import key
from tansiq.language.sought import Sought, sought

NO_EVENT: Final = "statement"
OBJECT: Final = 130
FAR: Final = 170
AHEAD: Final = 70
ENDED: Final = re.compile(
    r"[;؛]|[,،] ?(?:et|mais|tandis|and|but|while|بينما|فيما|لكن|غير ان|و(?!جود|قوع|صول|فاه)\w+)(?![^\W_])"
)
BEGUN: Final = {
    "ar": re.compile(
        r"(?<![^\W_])(?:ب?ان|ما|من ان|اي|وجود|صحه|كل"
        r"|(?:في|عبر|خلال) (?:اتصال|رساله|بيان|حديث|لقاء|موتمر|تصريح|حوار|مقابله|تسجيل)\w*"
        r"(?: (?:صوتي|صحفي|مصور|متداول|هاتفي|تلفزي)\w*){0,2})(?![^\W_])"
    ),
    "fr": re.compile(r"(?<![^\W_])(?:que |qu'|avoir |etre |tout |toute |selon lesquelles|l'existence)"),
    "en": re.compile(r"(?<![^\W_])(?:that|any|having|being)(?![^\W_])"),
}
"""Words that begin what is denied, or say where it was: who says so stands before them."""
OWN: Final = re.compile(
    r"[,،;؛] ?(?:(?:ce qu[e']|which|something|but|mais|et|and|غير ان|لكن|الا ان|فيما|بينما"
    r"|و?هو ما|وهي|الامر الذي|التي|والتي|الذي|و)(?![^\W_])|(?=و))|[;؛]"
)
"""Where a clause about what was told before it begins."""
BACK_BEFORE: Final = re.compile(
    r"(?<![^\W_])(?:ce qu[e']|which|something|و?هو ما|و?هي [^\W_]+|الامر الذي|الشيء الذي|التي|الذي)"
    r"(?: ?[^\W_']+){0,7} ?$"
)
ITSELF: Final = re.compile(r"[وف]?[تيا]?(?:نف|كذب|فند|انكر|دحض)\w{0,2}(?:ه|ها)$")
SURE: Final = r"(?:\w+ly|\w+ment|jusqu'au bout|en bloc|نفيا|جمله|قطعا|بشده|من جهت\w+)"
BACK_BEHIND: Final = re.compile(
    rf"(?: {SURE}(?: \w+)?)*(?: ?[.!,،:\n\"]|$| (?:it|this|that(?! \w)|having done so|sending it"
    r"|ذلك|هذا|هذه|الامر|الخبر|صحه"
    r"|ce (?:recit|scenario)|ces (?:information|rumeur|affirmation|recit)s?|la rumeur|le recit"
    r"|(?:the|these|those|such) (?:report|story|claim|rumou?r|account)s?)(?![^\W_]))"
)


@cache
def _topics(lang: str) -> tuple[tuple[str, Sought], ...]:
    """Return the types with the words that tell them, as written behind a denial."""
    joined = "[وف]?(?:[بلك]?ال|لل|[بلك])?" if lang == "ar" else ""
    return tuple(
        (r["type"], sought(rf"(?<![^\W_]){joined}(?:{any_of(map(key, cells(r['words'])))})"))
        for r in rows("denied.psv")
        if r["lang"] == lang
    )


def topic(page: Page, start: int, end: int) -> str | None:
    """Return the type that a stretch tells first (rules 1 and 2), None if it tells none."""
    found = [
        (m.start(), kind) for kind, words in _topics(page.lang) if (m := words.search(page.text, start, end))
    ]
    return min(found)[1] if found else None


def object_of(page: Page, at: int) -> tuple[int, int]:
    """Return the stretch behind a word of denial that says what is denied (rule 1)."""
    high = page.sentence_at(at)[1]
    start = page.words[page.word_at(at)].end
    begun = BEGUN[page.lang].search(page.text, start, min(high, start + OBJECT))
    start = begun.start() if begun else start
    stop = ENDED.search(page.text, start, min(high, start + OBJECT))
    return start, stop.start() if stop else min(high, start + OBJECT)


def points_back(page: Page, at: int) -> bool:
    """Tell whether a word of denial denies what was told before it (rule 3)."""
    low = page.sentence_at(at)[0]
    word = page.words[page.word_at(at)]
    if ITSELF.match(word.text) or BACK_BEHIND.match(page.text, word.end):
        return True
    return BACK_BEFORE.search(page.text[max(low, at - AHEAD) : at]) is not None


def meant_before(page: Page, at: int) -> tuple[int, int]:
    """Return the stretch that 'it' of a denial means: its sentence so far, else the one before."""
    low = page.sentence_at(at)[0]
    before = OWN.search(page.text, low, at)
    if before is not None:
        return max(low, before.start() - FAR), before.start()
    low, high = page.sentence_at(max(0, low - 3))
    return max(low, high - FAR), high


def denied_kind(page: Page, at: int, told: Iterable[tuple[int, str]]) -> str:
    """Return the type of what a word of denial denies: ``statement`` if that is no event of the list.

    ``told``: the place and type of what may tell an event around it, in order.
    """
    back = points_back(page, at)
    start, end = meant_before(page, at) if back else object_of(page, at)
    kind = topic(page, start, end) or (None if back else topic(page, at, start))
    if kind == NO_EVENT:
        return kind
    near = [k for place, k in told if start <= place < end and k != NO_EVENT]
    if not near:
        return kind or NO_EVENT
    return near[-1] if back else near[0]


__all__ = ["denied_kind", "meant_before", "object_of", "points_back"]
