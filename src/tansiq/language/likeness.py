"""What two texts have in common that names a thing: names, marks, numbers, places, dates, in any script.

Rules:
1. a name is a Latin word with a capital that no rule of writing gave it, a known Arabic name, or what stands
   after a title or in quotation marks; it is the same in the other script when it sounds the same;
2. a mark is a word of letters and digits (``TH-07``), or of capitals joined by a hyphen;
3. numbers are the same when their values are, in digits or in words of any of the languages;
4. places are the same when they are one entry of the gazetteer or lie close together; coordinates written
   out are places; states and wide regions are none;
5. dates are the same when their days overlap and neither is wider than a month.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, Literal

from tansiq.language.calendar import DayInterval, resolve
from tansiq.language.dates import expressions
from tansiq.language.folding import ARABIC, WORD, Folded, fold, key
from tansiq.language.gazetteer import KIND_OF_PLACE, gazetteer, name_parts
from tansiq.language.lexicon import stopwords, table
from tansiq.language.normalise import stem
from tansiq.language.numbers import numbers
from tansiq.language.translit import forms, sounds

Sort = Literal["term", "name", "mark", "number", "place", "date"]
Span = tuple[int, int]

NEAR_M: Final = 25_000
WIDE_M: Final = 100_000
MONTH_DAYS: Final = 31
_EARTH_M: Final = 6_371_000
_DECIMAL: Final = re.compile(
    r"(?<![\d.])(-?\d{1,2}[.]\d{1,7})\s*°?\s*([ns])?\s*[,;/ ]"
    r"\s*(-?\d{1,3}[.]\d{1,7})\s*°?\s*(?:([ewo])(?![a-z]))?(?!\.?\d)"
)
_DEGREES: Final = re.compile(
    r"(\d{1,2})\s*°\s*(\d{1,2})?\s*[\"']?\s*([ns])[,;/ ]*"
    r"(\d{1,3})\s*°\s*(\d{1,2})?\s*[\"']?\s*([ewo])(?![a-z])"
)
_MARK: Final = re.compile(r"[^\W_]+(?:[-/][^\W_]+)*")
_SENTENCE: Final = re.compile(r"(?:^|[.!?؟:\n«\"])\s*$")


@dataclass(frozen=True, slots=True)
class Trait:
    """One thing that a text names, at ``span`` (original code points); the fields of its sort are filled."""

    sort: Sort
    span: Span
    keys: frozenset[str] = frozenset()
    named: bool = True
    capital: bool = False
    arabic: bool = False
    low: float = 0
    high: float = 0
    point: tuple[float, float] | None = None
    reach_m: int = 0
    days: DayInterval | None = None


def traits(text: str, *, written: date | None = None) -> tuple[Trait, ...]:
    """Return what a text names, in order; ``written`` = the day its 'yesterday' hangs on."""
    folded = fold(text)
    places = [*_known_places(folded), *_coordinates(folded)]
    dates = list(_dates(folded, written))
    marks = list(_marks(text))
    taken = [t.span for t in (*places, *dates, *marks)]
    figures = [t for t in _numbers(folded) if not _within(t.span, taken)]
    names = [t for t in _names(text) if not _within(t.span, [m.span for m in marks])]
    return tuple(sorted([*names, *marks, *figures, *places, *dates], key=lambda t: t.span))


def same(a: Trait, b: Trait) -> bool:
    """Whether ``b`` names what ``a`` names (rules 1 to 5)."""
    if a.sort != b.sort:
        return False
    match a.sort:
        case "number":
            return a.low <= b.high and b.low <= a.high
        case "place":
            return bool(a.keys & b.keys) or _close(a, b)
        case "date":
            return _overlap(a, b)
        case "name":
            return _one_name(a, b)
        case _:
            return bool(a.keys & b.keys)


def term(text: str, wanted: str) -> Iterator[Span]:
    """Yield where a term stands in a text: its words in order, inflected or in the other script."""
    words, needed = [*_spans(text)], [m.group() for m in WORD.finditer(wanted)]
    for at in range(len(words) - len(needed) + 1):
        here = words[at : at + len(needed)]
        if needed and all(_like(n, text[s:e]) for n, (s, e) in zip(needed, here, strict=True)):
            yield here[0][0], here[-1][1]


def _like(wanted: str, word: str) -> bool:
    a, b = key(wanted), key(word)
    if bool(ARABIC.search(a)) == bool(ARABIC.search(b)):
        joined = len(b) == len(a) + 1 and b[1:] == a and b[0] in "وفبلك"
        return a == b or joined or (len(a) > 3 and stem(a) == stem(b))
    return _long(sounds(wanted) & sounds(word), 2) and b not in _common()


def _long(keys: frozenset[str], letters: int) -> bool:
    return any(len(k) >= letters for k in keys)


def _spans(text: str) -> Iterator[Span]:
    """Yield the words of a text; marks of vowels stay within their word."""
    folded = fold(text)
    yield from (folded.span(m.start(), m.end()) for m in WORD.finditer(folded.text))


@cache
def _common() -> frozenset[str]:
    return stopwords() | table("words.psv", "french").keys() | table("words.psv", "english").keys()


@cache
def _titles() -> frozenset[str]:
    return frozenset(table("roles.psv", "title"))


@cache
def _parts() -> frozenset[str]:
    return frozenset(name_parts())


def _names(text: str) -> Iterator[Trait]:
    words = list(_spans(text))
    named = [_is_name(text, words, at) for at in range(len(words))]
    for at, (start, end) in enumerate(words):
        if key(text[start:end]) not in _common():
            yield _name((start, end), text[start:end], named=named[at], capital=text[start].isupper())
        if at + 1 < len(words) and not text[end : words[at + 1][0]].strip(" -'"):
            s, e = words[at + 1]
            both = (named[at] and named[at + 1]) or key(text[start:end]) in (
                "عبد",
                "ابو",
                "abd",
                "abou",
                "ben",
            )
            yield _name((start, e), text[start:end] + text[s:e], named=both)


def _name(span: Span, joined: str, *, named: bool, capital: bool = False) -> Trait:
    keys, arabic = sounds(joined) | {f"={form}" for form in forms(joined)}, bool(ARABIC.search(key(joined)))
    return Trait("name", span, keys, named=named, capital=capital or named, arabic=arabic)


def _is_name(text: str, words: Sequence[Span], at: int) -> bool:
    start, end = words[at]
    plain, before = key(text[start:end]), text[:start]
    if plain in _common() or len(plain) < 2 or plain.isdigit():
        return False
    after_title = at > 0 and key(text[slice(*words[at - 1])]) in _titles()
    if ARABIC.search(plain):
        return after_title or plain in _parts() or before.rstrip().endswith(("«", '"', "“"))
    if not text[start].isupper():
        return False
    first = bool(_SENTENCE.search(before[-3:])) and not after_title
    return not first or _capital_beside(text, words, at)


def _capital_beside(text: str, words: Sequence[Span], at: int) -> bool:
    """A capital that begins a sentence is a name's when the word beside it, or itself elsewhere, has one."""
    after = words[at + 1] if at + 1 < len(words) else None
    beside = (
        after is not None
        and text[after[0]].isupper()
        and not text[words[at][1] : after[0]].strip(" -")
        and key(text[slice(*after)]) not in _common()
    )
    own = text[slice(*words[at])]
    again = any(
        text[s:e] == own and not _SENTENCE.search(text[max(0, s - 3) : s])
        for n, (s, e) in enumerate(words)
        if n != at
    )
    return beside or again


def _one_name(a: Trait, b: Trait) -> bool:
    shared = a.keys & b.keys
    heard = frozenset(k for k in shared if not k.startswith("="))
    if a.arabic == b.arabic:
        exact = any(k.startswith("=") and len(k) > 3 for k in shared)
        return a.named and (exact or (b.named and _long(heard, 3)))
    latin, arabic = (b, a) if a.arabic else (a, b)
    return _long(heard, 2) if latin.capital else arabic.named and _long(heard, 3)


def _marks(text: str) -> Iterator[Trait]:
    for match in _MARK.finditer(text):
        said = match.group()
        mixed = any(c.isdigit() for c in said) and any(c.isalpha() for c in said)
        capitals = (
            "-" in said and said.isascii() and said.upper() == said and not said.replace("-", "").isdigit()
        )
        if (mixed and not re.fullmatch(r"\d+(?:e|er|ère|ème|nd|rd|st|th|h|km|m|kg|mm)", said)) or capitals:
            yield Trait("mark", match.span(), frozenset(_tails(key(said))))


def _tails(said: str) -> Iterator[str]:
    """A mark without its separators, and its endings that are marks too (``TRN-07`` of ``TH-TRN-07``)."""
    parts = re.split(r"[-/]", said)
    for at in range(len(parts)):
        tail = "".join(parts[at:])
        if at == 0 or (len(tail) > 3 and any(c.isdigit() for c in tail) and any(c.isalpha() for c in tail)):
            yield tail


def _numbers(folded: Folded) -> Iterator[Trait]:
    for number in numbers(folded.text):
        if number.vague:
            continue
        high = number.high if number.high is not None else number.value
        yield Trait("number", folded.span(*number.core), low=number.value, high=high)


def _known_places(folded: Folded) -> Iterator[Trait]:
    for mention in gazetteer().find(folded):
        entry, reach_m = mention.entry, mention.entry.precision_m or 0
        if (
            entry.kind == KIND_OF_PLACE
            and entry.lat is not None
            and entry.lon is not None
            and reach_m < WIDE_M
        ):
            span = folded.span(mention.start, mention.end)
            yield Trait(
                "place", span, frozenset({entry.canonical}), point=(entry.lat, entry.lon), reach_m=reach_m
            )


def _coordinates(folded: Folded) -> Iterator[Trait]:
    for m in _DECIMAL.finditer(folded.text):
        lat, lon = float(m[1]) * _sign(m[2]), float(m[3]) * _sign(m[4])
        yield from _at(folded, m.span(), lat, lon)
    for m in _DEGREES.finditer(folded.text):
        lat = (int(m[1]) + int(m[2] or 0) / 60) * _sign(m[3])
        lon = (int(m[4]) + int(m[5] or 0) / 60) * _sign(m[6])
        yield from _at(folded, m.span(), lat, lon)


def _at(folded: Folded, span: Span, lat: float, lon: float) -> Iterator[Trait]:
    if abs(lat) <= 90 and abs(lon) <= 180:
        yield point_at(lat, lon, folded.span(*span))


def point_at(lat: float, lon: float, span: Span = (0, 0), reach_m: int = 0) -> Trait:
    """Return a place given by its coordinates in degrees, known to ``reach_m``."""
    return Trait("place", span, point=(lat, lon), reach_m=min(reach_m, WIDE_M))


def _sign(side: str | None) -> int:
    return -1 if side in ("s", "w", "o") else 1


def _close(a: Trait, b: Trait) -> bool:
    if a.point is None or b.point is None:
        return False
    return distance_m(a.point, b.point) <= max(NEAR_M, min(WIDE_M, max(a.reach_m, b.reach_m)))


def distance_m(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the distance of two points (degrees) in metres, along the great circle."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(p[0]), math.radians(p[1])) for p in (a, b))
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_M * math.asin(min(1.0, math.sqrt(half)))


def _dates(folded: Folded, written: date | None) -> Iterator[Trait]:
    day = None if written is None else DayInterval(written, written)
    for when in expressions(folded.text):
        found = resolve(when, day)
        if found is not None and not found.vague and when.form not in ("period", "duration"):
            yield Trait("date", folded.span(when.start, when.end), days=found.interval)


def _overlap(a: Trait, b: Trait) -> bool:
    if a.days is None or b.days is None or max(a.days.days, b.days.days) > MONTH_DAYS:
        return False
    return a.days.lo <= b.days.hi and b.days.lo <= a.days.hi


def _within(span: Span, taken: Sequence[Span]) -> bool:
    return any(s <= span[0] and span[1] <= e for s, e in taken)
