"""What the officers of a node made of the knowledge file: differences from what is shipped, never copies.

1. A change names an entry and says what differs: names added, names dropped, another point, withdrawn. What
   it does not say stays as shipped, so a new version of the shipped file and the change meet in one entry.
2. A change of an entry that is not shipped is an entry of its own.
3. Nobody lists a person: the kinds of a change are those of ``KINDS``.
4. A cautious change is taken for the name only where public affairs surround it (``homographs``, rule 3).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal, get_args

import msgspec

from tansiq.language.folding import key
from tansiq.language.homographs import Rule
from tansiq.language.lexicon import cells

Kind = Literal[
    "state", "place", "armed_group", "non_state_party", "criminal_network", "intergovernmental",
    "military_unit", "person", "org", "community",
]  # fmt: skip
KINDS: Final[tuple[Kind, ...]] = tuple(k for k in get_args(Kind) if k not in ("person", "state"))
"""Kinds that an officer may add: no persons, and states come with the program alone."""
LANGUAGES: Final = ("ar", "fr", "en")
E7: Final = 10_000_000
Row = Mapping[str, str]
"""The cells of one row by their columns."""


class LocalEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """How one entry differs here; names without the marks of the files. None = as shipped.

    ``precision_m`` in metres; ``note`` is for officers and decides nothing.
    """

    canonical: str
    kind: Kind
    country: str | None = None
    ar: tuple[str, ...] = ()
    fr: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    lat_e7: int | None = None
    lon_e7: int | None = None
    precision_m: int | None = None
    note: str = ""
    cautious: bool = False
    withdrawn: bool = False

    def added(self, lang: str) -> tuple[str, ...]:
        """Return the names added in ar, fr or en."""
        return {"ar": self.ar, "fr": self.fr}.get(lang, self.en)


Overlay = tuple[LocalEntry, ...]


def merged(row: Row, change: LocalEntry) -> Row:
    """Return a shipped row with the change applied (rule 1)."""
    gone = {key(name) for name in change.dropped}
    mended = dict(row)
    for lang in LANGUAGES:
        column = lang if lang in row else "latin"
        kept = [c for c in cells(mended.get(column, "")) if key(c.partition("@")[0]) not in gone]
        held = {key(c.partition("@")[0]) for c in kept}
        mended[column] = ";".join([*kept, *(n for n in change.added(lang) if key(n) not in held)])
    return mended | _point(change)


def own_row(change: LocalEntry) -> Row:
    """Return the row of an entry that is this node's own (rule 2)."""
    names = {lang: ";".join(change.added(lang)) for lang in LANGUAGES}
    head = {"canonical": change.canonical, "cc": change.country or "", "kind": change.kind, "flags": ""}
    return head | names | _point(change)


def _point(change: LocalEntry) -> dict[str, str]:
    said: dict[str, str] = {}
    if change.lat_e7 is not None and change.lon_e7 is not None:
        said = {"lat": str(change.lat_e7 / E7), "lon": str(change.lon_e7 / E7)}
    if change.precision_m is not None:
        said["precision_m"] = str(change.precision_m)
    return said


def cautious(local: Iterable[LocalEntry]) -> dict[str, Rule]:
    """Return the rules of names that officers marked as words too (rule 4)."""
    rule = Rule("in_context", frozenset(), frozenset(), frozenset())
    return {
        key(name): rule
        for change in local
        if change.cautious and not change.withdrawn
        for lang in LANGUAGES
        for name in change.added(lang)
    }
