"""The calendar: clocks and meetings by day, and a feed for a telephone (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import Any, Final

from tansiq.boards.stored import StoredShelf
from tansiq.policy.permits import permitted_ids
from tansiq.search.view import View
from tansiq.web.answers import Absent
from tansiq.web.aspect_view import clock_line, shelf_at
from tansiq.web.labels import highest
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.calendar import Entry, entries, feed_of, make_feed, officer_of_feed
from tansiq.work.obtained import aside_for
from tansiq.work.sign_in import officer_of

MEDIA: Final = "text/calendar; charset=utf-8"
LIMIT: Final = 300


def calendar(visit: Visit, token: str = "") -> Reply:
    """Every clock and meeting that the reader may see, from now on; ``all=1`` shows what is over too."""
    with visit.reading() as (rx, view):
        shelf = shelf_at(visit, rx, view)
        found = entries(shelf)
        banner = highest(visit, (e.held.label for e in found))
    shown = _folded(found if visit.ask("all") == "1" else [e for e in found if _is_ahead(visit, e)])
    days = groupby(shown[:LIMIT], key=lambda e: visit.tongue.day(e.begins))
    return draw(
        visit,
        "calendar.html",
        title=visit.t("nav.calendar"),
        label=banner,
        days=[(day, [_row(visit, e) for e in each]) for day, each in days],
        every=visit.ask("all") == "1",
        feed=f"/calendar/{token}" if token else "",
        d=lambda key: visit.tongue.t(f"today.{key}"),
    )


def _folded(found: Iterable[Entry]) -> list[Entry]:
    """What runs alike for several parties stands on one line with all of them."""
    kept: dict[tuple[object, ...], Entry] = {}
    for one in found:
        at = (one.held.id, one.what, one.begins, one.clock.state if one.clock else None)
        whose = (*kept[at].whose, *one.whose) if at in kept else one.whose
        kept[at] = replace(one, whose=tuple(dict.fromkeys(whose)))
    return list(kept.values())


def _is_ahead(visit: Visit, entry: Entry) -> bool:
    open_clock = entry.clock is not None and entry.clock.state in ("late", "soon", "running", "paused")
    return open_clock or (entry.clock is None and entry.ends >= visit.now)


def _row(visit: Visit, entry: Entry) -> dict[str, Any]:
    line = None if entry.clock is None else clock_line(visit, entry.clock, entry.held.id)
    return {
        "words": _words(visit, entry.what),
        "title": entry.held.body.title,
        "lang": entry.held.lang,
        "href": f"/record/{entry.held.id}",
        "iso": entry.begins.isoformat(),
        "at": visit.tongue.instant(entry.begins),
        "state": line.state if line else visit.tongue.t(f"today.status.{entry.status}"),
        "shape": line.shape if line else "none",
        "left": line.left if line else "",
        "whose": entry.whose,
    }


def _words(visit: Visit, what: str) -> str:
    return visit.tongue.t("today.meeting" if what == "meeting" else f"clocks.{what}")


def make(visit: Visit) -> Reply:
    """Make the address of my feed anew; it is shown this once."""
    return calendar(visit, make_feed(visit.desk, visit.wiring.entropy))


def feed(visit: Visit) -> Reply:
    """The feed that a token opens: of its officer, as he may read without opening anything."""
    with visit.wiring.store.read() as rx:
        owner = officer_of_feed(rx, visit.path["token"])
        row = rx.officer(owner) if owner is not None else None
        if row is None or not row.active:
            raise Absent("no such feed")
        reader = officer_of(row, visit.wiring.party).reader
        permitted = permitted_ids(rx.labels(), reader, now=visit.now)
        view = View(visit.wiring.store, permitted, visit.now_ms)
        view = replace(view, aside=aside_for(rx, view, visit.charter, visit.wiring.party))
        shelf = StoredShelf(rx, view, visit.charter, visit.wiring.party)
        found = entries(shelf)
        words = {e.what: _words(visit, e.what) for e in found}
        made = feed_of(found, shelf, name=visit.t("nav.calendar"), words=words)
    return Reply(made, media=MEDIA)


ACTS: Final[dict[str, Act]] = {
    "calendar": calendar,
    "calendar-feed-make": make,
    "calendar-feed": feed,
}
