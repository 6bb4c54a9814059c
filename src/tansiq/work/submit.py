"""Submit: an officer's draft becomes a signed record, in the log and in the outbox, in one transaction.

1. The officer's role allows it; the kind is not one that only the machine makes.
2. The label may be signed under the charter, has not ended, and bears the safeguards its content demands;
   nobody signs above his own clearance or into a compartment that he does not hold.
3. Every source and reference is a record this officer may read; what is absent and what is hidden from
   him are the same refusal. The sources' rules are added to the label; it is no wider than the meet of
   theirs, and every reader of the record may know of what it points to. A next version that names fewer
   sources is no wider than those that the version before rested on.
4. A next version is written only of one's own record, and not of one taken back; fields of a newer program
   are carried over. Whom its label drops is told, in the same transaction, to delete what he has.
   To whom the record was granted it goes as well: what it rests on and points to is measured by them too.
5. A recall goes to all who may hold the record, a grant to all who may read it, whatever audience their
   drafts name; a grant widens no further than ``work.widening`` allows, whichever door it comes by.
6. A tearline is written of a basis and lets nothing of it through that is not justified, whichever door it
   comes by (``work.leak_check``); the role that releases signs it.
7. The rules of its family do not refuse it (``boards.rules``). It names the reviews that let it stand.
8. A marker of mistaken identity travels ahead of all else; of a hostage case oversight is told a bare fact.
9. Journal entry, log entry, body, projection and outbox are one transaction: all or nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from dataclasses import replace as dataclass_replace
from typing import Any

from msgspec.structs import replace

from tansiq.base.ids import RecordId, id_of, owned_id, raw_of
from tansiq.base.refusal import Refusal
from tansiq.boards.institution.releases import is_bare_release
from tansiq.boards.rules import Objection
from tansiq.model.kind import CATALOGUE, Body, Kind
from tansiq.model.kinds.correction import NOT_THIS_PERSON, Correction
from tansiq.model.kinds.grant import Grant
from tansiq.model.kinds.obtained_review import ObtainedReview
from tansiq.model.kinds.recall import Recall
from tansiq.model.kinds.tearline import Tearline
from tansiq.model.label import Label
from tansiq.model.record import (
    BULK,
    LIFE_THREAT,
    RECALL,
    REPORT,
    REQUEST,
    SALT_BYTES,
    Author,
    BlobRef,
    Header,
    Lift,
    Record,
    Ref,
    UnknownKind,
    encode_body,
    unknown_fields,
)
from tansiq.model.senses import SENSES
from tansiq.model.strict import BadField, check_body
from tansiq.model.values import Grade, TimeExpression
from tansiq.policy.derive import bounded
from tansiq.policy.obtained import RULE as DETAINEE
from tansiq.policy.partner import RELEASE, partner_refusal
from tansiq.policy.rules import may_derive
from tansiq.policy.safeguards import safeguarded
from tansiq.seal.sign import sign_record
from tansiq.store.store import ReadTx, WriteTx
from tansiq.store.values import StoredRecord
from tansiq.work.desk import Desk, whole
from tansiq.work.effects import act_of, not_ours, own_readable, put_out, signing_act, uncertifiable
from tansiq.work.heard import unheard_refusal
from tansiq.work.label_fits import label_refusal, not_held, unguarded
from tansiq.work.leak_check import Above, leak_refusal
from tansiq.work.objecting import as_held, objected, refused, shelf_of
from tansiq.work.obtained import opened_to_oversight, with_reviews
from tansiq.work.pointing import may_point, named_in
from tansiq.work.reach import WITHDRAWN, dropped, is_withdrawn, may_hold, recall_of, told
from tansiq.work.readable import readable
from tansiq.work.talk_bound import talk_refusal
from tansiq.work.tell_oversight import TELLING, existence_of
from tansiq.work.widening import grant_label, grant_refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an officer wants to sign. ``record_id`` None = a new record, else its next version.

    ``lift`` = the legal officer's reason to lift the safeguards; blank = they stay. ``above`` = what a
    tearline is written of.
    """

    kind: str
    body: Body
    label: Label
    refs: tuple[Ref, ...] = ()
    sources: tuple[bytes, ...] = ()
    derived_from: tuple[bytes, ...] = ()
    priority: int = REPORT
    occurred: TimeExpression | None = None
    lang: str = "ar"
    registry: str = ""
    grade: Grade | None = None
    blobs: tuple[BlobRef, ...] = ()
    record_id: RecordId | None = None
    lift: str = ""
    above: Above | None = None


def submit(desk: Desk, draft: Draft) -> RecordId | Refusal:
    """Return the id of the signed record, or why it is not signed.

    Raises UnknownKind, BadField, BodyTooLarge.

    Refusals: ``level``, ``compartment``, those of ``check_label``, ``bounded``,
    ``references_ok``, ``may_derive``; ``role``, ``expired``,
    ``record.system-kind``, ``record.source-unknown``, ``record.reference-unknown``, ``record.not-own``,
    those of ``leak_refusal``.
    """
    return whole(desk.store, lambda tx: submit_within(tx, desk, draft))


def weighed(desk: Desk, draft: Draft) -> tuple[Objection, ...]:
    """Return what the rules say to a draft, warnings included, without signing it. Raises UnknownKind."""
    kind = CATALOGUE.get(draft.kind)
    if kind is None:
        raise UnknownKind(draft.kind)
    with desk.store.read() as rx:
        own = safeguarded(draft.label, kind, draft.body, lifted=_lift(desk, draft) is not None)
        label = _with_rules_of_sources(rx, desk, draft, own)
        return tuple(objected(rx, desk, _naming_reviews(rx, desk, draft, label), label))


def submit_within(
    tx: WriteTx,
    desk: Desk,
    draft: Draft,
    *,
    fulfils: frozenset[str] = frozenset(),
    along: Collection[RecordId] = (),
) -> RecordId | Refusal:
    """As ``submit``, within a transaction that does more (an intake's release, a tearline and its link).

    ``fulfils`` = codes of objections that the rest of the transaction makes good; ``along`` = the records
    that it grants together.
    """
    kind = CATALOGUE.get(draft.kind)
    if kind is None:
        raise UnknownKind(draft.kind)
    draft = _ahead(_to_all_holders(tx, desk, draft))
    own = safeguarded(draft.label, kind, draft.body, lifted=_lift(desk, draft) is not None)
    label = _with_rules_of_sources(tx, desk, draft, own)
    draft = _naming_reviews(tx, desk, draft, label)
    _open_to_oversight(tx, desk, draft)
    for refusal in _objections(tx, desk, draft, kind, _reaching(tx, desk, draft, label), fulfils, along):
        if refusal is not None:
            return refusal
    before = _before(tx, desk, draft)
    if draft.record_id is not None and before is None:
        return Refusal("record.not-own")
    if draft.record_id is not None and is_withdrawn(tx, draft.record_id):
        return Refusal(WITHDRAWN)
    record_id = _sign(tx, desk, draft, label, before)
    if before is not None and not before.buried:
        _drop(tx, desk, before, label)
    _tell_oversight(tx, desk, draft, label, record_id)
    return record_id


def _reaching(tx: WriteTx, desk: Desk, draft: Draft, label: Label) -> Label:
    """Return the label with those to whom a next version goes beside its audience, by a grant."""
    if draft.record_id is None or label.public:
        return label
    granted = {p for p in tx.granted_to(draft.record_id) if desk.charter.recipient(p, now=desk.now)}
    return replace(label, audience=tuple(sorted({*label.audience, *granted}))) if granted else label


def _naming_reviews(rx: ReadTx, desk: Desk, draft: Draft, label: Label) -> Draft:
    """Return the draft with the reviews that let it rest on what came from a person detained."""
    return dataclass_replace(draft, refs=with_reviews(shelf_of(rx, desk), as_held(desk, draft, label)))


def recall_draft(stored: StoredRecord, body: Recall) -> Draft:
    """Return the draft of a recall: under the label its record was signed with, ahead of reports."""
    header = stored.header
    return Draft(kind="recall/1", body=body, label=header.label, priority=RECALL, lang=header.lang)


def _ahead(draft: Draft) -> Draft:
    """Return the draft; of a marker of mistaken identity, ahead of all else (rule 8)."""
    if isinstance(draft.body, Correction) and draft.body.marker == NOT_THIS_PERSON:
        return dataclass_replace(draft, priority=LIFE_THREAT)
    return draft


def _open_to_oversight(tx: WriteTx, desk: Desk, draft: Draft) -> None:
    """Open to oversight what torture is found to taint, if it is ours, before the finding is signed."""
    if not isinstance(draft.body, ObtainedReview) or desk.lacks("obtained") is not None:
        return
    if (found := opened_to_oversight(tx, desk, draft.body)) is not None:
        granted = Draft(kind="grant/1", body=found[0], label=found[1], priority=REQUEST, lang=draft.lang)
        _sign(tx, desk, granted, found[1], None)


def _tell_oversight(tx: WriteTx, desk: Desk, draft: Draft, label: Label, record_id: RecordId) -> None:
    """Sign what the ombudsperson learns of a case by this record (``work.tell_oversight``)."""
    held = as_held(desk, dataclass_replace(draft, record_id=record_id), label)
    if held.kind not in TELLING:
        return
    found = existence_of(shelf_of(tx, desk), held)
    if found is not None:
        fact_id, body, bears = found
        before = tx.record(fact_id)
        fact = Draft(kind="case-existence/1", body=body, label=bears, priority=REQUEST, lang=draft.lang)
        _sign(tx, desk, dataclass_replace(fact, record_id=fact_id), bears, before)


def _to_all_holders(tx: WriteTx, desk: Desk, draft: Draft) -> Draft:
    """Return the draft; of a recall or grant of our own record, with everyone in its audience it concerns."""
    if isinstance(draft.body, Grant):
        return dataclass_replace(draft, label=grant_label(tx, desk, draft.body, draft.label))
    if not isinstance(draft.body, Recall) or not own_readable(tx, desk, RecordId(draft.body.record)):
        return draft
    parties = may_hold(tx, desk, RecordId(draft.body.record)) | {*draft.label.audience}
    return dataclass_replace(draft, label=told(draft.label, parties, desk.party))


def _drop(tx: WriteTx, desk: Desk, before: StoredRecord, label: Label) -> None:
    """Tell those whom the next version's label drops to delete the earlier ones; they learn nothing else."""
    gone = dropped(tx, desk, before.record_id, label)
    if gone:
        body = recall_of(before, "", versions=tuple(range(1, before.version + 1)))
        draft = recall_draft(before, body)
        bears = told(replace(draft.label, audience=(desk.party,)), gone, desk.party)
        _sign(tx, desk, draft, bears, None)


def _objections(
    tx: WriteTx,
    desk: Desk,
    draft: Draft,
    kind: Kind,
    label: Label,
    fulfils: frozenset[str],
    along: Collection[RecordId],
) -> Iterator[Refusal | None]:
    yield desk.lacks(signing_act(draft.body, label, desk.party))
    yield uncertifiable(tx, desk, draft.body, draft.record_id)
    act = act_of(draft.body)
    yield desk.lacks(act) if act is not None else None
    yield desk.lacks("safeguards") if draft.lift.strip() else None
    yield not_ours(tx, desk, draft.body)
    yield grant_refusal(tx, desk, draft.body, along)
    signed_as = RELEASE if is_bare_release(draft.body) else kind.name
    yield partner_refusal(desk.charter, desk.party, signed_as, label)
    _check_values(draft)
    yield Refusal("record.system-kind", frozenset({kind.name})) if kind.system else None
    yield label_refusal(desk, label)
    yield not_held(tx, desk, label)
    yield unguarded(tx, label) if draft.blobs else None
    yield desk.lacks("release") if isinstance(draft.body, Tearline) else None
    yield talk_refusal(tx, label, draft.body)
    yield unheard_refusal(tx, desk, draft.body)
    yield _links_refusal(tx, desk, draft, label)
    yield _leak_refusal(tx, desk, draft, label)
    yield refused(tx, desk, draft, label, fulfils)


def _sign(tx: WriteTx, desk: Desk, draft: Draft, label: Label, before: StoredRecord | None) -> RecordId:
    record_id = draft.record_id or owned_id(desk.party, desk.now, desk.entropy)
    act = act_of(draft.body) or ("submit" if before is None else "correct")
    bound = tx.journal(
        act, officer=desk.officer.id, record=raw_of(record_id), detail=draft.kind, at_ms=desk.now_ms
    )
    if (lift := _lift(desk, draft)) is not None:
        tx.journal(
            "safeguards.lifted",
            officer=desk.officer.id,
            record=raw_of(record_id),
            detail=lift.reason,
            at_ms=desk.now_ms,
        )
    header = Header(
        id=raw_of(record_id),
        kind=draft.kind,
        originator=desk.party,
        signer=desk.keys.signer_id,
        author=Author(desk.officer.pseudonym, bound[:16]),
        version=1 if before is None else before.version + 1,
        previous=None if before is None else before.digest,
        created_ms=desk.now_ms,
        occurred=draft.occurred,
        priority=draft.priority,
        label=label,
        lang=draft.lang,
        registry=draft.registry,
        refs=draft.refs,
        sources=draft.sources,
        derived_from=draft.derived_from,
        blobs=draft.blobs,
        grade=draft.grade or _grade_in(draft.body),
        lifted=lift,
    )
    body = encode_body(draft.body, desk.entropy.take(SALT_BYTES), kept=_kept(draft.kind, before))
    put_out(tx, desk, Record(sign_record(header, body, desk.keys)), system=CATALOGUE[draft.kind].system)
    return record_id


def _grade_in(body: Body) -> Grade | None:
    """The grade that the body states: lists show it from the header."""
    stated = getattr(body, "grade", None)
    return stated if isinstance(stated, Grade) else None


def _with_rules_of_sources(tx: ReadTx, desk: Desk, draft: Draft, label: Label) -> Label:
    """Return the label with the rules of all it rests on: rules travel and add up (DESIGN 5)."""
    bases = _readable(tx, desk, (*draft.sources, *draft.derived_from))
    if isinstance(bases, Refusal):
        return label
    hidden = _readable(tx, desk, tuple(map(raw_of, draft.above.bases)) if draft.above else ())
    if not isinstance(hidden, Refusal) and any(DETAINEE in its.rules for _, its in hidden):
        label = replace(label, rules=tuple(sorted({*label.rules, DETAINEE})))
    rules = {rule for _, its_label in bases for rule in its_label.rules}
    return replace(label, rules=tuple(sorted({*label.rules, *rules}))) if rules else label


def _lift(desk: Desk, draft: Draft) -> Lift | None:
    return Lift(desk.officer.pseudonym, draft.lift.strip()[:300]) if draft.lift.strip() else None


def _check_values(draft: Draft) -> None:
    check_body(draft.body)
    if not LIFE_THREAT <= draft.priority <= BULK:
        raise BadField("priority", f"{LIFE_THREAT} to {BULK}")
    for sense, where, value in (
        ("time-expression", "occurred", draft.occurred),
        ("grade", "grade", draft.grade),
    ):
        if value is not None and (why := SENSES[sense].fault(value)) is not None:
            raise BadField(where, why)


def _links_refusal(tx: WriteTx, desk: Desk, draft: Draft, label: Label) -> Refusal | None:
    bases = _readable(tx, desk, (*draft.sources, *draft.derived_from))
    if isinstance(bases, Refusal):
        return Refusal("record.source-unknown", bases.missing)
    for stored, its_label in bases:
        if (no := may_derive(its_label, stored.originator, desk.party)) is not None:
            return no
    if (no := bounded(label, [its_label for _, its_label in bases])) is not None:
        return no
    if (no := bounded(label, _dropped_sources(tx, desk, draft))) is not None:
        return no
    pointed = _readable(tx, desk, (*(r.to for r in draft.refs), *named_in(draft.body)))
    if isinstance(pointed, Refusal):
        return Refusal("record.reference-unknown", pointed.missing)
    ends = [(raw_of(stored.record_id), its_label) for stored, its_label in (*pointed, *bases)]
    answers = (may_point(tx, desk, label, raw, its_label) for raw, its_label in ends)
    return next((no for no in answers if no is not None), None)


def _dropped_sources(tx: WriteTx, desk: Desk, draft: Draft) -> list[Label]:
    """Return the labels of what the version before rested on and the draft no longer names."""
    before = _before(tx, desk, draft)
    if before is None:
        return []
    gone = set(before.header.rests_on) - {*draft.sources, *draft.derived_from}
    return [its for raw in sorted(gone) if (its := tx.label_of(raw)) is not None]


def _before(tx: WriteTx, desk: Desk, draft: Draft) -> StoredRecord | None:
    """Return the version that a draft follows, if it is our own and the officer may read it."""
    if draft.record_id is None or not own_readable(tx, desk, draft.record_id):
        return None
    return tx.record(draft.record_id)


def _leak_refusal(tx: WriteTx, desk: Desk, draft: Draft, label: Label) -> Refusal | None:
    pointed = (*draft.sources, *draft.derived_from, *(r.to for r in draft.refs))
    before = _before(tx, desk, draft)
    if isinstance(draft.body, Tearline) and draft.blobs:
        return Refusal("tearline.attachment")
    return leak_refusal(tx, desk, draft.body, label, draft.above, pointed=pointed, before=before)


def _readable(
    tx: ReadTx, desk: Desk, wanted: tuple[bytes, ...]
) -> list[tuple[StoredRecord, Label]] | Refusal:
    found: list[tuple[StoredRecord, Label]] = []
    for raw in wanted:
        if (one := readable(tx, desk, raw)) is None:
            return Refusal("unknown", frozenset({id_of(raw)}))
        found.append(one)
    return found


def _kept(kind: str, before: StoredRecord | None) -> dict[str, Any]:
    return {} if before is None or before.buried else unknown_fields(kind, before.held.signed.body)
