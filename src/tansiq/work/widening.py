"""What a grant may widen, whichever door it comes by: the form of grants, an answer to a request, a backfill.

1. A grant is of a record of our own that was not taken back, and names somebody new.
2. It stands under the label that the record bears from then on, until its own end.
3. What rests on records of others is widened only as far as each of their originators has widened those;
   what points to a record only as far as its new readers may know of that one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from tansiq.base.clock import millis
from tansiq.base.ids import RecordId, raw_of
from tansiq.base.refusal import Refusal
from tansiq.model.kinds.grant import Grant
from tansiq.model.label import Label
from tansiq.policy.derive import bounded
from tansiq.policy.rules import check_label
from tansiq.store.store import ReadTx
from tansiq.store.values import StoredRecord
from tansiq.work.desk import Desk
from tansiq.work.pointing import may_point, pointed_in
from tansiq.work.reach import WITHDRAWN, is_withdrawn
from tansiq.work.readable import readable


def grant_label(rx: ReadTx, desk: Desk, grant: Grant, label: Label) -> Label:
    """Return the label of a grant (rule 2); ``label`` as it is where there is nothing to grant."""
    own = own_record(rx, desk, RecordId(grant.record))
    if isinstance(own, Refusal):
        return label
    ends = [own[1].until_ms, None if grant.until is None else millis(grant.until)]
    return replace(_wider(own[1], grant), until_ms=min((m for m in ends if m is not None), default=None))


def grant_refusal(rx: ReadTx, desk: Desk, body: object, along: Collection[RecordId] = ()) -> Refusal | None:
    """Return why a body, if it is a grant, is not signed.

    ``along`` = what the same transaction grants to the same parties: these records may point to each other.
    Refusals: ``record.not-own``, ``record.withdrawn``, ``grant.nobody-new``, those of ``may_widen``.
    """
    if not isinstance(body, Grant):
        return None
    own = own_record(rx, desk, RecordId(body.record))
    if isinstance(own, Refusal):
        return own
    stored, label = own
    if is_withdrawn(rx, stored.record_id):
        return Refusal(WITHDRAWN)
    if label.public or not set(body.to) - set(label.audience):
        return Refusal("grant.nobody-new")
    return may_widen(rx, desk, stored, _wider(label, body), along)


def _wider(label: Label, grant: Grant) -> Label:
    if label.public:
        return label
    return replace(label, audience=tuple(sorted({*label.audience, *grant.to})))


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


def own_record(tx: ReadTx, desk: Desk, record_id: RecordId) -> tuple[StoredRecord, Label] | Refusal:
    """Return a record of our own that the officer may read, with the label that decides now."""
    found = readable(tx, desk, record_id)
    return Refusal("record.not-own") if found is None or found[0].originator != desk.party else found
