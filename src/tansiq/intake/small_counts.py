"""Quantities without a number word of their own: duals, one of something, shares.

Rules:
1. an Arabic dual of a unit counts two of it (``شاحنتين``), not behind a number, nor with the article
   alone, for then it was told before, also before its genitive (``جهازي اتصال``); so does any other dual
   whose adjective stands in the dual, too (``محاولتين سابقتين``); ``اثنين`` behind
   another dual counts two of that;
2. ``جندي واحد``, ``one soldier``, ``un blessé`` count one;
3. a unit 'and a half' is one and a half of it (``طن ونصف``, ``a tonne and a half``), half of one a half;
4. a part of something is a share: a third, two thirds, one in ten; a quarter of an hour is minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from tansiq.intake.locating import locates
from tansiq.intake.page import Page
from tansiq.intake.shape import Quantity
from tansiq.language.lexicon import holding, stopwords, table
from tansiq.language.meaning import Window
from tansiq.language.normalise import ARABIC, stem
from tansiq.language.numbers import BEFORE_RE
from tansiq.language.sought import sought
from tansiq.language.spans import covering, starting

UNTOLD: Final = frozenset({"meeting", "official", "area", "source", "group", "item", "مصدر"})
TIMES: Final = frozenset({"day", "week", "month", "year", "hour", "minute"})
STOP: Final = stopwords()
TONNE: Final = "طن"
LEAST_DUAL: Final = 6  # letters
LONGEST_NUMBER: Final = 40  # letters
HALF: Final = re.compile(
    r"(?<![^\W_])(?:(?:un|une|an?) )?([^\W\d_]{2,12}) (?:ونصف(?: ال\w+)?|et demie?|and a half)(?![^\W_])"
)
HALF_OF: Final = re.compile(
    r"(?<![^\W_])(?:نصف (?!ال)|half an? |une? demi[ -]|demi-)(?P<unit>[^\W\d_]{2,12})(?![^\W_])"
)
PARTICLES: Final = re.compile(r"^[وف]?(?:[بكل]?ال|لل|[بكل])?(?=\w{4})")
ARTICLE: Final = re.compile(r"[وف]?(?:[بكل]?ال|لل)")
DUAL: Final = ("ين", "ان", "تي", "تا", "ازي")
TWO: Final = re.compile(r"(?:اثنين|اثنان|اثنتين|اثنتان)$")
PARTS: Final = {
    "نصف": 0.5, "ثلث": 0.333, "ثلثي": 0.667, "ثلثا": 0.667, "ثلثين": 0.667, "ربع": 0.25,
    "خمس": 0.2, "eighth": 0.125,
    "سدس": 0.167, "ثمن": 0.125, "tiers": 0.333, "quart": 0.25, "cinquieme": 0.2, "sixieme": 0.167,
    "huitieme": 0.125, "dixieme": 0.1, "نصفهم": 0.5, "نصفها": 0.5, "نصفهن": 0.5,
    "moitie": 0.5, "third": 0.333, "quarter": 0.25, "fifth": 0.2, "tenth": 0.1,
}  # fmt: skip
SHARES: Final = (
    (
        ("ثلث", "ربع", "خمس", "سدس"),
        re.compile(
            r"(?<![^\W_])[وف]?[بل]?(?P<part>ثلث|ثلثي|ثلثا|ربع|خمس|سدس)"
            r"(?= (?:ال|لل|هذ|تلك|ما |من ال|\w+ه?ا(?![^\W_])))"
        ),
    ),
    (
        ("سوي", "الا", "بنسبه", "نحو", "قرابه", "نسبه"),
        re.compile(
            r"(?:سوي|الا|بنسبه|نحو|قرابه|نسبه) (?P<part>(?:ال)?(?:ثلث|ثلثين|ربع|خمس|ثمن|سدس))(?![^\W_])"
        ),
    ),
    (
        ("tiers", "quart", "cinquieme", "sixieme", "huitieme", "dixieme"),
        re.compile(
            r"(?<![^\W_])(?P<many>un|une|deux|trois|le|les deux|les trois) "
            r"(?P<part>tiers|quart|cinquieme|sixieme|huitieme|dixieme)s?(?= d(?:e|u|es|')(?![^\W_])| des)"
        ),
    ),
    (
        ("moitie", "نصفهم", "نصفها", "نصفهن"),
        re.compile(
            r"(?<![^\W_])[وف]?(?P<part>نصفهم|نصفها|نصفهن|(?<! a )(?<! de )moitie(?= d(?:e|u|es"
            r"|')(?![^\W_])| des| (?:n'|ont|sont|etai)))"
        ),
    ),
    (
        ("third", "quarter", "fifth", "tenth", "eighth"),
        re.compile(
            r"(?<![^\W_])(?P<many>a|one|two|three|nearly a|perhaps a)[ -](?P<part>third|quarter"
            r"|fifth|tenth|eighth)s?"
            r"(?= of |[.,;\"]|$)"
        ),
    ),
)
"""What one of its words each match holds, and the pattern."""
ONE_IN: Final = sought(
    r"(?<![^\W_])(?:one(?: \w+)? in|(?:un|une)(?: \w+)? sur) "
    r"(?P<of>three|four|five|six|ten|trois|quatre|cinq|six|dix|\d+)"
    r"(?![^\W_])"
)
OF: Final = {
    "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "trois": 3, "quatre": 4, "cinq": 5, "dix": 10,
}  # fmt: skip
MANY: Final = {"two": 2, "deux": 2, "les deux": 2, "three": 3, "trois": 3, "les trois": 3}
WHOLE: Final = {0.666: 0.667, 0.999: 1.0}
MINUTES: Final = re.compile(
    r"(?<![^\W_])(?:(?P<q>ربع ساعه|quarter of an hour|quart d'heure)"
    r"|(?P<h>نصف ساعه|half an hour|demi-heure))(?![^\W_])"
)
ONE_LATIN: Final = {
    "en": re.compile(
        r"(?<![^\W_])(?<!no )one (?!of |in |that |who |has |to )(?:[a-z-]+ )??(?P<noun>[a-z]{4,})(?![^\W_])"
    ),
    "fr": re.compile(
        r"(?<![^\W_])(?:(?:un seul|une seule|un unique) (?P<noun>[a-z]{3,})"
        r"|(?:un|une) (?P<hurt>blessee?|morte?|tuee?|disparue?|tonne)"
        r"(?= ?[,.;)]| (?:et|avait|ont|a|dans|au) ))"
    ),
}  # fmt: skip


SECOND: Final = re.compile(r" ([a-z]{4,})(?![^\W_])")
LASTED: Final = {
    "ar": (
        ("لمده", "اضافي", "واحد"),
        re.compile(
            r"(?<![^\W_])لمده (?P<a>سنه|عام|شهر|اسبوع|يوم|ساعه)(?: واحده?)?(?= قابل|[ ،.]|$)(?! و(?:نصف|ال))"
            r"|(?<![^\W_])(?P<b>عاما|سنه|شهرا|اسبوعا|يوما) (?:اضافيا|اضافيه|واحدا|واحده)(?![^\W_])"
        ),
    ),
    "fr": (
        ("pendant", "pour un", "renouvelable", "supplementaire"),
        re.compile(
            r"(?<![^\W_])(?:pendant (?:pres d')?une? (?P<a>heure|an|mois|semaine|journee)"
            r"|une? (?P<b>an|mois|semaine) (?:renouvelable|supplementaire))(?![^\W_])"
        ),
    ),
    "en": (
        ("for a ", "for one ", "for another "),
        re.compile(
            r"(?<![^\W_])for (?:a|one|another) (?:further )?(?P<a>year|month|week|day)(?P<b>)(?![^\W_])"
        ),
    ),
}  # fmt: skip
"""A length of one, with its words: ``لمدة سنة``, ``pendant une heure``, ``for a year``."""
EVERY: Final = re.compile(r"^[وف]?كل$")


@cache
def duals() -> dict[str, str]:
    """Return the Arabic duals of the units, with their unit."""
    found: dict[str, str] = {}
    for word, unit in table("units.psv", "unit").items():
        if (
            ARABIC.match(word)
            and (len(word) >= 3 or word == TONNE)
            and not word.endswith(("ات", "ين", "ون", "ا"))
        ):
            base = word[:-1] + "ت" if word.endswith("ه") else word
            found |= {base + "ين": unit, base + "ان": unit}
            if base.endswith("ت"):
                found |= {base + "ي": unit, base + "ا": unit}
    units = table("units.psv", "unit")
    return {word: unit for word, unit in found.items() if word not in units and word not in STOP}


JOINED: Final = re.compile(r"^(?:و|ف)?(?:ب|ك|ل)?(?:ال|لل)?(?=\w{3})")
OWNED: Final = re.compile(r"(?:نا|ها|هم|ه)$")


def unit_of(word: str) -> str | None:
    """Return the unit that a noun is, however inflected."""
    units = table("units.psv", "unit")
    bare = JOINED.sub("", word) if ARABIC.match(word) else word
    short = bare.removesuffix("ا") if len(bare) > 3 else bare
    for form in (word, bare, short, OWNED.sub("", bare) if len(bare) > 4 else bare):
        if form in units:
            return units[form]
    return None


def small_counts(page: Page) -> Iterator[Quantity]:
    """Yield duals, ones, and ones and a half of a page."""
    yield from _halves(page)
    needs, lasted = LASTED[page.lang]
    for match in holding(lasted, page.text, *needs):
        unit = unit_of(match["a"] or match["b"]) or "year"
        yield _made(page, match.span(), 1, unit)
    if page.lang == "ar":
        yield from _pairs(page)
        yield from _arabic_ones(page)
    else:
        yield from _latin_ones(page)


def shares(page: Page) -> Iterator[Quantity]:
    """Yield the parts of something, and parts of an hour in minutes."""
    for needs, pattern in SHARES:
        for match in holding(pattern, page.text, *needs):
            figure = covering(page.figures, match.start("part"))
            if figure is not None and figure.core[0] < match.start() and page.lang == "ar":
                continue  # ``ثلاثة عشر``
            part = PARTS[match["part"].removeprefix("ال")]
            value = part * MANY.get(match.groupdict().get("many") or "", 1)
            yield _made(page, match.span(), WHOLE.get(round(value, 3), round(value, 3)), "share")
    for match in ONE_IN.finditer(page.text):
        of = OF.get(match["of"]) or int(match["of"])
        if of > 1:
            yield _made(page, match.span(), round(1 / of, 3), "share")
    for match in holding(MINUTES, page.text, "ساعه", "hour", "heure"):
        yield _made(page, match.span(), 15 if match["q"] else 30, "minute")


def _halves(page: Page) -> Iterator[Quantity]:
    """Rule 3; what a number stands before counts more of it, and is left out."""
    for match in holding(HALF_OF, page.text, "نصف", "half", "demi"):
        unit = unit_of(match["unit"])
        if unit is not None and unit not in {*TIMES, *UNTOLD} and not page.text.startswith("s'", match.end()):
            yield _made(page, match.span(), 0.5, unit)
    for match in holding(HALF, page.text, "ونصف", "demi", " half"):
        unit = unit_of(match[1])
        if unit is None or covering(page.figures, match.start(1)) is not None or _is_counted(page, match):
            continue
        time = covering(page.times, match.start(1))
        if time is None or time.form == "duration":
            about = BEFORE_RE.search(page.text[max(0, match.start() - 28) : match.start()]) is not None
            made = _made(page, match.span(), 1.5, unit)
            yield Quantity(made.value, about, unit, made.span, made.text)


def _is_counted(page: Page, match: re.Match[str]) -> bool:
    near = starting(page.figures, match.start() - LONGEST_NUMBER, match.start())
    return any(f.core[1] + 1 == match.start() for f in near)


def _made(page: Page, span: tuple[int, int], value: float, unit: str) -> Quantity:
    s, e = page.folded.span(*span)
    return Quantity(
        int(value) if value == int(value) else value, False, unit, (s, e), page.folded.source[s:e]
    )


def _pairs(page: Page) -> Iterator[Quantity]:
    """Rule 1."""
    for index in [i for i, text in enumerate(page.words.texts) if text.endswith(DUAL)]:
        word = page.words[index]
        if TWO.match(word.text):
            yield from _stressed(page, index)
            continue
        bare = PARTICLES.sub("", word.text)
        unit = duals().get(word.text) or duals().get(bare)
        told = ARTICLE.match(word.text) is not None and not _new(page, index)
        if unit is None and not told and (agrees := _agreeing(page, index)):
            unit = agrees
        if unit is None or unit in UNTOLD or told:
            continue
        before = page.words[index - 1] if index else None
        if before is not None and covering(page.figures, before.start) is not None:
            continue
        if word.start in page.covered or covering(page.figures, word.start) is not None:
            continue
        time = covering(page.times, word.start)
        window = time.means if time is not None else None
        if isinstance(window, Window) and window.sign < 0:
            continue  # ``اليومين الماضيين`` find when
        again = unit in TIMES and (EVERY.search(before.text) is not None if before else False)
        if again or (unit in TIMES and locates(page, word.start, word.end)):
            continue
        if time is None or time.form == "duration":
            yield _made(page, (word.start, word.end), 2, unit)


def _new(page: Page, index: int) -> bool:
    """``الرهينتين النمساويتين``: an adjective in the dual tells of two for the first time."""
    after = page.words[index + 1].text if index + 1 < len(page.words) else ""
    return after.startswith("ال") and after.endswith(("تين", "تان", "يين", "يان")) and len(after) > 6


def _agreeing(page: Page, index: int) -> str | None:
    """``محاولتين سابقتين``: a noun in the dual by its adjective, which no plural in ``ين`` has."""
    word = page.words[index].text
    after = page.words[index + 1] if index + 1 < len(page.words) else None
    if after is None or len(word) < LEAST_DUAL or page.text[page.words[index].end : after.start] != " ":
        return None
    feminine = word.endswith(("تين", "تان")) and after.text.endswith(("تين", "تان"))
    masculine = word.endswith("ان") and not word.endswith(("تان", "يان")) and after.text.endswith("يان")
    if not (feminine or masculine) or page.words[index].start in page.covered or word in STOP:
        return None
    bare = re.sub(r"^[وف](?=\w{6})", "", word)
    return stem(bare[:-3] if feminine else bare[:-2])


def _stressed(page: Page, index: int) -> Iterator[Quantity]:
    """``جيولوجيين سويسريين اثنين``: two of the noun before, past an adjective."""
    before = page.words[max(0, index - 2) : index]
    while before and not before[0].text.endswith(("ين", "ان", "يان")):
        before = before[1:]
    if before:
        yield _made(page, (before[0].start, page.words[index].end), 2, _unit(before[0].text))


def _unit(word: str) -> str:
    bare = re.sub(r"^[وف]?(?:[بكل]?ال|لل)?(?=\w{3})", "", word)
    known = table("units.psv", "unit")
    return known.get(bare) or duals().get(bare) or known.get(bare[:-2]) or stem(word)


def _arabic_ones(page: Page) -> Iterator[Quantity]:
    known = table("units.psv", "unit")
    for index, word in enumerate(page.words[1:], 1):
        if word.text not in ("واحد", "واحده"):
            continue
        noun = page.words[index - 1]
        bare = re.sub(r"^[وف]?[بكل]?(?=\w{3})", "", noun.text)
        unit = known.get(noun.text) or known.get(bare) or known.get(bare.removesuffix("ا"))
        if unit is not None and unit not in TIMES and not noun.text.startswith("ال"):
            yield _made(page, (noun.start, word.end), 1, unit)


def _latin_ones(page: Page) -> Iterator[Quantity]:
    known = table("units.psv", "unit")
    for match in ONE_LATIN[page.lang].finditer(page.text):
        noun = match["noun"] or match.groupdict().get("hurt") or ""
        unit = known.get(noun) or known.get(noun.removesuffix("e"))
        span = match.span()
        if unit is None and (second := SECOND.match(page.text, match.end())) is not None:
            unit, span = known.get(second[1]), (match.start(), second.end())
        if unit is not None and unit not in TIMES and unit not in UNTOLD:
            yield _made(page, span, 1, unit)
