"""Numbers in Arabic, French and English, digits or words, with approximation and bounds.

Rules:
1. digits may be grouped by a point, comma, space or Arabic separators in threes; one decimal part is read;
2. number words are added and multiplied as the language does (``ثلاثة وعشرون ألفا``, ``quatre-vingt-dix``);
3. a word before or after says whether the number is exact, about, at least or at most; a pair joined by
   'between … and', 'to' or a hyphen is an interval; unknown bounds are None, never 0;
4. one, the ordinals and the indefinite plurals (tens, hundreds) are not numbers here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from tansiq.language.folding import LONGEST_KEPT
from tansiq.language.lexicon import any_of, numbered, table
from tansiq.language.tokens import Token, adjacent, tokens

Bound = Literal["exact", "about", "at_least", "at_most", "interval"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number at folded ``[start, end)`` , qualifier included; ``core`` is the figure itself."""

    start: int
    end: int
    core: tuple[int, int]
    value: float
    bound: Bound = "exact"
    high: float | None = None
    digits: bool = False

    @property
    def approx(self) -> bool:
        return self.bound != "exact"


AR_SMALL: Final = numbered("numbers.psv", "ar")
AR_TEEN: Final = AR_SMALL | numbered("numbers.psv", "ar_teen")
AR_SCALE: Final = numbered("numbers.psv", "ar_scale")
LATIN_SMALL: Final = numbered("numbers.psv", "latin")
LATIN_SCALE: Final = numbered("numbers.psv", "latin_scale")
ABOUT: Final = numbered("numbers.psv", "about")
SCALES: Final = AR_SCALE | LATIN_SCALE
ONES: Final = frozenset(LATIN_SMALL) | {"un", "une", "one"}
JOINERS: Final = frozenset({"et", "and"})

BEFORE: Final = table("numbers.psv", "before")
AFTER: Final = table("numbers.psv", "after")
BEFORE_RE: Final = re.compile(rf"(?<![^\W_])[وبفل]?({any_of(BEFORE)})['\s]+[لب]?$")
AFTER_RE: Final = re.compile(rf"\s+(?:[^\W\d_]+\s+){{0,2}}({any_of(AFTER)})(?![^\W_])")
BOUNDS: Final[dict[str, Bound]] = {"about": "about", "at_least": "at_least", "at_most": "at_most"}
DIGITS: Final = re.compile(
    r"(?<![\da-z.+:])(?<![a-z]-)(\d{1,3}(?:[., ]\d{3})+(?!\d)|\d+)(?:[.,](\d{1,2})(?!\d))?(?!\+)"
)
BETWEEN: Final = re.compile(r"(?:بين|ما بين|entre|between|from|de|من)\s*$")


def numbers(text: str, words: list[Token] | None = None) -> list[Number]:
    """Return the numbers of a folded text, in order, none overlapping another; linear."""
    found = sorted(
        [*_digits(text), *_words(text, tokens(text) if words is None else words)], key=lambda n: n.core
    )
    plain: list[Number] = []
    for number in found:
        if not plain or number.core[0] >= plain[-1].core[1]:
            plain.append(number)
    return _intervals(text, [_qualified(text, n) for n in _scaled(text, plain)])


def _digits(text: str) -> list[Number]:
    found = []
    for match in DIGITS.finditer(text):
        if match.end() < len(text) and text[match.end()].isalpha() and text[match.end()].isascii():
            continue
        if len(match.group(1)) > 12:
            continue
        value = float(re.sub(r"[^\d]", "", match.group(1)) + (f".{match.group(2)}" if match.group(2) else ""))
        found.append(Number(match.start(), match.end(), match.span(), value, digits=True))
    return found


def _bare(word: str, what: Literal["small", "teen", "scale"]) -> tuple[int | None, bool]:
    """Return the value of an Arabic number word and whether a joined 'and' stands before it."""
    return _valued(word, what) if len(word) <= LONGEST_KEPT else (None, False)


@lru_cache(maxsize=32_768)
def _valued(word: str, what: Literal["small", "teen", "scale"]) -> tuple[int | None, bool]:
    known = {"small": AR_SMALL, "teen": AR_TEEN, "scale": AR_SCALE}[what]
    for text, joined in ((word, False), (word[1:] if word[:1] == "و" else "", True)):
        article = text[2:] if text.startswith("ال") else ""
        for form in (text, article, text[1:] if text[:1] in ("ب", "ل", "ك") else ""):
            if form and form in known:
                return known[form], joined
    return None, False


def _words(text: str, words: list[Token]) -> list[Number]:
    found = []
    index = 0
    while index < len(words):
        used, value = _run(text, words, index)
        if used and value >= 2:
            span = (words[index].start, words[index + used - 1].end)
            found.append(Number(*span, span, float(value)))
        index += max(1, used)
    return found


def _run(text: str, words: list[Token], at: int) -> tuple[int, int]:
    """Read one number written in words from ``at``: how many words, and its value (0, 0 if none)."""
    first = words[at].text
    if first in ABOUT:
        return 1, ABOUT[first]
    if first in LATIN_SMALL or first in LATIN_SCALE:
        return _latin(text, words, at)
    return _arabic(text, words, at)


def _arabic(text: str, words: list[Token], at: int) -> tuple[int, int]:
    total = part = used = 0
    for offset in range(8):
        if at + offset >= len(words) or (
            offset and not adjacent(text, words[at + offset - 1], words[at + offset])
        ):
            break
        word = words[at + offset].text
        scale, joined = _bare(word, "scale")
        if scale is not None and (offset == 0 or not joined or used):
            total += scale if scale in (2000, 2_000_000, 2_000_000_000) else max(part, 1) * scale
            part, used = 0, offset + 1
            if at + offset + 1 < len(words) and words[at + offset + 1].text == "ونصف":
                return used + 1, total + scale // 2
            continue
        small, joined = _bare(word, "teen" if _teen(words, at + offset) else "small")
        if small is None or (offset and not joined and not _multiplies(part, small) and small != 10):
            break
        part = part * small if _multiplies(part, small) and not joined else part + small
        used = offset + 1
    return (used, total + part) if used else (0, 0)


def _teen(words: list[Token], at: int) -> bool:
    return at + 1 < len(words) and words[at + 1].text in ("عشر", "عشره")


def _multiplies(part: int, small: int) -> bool:
    return small == 100 and 0 < part < 10


def _latin(text: str, words: list[Token], at: int) -> tuple[int, int]:
    total = part = used = 0
    for offset in range(10):
        here = at + offset
        if here >= len(words) or (offset and not adjacent(text, words[here - 1], words[here])):
            break
        word = words[here].text
        if word in SCALES:
            total, part, used = total + max(part, 1) * SCALES[word], 0, offset + 1
        elif word in LATIN_SMALL:
            small = LATIN_SMALL[word]
            if (
                offset
                and part
                and not (small < 100 and (part >= 100 or part % 100 >= 20))
                and small not in (20, 100)
            ):
                break
            part = part * small if part and (small == 100 or (small == 20 and part == 4)) else part + small
            used = offset + 1
        elif (
            word in JOINERS
            and offset
            and here + 1 < len(words)
            and words[here + 1].text in ONES
            and part >= 20
        ):
            continue
        elif word in ("un", "une", "one") and offset and part >= 20:
            part, used = part + 1, offset + 1
        else:
            break
    return used, total + part


def _scaled(text: str, found: list[Number]) -> list[Number]:
    """Join digits with a scale word that follows them: ``5 آلاف``, ``2,5 millions``."""
    out: list[Number] = []
    for number in found:
        last = out[-1] if out else None
        word = text[number.core[0] : number.core[1]]
        if last and last.digits and not number.digits and not text[last.core[1] : number.core[0]].strip():
            scale = next((SCALES[w] for w in (word, word.removesuffix("ا")) if w in SCALES), None)
            if scale and scale not in (2000, 2_000_000):
                span = (last.core[0], number.core[1])
                out[-1] = Number(*span, span, last.value * scale, digits=True)
                continue
        out.append(number)
    return out


def _qualified(text: str, number: Number) -> Number:
    s, e = number.core
    if text[s:e] in ABOUT:
        number = replace(number, bound="about")
    if match := BEFORE_RE.search(text[max(0, s - 28) : s]):
        start = s - 28 + match.start(1) if s >= 28 else match.start(1)
        return replace(number, start=start, bound=BOUNDS[BEFORE[match.group(1)]])
    if match := AFTER_RE.match(text[e : e + 40]):
        return replace(number, bound=BOUNDS[AFTER[match.group(1)]])
    return number


def _intervals(text: str, found: list[Number]) -> list[Number]:
    out: list[Number] = []
    for number in found:
        last = out[-1] if out else None
        if last and last.bound != "interval" and last.value < number.value and _ranged(text, last, number):
            core = (last.core[0], number.core[1])
            out[-1] = replace(last, end=number.end, core=core, bound="interval", high=number.value)
            continue
        out.append(number)
    return out


def _ranged(text: str, low: Number, high: Number) -> bool:
    between = text[low.core[1] : high.core[0]].strip(" ")
    if between in ("و", "et", "and", "و "):
        return bool(BETWEEN.search(text[max(0, low.core[0] - 12) : low.core[0]]))
    if between in ("الي", "a", "to"):
        return True
    return between == "-" and not re.match(r"\s*-\s*\d", text[high.core[1] : high.core[1] + 4])
