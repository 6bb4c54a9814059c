"""Theatres: which lands a text names, and whether they lie inside the region, for caveats on geography.

1. A theatre is a state's code, or the code of an area; ``OUT`` = somewhere outside the Maghreb and Sahel
   that is not named further.
2. What a caveat names after "outside" is where it does not bind; it binds everywhere else.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from tansiq.language.folding import key

OUT: Final = "OUT"
REGION: Final = frozenset({"DZ", "ML", "MR", "NE", "LY", "BF", "TD", "MA", "TN", "SAHEL", "MAGHREB"})

_LANDS: Final[dict[str, str]] = {
    "DZ": "algeria; algérie; algérien*; الجزائر",
    "ML": "mali; malien*; مالي",
    "MR": "mauritania; mauritanie; موريتانيا",
    "NE": "niger; النيجر",
    "LY": "libya; libye; ليبيا",
    "BF": "burkina*; بوركينا*",
    "TD": "chad; tchad; تشاد",
    "MA": "morocco; maroc; المغرب الأقصى",
    "TN": "tunisia; tunisie; تونس",
    "SAHEL": "sahel; sahara; الساحل; الصحراء",
    "MAGHREB": "maghreb; north africa; afrique du nord; المغرب العربي; شمال إفريقيا; شمال أفريقيا",
    "SY": "syria; syrie; سوريا; سورية",
    "IQ": "iraq; irak; العراق",
    "AF": "afghanistan; أفغانستان",
    "YE": "yemen; yémen; اليمن",
    "SO": "somalia; somalie; الصومال",
    "NG": "nigeria; نيجيريا",
}
_OUTSIDE: Final = (
    r"outside|out of|elsewhere|beyond|other (?:regions?|areas?|parts)|rest of the world|hors|ailleurs|"
    r"en dehors|autres regions|reste du monde|خارج|باقي انحاء العالم|مناطق اخري|غيرها من المناطق|بقيه العالم"
)
_OWN: Final = (
    r"(?:own|national) (?:territory|soil)|territoire national|propre territoire|التراب الوطني|اراضينا|ترابنا"
)


@cache
def _pattern(words: str) -> re.Pattern[str]:
    parts = [
        re.escape(key(w.strip()).removesuffix("*")) + (r"\w*" if w.strip().endswith("*") else r"(?!\w)")
        for w in words.split(";")
    ]
    return re.compile(r"(?<!\w)(?:[وفبلك]{0,2}(?:ال)?)?(?:" + "|".join(parts) + ")")


@cache
def lands_in(text: str) -> frozenset[str]:
    """Return the lands that a text names."""
    folded = key(text)
    return frozenset(code for code, words in _LANDS.items() if _pattern(words).search(folded))


@cache
def is_outside(text: str) -> bool:
    """Whether a text speaks of what lies outside of what it names ("outside the Maghreb and Sahel")."""
    return re.search(r"(?<!\w)(?:" + _OUTSIDE + r")(?!\w)", key(text)) is not None


@cache
def names_own_soil(text: str) -> bool:
    """Whether a text speaks of its author's own territory."""
    return re.search(_OWN, key(text)) is not None


@cache
def theatres_in(text: str) -> frozenset[str]:
    """Return where something would take place: lands named, or ``OUT`` where only "outside" is said."""
    if is_outside(text):
        return frozenset({OUT}) | (lands_in(text) - REGION)
    return lands_in(text)


def beyond_region(theatres: frozenset[str]) -> bool:
    """Whether any of the theatres lies outside the Maghreb and Sahel."""
    return bool(theatres - REGION)
