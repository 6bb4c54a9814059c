"""What only the originator does with a record: take it back, widen it. Cleaned texts: ``work.tearline``.

1. A recall goes to everyone who may hold any version, ahead of reports; the originator keeps his own copy,
   for himself alone. It may name what stands in the record's place (supersession), or earlier versions only.
2. A grant names the parties that may read from now on; the record itself follows it to them.
3. What rests on records of others is widened only as far as each of their originators has widened those;
   what points to a record only as far as its new readers may know of that one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from msgspec.structs import replace

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.model.kinds.grant import Grant
from tansiq.model.label import Party
from tansiq.model.record import REQUEST
from tansiq.store.store import WriteTx
from tansiq.work.desk import Desk, whole
from tansiq.work.effects import own_readable
from tansiq.work.reach import WITHDRAWN, is_withdrawn, recall_of
from tansiq.work.submit import Draft, recall_draft, submit_within
from tansiq.work.widening import own_record


def recall(
    desk: Desk,
    record_id: RecordId,
    *,
    reason: str,
    earlier_only: bool = False,
    replaced_by: RecordId | None = None,
) -> RecordId | Refusal:
    """Take a record, or all its versions but the newest, back everywhere.

    Refusals: ``role``, ``record.not-own``, ``record.withdrawn``, ``recall.no-earlier``,
    ``record.reference-unknown``.
    """
    if (no := desk.lacks("recall")) is not None:
        return no

    def act(tx: WriteTx) -> RecordId | Refusal:
        own = own_record(tx, desk, record_id)
        if isinstance(own, Refusal):
            return own
        stored, _ = own
        if is_withdrawn(tx, record_id):
            return Refusal(WITHDRAWN)
        versions = tuple(range(1, stored.version)) if earlier_only else ()
        if earlier_only and not versions:
            return Refusal("recall.no-earlier")
        body = recall_of(stored, reason, versions=versions)
        if replaced_by is not None:
            if not own_readable(tx, desk, replaced_by) or replaced_by == record_id:
                return Refusal("record.reference-unknown", frozenset({replaced_by}))
            body = replace(body, replaced_by=replaced_by)
        return submit_within(tx, desk, recall_draft(stored, body))

    return whole(desk.store, act)


def grant(
    desk: Desk,
    record_id: RecordId,
    to: Sequence[Party],
    *,
    title: str,
    reason: str,
    until: datetime | None = None,
) -> RecordId | Refusal:
    """Let more parties read one record. Refusals: ``role``, ``record.not-own``, those of ``check_label``."""
    if (no := desk.lacks("grant")) is not None:
        return no

    return whole(
        desk.store, lambda tx: grant_within(tx, desk, record_id, to, title=title, reason=reason, until=until)
    )


def grant_within(
    tx: WriteTx,
    desk: Desk,
    record_id: RecordId,
    to: Sequence[Party],
    *,
    title: str,
    reason: str,
    until: datetime | None = None,
    along: Collection[RecordId] = (),
) -> RecordId | Refusal:
    """As ``grant``, within a transaction that does more (an answer to a request, many records at once).

    ``along`` = what the same transaction grants to the same parties: these records may point to each other.
    """
    own = own_record(tx, desk, record_id)
    if isinstance(own, Refusal):
        return own
    stored, label = own
    added = tuple(sorted(set(to) - set(label.audience)))
    body = Grant(title=title, record=record_id, to=added, until=until, reason=reason)
    draft = Draft(kind="grant/1", body=body, label=label, priority=REQUEST, lang=stored.header.lang)
    return submit_within(tx, desk, draft, along=along)
