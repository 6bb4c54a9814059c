"""Notices outside the page: what an officer wants to be told of, and what he has been told.

1. An officer sees his own notices alone. One whose record he may no longer read has its number and no link.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from tansiq.base.clock import moment
from tansiq.base.ids import id_of
from tansiq.base.refusal import Refusal
from tansiq.search.around import record_for
from tansiq.search.view import View
from tansiq.store.notices import NoticeRow, SpoolRow, Way
from tansiq.store.store import ReadTx
from tansiq.web.answers import told_no
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.outside import URGENCIES, Post, Wishes, try_out, wish, wishes_of

WAYS: Final[tuple[Way, ...]] = ("mail", "phone")
_SHAPES: Final = {"waiting": "warn", "sent": "good", "failed": "bad"}
_DONE: Final = ("saved", "tried")


def notices(visit: Visit) -> Reply:
    """The officer's wishes and his notices."""
    with visit.wiring.store.read() as rx:
        wishes = wishes_of(rx, visit.known.id)
    return _page(visit, wishes)


def notices_do(visit: Visit) -> Reply:
    """Keep wishes, or send oneself a trial."""
    if visit.sent.first("do") == "try":
        no = try_out(visit.desk, _post(visit))
        with visit.wiring.store.read() as rx:
            wishes = wishes_of(rx, visit.known.id)
        return see_other("/notices?done=tried") if no is None else _page(visit, wishes, no)
    wishes = _asked(visit)
    no = wish(visit.desk, wishes)
    return see_other("/notices?done=saved") if no is None else _page(visit, wishes, no)


def _post(visit: Visit) -> Post:
    return Post(visit.wiring.store, visit.wiring.charter, visit.wiring.clock)


def _asked(visit: Visit) -> Wishes:
    sent = visit.sent
    chosen = {
        name: [u for u in sent.values.get(name, ()) if u in URGENCIES] for name in ("urgencies", "wake")
    }
    said = {name: sent.first(name)[:200] for name in ("mail", "phone", "quiet_from", "quiet_to")}
    return msgspec.convert(said | chosen, Wishes)


def _page(visit: Visit, wishes: Wishes, no: Refusal | None = None) -> Reply:
    with visit.reading() as (rx, view):
        mine = rx.notices_of(visit.known.id)
        ways = rx.spooled([each.id for each in mine])
        rows = [_row(visit, rx, view, each, ways) for each in mine]
    wrong = told_no(no, visit.lang).fault if no is not None else None
    done = visit.ask("done")
    return draw(
        visit,
        "notices.html",
        title=visit.t("nav.notices"),
        status=200 if wrong is None else 422,
        wrong=wrong,
        done=done if done in _DONE else "",
        wishes=wishes,
        urgencies=[(u, visit.tongue.t(f"daily.urgency.{u}")) for u in URGENCIES],
        lacking=[way for way in WAYS if way not in visit.wiring.ways],
        rows=rows,
    )


def _row(
    visit: Visit, rx: ReadTx, view: View, notice: NoticeRow, ways: tuple[SpoolRow, ...]
) -> dict[str, Any]:
    made, record = moment(notice.made_ms), id_of(notice.about.record)
    due = None if notice.about.due_ms is None else moment(notice.about.due_ms)
    there = any(notice.about.record) and record_for(rx, view, record) is not None
    return {
        "number": notice.number,
        "urgency": visit.tongue.t(f"daily.urgency.{notice.about.urgency}"),
        "life": notice.about.urgency == "life",
        "iso": made.isoformat(),
        "at": visit.tongue.instant(made),
        "due_iso": due.isoformat() if due else None,
        "due": visit.tongue.instant(due) if due else None,
        "href": f"/record/{record}" if there else None,
        "ways": [
            {
                "way": visit.tongue.t(f"daily.outside.way.{each.way}"),
                "kind": _SHAPES[each.state],
                "word": visit.tongue.t(f"daily.outside.state.{each.state}"),
                "code": each.code,
            }
            for each in ways
            if each.notice == notice.id
        ],
    }


ACTS: Final[dict[str, Act]] = {"notices": notices, "notices-do": notices_do}
