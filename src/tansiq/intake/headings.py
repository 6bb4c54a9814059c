"""Sources that the form of a text names: a line ``Source: …``, a station before its words (``Radio Tahoua,
7 h : …``), an issuer before a colon (``Communiqué du gouvernement :``), whoever
is interviewed (``Entretien avec X``). A dateline is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tansiq.intake.cast import Cast
from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.intake.sources import MEDIA, Group, group_at
from tansiq.intake.title_lines import title_end
from tansiq.language.lexicon import any_of, table
from tansiq.language.sought import sought

HEADER: Final = re.compile(rf"(?:^|\n)[ *#-]*(?:{any_of(table('words.psv', 'header'))}) ?: *", re.MULTILINE)
INTERVIEW: Final = sought(
    r"(?:^|\n)[^\n.:]{0,25}?(?<![^\W_])"
    r"(?:entretien avec|interview d[eu']|interview with|questions (?:a|au|to)"
    r"|debrief(?:ing)? (?:with|of)"
    r"|conversation with|rencontre avec|مقابله مع|حوار مع|حديث مع|لقاء مع) ?"
)
TOP: Final = 240
OPENING: Final = re.compile(r"(?:^|\n)[ *#-]*(?P<head>[^:\n]{4,70}?) ?:(?= ?\S)")


def headed(cast: Cast) -> Iterator[Group]:
    """Yield the sources that headings name, in the order of the rules; each at most once a line."""
    page = cast.page
    for match in HEADER.finditer(page.text):
        yield from _first(cast, match.end(), 4, media=False)
    for match in INTERVIEW.finditer(page.text, 0, TOP):
        yield from (g for g in _first(cast, match.end(), 4, media=False) if _person(g))
    for match in OPENING.finditer(page.text):
        if not HEADER.match(page.text, match.start()):
            yield from _first(cast, match.start("head"), 2, media=True)


def _first(cast: Cast, at: int, reach: int, *, media: bool) -> Iterator[Group]:
    """Yield the source that stands within ``reach`` words of a place, only an outlet if ``media``."""
    page = cast.page
    first = page.word_at(at)
    for index in range(first, min(first + reach, len(page.words))):
        if "\n" in page.text[at : page.words[index].start]:
            return
        group = group_at(cast, index)
        if group is not None and (not media or _outlet(group)):
            yield group
            return


def _person(group: Group) -> bool:
    return group.named is not None and group.named.kind == "person"


def _outlet(group: Group) -> bool:
    """An outlet by name: ``صحيفة جزائرية:`` in a title is any, and the text names it."""
    return group.kind in MEDIA and group.named is not None


def told_below(page: Page, hits: list[tuple[Hit, str]]) -> int:
    """Return where the lines over a text end if words of saying stand below them, else 0."""
    end = title_end(page.text)
    return end if any(hit.start >= end for hit, _ in hits) else 0


def metonym(group: Group) -> bool:
    """``Bamako dément`` in a title: whoever the text tells of by office and name, as a rule."""
    if group.named is None:
        return group.lemma in ("title", "open")
    return group.lemma == "named" and group.named.kind in ("state", "armed_group", "non_state_party")
