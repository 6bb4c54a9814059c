"""Bodies and groups that a proposer alone sees: where such a name ends, and what is none.

Rules:
1. a number, 'several' or a time in front names nothing (``Plusieurs organisations``), nor does an Arabic
   plan, pact or meeting (``المبادرة الأمريكية``);
2. a name ends before 'today' and who says something, before 'that', and in French before an article that no
   preposition joins to it (``le Conseil des ministres la création``); a day may be a part of it
   (``حركة 22 فبراير``);
3. half a pair of brackets is no part of a name.
"""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.page import Page
from tansiq.intake.proposals import Proposal
from tansiq.language.spans import starting
from tansiq.language.tokens import Token

SOME: Final = frozenset(
    {"plusieurs", "quelques", "certains", "certaines", "divers", "diverses", "several", "some", "many",
     "various", "عده", "بعض", "مختلف"}
)  # fmt: skip
PLANS: Final = frozenset(
    {
        "مبادره",
        "خطه",
        "استراتيجيه",
        "اتفاقيه",
        "اتفاق",
        "معاهده",
        "قمه",
        "ندوه",
        "قرار",
        "قانون",
        "بيان",
        "ميثاق",
    }
)
CUT: Final = {
    "ar": re.compile(r" (?:قول(?:ه|ها|هم)|اليوم|امس|غدا|ان|انه|انها|التي|الذي|الذين)(?![^\W_])"),
    "fr": re.compile(
        r" (?:que|qui|dont|qu'\w+)(?![^\W_])"
        r"|(?<! de)(?<! du)(?<! des)(?<! a)(?<! sur)(?<! pour)(?<! et)(?<! contre)(?<! dans)(?<! entre)"
        r"(?<! par)(?<! sous)(?<! vers)(?<! avec)(?<! ou) (?:la|le|les|un|une) (?=[^\W\d_]{3})"
    ),
    "en": re.compile(r" (?:that|which|who|said|says)(?![^\W_])"),
}
LEAST: Final = 5  # letters of a name that is left


def body_cut(page: Page, each: Proposal) -> Proposal | None:
    """Return a body or group as far as its name goes, None if that is no name."""
    words = starting(page.words, each.start, each.end)
    timed = any(t.start == each.start for t in starting(page.times, each.start, each.end))
    if not words or timed or words[0].text in SOME or _numbered(page, words[0]):
        return None
    if words[0].text.removeprefix("ال") in PLANS:
        return None
    cut = CUT[page.lang].search(page.text, words[0].end, each.end)
    end = cut.start() if cut is not None else each.end
    written = page.text[each.start : end].rstrip(" ,;:-")
    if len(written) < min(LEAST, each.end - each.start) or written.count("(") != written.count(")"):
        return None
    return each._replace(end=each.start + len(written))


def _numbered(page: Page, word: Token) -> bool:
    """``Quatorze tonnes d'armes``; what is called by its number (``35e régiment``) is no count."""
    figure = next(iter(starting(page.figures, word.start, word.end)), None)
    return figure is not None and figure.end == word.end and page.text[word.start].isalpha()
