"""The knowledge file: states, bodies, groups, places and office-holders, with their names in ar, fr, en.

Rules of matching (INTAKE L2):
1. names are compared folded (``normalise``); a name may carry the joined Arabic particles
   ``(و|ف)?(ب|ك|ل)?`` and, if it starts with the article, its form after ``ل`` (``للجزائر``);
2. an adjective of nationality may carry the article as well and stands for its state;
3. a Latin name keeps its capital unless the entry says otherwise; a short acronym stays an acronym;
4. of names that overlap, the longest wins; homographs are decided by their neighbours (``homographs.psv``);
5. an alias or entry that was added because of one document can be hidden (``without``), so that a figure
   can be measured as if that document had never been read.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cache, cached_property, lru_cache
from typing import Final

import msgspec
from ahocorasick_rs import AhoCorasick

from tansiq.language.entries import KIND_OF_PLACE, Entry, sources
from tansiq.language.folding import ARABIC, Folded, key
from tansiq.language.homographs import Surroundings, homographs
from tansiq.language.lexicon import cells, hidden, rows
from tansiq.language.overlay import Kind, Overlay, cautious
from tansiq.language.spans import disjoint


class Alias(msgspec.Struct, frozen=True):
    """One spelling of one entry; ``adjective`` marks a nationality; ``article`` allows a joined article."""

    entry: Entry
    text: str
    plain: str
    pattern: str
    adjective: bool = False
    lam: bool = False


class Mention(msgspec.Struct, frozen=True, gc=False):
    """An alias found at folded ``[start, end)``; ``prefix`` holds the particles joined before it."""

    start: int
    end: int
    alias: Alias
    prefix: str

    @property
    def entry(self) -> Entry:
        return self.alias.entry


__all__ = ["KIND_OF_PLACE", "Alias", "Entry", "Gazetteer", "Kind", "Mention", "gazetteer", "name_parts"]

KEPT: Final = 8
"""So many compiled forms are kept: the shipped one, those of measurements, the last of an office's own."""

PARTICLES: Final = frozenset(c + p for c in ("", "و", "ف") for p in ("", "ب", "ك", "ل")) | frozenset({"أ"})
ARTICLES: Final = frozenset(
    c + p for c in ("", "و", "ف") for p in ("", "ب", "ك", "ل", "ال", "بال", "كال", "لل")
)
ARTICLE: Final = re.compile(r"(?<![^\W_])([ea]l) ")
LEAST_RESPACED: Final = 6
SUFFIXED: Final = ("", "ه", "ون", "ين", "تين", "ات")


def _aliases(entry: Entry, row: Mapping[str, str], without: frozenset[str]) -> Iterator[Alias]:
    if hidden(entry.flag("w") or "", without):
        return
    for column in ("ar", "fr", "en", "latin"):
        for spelled in cells(row.get(column, "")):
            text, _, reasons = spelled.partition("@")
            if not hidden(reasons, without):
                yield from _forms(entry, text)
    yield from _adjectives(entry, row)


def _forms(entry: Entry, text: str) -> Iterator[Alias]:
    pattern = key(text)
    yield Alias(entry, text, pattern, pattern)
    if not ARABIC.match(pattern):
        yield from (Alias(entry, text, pattern, other) for other in _respaced(entry, pattern))
        return
    if pattern.startswith("ال"):
        yield Alias(entry, text, pattern, "لل" + pattern[2:], lam=True)
    if " " in pattern and len(pattern) >= 12:
        yield Alias(entry, text, pattern, pattern.replace(" ", ""))


def _respaced(entry: Entry, pattern: str) -> Iterator[str]:
    """Yield how else a Latin name of a place is put together: ``ras el-ma``, ``ras-el-ma``."""
    if entry.kind != KIND_OF_PLACE or len(pattern) < LEAST_RESPACED or not re.search(r"[ -]", pattern):
        return
    apart = pattern.replace("-", " ")
    ways = {apart, apart.replace(" ", "-")}
    for way in (apart, apart.replace(" el ", " al "), apart.replace(" al ", " el ")):
        ways |= {way, ARTICLE.sub(r"\1-", way)}
    yield from sorted(ways - {pattern})


def _adjectives(entry: Entry, row: Mapping[str, str]) -> Iterator[Alias]:
    for base in cells(row.get("ar_adj", "")):
        for suffix in SUFFIXED:
            yield Alias(entry, base, key(base), key(base) + suffix, adjective=True)
    for column in ("fr_adj", "en_adj"):
        for base in cells(row.get(column, "")):
            for suffix in ("", "s"):
                yield Alias(entry, base, key(base), key(base) + suffix, adjective=True)


class Gazetteer:
    """All aliases in one automaton. Build it through :func:`gazetteer`."""

    def __init__(self, without: frozenset[str] = frozenset(), local: Overlay = ()) -> None:
        by_pattern: dict[str, list[Alias]] = {}
        self.entries: dict[str, Entry] = {}
        for entry, row in sources(local):
            self.entries.setdefault(entry.canonical, entry)
            for alias in _aliases(entry, row, without):
                by_pattern.setdefault(alias.pattern, []).append(alias)
        self._patterns = sorted(by_pattern)
        self._aliases = [by_pattern[p] for p in self._patterns]
        self._machine = AhoCorasick(self._patterns, store_patterns=False)
        self._rules = homographs() | cautious(local)

    def find(self, folded: Folded) -> list[Mention]:
        """Return the mentions in a text, in order, none overlapping another (rule 4); linear."""
        found = []
        for index, start, end in self._machine.find_matches_as_indexes(folded.text, overlapping=True):
            for alias in self._aliases[index]:
                if (prefix := _bounded(folded, start, end, alias)) is not None:
                    found.append(Mention(start, end, alias, prefix))
        rules = [(m, None if m.alias.adjective else self._rules.get(m.alias.plain)) for m in found]
        sure = (m.start for m, rule in rules if rule is None and not m.alias.adjective)
        lying = {m.end for m, rule in rules if rule is None and _lies(m)}
        around = Surroundings(folded.text, sure, lying)
        allowed = [m for m, r in rules if r is None or around.allows(r, m.start, m.end, m.prefix)]
        return _longest(allowed)

    @cached_property
    def armies(self) -> Mapping[str | None, str]:
        """Return the army of each country that has one by name."""
        units = (e for e in self.entries.values() if e.kind == "military_unit")
        named = (e for e in units if "Army" in e.canonical or "Armed Forces" in e.canonical)
        return {e.country: e.canonical for e in reversed(list(named))}  # of several the first

    def named(self, plain: str) -> Entry | None:
        """Return the entry of a folded name, also where a rule of homographs passes over it."""
        at = bisect_left(self._patterns, plain)
        if at == len(self._patterns) or self._patterns[at] != plain:
            return None
        return next((a.entry for a in self._aliases[at] if not a.adjective), None)

    def cued(self, plain: str) -> bool:
        """Tell whether a folded name counts only beside a word of place (``place_cue``)."""
        rule = self._rules.get(plain)
        return rule is not None and rule.name == "place_cue"


def _lies(mention: Mention) -> bool:
    """Tell whether a mention is that of a place or state by name."""
    return mention.entry.kind in (KIND_OF_PLACE, "state") and not mention.alias.adjective


def _is_word(char: str) -> bool:
    return char.isalnum()


def _bounded(folded: Folded, start: int, end: int, alias: Alias) -> str | None:
    """Return the particles before a match, or None if it is not a whole word (rules 1 to 3)."""
    text = folded.text
    if end < len(text) and _is_word(text[end]):
        return None
    left = start
    while left > 0 and _is_word(text[left - 1]):
        left -= 1
    prefix = text[left:start]
    if not ARABIC.match(alias.pattern):
        return "" if not prefix and _cased(folded, start, end, alias) else None
    if alias.lam:
        return prefix if prefix in ("", "و", "ف") else None
    return prefix if prefix in (ARTICLES if alias.adjective else PARTICLES) else None


def _cased(folded: Folded, start: int, end: int, alias: Alias) -> bool:
    s, e = folded.span(start, end)
    written = folded.source[s:e]
    if alias.entry.flag("exactcase") is not None or alias.entry.flag("exact") is not None:
        return written == alias.text
    if alias.text.isupper() and len(alias.text) <= 6:
        return written.isupper()
    if alias.adjective or alias.entry.flag("lower") is not None or not alias.text[:1].isupper():
        return True
    return written[:1].isupper()


def _longest(found: list[Mention]) -> list[Mention]:
    """Keep the longest of overlapping mentions; a name before an adjective."""
    return disjoint(sorted(found, key=lambda m: (m.start - m.end, m.alias.adjective, m.start)))


@lru_cache(maxsize=KEPT)
def _compiled(without: frozenset[str], local: Overlay) -> Gazetteer:
    return Gazetteer(without, local)


def gazetteer(without: frozenset[str] = frozenset(), local: Overlay = ()) -> Gazetteer:
    """Return the compiled knowledge, without what was added for the named documents (rule 5), with what a
    node's officers added, changed and withdrew (``local``). Compiled once and kept."""
    return _compiled(without, local)


@cache
def name_parts() -> Mapping[str, tuple[str, str, int]]:
    """Return Arabic name parts → (usual Latin spelling, "g"iven or "s"urname, how often it was seen)."""
    return {r["ar"]: (r["latin"], r["part"], int(r["count"])) for r in rows("names.psv")}
