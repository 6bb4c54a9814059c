"""Open items: follow-ups that stay until closed with a reason, and what a review asks of its owners.

1. Nothing is archived and nothing closes by itself, however old. Source: REQUIREMENTS R39.
2. A follow-up that points to no record speaks of the whole ledger: its counts are worked out, and every
   open end of the ledger stands on it.
3. What a review wants changed opens a follow-up for its owner; where none is named, for every member
   that reads it, until one takes it. Source: REQUIREMENTS R57.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from tansiq.boards.aspects import Aspect, Fact, Flag, Opened, State, Value, aspect
from tansiq.boards.clocks import clock
from tansiq.boards.followup.ledger import Line, age_days, covered, ledger, opened_at, touched_at
from tansiq.boards.rules import Objection, needs, rule
from tansiq.boards.shelf import Held, Shelf
from tansiq.model.kinds.aar import Aar
from tansiq.model.kinds.follow_up import FollowUp
from tansiq.model.label import Party


@aspect("follow-up")
def follow_up(held: Held, shelf: Shelf) -> Aspect:
    """Return what is said of a follow-up."""
    body = held.body
    assert isinstance(body, FollowUp)
    lines = spoken_of(held, shelf)
    return Aspect(
        states=(State("self", word_of(body), "R39"),),
        flags=() if word_of(body) == "closed" else tuple(_badges(lines)),
        facts=(
            Fact("age_days", age_days(opened_at(held, shelf), shelf.now)),
            Fact("touched", touched_at(held, shelf).date().isoformat()),
            _trace(lines),
            *(Fact("count", n, {"state": state}) for state, n in sorted(_counts(lines).items())),
        ),
    )


@aspect("aar", ticks=True)
def review(held: Held, shelf: Shelf) -> Aspect:
    """Return what an after-action review opens (rule 3), and its own clock when it has a date."""
    body = held.body
    assert isinstance(body, Aar)
    due = body.due.hi if body.due is not None else None
    taken = {each.body.title: each for each in shelf.about(held.id) if isinstance(each.body, FollowUp)}
    whose = owners_of_review(held, body, shelf)
    runs = clock("follow_up", "R39", now=shelf.now, begun=held.created, until=due, whose=whose)
    return Aspect(
        clocks=(runs,) if due is not None else (),
        opens=tuple(
            Opened("followup", whose, taken[point].id if point in taken else None, note=point, clause="R39")
            for point in body.improve
        ),
    )


def owners_of_review(held: Held, body: Aar, shelf: Shelf) -> tuple[Party, ...]:
    """Return who has to take up what a review wants changed (rule 3)."""
    if body.owner is not None:
        return (body.owner,)
    members = {p.code for p in shelf.charter.parties if p.type == "member"}
    return tuple(sorted(p for p in members if held.label.reaches(p)))


def word_of(body: FollowUp) -> str:
    """Return how a follow-up stands: closed only with its reason (rule 1)."""
    if body.follow_up_state == "closed":
        return "closed" if body.closing_reason.strip() else "open"
    return body.follow_up_state or "open"


def spoken_of(held: Held, shelf: Shelf) -> tuple[Line, ...]:
    """Return the lines of the ledger that a follow-up speaks of (rule 2)."""
    every = ledger(shelf)
    pointed = {ref.record_id for ref in held.refs}
    return tuple(line for line in every if line.id in pointed) or (() if pointed else every)


@rule("follow-up")
def closing_needs_its_reason(draft: Held, _: Shelf) -> Iterable[Objection]:
    """Refuse to close without a reason (rule 1)."""
    body = draft.body
    assert isinstance(body, FollowUp)
    if body.follow_up_state == "closed":
        yield from needs(draft, "R39", ["closing_reason"])


def _badges(lines: tuple[Line, ...]) -> Iterator[Flag]:
    found = Counter(badge for line in lines if line.is_open for badge in line.badges)
    for code, n in sorted(found.items()):
        yield Flag(code, "R38", {"count": n})


def _trace(lines: tuple[Line, ...]) -> Fact:
    linked = sum(bool(line.sentence) for line in lines)
    about: dict[str, Value] = {
        "from_kind": "commitment",
        "to_kind": "sentence",
        "coverage": int(covered(lines)),
        "linked": linked,
        "of": len(lines),
    }
    return Fact("trace", covered(lines), about)


def _counts(lines: tuple[Line, ...]) -> Counter[str]:
    return Counter(line.state for line in lines)
