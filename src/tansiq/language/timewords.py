"""The words of time: a folded text as pieces, each with the lexicon entries that start there.

The entries come from ``knowledge/times.psv``; Arabic joined particles and the article are taken off and
noted, so that ``وبالأسبوع`` is the unit 'week', definite. Every look is bounded: the cost is linear.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any, Final, NamedTuple, TypeVar

import msgspec

from tansiq.language.folding import ARABIC, LONGEST_KEPT, key
from tansiq.language.kept import Kept
from tansiq.language.lexicon import table
from tansiq.language.numbers import Number, spelled
from tansiq.language.tokens import tokens

PIECE: Final = re.compile(r"\d+|[^\W\d_]+|\n|[^\w\s]")
KINDS: Final = (
    "month", "hijri", "weekday", "weekday_bare", "weekday_short", "unit", "quarterword", "pair", "lump",
    "half", "andhalf", "one", "few", "manydays", "season", "this", "my", "side", "ago", "since", "until",
    "before", "by", "later", "earlier", "rest", "within", "ahead", "post_ago", "post_ahead", "fromnow",
    "beforenow", "anchor_after", "anchor_before", "for", "whole", "full", "leadfull", "about", "part",
    "day", "nextday", "dayword", "ordinal", "first_of_month", "nickname", "link", "from", "between",
    "to", "and", "vague", "feast",
)  # fmt: skip


BITS: Final = {kind: 1 << n for n, kind in enumerate((*KINDS, "digits", "spelled", "code", "dash", "any"))}
EVERY: Final = (1 << len(BITS)) - 1
CODES: Final = frozenset({"q", "t", "h", "s", "w", "annees", "years", "decennie"})
"""Words that the lexicon does not know and that open or close a quarter, a week or a decade."""
PASSED: Final = frozenset(["commencant", "commencing", "cours", "date", "period", "الموافق"])
NOUNS: Final = frozenset(["شهر", "عام", "سنه", "يوم"])
SHORT: Final = 3
"""Longer words that rules pass and the lexicon does not know stand in ``PASSED`` and ``NOUNS``."""
PAD: Final = 64  # more than any rule looks ahead: beyond the text there are empty words


class Lex(msgspec.Struct, frozen=True, gc=False):
    """An entry of the lexicon found at a piece: ``end`` is the index of the piece behind it."""

    value: str
    end: int
    art: bool
    prep: bool

    @property
    def number(self) -> int:
        return int(self.value)


NOTHING: Final[Mapping[str, Lex]] = {}


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry behind its first word."""

    kind: str
    value: str
    rest: tuple[str, ...]


def _words(phrase: str) -> tuple[str, ...]:
    return tuple(m.group() for m in PIECE.finditer(key(phrase)) if m.group() != "-")


@cache
def _index() -> dict[str, tuple[Entry, ...]]:
    """First word → entries, the longest first."""
    found: dict[str, list[Entry]] = {}
    for kind in KINDS:
        for phrase, value in table("times.psv", kind).items():
            first, *rest = _words(phrase)
            found.setdefault(first, []).append(Entry(kind, value, tuple(rest)))
    for phrase, number in _compound_ordinals():
        first, *rest = _words(phrase)
        found.setdefault(first, []).append(Entry("ordinal", str(number), tuple(rest)))
    return {w: tuple(sorted(es, key=lambda e: -len(e.rest))) for w, es in found.items()}


def _compound_ordinals() -> list[tuple[str, int]]:
    """``الحادي والعشرون``, ``vingt-deuxième``, ``thirty-first``: units joined to tens."""
    ordinals = table("times.psv", "ordinal")
    units = {
        w: int(v) for w, v in (*ordinals.items(), *table("times.psv", "ordunit").items()) if 0 < int(v) < 10
    }
    tens = {"ar": {"عشرين": 20, "عشرون": 20, "ثلاثين": 30, "ثلاثون": 30}, "fr": {"vingt": 20, "trente": 30},
            "en": {"twenty": 20, "thirty": 30}}  # fmt: skip
    found = []
    for word, unit in units.items():
        if ARABIC.match(word):
            found += [(f"{word} وال{ten}", value + unit) for ten, value in tens["ar"].items()]
        else:
            found += [(f"{ten} {join}{word}", value + unit) for lang in ("fr", "en")
                      for ten, value in tens[lang].items() for join in ("", "et ")]  # fmt: skip
    return found


def _forms(word: str) -> tuple[tuple[str, bool, bool], ...]:
    """The readings of a word: (bare word, article, joined preposition), the plainest first."""
    if not ARABIC.match(word) or len(word) < 3:
        return ((word, False, False),)
    found = []
    for conj in ("", word[0] if word[0] in "وف" else None):
        if conj is None:
            continue
        rest = word[len(conj) :]
        for prep in ("", rest[:1] if rest[:1] in ("ب", "ل", "ك") else None):
            if prep is None:
                continue
            bare = rest[len(prep) :]
            found.append((bare, False, bool(prep)))
            if bare.startswith("ال") and len(bare) > 3:
                found.append((bare[2:], True, bool(prep)))
            if prep == "ل" and bare.startswith("ل") and len(bare) > 2:
                found.append((bare[1:], True, True))
                found.append((f"ال{bare[1:]}", False, True))
    return tuple(found)


Reading = tuple[Entry, bool, bool]
"""An entry, and whether an article and a preposition are joined to its first word."""


class Known(NamedTuple):
    """The entries that begin with a word: those of one word, and by the word behind it all that may be."""

    alone: tuple[Reading, ...]
    before: Mapping[str, tuple[Reading, ...]]


@Kept
def _known(word: str) -> Known | None:
    index = _index() if len(word) <= LONGEST_KEPT else {}
    every = [(e, art, prep) for form, art, prep in _forms(word) for e in index.get(form, ())]
    if not every:
        return None
    seconds = {entry.rest[0] for entry, _, _ in every if entry.rest}
    before = {w: tuple(r for r in every if not r[0].rest or r[0].rest[0] == w) for w in seconds}
    return Known(tuple(r for r in every if not r[0].rest), before)


@Kept
def _sort(word: str) -> int | None:
    """Return the bits of a word or mark that the lexicon does not know, None if no rule passes it."""
    if len(word) > LONGEST_KEPT:
        return 0
    if word[0].isdigit():
        return BITS["digits"]
    if word in CODES:
        return BITS["code"]
    if word == "-":
        return BITS["dash"]
    passed = len(word) <= SHORT or not word.isalnum() or word in PASSED or word.lstrip("وبلف") in NOUNS
    return 0 if passed or owned_unit[word] is not None else None


def bits(*kinds: str) -> int:
    """Return kinds of words of time, of numbers and of marks as a set of bits."""
    return sum(BITS[kind] for kind in set(kinds))


@Kept
def owned_unit(word: str) -> tuple[str, bool] | None:
    """The unit in a word with 'my' or 'its' at its end, and whether a preposition is joined to it."""
    for ending in ("ي", "نا", "ه", "ها") if len(word) <= LONGEST_KEPT else ():
        bare = word.removesuffix(ending)
        if bare != word and len(bare) > 2:
            known = _known[bare]
            for entry, art, prep in known.alone if known is not None else ():
                if entry.kind == "unit" and not art:
                    return entry.value, prep
    return None


class Stream:
    """The pieces of a folded text (words, runs of digits, marks) and what the lexicon and the number reader
    know of them."""

    def __init__(self, text: str, written: list[Number] | None = None) -> None:
        self.text = text
        self.starts, words = _pieces(text)
        self.words = words + [""] * PAD
        self.read: defaultdict[str, dict[int, Any]] = defaultdict(dict)
        self.found = [NOTHING] * len(self.words)
        for i, known in enumerate(map(_known.__getitem__, words)):
            if known is not None and (may := known.before.get(self.words[i + 1], known.alone)):
                self.found[i] = self._look(i, may)
        self.spelled = self._spelled(spelled(text, tokens(text)) if written is None else written)
        self._kinds: dict[int, int] = {}

    def _spelled(self, written: list[Number]) -> dict[int, tuple[float, int]]:
        """Return the numbers in words by their first piece, each with the piece behind it."""
        found = {}
        for number in written:
            start, end = number.core
            at, behind = bisect_left(self.starts, start), bisect_left(self.starts, end)
            if at < behind and self.starts[at] == start and self.end(behind - 1) == end:
                found[at] = number.value, behind
        return found

    def __len__(self) -> int:
        return len(self.starts)

    def end(self, i: int) -> int:
        """Return where a piece ends in the folded text."""
        return self.starts[i] + len(self.words[i])

    def hyphened(self, i: int) -> bool:
        """Tell whether a piece hangs on the one before it: the ``là`` of ``ce jour-là``."""
        return i < len(self.starts) and self.text[self.starts[i] - 1 : self.starts[i]] == "-"

    def word(self, i: int) -> str:
        """Return the text of a piece, empty beyond the ends (as far as a rule looks)."""
        return self.words[i]

    def lexes(self, i: int) -> Mapping[str, Lex]:
        """Return the entries that start at a piece, by kind, the longest and plainest of each."""
        return self.found[i]

    def _look(self, i: int, may: tuple[Reading, ...]) -> Mapping[str, Lex]:
        found: dict[str, Lex] = {}
        for entry, art, prep in may:
            end = i + 1 + len(entry.rest)
            if entry.rest and tuple(self.words[i + 1 : end]) != entry.rest:
                continue
            kept = found.get(entry.kind)
            if kept is None or end > kept.end:
                found[entry.kind] = Lex(entry.value, end, art, prep)
        return found

    def kinds(self, i: int) -> int:
        """Return what stands in the run of words of time from piece ``i`` on, as ``bits`` of kinds.

        No rule passes a word that neither the lexicon nor the short lists know, so that one whose kinds are
        not among these would read nothing here.
        """
        if i not in self._kinds:
            self._kinds[i] = self._run(i)
        return self._kinds[i]

    def _run(self, i: int) -> int:
        bits, at, reach, last = BITS["any"], i, i, min(i + PAD, len(self.starts))
        while at <= reach and at < last:
            for kind, lex in self.found[at].items():
                bits |= BITS[kind]
                reach = max(reach, lex.end)
            if (said := self.spelled.get(at)) is not None:
                bits |= BITS["spelled"]
                reach = max(reach, said[1])
            if (own := _sort[self.words[at]]) is not None:
                bits |= own
                reach = max(reach, at + 1)
            at += 1
        return bits if at < i + PAD else EVERY

    def get(self, i: int, kind: str) -> Lex | None:
        """Return the entry of a kind at a piece."""
        return self.found[i].get(kind)

    def owned(self, i: int) -> Lex | None:
        """Return the unit that an Arabic word with 'my' or 'its' at its end holds: ``أسبوعي``."""
        found = owned_unit[self.words[i]]
        return Lex(found[0], i + 1, art=False, prep=found[1]) if found is not None else None

    def after(self, i: int, *kinds: str) -> int:
        """Return the piece behind an optional entry of the kinds."""
        for kind in kinds:
            if (lex := self.get(i, kind)) is not None:
                return lex.end
        return i

    def linked(self, i: int, most: int = 4) -> int:
        """Return the piece behind up to ``most`` small linking words (of, the, من)."""
        for _ in range(most):
            lex = self.found[i].get("link")
            if lex is not None:
                i = lex.end
            elif self.words[i] == "'":
                i += 1
            else:
                break
        return i

    def skip(self, i: int, words: Container[str], most: int = 5) -> int:
        """Return the piece behind up to ``most`` of the given words."""
        for _ in range(most):
            if self.words[i] not in words or i >= len(self.starts):
                break
            i += 1
        return i

    def closed(self, i: int) -> bool:
        """Tell whether a phrase may end before piece ``i``: the text ends, or a mark or particle follows."""
        word = self.word(i)
        if not word or not word.isalnum():
            return word not in ("%", "+", "°", "$", "€")
        return False

    def tight(self, i: int) -> bool:
        """Tell whether piece ``i`` touches the one before it."""
        return 0 < i < len(self.starts) and self.starts[i] == self.end(i - 1)


def _pieces(text: str) -> tuple[list[int], list[str]]:
    """Cut a text: where its pieces start, and the pieces.

    A hyphen between two letters is no piece (``avant-hier`` is ``avant hier``).
    """
    starts, words, at = list[int](), list[str](), 0
    for word in PIECE.findall(text):
        start = text.find(word, at)
        at = start + len(word)
        if word == "-" and start > 0 and text[start - 1].isalpha() and text[at : at + 1].isalpha():
            continue
        starts.append(start)
        words.append(word)
    return starts, words


T = TypeVar("T")


def once(rule: Callable[[Stream, int], T]) -> Callable[[Stream, int], T]:
    """Make a rule read each piece of a stream once: several others ask it."""

    name = rule.__qualname__

    @wraps(rule)
    def kept(s: Stream, i: int) -> T:
        known = s.read[name]
        if i not in known:
            known[i] = rule(s, i)
        found: T = known[i]
        return found

    return kept
