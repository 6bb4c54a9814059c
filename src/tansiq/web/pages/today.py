"""Today: clocks that run out, what to acknowledge, what is new since my last watch, the next meeting.

Every line comes from the reader's own shelf; the most urgent stands first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from tansiq.base.clock import moment
from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.boards import Clock, Held, ticking
from tansiq.boards.clocks import OPEN_STATES
from tansiq.boards.shelf import bodies
from tansiq.boards.stored import StoredShelf
from tansiq.model.kinds.meeting import Meeting
from tansiq.model.label import Label
from tansiq.search.query import list_records
from tansiq.search.view import View
from tansiq.store.store import ReadTx
from tansiq.store.values import ReceiptRow
from tansiq.web.answers import Absent
from tansiq.web.aspect_view import about_pairs, clock_line, shelf_at
from tansiq.web.due import due_lines
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply, see_other
from tansiq.web.resting import resting_today
from tansiq.web.routes import Act
from tansiq.web.rows import kind_title, lines_of
from tansiq.web.visit import Visit
from tansiq.work.acknowledge import (
    Notice,
    acknowledge,
    begin_watch,
    is_acknowledged,
    notices_of,
    watch_since,
)
from tansiq.work.post_book import on_duty

CLOCKS: Final = 20
AHEAD: Final = timedelta(days=30)
_RANK: Final = {"life": 0, "urgent": 1, "routine": 2}
ANSWERED_BY: Final = {"silence.position": "position"}
"""The kind that answers what is raised."""
_STATES: Final = {"late": 0, "soon": 1}


def today(visit: Visit) -> Reply:
    """What runs out, what is to be noticed, what is new, what waits for a receipt."""
    with visit.reading() as (rx, view):
        shelf = shelf_at(visit, rx, view)
        said = [(held, aspect) for held, aspect in ticking(shelf)]
        clocks = _clocks(visit, [(h, c) for h, a in said for c in a.clocks])
        notices = [n for h, a in said for n in notices_of(h, a, shelf)]
        open_notices = [n for n in notices if not is_acknowledged(rx, visit.known.id, n.mark)]
        since = watch_since(rx, visit.known.id)
        page = list_records(rx, view, limit=30 if since else 12, since=since)
        shown = lines_of(visit, page.rows, rx.labels())
        due = due_lines(visit, rx, view)
        waiting = _waiting(visit, rx, shown.lines)
        meeting = _next_meeting(visit, shelf)
        turns = on_duty(rx, visit.now)
    return draw(
        visit,
        "today.html",
        title=visit.t("nav.today"),
        label=shown.label,
        lines=shown.lines,
        due=due,
        clocks=clocks,
        notices=[_notice(visit, n) for n in sorted(open_notices, key=lambda n: _RANK[n.raised.urgency])],
        acknowledged=len(notices) - len(open_notices),
        meeting=meeting,
        since=visit.tongue.instant(moment(since)) if since else None,
        waiting=waiting,
        d=lambda key, **values: visit.tongue.t(f"today.{key}", **values),
        heading=visit.tongue.day(visit.now),
        turns=turns,
        resting=resting_today(visit),
    )


def _clocks(visit: Visit, found: Iterable[tuple[Held, Clock]]) -> list[Any]:
    """Return the open clocks that end within a month, late ones first, then by urgency and end."""
    near = [
        (held, clock)
        for held, clock in found
        if clock.state in OPEN_STATES and clock.due is not None and clock.due <= visit.now + AHEAD
    ]
    near.sort(key=lambda pair: _order(pair[1]))
    return [
        (clock_line(visit, clock, held.id), held.body.title, held.lang)
        for held, clock in folded(near)[:CLOCKS]
    ]


def folded(found: Iterable[tuple[Held, Clock]]) -> list[tuple[Held, Clock]]:
    """Return the clocks of a record that run alike for several parties as one, with all of them."""
    kept: dict[tuple[object, ...], tuple[Held, Clock]] = {}
    for held, clock in found:
        at = (held.id, clock.name, clock.due, clock.state)
        whose = (*kept[at][1].whose, *clock.whose) if at in kept else clock.whose
        kept[at] = (held, replace(clock, whose=tuple(dict.fromkeys(whose))))
    return list(kept.values())


def _order(clock: Clock) -> tuple[int, int, datetime]:
    assert clock.due is not None
    return _STATES.get(clock.state, 2), _RANK[clock.urgency], clock.due


def _notice(visit: Visit, one: Notice) -> dict[str, Any]:
    return {
        "words": visit.tongue.t(f"aspects.raised.{one.raised.code}"),
        "how": visit.tongue.t(f"today.how.{one.raised.how}"),
        "shape": "bad" if one.raised.urgency == "life" else "warn",
        "about": about_pairs(visit, one.raised.fields),
        "clause": one.raised.clause,
        "title": one.held.body.title,
        "kind": kind_title(f"{one.held.kind}/1", visit.lang),
        "lang": one.held.lang,
        "href": f"/record/{one.held.id}",
        "answer": _answer(one),
        "record": one.held.id,
        "mark": one.mark,
    }


def _answer(one: Notice) -> str | None:
    """Return the form that answers a notice, filled with what it answers."""
    kind = "warning-ack" if one.raised.how == "ack" else ANSWERED_BY.get(one.raised.code)
    return f"/records/{kind}/new?answers={one.held.id}" if kind else None


def _next_meeting(visit: Visit, shelf: StoredShelf) -> dict[str, Any] | None:
    coming = [
        (body.starts.lo, held, body)
        for held, body in bodies(shelf, Meeting)
        if body.starts is not None
        and body.starts.lo is not None
        and (body.starts.hi or body.starts.lo) >= visit.now
        and body.meeting_state not in ("cancelled", "took-place")
    ]
    if not coming:
        return None
    at, held, body = min(coming, key=lambda found: found[0])
    return {"href": f"/record/{held.id}", "title": body.title, "lang": held.lang, "iso": at.isoformat(),
            "at": visit.tongue.instant(at), "tentative": body.meeting_state != "confirmed"}  # fmt: skip


def _waiting(visit: Visit, rx: ReadTx, lines: Iterable[Any]) -> list[tuple[Any, tuple[str, ...]]]:
    found = []
    for line in lines:
        record_id = RecordId(line.id)
        lacking = _unreceipted(visit, rx.receipts(record_id), rx.label_of(record_id)) if line.ours else ()
        if lacking:
            found.append((line, lacking))
    return found


def _unreceipted(visit: Visit, receipts: Iterable[ReceiptRow], label: Label | None) -> tuple[str, ...]:
    have = {row.party for row in receipts}
    audience = () if label is None or label.public else label.audience
    return tuple(p for p in audience if p != visit.wiring.party and p not in have)


def acknowledge_one(visit: Visit) -> Reply | Refusal:
    """Note that I have seen a notice."""
    no = acknowledge(visit.desk, RecordId(visit.sent.first("record")), visit.sent.first("mark"))
    if no is not None:
        raise Absent("nothing to acknowledge")
    return see_other("/today")


def take_watch(visit: Visit) -> Reply:
    """Begin my watch: what is here has been seen."""
    begin_watch(visit.desk)
    return see_other("/today")


def shown_clocks(visit: Visit, rx: ReadTx, view: View) -> list[tuple[Held, Clock]]:
    """Return every open clock with an end, the soonest first."""
    found = [
        (held, clock)
        for held, said in ticking(shelf_at(visit, rx, view))
        for clock in said.clocks
        if clock.due is not None and clock.state in OPEN_STATES
    ]
    return sorted(found, key=lambda pair: pair[1].due or visit.now)


ACTS: Final[dict[str, Act]] = {
    "today": today,
    "today-acknowledge": acknowledge_one,
    "today-watch": take_watch,
}
