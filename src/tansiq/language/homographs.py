"""Names that are words too: when a spelling is taken for the name, by what stands beside or around it.

A row of ``homographs.psv`` names a word and one rule; ``before`` and ``after`` always hold words that may not
stand right beside the name (an Arabic word before it also without joined particles and article).

1. ``not_before``, ``not_after``: nothing else is asked.
2. ``place_cue``: a word of place or 'in' must stand before it, in Arabic also another preposition of place
   if rule 3 holds, or 'and' or a dash after a place; ``strict_cue``: a word of place, or so joined.
3. ``in_context``: a text of public affairs must surround it: another name of the knowledge file that is no
   homograph, or a word of ``context.psv``, within ``REACH`` letters.
4. ``unless_near``: a word of ``near`` within ``NEAR`` letters speaks against it, unless rule 3 holds.
5. ``bare``: no particle may be joined to it. ``never``: it is no name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from tansiq.language.affairs import with_heads
from tansiq.language.folding import ARABIC, key
from tansiq.language.lexicon import cells, rows, table

REACH: Final = 600
NEAR: Final = 60
Name = Literal[
    "not_before", "not_after", "place_cue", "strict_cue", "in_context", "unless_near", "bare", "never"
]
PLACE_CUES: Final = frozenset(table("words.psv", "place_cue"))
INSIDE: Final = frozenset(table("words.psv", "inside"))
ONLY_IN: Final = frozenset({"في"})
_JOINED: Final = re.compile(r"^(?:و|ف)?(?:ب|ك|ل)?(?:ال|لل)?")
_JOINS: Final = re.compile(r" ?[،,]? ?(?:و|et |and | ?[-/] ?)")
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Rule:
    """How one spelling is decided."""

    name: Name
    before: frozenset[str]
    after: frozenset[str]
    near: frozenset[str]

    @property
    def asks_around(self) -> bool:
        """Tell whether what stands farther off decides (rules 3 and 4)."""
        return self.name in ("in_context", "unless_near")


@cache
def homographs() -> dict[str, Rule]:
    """Return the rules by folded spelling."""
    return {
        key(row["word"]): Rule(
            row["rule"],  # type: ignore[arg-type]  # the schema test compares it with Name
            *(frozenset(map(key, cells(row[column]))) for column in ("before", "after", "near")),
        )
        for row in rows("homographs.psv")
    }


@cache
def _context() -> frozenset[str]:
    """Words of public affairs, Arabic ones with their joined particles and article too."""
    return with_heads(frozenset(key(w) for row in rows("context.psv") for w in cells(row["words"])))


class Surroundings:
    """What a text holds around its homographs; the words are looked through once, on the first question."""

    def __init__(self, text: str, names: Iterable[int], lying: Set[int] = frozenset()) -> None:
        self._text = text
        self._lying = lying
        self._names = sorted(names)
        self._words: list[int] | None = None

    def allows(self, rule: Rule, start: int, end: int, prefix: str) -> bool:
        """Tell whether a spelling at folded ``[start, end)`` is the name."""
        text, at = self._text, start - len(prefix)
        before, after = _word_before(text, at), _word_after(text, end)
        if rule.name == "never" or (rule.name == "bare" and prefix not in ("", "و", "ف")):
            return False
        if before in rule.before or _bare(before) in rule.before or after in rule.after:
            return False
        if rule.name in ("place_cue", "strict_cue"):
            latin = not ARABIC.match(text[start])
            if self._joined(at, prefix):
                return True
            inside = before in INSIDE or prefix.endswith("ب")
            return _cued(rule.name, before, latin=latin) or (
                rule.name == "place_cue" and not latin and inside and self._public(start, end)
            )
        if rule.asks_around:
            near = rule.name == "unless_near" and not _spoken_against(text, rule, start, end)
            return near or self._public(start, end)
        return True

    def _joined(self, at: int, prefix: str) -> bool:
        """Tell whether 'and', a comma or a dash joins a name to a place before it: ``أوباري وغات``."""
        ends = (e for e in range(at - 1, max(0, at - 6), -1) if e in self._lying)
        return any(_JOINS.fullmatch(self._text[e:at] + prefix) for e in ends)

    def _public(self, start: int, end: int) -> bool:
        if _within(self._names, start, end):
            return True
        if self._words is None:
            known = _context()
            self._words = [m.start() for m in _WORD.finditer(self._text) if m.group() in known]
        return _within(self._words, start, end)


def _cued(name: Name, before: str, *, latin: bool) -> bool:
    if before in PLACE_CUES:
        return True
    if name == "strict_cue":
        return False
    return before in (INSIDE if latin else ONLY_IN)


def _within(places: Sequence[int], start: int, end: int) -> bool:
    """Tell whether a place lies around ``[start, end)`` and not in it."""
    low = bisect_left(places, start - REACH)
    high = bisect_left(places, end + REACH)
    own = bisect_left(places, end) - bisect_left(places, start)
    return high - low - own > 0


def _spoken_against(text: str, rule: Rule, start: int, end: int) -> bool:
    around = text[max(0, start - NEAR) : end + NEAR]
    return any(word in rule.near for word in _WORD.findall(around))


def _bare(word: str) -> str:
    return _JOINED.sub("", word) if len(word) > 3 else word


NEXT_WORD: Final = re.compile(r"[\s\"'-]*([^\W_]+)")
LAST_WORD: Final = re.compile(r"([^\W_]+)[\s\"'(،,-]*$")


def _word_before(text: str, at: int) -> str:
    match = LAST_WORD.search(text[max(0, at - 30) : at])
    return match.group(1) if match else ""


def _word_after(text: str, at: int) -> str:
    match = NEXT_WORD.match(text[at : at + 30])
    return match.group(1) if match else ""
