"""The firewall between coordination and a state's own politics. Source: REQUIREMENTS R63.

1. What an officer marks as domestic politics is held in quarantine on its node: it is signed for its own
   party alone, and nothing may rest on it or point to it.
2. A named reviewer lifts it with a record of his own; the original stays as it is. What threatens persons
   with violence is for the officer not to mark: it is no matter of elections.
"""

from __future__ import annotations

from collections.abc import Iterator

from tansiq.boards.aspects import Aspect, Flag, State, aspect
from tansiq.boards.rules import ANY, Objection, rule
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.press import Press
from tansiq.model.kinds.quarantine import Quarantine

CLAUSE = "R63"


@aspect("press")
def held_back(held: Held, shelf: Shelf) -> Aspect:
    """Return the state of a press item that speaks of a state's own politics."""
    if not _is_political(held):
        return Aspect()
    lifted = is_lifted(held, shelf)
    return Aspect(
        states=(State("self", "lifted" if lifted else "quarantined", CLAUSE),),
        flags=() if lifted else (Flag("DOMESTIC_POLITICS", CLAUSE),),
    )


@rule("press")
def stays_here(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse to share what is in quarantine (rule 1)."""
    if _is_political(draft) and draft.label.audience != (shelf.party,) and not is_lifted(draft, shelf):
        beyond = frozenset(map(str, draft.label.audience)) - {str(shelf.party)}
        yield Objection("domestic_politics", CLAUSE, missing=beyond)


@rule(ANY)
def rests_on_nothing_held(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse what rests on, or points to, something in quarantine (rule 1)."""
    if isinstance(draft.body, Quarantine):
        return
    for one in dict.fromkeys((*draft.sources, *draft.derived_from, *(r.record_id for r in draft.refs))):
        held = shelf.get(one)
        if held is not None and _is_political(held) and not is_lifted(held, shelf):
            yield Objection("domestic_politics.cited", CLAUSE, record=one)


def is_lifted(held: Held, shelf: Shelf) -> bool:
    """Whether a named reviewer has lifted the quarantine of a record (rule 2)."""
    said = [(h, body) for h, body in bodies(shelf, Quarantine) if body.held_record == held.id]
    lifts = [h for h, body in said if body.quarantine_state == "lifted" and body.reviewer_role]
    again = [h for h, body in said if body.quarantine_state in ("in-quarantine", "kept")]
    return bool(lifts) and all(h.created <= lifts[-1].created for h in again)


def _is_political(held: Held) -> bool:
    return isinstance(held.body, Press) and bool(held.body.domestic_politics)
