"""What is alleged enters no assessment by itself. Source: REQUIREMENTS R08.

1. An assessment rests on no statement that is filed as an allegation: it is refused among its sources.
2. An officer who weighs one all the same points to it by a reference of its own, which says that he did.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tansiq.boards.rules import Objection, rule
from tansiq.boards.shelf import Held, Shelf
from tansiq.model.kinds.statement import Statement

CLAUSE: Final = "R08"


@rule("assessment")
def rests_on_no_allegation(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse an assessment with an allegation among its sources (rule 1)."""
    for one in dict.fromkeys((*draft.sources, *draft.derived_from)):
        held = shelf.get(one)
        body = held.body if held is not None else None
        if isinstance(body, Statement) and body.statement_type == "allegation":
            yield Objection("allegation.cited", CLAUSE, record=one)
