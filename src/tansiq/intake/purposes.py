"""What is wanted, offered, threatened or made a condition: nothing of it happened.

Rules:
1. an act of force, a capture or a release behind a word of purpose is what somebody wants
   (``لتنفيذ هجوم``, ``destinés à commettre un attentat``, 'intended to free'), so is its Arabic name behind
   ``ل`` (``للإفراج عنهم``), unless it is what befell somebody (``تعرض لهجوم``);
2. what is threatened with, and what stands behind 'unless', ``إذا لم``, did not happen;
3. training, troops, talks that are offered are not given yet;
4. an infinitive, or an Arabic name of the form of a verb (``نشر``), right behind a verb of will is planned.
"""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page

WANTED: Final = frozenset(
    {"attack", "killing", "kidnapping", "hostage_release", "prisoner_release", "arrest", "arms_flow",
     "smuggling"}
)  # fmt: skip
OFFERED: Final = frozenset({"training", "deployment", "consultation"})
PURPOSE: Final = re.compile(
    r"(?<![^\W_])(?:"
    r"ل(?:ل?قيام|تنفيذ|شن|ارتكاب|تامين|ضمان|تسهيل|تحقيق|تحضير|ل?تخطيط|تدبير)(?: ب| ل)?"
    r"|من اجل|بهدف|بغيه|بغرض|بقصد|سعيا الي"
    r"|(?:destine\w*|visant|servir|servant|prete?s?|cherch\w+) a(?: \w+(?:er|ir|re))?"
    r"|(?<!reussi )(?<!parvenu )a (?:commettre|perpetrer)"
    r"|(?:afin|en vue|dans le but) d[e'](?: ?\w+(?:er|ir|re))?|pour (?:commettre|perpetrer|mener|obtenir)"
    r"|(?:intended|meant|aimed|designed|used|in order|in an effort|in a bid) (?:to|at)(?: \w+)?"
    r"|aimed at(?: \w+ing)?|to (?:carry out|commit|secure|obtain|stage|launch)"
    r") ?(?:(?:un|une|des|les?|la|l'|the|an?|any|their|his|leur|d'|de) ?)*(?:\w+ )?$"
)
FOR: Final = re.compile(r"[وف]?لل?(?:افراج|تحرير|اطلاق سراح|اعتقال|توقيف|اختطاف|خطف|اغتيال)")
BEFELL: Final = re.compile(r"(?:[تي]?تعرض\w*|خضع\w*|نتيج\w+|نظرا|وفقا|خلافا|نفي\w*) (?:\w+ )?$")
THREAT: Final = re.compile(
    r"(?:[وف]?[تي]?(?:هدد|توعد|لوح)\w*|threat\w* (?:to|with)|menac\w+ d[e']|promettant de|ملوحا|مهددا) ?"
    r"(?:\w+ ){0,2}$"
)
CONDITION: Final = re.compile(
    r"(?<![^\W_])(?:اذا(?: لم)?|ما لم|في حال|unless|a moins que|sauf si|si l[ae']s?|s'ils?) ?(?:\w+ ){0,3}$"
)
RULED_OUT: Final = re.compile(
    r"(?<![^\W_])(?:[وف]?[تي]?ستبعد\w*|[وف]?استبعد\w*|rul\w+ out|exclu\w*) (?:\w+ ){0,3}"
    r"(?P<any>(?:\w+ ){0,6}(?:اي|ايه|any|toute?) )?$"
)
OFFER: Final = re.compile(
    r"(?<![^\W_])(?:[وف]?[تي]?عرض(?:ت|وا)?|[وف]?استعداد\w*|مستعد\w*|offer(?:s|ed)?|offert"
    r"|propos(?:e|ent|ed?))"
    r" (?:\w+ ){0,3}(?:\w+')?$"
)
DISCUSSED: Final = re.compile(
    r"(?<![^\W_])(?:لبحث|لمناقشه|لدراسه|to discuss|pour (?:discuter|evoquer)\w*) (?:[^\W_]+ ){0,5}(?:l'|d')?$"
)
WILLING: Final = re.compile(
    r"(?<![^\W_])[وف]?(?:[يتن](?:عتزم|نوي|خطط ل|ستعد ل|ريد|رغب في|تجه الي)\w*"
    r"|عازم\w* علي|بصدد|(?:تم|ت|ي)?هيا ل)"
    r" (?:[^\W_]+ ){0,14}$"
)
VERB_LIKE: Final = re.compile(r"[وف]?(?:نشر|عقد|قصف|خطف|حجز|طلب|ضبط|جمع|دعم|نقل)$")
ABOUT_TO: Final = re.compile(
    r"(?<![^\W_])(?:va|vont|doi(?:t|vent)|entend(?:ent)?|compte(?:nt)?|s'apprete(?:nt)? a"
    r"|prevoi(?:t|ent) d[e']|envisage(?:nt)? d[e']|decide d[e']|souhaite(?:nt)?) ?"
    r"(?:bientot |egalement |aussi )?(?:se |s'|y |l[ae]s? )?$"
)
PENDING: Final = re.compile(
    r"(?<![^\W_])(?:d'ici(?: a)?|within|في غضون|في اجل|قبل نهايه|avant la fin|before the end)[^.;]{0,34}$"
)


def conditional(page: Page, hit: Hit, kind: str) -> bool:
    """Tell whether a trigger is a condition, or ruled out: 'unless it is freed' (rule 2)."""
    low = page.sentence_at(hit.start)[0]
    before = page.text[max(low, hit.start - 80) : hit.start]
    if kind in WANTED and CONDITION.search(before) is not None:
        return True
    before += "اي " if page.text.startswith("اي ", hit.start) else ""
    return kind != "statement" and RULED_OUT.search(before) is not None


def wanted_only(page: Page, hit: Hit, kind: str) -> bool:
    """Tell whether a trigger names what somebody wants, threatens or offers (rules 1 to 3)."""
    low = page.sentence_at(hit.start)[0]
    before = page.text[max(low, hit.start - 60) : hit.start]
    if kind in OFFERED:
        return OFFER.search(before) is not None or DISCUSSED.search(before) is not None
    if kind not in WANTED:
        return False
    if THREAT.search(before):
        return True
    if hit.sense.tense in ("past", "future"):
        return False
    if PURPOSE.search(before):
        return True
    return FOR.match(page.text, hit.start) is not None and BEFELL.search(before) is None


def willed(page: Page, hit: Hit) -> bool:
    """Tell whether a verb of will stands before a trigger that may be its object (rule 4)."""
    low = page.sentence_at(hit.start)[0]
    before = page.text[max(low, hit.start - 120) : hit.start]
    if page.lang == "ar":
        return VERB_LIKE.match(page.text[hit.start : hit.end].split(" ")[0]) is not None and (
            WILLING.search(before) is not None
        )
    return ABOUT_TO.search(before[-34:]) is not None


def pending(page: Page, hit: Hit) -> bool:
    """Tell whether a term stands right before what is to be done in it: 'within a month, a drill'."""
    low = page.sentence_at(hit.start)[0]
    return PENDING.search(page.text, max(low, hit.start - 60), hit.start) is not None


__all__ = ["conditional", "pending", "wanted_only", "willed"]
