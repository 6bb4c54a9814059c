"""What is wanted, offered, threatened or made a condition: nothing of it happened.

Rules:
1. an act of force, a capture or a release behind a word of purpose is what somebody wants
   (``لتنفيذ هجوم``, ``destinés à commettre un attentat``, 'intended to free'), so is its Arabic name behind
   ``ل`` (``للإفراج عنهم``), unless it is what befell somebody (``تعرض لهجوم``);
2. what is threatened with, and what stands behind 'unless', ``إذا لم``, did not happen;
3. training, troops, talks that are offered are not given yet; nor is what a meeting is to discuss done;
4. an infinitive, or an Arabic name of the form of a verb (``نشر``), right behind a verb of will is planned;
5. a name behind a verb of deciding ('décidé l'envoi de', ``قررت نشر``, 'agreed to launch'), in a list of what
   was decided, or with a term behind it ('before the end of May') lies ahead;
6. so does what an Arabic verb of the present tells with a day (``تعقد اللجنة اجتماعا يوم الخميس``).
"""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.language.sought import sought
from tansiq.language.spans import inside

WANTED: Final = frozenset(
    {"attack", "killing", "kidnapping", "hostage_release", "prisoner_release", "arrest", "arms_flow",
     "smuggling"}
)  # fmt: skip
OFFERED: Final = frozenset({"training", "deployment", "consultation"})
FREEING: Final = frozenset({"hostage_release", "prisoner_release"})
TALKED_OVER: Final = OFFERED | FREEING | {"military_operation", "exercise", "creation_of_body"}
PURPOSE: Final = sought(
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
THREAT: Final = sought(
    r"(?:[وف]?[تي]?(?:هدد|توعد|لوح)\w*|threat\w* (?:to|with)|menac\w+ d[e']|promettant de|ملوحا|مهددا) ?"
    r"(?:\w+ ){0,2}$"
)
CONDITION: Final = sought(
    r"(?<![^\W_])(?:اذا(?: لم)?|ما لم|في حال|unless|a moins que|sauf si|si l[ae']s?|s'ils?) ?(?:\w+ ){0,3}$"
)
RULED_OUT: Final = sought(
    r"(?<![^\W_])(?:[وف]?[تي]?ستبعد\w*|[وف]?استبعد\w*|rul\w+ out|exclu\w*) (?:\w+ ){0,3}"
    r"(?P<any>(?:\w+ ){0,6}(?:اي|ايه|any|toute?) )?$"
)
OFFER: Final = sought(
    r"(?<![^\W_])(?:[وف]?[تي]?عرض(?:ت|وا)?|[وف]?استعداد\w*|مستعد\w*|offer(?:s|ed)?|offert"
    r"|propos(?:e|ent|ed?))"
    r" (?:\w+ ){0,3}(?:\w+')?$"
)
DISCUSSED: Final = sought(
    r"(?<![^\W_])(?:لبحث|لمناقشه|لدراسه|to discuss|pour (?:discuter|evoquer)\w*) (?:[^\W_]+[ ']){0,6}$"
)
TALKS: Final = re.compile(
    r"(?<![^\W_])(?:[وف]?(?:ال|ب|ل)?(?:مفاوضات|وساط\w+|مساعي|اتصالات|محادثات|مباحثات|جهود)"
    r"|negociations?|pourparlers|tractations|discussions|efforts|talks|negotiations?|mediation|contacts)"
    r" (?:[^\W_]+ ){0,4}(?:pour|en vue d[e']|visant a|for|to|over|on|about|من اجل|بشان|حول|بهدف|بغيه|ل)? ?"
    r"(?:(?:la|l'|the|une?|obtenir|secure|win) ?){0,3}$"
)
"""'The talks for the release of' somebody freed nobody."""
WILLING: Final = sought(
    r"(?<![^\W_])[وف]?(?:[يتن](?:عتزم|نوي|خطط ل|ستعد ل|ريد|رغب في|تجه الي)\w*"
    r"|عازم\w* علي|بصدد|(?:تم|ت|ي)?هيا ل)"
    r" (?:[^\W_]+ ){0,14}$"
)
VERB_LIKE: Final = re.compile(r"[وف]?(?:نشر|عقد|قصف|خطف|حجز|طلب|ضبط|جمع|دعم|نقل)$")
NOW: Final = sought(
    r"(?:^|(?<![^\W_])(?:و|حيث|فيما|ان|و?من جهه اخري|بعد [^\W_]+|يوم [^\W_]+|غدا|اليوم|هنا|هناك) )"
    r"[\"' ]*[وف]?[يت](?:عقد|نعقد|جتمع|لتقي|لتيم|ستضيف|حتضن|زور|صل|بدا|باشر|شارك|توجه|نظم|جري|نطلق|وقع|تراس"
    r"|راس|ستقبل|ستانف|حل|قوم|ودي|بحث|ناقش|فتتح|سلم|تسلم|طلق|وفد|رسل|نشر)(?:ون|ان|وا)?(?![^\W_])"
)
"""A verb of the present that opens a clause."""
ABOUT_TO: Final = sought(
    r"(?<![^\W_])(?:va|vont|doi(?:t|vent)|entend(?:ent)?|compte(?:nt)?|s'apprete(?:nt)? a"
    r"|prevoi(?:t|ent) d[e']|envisage(?:nt)? d[e']|decide d[e']|souhaite(?:nt)?) ?"
    r"(?:bientot |egalement |aussi )?(?:se |s'|y |l[ae]s? )?$"
)
SOON: Final = sought(
    r"(?<![^\W_])(?:va|vont|doi(?:t|vent)|devra(?:it|ient)?|devront|entend(?:ent)?|compte(?:nt)?"
    r"|prevoi(?:t|ent) d[e']"
    r"|envisage(?:nt)? d[e']|s'apprete(?:nt)? a|souhaite(?:nt)?|esper(?:e|ent)|s'engage(?:nt)? a) ?"
    r"(?:(?:bientot|egalement|aussi|par ailleurs|prochainement) )?(?:s'|se |y )?(?!avoir|etre)[a-z]+(?:er"
    r"|ir|re)"
    r" (?:[^\W_]+ ){0,4}(?:l'|d')?$"
)
PENDING: Final = sought(
    r"(?<![^\W_])(?:d'ici(?: a)?|within|في غضون|في اجل|قبل نهايه|avant la fin|before the end)[^.;]{0,34}$"
)


DECIDED: Final = frozenset(
    {"deployment", "creation_of_body", "exercise", "training", "visit", "meeting", "military_operation",
     "consultation", "other", "request"}
)  # fmt: skip
DECIDING: Final = sought(
    r"(?<![^\W_])(?:"
    r"(?:decide[ds]?|approuv\w+|promis\w*|promet\w*|envisag\w+|prevoi(?:t|ent|r)|projet\w+|preconis\w+"
    r"|propos\w+"
    r"|en vue|sur le point|etudie\w*|recommand\w*|(?:entendu\w*|convenu\w*|accorde\w*) sur|provides? for"
    r"|recommends?"
    r"|agreed (?:on|to)|likely to|threaten\w*"
    r"|reclam\w+|souhait\w+|ordonne\w*|plan(?:s|ned|ning)?|approved|pledged|promised|envisages?|proposed"
    r"|confirm\w* (?:l'intention|plans)|intention)"
    r" (?:(?:d[eu'] ?|a |le |la |les |l'|un |une |of |to |the |an? |its |their |sa |son )"
    r"|[^\W_]+ ){0,3}(?:l'|d')?"
    r"|[وف]?(?:[تي]?قرر(?:ت|وا|ا)?|[تي]?عتزم\w*|اعتزم\w*|عزم\w*|بعزم\w*|عن عزم\w*|نوت|نيت\w+|التزم(?:ت"
    r"|وا)?(?= ب)|تعهد(?:ت|وا)?"
    r"|وعد(?:ت|وا)?|وافق(?:ت|وا)? علي|يقضي ب\w*|تقضي ب\w*|يقترح|تقترح|ينص علي|تنص علي|يترقب|ترقب|في انتظار"
    r"|بانتظار"
    r"|يستعد\w*|تستعد\w*|تحضيرا\w*|التحضير|اوص(?:ي|ت|وا)|امر(?:ت|وا)?|هدد(?:ت|وا)?|عازم\w*|[يت]نص|نصت?"
    r"|[يت]قضي"
    r"|[يت]جيز|صادق(?:ت|وا)?|اذن(?:ت|وا)?|اتفق(?:ت|وا|ا)?|مقترح|قرار|الحديث عن|[يت]تحدث\w* عن"
    r"|[يت]حضر\w*)"
    r" (?:[^\W_]+ ){0,5})$"
)
"""A name behind it is decided and not done yet."""
NOT_YET: Final = re.compile(
    r"[وف]?(?:اعاده |ب|ل)?(?:نشر|عقد|قصف|حجز|ضبط|جمع|دعم|نقل|ارسال|انشاء|اقامه|تشكيل|تنظيم|احداث|تسيير"
    r"|ايفاد|استحداث|تنفيذ|تمديد|فتح|شن|تاسيس|اجراء|مناور\w+|تمرين|تدريب|زياره|دوري\w+|عملي\w+|اجتماع\w*"
    r"|قمه|ندوه|موتمر|سحب|بدء|تعليق|رفع|تكوين|تسليم|ملتقي|لقاء|هيي?ه)"
)
INFINITIVE: Final = sought(
    r"(?<![^\W_])(?:(?:d[e'] ?|a )(?:lancer|effectuer|mener|organiser|tenir|conduire|deployer|envoyer"
    r"|creer|installer"
    r"|etablir|signer|conclure|depecher|dispatcher|convoquer|reunir|activer|mettre|renforcer|ouvrir"
    r"|accueillir)"
    r"|to (?:launch|conduct|hold|send|deploy|create|set up|establish|open|organi[sz]e|carry out|stage|host"
    r"|sign"
    r"|dispatch|convene|mount|post|resume|start|begin|form)) [^.;]{0,60}$"
)
RESOLVED: Final = re.compile(
    r"(?<![^\W_])(?:decid\w+|conven\w+|engag\w+|promis\w*|charg\w+|recommand\w+|resol\w+|agreed|pledg\w+"
    r"|vowed|undert\w+"
    r"|committed|plans?|planned|instructed|recommended|prevoi\w+|[وف]?(?:قرر|اتفق|اوص|التزم|تعهد|كلف|وافق"
    r"|تقرر)\w*)(?![^\W_])"
)
BULLET: Final = re.compile(
    r"^[\"' ]*(?:[-–—•*]|\(?(?:\d{1,2}|[a-z]|[ابجدهوزح])[).])[ -]*(?:de |d'|a |to )?(?:l[ae'] ?|the "
    r"|an? )?(?:\w+ ){0,6}(?:l'|d')?$"
)
TERM: Final = sought(
    r"(?<![^\W_])(?:قبل (?:نهايه|حلول|انقضاء|متم|فاتح|موفي|شهر|\d)|في (?:غضون|اجل|ظرف|موعد اقصاه)(?! اقل)"
    r"|ابتداء من"
    r"|خلال (?:الايام|الاسابيع|الاشهر|الشهور) (?:المقبل|القادم)\w+"
    r"|avant (?:la fin|le debut|fin|la mi|le \d|l'et|l'automne|l'hiver|le mois)|d'ici|sous (?:\w+) jours"
    r"|a partir d[eu](?: \d|[ ']?(?:la |l')?(?:semaine|fin|mi-|an|janvier|fevrier|mars|avril|mai|juin"
    r"|juillet|aout|septembre|octobre|novembre|decembre|lundi|mardi|mercredi|jeudi|vendredi|samedi"
    r"|dimanche|demain|1er))"
    r"|a compter d[eu]|dans les (?:prochain\w+|\w+ (?:jours|semaines|mois) a venir)"
    r"|by (?:the end|early|mid|late|next|january|february|march|april|may|june|july|august|september"
    r"|october|november"
    r"|december|\d)|before the end|within (?:the next|\w+ (?:days|weeks|months|hours|a year)))(?![^\W_])"
)
AIM: Final = re.compile(
    r"(?<![^\W_])(?:to (?!the\b|an?\b|its\b|their\b|[a-z]+ing\b)[a-z]{3,}|(?:pour|afin|de|d'"
    r"|a) ?[a-z]+(?:er|ir|re)"
    r"|(?:ان|كي) [يت]\w+)(?![^\W_])"
)
PAST: Final = re.compile(
    r"(?<![^\W_])(?:الماضي\w*|المنصرم\w*|الفارط\w*|امس|last|yesterday|ago|dernier\w*|hier|passee?s?|il y a"
    r"|recently)(?![^\W_])"
)


def conditional(page: Page, hit: Hit, kind: str) -> bool:
    """Tell whether a trigger is a condition, or ruled out: 'unless it is freed' (rule 2)."""
    low = page.sentence_at(hit.start)[0]
    start = max(low, hit.start - 80)
    if kind in WANTED and CONDITION.within(page.text, start, hit.start) is not None:
        return True
    end = hit.start + (len("اي ") if page.text.startswith("اي ", hit.start) else 0)
    return kind != "statement" and RULED_OUT.within(page.text, start, end) is not None


def wanted_only(page: Page, hit: Hit, kind: str) -> bool:
    """Tell whether a trigger names what somebody wants, threatens or offers (rules 1 to 3)."""
    low = page.sentence_at(hit.start)[0]
    before = page.text, max(low, hit.start - 60), hit.start
    if kind in TALKED_OVER and DISCUSSED.within(*before) is not None:
        return True
    if kind in OFFERED:
        return OFFER.within(*before) is not None
    if kind not in WANTED:
        return False
    if THREAT.within(*before) or (kind in FREEING and talked_of(page, hit)):
        return True
    if hit.sense.tense in ("past", "future"):
        return False
    if PURPOSE.within(*before):
        return True
    if FOR.match(page.text, hit.start) is None:
        return False
    return BEFELL.search(page.text[before[1] : hit.start]) is None


FORETOLD: Final = re.compile(r"(?!(?:aur|ser|pourr|devr)ai(?:t|ent)$)[a-z]{2,}rai(?:t|ent)$")
SAID_THAT: Final = sought(
    r"(?<![^\W_])(?:a|ont|avait|avaient)(?: [^\W\d_]+){0,3} (?:annonce|indique|rappele|confie|declare"
    r"|precise|affirme|assure"
    r"|promis|jure|fait savoir|dit|confirme|prevenu|averti)(?: [^\W\d_]+){0,3} qu[e'] ?[^.;:]*$"
)


def foretold(page: Page, hit: Hit, low: int) -> bool:
    """Tell whether a French verb is the future of what was said: ``a annoncé que des formateurs
    entraîneraient deux compagnies``."""
    word = page.words[hit.first].text
    said = SAID_THAT.within(page.text, max(low, hit.start - 140), hit.start)
    return FORETOLD.match(word) is not None and said is not None


def talked_of(page: Page, hit: Hit) -> bool:
    """Tell whether a trigger is what talks are about: 'the negotiations for the release'."""
    low = page.sentence_at(hit.start)[0]
    return (
        hit.sense.tense == "none" and TALKS.search(page.text, max(low, hit.start - 60), hit.start) is not None
    )


def willed(page: Page, hit: Hit) -> bool:
    """Tell whether a verb of will stands before a trigger that may be its object (rule 4)."""
    low = page.sentence_at(hit.start)[0]
    start = max(low, hit.start - 120)
    if page.lang == "ar":
        return VERB_LIKE.match(page.text[hit.start : hit.end].split(" ")[0]) is not None and (
            WILLING.within(page.text, start, hit.start) is not None
        )
    near = max(start, hit.start - 34)
    return ABOUT_TO.within(page.text, near, hit.start) is not None or (
        SOON.within(page.text, start, hit.start) is not None
    )


def told_ahead(page: Page, hit: Hit) -> bool:
    """Tell whether the Arabic present announces: it opens the clause, and a day stands with it (rule 6)."""
    clause = page.clause_at(hit.start)
    if page.lang != "ar" or clause is None or hit.start - clause.start > 90:
        return False
    if NOW.search(page.text, clause.start, hit.end + 1) is None or PAST.search(
        page.text, clause.start, clause.end
    ):
        return False
    times = inside(page.times, clause.start, clause.end)
    return any(t.form not in ("vague", "duration") for t in times)


def pending(page: Page, hit: Hit) -> bool:
    """Tell whether a term stands right before what is to be done in it: 'within a month, a drill'."""
    low = page.sentence_at(hit.start)[0]
    return PENDING.search(page.text, max(low, hit.start - 60), hit.start) is not None


def decided(page: Page, hit: Hit, kind: str) -> bool:
    """Tell whether a trigger names what was decided on, listed so, or has a term (rule 5)."""
    if kind not in DECIDED:
        return False
    low, high = page.sentence_at(hit.start)
    before = page.text, max(low, hit.start - 90), hit.start
    if page.lang == "ar" and (hit.sense.pos == "verb" and NOT_YET.match(page.text, hit.start) is None):
        return False
    if kind not in ("other", "request") and DECIDING.within(*before) is not None:
        return page.lang != "ar" or NOT_YET.match(page.text, hit.start) is not None
    if (
        page.lang != "ar"
        and INFINITIVE.within(*before)
        and (RESOLVED.search(page.text, low, hit.start) or BULLET.match(page.text[low : low + 12]))
    ):
        return True
    if BULLET.match(page.text[low : hit.start]) and RESOLVED.search(page.text, max(0, low - 700), low):
        return True
    return _has_term(page, hit, low, high)


def _has_term(page: Page, hit: Hit, low: int, high: int) -> bool:
    """Tell whether a term stands behind a name that nothing in its clause puts into the past."""
    clause = page.clause_at(hit.start)
    low, high = max(low, clause.start if clause else low), min(high, clause.end if clause else high)
    found = TERM.search(page.text, hit.end, min(high, hit.end + 110))
    if (
        found is None
        or AIM.search(page.text, hit.end, found.start())
        or (hit.sense.pos == "verb" and NOT_YET.match(page.text, hit.start) is None)
    ):
        return False
    if page.hits("happened", low, found.start()) or PAST.search(page.text, hit.end, high):
        return False
    return not any(
        h.start != hit.start for h in page.hits("events", hit.end, found.start()) if h.sense.tense == "past"
    )


__all__ = ["conditional", "decided", "pending", "told_ahead", "wanted_only", "willed"]
