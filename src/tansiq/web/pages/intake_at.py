"""The draft that an address names."""

from __future__ import annotations

from tansiq.base.refusal import Refusal
from tansiq.web.answers import Absent, NotYourRole
from tansiq.web.visit import Visit
from tansiq.work.intake_text import Intake, intake_of


def found_at(visit: Visit) -> Intake:
    """Return the addressed draft. Raises Absent, also for another officer's; NotYourRole."""
    with visit.wiring.store.read() as rx:
        found = intake_of(visit.desk, rx, visit.path["id"])
    if isinstance(found, Refusal):
        raise NotYourRole("this role drafts nothing") if found.reason == "role" else Absent("no such draft")
    return found
