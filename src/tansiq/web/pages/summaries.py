"""Summaries of a period: built in one act for an audience; what stays out is shown to the drafter alone.

1. The page shows what a summary would hold as the officer's own shelf has it: each paragraph with its
   source and label, then what is left out, what stops it, and the door to ask or to write a tearline.
2. Building puts a draft where summaries are written; there it is edited, weighed and signed. One that waits
   there is replaced only when the officer says so.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any, Final
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from tansiq.base.refusal import Refusal
from tansiq.boards.analysis.summaries import Gathered, Item, LeftOut, last_summary
from tansiq.model.kind import CATALOGUE
from tansiq.model.label import LEVELS, Label, Level
from tansiq.model.strict import BadField
from tansiq.policy.clearance import may
from tansiq.web.answers import told_no
from tansiq.web.board_rows import link, shelf_for
from tansiq.web.controls import Data
from tansiq.web.forms import to_data
from tansiq.web.http import json_of
from tansiq.web.labels import data_of, highest, in_lang, label_view, party_names, party_options
from tansiq.web.pages.frame import draw
from tansiq.web.pages.reading import exported_label
from tansiq.web.reply import Reply, json_reply, see_other
from tansiq.web.routes import Act
from tansiq.web.rows import kind_title, title_words
from tansiq.web.visit import Visit
from tansiq.work.save_draft import save_draft, saved_draft
from tansiq.work.summary import Asked, body_of, origin, subtitle, summarised

PLACE: Final = "/records/intsum/new"
"""Where summaries are written."""
KIND: Final = "intsum/1"
WAITING: Final = "summary.waiting"


class SummaryAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """A summary as it is asked for; days are whole, both included. ``anew`` replaces a form that waits."""

    audience: tuple[str, ...]
    since: date | None = None
    until: date | None = None
    highest: Level = "secret"
    anew: bool = False

    def whole(self) -> Asked:
        """Return what is asked for, in moments."""
        last = time(23, 59, 59)
        return Asked(
            audience=self.audience,
            since=datetime.combine(self.since, time(), UTC) if self.since else None,
            until=datetime.combine(self.until, last, UTC) if self.until else None,
            highest=self.highest,
        )


def summaries(visit: Visit) -> Reply:
    """The page: the form, and what it would hold once an audience is asked for."""
    said = {name: tuple(values) for name, values in visit.query.items()}
    if not said.get("audience"):
        return _page(visit, None, None)
    asked = _asked(said)
    found = summarised(visit.desk, asked.whole())
    return _page(visit, asked, found)


def summary_build(visit: Visit) -> Reply:
    """Build the draft; the page then shows what went in and what did not."""
    asked = _asked(visit.sent.values)
    if visit.sent.first("do") == "look":
        return see_other(_address(asked))
    found = _built(visit, asked)
    return _page(visit, asked, found) if isinstance(found, Refusal) else see_other(_address(asked, built="1"))


def api_summary(visit: Visit) -> Reply | Refusal:
    """What a summary would hold, for programs: ``audience`` (several), ``since``, ``until``, ``highest``."""
    found = summarised(visit.desk, _asked(visit.query).whole())
    return found if isinstance(found, Refusal) else json_reply(_told(visit, found))


def api_summary_build(visit: Visit) -> Reply | Refusal:
    """Build a draft: the answer holds it as ``POST /api/records`` takes it, and what was left out."""
    found = summarised(visit.desk, json_of(visit.raw, SummaryAsked).whole())
    if isinstance(found, Refusal):
        return found
    return json_reply(_told(visit, found), 201) if found.label is not None else Refusal("summary.nothing")


def _built(visit: Visit, asked: SummaryAsked) -> Gathered | Refusal:
    found = summarised(visit.desk, asked.whole())
    if isinstance(found, Refusal):
        return found
    if found.label is None:
        return Refusal("summary.nothing")
    with visit.wiring.store.read() as rx:
        waits = saved_draft(rx, visit.known, PLACE) is not None
    if waits and not asked.anew:
        return Refusal(WAITING)
    refused = save_draft(visit.desk, PLACE, _form(visit, found, found.label))
    return found if refused is None else refused


def _address(asked: SummaryAsked, **more: str) -> str:
    query = [("audience", a) for a in asked.audience]
    query += [(n, d.isoformat()) for n, d in (("since", asked.since), ("until", asked.until)) if d]
    return f"/summaries?{urlencode([*query, ('highest', asked.highest), *more.items()])}"


def _form(visit: Visit, found: Gathered, label: Label) -> dict[str, list[str]]:
    """Return the draft as the form of its kind says it."""
    sources = {f"h.sources.{n}": [str(item.held.id)] for n, item in enumerate(found.items)}
    said = to_data(CATALOGUE[KIND].fields, body_of(found, visit.lang)) | sources
    said |= {"h.lang": [visit.lang], "h.priority": ["3"]}
    return said | data_of(label, visit.wiring.party)


def _asked(said: Data) -> SummaryAsked:
    """Return what a form or an address asks for. Raises BadField."""
    plain: dict[str, Any] = {"audience": [a for a in said.get("audience", ()) if a]}
    for name in ("since", "until", "highest"):
        if value := next(iter(said.get(name, ())), "").strip():
            plain[name] = value
    plain["anew"] = bool(said.get("anew"))
    try:
        return msgspec.convert(plain, SummaryAsked)
    except msgspec.ValidationError as error:
        raise BadField("since", str(error)) from error


def _page(visit: Visit, asked: SummaryAsked | None, found: Gathered | Refusal | None) -> Reply:
    with shelf_for(visit) as shelf:
        last = last_summary(shelf)
        drafts = [link(h) for h in reversed(shelf.of("intsum"))]
        own = [h.label for h in shelf.of("intsum")]
    with visit.wiring.store.read() as rx:
        waits = saved_draft(rx, visit.known, PLACE) is not None
    wrong = told_no(found, visit.lang).fault if isinstance(found, Refusal) else None
    shown = found if isinstance(found, Gathered) else None
    held = (
        [] if shown is None else [*(i.held.label for i in shown.items), *(x.held.label for x in shown.left)]
    )
    return draw(
        visit,
        "summaries.html",
        title=visit.t("nav.summaries"),
        label=highest(visit, (*own, *held)),
        status=422 if wrong is not None else 200,
        wrong=wrong,
        asked=asked,
        since=(asked.since if asked else None) or (last.date() if last else None),
        last=visit.tongue.day(last) if last else "",
        found=None if shown is None else _shown(visit, shown),
        built=bool(visit.ask("built")),
        waits=waits,
        place=PLACE,
        may_build=may(visit.known.role, "submit"),
        circles=[(c.code, in_lang(c.names, visit.lang)) for c in visit.charter.circles],
        parties=party_options(visit),
        levels=[(level, visit.tongue.t(f"labels.level.{level}")) for level in LEVELS],
        signed=drafts,
    )


def _shown(visit: Visit, found: Gathered) -> dict[str, Any]:
    names = party_names(visit)
    return {
        "audience": [names.get(p, p) for p in found.audience],
        "label": label_view(visit, found.label) if found.label else None,
        "items": [_item(visit, i) for i in found.items],
        "left": [_left(visit, one) for one in found.left],
    }


def _item(visit: Visit, item: Item) -> dict[str, Any]:
    return link(item.held) | {
        "heading": subtitle(item, visit.lang),
        "words": item.words,
        "origin": origin(item),
        "label": label_view(visit, item.label),
        "kind": kind_title(f"{item.held.kind}/1", visit.lang),
    }


def _left(visit: Visit, one: LeftOut) -> dict[str, Any]:
    why = told_no(one.why, visit.lang).fault
    own = one.held.originator == visit.wiring.party
    door = "tearline" if own else "ask"
    opens = may(visit.known.role, "release" if own else "submit") and one.why.reason != "summary.full"
    return link(one.held) | {
        "label": label_view(visit, one.held.label),
        "kind": kind_title(f"{one.held.kind}/1", visit.lang),
        "why": why.title,
        "missing": why.where,
        "door": f"/record/{one.held.id}/{door}" if opens else None,
        "door_words": visit.t("act.tearline" if own else "act.ask-release"),
    }


def _told(visit: Visit, found: Gathered) -> dict[str, Any]:
    draft = None
    if found.label is not None:
        fields = msgspec.to_builtins(body_of(found, visit.lang))
        fields.pop("type", None)
        draft = {
            "kind": "intsum",
            "lang": visit.lang,
            "fields": fields,
            "label": exported_label(found.label),
            "sources": [i.held.id for i in found.items],
        }
    return {
        "since": found.period.since,
        "until": found.period.until,
        "audience": found.audience,
        "label": exported_label(found.label) if found.label else None,
        "paragraphs": [
            {
                "heading": i.heading,
                "area": i.area,
                "text": i.words,
                "sources": [i.held.id],
                "label": exported_label(i.label),
                "grade": origin(i).partition(" ")[2] or None,
            }
            for i in found.items
        ],
        "left_out": [
            {
                "record": x.held.id,
                "title": title_words(f"{x.held.kind}/1", x.held.body.title, visit.tongue),
                "reason": x.why.reason,
                "missing": sorted(x.why.missing),
            }
            for x in found.left
        ],
        "draft": draft,
    }


ACTS: Final[dict[str, Act]] = {
    "summaries": summaries,
    "summary-build": summary_build,
    "api-summary": api_summary,
    "api-summary-build": api_summary_build,
}
