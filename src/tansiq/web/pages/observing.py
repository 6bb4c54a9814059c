"""The observer's narrow window: told before it opens, and no attachments where it only observes.

1. Before a partner's officer opens a record of another party for the first time, he is told that the
   originator will have a receipt of it: the post and the time, never his name. A program is told by a refusal
   that names the way to open it.
2. Under the note OBSERVER a record is read without its attachments.

Source: REQUIREMENTS R45.
"""

from __future__ import annotations

from typing import Final

from tansiq.base.ids import RecordId
from tansiq.model.kinds.tearline import Tearline
from tansiq.model.outline import TitleOnly
from tansiq.policy.partner import is_partner
from tansiq.search.around import record_for
from tansiq.search.view import View
from tansiq.store.store import ReadTx
from tansiq.store.values import StoredRecord
from tansiq.web.labels import label_view
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply
from tansiq.web.rows import kind_title, title_words
from tansiq.web.visit import Visit
from tansiq.work.open_record import opened_by

OBSERVER: Final = "OBSERVER"
UNTOLD: Final = "record.receipt-untold"


def observes(visit: Visit) -> bool:
    """Whether this node is a partner's."""
    return is_partner(visit.charter, visit.wiring.party)


def untold(visit: Visit, rx: ReadTx, view: View) -> StoredRecord | None:
    """Return the addressed record where its reader must first be told what opening it sends (rule 1)."""
    if not observes(visit):
        return None
    stored = record_for(rx, view, RecordId(visit.path["id"]))
    if stored is None or stored.originator == visit.wiring.party or stored.system:
        return None
    seen = isinstance(stored.record, TitleOnly) or opened_by(rx, stored, visit.known.id)
    return None if seen else stored


def before_opening(visit: Visit) -> Reply | None:
    """Return the page that stands before the first opening; None where there is nothing to tell."""
    with visit.reading() as (rx, view):
        stored = untold(visit, rx, view)
        if stored is None:
            return None
        label = rx.label_of(stored.record_id) or stored.header.label
    return draw(
        visit,
        "opening.html",
        title=title_words(stored.header.kind, stored.body.title, visit.tongue),
        label=label_view(visit, label),
        id=stored.record_id,
        by=stored.originator,
        kind=kind_title(stored.header.kind, visit.lang),
    )


def without_files(visit: Visit, stored: StoredRecord) -> bool:
    """Whether a record is read here without its attachments (rule 2)."""
    if not observes(visit) or stored.originator == visit.wiring.party:
        return False
    body = stored.body
    return OBSERVER in stored.header.label.notes or (isinstance(body, Tearline) and body.observers_only)
