"""A text cut where spans begin and end, so that a page can mark the words each field came from.

1. The pieces together are the text, character for character.
2. The pieces that carry a span's name, together, are exactly its words; spans may overlap.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a text by name: code points from ``start`` up to, not including, ``end``."""

    name: str
    start: int
    end: int


def runs(text: str, spans: Iterable[Span]) -> list[tuple[str, tuple[str, ...]]]:
    """Return (piece, names of the spans over it) in reading order, for the part ``beside``.

    Spans that are empty or reach outside the text are cut to it; what is left of nothing is left out.
    """
    inside = [
        Span(span.name, max(span.start, 0), min(span.end, len(text)))
        for span in spans
        if max(span.start, 0) < min(span.end, len(text))
    ]
    edges = sorted({0, len(text), *(s.start for s in inside), *(s.end for s in inside)})
    opening, ending = _at_each(inside, "start"), _at_each(inside, "end")
    over: dict[int, str] = {}
    found = []
    for start, end in pairwise(edges):
        for number in ending.get(start, ()):
            del over[number]
        over |= {number: inside[number].name for number in opening.get(start, ())}
        found.append((text[start:end], tuple(over[number] for number in sorted(over))))
    return found


def _at_each(spans: list[Span], edge: Literal["start", "end"]) -> dict[int, list[int]]:
    """Return which spans, by their numbers, begin or end at each place."""
    found: dict[int, list[int]] = {}
    for number, span in enumerate(spans):
        found.setdefault(span.start if edge == "start" else span.end, []).append(number)
    return found
