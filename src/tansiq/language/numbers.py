"""Numbers in Arabic, French and English, digits or words, with approximation and bounds.

Rules:
1. digits may be grouped by a point, comma, space or Arabic separators in threes; one decimal part is read;
2. number words are added and multiplied as the language does (``ثلاثة وعشرون ألفا``, ``quatre-vingt-dix``);
3. a word before or after says whether the number is exact, about, at least or at most; a pair joined by
   'between … and', 'to' or a hyphen is an interval; unknown bounds are None, never 0;
   what counts in thousands or millions at its end does so at its beginning (``5 à 7 millions``);
4. an indefinite plural (tens, a few hundred) is a vague number with its least and its most;
5. one alone and the ordinals are not numbers here.
"""

from __future__ import annotations

import re
from typing import Final, Literal

import msgspec
from msgspec.structs import replace

from tansiq.language.lexicon import any_of, table
from tansiq.language.number_words import ABOUT, AR_SCALE, SCALES, may_start, read, vague
from tansiq.language.sought import sought
from tansiq.language.tokens import Words, tokens

__all__ = ["AR_SCALE", "Bound", "Number", "numbers", "spelled"]

Bound = Literal["exact", "about", "at_least", "at_most", "interval"]


class Number(msgspec.Struct, frozen=True):
    """A number at folded ``[start, end)`` , qualifier included; ``core`` is the figure itself."""

    start: int
    end: int
    core: tuple[int, int]
    value: float
    bound: Bound = "exact"
    high: float | None = None
    digits: bool = False
    vague: bool = False

    @property
    def approx(self) -> bool:
        return self.bound != "exact"


BEFORE: Final = table("numbers.psv", "before")
AFTER: Final = table("numbers.psv", "after")
BEFORE_RE: Final = sought(rf"(?<![^\W_])[وبفل]?({any_of(BEFORE)})['\s]+(?:une? |an? )?[لب]?[$€£]?$")
AFTER_RE: Final = re.compile(rf"[\s-]+(?:[^\W\d_]+\s+){{0,2}}({any_of(AFTER)})(?![^\W_])")
BOUNDS: Final[dict[str, Bound]] = {"about": "about", "at_least": "at_least", "at_most": "at_most"}
DIGITS: Final = re.compile(
    r"(\d(?<![\da-z.+:]\d)(?<![a-z]-\d)(?:\d{0,2}(?:[., ]\d{3})+(?!\d)|\d*))(?:[.,](\d{1,2})(?!\d))?(?!\+\d)"
)
"""It begins with its digit and looks back from there: ``re`` passes over any letter."""
NO_DIGIT: Final = re.compile(r"[^\d]")
SIGNS: Final = ("$", "€", "£")
LETTER: Final = re.compile(r"(k|m|mn|bn|md)(?![^\W_])")
LETTERS: Final = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000, "md": 1_000_000_000}
"""``€7m``: what a letter behind an amount of money multiplies it by."""
RISES: Final = re.compile(
    r"(?:(?:ارتفا|ارتفع|انخف|قفز|تراجع|هبط|رفع|سقف|زاد|من)\w*(?: \w+){0,6} من"
    r"|(?:pass|port|augment|mont)(?:er|e|ee|es|ant|era|eront)?(?: [^\s.;]+){0,8} de|from) $"
)
"""A number that changes 'from … to' is two numbers, not a range."""
BETWEEN: Final = re.compile(r"(?:بين|ما بين|entre|between|from|de|من)\s*$")


def numbers(text: str, written: list[Number] | None = None) -> list[Number]:
    """Return the numbers of a folded text, in order, none overlapping another; linear.

    ``written`` are those in words, if they were read before (``spelled``).
    """
    read = spelled(text, tokens(text)) if written is None else written
    found = sorted([*_digits(text), *read], key=lambda n: n.core)
    plain: list[Number] = []
    for number in found:
        if not plain or number.core[0] >= plain[-1].core[1]:
            plain.append(number)
    return _intervals(text, [_qualified(text, n) for n in _scaled(text, plain)])


def _digits(text: str) -> list[Number]:
    found = []
    for match in DIGITS.finditer(text):
        scale = (
            LETTER.match(text, match.end())
            if text[max(0, match.start() - 1) : match.start()] in SIGNS
            else None
        )
        cut = match.end() < len(text) and text[match.end()].isalpha() and text[match.end()].isascii()
        if cut and scale is None:
            continue
        if len(match.group(1)) > 12:
            continue
        value = float(NO_DIGIT.sub("", match.group(1)) + (f".{match.group(2)}" if match.group(2) else ""))
        end = match.end() if scale is None else scale.end()
        value *= 1 if scale is None else LETTERS[scale[1]]
        found.append(Number(match.start(), end, (match.start(), end), value, digits=True))
    return found


def spelled(text: str, words: Words) -> list[Number]:
    """Return the numbers of a folded text that are written in words, in order."""
    found = []
    behind = 0
    for index in words.where(may_start):
        if index < behind:
            continue
        if (loose := vague(words, index)) is not None:
            span = (words[index].start, words[index + loose[0] - 1].end)
            found.append(Number(*span, span, float(loose[1]), "about", float(loose[2]), vague=True))
            behind = index + loose[0]
            continue
        used, value = read(text, words, index)
        if used and value >= 2:
            span = (words[index].start, words[index + used - 1].end)
            found.append(Number(*span, span, float(value)))
        behind = index + max(1, used)
    return found


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
                out.pop()
                _put(text, out, Number(*span, span, last.value * scale, digits=True))
                continue
        out.append(number)
    return out


def _put(text: str, out: list[Number], number: Number) -> None:
    """Append a number, or add it to the millions it is joined to: ``مليون و200 ألف``."""
    last = out[-1] if out else None
    joined = last is not None and text[last.core[1] : number.core[0]].strip() in ("و", "et", "and")
    if last is None or not joined or last.vague or last.value < 1e6 or not 1000 <= number.value < 1e6:
        out.append(number)
        return
    span = (last.core[0], number.core[1])
    out[-1] = Number(*span, span, last.value + number.value, digits=True)


def _qualified(text: str, number: Number) -> Number:
    s, e = number.core
    if number.vague:
        return number
    if text[e : e + 1] == "+" and number.digits:
        return replace(number, bound="at_least")
    if text[s:e] in ABOUT:
        number = replace(number, bound="about")
    if match := BEFORE_RE.within(text, max(0, s - 28), s):
        start = s - 28 + match.start(1) if s >= 28 else match.start(1)
        return replace(number, start=start, bound=BOUNDS[BEFORE[match.group(1)]])
    if match := AFTER_RE.match(text[e : e + 40]):
        return replace(number, bound=BOUNDS[AFTER[match.group(1)]])
    return number


def _intervals(text: str, found: list[Number]) -> list[Number]:
    out: list[Number] = []
    for plain in found:
        last = out[-1] if out else None
        number = _as_many(text, last, plain) if last is not None else plain
        if last and last.bound != "interval" and last.value < number.value and _ranged(text, last, number):
            core = (last.core[0], number.core[1])
            low = last.value * _shared_scale(text, last, number)
            out[-1] = replace(last, value=low, end=number.end, core=core, bound="interval", high=number.value)
            continue
        out.append(number)
    return out


def _shared_scale(text: str, low: Number, high: Number) -> float:
    """Return the scale that both ends share: ``بين خمسة وسبعة ملايين``, ``5 à 7 millions``."""
    last = text[slice(*high.core)].split()[-1]
    scale = SCALES.get(last, 1)
    alone = not any(w in SCALES for w in text[slice(*low.core)].split())
    return scale if alone and scale >= 1000 and low.value * scale < high.value and low.value < 1000 else 1


def _as_many(text: str, low: Number, high: Number) -> Number:
    """``من خمسة ملايين إلى سبعة``: the scale of the first is that of the second."""
    between = text[low.core[1] : high.core[0]].strip(" ")
    scale = next((s for s in (1e9, 1e6) if low.value >= s), None)
    if scale is None or low.vague or between not in ("الي", "a", "to") or high.value >= 1000:
        return high
    return replace(high, value=high.value * scale)


def _ranged(text: str, low: Number, high: Number) -> bool:
    if low.vague or high.vague:
        return False
    between = text[low.core[1] : high.core[0]].strip(" ")
    fused = not between and text[high.core[0]] == "و"
    if fused or between in ("و", "et", "and", "و "):
        return bool(BETWEEN.search(text[max(0, low.core[0] - 12) : low.core[0]]))
    if between in ("الي", "a", "to"):
        return RISES.search(text[max(0, low.start - 70) : low.core[0]]) is None
    if between in ("او", "ou", "or"):
        return high.value <= 2 * low.value
    return between == "-" and not re.match(r"\s*-\s*\d", text[high.core[1] : high.core[1] + 4])
