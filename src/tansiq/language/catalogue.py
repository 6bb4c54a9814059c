"""The knowledge file as people read it: every entry with all its names, where it comes from, what rules it.

Holders of public office are not in it: persons are no entries that anybody browses or edits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from tansiq.language.entries import Entry, entry_of, shipped
from tansiq.language.folding import key
from tansiq.language.homographs import homographs
from tansiq.language.lexicon import cells
from tansiq.language.overlay import LANGUAGES, LocalEntry, Overlay, Row, merged, own_row

Origin = Literal["shipped", "changed", "own", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Item:
    """One entry; ``names`` by language as they stand here, ``file`` is blank for an entry of this node."""

    entry: Entry
    origin: Origin
    names: dict[str, tuple[str, ...]]
    as_shipped: dict[str, tuple[str, ...]]
    file: str
    change: LocalEntry | None = None

    @property
    def ruled(self) -> tuple[tuple[str, str], ...]:
        """Names that are words too, each with its rule."""
        rules = homographs()
        held = (name for lang in LANGUAGES for name in self.names[lang])
        return tuple((n, rules[key(n)].name) for n in dict.fromkeys(held) if key(n) in rules)


@lru_cache(maxsize=2)
def catalogue(local: Overlay = ()) -> dict[str, Item]:
    """Return every entry by its canonical name, states first, then places, actors and the node's own."""
    return {item.entry.canonical: item for item in _items(local)}


@lru_cache(maxsize=2)
def spellings(local: Overlay = ()) -> dict[str, str]:
    """Return the folded names that stand here, office-holders' too, each with whose it is."""
    found = {key(n): item.entry.canonical for item in catalogue(local).values() if item.origin != "withdrawn"
             for lang in LANGUAGES for n in item.names[lang]}  # fmt: skip
    for _, kind, row in shipped():
        if kind == "person":
            found |= {key(name): PERSON for lang in ("ar", "latin") for name in _names(row, lang)}
    return found


PERSON = "person"
"""Whose a name is that an office-holder bears."""


def _items(local: Overlay) -> Iterator[Item]:
    changes = {each.canonical: each for each in local}
    for file, kind, row in shipped():
        if kind == "person":
            continue
        change = changes.pop(row["canonical"], None)
        now = row if change is None else merged(row, change)
        origin: Origin = "shipped" if change is None else "withdrawn" if change.withdrawn else "changed"
        yield Item(entry_of(now, kind), origin, _all(now), _all(row), file, change)
    for change in changes.values():
        own = own_row(change)
        origin = "withdrawn" if change.withdrawn else "own"
        yield Item(entry_of(own, change.kind), origin, _all(own), dict.fromkeys(LANGUAGES, ()), "", change)


def _all(row: Row) -> dict[str, tuple[str, ...]]:
    return {lang: _names(row, lang) for lang in LANGUAGES}


def _names(row: Row, lang: str) -> tuple[str, ...]:
    return tuple(cell.partition("@")[0] for cell in cells(row.get(lang, "")))
