"""What the node learnt from an officer's own corrections: his alone to see and to let go."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from tansiq.base.clock import moment
from tansiq.base.refusal import Refusal
from tansiq.policy.clearance import may
from tansiq.web.answers import NotYourRole
from tansiq.web.http import json_of
from tansiq.web.intake_view import choice_words
from tansiq.web.labels import LabelView
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply, json_reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.lessons import Book, Lesson, books, drop_lesson


class Dropping(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The lesson that a program lets go."""

    key: str


def lessons(visit: Visit) -> Reply:
    """The officer's lessons, each with the text it is from."""
    lines = [_line(visit, book, each) for book in _books(visit) for each in book.lessons]
    return draw(
        visit,
        "lessons.html",
        title=visit.tongue.t("lesson.title"),
        label=LabelView("restricted", visit.tongue.t("lesson.yours"), ()),
        lines=lines,
    )


def lessons_drop(visit: Visit) -> Reply | Refusal:
    """Let one lesson go."""
    no = drop_lesson(visit.desk, visit.sent.first("key"))
    return no if no is not None else see_other("/lessons")


def lessons_json(visit: Visit) -> Reply:
    """The officer's lessons for a program of his own."""
    return json_reply([{"from": b.name, "lesson": x} for b in _books(visit) for x in b.lessons])


def drop_json(visit: Visit) -> Reply | Refusal:
    """Let one lesson go, for a program."""
    no = drop_lesson(visit.desk, json_of(visit.raw, Dropping).key)
    return no if no is not None else json_reply({})


def _books(visit: Visit) -> tuple[Book, ...]:
    if not may(visit.known.role, "draft"):
        raise NotYourRole("this role drafts nothing")
    with visit.wiring.store.read() as rx:
        return books(rx, visit.desk)


def _line(visit: Visit, book: Book, lesson: Lesson) -> dict[str, Any]:
    part = visit.tongue.t(f"intake.part.{lesson.part}") if lesson.part else ""
    chosen = lesson.part in ("kind", "type", "status", "force")
    return {
        "key": lesson.key,
        "group": visit.tongue.t(f"reading.type.{lesson.group}"),
        "part": part,
        "cues": lesson.cues,
        "machine": choice_words(visit, lesson.machine) if chosen else lesson.machine,
        "said": choice_words(visit, lesson.said) if chosen else lesson.said,
        "out": not lesson.part,
        "name": book.name,
        "href": f"/intake/{book.intake}",
        "at": visit.tongue.instant(moment(lesson.at_ms)),
    }


ACTS: Final[dict[str, Act]] = {
    "lessons": lessons,
    "lessons-drop": lessons_drop,
    "api-lessons": lessons_json,
    "api-lessons-drop": drop_json,
}
