"""What a page says of withdrawal: sources that were taken back, and the recall of what is gone."""

from __future__ import annotations

from tansiq.base.ids import RecordId, id_of
from tansiq.model.label import Party
from tansiq.search.around import record_for
from tansiq.search.view import View
from tansiq.store.store import ReadTx
from tansiq.store.values import StoredRecord


def withdrawn_sources(rx: ReadTx, stored: StoredRecord, me: Party) -> tuple[RecordId, ...]:
    """Return the sources of a record that were taken back, from all or from us."""
    header = stored.header
    found = rx.withdrawals_of(header.rests_on) if header.rests_on else {}
    gone = [r for r, ws in found.items() if any(w.mode != "narrow" or me not in w.keep for w in ws)]
    return tuple(sorted(w.record_id for raw in gone for w in found[raw][:1]))


def recall_here(rx: ReadTx, view: View, record_id: RecordId) -> StoredRecord | None:
    """Return a recall of a record that this reader may read."""
    shown = (raw for raw, label in reversed(rx.recalls_of(record_id)) if label in view.permitted)
    return next((r for raw in shown if (r := record_for(rx, view, id_of(raw))) is not None), None)


def card(rx: ReadTx, view: View, me: Party) -> dict[str, int]:
    """Return how much was taken back by us and by others, and how much of ours rests on it."""
    recalls = {w.recall for w in rx.newest_withdrawals()}
    mine = [found.originator == me for r in sorted(recalls) if (found := record_for(rx, view, r)) is not None]
    resting = {r for r, _ in rx.resting_on_withdrawn(me) if record_for(rx, view, r) is not None}
    return {"ours": sum(mine), "theirs": len(mine) - sum(mine), "resting": len(resting)}
