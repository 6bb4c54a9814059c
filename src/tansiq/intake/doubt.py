"""Whether what a source says is doubted: nobody answers for it, or a party tells of itself.

Rules:
1. an unnamed source, an expert, another outlet in its own voice and a party to the conflict are doubted; an
   army or a ministry is one where it counts the enemy's dead ('killed 30 gunmen', ``القضاء على``);
2. a source beside somebody with authority ('police and a witness', ``مسؤول محلي ومصدران``) is not, nor is an
   official who hides behind nothing but his office, nor a source that may speak (``مأذون له``);
3. what a relative clause or 'since' adds with a day of its own is known ('a group which killed seven in
   March'), and so is what the text adds with ``وقد``.
"""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.intake.sources import Group
from tansiq.language.sought import sought

FAR: Final = 260
OUTLETS: Final = frozenset({"newspaper", "broadcaster"})
HEARD: Final = frozenset({"unnamed_source", "expert"})
OFFICE: Final = (
    r"(?:police|gendarmerie|army|armee|military|officials?|governor|gouverneur\w*|(?:sous-)?prefet\w*"
    r"|maire|mayor"
    r"|ministers?|ministere|ministre|ministry|porte-parole|spokes\w+|autorites|authorities|مسوول\w*|الشرطه"
    r"|الجيش|والي"
    r"|حاكم|وزير\w*|وزاره|ناطق|متحدث|السلطات|الدرك)"
)
BEFORE: Final = sought(
    rf"(?<![^\W_]){OFFICE}(?: \w+){{0,2}} (?:and|et|ainsi que)(?: \w+){{0,3}} ?$|{OFFICE}(?: \w+){{0,2}} و$"
)
BEHIND: Final = re.compile(
    rf"^(?: \w+){{0,2}} (?:and|et|ainsi que|و)(?: aupres)?(?: (?:d[eu']|des|the|l[ae']|un|an?))? ?{OFFICE}"
    rf"|^(?: \w+){{0,1}} و{OFFICE}"
)
MAY_SPEAK: Final = re.compile(r"^ ?(?:\w+ )?(?:ماذون|مخول|رسمي|officiel|autoris|official|authori)")
OFFICIAL: Final = re.compile(
    r"^(?:ال)?(?:مسوول|مسوولون|مسوولين|مسوولان)(?: (?:في|محلي|حكومي|اداري|بال?)[^.]*)?$|^(?:\w+ )?officials?$"
    r"|^(?:\w+ )?(?:haut )?responsables?$"
)
MOUTHS: Final = sought(
    r"(?:اعماق|الزلاقه|الفرقان|الاندلس للانتاج|(?<![^\W_])(?:amaq|az-?zallaqa|al-andalus media"
    r"|al-furqan))(?![^\W_])"
)
"""Houses that publish for armed groups."""
FIGHTERS: Final = re.compile(
    r"^(?:the |le |la |les |l'|ال)?(?:(?:rebel |armed |jihadist )?(?:group|movement|faction)|rebels"
    r"|insurgents|militants|gunmen"
    r"|mouvement|groupe|rebelles|insurges|djihadistes|جماعه|حركه|تنظيم|متمردون|متمردين|مسلحون"
    r"|مسلحين)(?![^\W_])"
)
HIDES: Final = re.compile(
    r"(?:anonym|on condition|sous couvert|requis|طلب|طالب|رفض|فضل عدم|لم يذكر|لم يكشف|not be named"
    r"|not authori[sz]ed|declin)"
)
KNOWN: Final = re.compile(
    r"(?<![^\W_])(?:(?:which|who|qui|que|dont|التي|الذي|الذين|اللذين)(?: (?:\w+ ){0,2}(?:a|ont|had|have"
    r"|has|was|were|avait"
    r"|avaient|ete|been|قد|كان|كانت)| [^\W_]+)? ?|(?:since|depuis que|apres que|منذ ان"
    r"|بعد ان)(?: [^\W_]+){0,2} )$"
)
ADDED: Final = re.compile(
    r"^و(?:كان\w* (?:[^\W_]+ ){0,4})?قد (?!جاء|ياتي|قال|اكد|اعلن|اضاف|اشار|صرح|اوضح"
    r"|افاد)"
)
DEADLY: Final = frozenset({"killing", "attack", "military_operation"})
KILLED: Final = re.compile(
    r"(?:[وف]?(?:قتل|قضي|القضاء|تصفي|تحييد|حيد)|killed|kill|tue|abatt|neutralis|elimin)"
)
PASSIVE: Final = re.compile(r"(?<![^\W_])(?:were|was|been|being|ete|sont|dead)(?: \w+)? $")
UNVERIFIED: Final = sought(
    r"(?<![^\W_])(?:ما لم يتسن (?:التاكد|التحقق)|لم يتسن (?:التاكد|التحقق)|تعذر (?:التاكد|التحقق)"
    r"|could not be (?:independently )?(?:verified|confirmed|checked)|no one else has confirmed"
    r"|n'(?:a|ont) pu etre (?:verifi|confirm)\w+|n'avons pu (?:\w+ )?(?:verifier|confirmer)"
    r"|impossible (?:a|de) (?:verifier|confirmer)|de source independante)"
)
ENEMIES: Final = re.compile(
    r"(?:ارهابي\w*|مسلح\w*|متشدد\w*|متطرف\w*|متمرد\w*|عناصر التنظيم|terrorist\w*|militants?|insurgents?"
    r"|gunmen|rebels?"
    r"|jihadist\w*|djihadist\w*|rebelles|مهاجم\w*|assaillants|fighters|combattants|mercenar\w+"
    r"|neutralis\w+|تحييد)"
)


AMONG: Final = re.compile(r"(?<![^\W_])(?:منهم|من بينهم|d'entre eux|of them)(?![^\W_])")


def doubted(page: Page, group: Group | None, hit: Hit, *, timed: bool, unsourced: bool, party: bool) -> bool:
    """Tell whether what a trigger tells is doubted for who tells it (rules 1 to 3).

    ``unsourced``: somebody says it without being named at all; ``party``: an armed group or the like says it.
    """
    if party or (group is not None and _fights(page, group)):
        return True
    heard = unsourced or (group is not None and (group.kind in HEARD or group.kind in OUTLETS))
    if not heard:
        return False
    if group is not None and group.kind == "unnamed_source" and _answers(page, group):
        return False
    return not _added(page, hit, timed=timed)


def _fights(page: Page, group: Group) -> bool:
    """Tell whether a source is a party to the conflict by its words alone: 'the rebels', ``التنظيم``."""
    if MOUTHS.within(page.text, group.start, group.end) is not None:
        return True
    return group.named is None and FIGHTERS.match(page.text[group.start : group.end]) is not None


def _answers(page: Page, group: Group) -> bool:
    """Tell whether somebody with authority speaks with a source, or in it (rule 2)."""
    before, behind = page.text[max(0, group.start - 50) : group.start], page.text[group.end : group.end + 60]
    if BEFORE.search(before) or BEHIND.match(behind) or MAY_SPEAK.match(behind):
        return True
    words = page.text[group.start : group.end]
    return OFFICIAL.match(words) is not None and not HIDES.search(behind)


def _added(page: Page, hit: Hit, *, timed: bool) -> bool:
    """Tell whether a trigger stands in what the text adds as known (rule 3)."""
    clause = page.clause_at(hit.start)
    low = max(clause.start if clause else 0, hit.start - 60)
    if timed and KNOWN.search(page.text[low : hit.start]):
        return True
    return (
        clause is not None
        and not page.quoted(hit.start)
        and ADDED.match(page.text[clause.start : hit.start]) is not None
    )


def unverified(page: Page, hit: Hit) -> bool:
    """Tell whether the text says behind a trigger that nobody could check it."""
    high = page.sentence_at(hit.start)[1]
    return UNVERIFIED.search(page.text, hit.end, min(high, hit.end + FAR)) is not None


def counts_foes(page: Page, group: Group | None, hit: Hit, kind: str) -> bool:
    """Tell whether an army or a ministry tells how many of the enemy it killed (rule 1)."""
    if kind not in DEADLY or group is None or group.kind not in ("official", "ministry"):
        return False
    if kind != "killing" and KILLED.match(page.text, hit.start) is None:
        return False
    low, high = page.sentence_at(hit.start)
    before = page.text[max(low, hit.start - 60) : hit.start]
    if AMONG.search(page.text, hit.end, min(high, hit.end + 60)) and ENEMIES.search(
        before + page.text[hit.start : hit.end + 60]
    ):
        return True
    passive = PASSIVE.search(before) is not None and ENEMIES.search(before) is not None
    return passive or ENEMIES.search(page.text, hit.start, min(high, hit.end + 60)) is not None


__all__ = ["counts_foes", "doubted", "unverified"]
