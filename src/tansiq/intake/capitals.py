"""When a capital means the government that sits in it, by the grammar around it.

Rules, beside those of ``standing``:
1. a capital that opens a clause acts where a verb of will, a denied verb or a perfect tense follows, also
   after an aside between commas (``Alger, où l'on redoute un débordement, refuse``), but not where the verb
   tells what a town undergoes or hosts;
2. it acts as the object of dealings: who asks, promises, forgives, is loyal to or obtains from a town deals
   with a government;
3. in Arabic a feminine verb behind it at the head of a line or behind a word that opens a clause, 'as for'
   before it, and 'each of' outside a place tell the same;
4. joined by 'and' to a state that acts, or to a capital that does, it acts too.
"""

from __future__ import annotations

import re
from typing import Final, Protocol

from tansiq.intake.page import Page

ASIDE: Final = r"(?:,? ?, [^.;:!?\n\"(\d]{2,90}?,)?"
OPENS: Final = re.compile(
    r"(?:^|[.:;!?\n\"(]\W*|(?<![^\W_])(?:that|which|while|whereas|but|and|as|because|what"
    r"|que|dont|mais|et|tandis que|alors que|car|si|puisque|figure|,) )$"
)
WILL_EN: Final = (
    r"(?:accepts|accepted|accuses|accused|agrees|agreed|argues|asks|asked|backs|backed|blames|blamed|claims"
    r"|claimed|confirms|confirmed|demands|demanded|denies|denied|declines|declined|dismisses|dismissed|fears"
    r"|feared|hopes|hoped|insists|insisted|invited|invites|maintains|negotiates|offered|offers|opposes"
    r"|opposed"
    r"|prefers|preferred|promised|promises|proposed|proposes|protested|recalled|recogni[sz]es|refused|refuses"
    r"|rejected|rejects|replied|requested|says|said|seeks|sought|suspects|suspended|threatened|threatens"
    r"|wants"
    r"|wanted|warned|warns|welcomed|welcomes|vowed|vows|pledged|pledges|objected|objects|resented|resents"
    r"|suspended|withdrew|believes|considers|expects|plans|intends|needs|knows|signed|sent|paid|pays)"
)
DOES_EN: Final = (
    r"(?:(?:does|did|do|cannot|could|can|will|would|may|might|must|should)(?: not|n't| never| also| only"
    r"| now)?"
    r" (?!be |host|see |witness|become|have been)[^\W_]{2,}"
    r"|(?:has|had)(?: not| never| already| also| since| long| again| then| so far| repeatedly| publicly)*"
    r" (?!been|become|seen|hosted|known|grown|lived|had|witnessed|fallen|suffered)[^\W_]+"
    r"(?:ed|en|id|nt|ld|ht|de|un|ut)(?![^\W_]))"
)
WILL_FR: Final = (
    r"(?:accepte|accuse|affirme|admet|assure|attend|conteste|compte|confirme|craint|declare|decline|demande"
    r"|dement|denonce|dit|doit|doute|entend|espere|estime|exige|hesite|insiste|juge|maintient|menace|mise|nie"
    r"|plaide|prefere|promet|propose|proteste|reclame|reconnait|redoute|refuse|rejette|repond|reproche"
    r"|retorque"
    r"|s'abstient|s'agace|s'engage|s'inquiete|s'oppose|s'en tient|s'interroge|se dit|se garde|se refuse"
    r"|soupconne"
    r"|souhaite|soutient|suspecte|tient|va|veut|voit|voudrait|verra|devra|fournira|enverra|livrera|paie)"
)
DOES_FR: Final = (
    r"(?:(?:ne |n')(?:\"? ?)[^\W_]{1,}(?:\"? ?)? (?:\"? ?)?(?:pas|plus|jamais|ni|guere|rien|que)(?![^\W_])"
    r"|(?:a|avait|aura|aurait)(?: toujours| encore| deja| aussi| egalement| certes| donc| ainsi| vite"
    r"| finalement"
    r"| longtemps| officiellement| [^\W_]+ment| coup sur coup)*"
    r" (?!ete|connu|accueilli|abrite|vecu|vu|subi|perdu|tremble|retrouve|repris|grandi|change)"
    r"[^\W_]{2,}(?:e|i|u|is|it|ert)(?![^\W_]))"
)
ACTS: Final = {
    "en": re.compile(rf"(?:{ASIDE}|, which) (?:{WILL_EN}|{DOES_EN})(?![^\W_])"),
    "fr": re.compile(rf"(?:{ASIDE}|, qui) (?:{WILL_FR}(?![^\W_])|{DOES_FR})"),
}
DEALT_WITH: Final = {
    "en": re.compile(
        r"(?<![^\W_])(?:forgiven?|forgave|forgives|offered|offers|promised|promises|told|urged|urges"
        r"|pressed|asked"
        r"|invited|accused|accuses|blamed|blames|defied|warned|warns|notified|persuaded|sanctions on"
        r"|pressure on"
        r"|pressures?|loyal to|allied (?:to|with)|relations with|ties with|quarrel with|row with"
        r"|permission from"
        r"|support from|backing from|help from|green light from|answer from|reply from|demands? on"
        r"|trust in) $"
    ),
    "fr": re.compile(
        r"(?<![^\W_])(?:fideles? a|loya(?:l|le|ux) a|obtenu (?:de|d')|obtenir (?:de|d')|exige[rs]? (?:de|d')"
        r"|demande[rs]? a|accuse(?:r|nt|e)?|reproche(?:r|nt)? a|prevenir|convaincre|presser|relations avec"
        r"|negociations avec|cooperation avec|feu vert (?:de|d')|aval (?:de|d')|soutien (?:de|d')"
        r"|pressions? sur"
        r"|sanctions contre|promis a|propose[rs]? a|offert a|reponse (?:de|d')|invit(?:e|er|ent)"
        r"|la main (?:de|d')"
        r"|allies? (?:de|d')) ?$"
    ),
}
TOWNLY: Final = (
    "شهد|احتضن|استضاف|تشهد|تحتضن|تستضيف|عاش|تعيش|استيقظ|استفاق|تودع|ودع|ضم|تضم|عرف|تعرف|توجد|بات في|هدا"
    "|اهتز|اغلق"
    "|كان(?:ت)? مسرح|تقع|سقط|تبعد|تنفس|نام|تنام|انتفض|امتلا|ازدحم"
)
FEMININE: Final = re.compile(
    rf" (?:قد |لم |لن |لا |ما )?(?!(?:{TOWNLY}))(?:ت[^\W_]{{3,}}|[^\W_]{{3,}}ت|ليست|مستعده|متمسكه|مصممه"
    rf"|عازمه|حريصه"
    r"|ماضيه|لتقول)(?:ه|ها)?(?![^\W_])"
)
OPENS_AR: Final = re.compile(
    r"(?:(?:^|\n)\W*|(?<![^\W_])[وف]?(?:ان|لان|بان|لكن|كانت|فيما|بينما|حيث|حين|اذ|غير ان|بيد ان|ولكن"
    r"|كما ان|علما ان"
    r"|اذا كانت|لين كانت) |[.:؛!؟] \W*)$"
)
AS_FOR: Final = re.compile(r"(?<![^\W_])[وف]?اما $")
EACH_OF: Final = re.compile(r"(?<![^\W_])(?!ب)(?P<in>(?:في|بين|الي|من|عبر) )?كل من $")
DEALT_AR: Final = re.compile(
    r"(?<![^\W_])[وف]?(?:(?:ت|ي|س)?طلب(?:ت|وا)?(?: [^\W_]+)? من|(?:ت|ي)?ضغط(?:ت)? علي|دفع(?:ت)?|الزم(?:ت)?"
    r"|اجبر(?:ت)?"
    r"|(?:ي|ت)?قلق"
    r"|(?:ت|ي)?غضب|اغضب(?:ت)?|ازعج(?:ت)?|(?:ت|ي)?زعج|كذبت(?:ه|ها)?|نفت(?:ه|ها)?|امتنعت|تحفظت|فضلت|تفضل"
    r"|ممثلو?|ممثلي"
    r"|مندوب|مبعوث|حلفاء|خصوم|(?:ت|ي)?شكك في|نيه|نوايا|مخاوف|هواجس|موافقه|مساعي|جهود|شروط|مطالب|مقاربه"
    r"|رويه|موقف"
    r"|طمان(?:ت)?|اقناع) $"
)
LOYAL_AR: Final = re.compile(
    r"(?<![^\W_])(?:ال)?(?:موالي|مواليه|موالين|حليف|حليفه|مويد|مويده|معادي|معاديه|معارض|معارضه|تابع|تابعه"
    r"|مناوي|مناويه"
    r"|منتقد|داعم|داعمه|ولاء|وفاء|انتقادات|ادانه|دعم|وفيه) ل$"
)


class Beside(Protocol):
    """What was named just before."""

    @property
    def end(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def role(self) -> str: ...


def rules_from(
    page: Page, start: int, end: int, prefix: str, previous: Beside | None, *, scene: bool
) -> bool:
    """Tell whether the capital at folded ``[start, end)``, behind joined particles, is its government.

    ``scene`` says that a word of place stands before it: then dealings alone count.
    """
    if not scene and _with_state(page, start, prefix, previous):
        return True
    near = page.text[max(0, start - 40) : start]
    if page.lang == "ar":
        return not scene and _arabic(page, near, end, prefix)
    if DEALT_WITH[page.lang].search(near):
        return True
    if scene and page.text[end : end + 1] != ",":
        return False
    opened = OPENS.search(near if start > len(near) else f"\n{near}")
    return opened is not None and ACTS[page.lang].match(page.text, end) is not None


def _arabic(page: Page, near: str, end: int, prefix: str) -> bool:
    if prefix == "ل":
        return LOYAL_AR.search(near) is not None
    if prefix not in ("", "و", "ف"):
        return False
    near = near[: len(near) - len(prefix)]
    if not prefix and (DEALT_AR.search(near) or (AS_FOR.search(near) and page.text[end : end + 2] == " ف")):
        return True
    each = EACH_OF.search(near)
    if each is not None and each["in"] is None:
        return True
    opens = OPENS_AR.search(near if len(near) > 30 else f"\n{near}")
    return opens is not None and FEMININE.match(page.text, end) is not None


def _with_state(page: Page, start: int, prefix: str, previous: Beside | None) -> bool:
    """Rule 4."""
    if previous is None or previous.kind != "state" or previous.role != "agent":
        return False
    between = page.text[previous.end : start - len(prefix)]
    if page.lang == "ar":
        return prefix == "و" and between in (" ", "، ")
    seat = page.knowledge.named(page.text[previous.end - 1 : previous.end])
    return seat is None and between in (" and ", " et ", ", and ")
