"""Numbers that count nothing: parts of dates and clock times, ages, references, items of a list, names.

Rules:
1. what serves to find a day is no quantity ('ten days ago', 'three days after'), a length of time is;
2. a number of an edition, a road, a report, an item, beside a slash, or with a unit of a calibre is a name;
3. pages, questions, languages and the like do not matter; 'the two parties' are both, which no one counted;
4. those who told it ('two sources') are no part of what they tell.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from tansiq.intake.page import Page
from tansiq.language.lexicon import table
from tansiq.language.meaning import Length
from tansiq.language.numbers import Number
from tansiq.language.spans import covering, starting

REFERENCE: Final = re.compile(
    r"(?:القرار|قرار|ماده|الماده|رقم|القانون|برقيه|البند|الفقره|العدد|نشره"
    r"|resolution|article|numero|n°|law|decree|loi|decret|lot|page|chapitre|version|nationale|edition|edit|issue"
    r"|annexe?|paragraph\w*|telegram\w*|weekly|serial|note|route|rn|grid"
    r"|مجموعه|(?<![^\W_])g|no\.|brent|فرانس|france|tv|نسخه|[a-z]-)\W*$"
)
INDEFINITE: Final = re.compile(r"(?:few|several|quelques|plusieurs|des|بضع|عده) $")
AFTER_CLOCK: Final = re.compile(r"^\s?(?::\d\d|h\d\d|heures?\b|gmt|utc|%?\d)")
IN_CLOCK: Final = re.compile(r"\d ?h ?$")
OPENING: Final = re.compile(r"(?:^|\n)[ (]*$")
ITEM: Final = re.compile(r"\s?[.)](?!\d)|\s?-\s")
AGE: Final = re.compile(
    r"(?:age[ed]?e?s? (?:de |of )?|عمره |عمرها |البالغ(?:ه)? (?:من العمر )?|aged |enfants? de |children of )$"
)
OLD: Final = re.compile(
    r"\s?(?:et [^\W\d_]+ ans|ans ?[,;.)]"
    r"|year-old|years? old|ans revolus|سنه من العمر|عاما من العمر|[°'\"]\s?[nsew\d])"
)
NAMED_AGE: Final = re.compile(r"[\"\w], $")
LEADING_ZERO: Final = re.compile(r"0\d{2,3}$")
LOCATES: Final = re.compile(
    r"(?<![^\W_])[وف]?(?:بعد|قبل|منذ|بعد ذلك|بعدها|after|since|apres|il y a|depuis) $"
)
LENGTH: Final = re.compile(r" (?:of|de|d'|in|en) ?\w")
LASTS: Final = re.compile(r"(?<![^\W_])(?:for|during|pendant|durant|مده|طوال|لمده) $")
LOCATED: Final = re.compile(
    r" ?(?:'? ?(?:drive|walk|march|de route|de marche|de piste|jour pour jour)"
    r"|(?:apres|avant|plus tard|plus tot|after|before|later|earlier|ago)(?![^\W_]))"
)
FOR: Final = re.compile(r"(?:nothing|rien|silence|sans nouvelles?)(?: \w+){0,3} $")
HIJRI: Final = re.compile(r" (?:joumada|jumada|rajab|ramadan|chaabane|chaoual|mouharram|muharram|safar|rabi)")
CALIBRE: Final = re.compile(r" ?(?:mm\b|ammunition|calibre|caliber|x ?\d)")
BOTH: Final = re.compile(r"(?:les|des|the|aux|ces|nos|our|these) $")
UNCOUNTED: Final = frozenset(table("words.psv", "uncounted"))
PARTIES: Final = frozenset(table("words.psv", "both"))
TELLERS: Final = frozenset({"source", "official"})
Voices = Sequence[tuple[int, int]]
"""Folded stretches of the noun groups that tell the text, sorted."""
AROUND: Final = 200
"""No noun group is longer."""


def uncounted(page: Page, figure: Number) -> bool:
    """Tell whether a number counts nothing, by what stands around it (rules 1 and 2)."""
    s, e = figure.core
    text = page.text
    if _in_time(page, figure) or (figure.digits and (_numbered(page, figure) or _in_date(page, figure))):
        return True
    name = covering(page.mentions, s)
    if name is not None and e <= name.end and name.entry.flag("four") is None:
        return True
    if _aged(text, s, e) or LEADING_ZERO.match(text[s:e]) or figure.value == 0:
        return True
    if INDEFINITE.search(text[max(0, s - 12) : s]) or REFERENCE.search(text[max(0, s - 16) : s]):
        return True
    if AFTER_CLOCK.match(text[e : e + 6]) or IN_CLOCK.search(text[max(0, s - 4) : s]):
        return True
    slashed = text[e : e + 1] == "/" or text[max(0, s - 1) : s] == "/"
    if slashed or HIJRI.match(text, e) or CALIBRE.match(text, e):
        return True
    year = figure.digits and 1340 <= figure.value <= 2100 and text[s:e].isdigit()
    return year and not figure.approx and not (1480 < figure.value < 1900) and not _noun_follows(page, e)


def matters(page: Page, figure: Number, unit: str, noun: str, end: int, voices: Voices) -> bool:
    """Tell whether a number with its noun is one to list (rules 1, 3 and 4); ``end`` is where they end."""
    s = figure.core[0]
    if noun in UNCOUNTED:
        return False
    many = figure.value == 2 or noun in ("parties", "partie")
    if many and noun in PARTIES and BOTH.search(page.text[max(0, s - 6) : s]):
        return False
    if (unit in TELLERS or noun == "people") and any(a - 4 <= s < b for a, b in _near(voices, s)):
        return False
    if unit in ("day", "week", "month", "year", "hour", "minute") and not figure.vague:
        return not _locates(page, s, end)
    return True


def _near(voices: Voices, at: int) -> Voices:
    """Return the stretches that may hold a place: few, near it."""
    return voices[bisect_left(voices, (at - AROUND, 0)) : bisect_left(voices, (at + AROUND, 0))]


def _locates(page: Page, start: int, end: int) -> bool:
    """``بعد ثلاثة أيام من الغارة``, ``three weeks after``, ``two days' drive``."""
    before = page.text[max(0, start - 22) : start]
    if FOR.search(before):
        return True
    if LASTS.search(before):
        return False
    led = LOCATES.search(before) is not None and LENGTH.match(page.text, end) is None
    return led or LOCATED.match(page.text, end) is not None


def _in_time(page: Page, figure: Number) -> bool:
    s, e = figure.core
    time = covering(page.times, s)
    return (
        time is not None and e <= time.end and time.form != "duration" and not isinstance(time.means, Length)
    )


def _aged(text: str, s: int, e: int) -> bool:
    before = text[max(0, s - 24) : s]
    if AGE.search(before):
        return True
    old = OLD.match(text[e : e + 18])
    return old is not None and (
        not old.group().strip().startswith("ans") or NAMED_AGE.search(before) is not None
    )


def _numbered(page: Page, figure: Number) -> bool:
    """Tell whether a number opens a line and numbers it: ``1.``, ``2)``, ``3-``."""
    s, e = figure.core
    return OPENING.search(page.text, max(0, s - 8), s) is not None and ITEM.match(page.text, e) is not None


def _in_date(page: Page, figure: Number) -> bool:
    """Tell whether a date overlaps a number: ``4-10 June 2017``."""
    s, e = figure.core
    return any(t.form == "date" for t in starting(page.times, s, e))


def _noun_follows(page: Page, at: int) -> bool:
    after = re.match(r"\s+([^\W\d_]+)", page.text[at : at + 24])
    return bool(after and after.group(1) in table("units.psv", "unit"))
