"""The type of an event by its verb and its object: 'dismantled a camp', 'opened an office', ``دفع بتعزيزات``.

The words are in ``event_objects.psv``: by language the beginnings of triggers (in Arabic a stem inside),
those of the objects near them, and the type both tell. Of the rows of a trigger the first whose object stands
behind it in its sentence holds, else before it; one without objects holds for what is left of weak triggers;
``none`` tells no event.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final, NamedTuple

from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.language.lexicon import any_of, cells, rows
from tansiq.language.normalise import key
from tansiq.language.sought import Sought, sought

BEHIND: Final = 52
BEFORE: Final = 44
NONE: Final = "none"


class _Row(NamedTuple):
    lang: str
    words: tuple[str, ...]
    objects: Sought | None
    type: str


@cache
def _rows() -> tuple[_Row, ...]:
    return tuple(
        _Row(r["lang"], tuple(map(key, cells(r["words"]))), _pattern(r["lang"], r["objects"]), r["type"])
        for r in rows("event_objects.psv")
    )


def _pattern(lang: str, objects: str) -> Sought | None:
    words = any_of(map(key, cells(objects)))
    joined = "[وف]?(?:[بلك]?ال|لل|[بلك])?" if lang == "ar" else ""
    return sought(rf"(?<![^\W_]){joined}(?:{words})") if words else None


@lru_cache(maxsize=8_192)
def _rows_of(lang: str, word: str) -> tuple[_Row, ...]:
    """Return the rows of a trigger's first word."""
    if lang == "ar":
        return tuple(r for r in _rows() if r.lang == lang and any(w in word for w in r.words))
    return tuple(r for r in _rows() if r.lang == lang and word.startswith(r.words))


def by_object(page: Page, hit: Hit) -> str | None:
    """Return the type that a trigger has by its object, ``none`` if none, None if no row speaks of it."""
    found = _rows_of(page.lang, page.words[hit.first].text)
    if not found:
        return None
    low, high = page.sentence_at(hit.start)
    after = page.text[hit.start : min(high, hit.end + BEHIND)]
    before = page.text[max(low, hit.start - BEFORE) : hit.start]
    for part in (after, before):
        for row in found:
            if row.objects is not None and row.objects.search(part):
                return row.type
    return next((row.type for row in found if row.objects is None), None) if hit.sense.weak else None
