"""What a label must be like to be signed under, whatever the record says."""

from __future__ import annotations

from tansiq.base.refusal import Refusal
from tansiq.model.label import Label
from tansiq.policy.permits import permits
from tansiq.policy.rules import check_label
from tansiq.store.store import WriteTx
from tansiq.work.desk import Desk


def label_refusal(desk: Desk, label: Label) -> Refusal | None:
    """Return why nothing may be signed under a label: over, against the charter, beyond the officer."""
    if label.until_ms is not None and label.until_ms <= desk.now_ms:
        return Refusal("expired")
    if (no := check_label(label, desk.charter, desk.party)) is not None:
        return no
    own = permits(label, desk.officer.reader, now=desk.now)
    return own if isinstance(own, Refusal) and own.reason in ("level", "compartment") else None


def not_held(tx: WriteTx, desk: Desk, label: Label) -> Refusal | None:
    """Refuse a protected compartment that the officer does not hold, whether it exists here or not."""
    cells = {code for code in label.compartments if code in tx.core.protected}
    lacking = frozenset(cells - desk.officer.reader.compartments)
    return Refusal("label.compartment-not-held", lacking) if lacking else None


def unguarded(tx: WriteTx, label: Label) -> Refusal | None:
    """Refuse an attachment under a protected compartment: files rest under the node's secret alone."""
    cells = frozenset(code for code in label.compartments if code in tx.core.protected)
    return Refusal("protected.attachment", cells) if cells else None
