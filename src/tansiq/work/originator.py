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

from tansiq.base.clock import millis
from tansiq.base.ids import RecordId, raw_of
from tansiq.base.refusal import Refusal
from tansiq.model.kinds.grant import Grant
from tansiq.model.label import Label, Party
from tansiq.model.record import REQUEST
from tansiq.policy.derive import bounded
from tansiq.policy.rules import check_label
from tansiq.store.store import ReadTx, WriteTx
from tansiq.store.values import StoredRecord
from tansiq.work.desk import Desk, whole
from tansiq.work.effects import own_readable
from tansiq.work.pointing import may_point, pointed_in
from tansiq.work.reach import WITHDRAWN, is_withdrawn, recall_of
from tansiq.work.readable import readable
from tansiq.work.submit import Draft, recall_draft, submit_within


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
    if label.public or not added:
        return Refusal("grant.nobody-new")
    wider = replace(label, audience=tuple(sorted({*label.audience, *added})))
    if (wrong := may_widen(tx, desk, stored, wider, along)) is not None:
        return wrong
    return _granted(tx, desk, stored, wider, added, title, reason, until)


def may_widen(
    rx: ReadTx, desk: Desk, stored: StoredRecord, wider: Label, along: Collection[RecordId] = ()
) -> Refusal | None:
    """Return None when a record of our own may bear this wider label, else why not (rule 3).

    Refusals: those of ``check_label``; ``grant.needs-owners`` (``missing``: whose release is lacking);
    ``record.source-withdrawn``; ``record.reference-hidden`` (``missing``: who may not know of what it names).
    """
    if (wrong := check_label(wider, desk.charter, desk.party)) is not None:
        return wrong
    lacking: set[str] = set()
    for raw in stored.header.rests_on:
        source, its_label = rx.record(raw), rx.label_of(raw)
        if source is None or its_label is None:
            return Refusal("record.source-withdrawn")
        if bounded(wider, [its_label]) is not None:
            lacking.add(source.originator)
    if lacking:
        return Refusal("grant.needs-owners", frozenset(lacking))
    pointed = {*(ref.to for ref in stored.header.refs), *pointed_in(stored.body)} - {*map(raw_of, along)}
    return _names_hidden(rx, desk, sorted(pointed), wider)


def _names_hidden(rx: ReadTx, desk: Desk, pointed: Sequence[bytes], wider: Label) -> Refusal | None:
    """Return why a label is too wide for what a record points to: to its new readers that is not there."""
    known = ((raw, its) for raw in pointed if (its := rx.label_of(raw)) is not None)
    answers = (may_point(rx, desk, wider, raw, its) for raw, its in known)
    return next((no for no in answers if no is not None), None)


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


def own_record(tx: ReadTx, desk: Desk, record_id: RecordId) -> tuple[StoredRecord, Label] | Refusal:
    """Return a record of our own that the officer may read, with the label that decides now."""
    found = readable(tx, desk, record_id)
    return Refusal("record.not-own") if found is None or found[0].originator != desk.party else found
