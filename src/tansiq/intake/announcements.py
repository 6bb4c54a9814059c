"""Whether a word of saying is itself news: a claim of an attack, a denial of what is no event of the list, a
condemnation, a communiqué that is issued."""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.cast import Cast
from tansiq.intake.participants import Found
from tansiq.intake.status import claims, unclaimed
from tansiq.intake.triggers import role

DENIES: Final = re.compile(
    r"^[وف]?(?:ال)?(?:نف|تنف|ينف|انكر|انكار|تكذ|كذب|يكذ|فند|دحض|لم [تين]دفع|dement|nie|nia|den[iy]"
    r"|refut|rejet|reject"
    r"|contest|recus|disput|contradict)"
)
NO_RANSOM: Final = re.compile(r"^(?:no ransom|aucune rancon|sans rancon|دون فديه|اي فديه|فديه)")
CONDEMNS: Final = re.compile(r"^[وف]?(?:ادان|تدين|يدين|ندد|استنكر|condemn|denounc|condamn|denonc)")
ISSUES: Final = re.compile(r"(?:صدر|اصدر|نشر|issued|released a|published|publie|diffuse|rendu public)")
ACCORDING: Final = re.compile(
    r"(?<![^\W_])(?:(?:ب|و)?حسب|(?:و|حسبما جاء في )?وفقا?|نقلا عن|selon|d'apres|according to)"
    r" ?(?:le|un|the|a|ل)? ?$"
)
MEDIUM: Final = re.compile(
    r"(?:بيان|تسجيل|شريط|رساله|statement|video|audio|communique|message|enregistrement)"
)


def official(cast: Cast, found: Found) -> bool:
    """Tell whether what is said is an event."""
    page, hit = cast.page, found.hit
    low, high = page.sentence_at(hit.start)
    word = page.text[hit.start : hit.end]
    near = [n for n in cast.within(max(low, hit.start - 90), min(high, hit.end + 90)) if n.kind != "place"]
    if claims(page, hit):
        return not unclaimed(page, hit)
    if NO_RANSOM.match(word):
        return True
    if DENIES.match(word):
        return True
    if CONDEMNS.match(word):
        return bool(near) and role(page, hit) == "act"
    if hit.sense.pos == "noun" or MEDIUM.search(word):
        if ACCORDING.search(page.text[max(low, hit.start - 24) : hit.start]):
            return False
        issued = ISSUES.search(page.text[max(low, hit.start - 24) : min(high, hit.end + 30)])
        return bool(near) and issued is not None
    return bool(near)
