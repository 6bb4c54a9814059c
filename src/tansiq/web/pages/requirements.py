"""Requirements and requests: the collection plan, and the life of each question that the reader may see.

1. Each asker sees his own question and its answer; what others asked stands on no page of his.
2. Same questions put to this party are answered together, each asker by a record of his own.
"""

from __future__ import annotations

from typing import Any, Final

from tansiq.base.clock import millis
from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.boards import Held, Shelf, aspect_of
from tansiq.boards.desk.asks import COLUMNS, Ask, asks, same_questions
from tansiq.boards.desk.plan import Element, Priority, next_meeting, plan
from tansiq.model.kinds.pir import Pir
from tansiq.policy.clearance import may
from tansiq.web.aspect_view import aspect_view, shelf_at
from tansiq.web.labels import highest
from tansiq.web.pages.forces import link
from tansiq.web.pages.frame import draw
from tansiq.web.pages.gaps import gap_rows
from tansiq.web.reply import Reply, json_reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.answer_requests import answer_requests

SHOWN: Final = ("pir", "eei", "indicator", "rfi", "rfi-answer", "task", "gap")
SHAPES: Final = {"answered": "good", "satisfied": "good", "declined": "bad", "not-satisfied": "bad"}


def requirements(visit: Visit) -> Reply:
    """The page."""
    with visit.reading() as (rx, view):
        shelf = shelf_at(visit, rx, view)
        meeting = next_meeting(shelf)
        found = asks(shelf)
        return draw(
            visit,
            "requirements.html",
            title=visit.tongue.t("requirements.title"),
            label=highest(visit, (held.label for held in shelf.of(*SHOWN))),
            meeting=None if meeting is None else link(meeting[0]) | {"at": visit.tongue.instant(meeting[1])},
            plan=[_priority(visit, row, shelf) for row in plan(shelf)],
            columns=[
                (visit.tongue.t(f"aspects.state.{word}"), rows)
                for word in (*COLUMNS, "part-satisfied", "not_sent")
                if (rows := [_ask(visit, one, shelf) for one in found if one.word == word])
            ],
            gaps=gap_rows(visit, shelf),
            same=[[link(h) for h in group] for group in same_questions(shelf)],
        )


def _priority(visit: Visit, row: Priority, shelf: Shelf) -> dict[str, Any]:
    head = row.record
    body = head.body if head is not None else None
    return {
        "head": None if head is None else link(head),
        "question": body.question if isinstance(body, Pir) else "",
        "unanswered": row.unanswered,
        "elements": [_element(visit, one, shelf) for one in row.elements],
    }


def _element(visit: Visit, one: Element, shelf: Shelf) -> dict[str, Any]:
    said = aspect_view(visit, aspect_of(one.record, shelf), one.record.id)
    return link(one.record) | {
        "question": one.body.question,
        "owner": one.body.owner,
        "can": one.body.can_answer,
        "due": visit.tongue.instant(one.due) if one.due else None,
        "last": visit.tongue.instant(one.last) if one.last else None,
        "by_record": f"/record/{one.answered_by}" if one.answered_by else None,
        "value": one.body.answer_value,
        "amber": one.amber,
        "asked": [link(h) for h in one.asked],
        "indicators": [link(h) for h in one.indicators],
        "aspect": said,
    }


def _ask(visit: Visit, one: Ask, shelf: Shelf) -> dict[str, Any]:
    t, ours = visit.tongue.t, visit.wiring.party
    said = aspect_view(visit, aspect_of(one.record, shelf), one.record.id)
    asked = ours in one.body.asked_of and one.record.originator != ours
    return link(one.record) | {
        "question": one.body.question,
        "asked_of": one.body.asked_of,
        "age": visit.tongue.age(millis(one.record.created), shelf.now),
        "declined": t(f"aspects.value.{one.declined}") if one.declined else "",
        "shape": SHAPES.get(one.word, "none"),
        "answers": [link(h) for h in one.answers],
        "clocks": said["clocks"],
        "may_answer": asked and one.first is None and may(visit.known.role, "submit"),
    }


def requests_answer(visit: Visit) -> Reply | Refusal:
    """Answer a request, and with it those that ask this party the same."""
    title = visit.tongue.t("requirements.answer-title")
    got = answer_requests(
        visit.desk,
        RecordId(visit.path["id"]),
        state=visit.sent.first("state"),
        answer=visit.sent.first("answer")[:2000],
        code=visit.sent.first("code"),
        title=title,
        lang=visit.lang,
    )
    return got if isinstance(got, Refusal) else see_other("/requirements")


def api_requirements(visit: Visit) -> Reply:
    """The plan and the requests for programs."""
    with visit.reading() as (rx, view):
        shelf = shelf_at(visit, rx, view)
        rows = [_told(row) for row in plan(shelf)]
        found = [_told_ask(one) for one in asks(shelf)]
    return json_reply({"rows": rows, "requests": found})


def _told(row: Priority) -> dict[str, Any]:
    elements = [
        {"record": e.record.id, "owner": e.body.owner, "due": e.due, "last": e.last, "amber": e.amber}
        for e in row.elements
    ]
    head: Held | None = row.record
    return {"pir": None if head is None else head.id, "unanswered": row.unanswered, "elements": elements}


def _told_ask(one: Ask) -> dict[str, Any]:
    return {"record": one.record.id, "state": one.word, "asked_of": one.body.asked_of,
            "decline_code": one.declined or None, "answers": [h.id for h in one.answers]}  # fmt: skip


ACTS: Final[dict[str, Act]] = {
    "requirements": requirements,
    "requests-answer": requests_answer,
    "api-board-requirements": api_requirements,
}
"""Which act stands behind which exit."""
