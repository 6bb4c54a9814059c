"""Exchange: peers, what waits, what was refused and why."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from tansiq.base.clock import moment
from tansiq.base.ids import RecordId
from tansiq.base.messages import messages
from tansiq.base.refusal import Refusal
from tansiq.model.label import Party
from tansiq.policy.clearance import may
from tansiq.store.store import ReadTx
from tansiq.web.answers import Absent
from tansiq.web.http import json_of
from tansiq.web.labels import party_names
from tansiq.web.pages.caps import caps
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply, json_reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.heard import Word
from tansiq.work.hidden_affairs import visible_quarantine, visible_waiting
from tansiq.work.unheard import is_noted, note_unheard


def exchange(visit: Visit) -> Reply:
    """Peers with last sign and backlog, feeds and gaps, what waits, what was refused."""
    with visit.wiring.store.read() as rx:
        context: dict[str, Any] = {
            "peers_table": peers(visit, rx),
            "quarantine": quarantine(visit, rx),
            "waiting": visible_waiting(rx, visit.reader, now=visit.now),
            "pending": pending(visit, rx),
            "caps": caps(visit, rx),
        }
    link = visit.wiring.link
    return draw(
        visit,
        "exchange.html",
        title=visit.t("nav.exchange"),
        cut=link.is_cut if link is not None else None,
        may_cut=visit.wiring.exercise and link is not None,
        epoch=visit.charter.epoch,
        **context,
    )


def pending(visit: Visit, rx: ReadTx) -> int:
    """Return how many of the records that this reader may read are in no segment yet."""
    return rx.readable_pending(visit.view(rx).permitted, now_ms=visit.now_ms)


def peers(visit: Visit, rx: ReadTx) -> list[dict[str, Any]]:
    """Return one row a party: last sign, what has not left for it, gaps in what comes from it."""
    permitted = visit.view(rx).permitted
    names, lags = party_names(visit), rx.readable_lags(permitted, now_ms=visit.now_ms)
    seen = {p.party: p.seen_ms for p in rx.peers()}
    gaps: dict[str, int] = {}
    for feed in rx.feeds_in():
        gaps[feed.originator] = gaps.get(feed.originator, 0) + max(0, feed.announced - feed.position)
    rows = []
    for party in visit.charter.active_parties(now=visit.now):
        if party == visit.wiring.party:
            continue
        lag, seen_ms = lags.get(party), seen.get(party)
        rows.append(
            {
                "code": party,
                "name": names.get(party, party),
                "seen_ms": seen_ms,
                "seen": visit.tongue.age(seen_ms, visit.now) if seen_ms else None,
                "iso": moment(seen_ms).isoformat() if seen_ms else None,
                "unsent": lag.count if lag else 0,
                "oldest": visit.tongue.age(lag.oldest_ms, visit.now) if lag and lag.oldest_ms else None,
                "missing": gaps.get(party, 0),
                "state": _state(visit, seen_ms, lag.count if lag else 0),
                "note": _to_note(visit, rx, party, seen_ms),
            }
        )
    return rows


def quarantine(visit: Visit, rx: ReadTx) -> list[dict[str, Any]]:
    """Return what was refused, newest first, each with its code in words."""
    said = messages(visit.lang)
    names = party_names(visit)
    return [
        {
            "id": row.id,
            "code": row.code,
            "words": said.get(f"refusals.{row.code}") or said.get(f"errors.{row.code}.title") or row.code,
            "party": names.get(row.party, row.party),
            "hint": said.get(f"errors.{row.code}.hint", ""),
            "detail": row.detail,
            "iso": moment(row.at_ms).isoformat(),
            "at": visit.tongue.instant(moment(row.at_ms)),
        }
        for row in visible_quarantine(rx, visit.reader, now=visit.now)
    ]


def link(visit: Visit) -> Reply | Refusal:
    """Cut or restore this node's link: only where the node was created for exercise."""
    control = visit.wiring.link
    if control is None or not visit.wiring.exercise:
        raise Absent("no such act here")
    if visit.sent.first("do") == "cut":
        control.cut()
    else:
        control.restore()
    return see_other("/exchange")


def _state(visit: Visit, seen_ms: int | None, unsent: int) -> dict[str, str]:
    beat_ms = visit.charter.rules.heartbeat_h * 3_600_000
    if unsent:
        return {"kind": "warn", "word": visit.t("peer.waiting")}
    if seen_ms is None:
        return {"kind": "none", "word": visit.t("peer.never")}
    late = visit.now_ms - seen_ms > beat_ms
    return (
        {"kind": "warn", "word": visit.t("peer.late")}
        if late
        else {"kind": "good", "word": visit.t("peer.ok")}
    )


class OutageAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a program says of another party's node."""

    link: Word


def outage(visit: Visit) -> Reply | Refusal:
    """Note by a button that a node is not heard, or is heard again."""
    outcome = _noted(visit, "up" if visit.sent.first("link") == "up" else "down")
    return outcome if isinstance(outcome, Refusal) else see_other(f"/record/{outcome}")


def api_outage(visit: Visit) -> Reply | Refusal:
    """Note that a node is not heard, or is heard again; the answer holds the record's id."""
    outcome = _noted(visit, json_of(visit.raw, OutageAsked).link)
    return outcome if isinstance(outcome, Refusal) else json_reply({"id": outcome}, 201)


def _noted(visit: Visit, word: Word) -> RecordId | Refusal:
    party = Party(visit.path["party"])
    said = visit.tongue.t("aspects.state.unheard" if word == "down" else "aspects.state.reachable")
    return note_unheard(visit.desk, party, word, visit.t("peer.outage-title", party=party, word=said))


def _to_note(visit: Visit, rx: ReadTx, party: Party, seen_ms: int | None) -> str:
    """Return what this officer could note of a node now: down, up, or nothing."""
    if seen_ms is None or not may(visit.known.role, "submit"):
        return ""
    silent = visit.now_ms - seen_ms > visit.charter.rules.heartbeat_h * 3_600_000
    if silent == is_noted(rx, visit.desk, party):
        return ""
    return "down" if silent else "up"


ACTS: Final[dict[str, Act]] = {"exchange": exchange, "link": link, "outage": outage, "api-outage": api_outage}
