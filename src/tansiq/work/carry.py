"""Carry: what a record opens becomes records of their own, once each. Source: REQUIREMENTS R36, R39, R62.

1. An outcome of a visit becomes a commitment with its sentence; what a review wants changed becomes a
   follow-up. Both bear the label of the record they came from and point to it.
2. What is carried already is not carried twice; a date that does not read stays in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tansiq.base.ids import RecordId, raw_of
from tansiq.base.refusal import Refusal
from tansiq.boards import Held, Shelf
from tansiq.boards.followup.items import owners_of_review
from tansiq.boards.institution.visits import VISIT, charged, commitments_of
from tansiq.language.folding import key
from tansiq.model.kind import Body
from tansiq.model.kinds.aar import Aar
from tansiq.model.kinds.commitment import Commitment
from tansiq.model.kinds.follow_up import FollowUp
from tansiq.model.kinds.visit import Visit
from tansiq.model.record import Ref
from tansiq.model.values import TimeExpression
from tansiq.store.store import WriteTx
from tansiq.work.desk import Desk, whole
from tansiq.work.objecting import shelf_of
from tansiq.work.submit import Draft, submit_within

OPENED_BY = "opened-by"
_TITLE_CHARACTERS = 300


def carry(desk: Desk, record_id: RecordId) -> tuple[RecordId, ...] | Refusal:
    """Return the ids of what was made; none where everything is carried.

    Refusals: ``record.reference-unknown`` (also of a record that opens nothing), those of submit.
    """

    def act(tx: WriteTx) -> tuple[RecordId, ...] | Refusal:
        shelf = shelf_of(tx, desk)
        held = shelf.get(record_id)
        if held is None or not isinstance(held.body, Visit | Aar):
            return Refusal("record.reference-unknown", frozenset({record_id}))
        made: list[RecordId] = []
        for draft in _drafts(held, shelf):
            one = submit_within(tx, desk, draft)
            if isinstance(one, Refusal):
                return one
            made.append(one)
        return tuple(made)

    return whole(desk.store, act)


def _drafts(held: Held, shelf: Shelf) -> Iterator[Draft]:
    match held.body:
        case Visit() as visit:
            yield from _of_visit(held, visit, shelf)
        case Aar() as review:
            yield from _of_review(held, review, shelf)


def _of_visit(held: Held, visit: Visit, shelf: Shelf) -> Iterator[Draft]:
    there = commitments_of(held, shelf)
    for outcome in visit.outcomes:
        if outcome.text.strip() and key(outcome.text) not in there:
            owners = charged(outcome, visit)
            due = _when(outcome.due)
            body = Commitment(
                title=outcome.text[:_TITLE_CHARACTERS],
                from_sentence=outcome.text,
                owner=owners[0] if owners else None,
                owners=owners if len(owners) > 1 else (),
                due=due,
                commitment_force="agreement",
                commitment_state="open",
                unknown=() if due is not None else ("due",),
            )
            yield _draft(held, body, VISIT)


def _of_review(held: Held, review: Aar, shelf: Shelf) -> Iterator[Draft]:
    there = {each.body.title for each in shelf.about(held.id, OPENED_BY)}
    whose = owners_of_review(held, review, shelf)
    for point in review.improve:
        if point.strip() and point[:_TITLE_CHARACTERS] not in there:
            owner = whose[0] if len(whose) == 1 else None
            body = FollowUp(title=point[:_TITLE_CHARACTERS], text=point, owner=owner, follow_up_state="open")
            yield _draft(held, body, OPENED_BY)


def _draft(held: Held, body: Body, role: str) -> Draft:
    tag = str(body.__struct_config__.tag)
    refs = (Ref(role, raw_of(held.id)),)
    return Draft(kind=tag, body=body, label=held.label, refs=refs, lang=held.lang)


def _when(words: str) -> TimeExpression | None:
    """Return a date as an outcome states it: a moment where it reads as one, else its words."""
    said = words.strip()
    if not said:
        return None
    try:
        at = datetime.fromisoformat(said.replace("Z", "+00:00"))
    except ValueError:
        return TimeExpression(words=said[:200])
    if at.tzinfo is None:
        return TimeExpression(words=said[:200])
    return TimeExpression(words=said[:200], lo=at, hi=at, precision="hour")
