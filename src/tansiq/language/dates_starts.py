"""Where a time may start: most words can be passed over before any rule of the grammar is asked.

1. a time starts at a digit, at a number in words, or at a word of the lexicon; a small one needs more
   behind it;
2. no rule passes a word that neither the lexicon nor the short lists here know: where such a word comes
   before anything that tells a time, there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tansiq.language.dates_named import YEAR_LEADS
from tansiq.language.folding import LONGEST_KEPT
from tansiq.language.kept import Kept
from tansiq.language.timewords import NOUNS, PAD, PASSED, SHORT, Stream, owned_unit

SMALL: Final = frozenset({"link", "and", "to", "about", "one", "full", "manydays", "leadfull", "half"})
BARE: Final = YEAR_LEADS | {"annees", "q", "h", "t", "s", "w"}
BEHIND: Final = frozenset({"unit", "season", "ordinal", "side"})
LEADING: Final = SMALL | frozenset(
    ["this", "my", "side", "ago", "since", "until", "before", "by", "later", "earlier", "rest", "within",
     "ahead", "post_ago", "post_ahead", "fromnow", "beforenow", "anchor_after", "anchor_before", "for",
     "whole", "part", "from", "between", "few", "andhalf", "dayword"]
)  # fmt: skip
"""Kinds of words that tell no time without another behind them."""
LEAST_YEAR: Final = 1000


def may_start(s: Stream) -> Iterator[int]:
    """Yield the pieces at which a time may start; what is passed over no rule would read."""
    alone = len(s) == 1
    named = [i for i, lexes in enumerate(s.found) if lexes]
    bare = [i for i, told in enumerate(map(_bare.__getitem__, s.words)) if told]
    for i in sorted({*named, *bare, *s.spelled, *range(alone)}):
        if _starts(s, i) and _leads_to_time(s, i):
            yield i


@Kept
def _bare(word: str) -> bool:
    """Tell whether a time may start at a word that the lexicon does not know."""
    return word in BARE or word[:1].isdigit()


def _starts(s: Stream, i: int) -> bool:
    kinds = s.found[i].keys()
    if not kinds or not kinds <= SMALL or s.words[i] in BARE or i in s.spelled or len(s) == 1:
        return True
    following = s.words[i + 1]
    counted = following.isdigit() or i + 1 in s.spelled or not kinds.isdisjoint(("half", "one", "leadfull"))
    return counted or _next_starts(s, i + 1)


def _next_starts(s: Stream, i: int) -> bool:
    """An article before a period belongs to it: ``la semaine prochaine``, ``l'été``."""
    if s.word(i) == "'":
        i += 1
    return not s.lexes(i).keys().isdisjoint(BEHIND) and s.word(i - 1) in ("la", "le", "l", "'", "the")


def _leads_to_time(s: Stream, i: int) -> bool:
    """Tell whether something that tells a time stands at a piece, or behind words that may lead to it."""
    reach, last, far = i, len(s), i + PAD
    while i <= reach and i < last:
        behind = _behind(s, i)
        if behind is None or i == far:  # the rules look no farther either
            return True
        reach, i = max(reach, behind), i + 1
    return False


def _behind(s: Stream, i: int) -> int | None:
    """Return the last piece that may follow a word which only leads to a time; None if it may tell one."""
    found = s.found[i]
    if found and not found.keys() <= LEADING:
        return None
    said = s.spelled.get(i)
    if said is not None and (said[0] >= LEAST_YEAR or s.closed(said[1]) or said[1] in s.spelled):
        return None  # a day or a year in words; a number that counts what follows is none
    if said is not None or found:
        return max(said[1] if said is not None else 0, *(lex.end for lex in found.values()), i + 1)
    leads = _leads[s.words[i]]
    return None if leads is None else i + leads


@Kept
def _leads(word: str) -> bool | None:
    """Tell whether rules may pass a word or mark that the lexicon does not know; None if it tells a time."""
    if len(word) > LONGEST_KEPT or word[0].isdigit() or owned_unit[word] is not None:
        return None
    return len(word) <= SHORT or not word.isalnum() or word in PASSED or word.lstrip("وبلف") in NOUNS
