"""A text that changes, and its draft with it: every span follows its words or goes with them.

1. What is cut out of a text stands under one mark in its place (``masked``), or not at all (``carved``).
2. A span whose words stay points to the same words; one that touches a mark holds the whole mark; one that
   reaches into what is gone is gone, and what hangs on it alone.
3. Numbers that point from one thing of a draft to another are made anew; a source that is gone is told apart
   from the author's own voice by what ``carved`` is given for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from msgspec.structs import replace

from tansiq.intake.shape import (
    Actor,
    ChainEntry,
    Commitment,
    Draft,
    Event,
    Gap,
    Held,
    Place,
    Quantity,
    Span,
    Statement,
)

T = TypeVar("T", ChainEntry, Commitment, Event, Gap, Held, Quantity, Statement)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the old text and where it stands in the new one; ``exact`` = the same words."""

    start: int
    end: int
    at: int
    size: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A new text and the way from the old one to it."""

    text: str
    segments: tuple[Segment, ...]

    def span(self, span: Span) -> Span | None:
        """Return where a span of the old text stands now, None if any of its words are gone."""
        start, end = span
        over = [s for s in self.segments if s.start < end and start < s.end]
        whole = over and over[0].start <= start and over[-1].end >= end
        if not whole or any(a.end != b.start for a, b in pairwise(over)):
            return None
        first, last = over[0], over[-1]
        low = first.at + (start - first.start if first.exact else 0)
        high = last.at + (end - last.start if last.exact else last.size)
        return low, high

    def spans(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Return what is left of spans, each once."""
        found = (self.span(each) for each in spans)
        return tuple(dict.fromkeys(each for each in found if each is not None))


def masked(text: str, spans: Iterable[Span], mark: str) -> Moved:
    """Return the text with ``mark`` in the place of every span; overlapping ones share a mark."""
    out: list[str] = []
    segments: list[Segment] = []
    at = done = 0

    def put(start: int, end: int, words: str, *, exact: bool) -> None:
        nonlocal at
        if start < end:
            out.append(words)
            segments.append(Segment(start, end, at, len(words), exact))
            at += len(words)

    for start, end in _merged(spans):
        put(done, start, text[done:start], exact=True)
        put(start, end, mark, exact=False)
        done = end
    put(done, len(text), text[done:], exact=True)
    return Moved("".join(out), tuple(segments))


def carved(text: str, spans: Iterable[Span], between: str = "\n\n") -> Moved:
    """Return the text of spans alone, in their order, ``between`` standing between two that do not touch."""
    out: list[str] = []
    segments: list[Segment] = []
    at = 0
    for start, end in _merged(spans):
        if out:
            out.append(between)
            at += len(between)
        out.append(text[start:end])
        segments.append(Segment(start, end, at, end - start, exact=True))
        at += end - start
    return Moved("".join(out), tuple(segments))


def _merged(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in sorted(s for s in spans if s[0] < s[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


@dataclass(frozen=True, slots=True)
class Followed:
    """A draft of a changed text; ``addresses`` = old address of an item → its address now."""

    draft: Draft
    addresses: Mapping[str, str]


def followed(draft: Draft, moved: Moved, *, elsewhere: ChainEntry | None = None) -> Followed:
    """Return a draft as it stands on the changed text (rules 2, 3).

    ``elsewhere`` = the nameless source that stands for those that are gone but still speak, if any does.
    """
    addresses: dict[str, str] = {}
    chain, numbers = _kept(draft.chain, moved, "chain", addresses)
    statements, told = _kept(draft.statements, moved, "statements", addresses)
    held = _kept(tuple(h for h in draft.held if h.statement in told), moved, "held", {})[0]
    lost = {s.source for s in statements if s.source is not None and s.source not in numbers}
    if lost and elsewhere is not None:
        numbers |= dict.fromkeys(lost, len(chain))
        chain = (*chain, elsewhere)
    return Followed(
        replace(
            draft,
            chain=tuple(replace(e, quotes=_at(e.quotes, numbers)) for e in chain),
            actors=_mentioned(draft.actors, moved, "actors", addresses),
            places=_mentioned(draft.places, moved, "places", addresses),
            events=_kept(draft.events, moved, "events", addresses)[0],
            commitments=_kept(draft.commitments, moved, "commitments", addresses)[0],
            quantities=_kept(draft.quantities, moved, "quantities", addresses)[0],
            statements=tuple(replace(s, source=_at(s.source, numbers)) for s in statements),
            gaps=_kept(draft.gaps, moved, "gaps", addresses)[0],
            held=tuple(replace(h, statement=told[h.statement]) for h in held),
        ),
        addresses,
    )


def renamed(draft: Draft, say: Callable[[str], str]) -> Draft:
    """Return a draft with every name and word of it as ``say`` says it; the words of spans are the text's."""
    return replace(
        draft,
        file=say(draft.file),
        chain=tuple(replace(e, name=say(e.name)) for e in draft.chain),
        actors=tuple(replace(a, canonical=say(a.canonical)) for a in draft.actors),
        places=tuple(replace(p, canonical=say(p.canonical)) for p in draft.places),
        events=tuple(
            replace(e, place=say(e.place) if e.place else e.place, actors=tuple(map(say, e.actors)))
            for e in draft.events
        ),
        commitments=tuple(replace(c, who=tuple(map(say, c.who))) for c in draft.commitments),
        statements=tuple(
            replace(
                s,
                subject=say(s.subject) if s.subject else s.subject,
                predicate=say(s.predicate),
                value=say(s.value),
            )
            for s in draft.statements
        ),
    )


def _kept(
    held: tuple[T, ...], moved: Moved, group: str, addresses: dict[str, str]
) -> tuple[tuple[T, ...], dict[int, int]]:
    """Return what keeps its words, and old number → new number."""
    found: list[T] = []
    numbers: dict[int, int] = {}
    for n, each in enumerate(held):
        span = moved.span(each.span)
        if span is not None:
            numbers[n] = len(found)
            addresses[f"{group}.{n}"] = f"{group}.{len(found)}"
            found.append(replace(each, span=span, text=moved.text[span[0] : span[1]]))
    return tuple(found), numbers


M = TypeVar("M", Actor, Place)


def _mentioned(held: tuple[M, ...], moved: Moved, group: str, addresses: dict[str, str]) -> tuple[M, ...]:
    found: list[M] = []
    for n, each in enumerate(held):
        spans = moved.spans(each.mentions)
        if spans:
            addresses[f"{group}.{n}"] = f"{group}.{len(found)}"
            texts = tuple(moved.text[s:e] for s, e in spans)
            found.append(replace(each, mentions=spans, texts=texts))
    return tuple(found)


def _at(number: int | None, numbers: Mapping[int, int]) -> int | None:
    return None if number is None else numbers.get(number)
