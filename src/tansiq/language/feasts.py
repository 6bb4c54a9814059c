"""What a text says of feasts and of the month of fasting: ahead, behind, running, or when they begin.

The days are those of ``feasts.psv``, by the Hijri calendar as computed: a day either side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from tansiq.language import daysets
from tansiq.language.daysets import Clue
from tansiq.language.folding import key
from tansiq.language.lexicon import any_of, cells, rows, table
from tansiq.language.sought import Sought, sought
from tansiq.language.tenses import BEFORE, CLAUSE, FAILED, ahead

NEAR_DAYS: Final = 150
SINCE_DAYS: Final = 200
BETWEEN: Final = (
    r"(?:\s+(?:شهر|حلول|مطلع|بدايه|نهايه|la|le|l'|the|fete|fin|start|end|month|of|du|de|mois)){0,5}"
    r"\s*(?:l'|d')?$"
)
UNTIL_FEAST: Final = re.compile(
    r"(?:قبل|قبيل|حتي|الي غايه|عشيه|اقتراب|avant|jusqu'(?:a|au)|d'ici|veille de|approche de|before|until"
    rf"|ahead of|eve of){BETWEEN}"
)
SINCE_FEAST: Final = re.compile(rf"(?:بعد|منذ|عقب|غداه|apres|depuis|lendemain de|after|since){BETWEEN}")
LAST_DAYS: Final = re.compile(
    r"(?:اخر ايام|اواخر|derniers jours d[eu]|last days of|نهايه|fin d[eu])\s*(?:شهر\s*)?$"
)
FIRST_DAYS: Final = re.compile(
    r"(?:اول ايام|اوائل|اوايل|بدايه|مطلع|first days of|premiers jours d[eu]|debut d[eu])\s*(?:شهر\s*)?$"
)
EARLY: Final = re.compile(r"early|debut|beginning|اوا[يئ]ل|مطلع|بدايه")
LATE: Final = re.compile(r"late|end|fin|اواخر|نهايه")
BEGINNING: Final = re.compile(
    r"[^.!?؟\n]{0,16}?(?:begins?|starts?|falls?|debute\w*|commence\w*|tombe|يبدا|تبدا|يحل|يصادف)\W+"
    r"(?P<part>(?:in |en |at |au |the |في )*(?:early|debut|beginning of|mid|mi|late|end of|fin|اوايل"
    rf"|اوائل|مطلع|بدايه|منتصف|اواخر|نهايه)?)[ -]*(?:de )?"
    rf"(?P<month>{any_of(table('times.psv', 'month'))})(?![^\W_])"
)


@cache
def _words() -> tuple[tuple[Sought, int, int, int], ...]:
    """Return for each feast the pattern of its words, its Hijri month and day, and how long it lasts."""
    return tuple(
        (
            sought(rf"(?<![^\W_])[ل]?(?:{any_of(map(key, cells(r['words'])))})(?![^\W_])"),
            int(r["month"]),
            int(r["day"]),
            int(r["days"]),
        )
        for r in rows("feasts.psv")
    )


def feasts(text: str) -> Iterator[Clue]:
    """Yield what a folded text says of feasts and of the month of fasting."""
    for pattern, number, first, width in _words():
        for match in pattern.finditer(text):
            firsts = daysets.hijri(number, first)
            if (begins := BEGINNING.match(text, match.end())) is not None:
                yield Clue(1, _years_in_which(firsts, begins))
            if not FAILED.search(text, match.end(), match.end() + 30):
                yield from _beside(text, match.start(), firsts, width)


def _beside(text: str, at: int, firsts: int, width: int) -> Iterator[Clue]:
    """Yield what the words before a feast say of it."""
    lead = text[max(0, at - 50) : at]
    if UNTIL_FEAST.search(lead):
        yield Clue(1, daysets.shifted(firsts, -NEAR_DAYS, width + 1))
    elif SINCE_FEAST.search(lead) and FAILED.search(CLAUSE.split(lead)[-1]) is None:
        before = CLAUSE.split(text[max(0, at - BEFORE) : at])[-1]
        awaited = ahead(text, (at - len(before), at))
        yield Clue(1, daysets.shifted(firsts, *((-NEAR_DAYS, 0) if awaited else (0, SINCE_DAYS))))
    elif width > 5 and LAST_DAYS.search(lead):
        yield Clue(1, daysets.shifted(firsts, width - 11, width + 3))
    elif width > 5 and FIRST_DAYS.search(lead):
        yield Clue(1, daysets.shifted(firsts, -1, 11))


def _years_in_which(firsts: int, begins: re.Match[str]) -> int:
    """'Ramadan, which begins in early May': the ten months around it, in the years in which it does."""
    inside = daysets.month(int(table("times.psv", "month")[begins["month"]]))
    if EARLY.search(begins["part"]):
        inside &= sum(daysets.day_of_month(n) for n in range(1, 13))
    elif LATE.search(begins["part"]):
        inside &= sum(daysets.day_of_month(n) for n in range(18, 32))
    return daysets.shifted(firsts & inside, -NEAR_DAYS, NEAR_DAYS)
