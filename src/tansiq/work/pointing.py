"""What a record points to, and whether its readers may know of that. Source: DESIGN 5."""

from __future__ import annotations

from tansiq.base.ids import raw_of
from tansiq.base.refusal import Refusal
from tansiq.model.kind import Body
from tansiq.model.kinds.grant import Grant
from tansiq.model.kinds.purge_proof import PurgeProof
from tansiq.model.kinds.recall import Recall
from tansiq.model.label import Label
from tansiq.model.record import OpaqueBody
from tansiq.model.stated import body_references
from tansiq.policy.derive import references_ok
from tansiq.store.store import ReadTx
from tansiq.work.desk import Desk


def may_point(tx: ReadTx, desk: Desk, label: Label, raw: bytes, its_label: Label) -> Refusal | None:
    """Return why not every reader of a label may know of a record, None = they may.

    Of what was taken back all know who were told so: its recall's readers count as its own.
    """
    shown = desk.charter.shown_compartments
    no = references_ok(label, its_label, shown)
    told = (tx.label_of(w.recall) for w in tx.withdrawals(raw)) if no is not None else ()
    return None if any(t and references_ok(label, t, shown) is None for t in told) else no


def pointed_in(body: Body | OpaqueBody) -> tuple[bytes, ...]:
    """Return what a body points to; grant, recall and the declaration of deletion have rules of their own."""
    return () if isinstance(body, Grant | Recall | PurgeProof) else body_references(body)


def named_in(body: Body) -> tuple[bytes, ...]:
    """Return what a draft's body points to; a recall points to what stands in the place of its record.

    Who receives a recall obeys it, whatever it points to: this is asked of who signs it alone.
    """
    if isinstance(body, Recall):
        return () if body.replaced_by is None else (raw_of(body.replaced_by),)
    return pointed_in(body)
