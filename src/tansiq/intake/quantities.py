"""Numbers that count something, each once, with its unit.

Rules:
1. a number is left out when it is part of a date, of what serves to find one ('ten days ago'), of a name or
   a reference (a resolution, a figure of a name such as G8), the number of a list's item, a bare year, or a
   word without a noun beside it;
2. an indefinite plural is its least with a mark that it is approximate: dozens are 12, ``عشرات`` 10,
   hundreds 100; 'several' and 'a few' alone are none;
3. an Arabic dual of a unit counts two of it (``شاحنتين``);
4. a number without a noun behind 'wounding' or 'and' counts what that word or the number before it counts;
5. a unit 'and a half' is one and a half of it (``طن ونصف``, ``a tonne and a half``);
6. a number said again of the same unit is listed once, at its first place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from tansiq.intake.page import ENGLISH, FRENCH, Page
from tansiq.intake.shape import Quantity
from tansiq.language.lexicon import cells, rows, table
from tansiq.language.normalise import ARABIC, key, stem
from tansiq.language.numbers import AR_SCALE, BEFORE_RE, Number
from tansiq.language.spans import covering, starting

REFERENCE: Final = re.compile(
    r"(?:القرار|قرار|ماده|الماده|رقم|القانون|resolution|article|numero|n°|law|decree|loi|decret|lot|page|chapitre|version"
    r"|مجموعه|(?<![^\W_])g|no\.|brent|فرانس|france|tv|نسخه|[a-z]-)\W*$"
)
INDEFINITE: Final = re.compile(r"(?:few|several|quelques|plusieurs|des|بضع|عده) $")
SIGNS: Final = {"$": "dollar", "€": "euro", "£": "pound"}
SIGN_AFTER: Final = re.compile(r"\s?([$€£])")
PERCENT: Final = re.compile(r"\s?(?:%|بالميه|بالمايه|في الميه|في المايه|pour cent|percent|per cent)")
AFTER_WORDS: Final = re.compile(
    r"\s+(?:de |d'|of |من )?([^\W\d_]+)(?:[ -]+([^\W\d_]+))?(?:[ -]+([^\W\d_]+))?"
)
AFTER_CLOCK: Final = re.compile(r"^\s?(?::\d\d|h\d\d|heures?\b|gmt|utc|%?\d)")


ITEM: Final = re.compile(r"\s?[.)](?!\d)|\s?-\s")
TIMES: Final = frozenset({"fois", "times", "مرات", "مره", "h", "hrs", "gmt"})
LEAST: Final = {20: 10, 24: 12, 40: 20, 200: 100, 2000: 1000}  # of an indefinite plural (rule 2)
SMALLEST: Final = 10
LONGEST_NUMBER: Final = 40  # letters
UNTOLD: Final = frozenset({"meeting", "official", "minute", "hour", "area", "source", "group"})
BORNE: Final = {
    "wound": "wounded", "injur": "wounded", "bless": "wounded", "اصاب": "wounded", "اصيب": "wounded",
    "جرح": "wounded", "kill": "killed", "tue": "killed", "tuan": "killed", "قتل": "killed", "مقتل": "killed",
}  # fmt: skip
AGE: Final = re.compile(r"(?:age[ed]?e?s? (?:de |of )?|عمره |عمرها |البالغ(?:ه)? (?:من العمر )?|aged )$")
OLD: Final = re.compile(
    r"\s?(?:year-old|years? old|ans revolus|سنه من العمر|عاما من العمر|[°'\"]\s?[nsew\d])"
)
LEADING_ZERO: Final = re.compile(r"0\d{2,3}$")
LINKS: Final = re.compile(r"(?:^|\W)(?:and|et|of|de|[وا]و?|or|ou|to|contre|against) ?$")
HALF: Final = re.compile(
    r"(?<![^\W_])(?:(?:un|une|an?) )?([^\W\d_]{2,12}) (?:ونصف(?: ال\w+)?|et demie?|and a half)(?![^\W_])"
)
STOP: Final = frozenset(key(w) for r in rows("stopwords.psv") for w in cells(r["words"]))


@cache
def _units() -> dict[str, str]:
    return table("units.psv", "unit")


@cache
def _duals() -> dict[str, str]:
    """Arabic duals of the units, with their unit (rule 3)."""
    found: dict[str, str] = {}
    for word, unit in _units().items():
        if ARABIC.match(word) and len(word) >= 3 and not word.endswith(("ات", "ين", "ون", "ا")):
            base = word[:-1] + "ت" if word.endswith("ه") else word
            found |= {base + "ين": unit, base + "ان": unit}
    return {word: unit for word, unit in found.items() if word not in _units() and word not in STOP}


def quantities(page: Page) -> tuple[Quantity, ...]:
    """Return the quantities of a page in order."""
    made = [*_figures(page), *_halves(page), *(_pairs(page) if page.lang == "ar" else ())]
    found: list[Quantity] = []
    seen: set[tuple[float, str]] = set()
    for each in sorted(made, key=lambda q: q.span):
        if (each.value, each.unit) not in seen:
            seen.add((each.value, each.unit))
            found.append(each)
    return tuple(found)


def _figures(page: Page) -> Iterator[Quantity]:
    last: tuple[str, int] | None = None
    for figure in page.figures:
        alone = " " not in page.text[slice(*figure.core)]
        value = LEAST.get(int(figure.value), figure.value) if figure.vague and alone else figure.value
        if (figure.vague and value < SMALLEST) or _excluded(page, figure):
            continue
        unit, start, end = _unit(page, figure)
        unit = unit if unit is not None and unit != "item" else _lent(page, figure, last) or unit
        if unit is None:
            continue
        last = (unit, end)
        high = _plain(figure.high) if figure.high is not None and not figure.vague else None
        s, e = page.folded.span(start, end)
        yield Quantity(_plain(value), figure.approx, unit, (s, e), page.folded.source[s:e], high)


def _lent(page: Page, figure: Number, last: tuple[str, int] | None) -> str | None:
    """The unit of a number without a noun: that of the verb before it, or of the number before (rule 4)."""
    s = figure.core[0]
    before = page.text[max(0, s - 14) : s].split()
    word = before[-1] if before else ""
    verb = next((unit for stem_, unit in BORNE.items() if word.startswith(stem_)), None)
    if verb is not None:
        return verb
    near = last is not None and last[1] >= page.sentence_at(s)[0] and s - last[1] <= 40
    return last[0] if last is not None and near and LINKS.search(page.text[max(0, s - 9) : s]) else None


def _halves(page: Page) -> Iterator[Quantity]:
    """One and a half of a unit (rule 5); what a number stands before counts more of it, and is left out."""
    for match in HALF.finditer(page.text):
        unit = _unit_of(match[1])
        if unit is None or covering(page.figures, match.start(1)) is not None or _is_counted(page, match):
            continue
        time = covering(page.times, match.start(1))
        if time is None or time.form == "duration":
            s, e = page.folded.span(match.start(), match.end())
            about = BEFORE_RE.search(page.text[max(0, match.start() - 28) : match.start()]) is not None
            yield Quantity(1.5, about, unit, (s, e), page.folded.source[s:e])


def _is_counted(page: Page, match: re.Match[str]) -> bool:
    near = starting(page.figures, match.start() - LONGEST_NUMBER, match.start())
    return any(f.core[1] + 1 == match.start() for f in near)


def _pairs(page: Page) -> Iterator[Quantity]:
    """Two of a unit by the dual of its noun (rule 3)."""
    duals = _duals()
    for word in page.words:
        bare = re.sub(r"^[وف]?(?:[بكل]?ال|لل|[بكل])?(?=\w{4})", "", word.text)
        unit = duals.get(word.text) or duals.get(bare)
        article = re.match(r"[وف]?(?:[بك]?ال|لل)", word.text) is not None
        if (article and unit != "hostage") or unit in UNTOLD:
            continue
        if unit is None or word.start in page.covered or covering(page.figures, word.start) is not None:
            continue
        time = covering(page.times, word.start)
        if time is not None and time.form not in ("duration",):
            continue
        s, e = page.folded.span(word.start, word.end)
        yield Quantity(2, False, unit, (s, e), page.folded.source[s:e])


def _plain(value: float) -> int | float:
    return int(value) if value == int(value) else value


def _excluded(page: Page, figure: Number) -> bool:
    s, e = figure.core
    text = page.text
    time = covering(page.times, s)
    if time is not None and e <= time.end and time.form != "duration":
        return True
    if figure.digits and (_numbered(page, figure) or _in_date(page, figure)):
        return True
    name = covering(page.mentions, s)
    if name is not None and e <= name.end and name.entry.flag("four") is None:
        return True
    if AGE.search(text[max(0, s - 22) : s]) or OLD.match(text[e : e + 16]) or LEADING_ZERO.match(text[s:e]):
        return True
    if INDEFINITE.search(text[max(0, s - 12) : s]):
        return True
    if REFERENCE.search(text[max(0, s - 16) : s]) or AFTER_CLOCK.match(text[e : e + 6]):
        return True
    return figure.digits and 1900 <= figure.value <= 2100 and not figure.approx and not _counted(page, figure)


def _numbered(page: Page, figure: Number) -> bool:
    """Tell whether a number opens a line and numbers it: ``1.``, ``2)``, ``3-``."""
    s, e = figure.core
    line = page.text[page.text.rfind("\n", 0, s) + 1 : s]
    return not line.strip(" (") and ITEM.match(page.text, e) is not None


def _in_date(page: Page, figure: Number) -> bool:
    """Tell whether a date overlaps a number: ``4-10 June 2017``."""
    s, e = figure.core
    return any(t.form == "date" for t in starting(page.times, s, e))


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
    s, e = figure.core
    if (sign := SIGNS.get(page.text[max(0, s - 1) : s])) is not None:
        return sign, min(figure.start, s - 1), e
    if match := SIGN_AFTER.match(page.text, e):
        return SIGNS[match[1]], figure.start, match.end()
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
        if after[1] in TIMES:
            return None, figure.start, e
        for group in (1, 2, 3):
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
