"""Rules at the signing of mandates and positions. Source: REQUIREMENTS R41, R47; DOCTRINE 3.5.

1. A silence ends in the future and asks somebody.
2. An adoption is noted only where the silence was kept: not while it runs or stands still, not when it was
   broken, not when it lapsed.
3. Only who may speak in a mandate signs a text of it.
4. A party changes its position by a new record, never by a new version of the old one: what broke a silence
   stays on record.
"""

from __future__ import annotations

from collections.abc import Iterator

from tansiq.boards.diplomacy.mandates import MandateFile, key_of, mandate_file
from tansiq.boards.rules import Objection, rule
from tansiq.boards.shelf import Held, Shelf
from tansiq.model.kinds.mandate import Mandate
from tansiq.model.kinds.position import Position

_STATES_ITSELF = frozenset({"draft", "broken", "expired", "revoked", "under-silence"})


@rule("mandate")
def proposed_rightly(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Check a text of a mandate before it is signed (rules 1-3)."""
    body = draft.body
    assert isinstance(body, Mandate)
    file = mandate_file(key_of(draft), shelf)
    until = body.silence_until.hi if body.silence_until is not None else None
    if until is not None:
        yield from _silence(draft, body, file, shelf)
    if file is None:
        return
    organs = {p.code for p in shelf.charter.parties if p.type == "organ"}
    named = {*file.terms.mandators, *file.proposed.mandators, file.terms.holder, file.records[0].originator}
    if draft.originator not in organs | named:
        yield Objection("mandate.not-speaker", "R41", record=file.records[0].id)
    if until is None and body.mandate_state not in _STATES_ITSELF and file.rounds:
        yield from _adoption(file)


def _silence(draft: Held, body: Mandate, file: MandateFile | None, shelf: Shelf) -> Iterator[Objection]:
    until = body.silence_until.hi if body.silence_until is not None else None
    if until is not None and until <= shelf.now:
        yield Objection("silence.past", "R47", refuses=body.mandate is not None)
    if not body.mandators and (file is None or not file.proposed.mandators):
        yield Objection("silence.nobody-asked", "R47", refuses=False, missing=frozenset({"mandators"}))
    if draft.id and any(r.held.id == draft.id for r in (file.rounds if file is not None else ())):
        yield Objection("silence.begins-anew", "R47", refuses=False)


def _adoption(file: MandateFile) -> Iterator[Objection]:
    last = file.rounds[-1]
    outcome = last.standing.outcome
    if outcome not in ("silence_kept", "adopted"):
        away = frozenset(p for p, word in last.standing.stances.items() if word == "unreachable")
        broken = frozenset(v.party for v in last.standing.broken_by)
        yield Objection(
            "silence.not-kept",
            "R47",
            missing=away | broken,
            record=last.held.id,
            about={"state": outcome, "until": last.standing.due.isoformat()},
        )


@rule("position")
def spoken_rightly(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Check a position before it is signed (rule 4)."""
    body = draft.body
    assert isinstance(body, Position)
    before = shelf.get(draft.id) if draft.id else None
    if before is not None and isinstance(before.body, Position) and before.body.position != body.position:
        yield Objection("position.rewritten", "R47", record=before.id)
    file = mandate_file(key_of(draft), shelf)
    current = file.rounds[-1] if file is not None and file.rounds else None
    if current is None:
        return
    if shelf.now >= current.standing.due:
        yield Objection("silence.over", "R47", refuses=False, record=current.held.id)
    if draft.originator not in current.terms.mandators:
        yield Objection("silence.not-asked", "R47", refuses=False, record=current.held.id)
    if body.position == "amendment" and not body.diff:
        yield Objection("silence.no-diff", "R47", refuses=False, missing=frozenset({"diff"}))
