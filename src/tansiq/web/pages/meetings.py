"""Meetings: the chain, the register with attendance and papers, how often a series meets, a body's lineage.

1. The chain joins the public record and the reader's own meetings; what nobody convened is an open end.
2. A place of meeting stands beside the seats that sources give, while they differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tansiq.base.ids import RecordId
from tansiq.boards import Aspect, Held, Shelf, aspect_of
from tansiq.boards.institution.cadence import Cadence, cadence_of, months, shipped_cadence
from tansiq.boards.institution.cascade import chain_of, lineage
from tansiq.boards.institution.contested import ORGAN_BODY, shipped_contested
from tansiq.boards.institution.facts import facts
from tansiq.boards.institution.meetings import answer_of, called, papers_of
from tansiq.boards.shelf import bodies
from tansiq.model.kinds.agenda import Agenda
from tansiq.model.kinds.meeting import Meeting
from tansiq.web.board_rows import iso, label_over, link, shelf_for, when_in_words
from tansiq.web.pages.frame import draw
from tansiq.web.pages.mechanism import days_in_words, meeting_row
from tansiq.web.reply import Reply, json_reply
from tansiq.web.routes import Act
from tansiq.web.visit import Visit

_CHAIN: Final = {"held": "held", "convened": "next", "tentative": "next"}
_SHAPES: Final = {
    "held": "good",
    "convened": "none",
    "tentative": "warn",
    "unconfirmed": "warn",
    "cancelled": "bad",
}


def meetings(visit: Visit) -> Reply:
    """The page."""
    with shelf_for(visit) as shelf:
        own = bodies(shelf, Meeting)
        return draw(
            visit,
            "meetings.html",
            title=visit.t("nav.meetings"),
            label=label_over(visit, shelf, [h.id for h, _ in own]),
            chain=chain_rows(visit, shelf),
            rows=[_row(visit, shelf, h, b) for h, b in reversed(own)],
            cadences=[*_shipped_cadences(visit), *_own_cadences(visit, shelf)],
            lineage=_lineage(visit),
            founding=_founding(visit),
        )


def api_meetings(visit: Visit) -> Reply:
    """The register for programs: how each stands, who answered, what it is linked to, its cadence."""
    with shelf_for(visit) as shelf:
        rows = [_told(shelf, h, b) for h, b in bodies(shelf, Meeting)]
    return json_reply({"rows": rows})


def chain_rows(visit: Visit, shelf: Shelf) -> list[dict[str, Any]]:
    """Return the chain in order of days: shipped meetings, the reader's own, open ends last (rule 1)."""
    rows = [meeting_row(visit, fact) for fact in facts().meetings]
    for held, body in bodies(shelf, Meeting):
        at = body.starts.lo if body.starts is not None else None
        rows.append(
            {
                "iso": at.date().isoformat() if at else None,
                "at": when_in_words(visit, body.starts),
                "title": body.title,
                "place": body.seat.name if body.seat else None,
                "href": f"/record/{held.id}",
                "state": _CHAIN.get(_word(aspect_of(held, shelf)), "unknown"),
                "attended": body.delegations,
            }
        )
        rows += [_open_end(words) for words in chain_of(held, shelf).open_ends]
    return sorted(rows, key=lambda m: m["iso"] or "9")


def _open_end(words: str) -> dict[str, Any]:
    return {
        "iso": None,
        "at": None,
        "title": words,
        "place": None,
        "href": None,
        "state": "unknown",
        "attended": (),
    }


def _row(visit: Visit, shelf: Shelf, held: Held, body: Meeting) -> dict[str, Any]:
    said, chain, t = aspect_of(held, shelf), chain_of(held, shelf), visit.tongue
    word = _word(said)
    seats = next((f for f in said.facts if f.name == "seat"), None)
    return link(held) | {
        "state": t.t(f"aspects.state.{word}"),
        "shape": _SHAPES.get(word, "none"),
        "iso": iso(body.starts.lo) if body.starts is not None else None,
        "at": when_in_words(visit, body.starts),
        "place": body.seat.name if body.seat is not None else None,
        "seats": list(seats.about.items()) if seats is not None else [],
        "delegations": body.delegations,
        "answers": [(p, answer_of(held, p, shelf) is not None) for p in called(held, body, shelf)],
        "agenda": _agenda(held, body, shelf),
        "papers": [link(one) for one in papers_of(held, shelf)],
        "before": [_step(visit, s.id, s.title, fact=s.fact) for s in chain.before],
        "after": [_step(visit, s.id, s.title, fact=s.fact) for s in chain.after],
        "words": (*chain.unknown, *chain.open_ends),
    }


def _agenda(held: Held, body: Meeting, shelf: Shelf) -> list[str]:
    agreed = [p.body for p in papers_of(held, shelf) if isinstance(p.body, Agenda)]
    items = [i.item_title for a in agreed[-1:] for i in a.agenda_items if i.item_title]
    return items or list(body.agenda)


def _step(visit: Visit, record_id: str, title: str, *, fact: bool) -> tuple[str | None, str]:
    if not fact:
        return f"/record/{record_id}", title
    return None, next(m.names[visit.lang] for m in facts().meetings if m.id == record_id)


def _shipped_cadences(visit: Visit) -> Iterator[dict[str, Any]]:
    for body in facts().bodies:
        found = shipped_cadence(body.id)
        if len(found.held) > 1:
            yield _cadence(visit, body.names[visit.lang], found)


def _own_cadences(visit: Visit, shelf: Shelf) -> Iterator[dict[str, Any]]:
    seen: set[RecordId] = set()
    for held, body in bodies(shelf, Meeting):
        found = cadence_of(held, shelf)
        worth = found.agreed_h is not None or len(found.held) > 1
        if worth and found.last is not None and found.last not in seen:
            seen.add(found.last)
            yield _cadence(visit, body.title, found)


def _cadence(visit: Visit, title: str, found: Cadence) -> dict[str, Any]:
    t, due = visit.tongue, found.due
    return {
        "title": title,
        "held": [(iso(at), t.day(at)) for at in found.held],
        "observed": [
            t.counted("institution.about-months", months(d), days=t.counted("institution.days", d))
            for d in found.intervals_days
        ],
        "agreed": t.counted("institution.days", found.agreed_h // 24) if found.agreed_h else None,
        "source": found.source,
        "due_iso": iso(due),
        "due": t.day(due) if due is not None else None,
        "late": due is not None and due <= visit.now,
    }


def _lineage(visit: Visit) -> list[dict[str, Any]]:
    return [
        {
            "iso": None,
            "at": days_in_words(visit, m.when),
            "state": "good" if m.state == "held" else "none",
            "title": m.names[visit.lang],
            "href": None,
            "text": m.sentence.text if m.sentence else None,
        }
        for m in lineage(ORGAN_BODY)
    ]


def _founding(visit: Visit) -> dict[str, Any] | None:
    """The founding dates that sources give, the best grade first, and what is compatible with them."""
    found = shipped_contested(ORGAN_BODY, "founded")
    if found is None:
        return None
    return {
        "name": found.names[visit.lang],
        "body": next(b.names[visit.lang] for b in facts().bodies if b.id == ORGAN_BODY),
        "values": [
            (v.value[visit.lang], v.grade, v.source.title if v.source else "")
            for v in sorted(found.values, key=lambda v: v.grade or "F6")
        ],
        "compatible": [(c.value[visit.lang], c.why[visit.lang]) for c in found.compatible],
    }


def _told(shelf: Shelf, held: Held, body: Meeting) -> dict[str, Any]:
    said, chain, found = aspect_of(held, shelf), chain_of(held, shelf), cadence_of(held, shelf)
    return {
        "record": held.id,
        "title": body.title,
        "state": _word(said),
        "states": {s.of: s.word for s in said.states},
        "delegations": body.delegations,
        "answers": {p: answer_of(held, p, shelf) is not None for p in called(held, body, shelf)},
        "before": [s.id for s in chain.before],
        "after": [s.id for s in chain.after],
        "open_ends": chain.open_ends,
        "observed_days": found.intervals_days,
        "agreed_h": found.agreed_h,
        "agreed_source": found.source,
        "papers": [p.id for p in papers_of(held, shelf)],
    }


def _word(said: Aspect) -> str:
    return next(s.word for s in said.states if s.of == "self")


ACTS: Final[dict[str, Act]] = {"meetings": meetings, "api-board-meetings": api_meetings}
