"""Contradictions: what cannot both hold is proposed; an officer opens it, owns it and closes it (R09).

1. Two statements are compared when they speak of one slot: the same thing under any of its names, the same
   predicate, the same scope (place). Then days contradict when they have no day in common, and words when
   they are not names of one thing; a state and its capital may be one word and contradict nobody.
2. What is a matter of who tells it (who took the initiative, who belongs to it, what it is called, whether
   it is decided or wanted) stands side by side as variants and contradicts nothing.
3. A place that the gazetteer puts elsewhere contradicts the gazetteer. Figures for one lot contradict each
   other when, with what "about" allows, they have no number in common.
4. Nothing is opened by itself: a proposal that an officer has opened stands under its record, whatever
   became of it since; one that he has not is a proposal for as long as its statements stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import inf
from typing import Final

from tansiq.base.ids import RecordId
from tansiq.boards.analysis.whereabouts import CLAIMS, elsewhere
from tansiq.boards.aspects import Aspect, Opened, State, aspect
from tansiq.boards.clocks import clock
from tansiq.boards.forces.requirement import units
from tansiq.boards.registers.lots import Figure, lots
from tansiq.boards.shelf import Held, Shelf, bodies, once
from tansiq.language.aliases import canonical_of, names
from tansiq.language.folding import key
from tansiq.language.gazetteer import gazetteer
from tansiq.model.kinds.contradiction import Contradiction
from tansiq.model.kinds.statement import Statement
from tansiq.model.values import Place, Quantity, TimeExpression

CLAUSE: Final = "R09"
ABOUT: Final = 4
"""A number said with "about" holds a fourth of itself on either side."""
COMPARED: Final = 12
"""So many values of one slot are each held against each other; what more there are, against the first."""
_VARIANTS: Final = frozenset(
    map(
        key,
        (
            "initiator", "initiative of", "members", "membership", "name", "called", "status", "decided",
            "initiateur", "à l'initiative de", "membres", "composition", "nom", "état", "décision",
            "صاحب المبادرة", "المبادر", "الأعضاء", "العضوية", "الاسم", "التسمية", "الحال", "القرار",
        ),
    )
)  # fmt: skip
"""Predicates whose values stand side by side (rule 2)."""
_UNKNOWN: Final = frozenset(map(key, ("?", "—", "-")))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two that cannot both hold; ``second`` None = the gazetteer. ``record`` = where an officer opened it."""

    slot: str
    first: Held
    second: Held | None
    values: tuple[str, str]
    record: Held | None = None

    @property
    def between(self) -> tuple[RecordId, ...]:
        """The ids of the records it lies between."""
        return (self.first.id,) if self.second is None else (self.first.id, self.second.id)


def contradictions(shelf: Shelf) -> tuple[Pair, ...]:
    """Return what is proposed on a shelf, with the records in which officers opened it (rule 4)."""
    return once(shelf, Pair, lambda: tuple(_opened(pair, shelf) for pair in _proposed(shelf)))


def variants(shelf: Shelf) -> tuple[tuple[Held, ...], ...]:
    """Return what stands side by side and contradicts nothing (rule 2), slot by slot."""
    found = []
    for group in _slots(shelf).values():
        values = {key(_value(h)) for h in group}
        if len(values) > 1 and _varies(group[0]):
            found.append(tuple(group))
    return tuple(found)


def alone(shelf: Shelf) -> tuple[Held, ...]:
    """Return the contradictions that officers opened of their own, oldest first."""
    proposed = {pair.record.id for pair in contradictions(shelf) if pair.record is not None}
    return tuple(h for h in shelf.of("contradiction") if h.id not in proposed)


def _proposed(shelf: Shelf) -> Iterator[Pair]:
    for group in _slots(shelf).values():
        if not _varies(group[0]):
            yield from _of_slot(group)
    yield from _beyond_gazetteer(shelf)
    yield from _of_lots(shelf)


def _slots(shelf: Shelf) -> dict[tuple[str, str, str], list[Held]]:
    """Return the statements by what they speak of (rule 1), oldest first."""

    def found() -> dict[tuple[str, str, str], list[Held]]:
        held: dict[tuple[str, str, str], list[Held]] = {}
        for each, said in bodies(shelf, Statement):
            if said.subject and said.predicate and (_value(each) or _days(each)):
                scope = said.place.name if said.place is not None else ""
                slot = (canonical_of(said.subject), key(said.predicate), canonical_of(scope) if scope else "")
                held.setdefault(slot, []).append(each)
        return held

    return once(shelf, "slots of statements", found)


def _of_slot(group: list[Held]) -> Iterator[Pair]:
    """Yield one pair for each two values of a slot: the first that states each, the narrowest days first."""
    firsts: list[Held] = []
    said: set[str] = set()
    for each in sorted(group, key=_width_s):
        stated = canonical_of(_value(each) or _words(each))
        if stated not in said and all(_against(each, other) for other in firsts[:COMPARED]):
            firsts.append(each)
        if len(firsts) > COMPARED:
            said.add(stated)
    yield from (_pair(one, other) for one, other in combinations(firsts[:COMPARED], 2))
    yield from (_pair(firsts[0], other) for other in firsts[COMPARED:])


def _pair(one: Held, other: Held) -> Pair:
    said = one.body
    assert isinstance(said, Statement)
    return Pair(said.predicate, one, other, (_value(one) or _words(one), _value(other) or _words(other)))


def _width_s(held: Held) -> float:
    found = _days(held)
    if found is None or found.lo is None or found.hi is None:
        return 0.0 if found is None else inf
    return (found.hi - found.lo).total_seconds()


def _against(one: Held, other: Held) -> bool:
    first, second = _days(one), _days(other)
    if first is not None and second is not None:
        return _apart(first, second)
    a, b = _value(one), _value(other)
    if not a or not b or key(a) in _UNKNOWN or key(b) in _UNKNOWN:
        return False
    return not names().same(a, b) and not _state_and_capital(a, b)


def _apart(one: TimeExpression, other: TimeExpression) -> bool:
    ends_before = one.hi is not None and other.lo is not None and one.hi < other.lo
    begins_after = one.lo is not None and other.hi is not None and other.hi < one.lo
    return ends_before or begins_after


def _state_and_capital(one: str, other: str) -> bool:
    """Tell whether two words may be a state and its capital, which in Arabic may be one word."""
    known = gazetteer().entries
    first, second = canonical_of(one), canonical_of(other)
    for a, b in ((first, second), (second, first)):
        if a in known and b in known and (known[a].capital == b or known[b].flag("near") == a):
            return True
    return False


def _beyond_gazetteer(shelf: Shelf) -> Iterator[Pair]:
    for held in shelf.of(*CLAIMS):
        place = getattr(held.body, "place", None)
        words = getattr(held.body, "place_text", "")
        found = elsewhere(
            place if isinstance(place, Place) else None, words if isinstance(words, str) else ""
        )
        if found is not None:
            said = place.name if isinstance(place, Place) and place.name else found.stated
            where = f"{found.place.lat:.2f}, {found.place.lon:.2f} (≈ {found.distance_km} km)"
            yield Pair("place", held, None, (said, where))


def _of_lots(shelf: Shelf) -> Iterator[Pair]:
    for lot in lots(shelf):
        stated = [f for f in lot.figures if f.quantity.value is not None]
        for one, other in _each_two(stated):
            if one.record.id != other.record.id and _no_number(one.quantity, other.quantity):
                yield Pair(lot.id, one.record, other.record, (_number(one.quantity), _number(other.quantity)))


def _each_two(figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Yield each two of the figures; of very many, those with one of the first."""
    for n, one in enumerate(figures[: COMPARED**2]):
        yield from ((one, other) for other in figures[n + 1 :])


def _no_number(one: Quantity, other: Quantity) -> bool:
    if key(one.unit) != key(other.unit):
        return False
    (a, b), (c, d) = _reach(one), _reach(other)
    return b < c or d < a


def _reach(said: Quantity) -> tuple[int, int]:
    value = said.value or 0
    slack = value // ABOUT if said.approx else 0
    return min(said.lo or value, value - slack), max(said.hi or value, value + slack)


def _number(said: Quantity) -> str:
    shown = f"{units(said.value)} {said.unit}".strip()
    return f"≈{shown}" if said.approx else shown


def _opened(pair: Pair, shelf: Shelf) -> Pair:
    for held, slot in _written(shelf).get(frozenset[str](pair.between), ()):
        if pair.second is not None or slot == pair.slot:
            return replace(pair, record=held)
    return pair


def _written(shelf: Shelf) -> dict[frozenset[str], list[tuple[Held, str | None]]]:
    """Return the contradictions that officers opened, with their slots, by what they lie between."""

    def found() -> dict[frozenset[str], list[tuple[Held, str | None]]]:
        known: dict[frozenset[str], list[tuple[Held, str | None]]] = {}
        for held, body in bodies(shelf, Contradiction):
            between = frozenset(one for one in (body.first, body.second) if one is not None)
            known.setdefault(between, []).append((held, body.slot))
        return known

    return once(shelf, "contradictions that officers opened", found)


def _varies(held: Held) -> bool:
    said = held.body
    assert isinstance(said, Statement)
    return key(said.predicate) in _VARIANTS


def _value(held: Held) -> str:
    said = held.body
    assert isinstance(said, Statement)
    return said.stated_value.strip()


def _days(held: Held) -> TimeExpression | None:
    said = held.body
    assert isinstance(said, Statement)
    found = said.occurred_at
    return found if found is not None and (found.lo or found.hi) else None


def _words(held: Held) -> str:
    found = _days(held)
    if found is None:
        return ""
    return found.words or " – ".join(at.date().isoformat() for at in (found.lo, found.hi) if at is not None)


@aspect("statement", "area-claim")
def written(held: Held, shelf: Shelf) -> Aspect:
    """Return the contradictions that officers opened over a record; what is proposed stands on the board."""
    found = (h for h in shelf.about(held.id) if isinstance(h.body, Contradiction))
    return Aspect(opens=tuple(_opens(h.id, h.body, shelf) for h in found))


@aspect("report", "trace-answer", "quantity-claim")
def figures(held: Held, shelf: Shelf) -> Aspect:
    """Return the contradictions that a record's figure for a lot stands in, opened or proposed (rule 3)."""
    if not (getattr(held.body, "lot", None) or held.kind != "report"):
        return Aspect()
    pairs = (_opened(pair, shelf) for pair in once(shelf, "figures of lots", lambda: tuple(_of_lots(shelf))))
    found = tuple(
        Opened("contradiction", (shelf.party,), p.record.id if p.record else None, p.between, clause=CLAUSE)
        for p in pairs
        if held.id in p.between
    )
    return Aspect(opens=found)


def _opens(record: RecordId, body: object, shelf: Shelf) -> Opened:
    assert isinstance(body, Contradiction)
    between = tuple(RecordId(one) for one in (body.first, body.second) if one)
    return Opened("contradiction", (body.owner or shelf.party,), record, between, clause=CLAUSE)


@aspect("contradiction", ticks=True)
def standing(held: Held, shelf: Shelf) -> Aspect:
    """Return how a contradiction stands and until when its owner is to say."""
    body = held.body
    assert isinstance(body, Contradiction)
    word = body.contradiction_state or "open"
    states = (State("self", word, CLAUSE),)
    if body.due is None or body.due.hi is None:
        return Aspect(states=states, unknown=() if body.owner else ("owner",))
    whose = (body.owner,) if body.owner else ()
    runs = clock("contradiction", CLAUSE, now=shelf.now, begun=held.created, until=body.due.hi,
                 done=None, ended=word != "open", whose=whose)  # fmt: skip
    return Aspect(states=states, clocks=(runs,))
