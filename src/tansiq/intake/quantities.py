"""Numbers that count something, each once, with its unit.

A number is left out when it is part of a date, a name or a reference (a resolution, a figure of a name
such as G8), a bare year, a word without a noun beside it, or an indefinite
plural (that is a gap, not a figure). A number said again of the same unit is listed
once, at its first place.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from tansiq.intake.page import ENGLISH, FRENCH, Page
from tansiq.intake.shape import Quantity
from tansiq.language.lexicon import cells, rows, table
from tansiq.language.normalise import ARABIC, key, stem
from tansiq.language.numbers import AR_SCALE, Number
from tansiq.language.spans import covering

REFERENCE: Final = re.compile(
    r"(?:القرار|قرار|ماده|الماده|رقم|القانون|resolution|article|numero|n°|law|decree|loi|decret|lot|page|chapitre|version"
    r"|مجموعه|g|brent|فرانس|france|tv|نسخه|[a-z]-)\W*$"
)
INDEFINITE: Final = re.compile(r"(?:few|several|quelques|plusieurs|des|بضع|عده) $")
PERCENT: Final = re.compile(r"\s?(?:%|بالميه|بالمايه|في الميه|في المايه|pour cent|percent|per cent)")
AFTER_WORDS: Final = re.compile(r"\s+(?:de |d'|of |من )?([^\W\d_]+)(?:[ -]+([^\W\d_]+))?")
AFTER_CLOCK: Final = re.compile(r"^\s?(?::\d\d|h\d\d|heures?\b|gmt|utc|%?\d)")


STOP: Final = frozenset(key(w) for r in rows("stopwords.psv") for w in cells(r["words"]))


@cache
def _units() -> dict[str, str]:
    return table("units.psv", "unit")


def quantities(page: Page) -> tuple[Quantity, ...]:
    """Return the quantities of a page in order."""
    found: list[Quantity] = []
    seen: set[tuple[float, str]] = set()
    for figure in page.figures:
        if figure.vague or _excluded(page, figure):
            continue
        unit, start, end = _unit(page, figure)
        if unit is None or (figure.value, unit) in seen:
            continue
        seen.add((figure.value, unit))
        s, e = page.folded.span(start, end)
        found.append(
            Quantity(_plain(figure.value), figure.approx, unit, (s, e), page.folded.source[s:e],
                     _plain(figure.high) if figure.high is not None else None)
        )  # fmt: skip
    return tuple(found)


def _plain(value: float) -> int | float:
    return int(value) if value == int(value) else value


def _excluded(page: Page, figure: Number) -> bool:
    s, e = figure.core
    text = page.text
    time = covering(page.times, s)
    if time is not None and e <= time.end and time.form not in ("duration", "ago", "ahead"):
        return True
    name = covering(page.mentions, s)
    if name is not None and e <= name.end and name.entry.flag("four") is None:
        return True
    if INDEFINITE.search(text[max(0, s - 12) : s]):
        return True
    if REFERENCE.search(text[max(0, s - 16) : s]) or AFTER_CLOCK.match(text[e : e + 6]):
        return True
    return figure.digits and 1900 <= figure.value <= 2100 and not figure.approx and not _counted(page, figure)


def _counted(page: Page, figure: Number) -> bool:
    after = re.match(r"\s+([^\W\d_]+)", page.text[figure.core[1] : figure.core[1] + 24])
    return bool(after and _unit_of(after.group(1)))


def _unit_of(word: str) -> str | None:
    units = _units()
    bare = re.sub(r"^(?:و|ف)?(?:ب|ك|ل)?(?:ال|لل)?(?=\w{3})", "", word) if ARABIC.match(word) else word
    for form in (word, bare, bare.removesuffix("ا"), re.sub(r"(?:نا|ها|هم|ه)$", "", bare)):
        if form in units:
            return units[form]
    return None


def _unit(page: Page, figure: Number) -> tuple[str | None, int, int]:
    """Return the unit and the folded bounds of number and noun together; None if it counts nothing."""
    e = figure.core[1]
    if match := PERCENT.match(page.text, e):
        return "percent", figure.start, match.end()
    index = page.word_at(figure.core[0])
    word = page.words[index].text if index < len(page.words) else ""
    if ARABIC.match(word) and word.startswith("ال") and word not in AR_SCALE:
        return _definite(page, figure, index)
    return _indefinite(page, figure, index)


def _definite(page: Page, figure: Number, index: int) -> tuple[str | None, int, int]:
    """``الدول الأربع``: the noun stands before, with up to three words between."""
    for back in range(1, 5):
        if index - back < 0:
            break
        word = page.words[index - back]
        if (unit := _unit_of(word.text)) is not None:
            return unit, word.start, figure.core[1]
    before = page.words[index - 1] if index else None
    if before is not None and (before.text.startswith("ال") or before.text.endswith(("ها", "هم"))):
        return stem(before.text), before.start, figure.core[1]
    return None, figure.start, figure.end


def _indefinite(page: Page, figure: Number, index: int) -> tuple[str | None, int, int]:
    e = figure.core[1]
    after = AFTER_WORDS.match(page.text, e)
    if after:
        for group in (1, 2):
            if after[group] and (unit := _unit_of(after[group])):
                return unit, figure.start, after.end(group)
        if _noun_like(after[1], figure):
            return stem(after[1]), figure.start, after.end(1)
    before = page.words[index - 1] if index else None
    if before and before.text.endswith(("ها", "هم", "نا")) and (unit := _unit_of(before.text)):
        return unit, before.start, e
    return ("item", figure.start, e) if figure.digits or figure.value >= 20 else (None, figure.start, e)


def _noun_like(word: str, figure: Number) -> bool:
    if len(word) < 3 or word in STOP or word in FRENCH or word in ENGLISH:
        return False
    return bool(ARABIC.match(word)) or figure.digits or word.endswith(("s", "x"))
