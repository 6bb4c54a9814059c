"""Initiatives beside the mechanism, and where each member stands on them. Source: REQUIREMENTS R46, R51.

1. The register holds what is proposed, with convener, invitees and state, and the requests from outside that
   cost or lie outside the region.
2. Every member's position is given, given with conditions, or awaited; what it said once and for all
   (standing positions, national caveats) is attached, and stands for no answer to this initiative.
3. The order is that of the invitees, then of the codes: no default favours a member.
4. A convener that does not attend is a valid state.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tansiq.boards.aspects import Aspect, Fact, State, aspect
from tansiq.boards.diplomacy.caveats import Caveat, raised_by
from tansiq.boards.diplomacy.parties import members, party_named
from tansiq.boards.diplomacy.requests import answers_to, items_of, opens_initiative, position_word
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.ext_request import ExtRequest
from tansiq.model.kinds.initiative import Initiative
from tansiq.model.kinds.invitation import Invitation
from tansiq.model.kinds.position import Position
from tansiq.model.label import Party


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one member stands: ``how`` is given, conditional or awaited; ``standing`` = its standing
    positions."""

    party: Party
    how: str
    word: str
    conditions: tuple[str, ...] = ()
    record: Held | None = None
    standing: tuple[Held, ...] = ()
    caveats: tuple[Caveat, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register: an initiative or a request that opens one."""

    held: Held
    convener: str | None
    invitees: tuple[str, ...]
    state: str | None
    convener_attends: bool | None
    stands: tuple[Stand, ...]


def register(shelf: Shelf) -> tuple[Entry, ...]:
    """Return the register of initiatives, oldest first."""
    found = [entry_of(held, shelf) for held in shelf.of("initiative", "ext-request")]
    return tuple(entry for entry in found if entry is not None)


def entry_of(held: Held, shelf: Shelf) -> Entry | None:
    """Return a record's line in the register, None for one that has none."""
    match held.body:
        case Initiative() as body:
            invited = body.invitees
            stands = tuple(_stand(p, held, shelf) for p in ordered(invited, shelf))
            return Entry(held, body.convener, invited, body.initiative_state, body.convener_attends, stands)
        case ExtRequest() as body if opens_initiative(body):
            asked = [p for p in members(shelf.charter) if held.label.reaches(p)]
            stands = tuple(_stand(p, held, shelf) for p in asked)
            return Entry(held, body.requester or held.originator, tuple(asked), "proposed", None, stands)
        case _:
            return None


def ordered(invited: tuple[str, ...], shelf: Shelf) -> tuple[Party, ...]:
    """Return the members, those invited first and in that order (rule 3)."""
    home = members(shelf.charter)
    named = [party_named(name, shelf.charter) for name in invited]
    return tuple(dict.fromkeys((*(p for p in named if p in home and p is not None), *home)))


def _stand(party: Party, on: Held, shelf: Shelf) -> Stand:
    met = tuple(c for c in raised_by(on, shelf) if c.party == party)
    standing = tuple(h for h, b in bodies(shelf, Position) if h.originator == party and b.standing_position)
    given = [
        (h, b)
        for h, b in bodies(shelf, Position)
        if h.originator == party and b.on is not None and str(b.on) == str(on.id) and not b.standing_position
    ]
    if given:
        held, body = given[-1]
        word = (body.position or "awaited").replace("-", "_")
        how = "awaited" if word == "awaited" else "conditional" if body.conditions else "given"
        return Stand(party, how, word, body.conditions, held, standing, met)
    items = [state for (who, _), (_, state, _) in items_of(answers_to(on.id, shelf)).items() if who == party]
    if items:
        answer = next(h for h, _ in reversed(answers_to(on.id, shelf)) if h.originator == party)
        return Stand(party, "given", position_word(items), (), answer, standing, met)
    return Stand(party, "awaited", "awaited", (), None, standing, met)


@aspect("initiative")
def initiative(held: Held, shelf: Shelf) -> Aspect:
    """Return what is said of an initiative: its state, and every member's position."""
    entry = entry_of(held, shelf)
    if entry is None:
        return Aspect()
    return Aspect(
        states=(
            State("self", entry.state or "unknown", "R51"),
            *(State(f"position:{s.party}", s.word, "R46") for s in entry.stands),
        ),
        facts=tuple(_facts(entry)),
        unknown=tuple(_unknown(held)),
    )


def _facts(entry: Entry) -> Iterator[Fact]:
    if entry.convener_attends is False:
        yield Fact("convener_attends", False)
    for stand in entry.stands:
        for held in stand.standing:
            yield Fact("standing_position", held.body.title, {"by": stand.party, "record": str(held.id)})
        if stand.conditions:
            yield Fact("conditions", stand.conditions, {"by": stand.party})


def _unknown(held: Held) -> Iterator[str]:
    for name in ("convener", "invitees", "expected", "venue"):
        if getattr(held.body, name) in (None, ()):
            yield name


@aspect("invitation")
def invitation(held: Held, _: Shelf) -> Aspect:
    """Return what is said of an invitation: each invitee with its role and where its answer stands.
    Source: R44."""
    body = held.body
    assert isinstance(body, Invitation)
    facts = [
        Fact("invitee", line.reply or "to-invite", {"invitee": line.invitee, "role": line.invited_as})
        for line in body.invitations
    ]
    if body.convener is not None:
        facts.append(Fact("convener_attends", body.convener_attends, {"convener": body.convener}))
    return Aspect(
        states=(State("self", "convened" if body.convener else "open", "R44"),),
        facts=tuple(facts),
        unknown=() if body.invitations else ("invitations",),
    )
