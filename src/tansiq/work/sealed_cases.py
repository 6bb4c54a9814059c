"""Cases that are over and sealed: what stands under their compartments opens by two officers. R70.

It is worked out from the records that a reader may open, at the moment he asks; no job seals anything, so no
node can miss the date.
"""

from __future__ import annotations

from tansiq.boards.protected.sealing import sealed_compartments
from tansiq.boards.stored import StoredShelf
from tansiq.model.charter import Charter
from tansiq.model.label import Party
from tansiq.policy.compartments import is_protected
from tansiq.policy.permits import Reader
from tansiq.search.view import View
from tansiq.store.store import ReadTx
from tansiq.work.desk import Desk
from tansiq.work.objecting import shelf_of


def sealed_for(rx: ReadTx, view: View, charter: Charter, party: Party, reader: Reader) -> frozenset[str]:
    """Return the compartments of sealed cases that a reader holds; none for who holds no case."""
    if not any(is_protected(code, charter) for code in reader.compartments):
        return frozenset()
    return sealed_compartments(StoredShelf(rx, view, charter, party))


def sealed_at(rx: ReadTx, desk: Desk) -> frozenset[str]:
    """Return the compartments of sealed cases that the officer at a desk holds."""
    shelf = shelf_of(rx, desk)
    return sealed_for(rx, shelf.view, desk.charter, desk.party, desk.officer.reader)
