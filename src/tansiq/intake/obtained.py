"""How a text says it came by what it reports: a proposal with its words, never a finding.

1. What speaks of a detained person's words is proposed as such, whatever else the text says: that is the
   error which harms most. Signs of torture are shown by themselves; taint is for an officer to find.
2. Otherwise the first sign counts. Without any, what an outlet published is open; all else is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from tansiq.intake.shape import ChainEntry, Span
from tansiq.language.lexicon import cells, rows
from tansiq.language.phrases import Phrases, phrases

VALUES: Final = ("open", "liaison", "own", "technical", "detainee", "unknown")
OUTLETS: Final = frozenset({"newspaper", "agency", "broadcaster"})
_TORTURE: Final = "torture"


@dataclass(frozen=True, slots=True)
class ComeBy:
    """What is proposed, the words it rests on, and the words that speak of torture."""

    value: str
    spans: tuple[Span, ...] = ()
    torture: tuple[Span, ...] = ()


@cache
def _signs() -> Phrases:
    listed: dict[str, list[str]] = {}
    for row in rows("obtained.psv"):
        listed[row["value"]] = [form for lang in ("ar", "fr", "en") for form in cells(row[lang])]
    return phrases(listed)


def come_by(text: str, chain: Iterable[ChainEntry] = ()) -> ComeBy:
    """Return how a text seems to have come by what it says."""
    met = [(one.name, (one.start, one.end)) for one in _signs().find(text)]
    torture = tuple(span for name, span in met if name == _TORTURE)
    detained = tuple(span for name, span in met if name == "detainee")
    if detained or torture:
        return ComeBy("detainee", (*detained, *torture)[:3], torture)
    if met:
        return ComeBy(met[0][0], (met[0][1],))
    outlets = [entry.span for entry in chain if entry.kind in OUTLETS]
    return ComeBy("open", tuple(outlets[:1])) if outlets else ComeBy("unknown")
