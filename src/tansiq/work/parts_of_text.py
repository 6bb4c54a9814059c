"""How a text is cut into blocks, and in which part each thing of its draft stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tansiq.intake.shape import Span
from tansiq.work.intake_file import IntakeFile, Item, Split, items

_LONG: Final = 600
_LINE: Final = re.compile(r"[^\n]*\S[^\n]*")
_SENTENCE: Final = re.compile(r".+?(?:[.!?؟]+(?=\s)|$)", re.S)
_NAMED: Final = ("actors", "places", "title", "occurred", "place", "obtained")


def blocks(text: str) -> tuple[Span, ...]:
    """Return the blocks of a text in order (rule 1)."""
    return tuple(_blocks(text))


def split_of(file: IntakeFile) -> Split:
    """Return how a text is cut; every block in no part where nobody cut it yet."""
    count = len(blocks(file.text))
    held = file.split
    return held if held is not None and len(held.assigned) == count else Split((0,) * count)


def where(file: IntakeFile) -> dict[str, int]:
    """Return item → its part; 0 = in none, -1 = over several (``split_text``, rule 2). Names are left out."""
    split, cut = split_of(file), blocks(file.text)
    return {i.address: _part(i, split, cut) for i in items(file) if i.group not in _NAMED}


def signed(file: IntakeFile) -> frozenset[str]:
    """Return the addresses of items that are signed in a part (``split_text``, rule 4)."""
    if file.split is None or not file.split.records:
        return frozenset()
    return frozenset(a for a, n in where(file).items() if str(n) in file.split.records)


def _part(item: Item, split: Split, cut: tuple[Span, ...]) -> int:
    over = {
        split.assigned[n]
        for n, (start, end) in enumerate(cut)
        for s, e in item.spans
        if s < end and start < e
    }
    return over.pop() if len(over) == 1 else -1 if over else 0


def _blocks(text: str) -> Iterator[Span]:
    for line in _LINE.finditer(text):
        start, end = line.span()
        if end - start <= _LONG:
            yield start, end
            continue
        for sentence in _SENTENCE.finditer(text, start, end):
            if sentence.group().strip():
                yield sentence.span()
