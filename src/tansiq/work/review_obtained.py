"""An officer's finding on how a record was come by: signed for all who may read it, and journalled."""

from __future__ import annotations

from typing import Final, get_args

from msgspec import convert

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.model.kinds.obtained_review import ObtainedReview
from tansiq.model.record import REQUEST
from tansiq.policy.obtained import Finding
from tansiq.store.store import WriteTx
from tansiq.work.desk import Desk, whole
from tansiq.work.obtained import opened_to_oversight
from tansiq.work.reach import named_only
from tansiq.work.readable import readable
from tansiq.work.submit import Draft, submit_within

TAG: Final = "obtained-review/1"


def review_obtained(
    desk: Desk, record_id: RecordId, *, finding: str, grounds: str, lang: str
) -> RecordId | Refusal:
    """Sign what an officer finds of how a record was come by, for all who may read the record.

    Refusals: ``role``, ``obtained.unknown``, ``obtained.finding``, ``obtained.no-grounds``, those of submit.
    """
    if (no := desk.lacks("obtained")) is not None:
        return no
    if finding not in get_args(Finding):
        return Refusal("obtained.finding", frozenset({"finding"}))
    if not grounds.strip():
        return Refusal("obtained.no-grounds", frozenset({"grounds"}))

    def act(tx: WriteTx) -> RecordId | Refusal:
        if (found := readable(tx, desk, record_id)) is None:
            return Refusal("obtained.unknown")
        stored, its = found
        body = ObtainedReview(
            title=named_only(TAG, stored),
            of_record=record_id,
            obtained_finding=convert(finding, Finding),
            grounds=grounds.strip()[:2000],
            reviewer_role=desk.officer.role,
        )
        opened = opened_to_oversight(tx, desk, body)
        label = its if opened is None else opened[1]
        draft = Draft(kind=TAG, body=body, label=label, priority=REQUEST, lang=lang)
        made = submit_within(tx, desk, draft)
        if not isinstance(made, Refusal):
            tx.journal(f"obtained.{finding}", officer=desk.officer.id, record=stored.header.id,
                       detail=grounds.strip()[:500], at_ms=desk.now_ms)  # fmt: skip
        return made

    return whole(desk.store, act)
