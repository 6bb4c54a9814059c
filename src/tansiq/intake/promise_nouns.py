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
from tansiq.intake.promise_words import DOING, NOUNS
from tansiq.language.sought import sought

ITEM_MARK: Final = re.compile(r"(?:[-•·*]|\(?(?:[a-h]|\d{1,2}|[ابجدهو])[).])\s*")
NOUN: Final = r"(?:ا\w{2,4}ا\w{1,2}|ت\w{1,3}ي\w{1,2}|ت\wا\w{2,3}|م\wا\w{2,3}ه)"
"""An Arabic noun of doing, by its form: ``إعفاء``, ``توحيد``, ``تقاسم``, ``مراجعة``."""
AGAIN: Final = {
    "ar": sought(
        rf"(?<![^\W_])(?:وعلي (?={DOING}|{NOUN} |ان )|والي (?={DOING}|{NOUN} )"
        rf"|وب(?={DOING}(?![^\W_]|ه\w))|وبان |و(?={DOING}(?:ه|ها|هم)? \w))"
    ),
    "fr": sought(r"(?<![^\W_])et (?:a|de|d')(?: ne)? ?(?=[^\W\d_]{2,}(?:er|ir|re|oir)(?![^\W_]))"),
    "en": sought(r"(?<![^\W_])and (?:to|that) (?=[a-z]{3,})"),
}
PARTICLE: Final = re.compile(r"و(علي|الي|ب)")
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


FOLLOWS: Final = sought(
    r"(?<![^\W_])(?:(?:ب|علي |الي )?ما (?:يلي|ياتي)|(?:ال)?(?:تاليه|اتيه)|كالتالي|كالاتي|ce qui suit"
    r"|suivante?s?|as follows|the following)(?: [^:\n;]{1,25})? ?(?=:)"
)
SETTLED: Final = re.compile(
    r"(?<![^\W_])[وف]?[بل]?(?:ال)?(?:اتفق|اتفاق|قرر|تقرر|قرار|خرج|خلص|توصل|تعهد|التزم|التزام|نقاط|اجراءات)\w*"
    r"|(?<![^\W_])(?:conven|convien|decid|decis|reten|retien|resol|engag|accord|mesure|agree|decid|undert|commit"
    r"|settle|measure)\w*"
)
ADVISED: Final = re.compile(
    r"(?<![^\W_])(?:[وف]?[بل]?(?:ال)?(?:اوص|توصي|طالب|مطالب|مقترح|اقتراح)|recommand|demand|propos|exig"
    r"|recommend|call|urg|ask)\w*"
)


def _led(page: Page) -> Iterator[Hit]:
    """``خرج الجانبان بما يلي:``: the items that follow what was settled, and not what was only advised."""
    for match in FOLLOWS.finditer(page.text):
        low = page.sentence_at(match.start())[0]
        line = page.text[max(low, match.start() - 160) : match.start()]
        if SETTLED.search(line) and not ADVISED.search(line):
            found = list(_items_after(page, match.end() + 1, "agreement"))
            yield from found if len(found) > 1 else ()


def _has_own(page: Page, item: Hit, found: Sequence[Hit]) -> bool:
    """Whether a verb of an item promises already: ``1. le Gouvernement transmettra la liste ;``."""
    ends = [e for c in (";", "؛", "\n") if (e := page.text.find(c, item.end)) >= 0]
    stop = min(ends, default=len(page.text))
    return any(item.start <= h.start < stop for h in found)


def listed_items(page: Page, found: Sequence[Hit]) -> tuple[list[Hit], list[Hit]]:
    """Rule 2: the items of lists, and the hits that only lead to one."""
    items: list[Hit] = []
    for match in HEADING.finditer(page.text):
        if ITEM_MARK.match(page.text[match.end() + 1 :].lstrip()[:6]):
            items += _items_after(page, match.end() + 1, "decision")
    items += [i for i in _led(page) if not _has_own(page, i, found)]
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
    lead = particle[1]
    told = page.text[hit.start : match.start()]
    return re.search(rf"(?<![^\W_]){lead}" + (r"\w" if lead == "ب" else " "), told) is not None
