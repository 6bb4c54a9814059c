"""Denials that point back at what was told before them.

Rules:
1. a clause behind a trigger that says of 'it' that it is denied, or an invention, denies what stands before
   it (``ce que l'ambassade a démenti``, ``وهو ما نفته``, 'which the army called a lie');
2. so does a sentence that opens with a denial of 'these reports', of what the sentence before it tells;
3. what a rumour or a paper is said to tell is denied where its sentence denies or mocks it, before or behind
   (``ما رددته إذاعة عن خطف … محض خيال``).
"""

from __future__ import annotations

import re
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
    r"|الروايه) (?:مفاد\w+|عن)"
    r"|خبر (?=مقتل|وفاه|خطف|اختطاف|دفع|هجوم|وقوع)"
    r"|rumeurs?|le bruit|l'on disait|on disait|on a dit|(?:informations?|articles?) (?:selon|faisant)"
    r"|rumou?rs?|(?:the |any )?tales?(?= of| that)|press (?:accounts|reports)(?= that| of))(?![^\W_])"
)
AGAINST: Final = (
    r"(?:محض|افتراء\w?|مغرض\w{0,2}|لا اساس|لا صحه|ليس صحيحا|غير صحيح\w{0,2}|لا يستحق|لم [يت](?:قع|حدث)"
    r"|مختلق\w{0,2}"
    r"|ملفق\w{0,2}|مفبرك\w{0,2}|حي يرزق|divagations|imaginaires?|infonde\w*|fantaisist\w+|sans fondement"
    r"|baseless"
    r"|untrue|unfounded|not a word of truth|fabricat\w+|nonsense|invention)"
)
"""What says of something that it is not so."""
DENIED_BEFORE: Final = sought(
    r"(?<![^\W_])(?:[وف]?[تين]?(?:كذب|فند|نف[يت]|نفا)(?:ت|وا|ون)?|[وف]?(?:ال)?(?:تكذيب|تفنيد|نفي)"
    r"|[وف]?انكر\w{0,2}|[يت]تبرا"
    rf"|dement(?:i|ent)?|nie|nient|refut\w+|denie[sd]|deny|denying|dismiss(?:es|ed)|discounted|{AGAINST})(?![^\W_])"
)
DENIED_BEHIND: Final = sought(
    r"(?<![^\W_])(?:[وف]?[تي]?(?:كذب|فند|نف[يت]|نفا)(?:ه|ها|ته|تها)|[وف]?[تي]?(?:كذب|فند|نف[يت]|نفا)(?:ت"
    r"|وا)? (?:[^\W\d_]+ ){0,3}?"
    r"(?:ذلك|هذا|هذه|الخبر|الامر|صحه|ما)|[وف]?(?:تكذيب|تفنيد|نفي)(?:ه|ها)|(?:l'a|l'ont|les a|la"
    r"|le) (?:[^\W_]+ )?(?:demen\w+|nie\w*"
    r"|refut\w+)|dementie?s?(?= ?(?:[.,;]|$))|(?:denie[sd]|deny|dismiss(?:es|ed)|rejected"
    r"|discounted) (?:it|them|this|that"
    rf"|the (?:reports?|claims?|story|tale|rumou?rs?))|{AGAINST})(?![^\W_])"
)
BROKEN: Final = re.compile(
    r"[;؛]|(?<![^\W_])(?:but|mais|after|apres|amid|aside|when|while|since|depuis|بعد|عقب|لكن\w*|غير ان|حين"
    r"|منذ|suite)(?![^\W_])"
)
"""Behind it something else is told."""
NEAR: Final = 130  # letters before a trigger in which the rumour is named


def rumour_denied(page: Page, hit: Hit) -> bool:
    """Tell whether a trigger is what a rumour tells that its sentence denies (rule 3)."""
    low, high = page.sentence_at(hit.start)
    found = next(reversed([*RUMOUR.finditer(page.text, max(low, hit.start - NEAR), hit.start)]), None)
    if found is None or BROKEN.search(page.text, found.end(), hit.start):
        return False
    before = DENIED_BEFORE.search(page.text, max(low, found.start() - NEAR), found.start())
    if before is not None and BROKEN.search(page.text, before.end(), found.start()) is None:
        return True
    return DENIED_BEHIND.search(page.text, hit.end, min(high, hit.end + FAR)) is not None


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
