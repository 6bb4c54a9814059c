"""Whether an event happened, is planned, claimed, denied or failed: the marks in reach of its trigger.

Rules:
1. a mark reaches over its clause, and over the next one of the sentence while no other trigger stands
   between, of what failed only behind the trigger; a negation reaches the trigger right behind it
   (``aucune attaque``, ``no clash``, ``لم يقع أي``); a denial reaches all that it denies, and a sentence
   that denies 'it' reaches back over the one before;
2. what was to be and was not held, put off or called off failed; what is said not to have been is denied;
3. denied and failed go before planned, planned before claimed;
4. a future is a plan, also of the verb that carries a noun (``rencontrera``, ``will``, ``ستعقد``), unless
   what is told stands in the past;
5. what a party says of itself, what an unnamed source or another outlet in its own voice tells, or hearsay
   has, is claimed; what somebody with authority says, also through an agency, happened;
6. what is only referred to stays as it is: a toll that is denied 'after the attack of Saturday', 'the
   hostage, seized in May'.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.intake.purposes import pending, willed
from tansiq.intake.shape import Status
from tansiq.intake.sources import Group
from tansiq.intake.triggers import AUXILIARY, Role, role

FOUND: Final = re.compile(r"(?:[وف]|س)?[تي]?تعثر\w* علي")
"""'Comes upon', which is written like 'founders'."""
REACH: Final = 70
DENIAL: Final = 190
PARTS: Final = re.compile(r"[;؛:]|(?<![^\W_])(?:مقابل|en echange|in exchange|in return)(?![^\W_])")
NEGATION: Final = re.compile(
    r"(?<![^\W_])(?:(?:(?:aucune?|pas d'|pas de|sans|ni|jamais|no|not|never|neither|nor|without)"
    r"|(?:personne|rien) n'\w+)(?: \w+){0,2} |لم (?:\w+ )?(?:اي )?|دون |لا |عدم )$"
)
CARRIED: Final = re.compile(
    r"(?<![^\W_])(?:n'(?:a|ont|est|y a|avait|avaient)|did not|has not|have not|had not|was not|were not"
    r"|ne s'est|ne se sont|carried out no|ل[من])(?: \w+){1,4} ?$"
)
FUTURE: Final = re.compile(
    r"(?<![^\W_])(?:(?!(?:opera|camera|cholera|hydra)\b)[a-z]{2,}(?:era|eront|ira|iront|dra|dront|rra"
    r"|rront|ttra|ttront)"
    r"|will|shall|to be held|لن"
    r"|س(?!يار|ياس|يط[ره]|ياح|ياد|ياق|ين[اي]|يول|يرت|يدي|يده|نوات|نوي|نغال|نتين|نتر|تين|ترات|تيف|يوف|ينم)"
    r"[يتن]\w{3,})(?![^\W_])"
)
NOT_HELD: Final = re.compile(
    r"(?<![^\W_])(?:did not take place|never took place|was not held|were not held|n'a pas eu lieu"
    r"|n'ont pas eu lieu|n'(?:a|avait|ont|avaient) pu se tenir|ne s'est pas tenue?"
    r"|لم (?:ي|ت)(?:عقد|نعقد|جر|تم|لتيم)|لم (?:ي|ت)لتق)"
)
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
CLAIM: Final = re.compile(
    r"(?:claim\w* responsibility|responsibility (?:for \w+ ?\w* )?(?:was|has been) claimed|revendiqu\w*"
    r"|[وف]?(?:ت|ي)?تبن[يت]\w*|مسووليت\w+)"
)
UNCLAIMED: Final = re.compile(
    r"(?:no (?:group|one|body|organi[sz]ation) (?:\w+ )?(?:has |had )?(?:yet )?claim|has not been claimed"
    r"|n'a (?:pas|pas encore|jamais) ete revendiqu|aucune? (?:\w+ )?revendi|pas (?:encore )?revendiqu"
    r"|لم (?:ت|ي)تبن|لم (?:ت|ي)علن (?:اي |ايه ))"
)
BACKWARD: Final = re.compile(
    r"(?<![^\W_])[وف]?(?:(?:le|l'a|l'ont|les a) (?:nie\w*|dement\w*)"
    r"|(?:nie|dement|refut\w+)\w* (?:ces? (?:information|recit|nouvelle)s?|cette|tout|toute)"
    r"|(?:denie[sd]|deny|rejected|rejects|dismissed) (?:it|this|that|the (?:report|story)s?|these reports)"
    r"|(?:ت|ي)?نف[يت]\w* (?:\w+ ){0,4}(?:ذلك|هذا|الخبر|صحه)|لا (?:صحه|اساس) ل(?:هذا|ذلك|ه|ها"
    r"|هذه)(?![^\W_]))"
)
RETRACTED: Final = re.compile(
    r"(?:سحب(?:ت)? (?:البيان|الخبر|بيان)|retir\w+ (?:son|le|leur) communique|retracted|withdrew (?:the"
    r"|its|their) state)"
)
MONTH: Final = re.compile(r"(?:\d|in|since|of|until|by|early|late|mid|last|next|from|to) $")
"""'May' behind one of these is the month."""
LATER: Final = re.compile(
    r"(?:next|prochain|semaine|mois|week|month|later|coming|tomorrow|bientot|sous peu|prevu|scheduled"
    r"|planned|d'ici)"
)
ONLY: Final = re.compile(r"(?<![^\W_])(?:سوي|الا|only|other than)(?![^\W_])")
ABOUT: Final = re.compile(
    r"(?<![^\W_])(?:after|following|since|on|about|over|concerning|apres|depuis|sur|concernant|suite a"
    r"|a l'issue de"
    r"|au sujet de|a propos de|au lendemain de|de l'|بعد|عقب|منذ|اثر|حول|بشان|بخصوص|علي خلفيه)"
    r"(?: (?:the|that|this|last|l[ae]s?|l'|cette|cet|ce))?(?: [^\W_]+)? ?$"
)
TOLL: Final = re.compile(r"(?<![^\W_])(?:bilan|chiffres?|figures?|toll|death toll|حصيل\w+|ارقام)(?![^\W_])")
ASIDE: Final = re.compile(r"(?:علما (?:ان|بان)|يذكر ان|يشار الي ان|جدير بالذكر ان)")
WHOM: Final = re.compile(
    r"(?<![^\W_])(?:الذي|التي|الذين|اللذين|اللذان|اشخاص|رعايا|رهاين|who|qui)(?: (?:كان|كانوا|قد|had"
    r"|been|were|was|avaient|ont|ete))* $"
)
PARTIES: Final = frozenset({"armed_group", "non_state_party", "criminal_network"})
OUTLETS: Final = frozenset({"newspaper", "broadcaster"})
ANNOUNCED: Final = frozenset({"deployment", "visit", "exercise", "training"})
ANNOUNCES: Final = re.compile(
    r"(?<![^\W_])(?:[وف]?(?:اعلن|قرر|وافق)\w*|(?:annonc|announc|approuv|approv|autoris|authori)\w*"
    r"|decide[ds]?) (?:[^\W_]+ ){0,3}(?:l')?$"
)
ENDING: Final = re.compile(
    r"(?<![^\W_])(?:في (?:ختام|نهايه|اعقاب)|عقب|(?:a l'issue|au terme) d\w+|at the (?:end|close) of)"
    r"(?: (?:the|their|la|leur))? ?(?:l')?$"
)
SIGNED: Final = re.compile(
    r"(?<![^\W_])و?(?:وقع(?:ت|وا|ا|تا)?|ابرم(?:ت|وا|ا)?)(?![^\W_])(?! (?:في|علي الساعه|هجوم|انفجار))"
)
DECIDED: Final = re.compile(r"[وف]?قرر")  # deciding is itself the agreement
HEARSAY: Final = re.compile(
    r"(?<![^\W_])(?:aurai(?:t|ent)|serai(?:t|ent))(?![^\W_])"
)  # the conditional of hearsay


RELATIVE: Final = re.compile(r"(?<![^\W_])(?:الذي|التي|الذين|who|which|qui)(?: \w+)? $")


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
        held = kind in CARRIES and _not_held(page, hit)
        refused = (
            kind != "statement" and negated(page, hit) and hit.sense.tense != "past" and ahead(page, hit)
        )
        return cls(
            refused=refused and not _denied(page, hit),
            denied=not held and (_denied(page, hit) or negated(page, hit)),
            failed=held or marked(page, hit, "failed"),
            planned=_planned(page, hit, kind),
            claimed=marked(page, hit, "claimed") or (kind != "statement" and claims(page, hit)),
        )

    @property
    def some(self) -> bool:
        """Tell whether any does."""
        return self.denied or self.failed or self.planned or self.claimed


def marked(page: Page, hit: Hit, value: str, reach: int = REACH) -> bool:
    """Tell whether a mark of a status reaches a trigger (rule 1)."""
    start, end = page.sentence_at(hit.start)
    clause = page.clause_at(hit.start)
    low = max(start, hit.start - reach)
    high = min(end, hit.end + reach)
    for mark in page.hits("status", low, high):
        if mark.sense.group != value or not _stands(page, mark, hit):
            continue
        same = clause is not None and clause.start <= mark.start < clause.end
        behind = mark.start > hit.start or value != "failed"
        if (
            mark.start > hit.end
            and not same
            and RELATIVE.search(page.text[max(start, hit.start - 24) : hit.start])
        ):
            continue  # 'the minister, who visited Kidal, denied'
        if (same or behind) and not _between(page, mark, hit):
            return True
    return False


def _stands(page: Page, mark: Hit, hit: Hit) -> bool:
    """Tell whether a mark is one here: 'may' and no month, ``لم تعقد`` and no ``سوى`` behind it."""
    word = page.text[mark.start : mark.end]
    if word == "may":
        after = page.text[mark.end : mark.end + 2]
        return not (MONTH.search(page.text[max(0, mark.start - 8) : mark.start]) or re.match(r" \d", after))
    if mark.sense.group in ("denied", "failed") and mark.start < hit.start:
        return not (FOUND.match(page.text, mark.start) or ONLY.search(page.text[mark.end : hit.end + 20]))
    return FOUND.match(page.text, mark.start) is None


def _between(page: Page, mark: Hit, hit: Hit) -> bool:
    """Tell whether another trigger, or the end of a part of the sentence, stands between the two."""
    low, high = sorted((mark, hit), key=lambda h: h.start)
    parted = PARTS.search(page.text[low.end : high.start]) is not None
    return parted or any(
        h.sense.group not in (hit.sense.group, "statement") for h in page.hits("events", low.end, high.start)
    )


def _denied(page: Page, hit: Hit) -> bool:
    """A denial before the trigger in its sentence, a mark beside it, or a denial of 'it' behind (rule 1)."""
    start, end = page.sentence_at(hit.start)
    for mark in page.hits("status", max(start, hit.start - DENIAL), hit.start):
        parted = PARTS.search(page.text[mark.end : hit.start])
        if mark.sense.group == "denied" and not parted and _stands(page, mark, hit):
            return True
    if marked(page, hit, "denied") or RETRACTED.search(page.text, hit.end, end):
        return True
    following = page.sentence_at(min(end + 3, max(0, len(page.text) - 1)))
    return following[0] > start and BACKWARD.search(page.text[following[0] : following[1]]) is not None


def _not_held(page: Page, hit: Hit) -> bool:
    start, end = page.sentence_at(hit.start)
    low, high = max(start, hit.start - REACH), min(end, hit.end + 3 * REACH)
    found = NOT_HELD.search(page.text, low, high)
    return found is not None and not ONLY.search(page.text, found.end(), max(found.end(), hit.end + 20))


def negated(page: Page, hit: Hit) -> bool:
    """Tell whether a negation stands right before a trigger, in its sentence."""
    floor = max(page.sentence_at(hit.start)[0], hit.start - 44)
    before = page.text[floor : hit.start]
    if ONLY.search(page.text, hit.start, min(len(page.text), hit.end + 24)):
        return False
    return NEGATION.search(before) is not None or CARRIED.search(before) is not None


def claims(page: Page, hit: Hit) -> bool:
    """Tell whether the sentence of a trigger claims responsibility."""
    start, end = page.sentence_at(hit.start)
    low, high = max(start, hit.start - 120), min(end, hit.end + 120)
    return CLAIM.search(page.text, low, high) is not None and not unclaimed(page, hit)


def unclaimed(page: Page, hit: Hit) -> bool:
    """Tell whether the sentence says that nobody claimed it: nothing new is told."""
    start, end = page.sentence_at(hit.start)
    return UNCLAIMED.search(page.text, start, min(end, start + 400)) is not None


def ahead(page: Page, hit: Hit) -> bool:
    """Tell whether a verb of the future stands in the clause of a trigger (rule 4)."""
    clause = page.clause_at(hit.start)
    if clause is None:
        return False
    low, high = max(clause.start, hit.start - REACH), min(clause.end, hit.end + REACH)
    return any(m.start() not in page.covered for m in FUTURE.finditer(page.text, low, high))


def given(page: Page, hit: Hit, kind: str, what: Role, *, timed: bool) -> bool:
    """Tell whether an event is taken for granted by those who deny or tell something else (rule 6)."""
    low = page.sentence_at(hit.start)[0]
    before = page.text[max(low, hit.start - 60) : hit.start]
    if what == "name":
        toll = TOLL.search(page.text, max(low, hit.start - DENIAL), hit.start)
        return toll is not None or (timed and ABOUT.search(before) is not None)
    if ASIDE.search(page.text, low, hit.start):
        return True
    if kind != "kidnapping" or what != "act":
        return False
    return WHOM.search(before) is not None or _reduced(page, hit)


def _reduced(page: Page, hit: Hit) -> bool:
    """Tell whether a participle stands without an auxiliary: 'the nurse taken at'."""
    if page.lang == "ar":
        return False
    before = {w.text for w in page.words[max(0, hit.first - 3) : hit.first]}
    return not before & AUXILIARY


def _planned(page: Page, hit: Hit, kind: str) -> bool:
    if hit.sense.tense == "future":
        return True
    if willed(page, hit):
        return True
    if ENDING.search(page.text[max(0, hit.start - 24) : hit.start]):
        return False
    if hit.sense.tense == "past" or (kind == "agreement" and signed(page, hit) is not None):
        return False
    if kind in CARRIES and kind != "agreement" and hit.sense.tense == "none" and pending(page, hit):
        return True
    clause = page.clause_at(hit.start)
    start = max(clause.start if clause else 0, hit.start - REACH)
    end = min(clause.end if clause else hit.end, hit.end + REACH)
    planned = [h for h in page.hits("status", start, end) if h.sense.group == "planned" and h.end <= end]
    planned = [h for h in planned if _stands(page, h, hit) and _carries(page, h, hit)]
    if kind == "agreement":
        planned = [h for h in planned if not DECIDED.match(page.text[h.start : h.end])]
    named = hit.sense.pos == "noun" or (page.lang != "ar" and role(page, hit) == "name")
    if kind in ANNOUNCED and named and ANNOUNCES.search(page.text[max(0, hit.start - 45) : hit.start]):
        return True
    if not planned:
        return hit.sense.tense == "none" and ahead(page, hit)
    done = page.hits("happened", start, hit.end + 30)
    return not done or min(abs(h.start - hit.start) for h in planned) < min(
        abs(h.start - hit.start) for h in done
    )


def signed(page: Page, hit: Hit) -> int | None:
    """Return where a sentence says that the agreement it names was signed: ``وقعت مالي … اتفاقا``."""
    if page.lang != "ar" or hit.sense.pos != "noun":
        return None
    low = page.sentence_at(hit.start)[0]
    found = SIGNED.search(page.text, max(low, hit.start - DENIAL), hit.start)
    return found.start() if found is not None else None


def _carries(page: Page, mark: Hit, hit: Hit) -> bool:
    """Tell whether a mark of a plan behind a finite verb is one of time: another verb has its own plan."""
    if mark.start < hit.end or page.lang == "ar" or role(page, hit) != "act":
        return True
    return LATER.search(page.text[mark.start : mark.end]) is not None


def read_status(
    page: Page, hit: Hit, what: Role, marks: Marks, group: Group | None, *, doubted: bool, given: bool
) -> Status:
    """Return the status that the marks and the speaker of an event give it (rules 3, 5 and 6).

    ``doubted``: nobody is named who says it, or a party to the conflict says it; ``given``: see ``given``.
    """
    if marks.denied and not given:
        return "denied"
    if marks.failed:
        return "failed"
    if (marks.planned or what == "aim") and not given:
        return "planned"
    if given:
        return "happened"
    if marks.claimed or doubted or (group is not None and _hearsay(group)):
        return "claimed"
    start, end = page.sentence_at(hit.start)
    near = page.text[max(start, hit.start - REACH) : min(end, hit.end + REACH)]
    return "claimed" if page.lang == "fr" and HEARSAY.search(near) else "happened"


def _hearsay(group: Group) -> bool:
    return group.kind in ("unnamed_source", "expert") or group.kind in OUTLETS
