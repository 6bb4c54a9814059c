"""The changes that set a circle, a compartment, the presidency or the rules as a whole. Pure.

1. A seat that is left ends at the moment of the change and stays listed; the others go on as dated. One
   that has not begun by then gives way.
2. Names not given stay as they are; a new circle or compartment is named by its code where none are given.
3. Refusals: ``amend.unknown-party``, ``amend.unknown-circle``, ``amend.nothing`` (it stands so already),
   ``amend.code`` (a compartment of that code cannot be protected).

Source: DESIGN 1 (I5), 6.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from tansiq.base.refusal import Refusal
from tansiq.model.amendment import (
    CircleDropped,
    CircleSet,
    CompartmentDropped,
    CompartmentSet,
    PresidencySet,
    RulesSet,
)
from tansiq.model.charter import Charter, CharterRules, Circle, CircleCode, Compartment, Names, Seat
from tansiq.model.label import Party
from tansiq.policy.amend import Drafted
from tansiq.policy.compartments import is_protected


def set_circle(
    charter: Charter, code: str, members: Iterable[Party], *, at_ms: int, names: Names | None = None
) -> Drafted:
    """Set who has a seat in a circle from ``at_ms`` on; one that is not there yet is made."""
    wanted = tuple(dict.fromkeys(members))
    if (unknown := _unknown(charter, wanted)) is not None:
        return unknown
    old = charter.circle(code)
    begun = tuple(s for s in (old.members if old else ()) if s.from_ms <= at_ms)
    seats = _seats(begun, wanted, at_ms)
    made = Circle(CircleCode(code), names or (old.names if old else Names(code, code, code)), seats)
    return Refusal("amend.nothing", frozenset({code})) if made == old else (CircleSet(made),)


def drop_circle(charter: Charter, code: str) -> Drafted:
    """Take a circle out of the charter."""
    found = charter.circle(code)
    if found is None:
        return Refusal("amend.unknown-circle", frozenset({code}))
    return (CircleDropped(found.code),)


def set_compartment(
    charter: Charter,
    code: str,
    *,
    hidden: bool,
    protected: bool,
    holders: Sequence[Party] = (),
    names: Names | None = None,
) -> Drafted:
    """Set a compartment as a whole; one that is not there yet is made. No ``holders`` = any party named."""
    if (unknown := _unknown(charter, holders)) is not None:
        return unknown
    old = charter.compartment(code)
    kept = names or (old.names if old else Names(code, code, code))
    made = Compartment(code, kept, hidden, tuple(dict.fromkeys(holders)), protected)
    if protected and not is_protected(code, replace(charter, compartments=(made,))):
        return Refusal("amend.code", frozenset({code}))
    return Refusal("amend.nothing", frozenset({code})) if made == old else (CompartmentSet(made),)


def drop_compartment(charter: Charter, code: str) -> Drafted:
    """Take a compartment out of the charter's list."""
    known = charter.compartment(code) is not None
    return (CompartmentDropped(code),) if known else Refusal("amend.nothing", frozenset({code}))


def set_presidency(charter: Charter, party: Party, *, from_ms: int) -> Drafted:
    """Give the presidency to a party from a moment on; whoever holds it then gives it up."""
    if (unknown := _unknown(charter, (party,))) is not None:
        return unknown
    begun = tuple(s for s in charter.presidency if s.from_ms < from_ms)
    made = _seats(begun, (party,), from_ms)
    if made == charter.presidency:
        return Refusal("amend.nothing", frozenset({party}))
    return (PresidencySet(made),)


def set_rules(
    charter: Charter,
    *,
    amend_quorum: int | None = None,
    suspend_quorum: int | None = None,
    heartbeat_h: int | None = None,
    own_compartments: bool | None = None,
) -> Drafted:
    """Set the rules that are given; None leaves one as it is."""
    held = charter.rules

    def chosen(new: int | None, old: int) -> int:
        return old if new is None else min(max(new, 0), 10_000)

    made = CharterRules(
        amend_quorum=chosen(amend_quorum, held.amend_quorum),
        suspend_quorum=chosen(suspend_quorum, held.suspend_quorum),
        heartbeat_h=max(1, chosen(heartbeat_h, held.heartbeat_h)),
        own_compartments=held.own_compartments if own_compartments is None else own_compartments,
    )
    return Refusal("amend.nothing") if made == held else (RulesSet(made),)


def _seats(old: Sequence[Seat], wanted: Sequence[Party], at_ms: int) -> tuple[Seat, ...]:
    """Return the seats with ``wanted`` sitting at ``at_ms`` and nobody else (rule 1)."""

    def open_at(seat: Seat) -> bool:
        return seat.until_ms is None or seat.until_ms > at_ms

    kept = [replace(s, until_ms=at_ms) if open_at(s) and s.party not in wanted else s for s in old]
    sitting = {s.party for s in kept if open_at(s)}
    return (*kept, *(Seat(party, at_ms) for party in wanted if party not in sitting))


def _unknown(charter: Charter, parties: Iterable[Party]) -> Refusal | None:
    lacking = frozenset(p for p in parties if charter.party(p) is None)
    return Refusal("amend.unknown-party", lacking) if lacking else None
