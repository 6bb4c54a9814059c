"""Aspects: what a family's rules say of one record at a moment, in words that every screen can show.

A family declares a function for its kinds (``@aspect``); several functions may speak of one kind. States,
flags, facts and what is opened are codes with their words under ``aspects.*`` in every language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final, Literal

from tansiq.base.ids import RecordId
from tansiq.boards.clocks import Clock, Urgency
from tansiq.boards.shelf import Held, Shelf
from tansiq.model.label import Party

Value = str | int | bool | None | tuple[str, ...]
How = Literal["alert", "task", "ack", "fact-notice", "case-existence"]


@dataclass(frozen=True, slots=True)
class State:
    """The state of something: ``of`` is ``self`` or names a part (``position:MR``, ``attribute:seat``)."""

    of: str
    word: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """A coded badge or warning with the clause it rests on and what it speaks of (``types``, ``rule`` …)."""

    code: str
    clause: str
    about: dict[str, Value] = field(default_factory=dict)
    record: RecordId | None = None
    bad: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A named fact that was worked out, with its parts; never one that somebody typed."""

    name: str
    value: Value
    about: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opened:
    """An item that a record opens for parties (an attendance, a contradiction, a follow-up).

    ``record`` = where it stands, None = nobody has written it yet; ``between`` = what it lies between.
    """

    what: str
    parties: tuple[Party, ...] = ()
    record: RecordId | None = None
    between: tuple[RecordId, ...] = ()
    note: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Raised:
    """Something that officers of parties must notice. ``parties`` blank = all who may read the record.

    ``fields`` are what the notice itself says, where the record may not be read by whom it is for.
    """

    how: How
    code: str
    clause: str
    parties: tuple[Party, ...] = ()
    urgency: Urgency = "routine"
    fields: dict[str, Value] = field(default_factory=dict)
    settled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspect:
    """All that is said of one record. ``unknown`` = fields that are known to be unknown (never 0 or blank).

    ``needs`` = fields without which it cannot be signed; ``releases`` = whose release it needs before it goes
    wider; ``released`` = who has given it; ``embargo`` = until when others must wait.
    """

    states: tuple[State, ...] = ()
    flags: tuple[Flag, ...] = ()
    clocks: tuple[Clock, ...] = ()
    facts: tuple[Fact, ...] = ()
    opens: tuple[Opened, ...] = ()
    raises: tuple[Raised, ...] = ()
    unknown: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    releases: tuple[Party, ...] = ()
    released: tuple[Party, ...] = ()
    embargo: str = ""

    def __add__(self, other: Aspect) -> Aspect:
        return Aspect(
            states=self.states + other.states,
            flags=self.flags + other.flags,
            clocks=self.clocks + other.clocks,
            facts=self.facts + other.facts,
            opens=self.opens + other.opens,
            raises=self.raises + other.raises,
            unknown=self.unknown + other.unknown,
            needs=self.needs + other.needs,
            releases=self.releases + other.releases,
            released=self.released + other.released,
            embargo=self.embargo or other.embargo,
        )

    def __bool__(self) -> bool:
        return self != NOTHING


NOTHING: Final = Aspect()
Teller = Callable[[Held, Shelf], Aspect]
_TELLERS: Final[dict[str, list[Teller]]] = {}
_TICKING: Final[set[str]] = set()


@dataclass(frozen=True, slots=True)
class _Told:
    of: Held
    said: Aspect


def aspect(*kinds: str, ticks: bool = False) -> Callable[[Teller], Teller]:
    """Declare what tells of records of kinds (bare names); ``ticks`` = it yields clocks or notices."""

    def declared(teller: Teller) -> Teller:
        for kind in kinds:
            _TELLERS.setdefault(kind, []).append(teller)
        if ticks:
            _TICKING.update(kinds)
        return teller

    return declared


def aspect_of(held: Held, shelf: Shelf) -> Aspect:
    """Return all that is said of a record at the shelf's moment."""
    before = shelf.told.get((aspect_of, held.id))
    if isinstance(before, _Told) and before.of is held:
        return before.said
    found = NOTHING
    for teller in _TELLERS.get(held.kind, ()):
        found += teller(held, shelf)
    shelf.told[aspect_of, held.id] = _Told(held, found)
    return found


def ticking(shelf: Shelf) -> Iterable[tuple[Held, Aspect]]:
    """Yield every record whose kind ticks, with what is said of it: where clocks and notices come from."""
    for held in shelf.of(*sorted(_TICKING)):
        if told := aspect_of(held, shelf):
            yield held, told
