"""Whether a state acts in a text or is its scene, and when a capital stands for its government.

Rules:
1. a state is a scene after a preposition of place, a compass word or a verb of going, at a border and beside
   it, on its soil; a name joined by 'and' to another keeps the role of that one; else it acts;
2. a capital is a scene in a dateline and at the foot of a document, after 'in', 'at' or 'the capital';
3. 'the government in' or 'the authorities of' a capital are its state;
4. a capital of the region acts where it speaks or decides, and between others in relations, talks, tension.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, Protocol

from tansiq.intake.page import Page
from tansiq.intake.same import Role
from tansiq.language.gazetteer import Entry, Mention
from tansiq.language.lexicon import table

AREAS: Final = re.compile(r"(?<![^\W_])(?:مناطق|محاور|اماكن|جهات)(?![^\W_])(?!.*(?:دول|بلدان|جيوش))")
JOINED: Final = re.compile(
    r"\s*(?:[،,]|و|ف|ثم|et|and|ou|or|puis|then|,? ?(?:et|and|then|puis))?\s*(?:le |la |l'|the |du |de la "
    r"|de l'|au |en |of |with |و)?"
)
SCENE_FR: Final = re.compile(
    r"(?:nord|sud|est|ouest|centre|dans|vers|depuis|frontieres?|territoire|sol|interieur|reste|cotes?|desert"
    r"|capitale|provenance|retour|hors|quitt\w+|travers\w+|rejoi\w+|gagn\w+|visit\w+|ven(?:ai\w+|ant|ue?s?"
    r"|ir)"
    r"|originaires?|relie\w*|armes|voyageurs|route|axe|retir\w+|expuls\w+|fui\w*|entre[rsz]|entrant"
    r"|sorti\w*|passant|transit\w*|arriv\w+)"
    r"\W+(?:\w+\W+){0,2}$"
)
SCENE_EN: Final = re.compile(
    r"(?:in|from|into|across|through|near|inside|towards?|of|to|with|leave|left|enter\w*|visit\w*|reach\w*)"
    r" (?:the |northern |southern |eastern |western |central |neighbou?ring |north-?(?:east|west)ern )+$"
)
SCENE_AFTER_EN: Final = re.compile(
    r"(?:'s)?[ -](?:\w+ )?(?:borders?|frontier|soil|territory|airspace|desert|coast|coastline)(?![^\W_])"
)
BORDER_WITH: Final = re.compile(
    r"(?:حدود\w*|(?:ال)?معابر|معبر\w*|frontieres?|borders?|frontier|crossings?) (?:\w+ ){0,2}(?:مع|avec"
    r"|with) (?:le |la |l'|the )?$"
)
BORDER_OF: Final = re.compile(
    r"(?:borders?|frontiers?|frontieres?|confins|lisiere|triangle|soil|territory|territoires?"
    r"|regions?) (?:\w+ )?"
    r"(?:of|between|du|de la|de l'|des|de|d'|entre) (?:the |le |la |l')?$"
)
THERE: Final = re.compile(
    r"(?:عاصمه|عاصمته|(?<![^\W_])(?:[وف]?في|capitale|a|in|at|outside|near"
    r"|(?:statement|said|flew|back) from)) (?:ال)?$"
)
CAPITAL_AR: Final = re.compile(r"عاصم[^\W_]*(?: [^\W_]+)? [\"']?$")
HOSTS: Final = re.compile(
    r"(?<![^\W_])[وفل]?(?:س)?(?:[تي]?(?:ستضيف|حتضن)|احتضنت|استضافت|شهدت|تشهد|عرفت|عاشت)(?:ه|ها|هما|هم)? $"
)
DATED: Final = re.compile(r" ?(?:[،,(:]|[-–—]|/| (?:\(|[-–—])|(?:في|le|on) ?\d|\.? ?\d{1,2}[ /.])")
FIRST_LINES: Final = 260
LINE_HEAD: Final = re.compile(r"(?:^|\n)[\s\"'(\[*•-]{0,4}$")
FOOT: Final = re.compile(r"(?:fait|done|signed|issued|حرر|صدر|وقع|delivre|adopte)\w*[,]? (?:a|at|in|ب|في) ?$")
RULERS: Final = re.compile(r"(?<!of )(?<!d')(?<![^\W_])([^\W_]+)(?: (?:in|of|at|a|de|d'|في|ب))?[ '\"]{0,2}$")
DEALINGS: Final = re.compile(
    r"(?:relations?|tensions?|crise|brouille|rapprochement|dialogue|differends?|ties|rift|talks|dispute"
    r"|علاقات|علاقه"
    r"|توتر|ازمه|خلاف|تقارب|حوار|محور)\w*\W+(?:\w+\W+){0,2}(?:entre|between|بين)\W+$"
)


WILL_AR: Final = re.compile(
    r"(?<![^\W_])[وف]?[بل]?(?:علم|موافقه|مباركه|طلب من|ضوءا? اخضر من|رد|موقف|قرار|ضغط|ضغوط|تحفظ|قلق|غضب|رغبه"
    r"|رفض|سياسه"
    r"|دبلوماسيه|ابواق|حلفاء|حليف|تعهد|اتهام|اتهامات|استياء|دعوه|نظام|انقلابيي|تنسيق مع|خلاف مع|علاقات مع"
    r"|علاقه مع"
    r"|(?:ب|من )?(?:تسليم|تزويد|اقناع|ابلاغ|مطالبه|تمكين|حث|مساعده)|لدي"
    r"|(?:ت|ي)?(?:اتهم|طالب|ابلغ|اقنع|حث)ت?) $"
)
VERB_AR: Final = re.compile(
    r"،?(?: قد)? (?:ت(?:نفي|طلب|رفض|سعي|ريد|عول|دعو|دعم|حذر|تهم|تعهد|ستعد|لوح|طالب|شترط|صر|تمسك|راهن|خشي"
    r"|حاول|نوي|قول"
    r"|علن|وكد)"
    r"|(?:نفت|طلبت|رفضت|سعت|ارادت|دعت|دعمت|حذرت|اتهمت|تعهدت|طالبت|اشترطت|اصرت|تمسكت|راهنت|سلمت|وافقت|استدعت"
    r"|قررت|ردت"
    r"|سارعت|لم|لن|لا ت|التي لم|هددت|لوحت|قطعت|وقعت|افرجت|اعلنت|اكدت|قالت))"
)
DID_AR: Final = re.compile(
    r"(?<![^\W_])[وف]?(?:طلبت|رفضت|سعت|دعت|دعمت|حذرت|اتهمت|تعهدت|طالبت|سلمت|وافقت|استدعت|قررت|سارعت|هددت|لوحت"
    r"|افرجت|كثفت|عززت|جددت|ارسلت|اوفدت|استقبلت|وقعت"
    r"|(?:نفت|وجهت|رفضت|اعتبرت|وصفت|اقترحت|ابرمت|عرضت|قدمت|اعلنت|طلبت)(?:ه|ها)|تفاوض|تتفاوض|تزال|باتت|ظلت"
    r"|تستعد"
    r"|تعتزم|تنوي|تراهن|تواصل|تشترط|تصر|تشدد|تشكك|تعول|تخشي|ادانت|نددت|رحبت|احتجت|التزمت|بررت|تطمح|تقترح"
    r"|اقترحت"
    r"|عرضت|ابدت|تبدي|اعربت|ابلغت|نفت|وجهت|وصفت|اعتبرت|تتهم|ترفض|تطالب|تدعو|تسعي|تريد|تعتبر|تنفي|تخشي) $"
)
THAT_AR: Final = re.compile(r"(?<![^\W_])(?:ان|بان|وان) $")
FEMININE_AR: Final = re.compile(r" (?:قد |لم |لن )?(?:[^\W_]{3,}ت|ت[^\W_]{3,})(?![^\W_])")
WITHIN_AR: Final = re.compile(r"(?<![^\W_])[وف]?(?:في|الي|من|عن|قرب|نحو) $")
WITHIN: Final = re.compile(
    r"(?<![^\W_])(?:a|de|d'|in|at|to|from|near|vers|of|pour|par|entre|between|and|et) ?$"
)
ADDRESSED: Final = re.compile(
    r"(?<![^\W_])(?:asked|urged|pressed|accused|blamed|thanked|invited|informed|by|prevenu|averti|accuse"
    r"|avec) $"
)
OPENS: Final = re.compile(r"(?:[.:;!?\n]\W*|(?<![^\W_])(?:that|que|qu'|while|but|mais|and|et) )$")
WILL: Final = re.compile(
    r"(?:, (?:de son cote|for its part|on its side),?| n'a(?:vait)? pas ete (?:prevenue?|consultee?"
    r"|informee?)"
    r"|(?: \w+ly)? (?:is|was|has been) (?:pushing|seeking|pressing|trying|preparing|considering|asking"
    r"|refusing|ready)"
    r"|(?: \w+ly)? (?:let|wants?|insists?|hopes?|fears?|blames?|accuses?|denies|refuses|rejects?|agreed"
    r"|asked|sent|freed)"
    r"| (?:veut|souhaite|exige|craint|accuse|dement|nie|refuse|rejette|reclame|insiste|entend|assure|promet"
    r"|mise))(?![^\W_])"
)


class Placed(Protocol):
    """What was named just before: where it ends, what it is, whether it acts."""

    @property
    def end(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def role(self) -> Role: ...


@cache
def words_of(kind: str, lang: str) -> frozenset[str]:
    """Return the folded words of one kind in one language (``roles.psv``)."""
    return frozenset(w for w, v in table("roles.psv", kind).items() if v == lang)


OFFICES_EN: Final = (
    r"(?:president|prime minister|[^\W_]+ minister|minister|army|armed forces|air force|navy|military"
    r"|police|gendarmerie"
    r"|forces|soldiers|troops|ambassador|embassy|consulate|envoy|leader|head of state|guardia)"
)
OWNS_EN: Final = re.compile(
    rf"-based|'s? (?:(?:new|former|deputy|interim|acting|special|security"
    rf"|[^\W_]+ and) )?{OFFICES_EN}(?![^\W_])"
)
OWNED_FR: Final = re.compile(
    r"(?<![^\W_])(?:presidente?|ambassadeur|ambassadrice|premier ministre|ministre [^.,;:]{0,40}"
    r"|chef de l'etat"
    r"|armee|etat-major) (?:du |de la |de l'|des |de |d')$"
)
OWNED_AR: Final = re.compile(
    r"(?<![^\W_])[وفبل]{0,2}(?:رئيس|رئيسه|سفير|سفيره|ملك|عاهل|جيش|وزير(?:ه)? (?:ال)?[^\W_]+(?: [^\W_]+)?) $"
)


def role_of(page: Page, mention: Mention, previous: Placed | None) -> Role:
    """Return whether what is named acts or is the scene (rule 1)."""
    if mention.entry.kind != "state" or mention.entry.flag("group") is not None:
        return "agent"
    start = mention.start - len(mention.prefix)
    joined = mention.start - len(mention.prefix.lstrip("و"))
    if previous is not None and JOINED.fullmatch(page.text[previous.end : joined]) and previous.end <= joined:
        return "place" if previous.kind == "place" else previous.role
    if mention.prefix in ("ب", "وب", "فب") or BORDER_WITH.search(page.text[max(0, start - 40) : start]):
        return "place"
    before = word_before(page, start)
    if before in ("هي", "وهي") and AREAS.search(page.text[max(0, mention.start - 40) : mention.start]):
        return "place"
    if before == "من" and re.search(r"كل +من +$", page.text[max(0, mention.start - 12) : mention.start]):
        return "agent"
    if before in words_of("locative", page.lang) or heads(page, mention):
        return "place"
    return "place" if _scene(page, mention, before) else "agent"


def _scene(page: Page, mention: Mention, before: str) -> bool:
    if page.lang == "ar":
        return False
    around = page.text[max(0, mention.start - 36) : mention.start]
    if BORDER_OF.search(around):
        return True
    if page.lang == "fr":
        return before in ("le", "la", "l", "les", "du", "de", "d") and SCENE_FR.search(around) is not None
    return SCENE_AFTER_EN.match(page.text, mention.end) is not None or SCENE_EN.search(around) is not None


def owns(page: Page, mention: Mention) -> bool:
    """Tell whether a state is named only as that of an office or a force: ``Niger's president``."""
    if page.lang == "en":
        return OWNS_EN.match(page.text, mention.end) is not None
    pattern = OWNED_AR if page.lang == "ar" else OWNED_FR
    return pattern.search(page.text[max(0, mention.start - 60) : mention.start]) is not None


LAST_WORD: Final = re.compile(r"([^\W_]+)[\s'\"(]*$")


def word_before(page: Page, at: int) -> str:
    """Return the word before a place; in Arabic without a joined 'and' where a word of place is left."""
    match = LAST_WORD.search(page.text[max(0, at - 24) : at])
    word = match.group(1) if match else ""
    places = words_of("locative", "ar")
    joined = page.lang == "ar" and len(word) > 2 and word[0] in "وف" and word[1:] in places
    return word[1:] if joined else word


def is_scene(page: Page, mention: Mention) -> bool:
    """Tell whether a capital is where something happens or is written (rule 2)."""
    start = mention.start - len(mention.prefix)
    before = page.text[max(0, start - 24) : start]
    if THERE.search(before) or CAPITAL_AR.search(before) or mention.prefix.endswith("ب"):
        return True
    head = LINE_HEAD.search(before if start >= 24 else "\n" + before) is not None
    if start < FIRST_LINES and before.endswith("- ") and re.match(r" ?:", page.text[mention.end :][:2]):
        return True
    if hosted(page, start) or page.text[mention.end : mention.end + 6] == "-based":
        return True
    return (head and DATED.match(page.text, mention.end) is not None) or FOOT.search(before) is not None


def hosted(page: Page, start: int) -> bool:
    """Tell whether a verb of hosting or undergoing stands right before a town."""
    return page.lang == "ar" and HOSTS.search(page.text[max(0, start - 16) : start]) is not None


def heads(page: Page, mention: Mention) -> bool:
    """Tell whether a name alone before a colon heads a line: it says where, not who."""
    if re.match(r" ?:", page.text[mention.end : mention.end + 2]) is None:
        return False
    before = page.text[max(0, mention.start - 12) : mention.start]
    return LINE_HEAD.search(before if mention.start >= 12 else "\n" + before) is not None


def ruled_from(page: Page, mention: Mention) -> tuple[int, Entry] | None:
    """Return where 'the government in' a capital begins, and its state (rule 3)."""
    state = page.knowledge.entries.get(mention.entry.flag("near") or mention.entry.flag("far") or "")
    if state is None:
        return None
    at = max(0, mention.start - 40)
    match = RULERS.search(page.text[at : mention.start - len(mention.prefix)])
    if match is None or match[1] not in words_of("government", page.lang):
        return None
    return at + match.start(1), state


def speaks(page: Page, start: int, end: int) -> bool:
    """Tell whether a capital decides or speaks: ``أعلنت باماكو``, ``Bamako refuse`` (rule 4)."""
    if DEALINGS.search(page.text[max(0, start - 40) : start]):
        return True
    return _acts_ar(page, start, end) if page.lang == "ar" else _acts(page, start, end)


def _acts_ar(page: Page, start: int, end: int) -> bool:
    """A verb right before or after, or a noun of will before it: ``طرابلس طلبت``, ``بعلم باماكو``."""
    kinds = ("speech", "promises", "status")
    before = [
        h for k in kinds for h in page.hits(k, max(0, start - 16), start) if h.end in (start - 1, start)
    ]
    if any(h.sense.tense != "none" or h.sense.group != "planned" for h in before):
        return True
    near = page.text[max(0, start - 24) : start]
    if WILL_AR.search(near) or DID_AR.search(near):
        return True
    if THAT_AR.search(near) and FEMININE_AR.match(page.text, end):
        return True
    joined = page.text[max(0, start - 1) : start]
    after = VERB_AR.match(page.text, end)
    return (
        after is not None
        and joined in ("", " ", "\n", '"')
        and not WITHIN_AR.search(page.text[max(0, start - 8) : start])
    )


def _acts(page: Page, start: int, end: int) -> bool:
    """A verb of the lists right after it, or one of will where it opens a clause."""
    after = page.text[end : end + 30]
    if after.startswith(" talks"):
        return False
    verb = re.match(
        r"\W+(?:(?:a|ont|has|have|had|n'a|will|would|said|and paris)\W+)?"
        r"(?:(?:toujours|aussi|egalement|encore|deja|vite|repeatedly|always|also|since)\W+)?",
        after,
    )
    at = end + (verb.end() if verb else 1)
    before = page.text[max(0, start - 9) : start]
    if ADDRESSED.search(page.text[max(0, start - 12) : start]):
        return True
    if WITHIN.search(before):
        return False
    if WILL.match(page.text, end) and (OPENS.search(before) or start == 0):
        return True
    return any(h.start == at for k in ("speech", "promises", "events") for h in page.hits(k, at, at + 1))
