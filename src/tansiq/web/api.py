"""The JSON interface, reading: the same view as the pages, the same answers for absent and hidden."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from tansiq.base.clock import moment
from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.model.kind import CATALOGUE, Kind
from tansiq.model.record import kind_of
from tansiq.search.around import record_for
from tansiq.search.query import count, find, list_records
from tansiq.search.view import Cursor, Page, Row
from tansiq.store.store import ReadTx
from tansiq.web.answers import Absent
from tansiq.web.http import json_of
from tansiq.web.pages.exchange import peers, pending, quarantine
from tansiq.web.pages.observing import UNTOLD, untold
from tansiq.web.pages.reading import exported, exported_label, whole_at
from tansiq.web.reply import Reply, json_reply
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.web.withdrawn import withdrawn_sources
from tansiq.work.alarms import open_alarms
from tansiq.work.hidden_affairs import visible_waiting
from tansiq.work.open_record import open_record

LIMIT: Final = 200


def me(visit: Visit) -> Reply:
    """Who is signed in, and at whose node."""
    known = visit.known
    return json_reply(
        {
            "officer": known.id,
            "name": known.name,
            "role": known.role,
            "party": visit.wiring.party,
            "lang": visit.lang,
            "exercise": visit.wiring.exercise,
            "now": visit.now.isoformat(),
        }
    )


def kinds(_: Visit) -> Reply:
    """Every kind with its fields."""
    return json_reply([_kind(k) for k in CATALOGUE.values()])


def schema(visit: Visit) -> Reply:
    """The JSON Schema of a kind's fields. Raises UnknownKind."""
    return json_reply(kind_of(visit.path["kind"]).schema)


def records(visit: Visit) -> Reply:
    """A page of records, newest first, with their number in all."""
    kind = visit.ask("kind") or None
    text, lang, origin = visit.ask("text") or None, visit.ask("lang") or None, visit.ask("originator") or None
    with visit.reading() as (rx, view):
        page = list_records(
            rx,
            view,
            kind=kind,
            text=text,
            lang=lang,
            originator=origin,
            limit=_limit(visit),
            after=Cursor.parse(visit.ask("after")),
        )
        total = count(rx, view, kind=kind, text=text, lang=lang, originator=origin)
        return json_reply(_page(rx, page, total))


def search(visit: Visit) -> Reply:
    """Records that hold every word of ``q``."""
    asked = visit.ask("q") or visit.ask("text")
    with visit.reading() as (rx, view):
        page = find(rx, view, asked, limit=_limit(visit), after=Cursor.parse(visit.ask("after")))
        total = count(rx, view, text=asked) if asked else 0
        return json_reply(_page(rx, page, total))


def record(visit: Visit) -> Reply | Refusal:
    """One record whole; reading it is opening it, of which an observer is told first."""
    with visit.reading() as (rx, view):
        whole_at(visit, rx, view)
        if untold(visit, rx, view) is not None:
            return Refusal(UNTOLD)
    if open_record(visit.desk, RecordId(visit.path["id"]), visit.ask("purpose")[:200]) is None:
        raise Absent("nothing for this reader")
    with visit.reading() as (rx, view):
        stored = whole_at(visit, rx, view)
        content = exported(stored)
        label = rx.label_of(stored.record_id)
        content["withdrawn_sources"] = withdrawn_sources(rx, stored, visit.wiring.party)
    if label is not None:
        content["label"] = exported_label(label)
    content["fields"] = {"title": content["title"], "text": content["text"]} | content["fields"]
    return json_reply(content)


def open_(visit: Visit) -> Reply:
    """Open a record with a purpose: the originator hears of the post, never of the name."""
    purpose = json_of(visit.raw, Opening).purpose if visit.raw.strip() else ""
    stored = open_record(visit.desk, RecordId(visit.path["id"]), purpose[:200])
    if stored is None:
        raise Absent("nothing for this reader")
    with visit.reading() as (rx, view):
        whole_at(visit, rx, view)
    return json_reply({"id": stored.record_id, "version": stored.version})


class Opening(msgspec.Struct, frozen=True):
    """What one who opens may say."""

    purpose: str = ""


def receipts(visit: Visit) -> Reply:
    """What became of a record of our own at each party; of others' records nothing is known here."""
    with visit.reading() as (rx, view):
        stored = record_for(rx, view, RecordId(visit.path["id"]))
        if stored is None:
            raise Absent("nothing for this reader")
        own = stored.originator == visit.wiring.party
        rows = [
            {
                "party": r.party,
                "version": r.version,
                "state": r.state,
                "at": moment(r.at_ms).isoformat(),
                "role": r.role,
                "reason": r.reason,
            }
            for r in rx.receipts(stored.record_id)
            if own
        ]
    return json_reply({"rows": rows})


def exchange(visit: Visit) -> Reply:
    """Peers, what waits for them, what is missing from them, whether the link is cut."""
    with visit.wiring.store.read() as rx:
        stamps = {party: stamp.number for party, stamp in rx.witnessed_last().items()}
        alarms = len(open_alarms(rx))
        rows = [
            {
                "party": p["code"],
                "stamp": stamps.get(p["code"], 0),
                "seen_ms": p["seen_ms"],
                "unsent": p["unsent"],
                "missing": p["missing"],
                "state": p["state"]["kind"],
            }
            for p in peers(visit, rx)
        ]
        still = pending(visit, rx)
        waiting = visible_waiting(rx, visit.reader, now=visit.now)
    link = visit.wiring.link
    cut = link.is_cut if link is not None else False
    epoch = visit.charter.epoch
    state = {"pending": still, "waiting": waiting, "cut": cut, "epoch": epoch, "alarms": alarms}
    return json_reply({"peers": rows, **state})


def refused(visit: Visit) -> Reply:
    """What was refused, newest first, each with its code."""
    with visit.wiring.store.read() as rx:
        return json_reply({"rows": quarantine(visit, rx)})


def _page(rx: ReadTx, page: Page, total: int) -> dict[str, Any]:
    labels = rx.labels()
    rows = [_row(r) | {"label": exported_label(labels[r.label_id])} for r in page.rows]
    return {"total": total, "rows": rows, "next": str(page.next) if page.next else None}


def _row(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "version": row.version,
        "kind": row.kind,
        "title": row.title,
        "originator": row.originator,
        "created": moment(row.created_ms).isoformat(),
        "occurred": row.occurred,
        "lang": row.lang,
        "priority": row.priority,
        "grade": row.grade or None,
        "registry": row.registry,
    }


def _kind(kind: Kind) -> dict[str, Any]:
    return {
        "name": kind.name,
        "tag": kind.tag,
        "family": kind.family,
        "titles": {"ar": kind.titles.ar, "fr": kind.titles.fr, "en": kind.titles.en},
        "system": kind.system,
        "fields": [
            {
                "name": f.name,
                "sense": f.sense.tag,
                "many": f.many,
                "required": f.required,
                "choices": f.choices,
            }
            for f in kind.fields
        ],
    }


def _limit(visit: Visit) -> int:
    said = visit.ask("limit", "50")
    return min(max(int(said), 1), LIMIT) if said.isascii() and said.isdecimal() and len(said) < 6 else 50


ACTS: Final[dict[str, Act]] = {
    "api-me": me,
    "api-kinds": kinds,
    "api-schema": schema,
    "api-records": records,
    "api-search": search,
    "api-record": record,
    "api-open": open_,
    "api-receipts": receipts,
    "api-exchange": exchange,
    "api-quarantine": refused,
}
