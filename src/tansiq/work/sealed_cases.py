"""Cases that are over and sealed: what stands under their compartments opens by two officers. R70.

1. It is worked out from the records that a reader may open, at the moment he asks; no job seals anything, so
   no node can miss the date.
2. The dates are kept as long as nothing of their kinds changes, for one set of labels, keys and openings.
"""

from __future__ import annotations

from tansiq.base.clock import moment
from tansiq.boards.protected.sealing import SEALING_KINDS, Sealing, sealed_by, sealings
from tansiq.boards.stored import StoredShelf
from tansiq.model.charter import Charter
from tansiq.model.label import Party
from tansiq.policy.compartments import is_protected
from tansiq.policy.permits import Reader
from tansiq.search.standing import standing
from tansiq.search.view import View
from tansiq.store.store import ReadTx
from tansiq.work.desk import Desk
from tansiq.work.objecting import shelf_of


def sealed_for(rx: ReadTx, view: View, charter: Charter, party: Party, reader: Reader) -> frozenset[str]:
    """Return the compartments of sealed cases that a reader holds; none for who holds no case."""
    if not any(is_protected(code, charter) for code in reader.compartments):
        return frozenset()
    return sealed_by(_known(rx, StoredShelf(rx, view, charter, party)), moment(view.now_ms))


def sealed_at(rx: ReadTx, desk: Desk) -> frozenset[str]:
    """Return the compartments of sealed cases that the officer at a desk holds."""
    shelf = shelf_of(rx, desk)
    return sealed_for(rx, shelf.view, desk.charter, desk.party, desk.officer.reader)


def _known(rx: ReadTx, shelf: StoredShelf) -> tuple[Sealing, ...]:
    """Return what a shelf's sealings are, worked out once (rule 2).

    The head's hash is part of the question: a number of the log that a transaction gave up is given anew.
    """
    view = shelf.view
    memo, (number, head) = view.store.memo, rx.log_head()
    same = ("sealings", view.opened, view.sealed, rx.core.keys.held)

    def of_kinds() -> tuple[Sealing, ...]:
        stands = standing(rx, SEALING_KINDS)
        return memo.get(view.permitted, 0, (*same, stands), lambda: sealings(shelf))

    return memo.get(view.permitted, number, (*same, head), of_kinds)
