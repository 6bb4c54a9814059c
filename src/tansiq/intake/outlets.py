"""Outlets that no list names, told by a word of the trade: in their name or before it.

Rules:
1. in Latin script two capitalised words or more, one of them of the trade, none of them a person's office
   (``Radio Azawad FM``, ``L'Écho du Fleuve``, ``Tahoua News Agency``); a heading is no name;
2. a title in quotation marks after a noun of the trade (``صحيفة "لو ساحليان"``), or right after a verb of
   saying without a colon (``ذكرت "الواحة نيوز"``); in Latin script also without marks, capitalised
   (``the Spanish daily El Horizonte``, ``dans les colonnes du Matinal``);
3. a title that was told so once is that outlet wherever it comes again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from tansiq.intake.page import Page
from tansiq.language.gazetteer import Entry, Mention
from tansiq.language.lexicon import any_of, cells, holding, rows, table
from tansiq.language.normalise import key
from tansiq.language.sought import Sought, sought
from tansiq.language.spans import starting

Outlet = tuple[int, int, str]
"""Folded range and medium."""

TITLE: Final = (
    r"(?:[LD]['’])?[A-ZÀ-ÖØ-Þ][\w-]{0,60}"
    r"(?:(?: (?:du|de|des|d['’]|de la|de l['’]|of|the|au|en) ?| |['’])[A-ZÀ-ÖØ-Þ0-9][\w-]{0,60}){%s}"
)
"""Words are bounded: in 'A-A-A-…' a name may start at every letter."""
RUN: Final = re.compile(r"(?<![^\W_])" + TITLE % "1,5")
OFFICES: Final = frozenset(
    {"minister", "ministre", "ministry", "ministere", "director", "directeur", "president"}
)
HEADINGS: Final = frozenset(
    {"revue", "ecoute", "review", "communique", "compte", "note", "bulletin", "monitor"}
)
QUOTED_AR: Final = r"(?P<q>''|\")(?P<name>[^\"'\n:]{2,40}?)(?P=q)"
TOLD_AR: Final = sought(
    rf"(?<![^\W_])[وف]?(?:علمت|تسلمت|حصلت|تلقت|اطلعت|توصلت|تحصلت) {QUOTED_AR} (?=من |ب|علي |نسخه|ان |لدي )"
)
"""``علمت "الأخبار" من``: what an outlet got to know, in its own words."""
SPOKEN_TO: Final = sought(
    rf"(?<![^\W_])[وف]?(?:(?:تحدث|تحدثت|تحدثوا|افضي|افضت|صرح|صرحت|اسر|اسرت) (?:الي|ل) ?|(?:اطلعت|وقفت"
    rf"|حصلت) علي(?:ه|ها|هما)? "
    rf"|(?:اتصال|حديث|تصريح|مقابله|حوار|لقاء)(?: هاتفي| خاص)? (?:مع|ل) ?){QUOTED_AR}"
)
"""``تحدث إلى "منبر الجنوب"``, ``اطلعت عليها «الراية»``: an outlet that was spoken to or saw a paper."""
SAID_AR: Final = re.compile(rf"^ ?(?:عن |في |ل)?{QUOTED_AR}")
CALLED: Final = re.compile(rf" ?[\"'«]* ?(?P<name>{TITLE % '0,4'})")
COLUMNS: Final = re.compile(rf"(?:colonnes|pages|columns|une) (?:du |de |d'|of )(?P<name>{TITLE % '0,4'})")
IN_COLUMNS: Final = (
    "colonnes d", "colonnes of ", "pages d", "pages of ", "columns d", "columns of ", "une du ", "une de ",
    "une d'", "une of ",
)  # fmt: skip
"""Of these each such match holds one; they are looked for in the text as written, which nothing else reads
so."""
MOST_WORDS: Final = 5
MOST_TITLES: Final = 24


@cache
def _trade(lang: str) -> Sought:
    """Nouns of the trade with what may stand between them and a title."""
    told = (r for r in rows("sources.psv") if r["kind"] in ("newspaper", "agency", "broadcaster"))
    nouns = {key(w): r["kind"] for r in told for w in cells(r["words"])}
    plain = [n for n in nouns if (n[:1] > "\u0600") == (lang == "ar") and not n.endswith("s")]
    if lang == "ar":
        bare = any_of(n for n in plain if not n.startswith("ال"))
        led = rf"(?:{bare})(?: ال[^\W_]+){{0,2}}|(?:ال|لل)(?:{bare})(?: ال[^\W_]+){{1,2}}"
        return sought(rf"(?<![^\W_])[وف]?[بلك]?(?P<noun>{led}) {QUOTED_AR}")
    rest = r"(?: (?:d'information|en ligne|online|local|locale|[^\W_]+(?:ais|ien|ienne|ian|an|ish)e?))?"
    return sought(rf"(?<![^\W_])(?P<noun>{any_of(plain)}){rest}(?=,? [\"'«]? ?)")


@cache
def _media() -> dict[str, str]:
    told = [r for r in rows("sources.psv") if r["kind"] in ("newspaper", "agency", "broadcaster")]
    return {key(w): r["kind"] for r in told for w in cells(r["words"])}


def outlets(page: Page) -> Iterator[Outlet]:
    """Yield each outlet of a page."""
    titled = list(_titled_ar(page) if page.lang == "ar" else _titled(page))
    yield from titled
    yield from _again(page, titled[:MOST_TITLES])
    if page.lang != "ar":
        yield from _by_their_words(page)


def _by_their_words(page: Page) -> Iterator[Outlet]:
    """Rule 1."""
    trade = table("words.psv", "outlet")
    for match in RUN.finditer(page.folded.source):
        start, end = page.folded.inner(*match.span())
        words = list(starting(page.words, start, end))
        while words and words[0].text in (
            "le",
            "la",
            "les",
            "the",
            "selon",
            "l",
            "a",
            "d",
            "according",
            "to",
        ):
            words = words[1:]
        kinds = [kind for w in words if (kind := trade.get(w.text)) is not None]
        if len(words) < 2 or not kinds or any(w.text in OFFICES for w in words):
            continue
        if words[0].text in HEADINGS or words[-1].text in HEADINGS:
            continue
        yield words[0].start, words[-1].end, _medium(kinds)


def _medium(kinds: list[str]) -> str:
    return next((k for k in ("agency", "broadcaster") if k in kinds), "newspaper")


def _titled_ar(page: Page) -> Iterator[Outlet]:
    """Rule 2 in Arabic."""
    for match in _trade("ar").finditer(page.text):
        if len(match["name"].split()) <= MOST_WORDS:
            yield *match.span("name"), _medium_of(match["noun"])
    for match in TOLD_AR.finditer(page.text):
        if len(match["name"].split()) <= 3:
            yield *match.span("name"), "newspaper"
    for match in SPOKEN_TO.finditer(page.text):
        if len(match["name"].split()) <= 3:
            yield *match.span("name"), "newspaper"
    for hit in page.cues["speech"]:
        said = SAID_AR.match(page.text[hit.end : hit.end + 50])
        if said is not None and len(said["name"].split()) <= 3 and not _goes_on(page, hit.end + said.end()):
            yield hit.end + said.start("name"), hit.end + said.end("name"), "newspaper"


def _medium_of(noun: str) -> str:
    return _media().get(re.sub("^(?:ال|لل)", "", noun.partition(" ")[0]), "newspaper")


def _goes_on(page: Page, at: int) -> bool:
    """A short quotation that a clause goes on with is words, not a title."""
    return re.match(r" ?(?:[،,]|نقلا|ان |عن |انه|انها|اليوم|امس|في )", page.text[at : at + 8]) is None


def _titled(page: Page) -> Iterator[Outlet]:
    """Rule 2 in Latin script."""
    source = page.folded.source
    for match in _trade(page.lang).finditer(page.text):
        at = page.folded.span(match.start(), match.end())[1]
        called = CALLED.match(source, at)
        if called is not None and (found := _range(page, called.span("name"))) is not None:
            yield *found, _media().get(match["noun"], "newspaper")
    for match in holding(COLUMNS, source, *IN_COLUMNS):
        if (found := _range(page, match.span("name"))) is not None:
            yield *found, "newspaper"


def _range(page: Page, span: tuple[int, int]) -> tuple[int, int] | None:
    """Return the folded range of a title, None if it is a name of the knowledge file, a title or a day."""
    start, end = page.folded.inner(*span)
    days = table("times.psv", "weekday").keys() | table("times.psv", "month").keys()
    words = [w.text for w in starting(page.words, start, end)]
    known = any(m.start <= start and m.end >= end for m in starting(page.mentions, start - 40, end))
    dull = not words or known or words[0] in days or words[0] in table("roles.psv", "title")
    source = page.folded.source[span[0] : span[1]]
    return None if dull or len("".join(words)) < (3 if source.isupper() else 4) else (start, end)


def _again(page: Page, titled: list[Outlet]) -> Iterator[Outlet]:
    """Rule 3."""
    names = {page.text[s:e]: kind for s, e, kind in titled if " " in page.text[s:e] or page.lang != "ar"}
    if not names:
        return
    for match in re.finditer(rf"(?<![^\W_])(?:{any_of(names)})(?![^\W_])", page.text):
        capital = page.lang == "ar" or page.folded.source[page.folded.starts[match.start()]].isupper()
        if capital:
            yield *match.span(), names[match[0]]


def called_like(page: Page, mention: Mention) -> Entry | None:
    """Return the outlet that is called like a region, where the name stands alone in quotation marks."""
    paper = mention.entry.flag("paper")
    around = page.text[max(0, mention.start - 1) : mention.start] + page.text[mention.end : mention.end + 1]
    return page.knowledge.entries.get(paper) if paper and around == '""' else None
