"""Whether an event happened, is planned, claimed, denied or failed: the marks in reach of its trigger.

Rules:
1. marks reach as far as ``reach.py`` says;
2. what was to be and was not held, put off or called off failed; what is said not to have been is denied;
3. denied and failed go before planned, planned before claimed;
4. a future is a plan, also of the verb that carries a noun (``rencontrera``, ``will``, ``ستعقد``), unless
   what is told stands in the past;
5. what is doubted (``doubt.py``) or hearsay is claimed; what somebody with authority says, also through an
   agency, happened;
6. what is only referred to stays as it is: a toll that is denied 'after the attack of Saturday', 'the
   hostage, seized in May'; what befell somebody (``befallen.py``) is neither planned nor failed;
7. what has a day of its own behind that of the text lies ahead, and a visit or a meeting on a day before it
   does not, unless it *was* planned.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from tansiq.intake.befallen import befallen
from tansiq.intake.denials import denied_behind, rumour_denied
from tansiq.intake.foiled import foiled
from tansiq.intake.lexemes import Hit
from tansiq.intake.negations import negated
from tansiq.intake.page import Page
from tansiq.intake.purposes import PAST, decided, foretold, pending, told_ahead, willed
from tansiq.intake.reach import REACH, denied, marked, not_held, predicate, stands
from tansiq.intake.shape import Days, Status
from tansiq.intake.triggers import Role, auxiliary, role, unaided
from tansiq.language.sought import sought

FUTURE: Final = sought(
    r"(?<![^\W_])(?:(?!(?:opera|camera|cholera|hydra|durera|dureront)\b)[a-z]{2,}(?:era|eront|ira|iront"
    r"|dra|dront|rra"
    r"|rront|ttra|ttront|[ao]itra|[ao]itront|(?<!li)(?<!ou)(?<!oeu)(?<!eu)vra|vront)"
    r"|will(?! (?:last|remain|run for|continue))|shall|to be held|لن"
    r"|س(?!يار|ياس|يط[ره]|ياح|ياد|ياق|ين[اي]|يول|يرت|يدي|يده|نوات|نوي|نغال|نتين|نتر|تين|ترات|تيف|يوف|ينم"
    r"|[يت](?:ستمر|دوم))"
    r"[يتن]\w{3,})(?![^\W_])"
)
LOOK: Final = 10  # letters behind a verb of the future that tell whether it is one
CARRIES: Final = frozenset(
    {
        "meeting",
        "consultation",
        "visit",
        "exercise",
        "training",
        "agreement",
        "deployment",
        "creation_of_body",
    }
)
CLAIM: Final = sought(
    r"(?:claim\w* responsibility|responsibility (?:for \w+ ?\w* )?(?:was|has been) claimed|revendiqu\w*"
    r"|[وف]?(?:ت|ي)?تبن[يت]\w*(?! علي)|مسووليت\w+)"
)
UNCLAIMED: Final = sought(
    r"(?:no (?:group|one|body|organi[sz]ation) (?:\w+ )?(?:has |had )?(?:yet )?claim|has not been claimed"
    r"|n'a (?:pas|pas encore|jamais) ete revendiqu|aucune? (?:\w+ )?revendi|pas (?:encore )?revendiqu"
    r"|لم (?:ت|ي)تبن|لم (?:ت|ي)علن (?:اي |ايه ))"
)
TO_COME: Final = {
    "fr": sought(
        r"(?<![^\W_])(?:(?:est|sont|reste|restent) (?:\w+ )?(?:prevue?s?|programmee?s?|attendue?s?"
        r"|fixee?s?|envisagee?s?"
        r"|annoncee?s?|planifiee?s?)|sera|seront|aura lieu|auront lieu|(?:debut|commenc)er(?:a|ont)"
        r"|(?:repr|se ti)endr(?:a|ont)"
        r"|interviendra|(?:doit|doivent) (?:avoir|etre|se |s'|debuter|commencer|demarrer|durer|arriver"
        r"|suivre|reprendre"
        r"|rassembler|reunir))(?![^\W_])"
    ),
    "en": sought(
        r"(?<![^\W_])(?:(?:is|are) (?:now |also |still )?(?:set|due|expected|scheduled|planned|slated"
        r"|pencilled in"
        r"|to (?:begin|start|be|take|follow|resume|open|last|go))|will|shall)(?![^\W_])"
    ),
    "ar": sought(
        r"(?<![^\W_])(?:(?:من )?ال?مقرر\w*|مبرمج\w*|مرتقب\w*|(?:من )?ال?منتظر\w*|متوقع\w*"
        r"|ف?س[يت](?:جري|تم|عقد|نطلق|بدا|نظم|قام|شرع|نعقد|ستانف|توجه|شارك|نفذ|شمل|ستمر|ستغرق|كون)\w*"
        r"|ف?[يت](?:نطلق|بدا|نعقد|عقد) (?:يوم |غدا |ابتداء |(?:ال)?(?:احد|اثنين|ثلاثاء|اربعاء|خميس|جمعه"
        r"|سبت)))"
    ),
}
"""Predicates by which what a noun names lies ahead."""
WITHOUT: Final = re.compile(
    r"(?<![^\W_])(?:(?:دون|بدون|بلا) (?:ان [يت]\w+|توقيع|التوقيع|التوصل|ابرام|اي)|sans (?:parvenir"
    r"|aboutir|signer|conclure|trouver"
    r"|s'entendre|(?:aucun )?accord)|without (?:signing|reaching|agreeing|concluding|sealing|an? "
    r"|any ))[^.;,،]*$"
)
COMING: Final = CARRIES | {"military_operation", "prisoner_release", "hostage_release", "other", "smuggling"}
LATER: Final = re.compile(
    r"(?:next|prochain|semaine|mois|week|month|later|coming|tomorrow|bientot|sous peu|prevu|scheduled"
    r"|planned|d'ici)"
)
IN_PASSING: Final = re.compile(
    r"(?<![^\W_])(?:عند|خلال|اثناء|لدي|الي|منذ|بعد|lors d\w+|au cours d\w+|pendant|during|since|depuis"
    r"|apres|after)"
    r" (?:l[ae'] ?|the |sa |son |his |\w+ )?$"
)
WAS_TO: Final = re.compile(
    r"(?<![^\W_])(?:كان\w* (?:من )?(?:ال)?(?:مقرر|مزمع|منتظر|مرتقب|مبرمج|ست|سي)\w*|(?:etai(?:t|ent)"
    r"|avai(?:t|ent) ete)"
    r" (?:prevu|programme|annonce|fixe)\w*|devai(?:t|ent)|(?:was|were|had been) (?:planned|due|scheduled"
    r"|to|set)"
    r"|prevue?s?|planned|scheduled|المقرر\w*)(?![^\W_])"
)
TOWARDS: Final = re.compile(r"تمهيد|تحضير|استعداد|تحسب|الاعداد|الاستعداد|مشروع|en vue d|projet d|vise")
"""What is planned stands behind these."""
FINITE: Final = re.compile(r"[وف]?(?:س[يت]\w{3,}|تقرر|قرر\w*|وعد\w*|تعهد\w*|[اي]قترح\w*|[يت]عتزم\w*)$")
ABOUT: Final = sought(
    r"(?<![^\W_])(?:after|following|since|on|about|over|concerning|apres|depuis|sur|concernant|suite a"
    r"|a l'issue de"
    r"|au sujet de|a propos de|au lendemain de|de l'|بعد|عقب|منذ|اثر|حول|بشان|بخصوص|علي خلفيه)"
    r"(?: (?:the|that|this|last|l[ae]s?|l'|cette|cet|ce))?(?: [^\W_]+)? ?$"
)
PASSED: Final = re.compile(
    r"(?<![^\W_])(?:بعد (?:[^\W_]+ ){1,5}(?:من|علي)|في اشاره الي|(?:days?|weeks?|months?|years?) after"
    r"|(?:jours?|semaines?|mois|ans?) apres|au lendemain d[eu']|lors d[eu']|at the (?:end|close) of"
    r"|a l'issue d[eu']|au terme d[eu'])"
    r" ?(?:l[ae] ?|l'|the |an? |une? |[^\W_]*day )?(?:[^\W_]*day )?(?:l')?$"
)
"""What stands behind these has happened."""
TOLL: Final = sought(r"(?<![^\W_])(?:bilan|chiffres?|figures?|toll|death toll|حصيل\w+|ارقام)(?![^\W_])")
ASIDE: Final = sought(r"(?:علما (?:ان|بان)|يذكر ان|يشار الي ان|جدير بالذكر ان)")
WHOM: Final = re.compile(
    r"(?<![^\W_])(?:الذي|التي|الذين|اللذين|اللذان|اشخاص|رعايا|رهاين|who|qui)(?: (?:كان|كانوا|قد|had"
    r"|been|were|was|avaient|ont|ete))* $"
)
PATROL: Final = re.compile(r"[وف]?[بل]?(?:ال|لل)?دوري|patrol|patrouill|(?:joint )?exercis")
DEEDS: Final = frozenset(
    {"attack", "killing", "kidnapping", "military_operation", "seizure", "arrest", "other", "arms_flow"}
)
AGREED: Final = re.compile(
    r"[^.;،؛]{0,60}?(?<![^\W_])(?:الموقع\w*|المبرم\w*|الذي وقع\w*|التي وقع\w*|signee?s? (?:en|le|a|par"
    r"|entre|in)"
    r"|conclue?s? (?:en|le|a|in)|signed (?:in|on|at|by|last)|reached (?:in|on|at|last)|(?:of|de) (?:19"
    r"|20)\d\d)(?![^\W_])"
)
"""An agreement that is named with its signing is there, whatever is told of it."""
PARTIES: Final = frozenset({"armed_group", "non_state_party", "criminal_network"})
ANNOUNCED: Final = frozenset({"deployment", "visit", "exercise", "training"})
ANNOUNCES: Final = re.compile(
    r"(?<![^\W_])(?:[وف]?(?:اعلن|قرر|وافق)\w*|(?:annonc|announc|approuv|approv|autoris|authori)\w*"
    r"|decide[ds]?) (?:[^\W_]+ ){0,3}(?:l')?$"
)
ENDING: Final = sought(
    r"(?<![^\W_])(?:في (?:ختام|نهايه|اعقاب)|عقب|(?:a l'issue|au terme) d\w+|at the (?:end|close) of)"
    r"(?: (?:the|their|la|leur))? ?(?:l')?$"
)
SIGNED: Final = re.compile(
    r"(?<![^\W_])و?(?:وقع(?:ت|وا|ا|تا)?|ابرم(?:ت|وا|ا)?)(?![^\W_])(?! (?:في|علي الساعه|هجوم|انفجار))"
)
DECIDED: Final = re.compile(r"[وف]?قرر")  # deciding is itself the agreement
DUE: Final = re.compile(
    r"(?<![^\W_])serai(?:t|ent) (?!\w+ (?:hier|lundi dernier))[^.;]{0,50}?"
    r"(?:avant (?:la fin|fin|la mi|le|l')|d'ici|au plus tard|a partir d[eu']|a compter d[eu']|prochain)"
)
"""A conditional with a term lies ahead."""
HEARSAY: Final = sought(
    r"(?<![^\W_])(?:aurai(?:t|ent)|serai(?:t|ent))(?![^\W_])"
)  # the conditional of hearsay


class Marks(msgspec.Struct, frozen=True):
    """Which marks of status reach a trigger; ``refused``: it will not be, which tells no event."""

    denied: bool
    failed: bool
    planned: bool
    claimed: bool
    refused: bool

    @classmethod
    def of(cls, page: Page, hit: Hit, kind: str) -> Marks:
        """Read the marks around a trigger of a type."""
        planned = _planned(page, hit, kind)
        held = (kind in CARRIES or planned or _patrols(page, hit)) and not_held(page, hit)
        never = negated(page, hit)
        unsigned = kind == "agreement" and (never or _unreached(page, hit))  # which nobody denies
        failed = held or unsigned or marked(page, hit, "failed") or foiled(page, hit, kind)
        said_not = denied(page, hit)
        refused = never and kind != "statement" and hit.sense.tense != "past" and ahead(page, hit)
        return cls(
            refused=refused and not said_not,
            denied=not held
            and (
                said_not
                or (never and not unsigned)
                or (not failed and denied_behind(page, hit))
                or rumour_denied(page, hit)
            ),
            failed=failed,
            planned=planned,
            claimed=marked(page, hit, "claimed") or _claimed(page, hit, kind),
        )

    @property
    def some(self) -> bool:
        """Tell whether any does."""
        return self.denied or self.failed or self.planned or self.claimed


def _unreached(page: Page, hit: Hit) -> bool:
    """Tell whether an agreement stands behind 'without signing'."""
    low = page.sentence_at(hit.start)[0]
    return WITHOUT.search(page.text[max(low, hit.start - 50) : hit.end]) is not None


def _patrols(page: Page, hit: Hit) -> bool:
    """Tell whether a patrol is named: one that did not take place was to be, and failed."""
    return hit.sense.tense == "none" and PATROL.match(page.text, hit.start) is not None


def claims(page: Page, hit: Hit) -> bool:
    """Tell whether the sentence of a trigger claims responsibility."""
    start, end = page.sentence_at(hit.start)
    low, high = max(start, hit.start - 120), min(end, hit.end + 120)
    return CLAIM.search(page.text, low, high) is not None and not unclaimed(page, hit)


def _claimed(page: Page, hit: Hit, kind: str) -> bool:
    """Tell whether responsibility for a deed is claimed before it in its sentence: behind a deed that is told
    as a fact it doubts nothing."""
    if kind not in DEEDS:
        return False
    low = max(page.sentence_at(hit.start)[0], hit.start - 120)
    return CLAIM.search(page.text, low, hit.end) is not None and not unclaimed(page, hit)


def unclaimed(page: Page, hit: Hit) -> bool:
    """Tell whether the sentence says that nobody claimed it: nothing new is told."""
    start, end = page.sentence_at(hit.start)
    return UNCLAIMED.search(page.text, start, min(end, start + 400)) is not None


def ahead(page: Page, hit: Hit) -> bool:
    """Tell whether a verb of the future stands in the clause of a trigger (rule 4)."""
    clause = page.clause_at(hit.start)
    if clause is None:
        return False
    low, high = max(clause.start, hit.start - REACH), min(clause.end, hit.end + REACH + LOOK)
    return any(m.start() not in page.covered for m in FUTURE.finditer(page.text, low, high))


def given(page: Page, hit: Hit, kind: str, what: Role, *, timed: bool) -> bool:
    """Tell whether an event is taken for granted by those who deny or tell something else (rule 6)."""
    low = page.sentence_at(hit.start)[0]
    near = max(low, hit.start - 60)
    before = page.text[near : hit.start]
    if kind == "agreement" and what == "name" and AGREED.match(page.text, hit.end):
        return True
    if what == "name":
        if PASSED.search(before):
            return True
        toll = TOLL.search(page.text, max(low, hit.start - 190), hit.start)
        return toll is not None or (timed and ABOUT.within(page.text, near, hit.start) is not None)
    if ASIDE.search(page.text, low, hit.start):
        return True
    if kind == "kidnapping" and befallen(page, hit):
        return True
    if kind != "kidnapping" or what != "act":
        return False
    return WHOM.search(before) is not None or (page.lang != "ar" and unaided(page, hit.first))


def _planned(page: Page, hit: Hit, kind: str) -> bool:
    if hit.sense.tense == "future":
        return True
    if willed(page, hit):
        return True
    if ENDING.within(page.text, max(0, hit.start - 24), hit.start):
        return False
    if (page.lang == "ar" or role(page, hit) != "act") and decided(page, hit, kind):
        return True
    if kind in CARRIES and told_ahead(page, hit):
        return True
    if kind in COMING and hit.sense.tense == "none" and _to_come(page, hit):
        return True
    if hit.sense.tense == "past" or (kind == "agreement" and signed(page, hit) is not None):
        return False
    if kind in CARRIES and kind != "agreement" and hit.sense.tense == "none" and pending(page, hit):
        return True
    clause = page.clause_at(hit.start)
    start = max(clause.start if clause else 0, hit.start - REACH)
    end = min(clause.end if clause else hit.end, hit.end + REACH)
    planned = [h for h in page.hits("status", start, end) if h.sense.group == "planned" and h.end <= end]
    planned = [h for h in planned if stands(page, h, hit) and _carries(page, h, hit)]
    if kind == "agreement":
        planned = [h for h in planned if not DECIDED.match(page.text[h.start : h.end])]
        past = role(page, hit) == "act"
        planned = [h for h in planned if h.end <= hit.start or (h.start >= hit.end and not past)]
    named = hit.sense.pos == "noun" or (page.lang != "ar" and role(page, hit) == "name")
    if kind in ANNOUNCED and named and ANNOUNCES.search(page.text[max(0, hit.start - 45) : hit.start]):
        return True
    if not planned:
        return hit.sense.tense == "none" and ahead(page, hit)
    done = page.hits("happened", start, hit.end + 30)
    return not done or min(abs(h.start - hit.start) for h in planned) < min(
        abs(h.start - hit.start) for h in done
    )


def _to_come(page: Page, hit: Hit) -> bool:
    """Tell whether the predicate of a noun that opens its clause says that it lies ahead (rule 4)."""
    before = page.words[hit.first - 1].text if hit.first else ""
    if auxiliary(page, before):
        return False
    found = predicate(page, hit, TO_COME[page.lang])
    if found is None or page.hits("happened", hit.end, found.start()):
        return False
    return not any(
        h.sense.tense == "past" or role(page, h) == "act"
        for h in page.hits("events", hit.end, found.start())
        if not h.sense.weak
    )


def signed(page: Page, hit: Hit) -> int | None:
    """Return where a sentence says that the agreement it names was signed: ``وقعت مالي … اتفاقا``."""
    if page.lang != "ar" or hit.sense.pos != "noun":
        return None
    low = page.sentence_at(hit.start)[0]
    found = SIGNED.search(page.text, max(low, hit.start - 190), hit.start)
    return found.start() if found is not None else None


def _carries(page: Page, mark: Hit, hit: Hit) -> bool:
    """Tell whether a mark of a plan behind a finite verb is one of time: another verb has its own plan."""
    word = page.text[mark.start : mark.end]
    if mark.start < hit.end:
        return True
    if TOWARDS.match(word):
        return False
    if page.lang == "ar" and FINITE.match(word) and mark.start - hit.end > 14:
        return not any(h.start >= mark.end for h in page.hits("events", mark.end, mark.end + 60))
    if page.lang == "ar" or role(page, hit) != "act":
        return True
    return LATER.search(page.text[mark.start : mark.end]) is not None


def read_status(page: Page, hit: Hit, what: Role, marks: Marks, *, doubted: bool, given: bool) -> Status:
    """Return the status that the marks and the speaker of an event give it (rules 3, 5 and 6).

    ``doubted``: see ``doubt.py``; ``given``: see ``given``.
    """
    if marks.denied and not given:
        return "denied"
    befell = (marks.failed or marks.planned) and befallen(page, hit)
    if marks.failed and not befell:
        return "failed"
    if (marks.planned or what == "aim") and not (given or befell):
        return "planned"
    if given:
        return "happened"
    if marks.claimed or doubted:
        return "claimed"
    start, end = page.sentence_at(hit.start)
    low, high = max(start, hit.start - REACH), min(end, hit.end + REACH)
    if page.lang == "fr" and foretold(page, hit, start):
        return "planned"
    if page.lang != "fr" or not HEARSAY.within(page.text, low, high):
        return "happened"
    return "planned" if DUE.search(page.text[low:high]) else "claimed"


def by_day(page: Page, hit: Hit, what: Role, status: Status, when: Days | None, kind: str) -> Status:
    """Return the status of an event whose own day is known (rule 7)."""
    published = page.published
    if when is None or published is None:
        return status
    if status == "planned" and when.hi < published.interval.lo and what == "name" and kind in CARRIES:
        start, end = page.sentence_at(hit.start)
        passing = IN_PASSING.search(page.text[max(start, hit.start - 24) : hit.start]) is not None
        passing = passing or PAST.search(page.text, hit.end, min(end, hit.end + REACH)) is not None
        near = page.text[max(start, hit.start - 2 * REACH) : min(end, hit.end + REACH)]
        return "happened" if passing and not WAS_TO.search(near) else status
    if published.basis == "inferred":
        return status
    told = hit.sense.tense == "past" or (what == "act" and page.lang != "ar")
    if status in ("happened", "claimed") and when.lo > published.interval.hi and not told:
        return "planned"
    return status
