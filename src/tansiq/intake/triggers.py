"""What a word that may tell an event is here: an act, the name of one, a purpose, a count, or nothing.

Rules:
1. a verb in the past or a participle behind an auxiliary is an act; a noun, or a verb behind an article,
   names one; an infinitive or ``أن`` with a verb is a purpose, and tells an event only under a mark of
   a plan, a failure or a denial;
2. 'dead', ``قتلى`` count only with a number beside them;
3. a name behind 'against', 'the risk of' is none (``abstract``); a definite name without anything of its
   own ('the attack') points back;
4. who is set free was a hostage if hostages or ransoms are told of nearby; who is seized with them was
   taken; who is sent or arrives as an envoy visits, as troops is deployed.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.language.spans import starting

Role = Literal["act", "name", "aim", "count"]
AUXILIARY: Final = frozenset(
    [
        "a", "ont", "ete", "avoir", "est", "sont", "avait", "avaient", "ayant", "etait", "etaient", "aurait",
        "auraient", "serait", "seraient", "fut", "furent", "etre", "sera", "seront", "was", "were", "been",
        "had", "has", "have", "be", "being", "is", "are",
    ]
)  # fmt: skip
BETWEEN: Final = frozenset(
    ["egalement", "aussi", "ete", "deja", "ainsi", "bien", "recemment", "tous", "depuis", "been", "also",
     "already", "recently", "both", "reportedly", "allegedly", "since", "ensuite", "finalement", "then"]
)  # fmt: skip
ARTICLES: Final = frozenset(
    ["l", "la", "le", "les", "une", "un", "des", "cette", "ce", "ces", "cet", "d", "du", "de", "son", "sa",
     "leur", "leurs", "ses", "the", "a", "an", "this", "that", "its", "their", "of", "aucune", "aucun", "no",
     "premiere", "nouvelle", "derniere", "double", "another", "first", "second", "such", "any"]
)  # fmt: skip
TO: Final = frozenset(["to", "will", "would", "could", "should", "may", "might", "shall", "can", "must"])
IRREGULAR: Final = frozenset(
    ["met", "struck", "blew", "shot", "sent", "withdrew", "withdrawn", "hit", "overran", "flew", "set",
     "slain", "took", "fled", "taken", "held", "sat", "paid", "fell", "went", "gone", "sought"]
)  # fmt: skip
ENDINGS: Final = ("e", "es", "ee", "ees", "i", "is", "us", "u", "ent", "a", "ont")
INFINITIVE: Final = re.compile(r"(?:er|ir|oir|ettre|attre|endre)$")
SUBJUNCTIVE: Final = re.compile(r"(?<![^\W_])(?:أن|ان|لكي|كي|لن)\s+$")
HOSTAGES: Final = re.compile(
    r"(?:رهين|رهاين|مختطف|مخطوف|محتجز|خاطف|فديه|otage|"
    r"rancon|ravisseur|captif|enleve|hostage|captive|captor|ransom|kidnapp|abduct)"
)
PRISONERS: Final = re.compile(
    r"(?:سجين|سجنا|ارهابي|مجرم|معتقل|موقوف|مهرب|متهم|prisonnier|detenu|prevenu|accuse|prisoner|detainee|inmate|suspect|jihadist|djihadist)"
)
TROOPS: Final = re.compile(
    r"(?:جندي|جنود|عسكري|قوات|قوه|كتيب|فصيل|سري[هت]|وحد|تعزيز|soldat|militaire|troupe|renfort|detachement"
    r"|compagnie|bataillon|escadron|contingent|soldier|troops|reinforce|company|battalion|contingent|platoon|unit)"
)
ENVOYS: Final = re.compile(
    r"(?:وفد|مبعوث|وزير|رييس|سفير|فريق|قايد|مسوول|delegation|emissaire|ministre|president|ambassadeur|envoy"
    r"|minister|delegate|ambassador|mission|chief|general|commander|secretary|secretaire)"
)
PERSONS: Final = re.compile(
    r"(?:رعايا|شخص|اشخاص|رجل|رجال|جندي|جنود|سايق|مواطن|عامل|طبيب|personne|homme|soldat|militaire|ressortissant"
    r"|chauffeur|instituteur|medecin|employe|people|men\b|man\b|soldier|national|driver|teacher|doctor|worker|priest)"
)
ARRIVAL: Final = re.compile(r"^(?:[وف]?(?:ي|ت|س[يت])?صل|[وف]?وصل|arriv|est arriv|est attend)")
SENDING: Final = re.compile(
    r"^(?:[وف]?(?:ال|ب|ل)?(?:ارسال|ايفاد|ارسل|اوفد)|envo|enverr|depech|dispatch|send|sent\b|will send)"
)
VEHICLES: Final = re.compile(
    r"^\W*(?:\w+ ){0,4}(?:شاحن|سيار|مركب|عربه|قافل|camion|vehicule|convoi|pick|truck|vehicle|car\b|lorr)"
)
CARRIED: Final = frozenset({"smuggling", "arms_flow"})
HOMOGRAPHS: Final = frozenset({"وزاره", "وزارته", "وزارتها"})  # the ministry, not 'and visited it'
PATROL: Final = re.compile(r"^(?:[وف]?(?:ال)?(?:دوري|عملي[هت]$)|patrol|patrouill|operation$|mission$)")
PLURAL: Final = re.compile(r"(?:ات|ييات)$|[^s]s$")


def role(page: Page, hit: Hit) -> Role:
    """Return what a trigger is, by its form and its neighbours (rule 1)."""
    if hit.sense.pos == "count":
        return "count"
    if page.lang == "ar":
        return _arabic(page, hit)
    word = page.words[hit.first].text
    before = [w.text for w in page.words[max(0, hit.first - 3) : hit.first]]
    while before and before[-1] in BETWEEN:
        before.pop()
    last = before[-1] if before else ""
    if last in AUXILIARY and not word.endswith("ing"):
        return "act"
    if last in TO or (page.lang == "fr" and INFINITIVE.search(word) and hit.last - hit.first == 1):
        return "aim"
    return _latin(page.lang, hit, word, last)


def _latin(lang: str, hit: Hit, word: str, last: str) -> Role:
    if lang == "en":
        return "act" if word.endswith("ed") or word in IRREGULAR else "name"
    if last in ARTICLES or hit.last - hit.first > 1:
        return "name"
    return "act" if word.endswith(ENDINGS) else "name"


def _arabic(page: Page, hit: Hit) -> Role:
    if hit.sense.pos != "verb" and hit.sense.pos != "any":
        return "name"
    if hit.sense.tense == "present" and SUBJUNCTIVE.search(page.text[max(0, hit.start - 6) : hit.start]):
        return "aim"
    return "act"


def kind_of(page: Page, hit: Hit) -> str | None:
    """Return the type of an event here, None if the word is none of it (rules 2 and 4)."""
    kind, start = hit.sense.group, hit.start
    word = page.text[start : hit.end]
    if start in page.covered or word in HOMOGRAPHS or page.text[hit.end : hit.end + 1] == ":":
        return None
    if hit.sense.pos == "count" and not _counted(page, hit):
        return None
    low, high = page.sentence_at(start)
    around = page.text[max(low, start - 90) : min(high, hit.end + 90)]
    if kind in ("prisoner_release", "hostage_release"):
        return _freed(page, start, around, kind)
    after = page.text[hit.end : min(high, hit.end + 50)]
    if kind == "arrest" and VEHICLES.match(after) and not PERSONS.search(after):
        return "seizure"
    if PATROL.match(word) and _carries_out(page, hit):
        return None
    if kind in CARRIED and _caught(page, hit):
        return None
    if kind == "deployment" and hit.sense.weak and not TROOPS.search(around):
        return None
    if kind == "visit" and hit.sense.weak and not ENVOYS.search(around):
        return None
    if kind == "seizure" and HOSTAGES.search(page.text[max(low, start - 30) : min(high, hit.end + 30)]):
        return "kidnapping"
    if ARRIVAL.search(word):
        return "deployment" if TROOPS.search(around) else "visit" if ENVOYS.search(around) else None
    if SENDING.search(word):
        after = page.text[hit.end : hit.end + 60]
        return "visit" if ENVOYS.search(after) and not TROOPS.search(after) else "deployment"
    return kind


def _carries_out(page: Page, hit: Hit) -> bool:
    """Tell whether a patrol or an operation is what does or brings another act of its clause."""
    clause = page.clause_at(hit.start)
    return clause is not None and any(
        h.sense.group not in ("military_operation", "statement") and role(page, h) == "act"
        for h in page.hits("events", clause.start, clause.end)
    )


def _caught(page: Page, hit: Hit) -> bool:
    """Tell whether what is smuggled was seized, or who smuggled was caught or tried, in the same clause."""
    clause = page.clause_at(hit.start)
    return clause is not None and any(
        h.sense.group in ("seizure", "arrest", "other") and h is not hit
        for h in page.hits("events", clause.start, clause.end)
    )


def _freed(page: Page, start: int, around: str, kind: str) -> str | None:
    behind = page.text[start : start + 46]
    if PRISONERS.search(behind) and not HOSTAGES.search(behind):
        return "prisoner_release"
    if kind == "hostage_release" or HOSTAGES.search(around):
        return "hostage_release"
    if PRISONERS.search(around):
        return "prisoner_release"
    wide = page.text[max(0, start - 600) : start + 600]
    if HOSTAGES.search(wide):
        return "hostage_release"
    return "prisoner_release" if PERSONS.search(around) else None


def _counted(page: Page, hit: Hit) -> bool:
    """Tell whether a number stands right before or behind a word (rule 2)."""
    near = starting(page.figures, max(0, hit.start - 26), hit.end + 12)
    return any(abs(f.core[1] - hit.start) <= 12 or 0 <= f.core[0] - hit.end <= 6 for f in near)


def definite(page: Page, hit: Hit) -> bool:
    """Tell whether a name points back: 'the attack', ``الهجوم``, 'this meeting' (rule 3)."""
    if page.lang == "ar":
        return re.match(r"[وف]?(?:[بك]?ال|لل)", page.text[hit.start : hit.end]) is not None
    before = [w.text for w in page.words[max(0, hit.first - 2) : hit.first]]
    return bool(
        {"the", "this", "that", "l", "la", "le", "les", "cette", "ce", "cet", "ces"} & set(before[-1:])
    )


def plural(page: Page, hit: Hit) -> bool:
    """Tell whether a name is one of many: 'attacks', ``هجمات``."""
    return PLURAL.search(page.words[hit.last - 1].text) is not None
