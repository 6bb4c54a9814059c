"""Of which type an event is that a trigger tells: what is done to whom and by whom decides beside the word.

Rules:
1. a trigger that means something else here (``homonyms.py``), a label before a colon, a word of a name
   tell none;
2. who is set free was a hostage if hostages, captivity or ransoms are told of nearby, a prisoner among
   prisoners; who is seized was taken, or arrested; bodies that are found were killed;
3. who is sent or arrives as an envoy visits, as troops is deployed; weapons that cross a border flow;
4. the dead of gunmen, mines and bombs are those of an attack, and so is what an armed group storms or takes;
   terrorists whom an army kills and hostages are killed;
5. who is intercepted is pursued in an operation, what is intercepted is seized;
6. leaving an organisation is no deployment; what is suspended is a sanction only of a state or of aid.
"""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.halves import by_half, halved
from tansiq.intake.homonyms import means_other
from tansiq.intake.lexemes import Hit
from tansiq.intake.movers import CROSSES, by_mover
from tansiq.intake.objects import NONE, by_object
from tansiq.intake.page import Page
from tansiq.intake.releases import HOSTAGES, PERSONS, freed
from tansiq.intake.triggers import role
from tansiq.language.sought import sought
from tansiq.language.spans import starting

TROOPS: Final = sought(
    r"(?:جندي|جنود|عسكري|قوات|قوه|كتيب|كتايب|فصيل|فصايل|مفرز|مفارز|مدرع|دبابات|حرس|سري[هت]|وحد|فوج|افواج"
    r"|فيلق|فيالق|لواءا|الويه|سرايا|تعزيز|ضباط|دركي|soldat|militaire|troupe|renfort"
    r"|detachement|\bsections?\b|peloton|escouade|blindes|brigades?\b|garde nationale|regiment|armou?red"
    r"|patrols\b"
    r"|compagnie|bataillon|escadron|contingent|hommes|force de|officiers|soldier|troops|reinforce"
    r"|compan(?:y|ies)|battalion|\bmen\b|advisers|مستشار"
    r"|contingent|platoon|unit|force|peacekeeper|gendarme|مروحي|طايره|طايرات|helicopt|aircraft|avion|drone)"
)
ENVOYS: Final = re.compile(
    r"(?:وفد|مبعوث|وزير|رييس|سفير|فريق|قايد|مسوول|delegation|emissaire|ministre|president|ambassadeur|envoy"
    r"|minister|delegate|ambassador|sheikh|elders|شيوخ|وجها|mission|chief|general|commander|secretary"
    r"|secretaire"
    r"|team|equipe|بعثه|conseil de securite|security council|experts?\b|commissa?i|representant|diplomat"
    r"|depute"
    r"|parlementaire|lawmaker|inspect|patron de|chancel|souverain|\broi\b|\bking\b|homologue|counterpart"
    r"|senateur|senator"
    r"|الامين|المفوض|المدير|موفد|ممثل|خبرا|خبير|دبلوماسي|مجلس الامن|وفود|الملك|المستشار|مفتش)"
)
ARRIVAL: Final = re.compile(
    r"^(?:[وف]?(?:ي|ت|س[يت])?صل|[وف]?وصل|arriv|est arriv|est attend|reached|first elem|premiers el)"
)
SENDING: Final = re.compile(
    r"^(?:[وف]?(?:ال|ب|ل)?(?:ارسال|ايفاد|ارسل|اوفد)|envo|enverr|depech|dispatch|sen[dt]\b|will send"
    r"|(?:is|are) to send"
    r"|to send)"
)
VEHICLES: Final = re.compile(
    r"^\W*(?:\w+ ){0,4}(?:شاحن|شحن|كمي|سيار|مركب|عربه|قافل|camion|vehicule|convoi|cargaison"
    r"|shipment|consignment|pick|truck|vehicle|car\b|lorr"
    r"|land cruiser"
    r"|toyota|boat|chalutier|navire)"
)
WEAPONS: Final = re.compile(
    r"(?:سلاح|اسلح|صاروخ|صواريخ|ذخير|بنادق|بندقي|قذايف|متفجر|قنابل|قنبل|رشاش|كلاشن|الغام|لغم|عبوات"
    r"|احزمه ناسفه|\barme?s\b|armement|missile|munition|roquette|fusil"
    r"|weapon|\barms\b|explosi(?:f|ve)|machine[- ]gun|mitraill|kalach|kalash|grenade|mortar|mortier"
    r"|\bobus\b|detonat"
    r"|cartouche|cartridge|\bmines?\b|\bbombe?s?\b"
    r"|ammunition|rifle|rocket|launcher)"
)
EQUIPMENT: Final = re.compile(
    r"(?<![^\W_])(?:boats?|vehicles|equipment|trucks|materiel|equipements|vehicules|camions|embarcations"
    r"|(?:ال)?(?:زوارق|معدات|تجهيزات|شاحنات|عتاد))(?![^\W_])"
)
MOVING: Final = re.compile(
    r"^(?:crossed|have crossed|had crossed|came from|[وف]?خرج|[وف]?عبر|[وف]?قدم|[وف]?هرب|sorti"
    r"|ont franchi|ont transit"
    r"|provenaient|en provenance|sold on|looted from|emptied|smuggled into|echappe)"
)
BODIES: Final = re.compile(r"(?:جثث|جثه|جثم|\bcorps\b|cadavre|bodies|\bbody\b|corpse|remains of)")
FINDING: Final = re.compile(r"^(?:[وف]?(?:ال|ب|ل)*عث[رو]|decouv|found|uncover|recover|retrouv)")
GUNMEN: Final = re.compile(
    r"(?:مسلح(?:ون|ين|ان)|مسلحو|مهاجم|انتحاري|عبو[هت]|لغم|كمين|هجوم|hommes armes|assaillant|kamikaze"
    r"|\bmines?\b"
    r"|engin explosif|embuscade|attaque|attentat|gunm[ae]n|attackers|assailant|militants|insurgent"
    r"|rebels|\bbomb"
    r"|explosive|ambush|roadside|individus armes|hommes en armes|armed men|combattants)"
)
FOUGHT: Final = re.compile(
    r"(?:ارهابي|متطرف|متشدد|terrorist|djihadist|jihadist|militants|insurgent|fighters|assaillants"
    r"|attackers|منهم|مسلحين|مقاتلي"
    r"|مهاجم|rebelles|combattants du|combattants d)"
)
ONE_DEAD: Final = re.compile(r"(?:الذي|qui (?:a ete|fut|avait ete)|who (?:was|had been)) $")
CIVILIANS: Final = re.compile(
    r"(?:eleveurs|civils|villageois|bergers|paysans|orpailleurs|commercants|habitants|herders|civilians"
    r"|villagers|farmers"
    r"|traders|residents|رعاه|مدنيين|قرويين|مزارع|سكان|تجار|مدني)"
)
SOLDIERS: Final = re.compile(r"(?:soldats|militaires|\barmee|soldiers|troops|army|جنود|الجيش|عناصر|قوات)")
ELIMINATES: Final = re.compile(
    r"^(?:[وف]?(?:ال|ب|ل)*(?:قضاء|قضي|تحييد|حيد|تصفي|اعدام|اعدم)"
    r"|neutrali|elimin|liquid|execut|behead|decapit)"
)
SENTENCED: Final = re.compile(r"(?:حكم\w*|محكم\w+|عقوب\w+|قض(?:ت|ي|ائي\w*)) (?:[^\W_]+ ){0,6}ب?ال?اعدام$")
COMMANDED: Final = re.compile(
    r"(?:الجيش|القوات|وحدات|وحده|مفرزه|قواته|جيش|l'armee|\barmee|forces armees|militaires ont"
    r"|soldats ont|l'aviation"
    r"|\barmy|security forces|troops|soldiers (?:have )?killed|air force|gendarmes ont|fama|fds\b)"
)
STORMS: Final = re.compile(
    r"^(?:[وف]?(?:سيطر|احتل|حاصر|استول|توغل|دخل)|s'empar|empar|s'est empar|pris le contr|prise de la v"
    r"|prise du camp|pris la v|tombe"
    r"|overran|took (?:control|the town|over)|captured the town|seized the|entered the town|assault"
    r"|assaut|raid|seize)"
)
PURSUES: Final = re.compile(r"^(?:[وف]?اعترض|intercept)")
GROUPS: Final = re.compile(
    r"(?:خاطف|مجموع|مسلحين|مهاجم|ارهابي|ravisseur|groupe|assaillant|colonne|kidnapp|group\b|column"
    r"|attackers|gunmen|fighters)"
)
LEAVES: Final = re.compile(r"^(?:[وف]?(?:ب|ل)?انسحا?ب|retrait|withdr|se retir)")
SUSPENDS: Final = re.compile(r"^(?:suspen|[وف]?(?:ال|ب)?تعليق)")
PARLEYS: Final = sought(r"discussions|negociations|pourparlers|\btalks\b|negotiations|مفاوضات|محادثات")
AID: Final = re.compile(r"(?:\baide?\b|cooperation|financement|membership|مساعد|تعاون|عضوي|تمويل|adhesion)")
EXPERTS: Final = re.compile(r"expert|instruct|conseill|advis|specialist|خبرا|مدرب|محقق")
STOCK: Final = re.compile(r"مخبا|cache|stock|drog|cocaine|cannabis")
MEN: Final = re.compile(r"\b(?:m[ae]n|hommes?|people|personnes|nationals|ressortissants)\b.{0,12}$")
HOLDS: Final = re.compile(r"[وف]?[ايت]حتجز")
HANDED: Final = re.compile(r"handed over")
WHO: Final = re.compile(r"(?<![^\W_])who (?:was|were|had been) $")
LAUNCHES: Final = re.compile(r"(?:lanc|launch|[وف]?(?:[تي])?(?:طلق|شن|باشر|نفذ|بد[اء]))")
LAUNCHED: Final = re.compile(
    r"\W*(?:[^\W_]+ ){0,6}(?:operations?|offensives?|attaques?|attacks?|assauts?|assaults?|raids?)(?![^\W_])"
)
OPERATION: Final = re.compile(
    r"(?<![^\W_])(?:operations?|offensives?|attaques?|attacks?|assauts?|assaults?|raids?|missiles?"
    r"|roquettes?|rockets?"
    r"|appels?|poursuite|manhunt|عمليه|حمله|هجوم)(?![^\W_])"
)
BEHIND_LAUNCH: Final = 60
BEHIND_VERB: Final = 24
CARRIED: Final = frozenset({"smuggling", "arms_flow"})
PATROL: Final = re.compile(r"^(?:[وف]?(?:ال)?(?:دوري|عملي[هت]$)|patrol|patrouill|operation$|mission$)")
JOINT: Final = re.compile(
    r"(?:joint|mixed) (?:\w+ ){0,2}patrol|patrouilles? (?:\w+ )?(?:mixte|conjoint|commun|coordonn)"
    r"|دوري(?:ات|ه) (?:\w+ ){0,2}(?:مشترك|مختلط|منسق)"
)
"""Patrols of two armies are how they deploy together (rule 3)."""
AMBUSH: Final = re.compile(r"[وف]?(?:ال|ب|ل)?كمين|embuscade|ambush")
LAID_BY_ARMY: Final = re.compile(
    r"كمين\w* (?:\w+ )?(?:نصبت\w*|اقامت\w*|نفذت\w*|نصبه|ل) ?(?:ال)?(?:قوات|جيش|وحدات|مفرز\w*|عناصر) "
    r"(?:ال)?(?:جيش|مسلح|امن|شعبي|درك|خاص|وطني)"
    r"|embuscade \w* ?(?:tendue|dressee|montee) par (?:l'armee|les (?:soldats|militaires|forces|gendarmes))"
    r"|ambush (?:laid|set|mounted) by (?:the )?(?:army|soldiers|troops|security forces|special forces)"
)
ARMED: Final = frozenset({"armed_group", "non_state_party"})
GATHERED: Final = re.compile(r"(?:ال)?مجتمع(?:ون|ين)(?![^\W_])(?! (?:في |ب|امس|اليوم|يوم|منذ))")
"""Who met, as the subject of another act: ``يناقش المجتمعون``."""
HABIT: Final = sought(r"(?:(?<![^\W_])لا|does not|do not|doesn't|don't) $")


def kind_of(page: Page, hit: Hit) -> str | None:
    """Return the type of an event here, None if the word is none of it (rules 1 to 6)."""
    kind, start = hit.sense.group, hit.start
    if start in page.covered or _label(page, hit) or means_other(page, hit):
        return None
    if hit.sense.pos == "count" and not _counted(page, hit):
        return None
    if (verb := halved(page, hit)) is not None:
        return by_half(page, hit, verb)
    if (told := by_object(page, hit)) is not None:
        return _of_object(page, hit, told)
    if GATHERED.match(page.text, start):
        return None
    low, high = page.sentence_at(start)
    if HABIT.within(page.text, max(low, start - 9), start) and hit.sense.tense in ("present", "none"):
        return None
    around = page.text[max(low, start - 90) : min(high, hit.end + 90)]
    after = page.text[hit.end : min(high, hit.end + 60)]
    word = page.text[start : hit.end]
    if kind in ("prisoner_release", "hostage_release"):
        return freed(page, start, around, kind)
    if kind == "killing":
        return _killed(page, hit, page.text[low:high])
    if page.lang == "ar" and ARRIVAL.search(word) and after.startswith(("،", ",")):
        return None  # cut off before its subject
    if (moved := by_mover(page, hit)) is not None:
        return moved
    if kind == "arms_flow" and hit.sense.weak and CROSSES.match(word):
        return None
    if MOVING.match(word):
        near = page.text[max(low, start - 110) : min(high, hit.end + 30)]
        return _moved(near, page.text[max(low, start - 60) : start], kind)
    if ARRIVAL.match(word):
        if ENVOYS.search(after[:20]) and not TROOPS.search(after[:20]):
            return "visit"
        sent = TROOPS.search(around) or EXPERTS.search(around)
        return "deployment" if sent else "visit" if ENVOYS.search(around) else _brought(around)
    if SENDING.match(word):
        return _sent(page.text[start : hit.end + 60]) or _sent(page.text[max(low, start - 40) : start])
    if kind in ("seizure", "arrest", "kidnapping"):
        return _seized(page, hit, around, after)
    leaves = kind in ("deployment", "other") and LEAVES.search(word) and not TROOPS.search(around)
    if leaves and _organised(page, hit.start, hit.end + 40):
        return "other"
    of_whom = AID.search(after) or _named_state(page, hit)
    if SUSPENDS.match(word) and (PARLEYS.search(around) or not of_whom):
        return None
    return _of_group(page, hit, around)


def _of_object(page: Page, hit: Hit, kind: str) -> str | None:
    """What the object makes of a trigger; what an armed group destroys it attacked (rule 4)."""
    low, high = page.sentence_at(hit.start)
    if kind == "killing":
        return _killed(page, hit, page.text[low:high])
    if kind == "military_operation" and _armed(page, max(low, hit.start - 110), hit.start):
        return "attack"
    return None if kind == NONE else kind


def _moved(near: str, before: str, kind: str) -> str | None:
    """Weapons flow over a border, troops are deployed over it."""
    if WEAPONS.search(near):
        return "arms_flow"
    return "deployment" if kind == "deployment" and TROOPS.search(before) else None


def _brought(around: str) -> str | None:
    """What arrives without troops or envoys is equipment, or nothing."""
    return "other" if EQUIPMENT.search(around) else None


def _label(page: Page, hit: Hit) -> bool:
    """Tell whether a trigger is the label of a line: 'Arrests: none'."""
    if page.text[hit.end : hit.end + 1] != ":":
        return False
    return hit.start - page.sentence_at(hit.start)[0] < 12


def _killed(page: Page, hit: Hit, sentence: str) -> str:
    """The dead of gunmen, mines, bombs and armed groups are those of an attack (rule 4)."""
    word = page.text[hit.start : hit.end]
    if SENTENCED.search(page.text[max(page.sentence_at(hit.start)[0], hit.start - 80) : hit.end]):
        return "other"
    if ELIMINATES.search(word) or BODIES.search(word):
        return "killing"
    clause = page.clause_at(hit.start)
    low, high = (clause.start, clause.end) if clause else page.sentence_at(hit.start)
    floor = max(page.sentence_at(hit.start)[0], hit.start - 130)
    near = page.text[floor : min(high, hit.end + 110)]
    before = page.text[max(low, hit.start - 60) : hit.start]
    after = page.text[hit.end : hit.end + 50]
    if CIVILIANS.search(after[:40]) and (SOLDIERS.search(before) or GUNMEN.search(before)):
        return "attack"
    by_gunmen = GUNMEN.search(before) is not None and HOSTAGES.search(after) is None
    held = HOSTAGES.search(near) is not None and not by_gunmen
    fought = FOUGHT.search(after) and COMMANDED.search(sentence)
    army = COMMANDED.search(before) or (page.lang == "ar" and COMMANDED.match(after.lstrip()))
    if fought or army or held or ONE_DEAD.search(before):
        return "killing"
    return "attack" if GUNMEN.search(near) or _armed(page, min(low, floor), high) else "killing"


def _armed(page: Page, low: int, high: int) -> bool:
    return any(m.entry.kind in ARMED and not m.alias.adjective for m in starting(page.mentions, low, high))


def _named_state(page: Page, hit: Hit) -> bool:
    return any(
        m.entry.kind in ("state", "intergovernmental")
        for m in starting(page.mentions, hit.start - 30, hit.end + 40)
    )


def _organised(page: Page, low: int, high: int) -> bool:
    return any(m.entry.kind == "intergovernmental" for m in starting(page.mentions, low, high))


def _sent(after: str) -> str | None:
    if ENVOYS.search(after) and not TROOPS.search(after):
        return "visit"
    return "deployment" if TROOPS.search(after) or EXPERTS.search(after) else None


def _seized(page: Page, hit: Hit, around: str, after: str) -> str | None:
    """Persons are taken or arrested, goods seized, bodies found, groups pursued (rules 2 and 5)."""
    word, kind = page.text[hit.start : hit.end], hit.sense.group
    low, high = page.sentence_at(hit.start)
    if FINDING.search(word):
        near = page.text[max(low, hit.start - 30) : min(high, hit.end + 50)]
        if BODIES.search(near):
            return "killing"
        if not (WEAPONS.search(around) or STOCK.search(around)):
            return None
    if PURSUES.search(word) and GROUPS.search(after[:36]):
        return "military_operation"
    if kind == "seizure" and STORMS.search(word) and _armed(page, max(low, hit.start - 70), hit.start):
        return "attack"
    if kind == "seizure" and HOSTAGES.search(page.text[max(low, hit.start - 30) : min(high, hit.end + 30)]):
        return "kidnapping"
    if HOLDS.match(word):
        taken = HOSTAGES.search(around) or _armed(page, max(low, hit.start - 90), hit.start)
        return kind if (kind == "kidnapping") == bool(taken) else None
    if kind == "arrest" and HANDED.match(word):
        return None if HOSTAGES.search(page.text[max(0, hit.start - 400) : hit.end + 200]) else kind
    if kind == "seizure" and WHO.search(page.text[max(low, hit.start - 24) : hit.start]):
        return "arrest" if COMMANDED.search(around) else "kidnapping"
    passive = MEN.search(page.text[max(low, hit.start - 34) : hit.start])
    if kind == "seizure" and passive and not VEHICLES.match(after):
        wide = page.text[max(0, hit.start - 500) : hit.start + 500]
        return "kidnapping" if HOSTAGES.search(wide) else "arrest"
    if kind == "seizure" and PERSONS.search(after[:36]) and not VEHICLES.match(after):
        taken = GUNMEN.search(page.text[max(low, hit.start - 60) : hit.start]) is not None
        return "kidnapping" if taken or HOSTAGES.search(around) else "arrest"
    if kind == "seizure" and word == "stopped" and not VEHICLES.match(after):
        return None
    if kind == "arrest" and VEHICLES.match(after) and not PERSONS.search(after):
        return "seizure"
    if kind == "kidnapping" and word.startswith(("taken ", "seized ")) and not (PERSONS.search(around)):
        return None
    return kind


def _of_group(page: Page, hit: Hit, around: str) -> str | None:
    """What patrols carry out, what is smuggled and caught, weak words that need troops or envoys, rule 4."""
    kind, word = hit.sense.group, page.text[hit.start : hit.end]
    if AMBUSH.match(word) and LAID_BY_ARMY.search(around):
        return "military_operation"
    if PATROL.match(word):
        if _carries_out(page, hit):
            return None
        if kind == "military_operation" and JOINT.search(page.text[max(0, hit.start - 10) : hit.end + 26]):
            return "deployment"
    if kind == "creation_of_body" and LAUNCHES.match(word) and _launched(page, hit):
        return None
    if kind in CARRIED and _caught(page, hit):
        return None
    if kind == "deployment" and hit.sense.weak and not TROOPS.search(around):
        return None
    if kind == "visit" and hit.sense.weak and not ENVOYS.search(around):
        return "deployment" if TROOPS.search(around) else None
    if kind == "military_operation" and STORMS.search(word):
        low = page.sentence_at(hit.start)[0]
        behind = BEHIND_VERB if page.lang == "ar" and hit.sense.pos == "verb" else 0  # its subject follows
        return "attack" if _armed(page, max(low, hit.start - 110), hit.end + behind) else kind
    return kind


def _launched(page: Page, hit: Hit) -> bool:
    """Tell whether what is launched is an operation or an attack, and no body."""
    clause = page.clause_at(hit.start)
    low = max(clause.start if clause else 0, hit.start - BEHIND_LAUNCH)
    return (
        LAUNCHED.match(page.text, hit.end) is not None
        or OPERATION.search(page.text, low, hit.start) is not None
    )


def _carries_out(page: Page, hit: Hit) -> bool:
    """Tell whether a patrol or an operation is what does or brings another act of its clause."""
    clause = page.clause_at(hit.start)
    return clause is not None and any(
        h.sense.group not in ("military_operation", "statement")
        and role(page, h) == "act"
        and not (h.sense.group == "creation_of_body" and LAUNCHES.match(page.text, h.start))
        for h in page.hits("events", clause.start, clause.end)
    )


def _caught(page: Page, hit: Hit) -> bool:
    """Tell whether what is smuggled was seized, or who smuggled was caught or tried, in the same clause."""
    clause = page.clause_at(hit.start)
    return clause is not None and any(
        (h.sense.group in ("seizure", "arrest", "other") and h is not hit)
        or (h.sense.group == "military_operation" and role(page, h) == "act")
        for h in page.hits("events", clause.start, clause.end)
    )


def _counted(page: Page, hit: Hit) -> bool:
    """Tell whether a number stands right before or behind a word."""
    near = starting(page.figures, max(0, hit.start - 26), hit.end + 12)
    return any(abs(f.core[1] - hit.start) <= 12 or 0 <= f.core[0] - hit.end <= 6 for f in near)
