"""Reading the knowledge files: rows, cells and tables of folded words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import groupby
from operator import itemgetter

from tansiq.language.folding import key


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a knowledge file, column → cell. The first line names the columns."""
    text = files("tansiq.language").joinpath("knowledge", name).read_text(encoding="utf8")
    head, *lines = text.splitlines()
    columns = head.split("|")
    for line in lines:
        if line and not line.startswith("#"):
            yield dict(zip(columns, line.split("|"), strict=True))


def cells(cell: str) -> list[str]:
    """Return the parts of a cell."""
    return [part.strip() for part in cell.split(";") if part.strip()]


@cache
def table(name: str, kind: str) -> dict[str, str]:
    """Return the folded words of one kind in a file of ``kind|value|words``, each with its value."""
    return {key(w): r["value"] for r in rows(name) if r["kind"] == kind for w in cells(r["words"])}


@cache
def stopwords() -> frozenset[str]:
    """Return the small words of the three languages, folded."""
    return frozenset(key(w) for row in rows("stopwords.psv") for w in cells(row["words"]))


def numbered(name: str, kind: str) -> dict[str, int]:
    """Return a table whose values are whole numbers."""
    return {word: int(value) for word, value in table(name, kind).items()}


def any_of(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest first; words that begin alike share it.

    A pattern of hundreds of words is tried at every letter of a text: so few branches are looked at there.
    """
    return _branches(sorted(set(words)))


def _branches(words: list[str]) -> str:
    """Return the alternatives of sorted words by their first letter, longer ones first."""
    parts = []
    for _, alike in groupby((w for w in words if w), key=itemgetter(0)):
        group = list(alike)
        size = _shared(group[0], group[-1])
        rest = _branches([w[size:] for w in group])
        ends = "?" if rest and size == len(group[0]) else ""  # one of them is what they share
        parts.append(re.escape(group[0][:size]) + (f"(?:{rest}){ends}" if rest else ""))
    return "|".join(parts)


def _shared(first: str, last: str) -> int:
    """Return how many letters two words share at their beginning."""
    pairs = enumerate(zip(first, last, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(first), len(last)))


def holding(pattern: re.Pattern[str], text: str, *needs: str) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern of which each holds one of ``needs``; without them nothing is searched.

    Looking for a few letters is hundreds of times cheaper than trying a pattern at every place.
    """
    return pattern.finditer(text) if any(need in text for need in needs) else iter(())


def hidden(reasons: str, without: frozenset[str]) -> bool:
    """Tell whether every document that made us add a thing (comma-separated) is among ``without``."""
    names = {r for r in reasons.split(",") if r}
    return bool(names) and names <= without
