"""Lists: inbox, every kind, search. Every query goes through the reader's own view."""

from __future__ import annotations

from typing import Final

from tansiq.base.ids import RecordId
from tansiq.model.kind import CATALOGUE, Family, Kind, kind_named
from tansiq.policy.clearance import may
from tansiq.search.around import Facets, facets, record_for
from tansiq.search.query import count, find, list_records
from tansiq.search.view import Cursor, Page
from tansiq.web.answers import Absent
from tansiq.web.labels import highest, party_names
from tansiq.web.pages.frame import draw
from tansiq.web.pages.names import known_as, panel
from tansiq.web.reply import Reply
from tansiq.web.routes import Act
from tansiq.web.rows import kind_title, lines_of
from tansiq.web.summary import summary_of
from tansiq.web.visit import Visit

PAGE: Final = 50
FAMILIES: Final[tuple[Family, ...]] = (
    "information",
    "analysis",
    "institution",
    "diplomacy",
    "operations",
    "protected",
    "material",
    "system",
)


def kind_at(visit: Visit) -> Kind:
    """Return the kind that the address names. Raises Absent."""
    found = kind_named(visit.path["kind"]) or CATALOGUE.get(visit.path["kind"])
    if found is None:
        raise Absent("no such kind")
    return found


def kinds(visit: Visit) -> Reply:
    """Every kind by family, with how many records of it the reader may see."""
    with visit.reading() as (rx, view):
        found = facets(rx, view).kinds
    groups = [
        (
            visit.tongue.t(f"families.{family}"),
            [
                (k.name, k.titles[visit.lang], k.help[visit.lang], found.get(k.tag, 0), k.system)
                for k in CATALOGUE.values()
                if k.family == family
            ],
        )
        for family in FAMILIES
    ]
    return draw(visit, "kinds.html", title=visit.t("nav.kinds"), groups=groups, signs=_signs(visit))


def _signs(visit: Visit) -> bool:
    """Whether the reader may write at all: to others no list offers a form."""
    return visit.officer is not None and may(visit.officer.role, "submit")


def records(visit: Visit) -> Reply:
    """The records of one kind, newest first."""
    kind = kind_at(visit)
    with visit.reading() as (rx, view):
        page = list_records(
            rx, view, kind=kind.name, text=visit.ask("q") or None, limit=PAGE, after=_cursor(visit)
        )
        total = count(rx, view, kind=kind.name, text=visit.ask("q") or None)
        shown = lines_of(visit, page.rows, rx.labels())
    return draw(
        visit,
        "records.html",
        title=kind.titles[visit.lang],
        label=shown.label,
        kind=kind,
        signs=_signs(visit),
        lines=shown.lines,
        total=total,
        after=_after(visit, page),
    )


def inbox(visit: Visit) -> Reply:
    """What came from others, newest first, with a preview of the chosen one."""
    return _listed(visit, "inbox.html", visit.t("nav.inbox"), visit.ask("from") or None)


def search(visit: Visit) -> Reply:
    """Records that hold every word asked for."""
    question = visit.ask("q")
    with visit.reading() as (rx, view):
        page = find(rx, view, question, limit=PAGE, after=_cursor(visit))
        total = count(rx, view, text=question) if question else 0
        named = known_as(visit, rx, view, question) if not visit.ask("after") else None
        here = {row.id for row in page.rows}
        elsewhere = [row for row in named[1] if row.id not in here] if named is not None else []
        labels, rows = rx.labels(), (*page.rows, *elsewhere)
        shown = lines_of(visit, rows, labels)
        own = (held.label for held in named[0].records) if named is not None else ()
        label = highest(visit, (*(labels[row.label_id] for row in rows), *own))
    return draw(
        visit,
        "search.html",
        title=visit.t("search.title"),
        label=label,
        known=panel(visit, named[0]) if named is not None else None,
        others=shown.lines[len(page.rows) :],
        question=question,
        purpose=visit.ask("purpose"),
        lines=shown.lines[: len(page.rows)],
        total=total,
        after=_after(visit, page),
    )


def _listed(visit: Visit, template: str, title: str, originator: str | None) -> Reply:
    with visit.reading() as (rx, view):
        page = list_records(
            rx,
            view,
            kind=visit.ask("kind") or None,
            originator=originator,
            lang=visit.ask("lang") or None,
            limit=PAGE,
            after=_cursor(visit),
        )
        shown = lines_of(visit, page.rows, rx.labels())
        found = facets(rx, view)
        chosen = record_for(rx, view, RecordId(visit.ask("show"))) if visit.ask("show") else None
        preview = summary_of(visit, rx, view, chosen) if chosen is not None else None
    return draw(
        visit,
        template,
        title=title,
        label=shown.label,
        lines=shown.lines,
        facets=_facet_groups(visit, found),
        after=_after(visit, page),
        preview=preview,
        chosen=visit.ask("show"),
    )


def _facet_groups(visit: Visit, found: Facets) -> list[dict[str, object]]:
    names = party_names(visit)

    def group(words: str, key: str, values: list[tuple[str, str, int]]) -> dict[str, object]:
        rows = [
            {
                "words": name,
                "count": number,
                "href": visit.address_with(**{key: "" if visit.ask(key) == value else value, "after": ""}),
                "current": visit.ask(key) == value,
            }
            for value, name, number in values
        ]
        return {"words": words, "values": rows, "folded": key == "kind" and len(rows) > 12}

    originators = [(p, names.get(p, p), n) for p, n in found.originators.items()]
    langs = [(x, visit.tongue.t(f"choices.{x}"), n) for x, n in found.langs.items()]
    kinds_there = [(k.split("/")[0], kind_title(k, visit.lang), n) for k, n in found.kinds.items()]
    return [
        group(visit.t("list.from"), "from", originators),
        group(visit.t("list.lang"), "lang", langs),
        group(visit.t("list.kind"), "kind", kinds_there),
    ]


def _cursor(visit: Visit) -> Cursor | None:
    return Cursor.parse(visit.ask("after")) if visit.ask("after") else None


def _after(visit: Visit, page: Page) -> str | None:
    return visit.address_with(after=str(page.next)) if page.next is not None else None


ACTS: Final[dict[str, Act]] = {
    "kinds": kinds,
    "records": records,
    "inbox": inbox,
    "search": search,
}
