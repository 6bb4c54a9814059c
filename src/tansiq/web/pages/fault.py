"""The page of a fault or refusal: what, why, what to do next; for what is absent, always the same bytes."""

from __future__ import annotations

from tansiq.web.answers import Told
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply
from tansiq.web.visit import Visit


def fault_page(visit: Visit, said: Told) -> Reply:
    """Return the page of a fault."""
    return draw(visit, "fault.html", title=said.fault.title, status=said.status, said=said)
