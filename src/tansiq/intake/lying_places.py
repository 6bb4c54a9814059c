"""Places that the words of a text tell and the knowledge file does not, or spells otherwise."""

from __future__ import annotations

from tansiq.intake.page import Page
from tansiq.intake.respelt_places import respelt_places
from tansiq.intake.same import Named
from tansiq.intake.unlisted_places import unlisted_places


def lying_places(page: Page) -> list[Named]:
    """Return the places of a page beside those that the knowledge file names as written."""
    known = page.knowledge.entries
    unlisted = (
        Named(s, e, page.written(s, e), "place", "place", None, proposed=True)
        for s, e in unlisted_places(page)
    )
    respelt = (
        Named(s, e, name, "place", "place", known[name])
        for s, e, name in respelt_places(page)
        if name in known
    )
    return [*unlisted, *respelt]
