"""The entries of the knowledge file, as shipped and as the officers of a node left them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from tansiq.language.lexicon import cells, rows
from tansiq.language.overlay import Kind, Overlay, Row, merged, own_row

KIND_OF_PLACE: Final = "place"
FILES: Final = {"states.psv": "state", "places.psv": KIND_OF_PLACE, "actors.psv": "", "holders.psv": "person"}
"""Files of entries with the kind of all of them; blank = each says its own."""


class Entry(msgspec.Struct, frozen=True):
    """One thing that has a name. ``lat``/``lon`` in degrees, ``precision_m`` in metres, years inclusive."""

    canonical: str
    kind: Kind
    country: str | None
    ar: str
    fr: str
    en: str
    flags: frozenset[str] = frozenset()
    lat: float | None = None
    lon: float | None = None
    precision_m: int | None = None
    office: str | None = None
    since: int | None = None
    until: int | None = None
    capital: str | None = None

    def flag(self, name: str) -> str | None:
        """Return what stands after ``name:`` among the flags, "" for a bare flag, None without it."""
        for flag in self.flags:
            head, _, rest = flag.partition(":")
            if head == name:
                return rest
        return None

    def display(self, lang: str) -> str:
        """Return the name to show in ar, fr or en."""
        return {"ar": self.ar, "fr": self.fr}.get(lang, self.en) or self.canonical


def _number(cell: str | None) -> float | None:
    return float(cell) if cell else None


def _year(cell: str | None) -> int | None:
    return int(cell) if cell else None


def _first(cell: str) -> str:
    return next(iter(cells(cell)), "").split("@")[0]


def entry_of(row: Row, kind: str) -> Entry:
    """Return the entry that the cells of a row say."""
    latin = row.get("latin", "")
    return Entry(
        canonical=row["canonical"],
        kind=msgspec.convert(kind, Kind),
        country=row.get("cc") or row.get("iso") or None,
        ar=_first(row["ar"]),
        fr=_first(row.get("fr", latin)) or row["canonical"],
        en=_first(row.get("en", latin)) or row["canonical"],
        flags=frozenset(cells(row.get("flags", ""))),
        lat=_number(row.get("lat")),
        lon=_number(row.get("lon")),
        precision_m=_year(row.get("precision_m")) or (300_000 if kind == "state" else None),
        office=row.get("office"),
        since=_year(row.get("since")),
        until=_year(row.get("until")),
        capital=row.get("capital") or None,
    )


def shipped() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield the file, the kind and the cells of every entry that came with the program."""
    for file, kind in FILES.items():
        for row in rows(file):
            yield file, kind or row["kind"], row


def sources(local: Overlay = ()) -> Iterator[tuple[Entry, Row]]:
    """Yield every entry with its cells: the shipped ones as a node's officers left them, then their own."""
    changes = {each.canonical: each for each in local}
    for _, kind, row in shipped():
        change = changes.pop(row["canonical"], None) if kind != "person" else None
        if change is None:
            yield entry_of(row, kind), row
        elif not change.withdrawn:
            mended = merged(row, change)
            yield entry_of(mended, kind), mended
    for change in changes.values():
        if not change.withdrawn:
            own = own_row(change)
            yield entry_of(own, change.kind), own
