"""The mechanism: bodies, members and circles with dates, the chain of meetings, what was promised and done.

1. It is drawn from the shipped public facts, with the node's own commitments, decisions and meetings beside
   them as far as the reader may see them.
2. Each line keeps its sentence, its language and its source; what is not known is said, what is contested
   stands side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from tansiq.boards.institution.facts import (
    Attribute,
    Contested,
    Days,
    Facts,
    MeetingFact,
    Organ,
    PromiseFact,
    Said,
    facts,
)
from tansiq.model.kinds.decision import Decision
from tansiq.model.kinds.meeting import Meeting
from tansiq.model.label import Label
from tansiq.model.values import TimeExpression
from tansiq.search.around import record_for
from tansiq.search.query import list_records
from tansiq.search.view import Row, View
from tansiq.store.store import ReadTx
from tansiq.web.due import DueLine, Stage, due_lines
from tansiq.web.forms import choice_name
from tansiq.web.labels import highest
from tansiq.web.pages.frame import draw
from tansiq.web.pages.obtained import words_in_hand
from tansiq.web.reply import Reply
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.web.withdrawn import card
from tansiq.work.names import name_in

STAGES: Final[tuple[Stage, ...]] = ("overdue", "due", "promised", "unknown", "done")
_MEETING_STATES: Final = {"took-place": "held", "confirmed": "next", "tentative": "next"}
_LIMITS: Final = {"decision": 24, "meeting": 48, "commitment": 100}


def mechanism(visit: Visit) -> Reply:
    """The home page of every node."""
    known = facts()
    with visit.reading() as (rx, view):
        rows = {kind: list_records(rx, view, kind=kind, limit=n).rows for kind, n in _LIMITS.items()}
        own = due_lines(visit, rx, view)
        taken_back = card(rx, view, visit.wiring.party)
        in_hand = words_in_hand(visit, rx, view)
        meetings = [*_meetings(visit, known), *_own_meetings(visit, rx, view, rows["meeting"])]
        decided = list(_decisions(visit, rx, view, rows["decision"]))
        banner = highest(visit, _labels(rx, view, [r for held in rows.values() for r in held]))
    promises = [*own, *(promise_row(visit, p) for p in known.lines)]
    return draw(
        visit,
        "mechanism.html",
        title=visit.t("nav.mechanism"),
        label=banner,
        note=known.note[visit.lang],
        taken_back=taken_back,
        in_hand=in_hand,
        d=lambda key: visit.tongue.t(f"withdraw.{key}"),
        bodies=[_body(visit, b, known) for b in known.bodies],
        circles=list(_circles(visit, known)),
        presided=list(_presided(visit, known)),
        chain=sorted(meetings, key=lambda m: m["iso"] or "9"),
        promises=sorted(promises, key=lambda x: STAGES.index(x.stage)),
        decided=decided,
        contested=[_contested(visit, c, known) for c in known.contested],
        initiatives=list(_initiatives(visit, known)),
    )


def _labels(rx: ReadTx, view: View, rows: list[Row]) -> Iterator[Label]:
    labels = rx.labels()
    return (labels[r.label_id] for r in rows if r.label_id in view.permitted)


def _body(visit: Visit, body: Organ, known: Facts) -> dict[str, Any]:
    circle = next((c for c in known.circles if c.id == body.circle), None)
    parent = next((b for b in known.bodies if b.id == body.parent), None)
    return {
        "id": body.id,
        "name": body.names[visit.lang],
        "circle": circle.names[visit.lang] if circle else None,
        "parent": parent.names[visit.lang] if parent else None,
        "founded": _attribute(visit, body.founded),
        "seat": _attribute(visit, body.seat),
        "functions": [_said(visit, f) | {"name": f.names[visit.lang]} for f in body.functions],
    }


def _attribute(visit: Visit, held: Attribute) -> dict[str, Any]:
    value = held.place[visit.lang] if held.place else days_in_words(visit, held.when)
    return _said(visit, held) | {"value": value, "contested": held.contested}


def _circles(visit: Visit, known: Facts) -> Iterator[dict[str, Any]]:
    for circle in known.circles:
        members = [
            {
                "name": _party(visit, known, m.party),
                "code": m.party,
                "since": days_in_words(visit, m.since),
                "until": days_in_words(visit, m.until),
            }
            for m in circle.members
        ]
        yield _said(visit, circle) | {"name": circle.names[visit.lang], "members": members}


def _presided(visit: Visit, known: Facts) -> Iterator[dict[str, Any]]:
    names = {b.id: b.names[visit.lang] for b in known.bodies}
    for each in known.presidency:
        yield _said(visit, each) | {
            "body": names.get(each.body, each.body),
            "name": _party(visit, known, each.party) if each.party else None,
            "code": each.party,
            "since": days_in_words(visit, each.since),
            "until": days_in_words(visit, each.until),
        }


def _meetings(visit: Visit, known: Facts) -> Iterator[dict[str, Any]]:
    names = {m.id: m.names[visit.lang] for m in known.meetings}
    for fact in known.meetings:
        yield _said(visit, fact) | meeting_row(visit, fact) | {"follows": [names[f] for f in fact.follows]}


def meeting_row(visit: Visit, fact: MeetingFact) -> dict[str, Any]:
    """Return a shipped meeting as the chain shows it."""
    return {
        "iso": fact.when.lo if fact.when else None,
        "at": days_in_words(visit, fact.when),
        "title": fact.names[visit.lang],
        "place": name_in(fact.place, visit.lang) if fact.place else None,
        "href": None,
        "state": fact.state if fact.state == "held" else "unknown",
        "attended": fact.attended or (),
    }


def _own_meetings(visit: Visit, rx: ReadTx, view: View, rows: tuple[Row, ...]) -> Iterator[dict[str, Any]]:
    for row in rows:
        stored = record_for(rx, view, row.id)
        body = stored.body if stored is not None and stored.record is not None else None
        if isinstance(body, Meeting):
            at = body.starts.lo if body.starts else None
            yield {
                "iso": at.date().isoformat() if at else None,
                "at": visit.tongue.day(at) if at else None,
                "title": _own_title(visit, body),
                "place": body.seat.name if body.seat else None,
                "href": f"/record/{row.id}",
                "state": _MEETING_STATES.get(body.meeting_state or "", "unknown"),
                "attended": body.delegations,
                "follows": body.follows,
                "sentence": None,
                "source": None,
            }


def _own_title(visit: Visit, body: Meeting) -> str:
    """A meeting that was put off or called off says so in its title."""
    if body.meeting_state not in ("postponed", "cancelled"):
        return body.title
    return f"{body.title} ({choice_name(body.meeting_state, visit.lang)})"


def _decisions(visit: Visit, rx: ReadTx, view: View, rows: tuple[Row, ...]) -> Iterator[dict[str, Any]]:
    for row in rows:
        stored = record_for(rx, view, row.id)
        body = stored.body if stored is not None and stored.record is not None else None
        if isinstance(body, Decision):
            yield {
                "title": body.title,
                "href": f"/record/{row.id}",
                "lang": row.lang,
                "sentence": body.from_sentence,
                "by": body.decided_by,
                "at": _time(visit, body.decided_on),
            }


def promise_row(visit: Visit, fact: PromiseFact) -> DueLine:
    """Return a shipped promise as a line."""
    due, done = days_in_words(visit, fact.due), days_in_words(visit, fact.done)
    if done is not None:
        held = visit.tongue.t("mechanism.done-on", done=done)
        due = f"{due} · {held}" if due else held
    return DueLine(
        stage=next((s for s in STAGES if s == fact.state), "unknown"),
        what=fact.names[visit.lang],
        href=None,
        owner=" · ".join(fact.owner or ()),
        due_iso=None,
        due=due,
        sentence=fact.sentence.text if fact.sentence else "",
        lang=fact.sentence.lang if fact.sentence else visit.lang,
        source=fact.source.title if fact.source else None,
    )


def _contested(visit: Visit, fact: Contested, known: Facts) -> dict[str, Any]:
    of = next((b.names[visit.lang] for b in known.bodies if b.id == fact.of), fact.of)
    return {
        "id": fact.id,
        "name": fact.names[visit.lang],
        "of": of,
        "values": [_said(visit, v) | {"value": v.value[visit.lang], "grade": v.grade} for v in fact.values],
        "compatible": [(c.value[visit.lang], c.why[visit.lang]) for c in fact.compatible],
    }


def _initiatives(visit: Visit, known: Facts) -> Iterator[dict[str, Any]]:
    for fact in known.initiatives:
        yield _said(visit, fact) | {
            "name": fact.names[visit.lang],
            "convener": fact.convener[visit.lang],
            "at": days_in_words(visit, fact.when),
            "state": visit.tongue.t(f"mechanism.initiative.{fact.state}"),
        }


def _said(visit: Visit, fact: Said) -> dict[str, Any]:
    source = fact.source
    dated = days_in_words(visit, source.date) if source is not None else None
    words = None if source is None else f"{source.title} ({dated})" if dated else source.title
    return {"sentence": fact.sentence, "source": words}


def _party(visit: Visit, known: Facts, code: str) -> str:
    return next((p.names[visit.lang] for p in known.parties if p.id == code), code)


def _time(visit: Visit, value: TimeExpression | None) -> str | None:
    at = (value.lo or value.hi) if value is not None else None
    return visit.tongue.day(at) if at is not None else None


def days_in_words(visit: Visit, days: Days | None) -> str | None:
    """Return an interval of days in words, with how it is known."""
    if days is None:
        return None
    whole_year = days.precision == "year" and (days.lo[4:], days.hi[4:]) == ("-01-01", "-12-31")
    said = [visit.tongue.day(datetime.fromisoformat(d).replace(tzinfo=UTC)) for d in (days.lo, days.hi)]
    shown = days.lo[:4] if whole_year else " – ".join(dict.fromkeys(said))
    if days.basis in ("", "stated"):
        return shown
    return f"{shown} ({visit.tongue.t(f'mechanism.basis.{days.basis}')})"


ACTS: Final[dict[str, Act]] = {"mechanism": mechanism}
