"""Protected cases, the ombudsperson's page, the legal register: each from the reader's own shelf alone.

1. The first shows the cases, notices and releases the reader may open; nothing tells of others.
2. The ombudsperson's shows clocks and trails: that cases exist, how notices and likenesses stand, what was
   asked and answered, figures of error; no text, no source, no name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

from tansiq.boards import Aspect, Held, aspect_of
from tansiq.boards.protected.affair import affairs
from tansiq.boards.protected.matches import mistaken_hours
from tansiq.boards.protected.register import FAMILIES, basis_for, seat_word, speakers
from tansiq.boards.stored import StoredShelf
from tansiq.model.label import Label, Party
from tansiq.model.outline import TitleOnly
from tansiq.search.around import record_for
from tansiq.search.query import list_records
from tansiq.search.view import View
from tansiq.store.store import ReadTx
from tansiq.web.aspect_view import aspect_view, clock_line, shelf_at
from tansiq.web.labels import highest, party_names
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply, json_reply
from tansiq.web.routes import Act
from tansiq.web.rows import kind_title
from tansiq.web.visit import Visit

NOTICES: Final = ("judicial-notice", "identity-match", "review", "redress", "release-notice")
LIMIT: Final = 200
TRAILS: Final = (
    "obtained-review",
    "judicial-notice",
    "identity-match",
    "review",
    "release-notice",
    "redress",
    "journal-query",
)


def protected(visit: Visit) -> Reply:
    """Cases with their clocks, embargo, roster and seal date; notices with their reviews."""
    with visit.reading() as (rx, view):
        shelf = shelf_at(visit, rx, view)
        cases = [_case(visit, one, shelf) for one in affairs(shelf)]
        by_two = list(_by_two(rx, view))
        notices = [_row(visit, held, shelf) for held in shelf.of(*NOTICES)]
        victims = [_row(visit, held, shelf) for held in shelf.of("case", "victim-record")]
        shown = shelf.of("hostage-case", *NOTICES, "case", "victim-record")
        banner = highest(visit, (*(held.label for held in shown), *(label for label, _ in by_two)))
    return draw(
        visit,
        "protected.html",
        title=visit.t("nav.protected"),
        label=banner,
        cases=cases,
        by_two=[line for _, line in by_two],
        notices=notices,
        victims=victims,
        d=_words(visit),
    )


def _words(visit: Visit) -> Callable[..., str]:
    return lambda key, **values: visit.tongue.t(f"protected.{key}", **values)


def _by_two(rx: ReadTx, view: View) -> Iterator[tuple[Label, dict[str, Any]]]:
    """Cases that open by two: sealed, or labelled so. Who may know of them sees the title alone."""
    for row in list_records(rx, view, kind="hostage-case", limit=LIMIT).rows:
        stored = record_for(rx, view, row.id)
        label = rx.label_of(row.id)
        if stored is None or label is None or not isinstance(stored.record, TitleOnly):
            continue
        sealed = not view.sealed.isdisjoint(label.compartments)
        line = {"href": f"/record/{row.id}", "title": stored.body.title, "lang": row.lang,
                "by": stored.originator, "sealed": sealed}  # fmt: skip
        yield label, line


def _case(visit: Visit, known: Any, shelf: StoredShelf) -> dict[str, Any]:
    files = [held for held, _ in known.files]
    said = Aspect()
    for held in files:
        said += aspect_of(held, shelf)
    said = replace(said, states=tuple(s for s in said.states if not s.of.startswith("person:")))
    contacts = [c for held, _ in known.contacts for c in aspect_of(held, shelf).clocks if c.state != "met"]
    return {
        "name": known.name,
        "href": f"/record/{files[-1].id}",
        "aspect": aspect_view(visit, said, files[-1].id),
        "persons": [
            (p.pseudonym or "?", p.nationality, visit.tongue.t(f"aspects.state.{p.state or 'held'}"))
            for p in known.persons
        ],
        "roster": known.roster,
        "contacts": [clock_line(visit, c, files[-1].id) for c in contacts],
        "seals": visit.tongue.day(known.seals_at) if known.seals_at else "",
        "records": [_row(visit, h, shelf) for h in _records(known)],
    }


def _records(known: Any) -> Iterator[Held]:
    every = (*known.rosters, *known.contacts, *known.checks, *known.outcomes)
    yield from sorted((held for held, _ in every), key=lambda h: h.created)


def _row(visit: Visit, held: Held, shelf: StoredShelf) -> dict[str, Any]:
    return {
        "title": held.body.title,
        "lang": held.lang,
        "kind": kind_title(f"{held.kind}/1", visit.lang),
        "by": held.originator,
        "href": f"/record/{held.id}",
        "aspect": aspect_view(visit, aspect_of(held, shelf), held.id),
    }


def oversight(visit: Visit) -> Reply:
    """What the ombudsperson sees: clocks and trails, not sources."""
    with visit.reading() as (rx, view):
        shelf = shelf_at(visit, rx, view)
        cases = [_fact(visit, held, shelf) for held in shelf.of("case-existence")]
        trails = [_row(visit, held, shelf) | {"title": ""} for held in shelf.of(*TRAILS)]
        banner = highest(visit, (h.label for h in shelf.of("case-existence", *TRAILS)))
        count, hours = mistaken_hours(shelf, visit.now.year)
    return draw(
        visit,
        "oversight.html",
        title=visit.t("nav.oversight"),
        label=banner,
        cases=cases,
        trails=trails,
        year=visit.now.year,
        mistaken=(count, hours),
        d=_words(visit),
    )


def _fact(visit: Visit, held: Held, shelf: StoredShelf) -> dict[str, Any]:
    token = getattr(held.body, "case", "") or ""
    return {"token": token, "by": held.originator, "href": f"/record/{held.id}",
            "aspect": aspect_view(visit, aspect_of(held, shelf), held.id)}  # fmt: skip


def legal(visit: Visit) -> Reply:
    """The legal register: which protected family may be used here, and who speaks for each seat."""
    with visit.reading() as (rx, view):
        shelf = shelf_at(visit, rx, view)
        families = [_family(visit, name, shelf) for name in FAMILIES]
        seats = [_seat(visit, p.code, shelf) for p in visit.charter.parties]
        rules = [_row(visit, held, shelf) for held in shelf.of("retention-rule", "legal-basis")]
        banner = highest(visit, (h.label for h in shelf.of("legal-basis", "credential", "retention-rule")))
    return draw(
        visit,
        "legal.html",
        title=visit.t("nav.legal"),
        label=banner,
        families=families,
        seats=seats,
        rules=rules,
        exercise_world=visit.charter.exercise,
        d=_words(visit),
    )


def _family(visit: Visit, name: str, shelf: StoredShelf) -> dict[str, Any]:
    basis = basis_for(shelf, FAMILIES[name][0], visit.wiring.party)
    kinds = [kind_title(f"{kind}/1", visit.lang) for kind in FAMILIES[name]]
    return {"words": visit.tongue.t(f"aspects.value.{name}"), "kinds": kinds,
            "href": f"/record/{basis.id}" if basis else None}  # fmt: skip


def _seat(visit: Visit, party: Party, shelf: StoredShelf) -> dict[str, Any]:
    found = speakers(shelf, party)
    return {
        "code": party,
        "name": party_names(visit).get(party, party),
        "state": visit.tongue.t(f"aspects.state.{seat_word(shelf, party)}") if found else "",
        "speaks": [(b.holder_role or "", f"/record/{h.id}") for h, b in found],
    }


def protected_json(visit: Visit) -> Reply:
    """The cases that the reader may open, as programs read them."""
    with visit.reading() as (rx, view):
        shelf = shelf_at(visit, rx, view)
        rows = [
            {
                "case": one.name,
                "files": [held.id for held, _ in one.files],
                "roster": one.roster,
                "closed": one.closed,
                "seals_at": one.seals_at,
                "sealed": one.sealed,
                "families_informed": one.informed,
            }
            for one in affairs(shelf)
        ]
    return json_reply({"rows": rows})


def oversight_json(visit: Visit) -> Reply:
    """That cases exist, with clock and roster size, and the figures of error, as programs read them."""
    with visit.reading() as (rx, view):
        shelf = shelf_at(visit, rx, view)
        rows = [
            {"originator": h.originator, "case": getattr(h.body, "case", None)}
            | {f.name: f.value for f in aspect_of(h, shelf).facts}
            for h in shelf.of("case-existence")
        ]
        count, hours = mistaken_hours(shelf, visit.now.year)
    figures = {"cases": count, "hours": hours, "year": visit.now.year}
    return json_reply({"rows": rows, "mistaken_identity": figures})


ACTS: Final[dict[str, Act]] = {
    "protected": protected,
    "oversight": oversight,
    "legal": legal,
    "api-protected": protected_json,
    "api-oversight": oversight_json,
}
