"""Official statements and denials: who spoke, when, by which channel; never edited. Source: REQUIREMENTS R64.

1. Speaker, date and channel that are not stated are unknown, and shown as unknown.
2. What was said stays: a next version may fill what was unknown, never change what was stated.
3. A later opposite report is a record of its own that points here in the role ``opposes`` (``denies``,
   ``contradicts``); it opens a contradiction between the two, with the party that spoke as its owner.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tansiq.base.ids import RecordId
from tansiq.boards.aspects import Aspect, Opened, State, aspect
from tansiq.boards.rules import Objection, rule
from tansiq.boards.shelf import Held, Shelf
from tansiq.model.kinds.contradiction import Contradiction
from tansiq.model.kinds.statement_official import StatementOfficial
from tansiq.model.label import Party

OPPOSES: Final = ("opposes", "denies", "contradicts")
_SHOWN: Final = ("speaker_role", "made", "outlet")
_STAYS: Final = ("party", "statement_act", "quoted", *_SHOWN)


@aspect("statement-official")
def official(held: Held, shelf: Shelf) -> Aspect:
    """Return what is said of an official statement."""
    body = held.body
    assert isinstance(body, StatementOfficial)
    return Aspect(
        states=(State("self", body.statement_act or "statement", "R64"),),
        unknown=tuple(name for name in _SHOWN if getattr(body, name) is None),
        opens=tuple(_contradiction(held, other, shelf) for other in opposite(held, shelf)),
    )


@aspect("report", "press", "statement")
def opposing(held: Held, shelf: Shelf) -> Aspect:
    """Return the contradictions that a later report opens with what was officially said (rule 3)."""
    found = [other for other in _opposed(held, shelf) if isinstance(other.body, StatementOfficial)]
    return Aspect(opens=tuple(_contradiction(other, held, shelf) for other in found))


def opposite(held: Held, shelf: Shelf) -> tuple[Held, ...]:
    """Return the records that oppose a statement, whichever points to the other, oldest first."""
    found = {each.id: each for each in (*shelf.about(held.id, *OPPOSES), *_opposed(held, shelf))}
    return tuple(sorted(found.values(), key=lambda h: (h.created, h.id)))


@rule("statement-official")
def what_was_said_stays(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse a version that says otherwise than the one before (rule 2)."""
    before = shelf.get(draft.id) if draft.id else None
    if before is None or not isinstance(before.body, StatementOfficial):
        return
    changed = {n for n in _STAYS if (old := getattr(before.body, n)) and getattr(draft.body, n) != old}
    if changed:
        yield Objection("statement.edited", "R64", missing=frozenset(changed), record=before.id)


def _opposed(held: Held, shelf: Shelf) -> Iterator[Held]:
    for ref in held.refs:
        found = shelf.get(ref.record_id) if ref.role in OPPOSES else None
        if found is not None:
            yield found


def _contradiction(said: Held, other: Held, shelf: Shelf) -> Opened:
    body = said.body
    assert isinstance(body, StatementOfficial)
    owner: Party = body.party or said.originator
    return Opened(
        "contradiction", (owner,), _written(said.id, other.id, shelf), (said.id, other.id), clause="R64"
    )


def _written(first: RecordId, second: RecordId, shelf: Shelf) -> RecordId | None:
    for each in shelf.about(first):
        if isinstance(each.body, Contradiction) and {each.body.first, each.body.second} == {first, second}:
            return each.id
    return None
