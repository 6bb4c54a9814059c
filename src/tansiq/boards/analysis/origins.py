"""Origins: corroboration counts those who knew of themselves, not those who repeat. Source: REQUIREMENTS R07.

1. An item's origin is the end of its chain: whom the last of those it quotes is, by any of his names. What
   it is derived from hands its own origin on. An item that quotes nobody is an origin of its own.
2. An end without a name is no proven origin: it stands behind whoever last bore one, and counts only where
   there is no proven one, and then once, however many pass it on.
3. Items that speak to one claim (``claim_ref``) or that a record rests on are counted together; the others
   of one origin are its copies.
4. Credibility 1 needs two origins; what is derived, or whose origin is unproven, bears 3 at best, the rest 2.
5. What is said to be confirmed by several that come to one origin is circular, and opens an alarm.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from tansiq.base.ids import RecordId
from tansiq.boards.aspects import Aspect, Fact, Flag, Opened, aspect
from tansiq.boards.rules import Objection, rule
from tansiq.boards.shelf import Held, Shelf, once
from tansiq.language.aliases import canonical_of
from tansiq.language.folding import key
from tansiq.model.values import ChainLink, Grade

CLAUSE: Final = "R07"
SAYING: Final = (
    "report", "press", "statement", "area-claim", "quantity-claim", "flow-claim", "arms-item", "trace-answer",
)  # fmt: skip
"""Kinds that say something of the world, each with an origin."""
RESTING: Final = ("assessment", "warning", "intsum", "sitrep", *SAYING)
NAMELESS: Final = frozenset(map(key, ("unnamed", "anonymous", "غير مسمى", "مجهول", "anonyme", "non nommé")))
"""Words that a link bears in place of a name."""
CONFIRMED: Final = ("1", "2")


@dataclass(frozen=True, slots=True)
class Roots:
    """Where one item comes from: its proven and its unproven origins, by compared name → name to show."""

    proven: dict[str, str]
    unproven: dict[str, str]
    relays: bool = False
    """Whether it passes on what it did not know of itself."""


@dataclass(frozen=True, slots=True)
class Origins:
    """The origins of several items that speak to one thing; ``copies`` = how many of them pass it on."""

    number: int
    names: tuple[str, ...]
    copies: int
    items: tuple[Held, ...]


def roots(held: Held, shelf: Shelf) -> Roots:
    """Return the origins of one item (rules 1, 2). Each item on the way is asked once, however many ways."""
    if not _beyond(held, frozenset()):
        return _own_roots(held)
    found = Roots({}, {}, relays=True)
    above, known = {held.id}, {str(held.id)}
    ways = [(held, iter(_beyond(held, frozenset())))]
    while ways:
        at, rest = ways[-1]
        one = next((each for each in rest if each not in known), None)
        if one is None:
            above.discard(at.id)
            ways.pop()
            continue
        known.add(one)
        source = _readable(one, shelf)
        if source is None:
            found.proven[key(one)] = one
        elif further := _beyond(source, above):
            above.add(source.id)
            ways.append((source, iter(further)))
        else:
            own = _own_roots(source)
            found.proven.update(own.proven)
            found.unproven.update(own.unproven)
    return found


def _beyond(held: Held, above: Collection[str]) -> list[str]:
    """Return what an item is derived from, without what is itself derived from it."""
    return [one for one in _derived(held) if one not in above and one != held.id]


def _own_roots(held: Held) -> Roots:
    """Return the origins that an item names of itself, whatever it is derived from."""
    chain = _chain(held)
    if not chain:
        outlet = getattr(held.body, "outlet", None)
        return Roots({canonical_of(outlet): outlet}, {}) if outlet else Roots({held.id: held.body.title}, {})
    proven: dict[str, str] = {}
    unproven: dict[str, str] = {}
    for path in _paths(chain):
        named = [link for link in path if not _nameless(link)]
        name = named[-1].name if named else getattr(held.body, "outlet", None) or held.body.title
        ends_named = bool(named) and named[-1] is path[-1]
        (proven if ends_named else unproven)[canonical_of(name)] = name
    return Roots(proven, unproven, relays=True)


def origins(items: Iterable[Held], shelf: Shelf) -> Origins:
    """Return the origins of items taken together (rules 2, 3)."""
    held = tuple({each.id: each for each in items}.values())
    each = [roots(one, shelf) for one in held]
    proven = {name: said for one in each for name, said in one.proven.items()}
    unproven = {name: said for one in each for name, said in one.unproven.items()}
    shown = tuple(proven.values()) if proven else tuple(unproven.values())[:1]
    return Origins(len(shown), shown, sum(one.relays for one in each), held)


def together(held: Held, shelf: Shelf) -> tuple[Held, ...]:
    """Return the items that are counted together with one (rule 3), itself among them."""
    claim = getattr(held.body, "claim_ref", None)
    if held.kind in SAYING and claim:
        return (*(h for h in _of_claim(claim, shelf) if h.id != held.id), held)
    return tuple(_sources(held, shelf))


def best_credibility(held: Held, shelf: Shelf) -> str:
    """Return the best credibility that an item can bear (rule 4)."""
    own = roots(held, shelf)
    if _derived(held) or not own.proven:
        return "3"
    group = {h.id: h for h in (*together(held, shelf), *_sources(held, shelf), held)}
    return "1" if origins(group.values(), shelf).number > 1 else "2"


def claim_origins(claim: str, shelf: Shelf) -> Origins:
    """Return the origins of all that speaks to a claim, by the office's own reference."""
    return origins(_of_claim(claim, shelf), shelf)


def _of_claim(claim: str, shelf: Shelf) -> tuple[Held, ...]:
    """Return the items that speak to a claim, oldest first."""

    def found() -> dict[str, list[Held]]:
        known: dict[str, list[Held]] = {}
        for held in shelf.stating("claim_ref", *SAYING):
            if said := getattr(held.body, "claim_ref", None):
                known.setdefault(said, []).append(held)
        return known

    return tuple(once(shelf, "items by their claim", found).get(claim, ()))


@aspect(*RESTING)
def origin_count(held: Held, shelf: Shelf) -> Aspect:
    """Return on how many origins an item stands, how many copy it, and whether it goes in a circle."""
    group = together(held, shelf)
    facts = [*_counted(group, shelf), *_copied(held, shelf)]
    if held.kind not in SAYING:
        return Aspect(facts=tuple(facts))
    if (grade := _grade(held)) is not None and grade.credibility != "6":
        facts.append(Fact("best_credibility", best_credibility(held, shelf)))
    circle = _circle(held, shelf)
    opened = (Opened("circular_alarm", between=circle, clause=CLAUSE),) if circle else ()
    flags = (Flag("CIRCULAR", CLAUSE, {"records": len(circle)}, bad=True),) if circle else ()
    return Aspect(facts=tuple(facts), opens=opened, flags=flags)


@rule(*SAYING)
def one_origin_confirms_nothing(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse a credibility that the origins do not bear (rule 4): 1 wherever there is no second one."""
    grade = _grade(draft)
    if grade is None or grade.credibility != "1":
        return
    best = best_credibility(draft, shelf)
    if best != "1":
        yield Objection("grade.one-origin", CLAUSE, missing=frozenset({best}))


def _counted(group: tuple[Held, ...], shelf: Shelf) -> Iterator[Fact]:
    if len(group) > 1:
        found = origins(group, shelf)
        yield Fact("origins", found.number, {"copies": found.copies, "from": found.names})


def _copied(held: Held, shelf: Shelf) -> Iterator[Fact]:
    known = {h.id: h for h in (*shelf.about(held.id), *together(held, shelf))}
    copies = [h for h in known.values() if h.kind in SAYING and held.id in _derived(h)]
    if copies:
        yield Fact("copies", len(copies))


def _circle(held: Held, shelf: Shelf) -> tuple[RecordId, ...]:
    """Return what an item rests on, with itself, where several of one origin are said to confirm it."""
    grade, derived = _grade(held), _derived(held)
    if grade is None or grade.credibility not in (*CONFIRMED, "3") or len(derived) < 2:
        return ()
    items = [found for one in derived if (found := shelf.get(RecordId(one))) is not None]
    if len(items) < 2 or origins(items, shelf).number > 1:
        return ()
    return (*(h.id for h in items), held.id)


def _derived(held: Held) -> tuple[str, ...]:
    """Return what an item repeats: records by their ids, others in words."""
    said = getattr(held.body, "derived_from", ())
    return tuple(dict.fromkeys((*held.derived_from, *said)))


def _readable(one: str, shelf: Shelf) -> Held | None:
    try:
        return shelf.get(RecordId(one))
    except ValueError:
        return None


def _sources(held: Held, shelf: Shelf) -> Iterator[Held]:
    for one in held.sources:
        found = shelf.get(one)
        if found is not None and found.kind in SAYING:
            yield found


def _grade(held: Held) -> Grade | None:
    said = getattr(held.body, "grade", None)
    return said if isinstance(said, Grade) else held.grade


def _chain(held: Held) -> tuple[ChainLink, ...]:
    found = getattr(held.body, "chain", ()) or getattr(held.body, "source_chain", ())
    return tuple(found)


def _paths(chain: tuple[ChainLink, ...]) -> Iterator[list[ChainLink]]:
    """Yield each way from who is quoted first to the end; unlinked ones are one way."""
    relayed = {link.relays for link in chain if link.relays is not None}
    if not relayed and all(not link.source_kind for link in chain):
        yield list(chain)
        return
    for n, link in enumerate(chain):
        if n in relayed:
            continue
        path, at = [link], link.relays
        while at is not None and at < len(chain) and len(path) <= len(chain):
            path.append(chain[at])
            at = chain[at].relays
        yield path


def _nameless(link: ChainLink) -> bool:
    if link.anonymous or link.source_kind in ("unnamed_source", "unnamed-source"):
        return True
    return any(word in key(link.name) for word in NAMELESS)
