"""Cascades: which meeting follows which, and what they prepare in vain. Source: REQUIREMENTS R35.

1. A meeting names what it follows by a reference, by a title, or by a day ("the conference of 16 March").
2. Words that fit exactly one meeting are a link; others stay words, and what is prepared stays an open end.
3. The shipped public facts are part of every chain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Final

from tansiq.base.ids import RecordId
from tansiq.boards.institution.facts import MeetingFact, facts
from tansiq.boards.shelf import Held, Shelf, bodies, once
from tansiq.language.dates import When, expressions
from tansiq.language.folding import key
from tansiq.model.kinds.meeting import Meeting

FOLLOWS: Final = "follows"
"""The role of a reference to the meeting before."""
_DAYS: Final = 3
"""No meeting lasts longer: a wider span is a date that nobody knows."""


@dataclass(frozen=True, slots=True)
class Step:
    """A meeting of the chain: a record, or one of the shipped facts (``fact``)."""

    id: str
    title: str
    fact: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """What a meeting hangs on: ``before`` and ``after`` it, and words that fit no meeting."""

    before: tuple[Step, ...]
    after: tuple[Step, ...]
    unknown: tuple[str, ...]
    open_ends: tuple[str, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every meeting it is linked to, before first."""
        return (*self.before, *self.after)


@dataclass(frozen=True, slots=True)
class _Meetings:
    """The readable meetings by what words may mean; ``whens`` = those that words mean by their day."""

    by_id: dict[str, Held]
    titled: dict[str, list[Held]]
    dated: list[tuple[Held, tuple[str, str]]]
    whens: dict[str, tuple[Held, ...]]
    following: dict[str, list[Held]]

    def on_day(self, said: str) -> tuple[Held, ...]:
        """Return the meetings of the day that words name, oldest first."""
        if said not in self.whens:
            self.whens[said] = tuple(h for h, days in self.dated if _on_day(said, days))
        return self.whens[said]


def _meetings(shelf: Shelf) -> _Meetings:
    def found() -> _Meetings:
        every = bodies(shelf, Meeting)
        known = _Meetings({h.id: h for h, _ in every}, {}, [], {}, {})
        for held, body in every:
            known.titled.setdefault(key(body.title), []).append(held)
            if (days := _days(body)) is not None:
                known.dated.append((held, days))
        for held, body in every:
            meant = (_named(words, known, held.id) for words in body.follows)
            named = [s.id for s in meant if s is not None]
            pointed = [ref.record_id for ref in held.refs if ref.role == FOLLOWS]
            for one in dict.fromkeys((*named, *pointed)):
                known.following.setdefault(one, []).append(held)
        return known

    return once(shelf, _Meetings, found)


def chain_of(held: Held, shelf: Shelf) -> Chain:
    """Return what a meeting follows and prepares, from its own words and from those that follow it."""
    body = held.body
    assert isinstance(body, Meeting)
    known = _meetings(shelf)
    before, unknown = _resolved(body.follows, known, held.id)
    after, open_ends = _resolved(body.prepares, known, held.id)
    pointed = (known.by_id.get(ref.record_id) for ref in held.refs if ref.role == FOLLOWS)
    later = (_step(h) for h in known.following.get(held.id, ()) if h.id != held.id)
    return Chain(
        before=_once((*before, *(_step(h) for h in pointed if h is not None))),
        after=_once((*after, *later)),
        unknown=unknown,
        open_ends=open_ends,
    )


def _resolved(
    words: tuple[str, ...], known: _Meetings, own: RecordId
) -> tuple[tuple[Step, ...], tuple[str, ...]]:
    found = [(each, _named(each, known, own)) for each in words]
    return tuple(s for _, s in found if s is not None), tuple(w for w, s in found if s is None)


def _named(words: str, known: _Meetings, own: RecordId) -> Step | None:
    """Return the one meeting that words mean (rules 1, 2)."""
    said = key(words)
    by_id = known.by_id.get(words.strip())
    named = [*known.titled.get(said, ()), *([by_id] if by_id is not None else [])]
    exact = [_step(h) for h in {h.id: h for h in named}.values() if h.id != own]
    exact += [_fact(f) for f in facts().meetings if said in {key(f.id), *_names(f)}]
    days = [_step(h) for h in known.on_day(said) if h.id != own]
    days += [_fact(f) for f in facts().meetings if f.when and _on_day(said, (f.when.lo, f.when.hi))]
    for found in (exact, days):
        if len(found) == 1:
            return found[0]
    return None


def _days(body: Meeting) -> tuple[str, str] | None:
    lo = body.starts.lo if body.starts is not None else None
    hi = (body.starts.hi or lo) if body.starts is not None else None
    return (lo.date().isoformat(), hi.date().isoformat()) if lo is not None and hi is not None else None


@lru_cache(maxsize=4096)
def _on_day(said: str, days: tuple[str, str]) -> bool:
    lo, hi = map(date.fromisoformat, days)
    return (hi - lo).days <= _DAYS and any(_within(when, lo, hi) for when in _whens(said))


@lru_cache(maxsize=1024)
def _whens(said: str) -> tuple[When, ...]:
    return tuple(w for w in expressions(said) if w.form == "date" and w.day and w.month)


def _within(when: When, lo: date, hi: date) -> bool:
    day, month = when.day or 0, when.month or 0
    same_year = when.year is None or lo.year <= when.year <= hi.year
    return same_year and (lo.month, lo.day) <= (month, day) <= (hi.month, hi.day) and lo.year == hi.year


@cache
def _names(fact: MeetingFact) -> frozenset[str]:
    return frozenset(map(key, (fact.names.ar, fact.names.fr, fact.names.en)))


def _step(held: Held) -> Step:
    return Step(held.id, held.body.title, fact=False)


def _fact(fact: MeetingFact) -> Step:
    return Step(fact.id, fact.names.ar, fact=True)


def _once(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    return tuple(dict.fromkeys(steps))


def lineage(body_id: str) -> Iterator[MeetingFact]:
    """Yield the shipped meetings that led to a body, the first one first: its launch and all before it."""
    by_id = {m.id: m for m in facts().meetings}
    wanted = [m.id for m in facts().meetings if m.body == body_id and m.state == "held"][:1]
    found: dict[str, MeetingFact] = {}
    while wanted:
        one = by_id[wanted.pop()]
        found[one.id] = one
        wanted += [f for f in one.follows if f not in found]
    yield from sorted(found.values(), key=lambda m: m.when.lo if m.when else "9")
