"""What a search is after under all its names: the panel beside the hits, and the same for programs (R04)."""

from __future__ import annotations

from typing import Any, Final

from tansiq.boards import Shelf
from tansiq.boards.institution.naming import Named, named
from tansiq.language.aliases import names
from tansiq.search.query import find_any
from tansiq.search.view import Row, View
from tansiq.store.store import ReadTx
from tansiq.web.aspect_view import shelf_at
from tansiq.web.pages.forces import link
from tansiq.web.reply import Reply, json_reply
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.knowledge import local_entries

NAMES_SHOWN: Final = 40
NAMES_SOUGHT: Final = 60
"""Under so many of its names a thing is looked for: a record may bear thousands."""
PHRASE_CHARACTERS: Final = 120
"""No name is longer; a longer question names nothing."""


def known_as(visit: Visit, rx: ReadTx, view: View, phrase: str) -> tuple[Named, tuple[Row, ...]] | None:
    """Return what a phrase names, with the records that speak of it under any of its names.

    What officers of the post entered in its knowledge file is theirs who draft.
    """
    if not phrase.strip() or len(phrase) > PHRASE_CHARACTERS:
        return None
    shelf: Shelf = shelf_at(visit, rx, view)
    own = local_entries(rx) if visit.desk.lacks("draft") is None else ()
    found = named(phrase.strip(), shelf, names(own))
    if found is None:
        return None
    return found, find_any(rx, view, (phrase, *found.forms)[:NAMES_SOUGHT]).rows


def panel(visit: Visit, found: Named) -> dict[str, Any]:
    """Return the panel of a page: what it is, its own records, its other names."""
    shown = found.entry.display(visit.lang) if found.entry is not None else found.canonical or found.forms[0]
    return {
        "name": shown,
        "records": [link(h) for h in found.records],
        "forms": [form for form in found.forms if form != shown][:NAMES_SHOWN],
    }


def api_names(visit: Visit) -> Reply:
    """What ``q`` names: its canonical name, all its names, its own records, and all that speak of it."""
    with visit.reading() as (rx, view):
        found = known_as(visit, rx, view, visit.ask("q"))
    if found is None:
        return json_reply({"canonical": None, "names": [], "records": [], "rows": []})
    what, rows = found
    return json_reply(
        {
            "canonical": what.canonical or None,
            "names": what.forms,
            "records": [h.id for h in what.records],
            "rows": [row.id for row in rows],
        }
    )


ACTS: Final[dict[str, Act]] = {"api-names": api_names}
