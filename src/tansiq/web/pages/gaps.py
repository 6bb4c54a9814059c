"""Gaps made requests for information, from a draft or a report, in one click; the list of what is unknown."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.boards import Shelf
from tansiq.boards.desk.gaps import Missing, gaps
from tansiq.web.answers import Absent
from tansiq.web.aspect_view import shelf_at
from tansiq.web.http import json_of
from tansiq.web.pages.forces import link
from tansiq.web.pages.intake_at import found_at
from tansiq.web.reply import Reply, json_reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.ask_gap import REASONS, Asked, Words, ask_of_draft, ask_of_report

SHAPES: Final = {"open": "warn", "asked": "none", "filled": "good", "admitted": "none"}


class GapAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which gap, by its number."""

    gap: int


def of_draft(visit: Visit) -> Reply | Refusal:
    """Make a request of a draft's gap and open it, to say whom it asks."""
    return _opened(ask_of_draft(visit.desk, found_at(visit).id, visit.sent.first("gap"), words_of(visit)))


def of_report(visit: Visit) -> Reply | Refusal:
    """Make a request of a report's gap and open it."""
    return _opened(_of_report(visit, _number(visit.sent.first("gap"))))


def api_of_draft(visit: Visit) -> Reply | Refusal:
    """Make a request of a draft's gap; the ids of both records."""
    number = json_of(visit.raw, GapAsked).gap
    return _told(ask_of_draft(visit.desk, found_at(visit).id, f"gaps.{number}", words_of(visit)))


def api_of_report(visit: Visit) -> Reply | Refusal:
    """Make a request of a report's gap; the ids of both records."""
    return _told(_of_report(visit, json_of(visit.raw, GapAsked).gap))


def api_gaps(visit: Visit) -> Reply:
    """What is known to be unknown, and how far the asking is."""
    with visit.reading() as (rx, view):
        found = gaps(shelf_at(visit, rx, view))
    rows = [
        {"record": g.record.id, "missing": g.body.missing, "reads": "unknown", "reason": g.body.reason,
         "state": g.word, "requests": [a.record.id for a in g.asks]}
        for g in found
    ]  # fmt: skip
    return json_reply({"rows": rows})


def gap_rows(visit: Visit, shelf: Shelf) -> list[dict[str, Any]]:
    """Return the gaps for a page."""
    return [_row(visit, each) for each in gaps(shelf)]


def words_of(visit: Visit) -> Words:
    """Return the words of gaps and questions in the officer's language."""
    t = visit.tongue.t
    return Words(
        lang=visit.lang,
        missing={what: t(f"gaps.missing.{what}") for what in REASONS},
        question={what: t(f"gaps.question.{what}", words="{words}") for what in REASONS},
        why=t("gaps.why", words="{words}"),
    )


def _row(visit: Visit, each: Missing) -> dict[str, Any]:
    t = visit.tongue.t
    reason = each.body.reason or "not-stated"
    return link(each.record) | {
        "missing": each.body.missing,
        "reads": t(f"gaps.reason.{reason}"),
        "anchor": each.body.anchor_text,
        "state": t(f"aspects.state.{each.word}"),
        "shape": SHAPES[each.word],
        "asks": [link(a.record) | {"state": t(f"aspects.state.{a.word}")} for a in each.asks],
    }


def _of_report(visit: Visit, number: int) -> Asked | Refusal:
    done = ask_of_report(visit.desk, RecordId(visit.path["id"]), number, words_of(visit))
    if isinstance(done, Refusal) and done.reason == "gap.absent":
        raise Absent("no such gap")
    return done


def _opened(done: Asked | Refusal) -> Reply | Refusal:
    return done if isinstance(done, Refusal) else see_other(f"/record/{done.rfi}/edit")


def _told(done: Asked | Refusal) -> Reply | Refusal:
    return done if isinstance(done, Refusal) else json_reply({"gap": done.gap, "rfi": done.rfi}, 201)


def _number(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) < 5 else -1


ACTS: Final[dict[str, Act]] = {
    "intake-gap": of_draft,
    "record-gap": of_report,
    "api-intake-gap": api_of_draft,
    "api-record-gap": api_of_report,
    "api-board-gaps": api_gaps,
}
