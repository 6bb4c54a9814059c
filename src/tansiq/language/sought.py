"""Patterns that are asked of many places of a page, most of which cannot hold them.

Trying a pattern at every letter costs hundreds of times what looking for a few letters does. So a pattern
is asked first what it cannot do without:

1. its ``needs`` are strings of which every match holds at least one; they are read from the pattern itself,
   so that who changes a pattern changes them too;
2. where none of them stands, nothing is tried, and a stretch of a page without one is passed over;
3. the needs of all patterns are looked for in a page in one pass, when the first asks; a pattern made since
   the last page looks for its own;
4. of a page nothing is kept but their places in the one asked last, and its hash to know it again;
5. a pattern that can do without letters, or needs too short or too many, is tried as it is;
6. a match begins no further before what it needs than the parts before that are wide: where this is known,
   all matches of a page are looked for at these letters alone.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any, ClassVar, Final, NamedTuple

from ahocorasick_rs import AhoCorasick

# the one reader of patterns there is; no stub names it
_constants: Any = import_module("re._constants")
_parser: Any = import_module("re._parser")

SHORT: Final = 400
"""Letters of a text whose places are not worth keeping: it is asked once."""
LEAST: Final = 2
MOST: Final = 120
MET: Final = (9.0, 4.0, 1.0, 0.5, 0.2, 0.08, 0.03)
"""About how often a string of so many letters stands in a page by chance."""
DEAR: Final = 8
"""Letters of a short text that are tried in the time that one need is looked for."""
ALTERNATIVES: Final = 32
"""Strings that a part of a pattern may stand for before it is taken apart."""
EACH: Final = 0.004
"""What looking for one more string costs, beside trying a pattern at every letter of a page."""
PLAIN: Final = re.UNICODE
NOTHING: Final = ("",)
TRIED: Final = 6
"""Letters of a page that ``re`` passes over in the time that one place is tried by itself."""

Needs = tuple[str, ...]


class Sought:
    """A pattern, with what it cannot do without; asked like a compiled one."""

    __slots__ = ("_needs", "_reach", "known", "pattern")

    every: ClassVar[list[Sought]] = []

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        self._needs: Needs | None = None
        self._reach = 0
        self.known: tuple[int, Sequence[int] | None] = (-1, ())  # no text has this hash
        """The hash of the page asked last, and where in it something begins that a match needs."""
        self.every.append(self)

    @property
    def needs(self) -> Needs:
        """Return the strings of which every match holds one (rule 1); one that is empty if there are none."""
        if self._needs is None:
            self._needs, self._reach = _read(self.pattern)
        return self._needs

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first match in ``[start, end)``, as ``re`` does."""
        known, kept = self.known
        places = kept if known == hash(text) else self._ask(text)
        if places is not None:
            index = bisect_left(places, start) if places else 0
            if index == len(places) or places[index] >= end:
                return None
        return self.pattern.search(text, start, end)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the match that begins at a place: one place is tried, so that nothing is asked before."""
        return self.pattern.match(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Yield the matches in ``[start, end)``, as ``re`` does."""
        known, kept = self.known
        places = kept if known == hash(text) else self._ask(text)
        if places is None:
            return self.pattern.finditer(text, start, end)
        places = places[bisect_left(places, start) : bisect_left(places, end)]
        if len(places) * (self._reach + 1) * TRIED > min(end, len(text)) - start:
            return self.pattern.finditer(text, start, end)
        return self._beside(places, text, start, end)

    def _beside(self, places: Sequence[int], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Yield the matches that begin near what they need (rule 6)."""
        for place in places:
            for at in range(max(start, place - self._reach), place + 1):
                if (found := self.pattern.match(text, at, end)) is not None:
                    yield found
                    start = found.end()
                    break
            else:
                start = max(start, place + 1)

    def within(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """Return the first match in a stretch by itself: what stands around it is not seen."""
        known, kept = self.known
        places = kept if known == hash(text) else self._ask(text)
        if places is not None:
            index = bisect_left(places, start) if places else 0
            if index == len(places) or places[index] >= end:
                return None
        return self.pattern.search(text[start:end])

    def may_be(self, text: str, start: int = 0, end: int = sys.maxsize) -> bool:
        """Tell whether something that a match needs begins in ``[start, end)``."""
        known, kept = self.known
        places = kept if known == hash(text) else self._ask(text)
        if places is None:
            return True
        index = bisect_left(places, start) if places else 0
        return index < len(places) and places[index] < end

    def _ask(self, text: str) -> Sequence[int] | None:
        """Return where something begins in a text that a match needs, None if the pattern is to be tried
        anywhere; what was learnt of one page is kept until another is asked."""
        needs = self._needs or self.needs
        if needs is NOTHING:
            return None
        if len(text) < SHORT:
            return None if len(needs) * DEAR > len(text) or any_in(needs, text) else ()
        places = _PAGES.places(text, self)
        self.known = hash(text), places
        return places


def sought(pattern: str) -> Sought:
    """Return a pattern that is looked for only where it may be."""
    return Sought(re.compile(pattern))


def any_in(needs: Needs, text: str) -> bool:
    """Tell whether one of some strings stands in a text."""
    for need in needs:  # noqa: SIM110 - a generator costs more than what it would ask
        if need in text:
            return True
    return False


class _Met(NamedTuple):
    """What stands in a page: the patterns that it was read for, and where the needs of each stand."""

    hash: int
    patterns: frozenset[Sought]
    places: Mapping[Sought, Sequence[int]]


class _Machine(NamedTuple):
    """The needs of so many patterns, ready to be looked for."""

    patterns: frozenset[Sought]
    anywhere: Sequence[Sought]
    """Those that need nothing (rule 5)."""
    owners: Sequence[Sequence[Sought]]
    """Which patterns need each string."""
    search: AhoCorasick


def _machine() -> _Machine:
    patterns = frozenset(Sought.every)
    anywhere = [one for one in Sought.every if one.needs is NOTHING]
    owners: dict[str, list[Sought]] = {}
    for one in patterns.difference(anywhere):
        for need in one.needs:
            owners.setdefault(need, []).append(one)
    return _Machine(
        patterns, anywhere, list(owners.values()), AhoCorasick(list(owners), store_patterns=False)
    )


class _Pages:
    """Looks for the needs of all patterns at once (rule 3). Threads may share it: each sees a whole page."""

    def __init__(self) -> None:
        self._machine: _Machine | None = None
        self._met = _Met(0, frozenset(), {})

    def places(self, text: str, one: Sought) -> Sequence[int]:
        """Return where something begins that a pattern needs, in order."""
        met = self._met
        if met.hash != hash(text):
            met = self._met = self._read(text)
        if one not in met.patterns:
            every = (re.finditer(f"(?={re.escape(need)})", text) for need in one.needs)
            return sorted(m.start() for found in every for m in found)
        return met.places.get(one, ())

    def _read(self, text: str) -> _Met:
        machine = self._machine
        if machine is None or len(machine.patterns) != len(Sought.every):
            machine = self._machine = _machine()
        owners, places = machine.owners, defaultdict[Sought, list[int]](list)
        for index, start, _ in machine.search.find_matches_as_indexes(text, overlapping=True):
            for one in owners[index]:
                places[one].append(start)
        page = hash(text)
        nowhere = page, ()
        for one in machine.patterns:
            one.known = nowhere
        for one in machine.anywhere:
            one.known = page, None
        for one, found in places.items():
            found.sort()
            one.known = page, found
        return _Met(page, machine.patterns, places)


_PAGES: Final = _Pages()


def _read(pattern: re.Pattern[str]) -> tuple[Needs, int]:
    """Return what every match of a pattern needs (rule 5: ``NOTHING``), and how far before that at most it
    begins (rule 6)."""
    if pattern.flags & ~(PLAIN | re.DOTALL | re.MULTILINE):
        return NOTHING, 0
    best = _best(_parser.parse(pattern.pattern, pattern.flags))
    if best is None or len(best.strings) > MOST:
        return NOTHING, 0
    found = best.strings
    kept = sorted(w for w in found if not any(v != w and v in w for v in found))
    longer = max(map(len, found)) - min(map(len, kept))  # one may stand inside of another
    return tuple(kept), best.before + longer


def _worth(strings: frozenset[str]) -> float:
    """Return about how often one of some strings stands in a page of another matter: the less the better."""
    return sum(EACH + (MET[len(s)] if len(s) < len(MET) else 0.01) for s in strings)


class _Best(NamedTuple):
    """Strings of which a sequence must hold one, and how many letters of it at most stand before that."""

    strings: frozenset[str]
    before: int


def _best(parts: Any) -> _Best | None:
    """Return the strings, of which some stretch of a sequence must hold one, that are met least."""
    listed = list(parts)
    spelt = [_strings(part) for part in listed]
    found: list[_Best] = []
    for first, strings in enumerate(spelt):
        width = parts[:first].getwidth()[1]
        if first == 0 or (before := spelt[first - 1]) is None or len(before) > 1:
            # behind one string alone, a run that holds it is better
            found += (_Best(run, width) for run in _runs(spelt[first:]))
        if strings is None or len(strings) > 1:
            inner = _inside(listed[first])
            found += [_Best(inner.strings, width + inner.before)] if inner is not None else []
    usable = [each for each in found if each.strings and min(map(len, each.strings)) >= LEAST]
    return min(usable, key=lambda each: _worth(each.strings), default=None)


def _runs(spelt: Sequence[frozenset[str] | None]) -> Iterator[frozenset[str]]:
    """Yield what the first parts of a sequence stand for together, whenever one more would double it."""
    run = frozenset([""])
    for strings in spelt:
        if strings is None or len(run) * len(strings) > ALTERNATIVES:
            break
        if len(strings) > 1:
            yield run
        run = frozenset(a + b for a in run for b in strings)
    yield run


def _inside(part: Any) -> _Best | None:
    """Return what a part of a pattern that stands for too many strings cannot do without."""
    sign, value = part
    match sign:
        case _constants.SUBPATTERN if not value[1]:
            return _best(value[3])
        case _constants.BRANCH:
            every = [_best(branch) for branch in value[1]]
            told = [each for each in every if each is not None]
            if len(told) < len(every):
                return None
            return _Best(frozenset().union(*(t.strings for t in told)), max(t.before for t in told))
        case _constants.MAX_REPEAT | _constants.MIN_REPEAT if value[0] > 0:
            return _best(value[2])
        case _:
            return None


def _strings(part: Any) -> frozenset[str] | None:
    """Return every string that a part of a pattern stands for, None if they are many or without end."""
    sign, value = part
    if sign in (_constants.ASSERT, _constants.ASSERT_NOT, _constants.AT):
        return frozenset([""])  # looks, and takes no letter
    reader = _READERS.get(sign)
    return reader(value) if reader is not None else None


def _sequence(parts: Any) -> frozenset[str] | None:
    run = frozenset([""])
    for part in parts:
        strings = _strings(part)
        if strings is None or len(run) * len(strings) > ALTERNATIVES:
            return None
        run = frozenset(a + b for a in run for b in strings)
    return run


def _branches(value: Any) -> frozenset[str] | None:
    found: set[str] = set()
    for branch in value[1]:
        strings = _sequence(branch)
        if strings is None or len(found) + len(strings) > ALTERNATIVES:
            return None
        found |= strings
    return frozenset(found)


def _letters(value: Any) -> frozenset[str] | None:
    if len(value) > ALTERNATIVES or any(sign is not _constants.LITERAL for sign, _ in value):
        return None
    return frozenset(chr(code) for _, code in value)


def _repeated(value: Any) -> frozenset[str] | None:
    least, most, parts = value
    if (least, most) not in ((0, 1), (1, 1)):
        return None
    strings = _sequence(parts)
    return strings if strings is None or least else strings | {""}


_READERS: Final[dict[Any, Callable[[Any], frozenset[str] | None]]] = {
    _constants.LITERAL: lambda code: frozenset([chr(code)]),
    _constants.IN: _letters,
    _constants.SUBPATTERN: lambda value: None if value[1] else _sequence(value[3]),
    _constants.BRANCH: _branches,
    _constants.MAX_REPEAT: _repeated,
    _constants.MIN_REPEAT: _repeated,
}
