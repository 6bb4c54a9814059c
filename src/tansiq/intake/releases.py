"""Who is set free: a hostage or a prisoner.

Rules:
1. who is named behind the verb as a prisoner is one; who is freed among words of hostages, captors and
   ransoms is a hostage;
2. where hostages are told of farther away, only persons, 'of them' and 'them' are freed as such;
3. without either, foreigners of the trades that are taken hostage are hostages, other persons prisoners.
"""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.page import Page

LET_GO: Final = re.compile(
    r"^ (?!(?:ال)?(?:عملي|حمل|هجوم|هجم|مشروع|مبادر|قذ|صاروخ|صواريخ|نار|رصاص|مفاوض"
    r"|حوار))(?:\S+ ){0,5}(?:سجناء?|سجينا?|اسري|اسيرا?|معتقل\w*|موقوف\w*|جنود|جنديا?|جنديين|عناصر|مطلوب\w*"
    r"|محتجز\w*)(?![^\W_])"
)
"""Whom a verb frees whose other half is left out: ``أطلقت أربعة من عناصر``."""
HOSTAGES: Final = re.compile(
    r"(?:رهين|رهاين|مختطف|مخطوف|خطف|محتجز|خاطف|فديه|اسر[هي]?م?\b|otage|ravisseur|captif|captivite|enleve|rancon"
    r"|hostage|captive|captivity|captor|ransom|kidnapp|abduct|in the hands of|aux mains d|held by"
    r"|held since|retenue?s? (?:depuis|par|contre|dans|en )|قبضه)"
)
PRISONERS: Final = re.compile(
    r"(?:سجين|سجنا|ارهابي|مجرم|معتقل|موقوف|مهرب|متهم|السجن|عناصر التنظيم|عناصر من التنظيم|عناصر الجماع"
    r"|prison\b|prisonnier|detenu|prevenu|accuse"
    r"|prisoner"
    r"|detainee|inmate|suspect|jihadist|djihadist|courier)"
)
PERSONS: Final = re.compile(
    r"(?:رعايا|شخص|اشخاص|رجل|رجال|جندي|جنود|سايق|مواطن|عامل|طبيب|مهندس|ممرض|صحف[يا]|راهب|تقني|personne"
    r"|homme"
    r"|soldat|militaire|ressortissant|chauffeur|instituteur|medecin|employe|ingenieur|infirmi"
    r"|technicien|journaliste"
    r"|geologue|humanitaire|people|\bm[ae]n\b|soldier|national|driver|teacher|doctor|worker|priest"
    r"|engineer|nurse"
    r"|technician|geologist|journalist|tourist|brigad|touriste|pretre)"
)
FREED: Final = re.compile(
    r"(?:technicien|ingenieur|humanitaire|touriste|journaliste|infirmi|medecin|geologue|engineer"
    r"|technician|tourist|nurse"
    r"|journalist|doctor|missionar|priest|pretre|مهندس|تقني|سايح|سياح|صحفي|طبيب|ممرض|راهب|سايق)"
)
OF_ANYBODY: Final = re.compile(
    r"(?:handed|remise?s?|(?:(?:was|were|been) )?rescued|recovered|let (?:them|him|her)"
    r"|(?:ont|a) ete rendue?s?|recuperes?|retrouves? vivants?) ?"
)
"""What is done with others than hostages too."""
IN_RETURN: Final = re.compile(
    r" (?:in (?:exchange|return) for|en echange d|contre |مقابل |بدل ).*$", re.DOTALL
)
"""For whom somebody is freed: ``set free in exchange for two prisoners``."""
OF_THEM: Final = re.compile(r"d'entre eux|of them|منهم")
THEM_FREED: Final = re.compile(
    r"فرج\w* عن(?:ه| ال)|سراحه|fre(?:ed|eing) (?:them|him|her)|les? (?:a|ont) liber"
)


def freed(page: Page, start: int, around: str, kind: str) -> str | None:
    """Return of whom a release tells at a place of a page, None if it tells none (rules 1 to 3)."""
    behind = IN_RETURN.sub("", page.text[start : start + 46])
    if PRISONERS.search(behind) and not HOSTAGES.search(behind):
        return "prisoner_release"
    if kind == "hostage_release" and not OF_ANYBODY.match(behind):
        return "hostage_release"
    if HOSTAGES.search(around):
        return "hostage_release"
    if PRISONERS.search(around):
        return "prisoner_release"
    if HOSTAGES.search(page.text[max(0, start - 600) : start + 600]):
        return (
            "hostage_release"
            if kind == "hostage_release" or any(p.search(around) for p in (PERSONS, OF_THEM, THEM_FREED))
            else None
        )
    if FREED.search(around):
        return "hostage_release"
    return "prisoner_release" if PERSONS.search(around) and kind == "prisoner_release" else None
