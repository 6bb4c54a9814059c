"""What a verb of motion tells by who or what moves: weapons flow, goods are smuggled, refugees flee.

Rules:
1. refugees and the displaced who cross, arrive or go home, and convoys of aid, are events of type other;
2. a convoy, a column, vehicles with weapons or fighters are a flow of arms, with drugs, fuel, cigarettes or
   migrants they are smuggled; without either what the text tells nearby decides;
3. soldiers who enter a place carry out an operation, else they are deployed; who else moves tells nothing.
"""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page

MOVES: Final = re.compile(
    r"(?:[وف]?ب?(?:عبر(?:ت|وا|ا)|[يت]عبر|عبور|مرور|مرت|مروا|تمر|دخلت|دخلوا|دخول|[ات]?جتاز|تسلل"
    r"|وصل|عادوا|لجووا|لجاوا|فروا|يفرون|نزحوا)"
    r"|(?:auraient )?franchi|penetr|passe la (?:fron|cre)|travers|est passee? par|sont passes|transite"
    r"|refugies (?:sont|ont)|afflu|regagne leurs|ont franchi|ont transite|arriv|est arriv"
    r"|(?:had |have )?crosse|crossing|slipped|dr[io]ven? (?:from|into|through)|passed through|rolled (?:th"
    r"|in)"
    r"|pushed through|refugees (?:have|had)|sought refuge|took refuge|poured|streamed)"
)
CROSSES: Final = re.compile(
    r"[وف]?ب?(?:عبر|[يت]عبر|عبور|مر(?:ور|ت|وا)|تمر|دخ[لو]|[ات]?جتاز|تسلل)|(?:auraient )?franchi|penetr"
    r"|passe la"
    r"|travers|est pass|sont pass|transite|(?:had |have )?crosse|crossing|slipped|dr[io]ven? |passed through"
    r"|rolled|pushed through"
)
REFUGEES: Final = re.compile(
    r"(?<![^\W_])(?:(?:[وف]?[بل]?(?:ال)?|لل)(?:لاجي\w*|نازح\w*|فارين)|refugies?|deplaces|refugees"
    r"|displaced (?:people|persons|families)|families fleeing|asylum seekers)(?![^\W_])"
)
CROWD: Final = re.compile(
    r"(?<![^\W_])(?:(?:\d[\d .,]*|mille|milliers|thousands?|hundreds|centaines) (?:d[e'] ?)?"
    r"(?:personnes|people|civils|civilians|families|familles)|(?:الاف|مات|ميات) (?:ال)?(?:اشخاص|مدنيين"
    r"|عايلات|اسر))"
)
RELIEF: Final = re.compile(
    r"(?<![^\W_])(?:humanitaires?|vivres|medicaments|humanitarian|relief|food|medicines?|millet"
    r"|(?:ال)?(?:مساعدات|انسانيه|اغاثه|ادويه|اغذيه))(?![^\W_])"
)
CONVOY: Final = re.compile(
    r"(?<![^\W_])(?:convois?|colonnes?|pick-?ups?|vehicules|camions|4x4|caravanes?|mulets|convoys?|columns?"
    r"|vehicles|trucks?|lorr(?:y|ies)|cars|caravans?"
    r"|(?:[وف]?[بل]?(?:ال)?|لل)(?:قافل\w*|قوافل|رتل\w*|ارتال|سيارات|سيارتين|سياره|شاحن\w*|شحن\w*|عربات"
    r"|حمول\w*))(?![^\W_])"
)
WEAPONS: Final = re.compile(
    r"(?<![^\W_])(?:armes?|armements?|missiles?|munitions?|roquettes?|arsen\w+|weapons?|arms|ammunition"
    r"|rockets?"
    r"|machine guns?|explosi\w+|(?:[وف]?[بل]?(?:ال)?|لل)(?:سلاح\w*|اسلح\w*|صاروخ\w*|صواريخ|ذخير\w*|ذخاير"
    r"|قذايف|متفجرات|مدافع))(?![^\W_])"
)
FIGHTERS: Final = re.compile(
    r"(?<![^\W_])(?:armee?s?|combattants?|ex-soldats|anciens (?:soldats|militaires|combattants)"
    r"|fideles d\w+|kadhafistes"
    r"|armed|fighters|former soldiers|ex-soldiers|loyalists|heavily armed"
    r"|(?:ال)?(?:مسلح\w*|مقاتل\w*|جنودا? (?:\w+ )?سابقين|عسكريين (?:\w+ )?سابقين|موالين))(?![^\W_])"
)
GOODS: Final = re.compile(
    r"(?<![^\W_])(?:drogues?|cocaine|cannabis|resine|cigarettes?|carburant|essence|migrants?|contrebande"
    r"|drugs?"
    r"|hashish|narcotics|fuel|contraband|(?:[وف]?[بل]?(?:ال)?|لل)(?:مخدرات|كوكايين|حشيش|كيف|سجاير|وقود"
    r"|مهاجرين|بنزين|مازوت))(?![^\W_])"
)
TROOPS: Final = re.compile(
    r"(?<![^\W_])(?:soldats|militaires|troupes|casques bleus|detachements?|unites|soldiers|troops"
    r"|peacekeepers|army"
    r"|armee|contingents?|(?:[وف]?[بل]?(?:ال)?|لل)(?:قوات\w*|جنود\w*|جيش\w*|وحدات\w*|كتيب\w*))(?![^\W_])"
)
ENTERS: Final = re.compile(r"[وف]?ب?دخ[لو]|penetr|rolled in|drove into|pushed")
WIDE: Final = 500


def by_mover(page: Page, hit: Hit) -> str | None:
    """Return the type that a verb of motion has by who moves; None if nothing worth telling does."""
    if MOVES.match(page.text, hit.start) is None:
        return None
    low, high = page.sentence_at(hit.start)
    near = page.text[max(low, hit.start - 90) : min(high, hit.end + 60)]
    if REFUGEES.search(near) or CROWD.search(near):
        return "other"
    if CONVOY.search(near):
        return _convoy(page, hit, near, page.text[low:high])
    if hit.sense.group == "arms_flow" and WEAPONS.search(near):
        return "arms_flow"
    if hit.sense.group == "arms_flow" and TROOPS.search(near):
        return "military_operation" if ENTERS.match(page.text, hit.start) else "deployment"
    return None


def _convoy(page: Page, hit: Hit, near: str, sentence: str) -> str | None:
    """Return what a convoy tells by its load (rule 2)."""
    if RELIEF.search(near):
        return "other"
    for text in (near, sentence, page.text[max(0, hit.start - WIDE) : hit.end + WIDE]):
        goods, arms = GOODS.search(text), WEAPONS.search(text) or FIGHTERS.search(text)
        if goods or arms:
            return "smuggling" if goods and not arms else "arms_flow"
    return "deployment" if TROOPS.search(near) else None


__all__ = ["CROSSES", "by_mover"]
