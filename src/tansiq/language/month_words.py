"""Names of months that are other words, too, and when a month is meant.

Rules:
1. such a name is a month beside a day, a year or a word that says so, and behind a small word (``in March``);
2. an ordinal that counts a noun before it is no day (``دورية ثانية في فيفري``).
"""

from __future__ import annotations

from typing import Final

from tansiq.language.timewords import Stream

UNSURE: Final = frozenset([
    "mar", "may", "mai", "jan", "dec", "sep", "sept", "jun", "oct", "nov", "apr", "avr", "aug", "jul",
    "feb", "fev", "mars", "march", "august", "اب", "صفر", "ماي", "شوال", "محرم", "رجب", "شعبان",
])  # fmt: skip
BEHIND_SMALL: Final = frozenset(["march", "may", "mars", "mai", "august", "ماي"])
SMALL: Final = frozenset([
    "in", "since", "until", "till", "by", "last", "next", "this", "early", "late", "mid", "before",
    "after", "en", "depuis", "fin", "debut", "courant", "في", "منذ", "خلال", "نهايه", "بدايه", "مطلع",
    "منتصف", "اواخر", "اوائل", "اوايل", "قبل", "بعد", "حتي",
])  # fmt: skip
ENGLISH_MONTHS: Final = frozenset([
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
])  # fmt: skip


def sure_month(s: Stream, at: int) -> bool:
    """Tell whether the month at a piece is meant, and no other word that is written alike (rule 1)."""
    word = s.word(at)
    bare = word if word in UNSURE or word.isascii() else word[1:] if word[:1] in "وبلفك" else word
    if word not in UNSURE and bare not in UNSURE:
        return True
    return word in BEHIND_SMALL and s.word(at - 1) in SMALL


def feminine(word: str) -> bool:
    """Tell whether an Arabic ordinal is feminine (rule 2)."""
    return word.endswith("ه") and not word.isascii()
