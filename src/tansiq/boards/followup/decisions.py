"""Decisions: what was decided, who carries it, what its maker lets go wider. Source: REQUIREMENTS R36, R38.

1. A decision that no commitment carries is flagged: nobody is charged with it, by no date.
2. A decision by which a party releases something counts for that party alone, and for the version it names.
"""

from __future__ import annotations

from collections.abc import Iterable

from tansiq.boards.aspects import Aspect, Fact, Flag, Opened, State, aspect
from tansiq.boards.followup.lint import is_dated, owners_of
from tansiq.boards.rules import Objection, needs, rule
from tansiq.boards.shelf import Held, Shelf
from tansiq.model.kinds.commitment import Commitment
from tansiq.model.kinds.decision import Decision


@aspect("decision")
def decision(held: Held, shelf: Shelf) -> Aspect:
    """Return what is said of a decision."""
    body = held.body
    assert isinstance(body, Decision)
    word = body.decision_state or "adopted"
    if body.releases is not None:
        return Aspect(states=(State("self", word, "R65"),))
    carried = carried_by(held, shelf)
    live = word in ("adopted", "reserved")
    return Aspect(
        states=(State("self", word, "R36"),),
        flags=tuple(_unborne(carried)) if live else (),
        facts=(Fact("sentence", body.from_sentence or None, {"lang": held.lang}),),
        opens=tuple(_opened(body, carried)) if live else (),
    )


def carried_by(held: Held, shelf: Shelf) -> tuple[tuple[Held, Commitment], ...]:
    """Return the commitments that carry a decision, oldest first."""
    return tuple(
        (each, each.body)
        for each in shelf.about(held.id)
        if isinstance(each.body, Commitment)
        and (each.body.decision == held.id or each.points_to(held.id, "decision"))
    )


@rule("decision")
def a_release_names_its_version(draft: Held, _: Shelf) -> Iterable[Objection]:
    """Refuse a release that does not say of which version (rule 2)."""
    body = draft.body
    assert isinstance(body, Decision)
    if body.releases is not None:
        yield from needs(draft, "R65", ["releases_version"])


def _unborne(carried: tuple[tuple[Held, Commitment], ...]) -> Iterable[Flag]:
    bodies = [body for _, body in carried]
    if any(body.deliberately_open for body in bodies):
        return
    if not any(owners_of(body) for body in bodies):
        yield Flag("OWNER_MISSING", "R38")
    if not any(is_dated(body) for body in bodies):
        yield Flag("UNDATED", "R38")


def _opened(body: Decision, carried: tuple[tuple[Held, Commitment], ...]) -> Iterable[Opened]:
    if not carried:
        yield Opened("commitment", body.decided_by, note=body.from_sentence, clause="R36")
    for held, promise in carried:
        yield Opened("commitment", owners_of(promise), held.id, note=promise.from_sentence, clause="R36")
