"""Whether text below the line says what only the text above it may say.

1. What is looked for: terms that the officer forbids, and every name, mark, number, place and date that
   stands above the line, found below it in any script, numeral or calendar.
2. Each leak is reported once, with its place on both sides; a forbidden term need not stand above, and the
   name of a place is reported as a place.
3. A leak is resolved by changing the text, or justified by the officer in words; what is neither holds
   the tearline back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tansiq.base.refusal import Refusal
from tansiq.language.likeness import Sort, Span, Trait, same, term, traits


@dataclass(frozen=True, slots=True)
class Leak:
    """What stands on both sides: ``below`` and ``above`` are spans in code points, ``above`` None = given."""

    sort: Sort
    said: str
    below: Span
    above: Span | None = None

    @property
    def key(self) -> str:
        """What a justification names: the sort and the words below the line."""
        return f"{self.sort}:{self.said}"


def leaks(
    above: str,
    below: str,
    *,
    forbidden: Iterable[str] = (),
    places: Iterable[Trait] = (),
    written: date | None = None,
) -> tuple[Leak, ...]:
    """Return each leak of ``above`` in ``below``; ``places`` = places that fields above the line state."""
    found: dict[str, Leak] = {}
    shared = list(_shared(above, below, tuple(places), written))
    taken = [leak.below for leak in shared if leak.sort == "place"]
    for each in (*_terms(below, forbidden), *shared):
        if each.sort != "name" or not any(s <= each.below[0] and each.below[1] <= e for s, e in taken):
            found.setdefault(each.key, each)
    return tuple(sorted(found.values(), key=lambda leak: leak.below))


def unresolved(found: Iterable[Leak], justified: Collection[str]) -> Refusal | None:
    """Return None when every leak is justified, else ``tearline.leaks`` naming those that are not."""
    left = frozenset(leak.key for leak in found if leak.key not in justified)
    return Refusal("tearline.leaks", left) if left else None


def _terms(below: str, forbidden: Iterable[str]) -> Iterator[Leak]:
    for wanted in forbidden:
        yield from (Leak("term", below[s:e], (s, e)) for s, e in term(below, wanted))


def _shared(above: str, below: str, places: tuple[Trait, ...], written: date | None) -> Iterator[Leak]:
    high, low = traits(above, written=written), traits(below, written=written)
    for one in low:
        for other in high:
            if same(other, one):
                yield Leak(one.sort, below[slice(*one.span)], one.span, other.span)
        if any(same(given, one) for given in places):
            yield Leak(one.sort, below[slice(*one.span)], one.span)
