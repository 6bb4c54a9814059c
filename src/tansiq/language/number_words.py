"""Numbers written in words: Arabic of both genders, French and English compounds, halves of scales.

Rules:
1. units, tens, hundreds are added as the language does (``ثلاثة وعشرون``, ``quatre-vingt-dix-sept``),
   and a scale multiplies what stands before it (``خمسة آلاف``, ``two dozen``);
2. one, and Arabic ``واحد``, is a number only inside a larger one (``واحد وعشرون``, ``مئة وواحد``);
3. a half or quarter of a scale is a number (``نصف مليون``, ``half a million``);
4. ``مليونا``, ``ألفا`` behind a number is a counted scale; before the noun that it counts, it is a dual.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

from tansiq.language.folding import LONGEST_KEPT
from tansiq.language.kept import Kept
from tansiq.language.lexicon import numbered, table
from tansiq.language.tokens import Token, adjacent

AR_ONE: Final = numbered("numbers.psv", "ar_one")
AR_SMALL: Final = numbered("numbers.psv", "ar")
AR_TEEN: Final = AR_SMALL | numbered("numbers.psv", "ar_teen")
AR_SCALE: Final = numbered("numbers.psv", "ar_scale")
LATIN_SMALL: Final = numbered("numbers.psv", "latin")
LATIN_SCALE: Final = numbered("numbers.psv", "latin_scale")
ABOUT: Final = numbered("numbers.psv", "about")
VAGUE: Final = table("numbers.psv", "vague")
TIMES: Final = numbered("numbers.psv", "times")
SCALES: Final = AR_SCALE | LATIN_SCALE
PAIRS: Final = (2000, 2_000_000, 2_000_000_000)  # ألفان: the scale is a dual and counts itself
ONES: Final = frozenset(LATIN_SMALL) | {"un", "une", "one"}
JOINERS: Final = frozenset({"et", "and"})
DUALS: Final = {"الفا": 2000, "مليونا": 2_000_000, "مليارا": 2_000_000_000}
NO_NUMBERS: Final = frozenset({"لست", "كميه", "بست", "لستم"})
"""'I am not' and 'a quantity', which are written like 'for six' and 'like a hundred'."""
HALVES: Final = {"نصف": 0.5, "ربع": 0.25, "half": 0.5, "demi": 0.5, "quart": 0.25, "quarter": 0.25}
DOZENS: Final = {"dozen": 12, "score": 20}
MOST: Final = 10

Read = tuple[int, float]


def read(text: str, words: list[Token], at: int) -> Read:
    """Read one number from the word ``at``: how many words it takes and its value, (0, 0) if none."""
    first = words[at].text
    if first in ABOUT:
        return 1, ABOUT[first]
    if first in TIMES or f"{first} {_at(words, at + 1)}" in TIMES:
        return 1, TIMES.get(first, 2)
    if first in HALVES and (found := _half(words, at)) is not None:
        return found
    if first in LATIN_SMALL or first in LATIN_SCALE:
        return _latin(text, words, at)
    return _arabic(text, words, at)


TIMES_FIRST: Final = frozenset(words.split()[0] for words in TIMES)
STARTS: Final = frozenset({*LATIN_SMALL, *LATIN_SCALE, *ABOUT, *TIMES_FIRST, *HALVES})


@Kept
def may_start(word: str) -> bool:
    """Tell whether a number may begin with a word: most words can be passed over."""
    if word in STARTS:
        return True
    kinds: tuple[What, ...] = ("one", "small", "teen", "scale")
    return _indefinite(word) is not None or any(_bare(word, kind)[0] is not None for kind in kinds)


def _at(words: list[Token], index: int) -> str:
    return words[index].text if index < len(words) else ""


def _half(words: list[Token], at: int) -> Read | None:
    """``نصف مليون``, ``half a million``, ``un quart de million``."""
    for skip in (1, 2):
        word = words[at + skip].text if at + skip < len(words) else ""
        if word in SCALES and SCALES[word] >= 1000 and SCALES[word] not in PAIRS:
            return skip + 1, HALVES[words[at].text] * SCALES[word]
        if word not in ("a", "de", "un"):
            return None
    return None


def vague(words: list[Token], at: int) -> tuple[int, int, int] | None:
    """Read an indefinite number (``عشرات``, ``quelques centaines``): words, least, most."""
    found = _indefinite(words[at].text)
    if found is None:
        return None
    low, high = found
    following = [w.text for w in words[at + 1 : at + 3]]
    skip = 1 if following[:1] and following[0] in ("de", "d", "of", "من") else 0
    unit = following[skip] if len(following) > skip else ""
    if low == 3 and (tens := _valued(unit, "small")) and tens[1] and 20 <= (tens[0] or 0) <= 90 and not skip:
        return 2, (tens[0] or 0) + 3, (tens[0] or 0) + 9
    bare = unit.removeprefix("ال") if len(unit) <= LONGEST_KEPT else ""
    power = {20: 10, 24: 12, 200: 100, 2000: 1000}.get((_indefinite(bare) or (0, 0))[0]) or SCALES.get(bare)
    if unit in ("cent", "hundred"):
        power = 100
    if power is None or power in PAIRS or low >= 2000:
        return (1, low, high) if low > 3 or not unit.isascii() or unit else None
    if low == 3 and words[at].text in ("plusieurs", "several"):
        return skip + 2, 2 * power, 10 * power - 1
    return skip + 2, low * power, high * power


def _indefinite(word: str) -> tuple[int, int] | None:
    found = VAGUE.get(word) or VAGUE.get(word.removeprefix("ال")) if len(word) <= LONGEST_KEPT else None
    if found is None and word[:1] in ("و", "ب", "ل", "ف"):
        found = VAGUE.get(word[1:])
    if found is None:
        return None
    low, _, high = found.partition(":")
    return int(low), int(high)


What = Literal["one", "small", "teen", "scale"]


def _bare(word: str, what: What) -> tuple[int | None, bool]:
    """Return the value of an Arabic number word and whether a joined 'and' stands before it."""
    return _valued(word, what) if len(word) <= LONGEST_KEPT else (None, False)


@lru_cache(maxsize=32_768)
def _valued(word: str, what: What) -> tuple[int | None, bool]:
    known = {"one": AR_ONE, "small": AR_SMALL, "teen": AR_TEEN, "scale": AR_SCALE}[what]
    for text, joined in ((word, False), (word[1:] if word[:1] == "و" else "", True)):
        article = text[2:] if text.startswith("ال") else ""
        if text in NO_NUMBERS:
            return None, False
        for form in (text, article, text[1:] if text[:1] in ("ب", "ل", "ك") else ""):
            if form and form in known:
                return known[form], joined
    return None, False


def _arabic(text: str, words: list[Token], at: int) -> Read:
    if (pair := _dual(text, words, at)) is not None:
        return 1, pair
    total = part = used = 0
    largest, whole = 0, (0, 0)
    for offset in range(MOST):
        here = at + offset
        if here >= len(words) or (offset and not adjacent(text, words[here - 1], words[here])):
            break
        word = words[here].text
        scale, joined = _bare(word, "scale")
        if scale is not None and (offset == 0 or not joined or used):
            if largest and scale >= largest:  # ``خمسين ألفا ومائة ألف``: two numbers
                return whole
            largest, whole = scale, (offset + 1, total + (scale if scale in PAIRS else max(part, 1) * scale))
            total += scale if scale in PAIRS else max(part, 1) * scale
            part, used = 0, offset + 1
            if _at(words, here + 1) == "ونصف":
                again = _at(words, here + 2).startswith("ال") and _at(words, here + 2)[2:] in SCALES
                return used + 1 + again, total + (scale // 4 if scale in PAIRS else scale // 2)
            continue
        small, joined = _small(words, here, started=offset > 0)
        if small is None or not _fits(part, small, joined=joined, first=offset == 0):
            break
        part = part * small if _multiplies(part, small) and not joined else part + small
        used = offset + 1
    return (used, total + part) if used else (0, 0)


def _dual(text: str, words: list[Token], at: int) -> int | None:
    """Return what a scale in the dual counts, when what it counts stands behind it (rule 4)."""
    found = DUALS.get(words[at].text)
    if found is None or at + 1 >= len(words) or not adjacent(text, words[at], words[at + 1]):
        return None
    return None if words[at + 1].text.startswith(("و", "ال", "من", "في", "علي", "عن", "الي")) else found


def _small(words: list[Token], here: int, *, started: bool) -> tuple[int | None, bool]:
    word = words[here].text
    following = words[here + 1].text if here + 1 < len(words) else ""
    if following in ("عشر", "عشره"):
        return _bare(word, "teen")
    one, joined = _bare(word, "one")
    if one is not None:
        tens, after = _bare(following, "small") if following else (None, False)
        if (tens is not None and after and 20 <= tens <= 90 and not word.startswith("ال")) or (
            started and joined
        ):
            return one, joined
    return _bare(word, "small")


def _fits(part: int, small: int, *, joined: bool, first: bool) -> bool:
    """Tell whether a word may go on a number: units, then tens after 'and', behind hundreds."""
    rest = part % 100
    if first:
        return True
    if small == 100:
        return (part == 0 and joined) or (_multiplies(part, small) and not joined)
    if small > 100:
        return part == 0 and joined
    if small >= 20:
        return joined and rest < 10
    if small == 10:
        return (rest == 0 and joined) or (0 < rest < 10 and not joined)
    return joined and rest == 0


def _multiplies(part: int, small: int) -> bool:
    return small == 100 and 0 < part < 10


def _latin(text: str, words: list[Token], at: int) -> Read:
    total = part = used = 0
    for offset in range(MOST):
        here = at + offset
        if here >= len(words) or (offset and not adjacent(text, words[here - 1], words[here])):
            break
        word = words[here].text
        if word in SCALES:
            total, part, used = total + max(part, 1) * SCALES[word], 0, offset + 1
            if [_at(words, here + n) for n in (1, 2)] == ["et", "demi"]:
                return used + 2, total + SCALES[word] / 2
        elif word in DOZENS and part:
            return offset + 1, total + part * DOZENS[word]
        elif word in LATIN_SMALL:
            if offset and not _goes_on(part, LATIN_SMALL[word]):
                break
            part, used = _grown(part, LATIN_SMALL[word]), offset + 1
        elif _joins(words, here, part, total) and offset:
            continue
        elif (
            word in ("un", "une", "one")
            and offset
            and (part % 100 >= 20 or (part or total) >= 100 > part % 100 == 0)
        ):
            part, used = part + 1, offset + 1
        else:
            break
    return used, total + part


def _joins(words: list[Token], here: int, part: int, total: int) -> bool:
    following = words[here + 1].text if here + 1 < len(words) else ""
    return words[here].text in JOINERS and following in ONES and (part >= 20 or total > 0)


def _goes_on(part: int, small: int) -> bool:
    """Tell whether a Latin word may go on a number: ``dix-sept``, ``soixante-dix``."""
    rest = part % 100
    if small == 100:
        return 0 < part < 100
    if part == 0 or rest == 0:
        return small < 100
    if small == 20:
        return part == 4 or rest == 4
    if rest in (60, 80):
        return small < 20
    return small < 10 and ((rest >= 20 and rest % 10 == 0) or (rest in (10, 70, 90) and small >= 7))


def _grown(part: int, small: int) -> int:
    if part and small == 100:
        return part * 100
    if small == 20 and part % 100 == 4:
        return part - 4 + 80
    return part + small
