"""A search for a person's name asks its purpose first, and is noted with it.

1. Whether it asks depends on the words that were sent alone (``intake.person_names``), so that asking tells
   nothing of what is held; it comes before anything is looked for.
2. The journal holds the purpose and, sealed, the words; each such search by itself.
   Source: REQUIREMENTS R21.
"""

from __future__ import annotations

from typing import Final

from tansiq.base.refusal import Refusal
from tansiq.intake.person_names import speaks_of_a_person
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply
from tansiq.web.visit import Visit

WORDS: Final = ("q", "text")
"""The names under which words to search for are sent."""
ASKING: Final = "search.purpose"
LEAST: Final = 3
LONGEST: Final = 200
SEARCHES: Final = frozenset(
    {"search", "records", "api-search", "api-records", "api-names", "list-sheet", "list-document"}
)
"""The exits that look for words among records."""


def words_sought(visit: Visit) -> str:
    """Return the words that a visit searches for, blank where it does not search."""
    asked = [visit.ask(name) for name in WORDS]
    if visit.exit.method == "POST" and visit.exit.name in SEARCHES:
        asked += [visit.sent.first(name) for name in WORDS]
    return " ".join(asked).strip()


def purpose_of(visit: Visit) -> str:
    """Return the purpose of a search for a person, blank where there is none or none is asked."""
    if visit.exit.name not in SEARCHES or not speaks_of_a_person(words_sought(visit)):
        return ""
    return _said(visit)


def purpose_first(visit: Visit) -> Reply | Refusal | None:
    """Return the question that a search for a person waits for; None = nothing stands in its way."""
    if visit.officer is None or visit.exit.name not in SEARCHES:
        return None
    words = words_sought(visit)
    if not words or len(_said(visit)) >= LEAST or not speaks_of_a_person(words):
        return None
    if visit.exit.method != "GET" or visit.address.startswith("/api/"):
        return Refusal(ASKING, frozenset({"purpose"}), "R21")
    hidden = [(name, said[0]) for name, said in visit.query.items() if said and name != "purpose"]
    return draw(
        visit, "purpose.html", title=visit.tongue.t("dossiers.ask"), action=visit.address, hidden=hidden
    )


def _said(visit: Visit) -> str:
    said = visit.ask("purpose")
    if not said and visit.exit.method == "POST":
        said = visit.sent.first("purpose")
    return " ".join(said.split())[:LONGEST]
