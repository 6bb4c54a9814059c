"""What bears the name of a person and is none: a unit, a street, a ship, a firm, a place.

A noun of such a thing right before a name says so in every language (``حاجز سيدي خليفة``, ``la katiba Ibn
Zoubeir``, ``au puits de Tazerzaït Kébir``), in English an article before it or a noun behind it too. Nouns
that a leader's name may follow (``جماعة``, ``groupe de``) say nothing.
"""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.page import Page

REACH: Final = 34  # letters before a name in which its noun stands
BEFORE: Final = {
    "ar": re.compile(
        r"(?<![^\W_])[وف]?[بلك]?(?:كتيبه|كتايب|لواء|سريه|سرايا|مستشفي|مركز|جامعه|مدرسه|ثانويه|معهد|مطار|شارع|نهج|حي"
        r"|ساحه|ميدان|مسجد|جامع|زاويه|حاجز|معبر|معسكر|ثكنه|قصر|ميناء|سجن|جسر|ملعب|قاعه|فندق|بلديه|بلده|قريه|مدينه"
        r"|واحه|بير|جبل|وادي|مخيم|شركه|موسسه|سفينه|باخره|قارب|جايزه|دوار|مقهي|مطعم|نادي|منجم|حقل|جزيره|بحيره)"
        r"(?: (?:العقيد|الشهيد|الشهداء|الامير|الملك|الامام|الدكتور))? [\"'«“]?$"
    ),
    "fr": re.compile(
        r"(?<![^\W_])(?:(?:milice|katiba|(?<!general de )brigade|bataillon|batiment|quartier|cite|lycee"
        r"|(?<!maitre d')(?<!maitresse d')ecole|college|hopital"
        r"|clinique|firme|societe|entreprise|navire|bateau|cargo|vraquier|petrolier|chalutier|ferry|voilier"
        r"|(?:pirogue|vedette|goelette)(?: baptisee)?|ong|association|fondation|mosquee|stade|camp|fort|salle"
        r"|hotel|restaurant|operation|universite|aeroport)"
        r"|(?:pont|rue|avenue|boulevard|place|puits|village|ville|commune|localite|foret|oued|maquis|plage|port|ile"
        r"|environs|nord|sud|est|ouest|large|quartier|cercle|departement|gouvernorat|col|gorges)"
        r"(?: de l[a']?| du| de| d')?) ?[\"«“]? ?$"
    ),
    "en": re.compile(
        r"(?<![^\W_])(?:the|firm|company|vessel|ship|trawler|tanker|freighter|ferry|militia|katiba|battalion|hospital"
        r"|hotel|street|operation|wells?|village of|town of|city of|camp of|south of|north of|east of|west of"
        r"|outskirts of|district of|island of) [\"“]?$"
    ),
}
AT: Final = re.compile(r"(?<![^\W_])(?:at|in|near|outside|between) $")
BEHIND: Final = re.compile(
    r"(?:-| )(?:square|street|road|avenue|camp|hotel|hospital|airport|mosque|school|university|college|bridge"
    r"|stadium|prison|detention|crossing|faction|brigade|battalion|group|foundation|mine|oilfield|well|gmbh|ltd|inc"
    r"|plc|llc|district|province|region|valley|desert)(?![^\W_])"
)
TRADE: Final = frozenset(
    {"ltd", "limited", "gmbh", "inc", "plc", "llc", "sarl", "affairs", "defence", "defense", "security",
     "trade", "partners", "resistance", "campaign", "revenue", "people", "year", "support", "rights",
     "justice", "court", "square", "street", "road", "camp", "hotel", "hospital", "airport", "mosque",
     "bridge", "stadium", "prison", "brigade", "battalion", "foundation", "university", "agreement"}
)  # fmt: skip
"""English words that no name of a person holds, as they are written in names of bodies and places."""


def bears_a_name(page: Page, start: int, end: int) -> bool:
    """Tell whether what is called so at folded ``[start, end)`` is a thing, by what stands beside."""
    near = page.text[max(0, start - REACH) : start]
    if BEFORE[page.lang].search(near):
        return True
    return page.lang == "en" and BEHIND.match(page.text, end) is not None


def in_a_place(page: Page, start: int) -> bool:
    """Tell whether a preposition of place stands right before a name in English."""
    return AT.search(page.text, max(0, start - 10), start) is not None
