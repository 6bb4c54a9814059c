"""Bodies told by a head noun and what stands beside it that is no word: a place, or a strange name.

Rules:
1. a court, a prosecution, a council, a directorate, the authorities of a place are named with it
   (``محكمة بشار``, ``le parquet de Tambacounda``, ``Nalut's military council``, ``customs in Niamey``);
2. the presidency of a state is a body of it; alone it is that of the state a text is about;
3. a company, an agency, a paper or an association with a strange word behind it, by its letters, bears that
   name (``شركة هواي دينغ``, ``وكالة لوسا``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from tansiq.intake.forces import state_of
from tansiq.intake.foreign_names import STRONG, strange
from tansiq.intake.page import Page
from tansiq.language.gazetteer import Entry, Mention
from tansiq.language.lexicon import any_of, cells, rows, table
from tansiq.language.normalise import key
from tansiq.language.sought import Sought, sought
from tansiq.language.spans import starting

Placed = tuple[int, int, str, str | None]
"""Folded range, name, medium."""

OF: Final = {
    "ar": r"(?: (?:في|لدي|ب|ل)| ?)$",
    "fr": r" (?:de la |de l'|des |du |de |d'|a |en |au )$",
    "en": r" (?:of|in|at) (?:the )?$",
}
BACK: Final = 42
PRESIDENCY: Final = {
    "ar": sought(r"(?<![^\W_])(?:[وف]?[بلك]?)(?P<head>(?:ال|لل)?رياسه(?: الجمهوريه)?)(?: ل)?[ ]?(?:ال)?$"),
    "fr": sought(
        r"(?<![^\W_])(?P<head>presidence)(?: de la republique)?(?: de la| de l'| du| des| de| d')?[ ]?$"
    ),
    "en": sought(r"(?<![^\W_])(?P<head>presidency) of (?:the )?$"),
}
PRESIDENCY_EN: Final = re.compile(r"(?:'s|s')? (?P<head>presidency)(?![^\W_])")
ALONE: Final = {
    "ar": re.compile(
        r"(?<!هذه )(?<!تلك )(?<![^\W_])[وف]?[بك]?(?P<name>رياسه الجمهوريه|الرياسه)(?![^\W_])(?! ال)"
    ),
    "fr": re.compile(
        r"(?<!prendre )(?<!assure )(?<!assurer )(?<!exerce )(?<![^\W_])la"
        r" (?P<name>presidence(?: de la republique)?)(?![^\W_])"
        r"(?! (?:de |du |des |d'|en |tournante|lors|[^\W_]+ne(?![^\W_])))"
    ),
    "en": re.compile(r"(?<![^\W_])the (?P<name>presidency)(?![^\W_])(?! of)"),
}
STEM: Final = {"ar": "رياسه", "fr": "presidence", "en": "presidency"}
MOST: Final = 3


@cache
def _heads(lang: str) -> tuple[Sought, dict[str, str]]:
    named = {
        key(w): r["value"]
        for r in rows("bodies.psv")
        if r["kind"] == f"placed_{lang}"
        for w in cells(r["words"])
    }
    if lang == "ar":
        return sought(rf"(?<![^\W_])(?:[وف]?[بلك]?)(?P<head>{any_of(named)}){OF[lang]}"), named
    return sought(rf"(?<![^\W_])(?P<head>{any_of(named)}){OF[lang]}"), named


@cache
def _owned() -> tuple[re.Pattern[str], dict[str, str]]:
    _, named = _heads("en")
    return re.compile(rf"'s (?P<head>{any_of(named)})(?![^\W_])"), named


def placed_bodies(page: Page) -> Iterator[Placed]:
    """Yield each such body of a page."""
    for mention in page.mentions:
        if mention.entry.kind == "place" and not mention.alias.adjective:
            yield from _of_place(page, mention)
        elif mention.entry.kind == "state" and mention.entry.flag("group") is None:
            yield from _presidency(page, mention)
    yield from _presidencies(page)
    if page.lang == "ar":
        yield from _strangely_named(page)


def _of_place(page: Page, mention: Mention) -> Iterator[Placed]:
    """Rule 1."""
    pattern, named = _heads(page.lang)
    at = max(0, mention.start - BACK)
    before = pattern.within(page.text, at, mention.start)
    if before is not None:
        yield (
            at + before.start("head"),
            mention.end,
            f"{named[before['head']]} of {mention.entry.canonical}",
            None,
        )
    elif page.lang == "en":
        owned, named = _owned()
        after = owned.match(page.text, mention.end)
        if after is not None:
            yield mention.start, after.end(), f"{named[after['head']]} of {mention.entry.canonical}", None


def _presidency(page: Page, mention: Mention) -> Iterator[Placed]:
    """Rule 2."""
    at = max(0, mention.start - BACK)
    before = PRESIDENCY[page.lang].within(page.text, at, mention.start)
    after = PRESIDENCY_EN.match(page.text, mention.end) if page.lang == "en" else None
    if before is not None:
        yield at + before.start("head"), mention.end, _presidency_of(mention.entry), None
    elif after is not None:
        yield mention.start, after.end(), _presidency_of(mention.entry), None


def _presidencies(page: Page) -> Iterator[Placed]:
    about: Entry | None = None
    if STEM[page.lang] not in page.text:
        return
    for match in ALONE[page.lang].finditer(page.text):
        about = about or state_of(page, home=True)
        if about is None:
            return
        near = starting(page.mentions, match.end(), match.end() + 5)
        if not any(m.alias.adjective for m in near):
            yield *match.span("name"), _presidency_of(about), None


def _presidency_of(state: Entry) -> str:
    return f"Presidency of {state.canonical}"


@cache
def _named_heads() -> tuple[Sought, dict[str, str]]:
    media = {
        key(w): r["kind"]
        for r in rows("sources.psv")
        if r["kind"] in ("newspaper", "agency", "broadcaster")
        for w in cells(r["words"])
        if " " not in w and key(w)[0] > "\u0600" and not key(w).startswith("ال")
    }
    heads = {**dict.fromkeys(table("bodies.psv", "bears_name"), ""), **media}
    return sought(rf"(?<![^\W_])(?:[وف]?[بلك]?)(?P<head>{any_of(heads)}) [\"']?(?=[^\W_])"), heads


def _strangely_named(page: Page) -> Iterator[Placed]:
    """Rule 3."""
    pattern, heads = _named_heads()
    for match in pattern.finditer(page.text):
        index = page.word_at(match.end())
        end, most = index, 0.0
        while end < min(index + MOST, len(page.words)):
            word = page.words[end]
            seen = strange(page, word)
            joined = end == index or page.text[page.words[end - 1].end : word.start] == " "
            if seen is None or seen < 0 or not joined or word.text[0] == "و":
                break
            end, most = end + 1, max(most, seen)
        if most >= STRONG and len(page.words[index].text) > MOST and not _adjective(page, index, end):
            start, stop = match.start("head"), page.words[end - 1].end
            yield start, stop, page.written(page.words[index].start, stop), heads[match["head"]] or None


def _adjective(page: Page, index: int, end: int) -> bool:
    """``شركة كورية``: one word behind the noun that ends as adjectives do, without marks."""
    quoted = page.text[page.words[index].start - 1] in "\"'"
    return end - index == 1 and not quoted and page.words[index].text.endswith(("يه", "ي"))
