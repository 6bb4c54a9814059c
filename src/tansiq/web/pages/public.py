"""The public page and feed: what is for EVERYBODY, without sign-in, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tansiq.base.ids import RecordId
from tansiq.search.around import record_for
from tansiq.search.query import list_records
from tansiq.web.answers import Absent
from tansiq.web.pages.frame import draw
from tansiq.web.pages.reading import exported
from tansiq.web.reply import Reply, json_reply
from tansiq.web.routes import Act
from tansiq.web.rows import lines_of
from tansiq.web.summary import summary_of
from tansiq.web.visit import Visit

LIMIT: Final = 50


def public(visit: Visit) -> Reply:
    """The newest records of this party that are for everybody."""
    visit = _anyone(visit)
    with visit.reading() as (rx, view):
        page = list_records(rx, view, originator=visit.wiring.party, limit=LIMIT)
        shown = lines_of(visit, page.rows, rx.labels())
    lines = [replace(line, href=f"/public/{line.id}") for line in shown.lines]
    return draw(visit, "public.html", title=visit.t("public.title"), lines=lines)


def public_record(visit: Visit) -> Reply:
    """One record that is for everybody."""
    visit = _anyone(visit)
    with visit.reading() as (rx, view):
        stored = record_for(rx, view, RecordId(visit.path["id"]))
        if stored is None or stored.originator != visit.wiring.party:
            raise Absent("nothing public here")
        record = summary_of(visit, rx, view, stored)
    return draw(visit, "public_record.html", title=record.title, label=record.label, record=record)


def feed(visit: Visit) -> Reply:
    """The same as JSON, for programs."""
    visit = _anyone(visit)
    with visit.reading() as (rx, view):
        page = list_records(rx, view, originator=visit.wiring.party, limit=LIMIT)
        stored = [s for r in page.rows if (s := record_for(rx, view, r.id)) is not None]
        return json_reply({"party": visit.wiring.party, "records": [exported(s) for s in stored]})


def _anyone(visit: Visit) -> Visit:
    """The same visit as anybody would make it: an officer sees here what the public sees."""
    return replace(visit, officer=None)


ACTS: Final[dict[str, Act]] = {"public": public, "public-record": public_record, "public-feed": feed}
