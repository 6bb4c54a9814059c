"""Which words of a question the text index is asked for, and which are looked for in the text of a record.

1. FTS5 walks the places of every word it is asked for, also of a word that stands almost everywhere. Where
   another word of the question is much rarer, the common one is looked for only in what the rare ones have
   found and the reader may read.
2. The shares come from the newest texts and may be a little old: the choice changes no answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import select

from tansiq.search.view import View
from tansiq.store.reading import RecordsReading
from tansiq.store.tables import texts

SAMPLE: Final = 200
"""Texts from which the share of a word is estimated."""
SAMPLED_EVERY: Final = 1024
"""Log entries after which they are read anew."""
COMMON: Final = 0.3
"""The share from which a word counts as common. To walk one place costs 30 ns, to look up a record 500 ns."""
RARER: Final = 8
"""How many times rarer the rarest word has to be."""
CHECKED_LIMIT: Final = 4
"""Words at most that are looked for in the text."""


def parted(rx: RecordsReading, view: View, asked: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words for the index (at least one) and those for the text, which PostgreSQL never needs."""
    if len(asked) < 2 or not rx.core.sqlite:
        return tuple(asked), ()
    state = rx.log_head()[0] // SAMPLED_EVERY
    checked = common(asked, view.store.memo.get(frozenset(), state, "word shares", lambda: _shares(rx)))
    return tuple(word for word in asked if word not in checked), checked


def common(asked: Sequence[str], shares: Mapping[str, float]) -> tuple[str, ...]:
    """Return the words that are common beside the rarest one, the commonest first."""
    rarest = max(min(shares.get(word, 0.0) for word in asked), 1 / SAMPLE)
    often = [word for word in asked if shares.get(word, 0.0) >= max(COMMON, RARER * rarest)]
    return tuple(sorted(often, key=lambda word: -shares[word])[:CHECKED_LIMIT])


def _shares(rx: RecordsReading) -> dict[str, float]:
    rows = rx.all(select(texts.c.terms).order_by(texts.c.pos.desc()).limit(SAMPLE))
    found: Counter[str] = Counter()
    for row in rows:
        found.update(set(row.terms.split(" ")))
    return {word: number / len(rows) for word, number in found.items()}
