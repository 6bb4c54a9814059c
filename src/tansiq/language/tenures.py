"""In which years a text can have been written, by the office-holders that it names in their office.

1. A holder counts when his office stands before his name, not another one (a president was a general before),
   and nothing says that he held it before or died;
2. the years of all that are named so are met; when they do not meet, none is believed.

Source of the years: ``knowledge/holders.psv``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Final

from tansiq.language.calendar import DayInterval
from tansiq.language.folding import key
from tansiq.language.lexicon import any_of, cells, hidden, rows, table
from tansiq.language.present import Strings
from tansiq.language.told import ONCE

HELD: Final = frozenset(
    {"president", "prime_minister", "foreign_minister", "defence_minister", "interior_minister",
     "minister_delegate", "chief_of_staff"}
)  # fmt: skip
OWN: Final = {
    "president": re.compile(
        r"(?:ال)?ريي?س"
        r"(?! (?:ال)?(?:وزرا|حكوم|اركان|هيي?ه|مجلس|برلمان|جمعي|لجن|وفد|حزب|بعث|مفوض))"
        r"|presiden|chef de l'etat|head of state"
    ),
    "prime_minister": re.compile(r"وزرا|الوزير الاول|حكوم|premier|prime|chef du gouvernement|chancel|مستشار"),
    "chief_of_staff": re.compile(r"اركان|etat-major|chief|commander|قايد"),
}
"""By office the words of which one must stand before the name; any minister's may be a bare 'minister'."""
MINISTER: Final = re.compile(r"وزير|وزاره|ministr|minister|secretar|diplomat|خارجي|دفاع|داخلي")
LAST: Final = date(2049, 12, 31)
BEFORE: Final = 48  # letters before a name in which its office stands
AFTER: Final = 16
OFFICE: Final = re.compile(
    rf"(?<![^\W_])[وفبل]{{0,2}}(?:ال)?(?:{any_of(table('roles.psv', 'office'))}|ministre|minister|وزير\w*)"
    r"(?![^\W_])[^.;؛:]*$"
)


def tenure(text: str, without: frozenset[str] = frozenset()) -> DayInterval | None:
    """Return the days in which all that a folded text names in office held it; None when it names none."""
    found = terms(text, without)
    if not found:
        return None
    lo, hi = max(term.lo for term in found), min(term.hi for term in found)
    return DayInterval(lo, hi) if lo <= hi else None


@lru_cache(maxsize=4)  # rules and weights ask for those of one text
def terms(text: str, without: frozenset[str] = frozenset()) -> tuple[DayInterval, ...]:
    """Return the years in office of each holder whom a folded text names in it."""
    terms_of, by_name = _terms(without), _by_name(without)
    held = {
        place
        for name in _names(without).within(text)
        for place in by_name[name]
        if _in_office(text, name, terms_of[place][2])
    }
    return tuple(terms_of[place][1] for place in sorted(held))


@cache
def _by_name(without: frozenset[str]) -> Mapping[str, list[int]]:
    """Return which terms in office each name has, by their place in the list."""
    found: dict[str, list[int]] = {}
    for place, (names, _, _) in enumerate(_terms(without)):
        for name in names:
            found.setdefault(name, []).append(place)
    return found


@cache
def _terms(without: frozenset[str]) -> tuple[tuple[tuple[str, ...], DayInterval, str], ...]:
    made = []
    for row in rows("holders.psv"):
        if row["office"] in HELD and row["since"] and not hidden(row["flags"].removeprefix("w:"), without):
            names = dict.fromkeys(key(n) for n in (*cells(row["ar"]), *cells(row["latin"])))
            until = date(int(row["until"]), 12, 31) if row["until"] else LAST
            made.append((tuple(names), DayInterval(date(int(row["since"]), 1, 1), until), row["office"]))
    return tuple(made)


@cache
def _names(without: frozenset[str]) -> Strings:
    return Strings(name for names, _, _ in _terms(without) for name in names)


def _in_office(text: str, name: str, office: str) -> bool:
    own = OWN.get(office, MINISTER)
    at = text.find(name)
    while at >= 0:
        before = text[max(0, at - BEFORE) : at]
        end = at + len(name)
        whole = not text[end : end + 1].isalnum() and not before[-1:].isalnum()
        held = OFFICE.search(before) and own.search(before)
        if whole and held and not ONCE.search(before + "|" + text[end : end + AFTER]):
            return True
        at = text.find(name, end)
    return False
