"""A tearline: new text, signed for those who may not read its basis, after it was checked for leaks.

1. It is a record of its own with its own label; the link to its basis is another record, a ``relation``, for
   those alone who may know both.
2. A leak of its basis that is neither gone nor justified holds the tearline back (``work.leak_check``).
3. Every justification is an entry in the journal; it never leaves this node.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from tansiq.base.ids import RecordId, raw_of
from tansiq.base.refusal import Refusal
from tansiq.model.kinds.relation import Relation
from tansiq.model.kinds.tearline import Tearline
from tansiq.model.label import Label, Party
from tansiq.model.record import Ref
from tansiq.policy.rules import check_label
from tansiq.policy.tearline import Leak
from tansiq.store.store import WriteTx
from tansiq.store.values import StoredRecord
from tansiq.work.desk import Desk, whole
from tansiq.work.leak_check import BASIS, LINE, Above, between
from tansiq.work.submit import Draft, submit_within
from tansiq.work.widening import own_record


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTearline:
    """What an officer writes below the line; ``justified`` maps the key of a leak to his reason."""

    title: str
    text: str
    label: Label
    for_readers: str = ""
    forbidden: Sequence[str] = ()
    justified: Mapping[str, str] = field(default_factory=dict)


def tearline(desk: Desk, record_id: RecordId, new: NewTearline) -> RecordId | Refusal:
    """Release new text on the basis of one's own record.

    Refusals: ``role``, ``record.not-own``, ``tearline.leaks`` (``missing``: the keys of what leaks), those
    of submit.
    """
    if (no := desk.lacks("release")) is not None:
        return no
    above = Above(bases=(record_id,), forbidden=tuple(new.forbidden), justified=new.justified)

    def act(tx: WriteTx) -> RecordId | Refusal:
        own = own_record(tx, desk, record_id)
        if isinstance(own, Refusal):
            return own
        body, lang = line_of(new, (desk.party,)), own[0].header.lang
        return _signed(tx, desk, Draft(kind="tearline/1", body=body, label=new.label, lang=lang, above=above))

    return whole(desk.store, act)


def sign_line(desk: Desk, draft: Draft) -> RecordId | Refusal:
    """Sign a draft that says what it is written of, and the links to that. Refusals: those of submit."""
    return whole(desk.store, lambda tx: _signed(tx, desk, draft))


def found_leaks(basis: StoredRecord, new: NewTearline) -> tuple[Leak, ...]:
    """Return the leaks of a basis into what an officer writes below the line."""
    return between(basis, line_of(new), tuple(new.forbidden))


def line_of(new: NewTearline, released_by: tuple[Party, ...] = ()) -> Tearline:
    """Return the body of a tearline."""
    return Tearline(title=new.title, text=new.text, for_readers=new.for_readers, released_by=released_by)


def _signed(tx: WriteTx, desk: Desk, draft: Draft) -> RecordId | Refusal:
    line = submit_within(tx, desk, draft)
    if isinstance(line, Refusal) or draft.above is None or not isinstance(draft.body, Tearline):
        return line
    bases = [held for each in draft.above.bases if (held := tx.record(each)) is not None]
    _note(tx, desk, line, draft.body, draft.above, bases)
    for basis in bases:
        linked = _link(tx, desk, line, basis, draft.label)
        if isinstance(linked, Refusal):
            return linked
    return line


def _note(
    tx: WriteTx, desk: Desk, line: RecordId, body: Tearline, above: Above, bases: Sequence[StoredRecord]
) -> None:
    """Enter every justification into the journal (rule 3)."""
    reasons = above.reasons
    for key in sorted({leak.key for basis in bases for leak in between(basis, body, above.forbidden)}):
        if key in reasons:
            tx.journal(
                "tearline.justified",
                officer=desk.officer.id,
                record=raw_of(line),
                detail=f"{key} = {reasons[key]}"[:500],
                at_ms=desk.now_ms,
            )


def _link(tx: WriteTx, desk: Desk, line: RecordId, stored: StoredRecord, label: Label) -> RecordId | Refusal:
    basis = tx.label_of(stored.record_id) or stored.header.label
    both = basis if label.public else replace(basis, audience=_common(basis, label, desk.party))
    both = _without_the_barred(desk, both)
    body = Relation(
        title=stored.body.title,
        relation_type="tearline-of",
        subject_ref=line,
        object_ref=stored.record_id,
        evidence=stored.record_id,
    )
    refs = (Ref(LINE, raw_of(line)), Ref(BASIS, stored.header.id))
    return submit_within(tx, desk, Draft(kind="relation/1", body=body, label=both, refs=refs))


def _without_the_barred(desk: Desk, label: Label) -> Label:
    """Return the label without parties that the charter no longer lets it name: who left bars no release."""
    wrong = None if label.public else check_label(label, desk.charter, desk.party)
    named = {m.rpartition(":")[2] for m in wrong.missing} if wrong is not None else set()
    kept = tuple(p for p in label.audience if p not in named or p == desk.party)
    return replace(label, audience=kept) if len(kept) < len(label.audience) else label


def _common(basis: Label, label: Label, own: Party) -> tuple[Party, ...]:
    if basis.public:
        return label.audience
    return tuple(sorted({*basis.audience} & {*label.audience} | {own}))
