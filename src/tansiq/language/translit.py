"""Names across scripts: what a word sounds like, written in consonants, the same from Arabic and Latin.

Rules:
1. vowels, hamza and ain fall away; ``و`` and ``ي`` (w, y) count at the start of a word only;
2. sounds that spellings mix stand together: k with kh and q, g with gh and j, s with z and sh, t with th,
   b with p, f with v; where a letter has two readings (ق, ث, ذ, ظ, ch, q), both are kept;
3. doubled consonants count once; an h at the end may be there or not (``ة``, ``Saleh``);
4. joined particles and the article may be part of the word or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import Final

from tansiq.language.folding import ARABIC, LONGEST_KEPT, key

_MANY: Final = 64
_ARABIC: Final[dict[str, str]] = {
    "ب": "b", "ت": "t", "ث": "ts", "ج": "g", "ح": "h", "خ": "k", "د": "d", "ذ": "ds", "ر": "r", "ز": "s",
    "س": "s", "ش": "s", "ص": "s", "ض": "d", "ط": "t", "ظ": "ds", "غ": "g", "ف": "f", "ق": "kg", "ك": "k",
    "ل": "l", "م": "m", "ن": "n", "ه": "h",
}  # fmt: skip
_LATIN: Final[tuple[tuple[str, str], ...]] = (
    (r"^ou(?=[aeiouy])", "w"),
    (r"s?ch", "sk"), ("kh", "k"), ("gh", "g"), ("sh", "s"), ("th", "t"), ("dh", "ds"),
    ("ph", "f"), ("d?j", "g"), ("qu?", "kg"), ("c(?=[eiy])", "s"), ("[ck]", "k"), ("g", "g"), ("[bp]", "b"),
    ("d", "d"), ("[fv]", "f"), ("h", "h"), ("l", "l"), ("m", "m"), ("n", "n"), ("r", "r"), ("[sz]", "s"),
    ("t", "t"), ("x", "x"), ("^w", "w"), ("^y(?=[aeiou])", "y"),
)  # fmt: skip
_SOUND: Final = re.compile("|".join(f"({pattern})" for pattern, _ in _LATIN))
_JOINED: Final = re.compile(r"^(?:[وفبلك]{1,2}(?=\w{3})|(?:[وف]?(?:ال|بال|كال|لل))(?=\w{2}))")


def sounds(word: str) -> frozenset[str]:
    """Return every way in which one word may be written in consonants; none when it holds none."""
    return _sounds(word) if len(word) <= LONGEST_KEPT else _sounds.__wrapped__(word)


@lru_cache(maxsize=32_768)
def _sounds(word: str) -> frozenset[str]:
    return frozenset(found for form in forms(word) for found in _readings(form) if found)


def forms(word: str) -> frozenset[str]:
    """Return a word folded, and without what may be joined before it (rule 4)."""
    plain = key(word)
    return frozenset(_bare(plain) if ARABIC.search(plain) else (plain,))


def _bare(plain: str) -> Iterator[str]:
    yield plain
    if match := _JOINED.match(plain):
        yield plain[match.end() :]
        yield from (plain[n:] for n in (1, 2) if plain[:n] in ("و", "ف", "ب", "ل", "ك", "ال"))


def _readings(form: str) -> Iterator[str]:
    letters = _of_arabic(form) if ARABIC.search(form) else _of_latin(form)
    options = ["ks" if c == "x" else c for c in letters]
    width = 1
    for option in options:
        width *= max(1, len(option))
    ways = product(*options) if width <= _MANY else [tuple(o[0] for o in options)]
    for way in ways:
        whole = re.sub(r"(.)\1+", r"\1", "".join(way))
        yield whole
        if whole.endswith("h") and len(whole) > 2:
            yield whole[:-1]


def _of_arabic(form: str) -> list[str]:
    found = [_ARABIC[c] for c in form if c in _ARABIC]
    first = {"و": "w", "ي": "y"}.get(form[:1])
    return [first, *found] if first else found


def _of_latin(form: str) -> list[str]:
    return [_LATIN[(m.lastindex or 1) - 1][1] for m in _SOUND.finditer(form)]
