"""Map: the places of records the reader may see, as a list, drawn by the island where there is script."""

from __future__ import annotations

from typing import Final

from tansiq.search.around import places
from tansiq.web.aspect_view import shelf_at
from tansiq.web.labels import highest
from tansiq.web.pages.forces import boxes
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply
from tansiq.web.routes import Act
from tansiq.web.rows import kind_title
from tansiq.web.visit import Visit


def place_map(visit: Visit) -> Reply:
    """The list of places and their map, in step."""
    with visit.reading() as (rx, view):
        found = places(rx, view, kind=visit.ask("kind") or None)
        labels = rx.labels()
        shelf = shelf_at(visit, rx, view)
        drawn = list(boxes(visit, shelf))
        shown = [labels[p.row.label_id] for p in found]
        banner = highest(visit, (*shown, *(h.label for h in shelf.of("deconfliction-notice", "area"))))
    points = [
        {
            "title": f"{p.name} · {p.row.title}" if p.name else p.row.title,
            "href": f"/record/{p.row.id}",
            "lat_e7": p.lat_e7,
            "lon_e7": p.lon_e7,
            "precision_m": p.precision_m,
            "at": visit.tongue.age(p.row.created_ms, visit.now),
            "label": kind_title(p.row.kind, visit.lang),
        }
        for p in found
    ]
    boxed = {box["href"] for box in drawn}
    return draw(
        visit,
        "map.html",
        title=visit.t("nav.map"),
        label=banner,
        points=[*(p for p in points if p["href"] not in boxed), *drawn],
    )


ACTS: Final[dict[str, Act]] = {"map": place_map}
