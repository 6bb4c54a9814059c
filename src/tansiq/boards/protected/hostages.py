"""Hostage cases: files, rosters, families first, proof of life, outcomes. Source: REQUIREMENTS R26, R27.

1. Every person has a file of his own; whether there are others is unknown until somebody knows.
2. A roster without the host state, the states of the hostages and family liaison is refused, and so is one
   whose readers leave one of them out.
3. All of a case stands under a protected compartment: who is not on the roster does not know that it exists.
4. Families first: a verified proof of life and an outcome are signed when the families have been told;
   what is not verified never reaches a family.
5. An outcome ends the case and opens reintegration; a death opens a review with a date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from tansiq.boards.aspects import Aspect, Fact, Flag, Opened, Raised, State, aspect
from tansiq.boards.clocks import Clock, clock
from tansiq.boards.protected.affair import (
    CASE_KINDS,
    ENDINGS,
    Affair,
    affair,
    case_name,
    end_of,
    is_guarded,
    oversight,
)
from tansiq.boards.rules import Objection, rule
from tansiq.boards.shelf import Held, Shelf
from tansiq.model.kinds.case_existence import CaseExistence
from tansiq.model.kinds.case_outcome import CaseOutcome
from tansiq.model.kinds.contact_log import ContactLog
from tansiq.model.kinds.hostage_case import HostageCase
from tansiq.model.kinds.pol_check import PolCheck
from tansiq.model.kinds.roster import Roster
from tansiq.model.label import Party

DEATHS: Final = frozenset({"killed", "died-in-captivity"})
REVIEW_H: Final = 30 * 24
"""Hours within which a death is reviewed, where the outcome names no date."""


@aspect("hostage-case", ticks=True)
def case_file(held: Held, shelf: Shelf) -> Aspect:
    """Return what is said of a hostage case."""
    body = held.body
    assert isinstance(body, HostageCase)
    known = affair(shelf, body.case) or affair(shelf, body.case, held)
    if known is None:
        return Aspect(unknown=("case",))
    return Aspect(
        states=tuple(_states(body, known)),
        flags=tuple(_flags(known, shelf)),
        clocks=_seal_clock(known, shelf),
        facts=(Fact("roster", known.roster, {"case": known.name}), Fact("files", len(body.persons))),
        unknown=("others",) if body.others_unknown is not False else (),
        embargo="families_informed" if known.family_first and known.informed is None else "",
    )


def _states(body: HostageCase, known: Affair) -> Iterator[State]:
    word = "sealed" if known.sealed else "closed" if known.closed else "open"
    yield State("self", word, "R70" if word == "sealed" else "R26")
    for person in body.persons:
        yield State(f"person:{person.pseudonym or '?'}", person.state or "held", "R26")
    if known.checks:
        yield State("pol", known.checks[-1][1].result or "unclear", "R26")


def _flags(known: Affair, shelf: Shelf) -> Iterator[Flag]:
    if not known.liaisons:
        yield Flag("FAMILY_LIAISON_MISSING", "R26")
    if lacking := sorted(_left_out(known)):
        yield Flag("ROSTER_INCOMPLETE", "R26", {"parties": tuple(lacking)}, bad=True)
    if not oversight(shelf):
        yield Flag("OVERSIGHT_UNTOLD", "R26", bad=True)


def _seal_clock(known: Affair, shelf: Shelf) -> tuple[Clock, ...]:
    if known.seals_at is None:
        return ()
    runs = clock(
        "seal",
        "R70",
        now=shelf.now,
        begun=known.closed or known.opened,
        until=known.seals_at,
        lapses=True,
        soon_h=7 * 24,
        whose=(known.lead,) if known.lead else (),
    )
    return (runs,)


@aspect("roster", "contact-log", "pol-check", "case-outcome", "consultation", "sealed-note", "report")
def need_to_know(held: Held, shelf: Shelf) -> Aspect:
    """Return the exact need-to-know list of a record's case."""
    case = getattr(held.body, "case", None)
    known = affair(shelf, case) or affair(shelf, case, held)
    return Aspect() if known is None else Aspect(facts=(Fact("roster", known.roster, {"case": known.name}),))


@aspect("contact-log", ticks=True)
def family_contact(held: Held, shelf: Shelf) -> Aspect:
    """Return the clock of the next contact with a family; the next contact of the same party meets it."""
    body = held.body
    assert isinstance(body, ContactLog)
    known = affair(shelf, body.case)
    logs = [(h, b) for h, b in known.contacts if h.originator == held.originator] if known else []
    rhythm = body.contact_rhythm_h or next((b.contact_rhythm_h for _, b in logs if b.contact_rhythm_h), None)
    if not rhythm and body.next is None:
        return Aspect()
    later = [h.created for h, _ in logs if h.created > held.created]
    runs = clock(
        "family_contact",
        "R26",
        now=shelf.now,
        begun=end_of(body.contacted) or held.created,
        hours=rhythm if body.next is None else None,
        until=end_of(body.next),
        done=min(later, default=None),
        ended=known is not None and known.closed is not None,
        soon_h=12,
        whose=(held.originator,),
        urgency="urgent",
    )
    flags = () if body.written_follow_up else (Flag("WRITTEN_FOLLOW_UP", "R26"),)
    return Aspect(clocks=(runs,), flags=flags)


@aspect("pol-check")
def proof_of_life(held: Held, shelf: Shelf) -> Aspect:
    """Return how a proof of life stands, and who waits for what."""
    body = held.body
    assert isinstance(body, PolCheck)
    word = body.result or "unclear"
    if word != "verified":
        return Aspect(states=(State("pol", word, "R26"),), embargo="verified")
    return Aspect(
        states=(State("pol", word, "R26"), _embargo_state(end_of(body.family_informed), shelf)),
        embargo="families_informed" if _families_first(body.case, shelf) else "",
    )


@aspect("case-outcome", ticks=True)
def outcome(held: Held, shelf: Shelf) -> Aspect:
    """Return what an outcome opens: reintegration, or after a death a review that others are told of."""
    body = held.body
    assert isinstance(body, CaseOutcome)
    known = affair(shelf, body.case)
    states = known.states if known else ()
    found = Aspect(
        states=(
            State("self", body.outcome or "unresolved", "R26"),
            _embargo_state(end_of(body.family_informed), shelf),
        ),
        embargo="families_informed" if _families_first(body.case, shelf) else "",
    )
    if body.outcome in DEATHS:
        return found + _death(held, body, states, shelf)
    if body.outcome in ENDINGS:
        back = Opened("reintegration", states, note=body.reintegration_plan[:200], clause="R26")
        return found + Aspect(opens=(back,), raises=_tasks(states, "reintegration"))
    return found


def _death(held: Held, body: CaseOutcome, states: tuple[Party, ...], shelf: Shelf) -> Aspect:
    due = review_due(held.created, body)
    referred = bool(body.investigation_ref)
    told = tuple(dict.fromkeys((*states, *oversight(shelf))))
    by = (held.originator,)
    return Aspect(
        states=(State("referral", "recorded" if referred else "awaited", "R27"),),
        clocks=(
            clock("outcome_review", "R27", now=shelf.now, begun=held.created, until=due, whose=by,
                  done=_reviewed(body.case, held, shelf)),
        ),
        opens=(Opened("review", (*by, *told), clause="R27"),),
        raises=(
            Raised("alert", "review-opened", "R27", told, "urgent", {"due": due.isoformat()}),
            Raised("task", "referral", "R27", by, "urgent", {}, settled=referred),
        ),
        unknown=() if referred else ("investigation_ref",),
    )  # fmt: skip


def review_due(begun: datetime, body: CaseOutcome) -> datetime:
    """Return when a death must have been reviewed."""
    return end_of(body.review_due) or begun + timedelta(hours=REVIEW_H)


def _reviewed(case: str | None, held: Held, shelf: Shelf) -> datetime | None:
    """When an after-action review or a review with a finding answered the outcome."""
    name = case_name(case)
    for one in shelf.of("aar", "review"):
        same = case_name(getattr(one.body, "case", None)) == name or one.points_to(held.id)
        finished = one.kind == "aar" or bool(getattr(one.body, "finding", ""))
        if same and finished and one.created >= held.created:
            return one.created
    return None


def _tasks(parties: Iterable[Party], code: str) -> tuple[Raised, ...]:
    return tuple(Raised("task", code, "R26", (party,)) for party in parties)


def _embargo_state(informed: datetime | None, shelf: Shelf) -> State:
    over = informed is not None and informed <= shelf.now
    return State("embargo", "lifted" if over else "waiting", "R26")


def _families_first(case: str | None, shelf: Shelf) -> bool:
    known = affair(shelf, case)
    return known is None or known.family_first


@aspect("case-existence", ticks=True)
def existence(held: Held, shelf: Shelf) -> Aspect:
    """Return what the ombudsperson sees of every case: that it exists, its clock, the size of its roster."""
    body = held.body
    assert isinstance(body, CaseExistence)
    opened = end_of(body.opened) or held.created
    due = end_of(body.due)
    fields = {"clock": int((shelf.now - opened).total_seconds() // 3600), "roster_size": body.roster_size}
    raises = [Raised("case-existence", "case-existence", "R26", oversight(shelf), "routine", dict(fields))]
    if body.review_opened and due is not None:
        about = {"due": due.isoformat()}
        raises.append(Raised("alert", "review-opened", "R27", oversight(shelf), "urgent", dict(about)))
    clocks = (clock("case", "R26", now=shelf.now, begun=opened, until=due),) if due else ()
    word = "closed" if body.closed else "open"
    facts = tuple(Fact(name, value) for name, value in (("case_hours", fields["clock"]),
                                                        ("roster_size", body.roster_size)))  # fmt: skip
    return Aspect(states=(State("self", word, "R26"),), clocks=clocks, facts=facts, raises=tuple(raises))


@rule(*CASE_KINDS)
def stands_guarded(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse what belongs to a case and stands under no protected compartment (rule 3)."""
    if not is_guarded(draft, shelf):
        yield Objection("case.unguarded", "R26", missing=frozenset({"compartments"}))


@rule("roster")
def roster_whole(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse a roster that leaves out whom the case concerns (rule 2)."""
    body = draft.body
    assert isinstance(body, Roster)
    known = affair(shelf, body.case, draft)
    host = body.host_state or (known.host if known else None)
    states = body.states or (known.states if known else ())
    liaisons = known.liaisons if known else ()
    lacking = {
        name
        for name, there in (("host_state", host), ("states", states), ("family_liaison", liaisons))
        if not there
    }
    if not body.case:
        lacking.add("case")
    if lacking:
        yield Objection("roster.incomplete", "R26", missing=frozenset(lacking))
        return
    concerned = {p for p in (host, *states, *liaisons) if p}
    if out := concerned - {*draft.label.audience}:
        yield Objection("roster.left-out", "R26", missing=frozenset(out))


@rule("hostage-case")
def file_whole(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse a case that its host, lead or hostages' states, or its family liaison, may not read."""
    body = draft.body
    assert isinstance(body, HostageCase)
    known = affair(shelf, body.case, draft)
    if known is None:
        yield Objection("field.needed", "R26", missing=frozenset({"case"}))
        return
    if out := _left_out(known, draft):
        yield Objection("roster.left-out", "R26", missing=frozenset(out))
    if not known.liaisons:
        yield Objection("case.no-liaison", "R26", refuses=False)


def _left_out(known: Affair, draft: Held | None = None) -> set[Party]:
    concerned = {p for p in (known.host, known.lead, *known.states, *known.liaisons) if p}
    return concerned - {*(draft.label.audience if draft is not None else known.roster)}


@rule("pol-check")
def verified_first(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Families before other readers; nothing unverified to a family (rule 4)."""
    body = draft.body
    assert isinstance(body, PolCheck)
    if body.result == "verified":
        yield from _untold(draft, body.case, end_of(body.family_informed), shelf)
    elif body.family_informed is not None:
        yield Objection("embargo.unverified", "R26", missing=frozenset({"family_informed"}))


@rule("case-outcome")
def told_first(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Families before other readers; a death names what it was referred to (rules 4, 5)."""
    body = draft.body
    assert isinstance(body, CaseOutcome)
    if body.outcome in ENDINGS:
        yield from _untold(draft, body.case, end_of(body.family_informed), shelf)
    if body.outcome == "killed" and not body.investigation_ref:
        yield Objection("outcome.no-referral", "R27", refuses=False, missing=frozenset({"investigation_ref"}))


def _untold(draft: Held, case: str | None, informed: datetime | None, shelf: Shelf) -> Iterator[Objection]:
    """Others wait until a record says when the families were told, and that is not still to come."""
    others = {*draft.label.audience} - {draft.originator}
    if not others or not _families_first(case, shelf):
        return
    if informed is None or informed > shelf.now:
        yield Objection("embargo.families", "R26", missing=frozenset({"family_informed"}))
