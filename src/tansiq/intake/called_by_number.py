"""Numbers that tell one thing from its like, or somebody's family: ``اللواء 115 مشاة``, ``Flight 804``.

Rules:
1. digits behind a unit, a flight, a quarter, a sector, a point or a kilometre are its name, unless a noun
   that is counted follows (``le bataillon 600 hommes``);
2. the hour of a clock and a number to call are none either (``à 14 h 30``, ``20 22 45 67``);
3. how many children or wives somebody has is told, not counted (``أب لخمسة أطفال``, ``her seven children``).
"""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.page import Page
from tansiq.intake.small_counts import unit_of
from tansiq.language.numbers import Number

NAMED: Final = re.compile(
    r"(?<![^\W_])(?:brigade|bataillon|battalion|regiment|division|(?:vol|flight)(?: [a-z]{1,3})?|unite?|unit"
    r"|zone|secteur|sector|camp|room"
    r"|chambre|block|bloc|borne|kilometrique|point|highway|gate|porte|channel|phase|compagnie|company|section|quartier"
    r"|arrondissement|group|groupe|protocol|protocole|level|niveau|category|categorie|cell|cellule|km|pk|boeing|airbus"
    r"|[وف]?[بل]?(?:ال)?(?:لواء|كتيبه|فوج|فرقه|حي|رحله|منطقه|قطاع|محور|قسم|شارع|كيلومتر|نقطه|قناه|دفعه|وحده|غرفه|جناح"
    r"|طراز|ناحيه|مقاطعه|بند|فصل|مجموعه|بوينغ|ايرباص)(?: رقم)?|[وف]?[بل]?(?:ال|لل)(?:دقيقه|صفحه|طابق|ساعه)) $"
)
OWN: Final = re.compile(r" ?(?:مشاه|مدرع\w*|مظلي\w*|ميكانيكي\w*|صاعقه|[^\W\d_]{1,3}(?![^\W_])|[.,;:)»\"]|$)")
NEXT: Final = re.compile(r" (?:d'|de )?([^\W\d_]{3,})")
CLOCK: Final = re.compile(r" ?h ?[0-5]\d(?![^\W_])")
CALL: Final = re.compile(r"(?<!\d)(?:\d\d[ .-]){3,}\d\d(?!\d)")
PARENT: Final = re.compile(
    r"(?<![^\W_])(?:(?:pere|mere|father|mother|parents?|grand-?pere|grand-?mere|grandfather|grandmother|veuf|veuve|widow"
    r"|widower) (?:de |of |d')|[وف]?(?:ال)?(?:اب|ام|والد|والده|جد|جده) ل? ?)$"
)
KIN: Final = re.compile(
    r" (?:[^\W\d_]+ )?(?:enfants?|fils|filles?|children|sons|daughters|kids|wives|epouses|femmes)(?![^\W_])"
)
HERS: Final = re.compile(r"(?<![^\W_])(?:ses|leurs|mes|his|her|their|my) $")


def _to_call(text: str, start: int, end: int) -> bool:
    """Whether a number stands in a number to call."""
    near = CALL.finditer(text, max(0, start - 12), end + 12)
    return any(m.start() <= start < m.end() for m in near)


def called(page: Page, figure: Number) -> bool:
    """Tell whether a number names what stands before it, is of a clock or to call, or counts children."""
    s, e = figure.core
    text = page.text
    if PARENT.search(text, max(0, s - 16), s):
        return True
    if HERS.search(text, max(0, s - 7), s) and KIN.match(text, e):
        return True
    if figure.digits and (CLOCK.match(text, e) or _to_call(text, s, e)):
        return True
    if not figure.digits or figure.approx or NAMED.search(text, max(0, s - 20), s) is None:
        return False
    if OWN.match(text, e):
        return True
    after = NEXT.match(text, e)
    return after is None or (unit_of(after[1]) is None and not after[1].endswith(("s", "x", "ا", "ين")))
