"""One thing under all its names: which entry a phrase is the name of, and what else it is called (R04).

1. A phrase is a name when it is one of an entry's aliases in any language, letters compared folded; a
   joined Arabic article or preposition counts as none.
2. Where several entries bear the name, it is nobody's alone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from tansiq.language.entries import Entry, sources
from tansiq.language.folding import key
from tansiq.language.lexicon import cells
from tansiq.language.overlay import Overlay, Row

_COLUMNS: Final = ("ar", "fr", "en", "latin")
_JOINED: Final = re.compile(r"^(?:[وف]?[بلك]?ال|لل)")


class Names:
    """The entries of the knowledge file by each of their names."""

    def __init__(self, local: Overlay = ()) -> None:
        self._entries: dict[str, Entry] = {}
        self._forms: dict[str, tuple[str, ...]] = {}
        self._by_name: dict[str, set[str]] = {}
        for entry, row in sources(local):
            if entry.kind == "person" or entry.canonical in self._entries:
                continue
            self._entries[entry.canonical] = entry
            self._forms[entry.canonical] = forms = _forms(entry, row)
            for form in forms:
                self._by_name.setdefault(_bare(form), set()).add(entry.canonical)

    def entry(self, phrase: str) -> Entry | None:
        """Return the entry that a phrase is the name of, None where it is none's or several entries'."""
        found = self._by_name.get(_bare(phrase), set())
        return self._entries[next(iter(found))] if len(found) == 1 else None

    def forms(self, canonical: str) -> tuple[str, ...]:
        """Return every name of an entry, its canonical one first."""
        return self._forms.get(canonical, ())

    def same(self, one: str, other: str) -> bool:
        """Tell whether two phrases are the same name, or names of the same entry."""
        if _bare(one) == _bare(other):
            return True
        first = self.entry(one)
        return first is not None and first == self.entry(other)


@lru_cache(maxsize=4)
def names(local: Overlay = ()) -> Names:
    """Return the names of the knowledge file, with what officers of a node made of it."""
    return Names(local)


def canonical_of(phrase: str) -> str:
    """Return a form by which a name is compared: its entry's, where the shipped file knows one."""
    found = names().entry(phrase)
    return _bare(phrase) if found is None else found.canonical


def _forms(entry: Entry, row: Row) -> tuple[str, ...]:
    said = (form.split("@")[0].strip() for column in _COLUMNS for form in cells(row.get(column, "")))
    return tuple(dict.fromkeys(f for f in (entry.canonical, *said) if f))


def _bare(phrase: str) -> str:
    """Return a phrase folded, without a joined article at its head."""
    folded = key(phrase)
    return _JOINED.sub("", folded) if len(folded) > 4 else folded
