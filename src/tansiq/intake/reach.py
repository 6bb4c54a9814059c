"""How far a mark of status reaches: what is denied, negated, tried in vain, put off, held or not.

Rules:
1. a mark reaches over its clause, and over the next one of the sentence while no other trigger stands
   between, of what failed only behind the trigger; a negation reaches the trigger right behind it
   (``aucune attaque``, ``no clash``, ``لم يقع أي``); a denial reaches all that it denies until somebody says
   something else, and one that denies 'it' reaches back (``denials.py``);
2. a verb that failed, was denied or claimed behind another verb has its own subject: it says nothing of the
   first ('they closed the border; the reopening was put off'), except how it ended ('but they got away');
   what is tried or foiled stands behind its word (``محاولة``, 'attempted'), never before;
3. a noun that opens its clause has its predicate behind an apposition ('a swap, set for May, fell through');
4. ``n'a … que``, ``سوى`` and 'only' deny nothing.
"""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.called_off import called_off
from tansiq.intake.lexemes import Hit
from tansiq.intake.objects import NONE, by_object
from tansiq.intake.page import Page
from tansiq.intake.purposes import talked_of
from tansiq.intake.triggers import role
from tansiq.language.sought import Sought, sought

FOUND: Final = re.compile(r"(?:[وف]|س)?[تي]?تعثر\w* علي")
"""'Comes upon', which is written like 'founders'."""
CALLED: Final = re.compile(r"[وف]?[يت]دعي(?! (?:ان|بان|انه|انها|انهم))")
"""'Is called', which is written like 'alleges'."""
WORD: Final = 14
REACH: Final = 70
DENIAL: Final = 190
FARTHER: Final = 40  # so much farther stands how an act ended
BEHIND: Final = 190  # letters behind a noun in which its predicate stands
PARTS: Final = re.compile(
    r"[;؛:]|(?<![^\W_])(?:مقابل|في المقابل|بالمقابل|من (?:جهت|جانب)(?:ه|ها|هم)|en echange|in exchange"
    r"|in return"
    r"|de (?:son|leur) cote|for (?:his|its|their) part|en revanche)(?![^\W_])"
)
NOT_HELD: Final = sought(
    r"(?<![^\W_])(?:did not take place|never took place|could not be (?:held|convened)|was not held"
    r"|were not held|n'a pas eu lieu"
    r"|n'ont pas eu lieu|n'a jamais eu lieu|n'ont jamais eu lieu"
    r"|n'(?:a|avait|ont|avaient) pu se tenir|ne s'est pas tenue?"
    r"|n'(?:a|ont|avait|avaient) (?:pas|jamais|toujours pas|pas encore) vu le jour|never saw the light"
    r"|never materiali[sz]ed|لم (?:ي|ت)ر النور|لم يتسن (?:عقد|تنظيم|تنفيذ)|لم (?:ي|ت)(?:عقد|نعقد|جر|تم"
    r"|لتيم)|لم (?:ي|ت)لتق)"
)
AUX_FR: Final = (
    r"(?:a|ont|avait|avaient|ait|aient|est|sont|etait|etaient|vient|viennent|venait|sera|seront"
    r"|reste|restent)"
)
ENDED_FR: Final = (
    r"(?:annule|reporte|ajourne|repousse|suspendu|abandonne|dejoue|interrompu|differe|gele|rompu|decommande"
    r"|remis(?= (?:a|sine))|renvoye(?!e?s? (?:devant|en |chez|au))|deprogramme|decale|refoule|avorte|manque"
    r"|enterre)(?:e|s|es)?"
)
FELL_FR: Final = sought(
    rf"(?<![^\W_])(?:{AUX_FR} (?:finalement |une nouvelle fois |de nouveau |encore |d'|toutefois "
    rf"|egalement )?"
    rf"(?:ete |etre )?(?:{ENDED_FR}|echoue|capote|tourne court|tourne au fiasco|fait long feu|fait chou blanc"
    r"|au point mort|dans l'impasse|mort-nee?s?|reste(?:e|s|es)? (?:lettre morte|sans (?:suite|effet"
    r"|lendemain)))"
    r"|n'(?:a|ont|avait|avaient|ait|aient|est|sont|etait|etaient) (?:finalement |encore |toujours )?"
    r"(?:pas|jamais|guere|point|rien) (?:\w+ ){0,1}?"
    r"(?:abouti|tenu|connu de suite|donne|vu le jour|aboutir|venue?s?|arrivee?s?|debute|demarre|depasse"
    r"|survecu)"
    r"|n'(?:a|ont|avait|avaient|ait|aient) (?:pas )?pu (?:\w+ )?"
    r"(?:aboutir|se tenir|avoir lieu|etre (?:\w+)|commencer|demarrer|partir|quitter|passer|decoller|atteindre"
    r"|rejoindre|sortir|debuter|s'entendre)"
    r"|tourne court|est mort-nee?|s'(?:est|etait|etaient|sont) (?:termine|acheve|conclu|clos)\w* sans"
    r"|s'(?:est|etait|etaient|sont) sold\w+ par (?:un echec|des echecs)"
    r"|(?:n'a|n'avait|n'ont) (?:rien donne|debouche sur rien))(?![^\W_])"
)
FELL_EN: Final = sought(
    r"(?<![^\W_])(?:fell (?:through|apart)|(?:came|come|coming) apart|unravel\w*|never got (?:off"
    r"|under)|went nowhere"
    r"|could not be (?:held|convened|concluded|completed|carried out|launched|signed|confirmed in time)"
    r"|(?:never|failed to|did not) show(?:ed)? up|collapsed|broke (?:down|off|up without)|stalled|foundered"
    r"|lapsed|fizzled"
    r"|(?:has|have|had|was|were|is|are|been|being) (?:since |again |then |later |also |finally )?(?:been )?"
    r"(?:cancel\w+|called off|postponed|put off|delayed|adjourned|shelved|scrapped|suspended|aborted"
    r"|abandoned"
    r"|foiled|thwarted|deferred|frozen|broken off|turned back|never held|not held)"
    r"|(?:did|has|have|had) (?:not|never) (?:yet )?(?:materiali[sz]\w+|succeed\w*|beg[iu]n|start\w*"
    r"|arrived?|come)"
    r"|never (?:materiali[sz]ed|arrived|came|began|got under way)|(?:found|won) no (?:support|backing|takers)"
    r"|came to (?:nothing|nought)|ended (?:in (?:failure|deadlock)|without)|(?:failed|faltered)(?= |[.,])"
    r"|fell victim)(?![^\W_])"
)
FELL_AR: Final = sought(
    r"(?<! رغم )(?<! بعد )(?<! بسبب )(?<! اثر )(?<! عقب )(?<! منذ )(?<! من )(?<! الي )(?<! علي )"
    r"(?<![^\W_])[وف]?(?:قد |تم |جري )?(?:الغي(?:ت)?|الغاوه\w?|الغايه?ا?|ارجي(?:ت)?|ارجاوه\w?|تاجل(?:ت)?"
    r"|تعثر(?:ت)?(?! علي)"
    r"|فشل(?:ت)?|اخفق(?:ت)?|انهار(?:ت)?|باء(?:ت)? بالفشل|لم ي?ت?(?:كتب ل\w+ النجاح|تم|نعقد|ثمر|سفر|فض|كلل"
    r"|لتيم|نجح|تجسد"
    r"|ر النور|خرج)|سقط(?:ت)? في الماء|تعذر(?:ت)?|انتهي? (?:دون|بلا|بالفشل)|انتهت (?:دون|بلا|بالفشل)"
    r"|لم ت?ي?(?:بلغ|حقق) هدف\w*|وهو (?:ما|طلب|عرض|امر) رفض(?:ت)?\w*"
    r"|وصل(?:ت)? الي طريق مسدود|بقي(?:ت)? حبرا|احبط(?:ه|ها|ت|ته|تها)|افشل(?:ه|ها|ته|تها)|تقرر (?:تاجيل\w+"
    r"|الغاو?ي?\w+))"
    r"(?![^\W_])"
)
SUBJECT: Final = re.compile(
    r"^[\"' ]*(?:[-–—•*] ?|\(?\w\) ?)?(?:(?:le|on|in|en|au|a|by|في|يوم"
    r"|on the) [^,،.;]{1,24}[,،] ?)?(?:(?:et|mais|and|but|or|that|que|qu'|ان|بان|لكن|غير ان|الا ان"
    r"|وقالت? ان) ?)?"
    r"(?:(?:l[ae']s?|un|une|des|ces?|cette|son|sa|ses|leurs?|the|an?|this|that|its"
    r"|their) ?)?"
    r"(?:(?!(?:a|au|aux|du|de|des|lors|apres|depuis|pour|dans|en|at|in|on|of|after|since|during|with|from|for"
    r"|by|to|في|من|الي|علي|عن|بعد|منذ|خلال)\b)\w+ ){0,2}(?:d'|l')?$"
)
NEXT: Final = re.compile(
    r"[,،] ?(?:et|mais|tandis|alors|while|and|but|whereas|بينما|فيما|كما|في حين|لكن|غير ان|الا ان|مضيف\w+"
    r"|موكد\w+|و(?!قد )\w+)(?![^\W_])"
)
NAMED: Final = re.compile(
    r"[وف]?[بل]?(?:ال)?(?:فشل|اخفاق|تعثر|انهيار|تعليق|جمود)(?![^\W_])"
    r"|(?:echec|failure|collapse|breakdown|rupture|suspension)(?![^\W_])"
)
BUT: Final = re.compile(r"(?<![^\W_])(?:but|mais|[وف]?لكن\w*|غير ان\w*|الا ان\w*|بيد ان\w*)(?![^\W_])")
CAUSED: Final = re.compile(
    r"(?<![^\W_])(?:after|following|because of|due to|apres|suite a|a cause d[eu']|en raison d[eu']|بعد"
    r"|عقب|اثر|بسبب)"
    r" ?(?:[^\W_]+ )?(?:l[ae'] ?|the |des )?$"
)
"""What something failed for did not fail itself."""
PROJECT: Final = sought(
    r"(?<![^\W_])(?:plans?|projects?|proposals?|offers?|bids?|decision|projet|proposition|offre|initiative"
    r"|مشروع|خطه|اقتراح|مقترح|عرض)(?: (?:by|par) \w+)? (?:to|for|of|de|d'|des|ب|ل)?[^.;,]{0,34}$"
)
DENIES: Final = re.compile(r"(?<![^\W_])(?:and|et) (?:then )?(?:denie[sd]|dement\w*|nie\w*)$")
ENDING_WORDS: Final = re.compile(
    r"(?:got away|escaped|managed to|en vain|vain|in vain|to no avail|empty|turned (?:back|away)|gave up"
    r"|broke through"
    r"|ran out|had to turn|without|sans|bredouille|echappe|rebrousse|du rebrousser|fait demi|n'a rien"
    r"|n'ont rien|failed"
    r"|unable|could not|unsuccess|did not|repel|repouss|driven|beaten|repuls|fought|threw|thrown|pushed"
    r"|beat|mis en"
    r"|دون|بلا|فلم|لم |عاد|خايب|لاذ|تمكن|تراجع|قبل|باء|صد|تصد|فشل|اخفق)"
)
"""Words of failure that tell how an act ended."""
OBJECTED: Final = re.compile(
    r"(?:attempt(?:s|ed)?|abortive|botched|tentatives?|tente|tenter|essaye|tried|refus de|rejet de"
    r"|محاول\w*|حاول\w*|[وف]?احباط\w*"
    r"|[وف]?افشال\w*|[وف]?(?:احبط|افشل|اجهض|ابطل)ت?|[وف]?الغاء|[وف]?تاجيل|annulation|cancellation"
    r"|report de|rupture|failed to"
    r"|refused|refuse de)$"
)
"""Words of failure whose object stands behind them."""
NARROW: Final = frozenset(
    {"n'avait", "n'a ete", "n'ont ete", "n'a recu", "had not", "have not", "has not", "not been", "were not",
     "n'ont pas", "has been no", "n'a jamais", "n'ont jamais", "had never", "have never", "has never",
     "never took", "ne s'est pas"}
)  # fmt: skip
"""Negations of the verb right behind them, and of the noun that is its subject right before them."""
ACCUSED: Final = re.compile(r"suspect|soupconn|accus|attribu|imput|blamed|يشتبه|ات?هم|نسب")
CHARGED: Final = re.compile(r"(?:is |are )?suspected|soupconn|accus|يشتبه")
ONLY: Final = sought(r"(?<![^\W_])(?:سوي|الا|only|other than|but for)(?![^\W_])")
QUE: Final = sought(r"n'\w+ (?:\w+ ){0,2}que? ")
MONTH: Final = re.compile(r"(?:\d|in|since|of|until|by|early|late|mid|last|next|from|to) $")
"""'May' behind one of these is the month."""
RELATIVE: Final = re.compile(r"(?<![^\W_])(?:الذي|التي|الذين|who|which|qui)(?: \w+){0,3} $")
WHOSE: Final = re.compile(r"(?<![^\W_])(?:الذي|التي|الذين|who|which|qui)(?: \w+){0,2} $")
FORCE: Final = frozenset({"attack", "killing"})
GOT_OFF: Final = re.compile(r"escap|managed|got away|.*(?:echapp|enfui|fuir)|لاذ|تمكن")
LASTS: Final = re.compile(r" (?:last|remain|continue|run)(?![^\W_])")
RETRACTED: Final = sought(
    r"(?:سحب(?:ت)? (?:البيان|الخبر|بيان)|retir\w+ (?:son|le|leur) communique|retracted|withdrew (?:the"
    r"|its|their) state)"
)


def marked(page: Page, hit: Hit, value: str, reach: int = REACH) -> bool:
    """Tell whether a mark of a status reaches a trigger (rules 1 and 2)."""
    start, end = page.sentence_at(hit.start)
    low, high = max(start, hit.start - reach), min(end, hit.end + reach + FARTHER * (value == "failed"))
    marks = [mark for mark in page.hits("status", low, high) if mark.sense.group == value]
    clause = page.clause_at(hit.start) if marks else None
    for mark in marks:
        if not stands(page, mark, hit):
            continue
        got_off = GOT_OFF.match(page.text[mark.start : mark.end]) is not None
        shared = mark.first < hit.last and hit.first < mark.last
        if shared and (got_off or hit.sense.group == "sanction"):
            continue  # to suspend a member is the sanction itself, to get away the flight
        if got_off and hit.sense.group in FORCE:
            continue  # who attacked and got away did not fail
        same = clause is not None and clause.start <= mark.start < clause.end
        if mark.start > hit.end and not _from_behind(page, mark, hit, same=same, low=start):
            continue
        if mark.end <= hit.start and _stops(page, mark, hit):
            continue
        behind = mark.start > hit.start or value != "failed"
        if (same or behind) and not between(page, mark, hit):
            return True
    return value == "failed" and fell(page, hit)


def _stops(page: Page, mark: Hit, hit: Hit) -> bool:
    """Tell whether a mark before a trigger ends before it: something else is said, or it is the cause."""
    if mark.sense.group == "denied":
        return _ended(page, mark, hit)
    return mark.sense.group == "failed" and CAUSED.search(page.text[mark.end : hit.start]) is not None


def _from_behind(page: Page, mark: Hit, hit: Hit, *, same: bool, low: int) -> bool:
    """Tell whether a mark behind a trigger may be said of it (rule 2)."""
    if not same and RELATIVE.search(page.text[max(low, hit.start - 24) : hit.start]):
        return False  # 'the minister, who visited Kidal, denied'
    word = page.text[mark.start : mark.end]
    if mark.sense.group == "failed" and hit.sense.tense == "future":
        return False
    if GOT_OFF.match(word) and WHOSE.search(page.text[hit.end : mark.start]):
        return False  # '… with a driver, who escaped'
    if DENIES.search(page.text, hit.end, mark.end):
        return False
    if mark.start > hit.end + REACH and not ENDING_WORDS.match(word):
        return False
    if mark.sense.group == "failed" and (OBJECTED.match(word) or _of_another(page, mark)):
        return False
    if mark.sense.group in ("failed", "denied") and _new_clause(page, hit.end, mark.end):
        but = BUT.search(page.text, hit.end, mark.start)
        return but is not None and ENDING_WORDS.match(word) is not None
    if mark.sense.group == "claimed" and CHARGED.match(word):
        return False  # 'the arrest of two guards suspected of complicity' is no suspicion
    if hit.sense.tense == "none" and role(page, hit) != "act":
        return True
    if mark.sense.group == "denied":
        return False
    if mark.sense.group == "claimed":
        return ACCUSED.match(word) is None
    return mark.sense.group != "failed" or ENDING_WORDS.match(word) is not None


def _of_another(page: Page, mark: Hit) -> bool:
    """Tell whether a name of failure has its own object behind it: 'the failure of the talks'."""
    if NAMED.match(page.text, mark.start) is None:
        return False
    return any(h.start >= mark.end for h in page.hits("events", mark.end, mark.end + 16))


def _new_clause(page: Page, start: int, end: int) -> bool:
    """Tell whether a stretch opens another clause of its own before its last word."""
    found = NEXT.search(page.text, start, end)
    return found is not None and found.end() < end


def stands(page: Page, mark: Hit, hit: Hit) -> bool:
    """Tell whether a mark is one here: 'may' and no month, ``لم تعقد`` and no ``سوى`` behind it."""
    word = page.text[mark.start : mark.end]
    if word == "may":
        after = page.text[mark.end : mark.end + 2]
        return not (MONTH.search(page.text[max(0, mark.start - 8) : mark.start]) or re.match(r" \d", after))
    if word == "will" and LASTS.match(page.text, mark.end):
        return False
    if CALLED.match(page.text, mark.start) or (
        page.lang == "en" and word in ("rate", "sera", "ira", "vain de")
    ):
        return False
    if mark.sense.group in ("denied", "failed"):
        if QUE.match(page.text, mark.start):
            return False
        if word in NARROW and not _next_to(page, mark, hit):
            return False
        if mark.start < hit.start and only(page, mark.end, hit.end + 20):
            return False
    return FOUND.match(page.text, mark.start) is None


def only(page: Page, low: int, high: int) -> bool:
    """Tell whether a word of exception begins in a stretch; what the stretch cuts is no such word."""
    found = ONLY.search(page.text, low, high + WORD)
    return found is not None and found.start() < high


def _next_to(page: Page, mark: Hit, hit: Hit) -> bool:
    """Tell whether a negation is of the trigger: its verb, or that of the subject before it (rule 3)."""
    if mark.start < hit.start:
        return page.text.count(" ", mark.end, hit.start) <= 4
    return hit.sense.tense == "none" and "," not in page.text[hit.end : mark.start]


def between(page: Page, mark: Hit, hit: Hit) -> bool:
    """Tell whether another trigger, or the end of a part of the sentence, stands between the two."""
    low, high = sorted((mark, hit), key=lambda h: h.start)
    parted = PARTS.search(page.text[low.end : high.start]) is not None
    return parted or any(
        h.sense.group not in (hit.sense.group, "statement") and _tells(page, h)
        for h in page.hits("events", low.end, high.start)
    )


def _tells(page: Page, hit: Hit) -> bool:
    """Tell whether a trigger may tell something: neither what talks are about nor without its object."""
    return not talked_of(page, hit) and not (hit.sense.weak and by_object(page, hit) == NONE)


def predicate(page: Page, hit: Hit, pattern: Sought) -> re.Match[str] | None:
    """Return what a pattern finds behind a noun that opens its clause, as its predicate (rule 3)."""
    clause = page.clause_at(hit.start)
    start, end = page.sentence_at(hit.start)
    low = clause.start if clause else start
    subject = hit.start - low <= 60 and SUBJECT.match(page.text[low : hit.start]) is not None
    if not subject and PROJECT.within(page.text, low, hit.start) is None:
        return None
    stop = PARTS.search(page.text, hit.end, min(end, hit.end + BEHIND))
    high = stop.start() if stop else min(end, hit.end + BEHIND)
    found = pattern.search(page.text, hit.end, high)
    if found is None or _new_clause(page, hit.end, found.start()):
        return None
    return found if page.text[hit.end : found.start()].count(",") != 1 or page.lang == "ar" else None


def fell(page: Page, hit: Hit) -> bool:
    """Tell whether the predicate of a noun that opens its clause says that nothing came of it (rule 3)."""
    if hit.sense.tense != "none" or hit.sense.group == "statement":
        return False
    pattern = {"ar": FELL_AR, "fr": FELL_FR, "en": FELL_EN}[page.lang]
    return predicate(page, hit, pattern) is not None


TIE: Final = sought(
    r"(?<![^\W_])(?:[وف]?[بل]?(?:ال)?(?:صل[هت]|صلات|علاق[هت]|ارتباط|دور|ضلوع"
    r"|تورط|مسوولي[هت]|مشارك[هت]|تواطو|وقوف|علم)"
    r"(?:ه|ها|هم|هما|نا)?|لها? (?:صله|علاقه)"
    r"|liens?|roles?|implication|implique\w*|participation|participe|responsabilite|responsables?|complicite"
    r"|connaissance|etre derriere|links?|ties?|involvement|involved|part|responsib\w+|complicity|knowledge"
    r"|behind)(?![^\W_])"
)
"""What somebody has to do with a deed: who denies it does not deny the deed."""


def denied(page: Page, hit: Hit) -> bool:
    """A denial before the trigger in its sentence, or a mark beside it (rule 1)."""
    start, end = page.sentence_at(hit.start)
    for mark in page.hits("status", max(start, hit.start - DENIAL), hit.start):
        if mark.sense.group == "denied" and stands(page, mark, hit) and not _ended(page, mark, hit):
            return True
    return RETRACTED.search(page.text, hit.end, end) is not None or marked(page, hit, "denied")


def _ended(page: Page, mark: Hit, hit: Hit) -> bool:
    """Tell whether what is denied ends before a trigger: a new part, what somebody has to do with the deed,
    or something else is said."""
    if PARTS.search(page.text[mark.end : hit.start]) or TIE.within(page.text, mark.end, hit.start):
        return True
    told = page.hits("speech", mark.end + 1, hit.start)
    return any(
        re.search(r"(?:[,،] ?| )(?:et|and|mais|but)(?: \w+){0,2} $", page.text[mark.end : h.start])
        for h in told
    ) or any(page.lang == "ar" and page.text[h.start] == "و" and h.start > mark.end for h in told)


def not_held(page: Page, hit: Hit) -> bool:
    """Tell whether what was to be held was not."""
    if called_off(page, hit.start, hit.end):
        return True
    start, end = page.sentence_at(hit.start)
    low, high = max(start, hit.start - REACH), min(end, hit.end + 3 * REACH)
    found = NOT_HELD.search(page.text, low, high)
    if found is None or only(page, found.end(), max(found.end(), hit.end + 20)):
        return False
    if found.start() < hit.start:
        return True
    other = any(h.sense.group != hit.sense.group for h in page.hits("events", hit.end, found.start()))
    return not (other or _new_clause(page, hit.end, found.start()))


__all__ = ["REACH", "between", "denied", "fell", "marked", "not_held", "only", "predicate", "stands"]
