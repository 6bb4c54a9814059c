"""Reading the knowledge files: rows, cells and tables of folded words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

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


def numbered(name: str, kind: str) -> dict[str, int]:
    """Return a table whose values are whole numbers."""
    return {word: int(value) for word, value in table(name, kind).items()}


def any_of(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def hidden(reasons: str, without: frozenset[str]) -> bool:
    """Tell whether every document that made us add a thing (comma-separated) is among ``without``."""
    names = {r for r in reasons.split(",") if r}
    return bool(names) and names <= without
