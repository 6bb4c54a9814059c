"""What only the originator does with a record: take it back, widen it, release a cleaned text.

1. A recall goes to everyone who had the record, ahead of reports; the originator keeps his own copy.
2. A grant names the parties that may read from now on; the record itself follows it to them.
3. A tearline is a record of its own with its own label; the link to its basis is another record, a
   ``relation``, for those alone who may know both.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from tansiq.base.clock import millis
from tansiq.base.ids import RecordId, raw_of
from tansiq.base.refusal import Refusal
from tansiq.model.kinds.grant import Grant
from tansiq.model.kinds.recall import Recall
from tansiq.model.kinds.relation import Relation
from tansiq.model.kinds.tearline import Tearline
from tansiq.model.label import Label, Party
from tansiq.model.record import RECALL, REQUEST, Ref
from tansiq.policy.rules import check_label
from tansiq.store.store import WriteTx
from tansiq.store.values import StoredRecord
from tansiq.work.desk import Desk, whole
from tansiq.work.effects import own_readable
from tansiq.work.submit import Draft, submit_within


def recall(desk: Desk, record_id: RecordId, *, title: str, reason: str) -> RecordId | Refusal:
    """Take a record back everywhere. Refusals: ``role``, ``record.not-own``."""
    if (no := desk.lacks("recall")) is not None:
        return no

    def act(tx: WriteTx) -> RecordId | Refusal:
        own = _own(tx, desk, record_id)
        if isinstance(own, Refusal):
            return own
        stored, label = own
        body = Recall(title=title, record=stored.record_id, reason=reason)
        lang = stored.header.lang
        return submit_within(
            tx, desk, Draft(kind="recall/1", body=body, label=label, priority=RECALL, lang=lang)
        )

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

    def act(tx: WriteTx) -> RecordId | Refusal:
        own = _own(tx, desk, record_id)
        if isinstance(own, Refusal):
            return own
        stored, label = own
        added = tuple(sorted(set(to) - set(label.audience)))
        if label.public or not added:
            return Refusal("grant.nobody-new")
        wider = replace(label, audience=tuple(sorted({*label.audience, *added})))
        if (wrong := check_label(wider, desk.charter, desk.party)) is not None:
            return wrong
        return _granted(tx, desk, stored, wider, added, title, reason, until)

    return whole(desk.store, act)


def _granted(
    tx: WriteTx,
    desk: Desk,
    stored: StoredRecord,
    wider: Label,
    added: tuple[Party, ...],
    title: str,
    reason: str,
    until: datetime | None,
) -> RecordId | Refusal:
    body = Grant(title=title, record=stored.record_id, to=added, until=until, reason=reason)
    ends = [m for m in (wider.until_ms, None if until is None else millis(until)) if m is not None]
    label = replace(wider, until_ms=min(ends, default=None))
    lang = stored.header.lang
    return submit_within(tx, desk, Draft(kind="grant/1", body=body, label=label, priority=REQUEST, lang=lang))


def tearline(
    desk: Desk, record_id: RecordId, *, title: str, text: str, label: Label, for_readers: str = ""
) -> RecordId | Refusal:
    """Release new text on the basis of one's own record.

    Refusals: ``role``, ``record.not-own``, those of submit.
    """
    if (no := desk.lacks("release")) is not None:
        return no

    def act(tx: WriteTx) -> RecordId | Refusal:
        own = _own(tx, desk, record_id)
        if isinstance(own, Refusal):
            return own
        stored, basis = own
        body = Tearline(title=title, text=text, for_readers=for_readers, released_by=(desk.party,))
        lang = stored.header.lang
        line = submit_within(tx, desk, Draft(kind="tearline/1", body=body, label=label, lang=lang))
        if isinstance(line, Refusal):
            return line
        linked = _link(tx, desk, line, stored, basis, label)
        return linked if isinstance(linked, Refusal) else line

    return whole(desk.store, act)


def _link(
    tx: WriteTx, desk: Desk, line: RecordId, stored: StoredRecord, basis: Label, label: Label
) -> RecordId | Refusal:
    both = basis if label.public else replace(basis, audience=_common(basis, label, desk.party))
    body = Relation(
        title=stored.body.title,
        relation_type="tearline-of",
        subject_ref=line,
        object_ref=stored.record_id,
        evidence=stored.record_id,
    )
    refs = (Ref("tearline", raw_of(line)), Ref("basis", stored.header.id))
    return submit_within(tx, desk, Draft(kind="relation/1", body=body, label=both, refs=refs))


def _common(basis: Label, label: Label, own: Party) -> tuple[Party, ...]:
    if basis.public:
        return label.audience
    return tuple(sorted({*basis.audience} & {*label.audience} | {own}))


def _own(tx: WriteTx, desk: Desk, record_id: RecordId) -> tuple[StoredRecord, Label] | Refusal:
    stored, label = tx.record(record_id), tx.label_of(record_id)
    if stored is None or label is None or not own_readable(tx, desk, record_id):
        return Refusal("record.not-own")
    return stored, label
