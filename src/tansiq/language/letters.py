"""How much an Arabic-script word looks like a foreign name by its letters alone.

A word of Arabic is built on roots and patterns; a foreign name in Arabic letters spells out its vowels and
joins letters that no root joins. ``letters.psv`` holds, for each two letters, what the third one says: the
logarithm of how much likelier it is in a name than in a word, in tenths (``tools/list_foreign_names.py``).
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from tansiq.language.lexicon import rows

OPENING: Final = "^^"
END: Final = "$"
TENTHS: Final = 10
KEPT: Final = 32_768
LONGEST: Final = 24


@cache
def _weights() -> dict[str, int]:
    """Return three letters → their weight, two letters → the weight of any third that is not listed."""
    found: dict[str, int] = {}
    for row in rows("letters.psv"):
        for cell in row["weights"].split(";"):
            found[row["before"] + cell[:1].strip("*")] = int(cell[1:])
    return found


@lru_cache(maxsize=KEPT)
def foreign(word: str) -> float:
    """Return how foreign a folded Arabic word is: about 1 for most foreign names, −1 for most words."""
    weights = _weights()
    spelled = f"{OPENING}{word[:LONGEST]}{END}"
    grams = (spelled[at : at + 3] for at in range(len(spelled) - 2))
    total = sum(weights.get(g, weights.get(g[:2], 0)) for g in grams)
    return total / (TENTHS * (min(len(word), LONGEST) + 1))
