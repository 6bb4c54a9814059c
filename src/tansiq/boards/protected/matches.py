"""Likenesses, markers of error and redress. Source: REQUIREMENTS R29, R30.

1. A name alone supports no step against anyone; a likeness is reviewed within 72 hours of its record.
2. Two notices, or a notice and a person held, are of one person only when an officer of each state says so;
   nobody confirms for another.
3. A marker "not this person" goes to all who had the notice or the likeness, at least, ahead of all else.
4. What an error cost is counted in hours held, and told to the ombudsperson.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from tansiq.boards.aspects import Aspect, Fact, Flag, Raised, State, Value, aspect
from tansiq.boards.clocks import clock
from tansiq.boards.protected.affair import end_of, oversight
from tansiq.boards.protected.notices import notices_named
from tansiq.boards.rules import Objection, rule
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.correction import NOT_THIS_PERSON, Correction
from tansiq.model.kinds.identity_match import IdentityMatch
from tansiq.model.kinds.judicial_notice import JudicialNotice
from tansiq.model.kinds.redress import Redress
from tansiq.model.label import EVERYBODY, Party

REVIEW_H: Final = 72


@aspect("identity-match", ticks=True)
def likeness(held: Held, shelf: Shelf) -> Aspect:
    """Return how a likeness stands: what was compared, who has said what, how long it may stay open."""
    body = held.body
    assert isinstance(body, IdentityMatch)
    word, settled = _word(held, body, shelf)
    states = _needed(held, body, shelf)
    runs = clock(
        "identity_review",
        "R30",
        now=shelf.now,
        begun=held.created,
        hours=REVIEW_H,
        done=settled,
        whose=states,
        key=body.notice or "",
        urgency="life",
    )
    told = tuple(dict.fromkeys((*oversight(shelf), *states)))
    return Aspect(
        states=(State("self", word, "R30"),),
        flags=() if body.identifiers_matched else (Flag("NAME_ONLY", "R30", _compared(body), bad=True),),
        clocks=(runs,),
        facts=(Fact("supports_a_step", value=False),),
        raises=(Raised("alert", "identity-match", "R30", told, "life", {}, settled is not None),),
    )


def _compared(body: IdentityMatch) -> dict[str, Value]:
    return {
        "identifiers_matched": body.identifiers_matched,
        "identifiers_checked": body.identifiers_checked,
    }


def _needed(held: Held, body: IdentityMatch, shelf: Shelf) -> tuple[Party, ...]:
    """Whose officers must say so (rule 2): of each notice's state and of the state that reports it."""
    named = (*notices_named(shelf, body.notice), *notices_named(shelf, body.other_notice))
    return tuple(dict.fromkeys((*(h.originator for h, _ in named), held.originator)))


def _word(held: Held, body: IdentityMatch, shelf: Shelf) -> tuple[str, datetime | None]:
    """Return the state of a likeness and when it was settled."""
    if (at := _disowned(held, body, shelf)) is not None:
        return "not-this-person", at
    same = [
        (h, b)
        for h, b in bodies(shelf, IdentityMatch)
        if h.id == held.id
        or h.points_to(held.id)
        or (b.notice == body.notice and b.other_notice == body.other_notice and body.other_notice is not None)
    ]
    sure = {
        h.originator: h.created for h, b in same if b.match_state == "confirmed" and b.identifiers_matched
    }
    needed = _needed(held, body, shelf)
    if needed and all(party in sure for party in needed):
        return "confirmed", max(sure[p] for p in needed)
    return "held-for-review", None


def _disowned(held: Held, body: IdentityMatch, shelf: Shelf) -> datetime | None:
    """When somebody entitled said that this is not the person, or the harm was made good."""
    owners = {h.originator for h, _ in notices_named(shelf, body.notice)}
    found = [held.created] if body.match_state == "not-this-person" else []
    found += [
        h.created
        for h, b in bodies(shelf, Correction)
        if b.marker == NOT_THIS_PERSON
        and h.created >= held.created
        and (h.points_to(held.id) or b.corrects == held.id or h.originator in owners)
    ]
    found += [
        h.created for h, b in bodies(shelf, Redress) if b.hit == held.id and b.redress_state != "refused"
    ]
    return min(found, default=None)


@rule("identity-match")
def nobody_for_another(draft: Held, _: Shelf) -> Iterator[Objection]:
    """Refuse a confirmation by name alone, or in the name of another state (rules 1, 2)."""
    body = draft.body
    assert isinstance(body, IdentityMatch)
    if body.match_state == "confirmed" and not body.identifiers_matched:
        yield Objection("match.name-only", "R30", missing=frozenset({"identifiers_matched"}))
    if others := frozenset(body.confirmed_by) - {draft.originator}:
        yield Objection("match.for-another", "R29", missing=frozenset(others))


@aspect("correction", ticks=True)
def marker(held: Held, _: Shelf) -> Aspect:
    """Return what a marker says to whoever may have heard of the error."""
    body = held.body
    assert isinstance(body, Correction)
    if body.marker != NOT_THIS_PERSON:
        return Aspect()
    told = Raised("alert", "not-this-person", "R30", urgency="life")
    return Aspect(states=(State("self", "not-this-person", "R30"),), raises=(told,))


@rule("correction")
def outruns(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse a marker that somebody who had the notice or the likeness would not get (rule 3)."""
    body = draft.body
    assert isinstance(body, Correction)
    if body.marker != NOT_THIS_PERSON or EVERYBODY in draft.label.audience:
        return
    wrong = tuple(_in_error(draft, body, shelf))
    missing = {p for one in wrong for p in one.label.audience} - {*draft.label.audience}
    if missing:
        yield Objection("correction.narrower", "R30", missing=frozenset(missing))
    cells = {*draft.label.compartments}.difference(*(one.label.compartments for one in wrong))
    if cells and wrong:
        yield Objection("correction.narrower", "R30", missing=frozenset(cells))


def _in_error(draft: Held, body: Correction, shelf: Shelf) -> Iterator[Held]:
    """Yield what a marker corrects: what it points to, else our notices in which somebody was mistaken."""
    named = [body.corrects, *(ref.record_id for ref in draft.refs)]
    found = [one for record_id in named if record_id and (one := shelf.get(record_id)) is not None]  # type: ignore[arg-type]
    matches = bodies(shelf, IdentityMatch)
    names = {m.notice for h, m in matches if h in found} | {
        b.notice for h in found if isinstance(b := h.body, JudicialNotice)
    }
    for held, notice in bodies(shelf, JudicialNotice):
        mistaken = notice.notice in names if found else any(m.notice == notice.notice for _, m in matches)
        if held.originator == draft.originator and mistaken:
            yield held
    yield from found


@aspect("redress", ticks=True)
def made_good(held: Held, shelf: Shelf) -> Aspect:
    """Return what an error cost, and until when a request must be heard."""
    body = held.body
    assert isinstance(body, Redress)
    closed = body.redress_state in ("granted", "refused") or bool(body.remedy)
    found = Aspect(states=(State("self", body.redress_state or ("granted" if closed else "filed"), "R30"),))
    if (due := end_of(body.due)) is not None:
        runs = clock("redress", "R30", now=shelf.now, begun=held.created, until=due, urgency="urgent",
                     done=held.created if closed else None, whose=(held.originator,))  # fmt: skip
        found += Aspect(clocks=(runs,))
    if body.held_hours is None:
        return found + Aspect(unknown=("held_hours",))
    cases, hours = mistaken_hours(shelf, held.created.year)
    about = {"hours": body.held_hours, "year": held.created.year, "cases": cases, "hours_year": hours}
    return found + Aspect(facts=(Fact("statistic", "mistaken_identity", {**about}),))


def mistaken_hours(shelf: Shelf, year: int) -> tuple[int, int]:
    """Return the number of mistaken identities of a year that the reader sees, and their hours held."""
    found = [
        b.held_hours
        for h, b in bodies(shelf, Redress)
        if b.held_hours is not None and h.created.year == year and b.redress_state != "refused"
    ]
    return len(found), sum(found)
