"""Folding: one comparable form of a text, with the way back to the original code points.

Rules, in this order, for each code point:
1. compatibility decomposition (presentation forms, ligatures, full width), lower case;
2. combining marks, tatweel, bidi controls and zero-width characters vanish;
3. hamza carriers and wasla become bare letters, ta marbuta becomes ha, alef maqsura becomes ya
   (``فى`` and ``في`` meet), Persian letters become their Arabic neighbours;
4. Arabic-Indic and other decimal digits become ASCII digits; quotes and apostrophes become ASCII;
5. a run of white space becomes one space, or one line feed if it holds a line feed that ends a line. A line
   end that only wraps the text ends none, nor do the marks (``> ``) of quoted mail behind one.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
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
    0.7  # so many lines of text width without a full stop: line ends may be no paragraph ends
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; ``starts[i]`` and ``ends[i]`` bound the original code points of folded letter ``i``."""

    source: str
    text: str
    starts: Sequence[int]
    ends: Sequence[int]

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
    if unicodedata.category(char) == "Cs":
        return "\ufffd"  # half of a pair: nothing that reads UTF-8 takes it
    plain = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
    lowered = "".join(c for c in plain.lower().translate(LETTERS) if not unicodedata.combining(c))
    return "".join(_digit(c) for c in lowered if c not in SILENT and c != "\u0345")


def _digit(char: str) -> str:
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


def _quoted(text: str) -> tuple[frozenset[int], str]:
    """Return the line feeds that only wrap quoted mail, which a mail program wraps however short it is,
    and the text with blanks in place of the marks behind them."""
    soft: set[int] = set()
    if "\n>" not in text:
        return frozenset(), text
    parts: list[str] = []
    at = 0
    for block in QUOTED_BLOCK.finditer(text):
        lines = list(QUOTED_LINE.finditer(text, block.start(), block.end()))
        width = max(len(line[2].strip()) for line in lines)
        for line, after in pairwise(lines):
            words = after[2].split(None, 1)
            if (
                words
                and width >= NARROWEST
                and words[0] not in ITEMS
                and line[1].count(">") == after[1].count(">")
                and len(line[2].strip()) + len(words[0]) >= FULL * width
            ):
                soft.add(after.start() - 1)
                parts += [text[at : after.start()], " " * len(after[1])]
                at = after.end(1)
    return frozenset(soft), "".join((*parts, text[at:]))


def _wraps(text: str) -> frozenset[int]:
    """Return the line feeds that only wrap the text: those behind a full line, where most lines are without a
    full stop; behind a heading or before the next item of a list the next word would have had room."""
    lines = text.split("\n")
    filled = [line.strip() for line in lines if line.strip()]
    inside = [len(line) for line in filled[:-1] if NARROWEST <= len(line) <= 130 and line[-1] not in ".!?؟:…"]
    if len(filled) < 5 or len(inside) < WRAPPED_SHARE * (len(filled) - 1):
        return frozenset()
    found, at = [], 0
    for index, (line, after) in enumerate(pairwise(lines)):
        end = at + len(line)
        word = after.split(None, 1)[0] if after.strip() else ""
        full = len(line.strip()) + len(word) >= FULL * _width(lines, index)
        if word and line.strip() and full and word not in ITEMS:
            found.append(end)
        at = end + 1
    return frozenset(found)


def _width(lines: list[str], index: int) -> float:
    """Return how wide the text is around a line: as the widest near, but not much more than most are."""
    near = sorted(
        len(line.strip())
        for line in lines[max(0, index - NEAR) : index + NEAR + 1]
        if len(line.strip()) >= NARROWEST
    )
    return min(near[-1], near[len(near) // 2] * MORE) if near else 0.0


NEAR: Final = 4
MORE: Final = 1.2
FULL: Final = 0.85  # of the width of a text that a line and the word behind it have at least
NARROWEST: Final = 45  # letters of the lines of a text that is wrapped
QUOTED_BLOCK: Final = re.compile(r"^>.*(?:\n>.*)*", re.MULTILINE)
QUOTED_LINE: Final = re.compile(r"^((?:> ?)+)(.*)$", re.MULTILINE)
ITEMS: Final = frozenset("-–—•*·>")
BREAKS: Final = {"\n": 1, "\x0b": 1, "\x85": 1, "\u2028": 1, "\x0c": 2, "\u2029": 2}
"""What ends a line, and what a paragraph or page."""


class _Folding(dict[int, str]):
    """Code point to its folded form, filled as letters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _one(chr(code))
        return found


_FOLDING: Final = _Folding()


class _Writer:
    """What is folded so far, letter by letter, with the places each came from."""

    def __init__(self, soft: frozenset[int]) -> None:
        self.out: list[str] = []
        self.starts, self.ends = array("I"), array("I")
        self._soft = soft
        self._breaks = 0

    def run(self, start: int, plain: str) -> None:
        """Add letters that fold one to one, with single spaces between them."""
        self.out.append(plain.translate(_FOLDING))
        end = start + len(plain)
        self.starts.extend(_places(start, end))
        self.ends.extend(_places(start + 1, end + 1))
        self._breaks = 0

    def add(self, index: int, char: str) -> None:
        """Add one code point of any sort."""
        folded = _FOLDING[ord(char)]
        if folded == " ":
            self._blank(index, char)
        elif folded:
            self._breaks = 0
            self.out.extend(folded)
            self.starts.extend([index] * len(folded))
            self.ends.extend([index + 1] * len(folded))
        elif self.ends and unicodedata.combining(char) and self.out[-1] not in " \n":
            self.ends[-1] = index + 1  # a vowel sign belongs to the letter it stands on

    def _blank(self, index: int, char: str) -> None:
        """Rule 5."""
        if index not in self._soft:
            self._breaks += BREAKS.get(char, 0)
        mark = "\n" if self._breaks else " "
        if self.out and self.out[-1] in " \n":
            self.out[-1] = "\n" if mark == "\n" else self.out[-1]
            self.ends[-1] = index + 1
        else:
            self.out.append(mark)
            self.starts.append(index)
            self.ends.append(index + 1)


COUNTED: Final = array("I", range(1 << 14))


def _places(start: int, end: int) -> Iterable[int]:
    """Return the places of ``[start, end)``: those of most texts are counted once, and copied as they are."""
    return COUNTED[start:end] if end <= len(COUNTED) else range(start, end)


def _plain() -> str:
    """Return the usual letters and marks that fold to exactly one."""
    usual = map(chr, (*range(0x21, 0x180), *range(0x0600, 0x0700), *range(0x2010, 0x2040)))
    return re.escape("".join(c for c in usual if len(_one(c)) == 1 and _one(c) != " "))


RUN: Final = re.compile(f"[{_plain()}]+(?: [{_plain()}]+)*")
"""Most of a text: taken whole, where the rest is folded one by one."""


def fold(text: str) -> Folded:
    """Return the folded form of ``text``; linear in its length."""
    quoted, bare = _quoted(text)
    made = _Writer(quoted | _wraps(bare))
    at = 0
    for match in RUN.finditer(bare):
        for index in range(at, match.start()):
            made.add(index, bare[index])
        made.run(match.start(), match.group())
        at = match.end()
    for index in range(at, len(bare)):
        made.add(index, bare[index])
    return Folded(text, "".join(made.out), made.starts, made.ends)


def key(text: str) -> str:
    """Return the folded, trimmed form for comparisons (no way back)."""
    return " ".join(text.translate(_FOLDING).split())


LONGEST_KEPT: Final = 64
"""Letters of the longest word whose reading is kept in memory: a stranger may write words without end."""

WORD: Final = re.compile(r"[^\W_]+")
ARABIC: Final = re.compile(r"[\u0621-\u064a]")
