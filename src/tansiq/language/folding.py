"""Folding: one comparable form of a text, with the way back to the original code points.

Rules, in this order, for each code point:
1. compatibility decomposition (presentation forms, ligatures, full width), lower case;
2. combining marks, tatweel, bidi controls and zero-width characters vanish;
3. hamza carriers and wasla become bare letters, ta marbuta becomes ha, alef maqsura becomes ya
   (``فى`` and ``في`` meet), Persian letters become their Arabic neighbours;
4. Arabic-Indic and other decimal digits become ASCII digits; quotes and apostrophes become ASCII;
5. a run of white space becomes one space, or one line feed if it holds a line feed that ends a line.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from typing import Final

LETTERS: Final = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ۀ": "ه",
        "ک": "ك", "گ": "ك", "ڤ": "ف", "پ": "ب", "چ": "ج", "ژ": "ز", "œ": "oe", "æ": "ae", "ø": "o", "ß": "ss",
        "ı": "i", "ł": "l", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"',
        "«": '"', "»": '"', "‹": '"', "›": '"', "–": "-", "—": "-", "‑": "-", "−": "-", "٪": "%", "٫": ".",
        "٬": ",",
    }
)  # fmt: skip
SILENT: Final = frozenset("ـ\u200b\u200c\u200d\u200e\u200f\u061c\u2060\ufeff\u00ad") | frozenset(
    chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
)
WRAPPED_SHARE: Final = (
    0.7  # so many lines of text width without a full stop: line ends are not paragraph ends
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; ``starts[i]`` and ``ends[i]`` bound the original code points of folded letter ``i``."""

    source: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original ``[s, e)`` of a folded ``[start, end)``, which must not be empty."""
        return self.starts[start], self.ends[end - 1]

    def inner(self, start: int, end: int) -> tuple[int, int]:
        """Return the folded ``[a, b)`` that lies in an original ``[start, end)``."""
        return bisect_left(self.starts, start), bisect_right(self.starts, max(end - 1, start - 1))


@cache
def _one(char: str) -> str:
    """Return the folded form of one code point: empty if it is silent."""
    if char in SILENT:
        return ""
    folded = char.translate(LETTERS)
    if folded != char:
        return folded
    if char.isspace() or unicodedata.category(char) == "Zs":
        return " "
    plain = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
    lowered = "".join(c for c in plain.lower().translate(LETTERS) if not unicodedata.combining(c))
    return "".join(_digit(c) for c in lowered if c not in SILENT and c != "\u0345")


def _digit(char: str) -> str:
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


def _wrapped(text: str) -> bool:
    """Tell whether line ends only wrap the text (fixed width, no full stop before most of them)."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) < 5:
        return False
    inside = [line for line in lines[:-1] if 45 <= len(line) <= 130 and line[-1] not in ".!?؟:…"]
    return len(inside) >= WRAPPED_SHARE * (len(lines) - 1)


def fold(text: str) -> Folded:
    """Return the folded form of ``text``; linear in its length."""
    soft = _wrapped(text)
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    breaks = 0
    for index, char in enumerate(text):
        folded = _one(char)
        if folded == " ":
            breaks = breaks + 1 if char == "\n" else breaks
            mark = "\n" if breaks > (1 if soft else 0) else " "
            if out and out[-1] in " \n":
                out[-1] = mark if mark == "\n" else out[-1]
                ends[-1] = index + 1
            else:
                out.append(mark)
                starts.append(index)
                ends.append(index + 1)
            continue
        if not folded:
            if ends and unicodedata.combining(char) and out[-1] not in " \n":
                ends[-1] = index + 1  # a vowel sign belongs to the letter it stands on
            continue
        breaks = 0
        for letter in folded:
            out.append(letter)
            starts.append(index)
            ends.append(index + 1)
    return Folded(text, "".join(out), tuple(starts), tuple(ends))


class _Folding(dict[int, str]):
    """Code point to its folded form, filled as letters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _one(chr(code))
        return found


_FOLDING: Final = _Folding()


def key(text: str) -> str:
    """Return the folded, trimmed form for comparisons (no way back)."""
    return " ".join(text.translate(_FOLDING).split())


LONGEST_KEPT: Final = 64
"""Letters of the longest word whose reading is kept in memory: a stranger may write words without end."""

WORD: Final = re.compile(r"[^\W_]+")
ARABIC: Final = re.compile(r"[\u0621-\u064a]")
