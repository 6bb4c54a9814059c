"""Promises that no single verb of the list opens: by a noun, a participle, a list, or a second object.

Rules:
1. a noun or participle of promising with what it promises behind it (``استعداده لتكوين``, ``متعهدا بأن``,
   ``sa disponibilité à``, ``promising to``) is a promise of its own force;
2. where a list follows what was decided (``ont décidé :``, ``اتفقا على ما يلي:``), each of its items is one,
   and the line before the list is none;
3. what was promised first goes on behind 'and' with the particle said again (``وعلى تشكيل``,
   ``et de nommer``), or, each with a term of its own, with another noun of doing (``وإعادة نشر``);
4. ``على أن`` with a verb and who shall do it, behind an agreement, says what is agreed besides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from tansiq.intake.lexemes import Hit, Sense
from tansiq.intake.page import Page
from tansiq.language.sought import Sought, sought

NOUNS: Final[dict[str, tuple[tuple[str, Sought], ...]]] = {
    "ar": (
        (
            "intent",
            sought(
                r"(?<![^\W_])[وف]?[بل]?استعداد(?:ه|ها|هم|هما|نا)?(?: (?!ل|من)[^\W\d_]+){0,3} "
                r"(?:ل(?!ا |م |ن )|علي )(?=\w{3})"
            ),
        ),
        (
            "intent",
            sought(
                r"(?<![^\W_])[وف]?[بل]?(?:عزم|اعتزام|نيت)(?:ه|ها|هم|هما|نا)(?: "
                r"(?:علي|في))? (?=\w{3})"
            ),
        ),
        (
            "intent",
            sought(
                r"(?<![^\W_])[وف]?(?:متوعدا|متوعده|متوعدين|مهددا|مهدده|مهددين) (?:ب"
                r"|بـ)?(?=\w{3})"
            ),
        ),
        (
            "intent",
            sought(
                r"(?<![^\W_])[وف]?[يت]?هدد(?:ت|وا)?(?: (?!ب)[^\W\d_]+){0,4} ب(?!ال"
                r"|عد |ين |سبب)(?=\w{3})"
            ),
        ),
        ("intent", sought(r"(?<![^\W_])[وف]?(?:متعهدا|متعهده|متعهدين|واعدا|واعده|واعدين) (?=ب\w{2})")),
        ("agreement", sought(r"(?<![^\W_])[وف]?(?:ملتزما|ملتزمه|ملتزمين|ملتزمون) (?=ب\w{2})")),
        (
            "agreement",
            sought(
                r"(?<![^\W_])(?:[وف]?[بل]?التزام(?:ه|ها|هم|هما|نا|ات\w*)?|[وف]?[بل]?تعهد(?:ه|ها|هم|هما|نا|ات\w*)"
                r"|[وف]?[بل]تعهد) "
                r"(?:(?!ب)[^\W\d_]+ ){0,8}?(?=ب(?!ال|عد |ين )\w{3})"
            ),
        ),
        ("decision", sought(r"(?<![^\W_])[وف]?(?:ت|ي)قرر (?!مصير|ما )(?=\w{3})")),
        (
            "agreement",
            sought(
                r"(?<![^\W_])[وف]?[بل]?(?:ال)?اتفاق(?:ا)? (?:[^\W\d_]+ ){0,4}?(?:يقضي|تقضي"
                r"|قضي|ينص|نص|يتضمن) (?=ب|علي)"
            ),
        ),
        (
            "decision",
            sought(
                r"(?<![^\W_])[وف]?[تي]?(?:اخذ|قطع)(?:ت|وا|ا)?(?: [^\W\d_]+){0,4} علي (?:عاتق|نفس)"
                r"(?:ه|ها|هم|هما|نا)(?![^\W_])"
            ),
        ),
        (
            "decision",
            sought(
                r"(?<![^\W_])[وف]?(?:ابد|اعط|اعلن|من[حج])(?:ي|ا|ت|وا)?(?: [^\W\d_]+){0,3} "
                r"[بل]?موافقت(?:ه|ها|هم|هما) علي (?=\w{3})"
            ),
        ),
        (
            "decision",
            sought(
                r"(?<![^\W_])[وف]?اعلن(?:ت|وا|ا)?(?: (?!ان|انه|انها|في|يوم|امس)[^\W\d_]+){1,4} (?:عن )?"
                r"(?=(?:تخصيص|رصد|تقديم|منح|ايفاد|تعليق|تمديد|استيناف|استئناف) )"
            ),
        ),
        (
            "decision",
            sought(
                r"(?<![^\W_])[وف]?(?:وجه|اوعز)(?:ت|وا)?(?: [^\W\d_]+){1,4} ب(?="
                r"(?:فتح|ارسال|تشكيل|نشر|تعزيز|صرف|تسليم|تقديم|تخصيص|تسريع|اعاده|اجلاء|ايواء|اتخاذ)(?![^\W_]))"
            ),
        ),
        (
            "vague",
            sought(r"(?<![^\W_])[وف]?[تي]درس(?:ون)?(?: [^\W\d_]+){1,3} (?=امكاني\w+)"),
        ),
        (
            "intent",
            sought(
                r"(?<![^\W_])[وف]?عرض(?:ت|وا)? (?:[^\W\d_]+ ){1,3}?(?=(?:تقديم"
                r"|استضافه|ارسال|تدريب|تكوين|تمويل|مساعدت|المساعده|وساطت) ?)"
            ),
        ),
    ),
    "fr": (
        (
            "vague",
            sought(
                r"(?<![^\W_])(?:sa|leur) (?:disponibilite|determination|volonte"
                r"|disposition) (?:a|de|d')"
            ),
        ),
        ("intent", sought(r"(?<![^\W_])(?:son|leur|l') ?intention (?:de |d')")),
        ("intent", sought(r"(?<![^\W_])(?:a|ont) (?:[^\W\d_]+ )?offert (?:de |d')")),
        (
            "intent",
            sought(
                r"(?<![^\W_])(?:se (?:dit|disent|declare|declarent)|s'est dite?"
                r"|s'est declaree?|est|sont) (?:dispose|pret)e?s? (?:a|de) "
            ),
        ),
        (
            "intent",
            sought(
                r"(?<![^\W_])(?:a|ont) confirme (?:son|sa|ses|leur|leurs) (?:apport"
                r"|contribution|engagement|participation|don|appui|aide)(?![^\W_])"
            ),
        ),
        (
            "intent",
            sought(
                r"(?<![^\W_])(?:promettant|jurant|s'engageant|menacant) (?:de |d'"
                r"|que |qu'|a |un|une|des|la |le |les )"
            ),
        ),
        (
            "decision",
            sought(
                r"(?<![^\W_])s'(?:est|etai(?:t|ent)) donnee?s? (?:jusqu'|[^\W_]+ (?:heures|jours|semaines"
                r"|mois|ans) pour)"
            ),
        ),
        (
            "decision",
            sought(r"(?<![^\W_])se sont donnee?s? (?:jusqu'|[^\W_]+ (?:jours|semaines|mois|ans) pour)"),
        ),
        ("intent", sought(r"(?<![^\W_])(?:a|ont) donne (?:sa|leur) parole (?=que|qu'|de|d')")),
        ("decision", sought(r"(?<![^\W_])s'(?:est|etait|etaient) (?:[^\W\d_-]+ ){1,3}engagee?s? a ")),
        ("decision", sought(r"(?<![^\W_])se (?:sont|seraient) (?:[^\W\d_-]+ ){1,3}engagee?s a ")),
        (
            "vague",
            sought(
                r"(?<![^\W_])(?:promettre|promis|promet) d'? ?\"? ?(?:etudier"
                r"|examiner|reflechir)"
            ),
        ),
        (
            "vague",
            sought(
                r"(?<![^\W_])(?:a indique|ont indique|a dit|disent|dit) (?:etudier"
                r"|examiner|envisager) "
            ),
        ),
        (
            "agreement",
            sought(
                r"(?<![^\W_])(?:accord|protocole|memorandum|convention|texte"
                r"|plan)(?:[ ,][^.;:]{0,70}?)? (?P<at>prevoi(?:t|ent)) (?=l[ae' ]|les|un|d)"
            ),
        ),
        (
            "decision",
            sought(
                r"(?<![^\W_])(?:a|ont) (?:ete )?decide(?: [^\W\d_]+)? (?:la|le|l'"
                r"|les|un|une|des)(?![^\W_])"
            ),
        ),
    ),
    "en": (
        (
            "intent",
            sought(
                r"(?<![^\W_])(?:promising|pledging|vowing|threatening|undertaking"
                r"|offering) (?:to |that |more |a |an |the |\d|\")"
            ),
        ),
        (
            "intent",
            sought(
                r"(?<![^\W_])(?:the|its|his|her|their) (?:intention|intent|readiness"
                r"|willingness|determination|commitment|pledge|promise) (?:of [^.,;]{2,40}? )?(?=to )"
            ),
        ),
        ("intent", sought(r"(?<![^\W_])threatened (?=\"|more |new |further |reprisals|attacks|to )")),
        ("intent", sought(r"(?<![^\W_])offered (?=to |\$|€|\d|troops|training|help |support )")),
        ("intent", sought(r"(?<![^\W_])(?:plans|intends) (?=a |an |the |new |further |more )")),
        ("intent", sought(r"(?<![^\W_])(?:has|have|had) agreed (?=to )")),
        ("intent", sought(r"(?<![^\W_])(?:gave|given|gives) (?:his|her|its|their) word (?=that|to)")),
    ),
}
ITEM_MARK: Final = re.compile(r"(?:[-•·*]|\(?(?:[a-h]|\d{1,2}|[ابجدهو])[).])\s*")
DOING: Final = (
    r"(?:اعاده|ت\w{1,2}\wي\w|ت\wوي\w|ان?شاء|ارسال|اقامه|اطلاق|نشر|فتح|اجراء|عقد|تبادل|تقاسم|تشكيل|رفع|دعم|تزويد|انجاز|بناء|حفر|شراء|دفع|ارجاع"
    r"|ايفاد|ايصال|استئناف|استيناف|مضاعفه|تمديد|تسيير|تسليم|تكوين|تدريب|منح|تخصيص|توفير|احداث|تنظيم)"
)
AGAIN: Final = {
    "ar": sought(
        rf"(?<![^\W_])(?:وعلي (?={DOING}|ان )|وب(?={DOING}(?![^\W_]|ه\w))|وبان |و(?={DOING}(?:ه|ها|هم)? \w))"
    ),
    "fr": sought(r"(?<![^\W_])et (?:a|de|d')(?: ne)? ?(?=[^\W\d_]{2,}(?:er|ir|re|oir)(?![^\W_]))"),
    "en": sought(r"(?<![^\W_])and (?:to|that) (?=[a-z]{3,})"),
}
PARTICLE: Final = re.compile(r"و(علي|ب)")
ADDED: Final = sought(r"(?<![^\W_])علي (?:ان|الا) (?=[تين]\w{2,} (?:ال|كل )\w)")
REACH: Final = 260
NEAR: Final = 14


def _hit(page: Page, start: int, force: str, end: int = 0) -> Hit | None:
    first = page.word_at(start)
    if first >= len(page.words):
        return None
    last = max(first + 1, page.word_at(end)) if end else first + 1
    word = page.words[first]
    return Hit(word.start, page.words[last - 1].end, first, last, Sense(force, "any", "none", "promises"))


def by_nouns(page: Page) -> Iterator[Hit]:
    """Rule 1."""
    for force, pattern in NOUNS[page.lang]:
        for match in pattern.finditer(page.text):
            at = match.start("at") if "at" in pattern.pattern.groupindex else match.start()
            if (hit := _hit(page, at, force, match.end())) is not None:
                yield hit


HEADING: Final = sought(
    r"(?<![^\W_])(?:decisions?|resolutions|commitments|undertakings|engagements|actions? agreed"
    r"|agreed actions"
    r"|القرارات|التعهدات|الالتزامات|نقاط الاتفاق)(?: [^:\n;]{1,40})?(?=:)"
)


def listed_items(page: Page, found: Sequence[Hit]) -> tuple[list[Hit], list[Hit]]:
    """Rule 2: the items of lists, and the hits that only lead to one."""
    items: list[Hit] = []
    for match in HEADING.finditer(page.text):
        if ITEM_MARK.match(page.text[match.end() + 1 :].lstrip()[:6]):
            items += _items_after(page, match.end() + 1, "decision")
    leads: list[Hit] = []
    for hit in found:
        if hit.sense.group not in ("agreement", "decision", "intent"):
            continue
        colon = _colon(page, hit)
        if colon is None:
            continue
        mine = list(_items_after(page, colon, hit.sense.group))
        if len(mine) > 1:
            leads.append(hit)
            items += mine
    return items, leads


def _colon(page: Page, hit: Hit) -> int | None:
    """Where the colon stands that closes the line of a promise, if a list follows."""
    stop = min(len(page.text), hit.end + NEAR * 6)
    at = page.text.find(":", hit.end, stop)
    line = page.text.find("\n", hit.end, stop)
    if at < 0 or (0 <= line < at):
        return None
    return at + 1 if ITEM_MARK.match(page.text[at + 1 :].lstrip()[:6]) else None


def _items_after(page: Page, start: int, force: str) -> Iterator[Hit]:
    at, kind = start, ""
    while at < len(page.text):
        gap = re.match(r"[\s;؛.]*", page.text[at : at + 8])
        here = at + (gap.end() if gap else 0)
        mark = ITEM_MARK.match(page.text, here)
        if mark is None or (kind and _kind(mark[0]) != kind):
            return
        kind = _kind(mark[0])
        if (hit := _hit(page, mark.end(), force)) is not None:
            yield hit
        ends = [e for c in (";", "؛", "\n", "(") if (e := page.text.find(c, mark.end())) >= 0]
        at = min((e + (page.text[e] != "(") for e in ends), default=len(page.text))


def _kind(mark: str) -> str:
    """Tell dashes, letters and digits apart: a list has marks of one kind."""
    bare = mark.strip(" ().\n")
    return "digit" if bare.isdigit() else "letter" if bare.isalpha() else "dash"


def second_objects(page: Page, found: Sequence[Hit], limited: Callable[[int, int], bool]) -> Iterator[Hit]:
    """Rules 3 and 4, up to the next promise or the end of the sentence; ``limited`` tells of terms."""
    pattern = AGAIN[page.lang]
    for index, hit in enumerate(found):
        if hit.sense.group not in ("agreement", "decision", "intent"):
            continue
        after = found[index + 1].start if index + 1 < len(found) else len(page.text)
        stop = min(page.sentence_at(hit.start)[1], after, hit.end + REACH)
        for match in (*pattern.finditer(page.text, hit.end, stop), *_added(page, hit.end, stop)):
            bare = page.lang == "ar" and match.re is not ADDED.pattern and PARTICLE.match(match[0]) is None
            if bare and not (limited(hit.end, match.start()) and limited(match.end(), stop)):
                continue
            if match.start() - hit.end >= NEAR and _goes_on(page, hit, match):
                force = hit.sense.group
                if (more := _hit(page, match.start(), force)) is not None:
                    yield more


def _added(page: Page, start: int, stop: int) -> Iterator[re.Match[str]]:
    if page.lang == "ar":
        yield from ADDED.finditer(page.text, start, stop)


def _goes_on(page: Page, hit: Hit, match: re.Match[str]) -> bool:
    """Whether the particle was said before, right behind the promise (``على … وعلى``); a bare noun of doing
    goes on with a noun of doing."""
    between = page.text[hit.end : match.start()]
    if page.text.find('"', hit.end, match.start()) >= 0 and between.count('"') % 2:
        return False
    if match.re is ADDED.pattern or page.lang == "fr":
        return True
    if page.lang == "en":
        verb = page.text[hit.start : hit.end].split()[-1]
        return verb == "to" or re.match(r" (?:to|that) ", page.text[hit.end : hit.end + 6]) is not None
    particle = PARTICLE.match(match[0])
    told = page.text[hit.start : match.start()]
    if particle is None:
        return re.search(rf"(?<![^\W_])[بل]?{DOING}(?![^\W_])", told) is not None
    lead = "علي" if particle[1] == "علي" else "ب"
    return re.search(rf"(?<![^\W_]){lead}" + (" " if lead == "علي" else r"\w"), told) is not None
