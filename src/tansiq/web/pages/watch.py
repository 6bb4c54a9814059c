"""The hand-over of a watch: what changed, what is due, which alarms are open; signed, and acknowledged."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from tansiq.base.clock import moment
from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.boards import Clock, Held
from tansiq.model.label import LEVELS, Level
from tansiq.search.around import record_for
from tansiq.search.view import View
from tansiq.store.store import ReadTx
from tansiq.web.answers import Absent, NotYourRole, told_no
from tansiq.web.aspect_view import clock_line
from tansiq.web.due import DueLine, due_lines
from tansiq.web.pages.frame import draw
from tansiq.web.pages.today import folded, shown_clocks
from tansiq.web.reply import Reply, see_other
from tansiq.web.routes import Act
from tansiq.web.rows import lines_of
from tansiq.web.visit import Visit
from tansiq.work.alarms import open_alarms
from tansiq.work.watch import (
    Handover,
    Watch,
    acknowledge,
    begun_ms,
    changed,
    hand_over,
    least_level,
    watches,
)

_LANGS: Final = ("ar", "fr", "en")
AHEAD: Final = timedelta(days=3)
"""How far a hand-over looks for clocks that run out."""


def watch(visit: Visit) -> Reply:
    """The note that waits, the next one's form, and the notes before."""
    return _page(visit)


def watch_do(visit: Visit) -> Reply:
    """Sign the hand-over, or acknowledge the one before."""
    if visit.desk.lacks("submit") is not None:
        raise NotYourRole("this role signs nothing")
    sent = visit.sent
    match sent.first("do"):
        case "sign":
            done = hand_over(visit.desk, _note(visit))
        case "acknowledge":
            done = acknowledge(visit.desk, sent.first("note"), sent.first("words")[:60_000], visit.lang)
        case _:
            raise Absent("no such act")
    return _page(visit, done) if isinstance(done, Refusal) else see_other("/watch")


def _note(visit: Visit) -> Handover:
    sent = visit.sent
    level: Level = next((x for x in LEVELS if x == sent.first("level")), "restricted")
    about = tuple(RecordId(each) for each in sent.values.get("about", ()) if each)
    lang = sent.first("lang")
    return Handover(
        title=sent.first("title")[:300],
        text=sent.first("text")[:60_000],
        about=about,
        level=level,
        lang=lang if lang in _LANGS else visit.lang,
    )


def _page(visit: Visit, no: Refusal | None = None) -> Reply:
    t, sent = visit.tongue, visit.sent
    with visit.reading() as (rx, view):
        since = begun_ms(rx, visit.desk)
        rows = changed(rx, view, since)
        shown = lines_of(visit, rows, rx.labels())
        due = [line for line in due_lines(visit, rx, view) if line.stage in ("due", "overdue")]
        alarms = [t.t(f"keep.alarm.{row.code}") if t.has(f"keep.alarm.{row.code}") else row.code
                  for row in open_alarms(rx)]  # fmt: skip
        before = [_watch(visit, rx, view, each) for each in watches(rx)]
        clocks = _clocks(visit, rx, view)
        least = least_level(rx, (row.id for row in rows))
    wrong = told_no(no, visit.lang).fault if no is not None else None
    text = sent.first("text") if wrong else _skeleton(visit, len(rows), due, alarms, clocks)
    return draw(
        visit,
        "watch.html",
        title=visit.t("nav.watch"),
        label=shown.label,
        status=200 if wrong is None else 422,
        wrong=wrong,
        since_iso=moment(since).isoformat(),
        since=t.instant(moment(since)),
        lines=shown.lines,
        chosen=sent.values.get("about", []) if wrong else [line.id for line in shown.lines],
        due=due,
        clocks=[(clock_line(visit, c, h.id), h.body.title, h.lang) for h, c in clocks],
        alarms=alarms,
        before=before,
        waiting=[w for w in before if not w["taken"]][:1],
        note_title=(sent.first("title") if wrong else "")
        or t.t("daily.watch.note-title", at=f"{t.day(visit.now)} {visit.now:%H:%M}Z"),
        text=text,
        levels=[(x, t.t(f"parts.level.{x}")) for x in LEVELS],
        level=(sent.first("level") if wrong else "") or least,
        langs=[(x, t.t(f"choices.{x}")) for x in _LANGS],
        signs=visit.desk.lacks("submit") is None,
    )


def _clocks(visit: Visit, rx: ReadTx, view: View) -> list[tuple[Held, Clock]]:
    """Return what runs out in the next watches; others read a note: no compartment's clock is told."""
    return [
        (held, clock)
        for held, clock in folded(shown_clocks(visit, rx, view))
        if not held.label.compartments and clock.due is not None and clock.due <= visit.now + AHEAD
    ]


def _skeleton(
    visit: Visit, fresh: int, due: list[DueLine], alarms: list[str], clocks: list[tuple[Held, Clock]]
) -> str:
    """Return the note as it begins: headings and counts, for the officer to fill."""
    t = visit.tongue
    overdue = sum(line.stage == "overdue" for line in due)
    lines = (
        t.t("daily.watch.text.changed", n=fresh),
        t.t("daily.watch.text.due", n=len(due) - overdue, late=overdue),
        t.t("daily.watch.text.clocks", n=len(clocks), late=sum(c.state == "late" for _, c in clocks)),
        t.t("daily.watch.text.alarms", n=len(alarms)),
        t.t("daily.watch.text.next"),
    )
    return "\n\n".join(lines)


def _watch(visit: Visit, rx: ReadTx, view: View, each: Watch) -> dict[str, Any]:
    at, taken = moment(each.at_ms), moment(each.taken_ms)
    readable = record_for(rx, view, RecordId(each.note)) is not None
    by, taker = rx.officer(each.by), rx.officer(each.taken_by) if each.taken_by else None
    return {
        "note": each.note,
        "href": f"/record/{each.note}" if readable else None,
        "by": by.name if by else each.by,
        "own": each.by == visit.known.id,
        "iso": at.isoformat(),
        "at": visit.tongue.instant(at),
        "taken": each.taken,
        "taken_by": taker.name if taker else each.taken_by,
        "taken_iso": taken.isoformat() if each.taken else "",
        "taken_at": visit.tongue.instant(taken) if each.taken else "",
    }


ACTS: Final[dict[str, Act]] = {"watch": watch, "watch-do": watch_do}
