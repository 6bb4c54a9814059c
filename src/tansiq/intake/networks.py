"""Criminal networks told by what they deal in, and armed groups told by a quoted name.

Rules:
1. a network, ring or gang *of* smuggling, trafficking or kidnapping, or *of* a person, is a criminal network
   (``شبكة دولية لتهريب الكوكايين``, ``réseau de trafic d'armes``, ``a cocaine smuggling ring``);
2. a battalion or brigade that a name in quotation marks follows, with neither number nor nationality, is an
   armed group: no army calls its own so;
3. so is one named after a martyr (``كتيبة الشهيد محمد الحاسي``), with his whole name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tansiq.intake.name_ends import ends_name
from tansiq.intake.name_words import name_words, ordinary
from tansiq.intake.page import Page
from tansiq.language.lexicon import stopwords
from tansiq.language.sought import sought
from tansiq.language.spans import starting

DEALS: Final = {
    "ar": sought(
        r"(?<![^\W_])[وف]?[بلك]?(?P<name>(?:ال)?(?:شبكه|شبكات|عصابه|عصابات)(?: (?:ال)?[^\W_]+(?:يه|ه)){0,2}"
        r" (?:متخصصه في |تنشط في |ل)(?:ال)?ل?"
        r"(?:تهريب|اتجار|متاجره|ترويج|اختطاف|خطف|سرقه|تجاره)(?: ب)?(?: ?[^\W_]+)?)"
        r"(?![^\W_])"
    ),
    "fr": sought(
        r"(?<![^\W_])(?P<name>(?:reseaux?|filieres?|bandes?|gangs?)"
        r"(?: [^\W_]+(?:al|ale|aux|ien|ienne|ais|aise))?"
        r" (?:de |d'|specialises? dans (?:le |la |l'))"
        r"(?:trafic|trafiquants|contrebande|contrebandiers|passeurs|enlevements?|narcotrafic|narcotrafiquants)"
        r"(?: (?:de |d')[^\W_]+)?)(?![^\W_])"
    ),
    "en": sought(
        r"(?<![^\W_])(?P<name>(?:[^\W_]+[ -])?(?:smuggling|trafficking|kidnapping)"
        r" (?:network|ring|gang|cartel)s?)"
        r"(?![^\W_])"
    ),
}
OF_PERSON: Final = sought(r"(?<![^\W_])(?P<name>reseau de [^\W_]+(?: (?:ag|ould|ben) [^\W_]+| [^\W_]+)?)")
SMALL_EN: Final = frozenset(
    {"the", "a", "of", "and", "its", "this", "that", "by", "from", "against", "major"}
)
QUOTED: Final = sought(
    r"(?<![^\W_])[وف]?[بلك]?(?P<name>(?:ال|لل)?(?:كتيبه|سريه|لواء|katiba|bataillon|brigade|battalion) ?"
    r"(?:''|\") ?[^\"'\n]{3,30}?)(?=''|\")"
)
MARTYR: Final = sought(
    r"(?<![^\W_])[وف]?[بلك]?(?P<name>(?:كتيبه|سريه|لواء|سرايا|كتايب|الويه|تجمع) ?[\"']{0,2} ?"
    r"(?:(?:ال)?شهيده? (?:ال(?:قايد|عقيد|شيخ|نقيب|رايد|عميد) )?|(?:ال)?شهداء (?=[^\W_])))"
)
NAMES_OF: Final = 4
MONTHS: Final = re.compile(r"\d{1,2} [^\W\d_]+")


def networks(page: Page) -> Iterator[tuple[int, int, str]]:
    """Yield the folded range and the kind of each such group of a page."""
    for match in DEALS[page.lang].finditer(page.text):
        start, end = match.span("name")
        if page.lang == "en" and match["name"].split()[0] in SMALL_EN:
            start += len(match["name"].split()[0]) + 1
        yield start, end, "criminal_network"
    if page.lang == "fr":
        for match in OF_PERSON.finditer(page.text):
            words = starting(page.words, *match.span("name"))[2:]
            source = page.folded.source
            if words and all(source[page.folded.starts[w.start]].isupper() for w in words if len(w.text) > 3):
                yield *match.span("name"), "criminal_network"
    for match in QUOTED.finditer(page.text):
        start, end = match.span("name")
        numbered = any(c.isdigit() for c in match["name"])
        if not numbered and not any(m.alias.adjective for m in starting(page.mentions, start, end)):
            yield start, end, "armed_group"
    if page.lang == "ar":
        yield from _of_martyrs(page)


def _of_martyrs(page: Page) -> Iterator[tuple[int, int, str]]:
    """Rule 3."""
    for match in MARTYR.finditer(page.text):
        first = page.word_at(match.end())
        if (date := MONTHS.match(page.text, match.end())) is not None:
            yield match.start("name"), date.end(), "armed_group"
            continue
        last = first
        while last < min(first + NAMES_OF, len(page.words)) and _of_a_name(page, first, last):
            last += 1
        if last > first:
            yield match.start("name"), page.words[last - 1].end, "armed_group"


def _of_a_name(page: Page, first: int, at: int) -> bool:
    """Tell whether a word goes on with the name that a unit is called by."""
    word = page.words[at]
    if at > first and page.text[page.words[at - 1].end : word.start] != " ":
        return False
    if at > first and ends_name(page, list(page.words), at):
        return False
    if word.text in stopwords():
        return False
    known = word.text in name_words() or word.text in ("ابو", "بن", "عبد", "ال")
    fresh = at - first < 2 and not ordinary(word.text)
    told = any(page.hits(kind, word.start, word.start + 1) for kind in ("speech", "events", "according"))
    return not told and ((known and (at == first or not ordinary(word.text))) or fresh)
