"""Nationalities that mean a state: its people as a party, and what only a state undertakes.

Rules:
1. ``الفرنسيون``, ``les Tunisiens``, ``the French`` with the article and no noun beside them, of whom
   something is told as of a party, are their state; hostages, soldiers, citizens and the like are nouns
   and take the nationality as a mere adjective;
2. an intervention, a mediation, an invitation, an aircraft on patrol with a nationality is the state's.
"""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.page import Page
from tansiq.language.gazetteer import Mention

UNDERTAKEN_AR: Final = re.compile(
    r"(?<![^\W_])[وف]?[بلك]?(?:ال|لل)?(?:تدخل|وساطه|مبادره|دعوه|طلب|مقترح|اقتراح|محاوله|عمليه عسكريه"
    r"|العمليه العسكريه"
    r"|(?:طايره|طايرات|مقاتلات) (?:استطلاع|مراقبه|بدون طيار|دون طيار|مسيره)) (?:ال)?$"
)
UNDERTAKEN_FR: Final = re.compile(
    r"(?<![^\W_])(?:interventions?|mediation|invitation|proposition|offre|demande|initiative|avions?|drones?"
    r"|avions? de (?:surveillance|reconnaissance)|appareils?)(?: militaires?)? $"
)
UNDERTAKEN_EN: Final = re.compile(
    r" (?:(?:military|reconnaissance|surveillance|spy|unmanned) )?(?:interventions?|mediation|invitation"
    r"|proposal"
    r"|request|initiative|aircraft|drones?|planes?|uavs?|helicopters?)(?![^\W_])"
)
PARTY_FR: Final = re.compile(r"(?<![^\W_])(?:les|aux) $")
PARTY_EN: Final = re.compile(r"(?<![^\W_])the $")
GOES_ON_EN: Final = re.compile(
    r"(?:[,.;:?]| (?:have|had|has|are|were|was|will|would|did|do|does|said|say|for|who|and|to|want|fear"
    r"|know)(?![^\W_]))"
)
AFTER_AR: Final = re.compile(r" (?:ال|الذين|ممن|في|من|المختطف|المحتجز|المعتقل)")
BEFORE_AR: Final = re.compile(
    r"(?:^|[\s\"(])(?:[وف]?(?:حث|وعد|سلم|ابلغ|طالب|دعا|دعي|اتهم|طلب|قال|رفض|اكد|تبادل|اعلن|نفي|قرر|وجود"
    r"|انسحاب|حلفاء"
    r"|مع|ضد|الي جانب|جانب|(?:ي|س|سي)(?:حث|عد|سلم|بلغ|طالب|دعو|تهم|طلب|قول|رفض|وكد|ريد|عتقد|خشي|فضل|نوي"
    r"|تبادل)"
    r"|سلموا|ابلغوا|ان|لكن|لدي)|و)[ ]?$"
)
OF_OFFICE: Final = re.compile(r"(?:secretaire|ministre|conseiller|conseillere|coup|chef)s? d'etat $")


def party(page: Page, mention: Mention) -> bool:
    """Tell whether a nationality names a people as a party to what is told (rule 1)."""
    before = page.text[max(0, mention.start - 24) : mention.start]
    if page.lang == "ar":
        if not mention.alias.pattern.endswith(("ون", "ين")) or not mention.prefix.endswith(("ال", "لل")):
            return False
        near = page.text[
            max(0, mention.start - len(mention.prefix) - 24) : mention.start - len(mention.prefix)
        ]
        fit = mention.prefix.endswith("لل") or BEFORE_AR.search(near + mention.prefix[:-2]) is not None
        return fit and AFTER_AR.match(page.text, mention.end) is None
    capital = page.folded.source[page.folded.starts[mention.start]].isupper()
    if page.lang == "fr":
        plural = mention.alias.pattern.endswith("s")
        return capital and plural and PARTY_FR.search(before) is not None
    return (
        capital
        and PARTY_EN.search(before) is not None
        and GOES_ON_EN.match(page.text, mention.end) is not None
    )


def undertaking(page: Page, mention: Mention) -> bool:
    """Tell whether a nationality stands beside what only a state undertakes (rule 2)."""
    if page.lang == "en":
        return UNDERTAKEN_EN.match(page.text, mention.end) is not None
    near = page.text[max(0, mention.start - 30) : mention.start]
    return (UNDERTAKEN_AR if page.lang == "ar" else UNDERTAKEN_FR).search(near) is not None


def of_office(page: Page, mention: Mention) -> bool:
    """``secrétaire d'État américain``: the nationality of an office or a deed, not a state that acts."""
    return OF_OFFICE.search(page.text[max(0, mention.start - 30) : mention.start]) is not None
