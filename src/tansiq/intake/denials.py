"""Denials that point back at what was told before them.

Rules:
1. a clause behind a trigger that says of 'it' that it is denied, or an invention, denies what stands before
   it (``ce que l'ambassade a démenti``, ``وهو ما نفته``, 'which the army called a lie');
2. so does a sentence that opens with a denial of 'these reports', of what the sentence before it tells;
3. what a rumour or a paper is said to tell is denied where its sentence denies or mocks it, before or behind
   (``ما رددته إذاعة عن خطف … محض خيال``).
"""

from __future__ import annotations

from typing import Final

from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.language.sought import sought

FAR: Final = 260
LIE_FR: Final = (
    r"(?:pure?s?|invention|mensong\w*|fable|rumeurs?|faux|fausses?|intox|infonde\w*"
    r"|fantaisist\w*|absurde|affabulation)"
)
LIE_EN: Final = (
    r"(?:lies?|fabricat\w+|inventions?|baseless|untrue|false|unfounded|nonsense|propaganda|fiction|fake)"
)
IT_AR: Final = (
    r"(?:ذلك|هذا|هذه|الخبر|الامر|الانباء|المعلومات|الادعاءات|المزاعم|الاتهامات|الشايعات|الروايه|صحه|ما)"
)
SAME: Final = sought(
    r"(?:[,;،؛-] ?|\" ?)(?:"
    r"(?:ce qu[e']|(?:des|une?) (?:\w+ ){1,3}qu[e']|version qu[e']"
    r"|accusations? qu[e']) ?[^.;]{0,90}?(?<![^\W_])"
    rf"(?:dement\w*|nien?t?|refut\w+|conteste\w*|recus\w+|(?:qualifi\w+|trait\w+)[^.;]{{0,14}}{LIE_FR})"
    r"|(?:which|a (?:claim|report|charge|version|finding|account|accusation|story|allegation)s?(?: that"
    r"| which)?)"
    rf" [^.;]{{0,80}}?(?:den(?:ied|ies|y)|reject\w*|dismiss\w*|refut\w+|disput\w+|(?:call"
    rf"|describ)\w+ [^.;]{{0,16}}{LIE_EN})"
    r"(?! having)"
    r"|(?:and|but) (?:\w+ ){0,4}(?:den(?:ied|ies)|reject(?:s|ed)|dismiss(?:es|ed)) (?:it|this|that"
    r"|the (?:claim|report))"
    r"|(?:وهو ما|الامر الذي|وهو الامر الذي|وهي (?:معلومات|مزاعم|انباء|اتهامات|روايه)) [^.؛]{0,60}?"
    r"(?<![^\W_])(?:[تي]?نف[يت]\w*|نفا\w+|[تي]?فند\w*|[تي]?كذب\w*|انكر\w*|دحض\w*)"
    r"|(?:غير ان|لكن|الا ان|بيد ان|فيما|بينما|في حين)\w* [^.؛]{0,60}?"
    rf"(?<![^\W_])(?:[تي]?نف[يت]\w*|نفا\w*|[تي]?فند\w*|[تي]?كذب\w*|انكر\w*|دحض\w*) (?:\w+ ){{0,2}}{IT_AR}"
    r")(?![^\W_])"
)
NEXT: Final = sought(
    r"(?<![^\W_])[وف]?(?:(?:le|l'a|l'ont|les a) (?:nie\w*|dement\w*)"
    r"|(?:nie|dement|refut\w+|rejett?e\w*|conteste\w*)\w* (?:(?:formellement|categoriquement|vivement"
    r"|en bloc) )?"
    r"(?:ces? (?:information|recit|nouvelle|allegation|affirmation|accusation|rumeur)s?)"
    r"|(?:denie[sd]|deny|rejected|rejects|dismissed|dismisses|refuted) (?:it|this|that"
    r"|(?:the|these|those) (?:report|story|claim|allegation|rumour|accusation)s?)(?! that)"
    r"|(?:ت|ي)?نف[يت]\w* (?:\w+ ){0,4}(?:ذلك|هذا|هذه|الخبر|صحه)|لا (?:صحه|اساس) ل(?:هذا|ذلك|ه|ها"
    r"|هذه)(?![^\W_]))"
)


RUMOUR: Final = sought(
    r"(?<![^\W_])(?:(?:ع|ل|ب|م)?ما (?:قد )?[تي]?(?:نشر|بث|اورد|ورد|كتب|ردد|اشيع|شاع|قيل|تداول|تناقل|زعم"
    r"|جاء|روج)\w{0,3}"
    r"|[وف]?(?:قيل|اشيع|شاع|تردد|ترددت|راج|راجت)|[وف]?[بل]?(?:ال)?(?:شايع|اشاع)\w{0,2}|(?:خبر|نبا|روايه"
    r"|الروايه) ?(?:مفاد\w+|عن)?"
    r"|rumeurs?|le bruit|bruits|l'on disait|on disait|on a dit|pretend\w*|allegations?|(?:informations?"
    r"|articles?) (?:selon"
    r"|faisant|sur)|rumou?rs?|(?:the |any )?(?:tales?|talk)(?= of| that)|press (?:accounts|reports)"
    r"|allegations?)(?![^\W_])"
)
DENIED: Final = sought(
    r"(?<![^\W_])(?:[وف]?[تين]?(?:كذب|فند|نف[يت]|تبرا|نفا)(?:ت|وا|ه|ها|ته|تها|ون)?|[وف]?(?:ال)?(?:تكذيب"
    r"|تفنيد|نفي)\w{0,3}|محض"
    r"|افتراء\w?|مغرض\w{0,2}|لا اساس|لا صحه|ليس صحيحا|غير صحيح\w{0,2}|لا يستحق|لم [يت](?:قع|حدث)"
    r"|مختلق\w{0,2}|ملفق\w{0,2}"
    r"|مفبرك\w{0,2}|[وف]?انكر\w{0,3}|[يت]صحح|حي يرزق|dement\w{0,4}|nie|nient|refut\w+|recus\w+|invention"
    r"|fantaisist\w+"
    r"|divagations|imaginaires?|infonde\w*|mensong\w+|denie[sd]|deny|denying|dismiss\w*|discounted"
    r"|baseless|untrue"
    r"|unfounded|not a word|propaganda|fabricat\w+|nonsense)(?![^\W_])"
)
NEAR: Final = 130  # letters before a trigger in which the rumour is named


def rumour_denied(page: Page, hit: Hit) -> bool:
    """Tell whether a trigger is what a rumour tells that its sentence denies (rule 3)."""
    low, high = page.sentence_at(hit.start)
    found = next(reversed([*RUMOUR.finditer(page.text, max(low, hit.start - NEAR), hit.start)]), None)
    if found is None or _told(page, found.end(), hit.start):
        return False
    behind = DENIED.search(page.text, hit.end, min(high, hit.end + FAR))
    return behind is not None or DENIED.search(page.text, low, found.start()) is not None


def denied_behind(page: Page, hit: Hit) -> bool:
    """Tell whether what stands behind a trigger denies it (rules 1 and 2)."""
    start, end = page.sentence_at(hit.start)
    found = SAME.search(page.text, hit.end, min(end, hit.end + FAR))
    if found is not None and not _told(page, hit.end, found.start()):
        return True
    low, high = page.sentence_at(min(end + 3, max(0, len(page.text) - 1)))
    found = NEXT.search(page.text, low, high) if low > start else None
    return found is not None and not _told(page, low, found.start())


def _told(page: Page, start: int, end: int) -> bool:
    """Tell whether somebody tells something else in between: it is that which is denied."""
    return bool(page.hits("speech", start, end)) or ";" in page.text[start:end]


__all__ = ["denied_behind", "rumour_denied"]
