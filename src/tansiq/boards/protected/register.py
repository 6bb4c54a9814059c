"""The legal register and the credentials of seats. Source: REQUIREMENTS R71.

1. No kind of a protected family is signed before a legal basis in force covers it: agreement, purpose,
   the signing party as controller, data-protection authority, impact assessment.
2. A federation for exercise holds no living person's data: there the lack is shown and refuses nothing.
3. Who speaks for a seat is who holds a credential now; two who hold one at once make the seat disputed; where
   none does, it is vacant.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from tansiq.boards.aspects import Aspect, Fact, Flag, State, aspect
from tansiq.boards.clocks import clock
from tansiq.boards.protected.affair import end_of
from tansiq.boards.rules import Objection, needs, rule
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.credential import Credential
from tansiq.model.kinds.legal_basis import LegalBasis
from tansiq.model.label import Party
from tansiq.model.values import TimeExpression

FAMILIES: Final[dict[str, tuple[str, ...]]] = {
    "hostages": (
        "hostage-case",
        "roster",
        "contact-log",
        "pol-check",
        "case-outcome",
        "consultation",
        "sealed-note",
    ),
    "notices": (
        "judicial-notice",
        "identity-match",
        "review",
        "redress",
        "release-notice",
        "judicial-decision",
    ),
    "victims": ("case", "victim-record"),
    "sources": ("source-vault",),
}
"""The protected families, with their kinds."""
_FAMILY_OF: Final = {kind: family for family, kinds in FAMILIES.items() for kind in kinds}
PARTS: Final = ("agreement_ref", "purpose", "controller", "authority", "impact_assessment", "covers")


def family_of(kind: str) -> str | None:
    """Return the protected family of a kind."""
    return _FAMILY_OF.get(kind)


def in_force(begins: TimeExpression | None, ends: TimeExpression | None, now: datetime) -> str:
    """Return ``in-force``, ``not-yet`` or ``ended``; without dates it is in force."""
    start = None if begins is None else begins.lo or begins.hi
    end = end_of(ends)
    if start is not None and start > now:
        return "not-yet"
    return "ended" if end is not None and end <= now else "in-force"


def basis_for(shelf: Shelf, kind: str, party: Party) -> Held | None:
    """Return the legal basis in force that lets a party sign records of a kind."""
    family = family_of(kind) or ""
    for held, body in bodies(shelf, LegalBasis):
        covers = {c.strip() for c in body.covers}
        whole = body.controller == party and body.authority and body.impact_assessment.strip()
        if whole and covers & {kind, family} and in_force(body.begins, body.ends, shelf.now) == "in-force":
            return held
    return None


@rule(*_FAMILY_OF)
def switched_on(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse a record of a protected family without its legal basis (rules 1, 2)."""
    if basis_for(shelf, draft.kind, draft.originator) is not None:
        return
    family = frozenset({_FAMILY_OF[draft.kind]})
    if shelf.charter.exercise:
        yield Objection("legal-basis.exercise", "R71", refuses=False, missing=family)
    else:
        yield Objection("legal-basis.none", "R71", missing=family)


@rule("legal-basis")
def basis_whole(draft: Held, _: Shelf) -> Iterator[Objection]:
    """Refuse a basis for a protected family that lacks one of its parts, or names another as controller."""
    body = draft.body
    assert isinstance(body, LegalBasis)
    if not {c.strip() for c in body.covers} & {*FAMILIES, *_FAMILY_OF}:
        return
    yield from needs(draft, "R71", PARTS)
    if body.controller is not None and body.controller != draft.originator:
        yield Objection("legal-basis.controller", "R71", missing=frozenset({body.controller}))


@aspect("legal-basis", ticks=True)
def basis(held: Held, shelf: Shelf) -> Aspect:
    """Return whether a legal basis is in force, and for which protected families."""
    body = held.body
    assert isinstance(body, LegalBasis)
    covers = {c.strip() for c in body.covers}
    found = tuple(f for f, kinds in FAMILIES.items() if f in covers or covers & {*kinds})
    clocks = (
        (clock("legal_basis", "R71", now=shelf.now, begun=held.created, until=end_of(body.ends), lapses=True,
               soon_h=60 * 24, whose=(held.originator,)),)
        if body.ends is not None
        else ()
    )  # fmt: skip
    word = in_force(body.begins, body.ends, shelf.now)
    unknown = tuple(p for p in PARTS if not getattr(body, p))
    return Aspect(states=(State("self", word, "R71"),), clocks=clocks, facts=(Fact("switches_on", found),),
                  unknown=unknown)  # fmt: skip


def speakers(shelf: Shelf, party: Party) -> tuple[tuple[Held, Credential], ...]:
    """Return the credentials in force for a party's seat, oldest first."""
    return tuple(
        (held, body)
        for held, body in bodies(shelf, Credential)
        if body.party == party and in_force(body.begins, body.ends, shelf.now) == "in-force"
    )


def seat_word(shelf: Shelf, party: Party) -> str:
    """Return how a seat stands: accredited, transition, vacant or disputed (rule 3)."""
    found = [body for _, body in speakers(shelf, party)]
    holders = {b.holder_role for b in found if b.standing_state != "vacant" and b.holder_role}
    if len(holders) > 1 or any(b.standing_state == "disputed" for b in found):
        return "disputed"
    if not holders:
        return "vacant"
    return "transition" if any(b.standing_state == "transition" for b in found) else "accredited"


@aspect("credential", ticks=True)
def seat(held: Held, shelf: Shelf) -> Aspect:
    """Return who speaks for a seat now, by which credentials."""
    body = held.body
    assert isinstance(body, Credential)
    if body.party is None:
        return Aspect(unknown=("party",))
    word = seat_word(shelf, body.party)
    found = speakers(shelf, body.party)
    names = tuple(b.holder_role for _, b in found if b.holder_role and b.standing_state != "vacant")
    flags = (Flag("SEAT_DISPUTED", "R71", {"holders": names}, bad=True),) if word == "disputed" else ()
    clocks = (
        (clock("credential", "R71", now=shelf.now, begun=held.created, until=end_of(body.ends), lapses=True,
               soon_h=30 * 24, whose=(body.party,)),)
        if body.ends is not None
        else ()
    )  # fmt: skip
    return Aspect(
        states=(State("self", in_force(body.begins, body.ends, shelf.now), "R71"),
                State(f"seat:{body.party}", word, "R71")),
        flags=flags,
        clocks=clocks,
        facts=(Fact("speaks", names or None),),
    )  # fmt: skip


@rule("credential")
def credential_whole(draft: Held, _: Shelf) -> Iterator[Objection]:
    """Refuse a credential without its seat, dates, issuer, and (unless vacant) holder."""
    body = draft.body
    assert isinstance(body, Credential)
    yield from needs(draft, "R71", ("party", "standing_state", "begins", "issued_by"))
    if body.standing_state not in (None, "vacant"):
        yield from needs(draft, "R71", ("holder_role",))
    if body.party is not None and body.party != draft.originator and body.standing_state == "accredited":
        yield Objection("credential.for-another", "R71", refuses=False, missing=frozenset({body.party}))
