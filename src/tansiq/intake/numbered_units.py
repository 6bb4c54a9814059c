"""Units told by their number, by letters or by a name of their own, where head nouns tell too little.

Rules:
1. in Arabic a unit takes its number, and the arm behind it (``اللواء 33 مشاة``, ``الكتيبة 301``);
2. a French regiment is its number and its letters in capitals (``2e REP``, ``21e RIMa``); a battle group its
   number or its name (``GTIA 3``, ``GTIA "Waraba"``);
3. a battalion, a regiment or a group with a capitalised word right behind it, and a number behind that,
   bears that name (``bataillon Badenya 7``); in English it stands in front of a number;
4. an operation with a capitalised or quoted name is a force (``opération Tonnerre``,
   ``Operation Sand Storm``, ``عملية "صقر الصحراء"``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tansiq.intake.page import Page
from tansiq.language.lexicon import any_of, table
from tansiq.language.sought import sought
from tansiq.language.spans import covering, starting

NUMBERED_AR: Final = sought(
    r"(?<![^\W_])[وف]?[بلك]?(?P<name>(?:ال|لل)?(?:كتيبه|فوج|لواء|سريه|فرقه|سرب|فصيله|بطاريه)"
    rf"(?: رقم)? (?:ال)?\d{{1,3}}(?: (?:{any_of(table('bodies.psv', 'arm'))}))?)(?![^\W_])"
)
REGIMENT: Final = sought(
    r"(?<![^\W_])(?P<name>\d{1,3}(?:er|e|eme|re|st|nd|rd|th)? "
    rf"(?:{any_of(table('bodies.psv', 'regiment'))}))(?![^\W_])"
)
BATTLE_GROUP: Final = sought(
    r"(?<![^\W_])(?P<name>s?gtia(?: ?[n°-]{0,2} ?\d{1,2})?(?: ?\" ?[^\"\n]{2,20}?\"| [^\W_]+)?)(?![^\W_])"
)
NAMED_FR: Final = sought(
    r"(?<![^\W_])(?P<name>(?:bataillon|regiment|groupement|escadron|task force) (?P<own>[^\W\d_]{3,})"
    r"(?: \d{1,2})?)(?![^\W_])"
)
NAMED_EN: Final = sought(
    r"(?<![^\W_])(?P<name>\d{1,3}(?:st|nd|rd|th)? (?:[^\W_]+ ){0,3}(?:brigade|battalion|division|regiment"
    r"|squadron|command|garrison))(?![^\W_])"
)
OPERATION: Final = {
    "ar": sought(r"(?<![^\W_])[وف]?[بلك]?(?P<name>عمليه \" ?(?P<own>[^\"\n:،.]{3,24}?) ?\")"),
    "fr": sought(
        r"(?<![^\W_])(?P<name>operation (?:\" ?(?P<quoted>[^\"\n:.]{3,24}?) ?\"|(?P<own>[^\W\d_]{3,})"
        r"(?: [^\W\d_]{3,})?))(?![^\W_])"
    ),
    "en": sought(r"(?<![^\W_])(?P<name>operation (?P<own>[^\W\d_]{3,})(?: [^\W\d_]{3,})?)(?![^\W_])"),
}
MOST_OF_ACRONYM: Final = 6


def numbered_units(page: Page) -> Iterator[tuple[int, int]]:
    """Yield the folded range of each such unit of a page."""
    if page.lang == "ar":
        yield from (m.span("name") for m in NUMBERED_AR.finditer(page.text))
        yield from (m.span("name") for m in OPERATION["ar"].finditer(page.text))
        return
    yield from _regiments(page)
    yield from _operations(page)
    if page.lang == "fr":
        yield from _battle_groups(page)
        yield from _named(page)
        return
    for match in NAMED_EN.finditer(page.text):
        words = starting(page.words, *match.span("name"))[1:]
        if all(_capital(page, w.start) for w in words):
            yield match.span("name")


def _regiments(page: Page) -> Iterator[tuple[int, int]]:
    """Rule 2, the letters."""
    for match in REGIMENT.finditer(page.text):
        start, end = match.span("name")
        letters = _written(page, page.text.find(" ", start) + 1, end)
        if sum(c.isupper() for c in letters) > 1 and len(letters) <= MOST_OF_ACRONYM:
            yield start, end


def _battle_groups(page: Page) -> Iterator[tuple[int, int]]:
    """Rule 2, ``GTIA``: a small word behind it is no name."""
    for match in BATTLE_GROUP.finditer(page.text):
        start, end = match.span("name")
        last = starting(page.words, start, end)[-1]
        if last.start > start and page.text[end - 1] != '"' and not _own(page, last.start):
            end = start + len(page.text[start : last.start].rstrip(" -n°"))
        if _capital(page, start):
            yield start, end


def _named(page: Page) -> Iterator[tuple[int, int]]:
    """Rule 3."""
    for match in NAMED_FR.finditer(page.text):
        if _own(page, match.start("own")) and not page.text[match.start("own")].isdigit():
            yield match.span("name")


def _operations(page: Page) -> Iterator[tuple[int, int]]:
    """Rule 4."""
    for match in OPERATION[page.lang].finditer(page.text):
        start, end = match.span("name")
        if page.lang == "fr" and match["quoted"] is not None:
            yield start, end
            continue
        if not _own(page, match.start("own")) or (page.lang == "en" and not _capital(page, start)):
            continue
        last = starting(page.words, start, end)[-1]
        yield start, end if _own(page, last.start) else match.end("own")


def _own(page: Page, at: int) -> bool:
    """Tell whether a word is capitalised or a number, and no state, place or nationality."""
    mention = covering(page.mentions, at)
    return mention is None and (page.text[at].isdigit() or _capital(page, at))


def _capital(page: Page, at: int) -> bool:
    return page.folded.source[page.folded.starts[at]].isupper()


def _written(page: Page, start: int, end: int) -> str:
    first, last = page.folded.span(start, end)
    return page.folded.source[first:last]
