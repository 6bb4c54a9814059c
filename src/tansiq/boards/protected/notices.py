"""Judicial notices: a pointer to a judicial act, with a clock. Source: REQUIREMENTS R29, R30; DOCTRINE 3.12.

1. A notice states court, reference, identifiers, review, offence, dual criminality and the checks of refuge,
   asylum and politics; it is of an adult. It is never itself a cause for arrest.
2. Each request is a notice of its own, known by who made it and its reference; nothing merges two.
3. Without a review in time a notice is suspended, at every node, by the passing of time alone. A review of
   its originator or of the ombudsperson that upholds it begins the clock anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from tansiq.boards.aspects import Aspect, Fact, Flag, Raised, State, aspect
from tansiq.boards.clocks import Clock, clock
from tansiq.boards.protected.affair import end_of, oversight
from tansiq.boards.rules import Objection, rule
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.judicial_notice import JudicialNotice
from tansiq.model.kinds.review import Review

NEEDS: Final = (
    "court",
    "ref",
    "identifiers",
    "review_h",
    "offence",
    "dual_criminality",
    "refugee_check",
    "asylum_check",
    "non_political",
    "adult",
)
"""What no notice is saved without; ``review_h`` = its hours or its date."""


def notices_named(shelf: Shelf, name: str | None) -> tuple[tuple[Held, JudicialNotice], ...]:
    """Return every readable notice of a name: two requests under one name are two notices."""
    wanted = (name or "").strip()
    return tuple((h, b) for h, b in bodies(shelf, JudicialNotice) if wanted and b.notice == wanted)


@aspect("judicial-notice", ticks=True)
def pointer(held: Held, shelf: Shelf) -> Aspect:
    """Return whether a notice is in force, and the days to its review."""
    body = held.body
    assert isinstance(body, JudicialNotice)
    runs = review_clock(held, body, shelf)
    word = notice_word(held, body, shelf)
    flags = [Flag("POINTER_ONLY", "R29")]
    raises: tuple[Raised, ...] = ()
    if word == "suspended":
        flags.append(Flag("NOTICE_SUSPENDED", "R30", bad=True))
        raises = (Raised("alert", "notice-suspended", "R30", urgency="urgent"),)
    days = None if runs.due is None else max(0, (runs.due - shelf.now).days)
    return Aspect(
        states=(State("self", word, "R30"),),
        flags=tuple(flags),
        clocks=(runs,),
        facts=(Fact("days_to_review", days),),
        raises=raises,
        unknown=("act_date",) if body.act_date is None else (),
        needs=NEEDS,
    )


def review_clock(held: Held, body: JudicialNotice, shelf: Shelf) -> Clock:
    """Return the clock of a notice's review (rule 3)."""
    upheld = [h.created for h, r in _reviews(held, body, shelf) if r.review_result == "upheld"]
    begun = max((held.created, *upheld))
    return clock(
        "notice_review",
        "R30",
        now=shelf.now,
        begun=begun,
        hours=body.review_h,
        until=None if body.review_h is not None else end_of(body.review),
        ended=_is_over(held, body, shelf),
        lapses=True,
        soon_h=48,
        key=body.notice or "",
        whose=(held.originator,),
        urgency="urgent",
    )


def notice_word(held: Held, body: JudicialNotice, shelf: Shelf) -> str:
    """Return ``active``, ``suspended`` or ``withdrawn``."""
    if _is_over(held, body, shelf):
        return "withdrawn"
    said = [r.review_result for _, r in _reviews(held, body, shelf)]
    stopped = body.notice_state in ("suspended", "lapsed") or (bool(said) and said[-1] == "suspended")
    if stopped or review_clock(held, body, shelf).state in ("lapsed", "waiting"):
        return "suspended"
    return "active"


def _is_over(held: Held, body: JudicialNotice, shelf: Shelf) -> bool:
    removed = any(r.review_result == "removed" for _, r in _reviews(held, body, shelf))
    return body.notice_state == "withdrawn" or removed


def _reviews(held: Held, body: JudicialNotice, shelf: Shelf) -> Iterator[tuple[Held, Review]]:
    """Yield the reviews with a result, by who may give one: the originator and oversight."""
    entitled = {held.originator, *oversight(shelf)}
    for one, review in bodies(shelf, Review):
        same = one.points_to(held.id) or (body.notice is not None and review.notice == body.notice)
        if same and review.review_result is not None and one.originator in entitled:
            yield one, review


@aspect("review", ticks=True)
def asked(held: Held, shelf: Shelf) -> Aspect:
    """Return the task of each party that a review asks something of, with its due date."""
    body = held.body
    assert isinstance(body, Review)
    if not body.asks:
        return Aspect()
    due = end_of(body.due)
    found = Aspect()
    for party in held.label.audience:
        if party != held.originator:
            answered = _answer(held, body, party, shelf)
            fields = {"due": due.isoformat() if due else None, "asks": body.asks}
            runs = clock("review_answer", "R30", now=shelf.now, begun=held.created, until=due, done=answered,
                         whose=(party,), key=party, urgency="urgent")  # fmt: skip
            task = Raised("task", "review-asks", "R30", (party,), "urgent", {**fields}, answered is not None)
            found += Aspect(clocks=(runs,), raises=(task,))
    return found


def _answer(held: Held, body: Review, party: str, shelf: Shelf) -> datetime | None:
    """When a party answered: by a record that points to the review, or by one of its kinds on the notice."""
    kinds = ("correction", "redress", "review", "judicial-notice", "judicial-decision")
    found = [h.created for h in shelf.about(held.id) if h.originator == party]
    found += [
        h.created
        for h in shelf.of(*kinds)
        if h.originator == party
        and h.created > held.created
        and getattr(h.body, "notice", None) in (body.notice, None)
    ]
    return min(found, default=None)


@rule("judicial-notice")
def judicial_basis(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse a notice without a moment of review; warn of an act without its date (rule 1)."""
    body = draft.body
    assert isinstance(body, JudicialNotice)
    if body.review_h is None and end_of(body.review) is None:
        yield Objection("field.needed", "R29", missing=frozenset({"review"}))
    elif (due := review_clock(draft, body, shelf).due) is not None and due <= shelf.now:
        yield Objection("notice.review-past", "R30", missing=frozenset({"review"}))
    if body.act_date is None:
        yield Objection("notice.no-act-date", "R29", refuses=False, missing=frozenset({"act_date"}))
    if not draft.label.uses:
        yield Objection("purpose.none", "R70", refuses=False, missing=frozenset({"uses"}))
