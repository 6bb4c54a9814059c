"""Warnings: how each stands, who acknowledged it and when; as a message of the alerting standard."""

from __future__ import annotations

from typing import Any, Final

from tansiq.base.ids import RecordId
from tansiq.boards import Held, Shelf, aspect_of
from tansiq.boards.registers.answered import first_acks
from tansiq.boards.registers.cap import cap_of
from tansiq.boards.registers.warnings import receivers, state_of
from tansiq.boards.shelf import bodies
from tansiq.model.kinds.warning import Warning as WarningBody
from tansiq.products.cap import cap_xml
from tansiq.web.answers import Absent
from tansiq.web.aspect_view import aspect_view, shelf_at
from tansiq.web.labels import highest
from tansiq.web.pages.forces import link
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply, download, json_reply
from tansiq.web.routes import Act
from tansiq.web.visit import Visit

SHAPES: Final = {"open": "warn", "superseded": "none", "cancelled": "none", "expired": "none"}


def warnings(visit: Visit) -> Reply:
    """The page, the newest first."""
    with visit.reading() as (rx, view):
        shelf = shelf_at(visit, rx, view)
        found = [held for held, _ in bodies(shelf, WarningBody)]
        return draw(
            visit,
            "warnings.html",
            title=visit.tongue.t("warnings.title"),
            label=highest(visit, (held.label for held in shelf.of("warning", "warning-ack"))),
            rows=[_row(visit, held, shelf) for held in reversed(found)],
        )


def _row(visit: Visit, held: Held, shelf: Shelf) -> dict[str, Any]:
    word, acks = state_of(held, shelf), first_acks(held, shelf)
    told = [
        {"code": party, "at": visit.tongue.instant(acks[party][0]) if party in acks else None}
        for party in receivers(held.label, shelf)
        if party != held.originator or party in acks
    ]
    own = visit.wiring.party
    waits = word == "open" and own in receivers(held.label, shelf) and own not in (held.originator, *acks)
    said = aspect_view(visit, aspect_of(held, shelf), held.id)
    return link(held) | {"state": visit.tongue.t(f"aspects.state.{word}"), "shape": SHAPES.get(word, "none"),
                         "told": told, "aspect": said, "text": held.body.text,
                         "waits": waits and visit.desk.lacks("submit") is None}  # fmt: skip


def cap(visit: Visit) -> Reply:
    """One warning as an XML document of CAP 1.2."""
    with visit.reading() as (rx, view):
        shelf = shelf_at(visit, rx, view)
        held = shelf.get(RecordId(visit.path["id"]))
        if held is None or not isinstance(held.body, WarningBody):
            raise Absent("nothing for this reader")
        content = cap_xml(cap_of(held, shelf))
    return download(content, "application/cap+xml", f"{held.id}.xml")


def api_warnings(visit: Visit) -> Reply:
    """Every warning for programs: its state, who acknowledged it when, who is waited for."""
    with visit.reading() as (rx, view):
        shelf = shelf_at(visit, rx, view)
        rows = [_told(held, shelf) for held, _ in bodies(shelf, WarningBody)]
    return json_reply({"rows": rows})


def _told(held: Held, shelf: Shelf) -> dict[str, Any]:
    acks = first_acks(held, shelf)
    waiting = [p for p in receivers(held.label, shelf) if p not in acks and p != held.originator]
    return {"record": held.id, "state": state_of(held, shelf), "waiting": waiting,
            "acknowledged": {party: at for party, (at, _) in acks.items()}}  # fmt: skip


ACTS: Final[dict[str, Act]] = {"warnings": warnings, "api-cap": cap, "api-board-warnings": api_warnings}
"""Which act stands behind which exit."""
