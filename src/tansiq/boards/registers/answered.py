"""How soon a warning or a case was answered, and by whom. Source: REQUIREMENTS R20."""

from __future__ import annotations

from datetime import datetime

from tansiq.boards.aspects import Fact
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.warning_ack import WarningAck
from tansiq.model.label import Party


def first_acks(record: Held, shelf: Shelf) -> dict[Party, tuple[datetime, Held]]:
    """Return the first acknowledgement of each party, in the order in which they came."""
    found: dict[Party, tuple[datetime, Held]] = {}
    for held, body in bodies(shelf, WarningAck):
        if body.reply_to == record.id and held.created >= record.created:
            found.setdefault(held.originator, (held.created, held))
    return found


def answered_by(record: Held, shelf: Shelf) -> tuple[Fact, ...]:
    """Return the time that each party took to answer, in whole hours."""
    return tuple(
        Fact(
            "response_time", int((at - record.created).total_seconds() // 3600), {"party": party, "unit": "h"}
        )
        for party, (at, _) in first_acks(record, shelf).items()
    )
