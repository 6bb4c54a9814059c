"""What an officer may read by its label: the one question that every use case asks of a record it is named.

Absent, buried, withdrawn, hidden and no id at all are one answer. The label is asked for first: to unseal
what is not shown would take time that absence does not.
"""

from __future__ import annotations

from tansiq.base.ids import RecordId
from tansiq.model.label import Label
from tansiq.policy.permits import permits
from tansiq.store.store import ReadTx
from tansiq.store.values import StoredRecord
from tansiq.work.desk import Desk


def readable(rx: ReadTx, desk: Desk, record_id: RecordId | bytes) -> tuple[StoredRecord, Label] | None:
    """Return a record that the officer may read, with the label that decides now."""
    label = rx.label_of(record_id)
    if label is None or not permits(label, desk.officer.reader, now=desk.now):
        return None
    stored = rx.record(record_id)
    return None if stored is None or stored.buried else (stored, label)
