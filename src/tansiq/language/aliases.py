"""One thing under all its names: which entry a phrase is the name of, and what else it is called (R04).

1. A phrase is a name when it is one of an entry's aliases in any language, letters compared folded; a
   joined Arabic article or preposition counts as none.
2. Where several entries bear the name, it is nobody's alone.
3. A search is wider than reading: short and context-bound names (``search_names.psv``), and a phrase behind
   'this', lead to what they stand for in reports of the region, beside whatever else bears the name.
4. A month with its year is one month under the names of every calendar and language.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from tansiq.language.entries import Entry, sources
from tansiq.language.folding import key
from tansiq.language.lexicon import cells, rows
from tansiq.language.overlay import Overlay, Row

_COLUMNS: Final = ("ar", "fr", "en", "latin")
_THIS: Final = re.compile(r"^(?:هذه|هذا|هاته|تلك|ذلك|cette?|ce|this|that|the|la|le|les|l')[ ]*")
_MONTH: Final = re.compile(r"^(.+?) ([12][0-9]{3})$")
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

    def searched(self, phrase: str) -> tuple[Entry, ...]:
        """Return what a search for a phrase is after, the likeliest first (rule 3)."""
        found: list[str] = []
        for said in dict.fromkeys((key(phrase), _THIS.sub("", key(phrase)))):
            if (likely := _search_names().get(_bare(said))) is not None:
                found.append(likely)
            found += sorted(self._by_name.get(_bare(said), ()))
        return tuple(self._entries[c] for c in dict.fromkeys(found) if c in self._entries)

    def forms(self, canonical: str) -> tuple[str, ...]:
        """Return every name of an entry, its canonical one first."""
        return self._forms.get(canonical, ())

    def same(self, one: str, other: str) -> bool:
        """Tell whether two phrases are the same name, or names of the same entry."""
        return not self.marks(one).isdisjoint(self.marks(other))

    def marks(self, phrase: str) -> frozenset[str]:
        """Return what a phrase shares with every other name of the same thing, and with no other phrase."""
        bare = _bare(phrase)
        known = self._by_name.get(bare, set())
        return frozenset((bare, *(f"={canonical}" for canonical in known if len(known) == 1)))


@lru_cache(maxsize=4)
def names(local: Overlay = ()) -> Names:
    """Return the names of the knowledge file, with what officers of a node made of it."""
    return Names(local)


def month_names(phrase: str) -> tuple[str, ...]:
    """Return a month with its year under all its names; none where a phrase is no such month (rule 4)."""
    found = _MONTH.match(key(phrase))
    if found is None:
        return ()
    for row in rows("times.psv"):
        if row["kind"] == "month":
            words = cells(row["words"])
            if found[1] in {key(w) for w in words}:
                return tuple(f"{w} {found[2]}" for w in words)
    return ()


@cache
def _search_names() -> dict[str, str]:
    return {_bare(w): r["canonical"] for r in rows("search_names.psv") for w in cells(r["words"])}


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
