"""What may leave the screen as a file: as much as its reader sees, numbered by his own copies, journalled.

1. What stands under a protected compartment, or asks for two persons, is not put into a file: a file has no
   roster. So are attachments (``protected.attachment``).
2. Each file bears reader and copy number. The number counts the reader's own copies and tells of no other's.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.model.label import Label
from tansiq.store.papers import Paper
from tansiq.work.desk import Desk
from tansiq.work.two_person import needs_two

EXPORTED: Final = "export"
_COPIES: Final = "copies"


def may_take(label: Label, protected: Container[str]) -> Refusal | None:
    """Return why a record is not put into a file, or None. Reasons: ``export.protected``, ``export.two``."""
    if cells := frozenset(code for code in label.compartments if code in protected):
        return Refusal("export.protected", cells)
    return Refusal("export.two") if needs_two(label) else None


def taken(desk: Desk, what: str, form: str, record: RecordId | None = None, rows: int = 1) -> int:
    """Note that an officer takes a file, and return the number of this copy (rule 2)."""
    own = f"{_COPIES}:{desk.officer.id}"
    with desk.store.write() as tx:
        kept = tx.paper(own)
        number = 1 + (0 if kept is None else int(kept.content))
        tx.save_paper(Paper(own, _COPIES, desk.officer.id, desk.now_ms, str(number).encode()))
        detail = f"{what} {form} {rows} copy {number}"
        tx.journal(EXPORTED, officer=desk.officer.id, record=record, detail=detail, at_ms=desk.now_ms)
    return number
