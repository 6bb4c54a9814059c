"""Lists, search and counts: what a reader may see, and nothing else.

1. Every query holds the permitted labels and ``until > now``; nothing is filtered afterwards, so no page is
   shorter, no count larger and no cursor other because of what is hidden.
2. Newest first. A page that holds all hits is ranked: titles before texts.
3. What stands under a protected compartment is not in the shared index (``search.sealed``).
4. What stands aside for a reader (``View.aside``) is in none of his lists, searches and counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import merge
from typing import Any, Final, Literal

import sqlalchemy as sa

from tansiq.model.kind import CATALOGUE
from tansiq.search import statements as sql
from tansiq.search.sealed import sealed_hits, shown_row
from tansiq.search.view import Cursor, Page, Row, View, before_of
from tansiq.search.words import parted
from tansiq.store.current import POS_END
from tansiq.store.reading import RecordsReading
from tansiq.store.text import asked_terms, quoted

QUESTION: Final = 200
COUNT_LIMIT: Final = 1000
"""Hits of a text search are counted up to here."""
STATS_EVERY: Final = 1024
"""Log entries after which the shares that choose a strategy are worked out anew."""

UNLISTED: Final = frozenset({"receipt/1", "purge-proof/1"})
"""What nodes tell each other of records, those included that a reader may not know of: they stand with the
record they speak of, never in a list."""

_NONE: Final = ("",)

Tally = tuple[str, str, str, int]
"""Kind, originator, language, number of records."""


Strategy = Literal["scan", "kinds", "labels"]
"""Begin with the newest record, with the kinds' index, or with the labels' index."""


@dataclass(frozen=True, slots=True)
class Costs:
    """How many records there are by kind: those the reader may read, and all."""

    readable: Mapping[str, int]
    every: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to. ``kinds`` empty = all that people write."""

    kinds: tuple[str, ...] = ()
    originator: str | None = None
    lang: str | None = None
    since_ms: int | None = None

    def shape(self, sqlite: bool, *, aside: bool = False) -> sql.Shape:
        """Return the conditions that these filters need."""
        machine = any(tag not in CATALOGUE or CATALOGUE[tag].system for tag in self.kinds)
        return sql.Shape(
            sqlite,
            kinds=bool(self.kinds),
            system=machine,
            originator=self.originator is not None,
            lang=self.lang is not None,
            since=self.since_ms is not None,
            aside=aside,
        )

    @property
    def parameters(self) -> dict[str, object]:
        """Return the values for the conditions."""
        return {
            "originator": self.originator,
            "lang": self.lang,
            "since_ms": self.since_ms,
            "kinds": list(self.kinds),
        }

    def takes(self, tally: Tally) -> bool:
        """Whether a kept count falls under these filters."""
        kind, originator, lang, _ = tally
        return (
            (not self.kinds or kind in self.kinds)
            and self.originator in (None, originator)
            and self.lang in (None, lang)
        )


def list_records(
    rx: RecordsReading,
    view: View,
    *,
    kind: str | None = None,
    family: str | None = None,
    text: str | None = None,
    originator: str | None = None,
    lang: str | None = None,
    since: int | None = None,
    limit: int = 50,
    after: Cursor | None = None,
) -> Page:
    """Return a page of records, newest first; ``kind`` by name or tag, ``since`` in ms, ``text`` = search."""
    filters = Filters(kinds_of(kind, family), originator, lang, since)
    if not view.permitted or (family and not filters.kinds):
        return Page((), None)
    before = before_of(rx, after)
    if text is not None and text.strip():
        return _found(rx, view, filters, text, limit, before)
    return _page(rx, _newest(rx, view, filters, limit + 1, before), limit)


def find(rx: RecordsReading, view: View, text: str, *, limit: int = 50, after: Cursor | None = None) -> Page:
    """Return a page of the records that hold every term of ``text``."""
    return list_records(rx, view, text=text, limit=limit, after=after) if text.strip() else Page((), None)


def find_any(
    rx: RecordsReading, view: View, texts: Sequence[str], *, kind: str | None = None, limit: int = 50
) -> Page:
    """Return the newest records that hold every term of one of the texts (several names of one thing)."""
    filters = Filters(kinds_of(kind, None))
    if not view.permitted:
        return Page((), None)
    found: dict[int, sa.Row[Any]] = {}
    for asked in _narrowed(texts):
        found |= {int(row.pos): row for row in _hits(rx, view, filters, asked, limit, POS_END)}
    return _page(rx, [found[pos] for pos in sorted(found, reverse=True)], limit)


def _narrowed(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the terms of each text, without those that hold all the terms of another."""
    each = dict.fromkeys(asked for text in texts if (asked := asked_terms(text)))
    return [asked for asked in each if not any(set(other) < set(asked) for other in each)]


def count(
    rx: RecordsReading,
    view: View,
    *,
    kind: str | None = None,
    family: str | None = None,
    text: str | None = None,
    originator: str | None = None,
    lang: str | None = None,
    since: int | None = None,
) -> int:
    """Return how many records a list would show in all; hits of a text search up to COUNT_LIMIT."""
    filters = Filters(kinds_of(kind, family), originator, lang, since)
    if not view.permitted or (family and not filters.kinds):
        return 0
    if text is not None and text.strip():
        return min(len(_hits(rx, view, filters, asked_terms(text), COUNT_LIMIT, POS_END)), COUNT_LIMIT)
    shape = filters.shape(rx.core.sqlite, aside=bool(view.aside))
    if shape.since or shape.system:
        return int(rx.value(sql.counted(shape), **view.parameters, **filters.parameters))
    return sum(tally[3] for tally in readable_tallies(rx, view) if filters.takes(tally))


def kinds_of(kind: str | None, family: str | None) -> tuple[str, ...]:
    """Return the tags of a kind (every version of a bare name) or of a family; what is unlisted is none."""
    if kind is not None:
        named = tuple(t for t, k in CATALOGUE.items() if kind in (t, k.name)) or (kind,)
        return tuple(t for t in named if t not in UNLISTED) or _NONE
    return (
        tuple(t for t, k in CATALOGUE.items() if k.family == family and t not in UNLISTED) if family else ()
    )


def readable_tallies(rx: RecordsReading, view: View) -> tuple[Tally, ...]:
    """Return the exact counts of what may be read now, by kind, originator and language."""
    state = rx.log_head()[0]
    kept = view.store.memo.get(view.permitted, state, "tallies", lambda: _tallies(rx, view))
    over = {
        tuple(row[:3]): int(row[3]) for row in rx.conn.execute(sql.ended(rx.core.sqlite), view.parameters)
    }
    if view.aside:
        for row in rx.conn.execute(sql.set_aside(rx.core.sqlite), view.parameters):
            over[tuple(row[:3])] = over.get(tuple(row[:3]), 0) + int(row[3])
    left = ((k, o, g, n - over.get((k, o, g), 0)) for k, o, g, n in kept)
    return tuple(tally for tally in left if tally[3] > 0)


def kinds_held(rx: RecordsReading, view: View) -> frozenset[str]:
    """Return the tags of which the kept counts know a record under the permitted labels, ended ones too.

    The machine's own kinds are not counted. The head's hash is part of the question: a number of the log that
    a transaction gave up is given anew.
    """
    number, head = rx.log_head()

    def held() -> frozenset[str]:
        return frozenset(kind for kind, _, _, n in _tallies(rx, view) if n > 0)

    return view.store.memo.get(view.permitted, number, ("kinds", head), held)


def _tallies(rx: RecordsReading, view: View) -> tuple[Tally, ...]:
    rows = rx.conn.execute(sql.tallied(rx.core.sqlite), view.parameters)
    return tuple((kind, originator, lang, int(number)) for kind, originator, lang, number in rows)


def _newest(
    rx: RecordsReading, view: View, filters: Filters, limit: int, before: int
) -> Sequence[sa.Row[Any]]:
    shape = filters.shape(rx.core.sqlite, aside=bool(view.aside))
    given = {**view.parameters, **filters.parameters, "before": before, "limit": limit}
    match cheapest(_costs(rx, view), filters, limit):
        case "scan":
            return rx.all(sql.scan(shape), **given)
        case "labels":
            return rx.all(sql.sparse(shape), **given)
        case "kinds":
            each = [rx.all(sql.of_kind(shape), **given, kind=tag) for tag in filters.kinds]
            return list(merge(*each, key=lambda row: -row.pos))[:limit]


def cheapest(costs: Costs, filters: Filters, limit: int) -> Strategy:
    """Return the strategy that looks at the fewest rows; asking once more counts as QUESTION rows."""
    readable, total = sum(costs.readable.values()), sum(costs.every.values())
    kinds = filters.kinds or tuple(costs.every)
    found: dict[Strategy, float] = {
        "labels": float(readable),
        "scan": _rows(total, sum(costs.readable.get(kind, 0) for kind in kinds), limit),
    }
    if filters.kinds:
        each = (_rows(costs.every.get(k, 0), costs.readable.get(k, 0), limit) + QUESTION for k in kinds)
        found["kinds"] = sum(each)
    return min(found, key=lambda name: found[name])


def _rows(total: int, wanted: int, limit: int) -> float:
    """Return how many of ``total`` rows are looked at until ``limit`` of the wanted ones are found."""
    return float(total) if wanted <= limit else total * limit / wanted


def _costs(rx: RecordsReading, view: View) -> Costs:
    """Return the counts that choose a strategy: a little old, for the choice changes no answer."""
    state = rx.log_head()[0] // STATS_EVERY
    kept = view.store.memo.get(view.permitted, state, "kinds", lambda: _by_kind(_tallies(rx, view)))
    every = view.store.memo.get(frozenset(), state, "all kinds", lambda: _by_kind(rx.all(sql.TALLIES)))
    return Costs(kept, every)


def _by_kind(rows: Iterable[Sequence[Any]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        found[row[0]] = found.get(row[0], 0) + int(row[-1])
    return found


def _found(rx: RecordsReading, view: View, filters: Filters, text: str, limit: int, before: int) -> Page:
    asked = asked_terms(text)
    page = _page(rx, _hits(rx, view, filters, asked, limit, before), limit)
    if page.next is not None or before != POS_END:
        return page
    return Page(tuple(_ranked(page.rows, asked)), None, ranked=True)


def _hits(
    rx: RecordsReading, view: View, filters: Filters, asked: Sequence[str], limit: int, before: int
) -> Sequence[sa.Row[Any]]:
    """Return one row more than the limit, where there are so many."""
    if not asked:
        return ()
    shape = filters.shape(rx.core.sqlite, aside=bool(view.aside))
    given = {**view.parameters, **filters.parameters, "before": before, "limit": limit + 1}
    walked, checked = parted(rx, view, asked)
    words = {f"word_{n}": f" {word} " for n, word in enumerate(checked)}
    matching = sql.matching(replace(shape, words=len(checked)))
    rows = rx.all(matching, **given, **words, match=quoted(walked, sqlite=rx.core.sqlite))
    if not rx.core.keys:
        return rows
    hidden = sealed_hits(rx, sql.sealed(shape), given, asked, view.sealed)
    return sorted((*rows, *hidden), key=lambda row: -int(row.pos))[: limit + 1]


def _ranked(rows: Sequence[Row], asked: Sequence[str]) -> Iterator[Row]:
    """Rank by how many of the terms stand in the title; equal ones stay newest first."""
    yield from sorted(rows, key=lambda row: -len(set(asked) & set(asked_terms(row.title))))


def _page(rx: RecordsReading, rows: Sequence[sa.Row[Any]], limit: int) -> Page:
    shown = tuple(shown_row(rx, row) for row in rows[:limit])
    more = len(rows) > limit
    return Page(shown, Cursor(shown[-1].created_ms, shown[-1].id) if more and shown else None)
