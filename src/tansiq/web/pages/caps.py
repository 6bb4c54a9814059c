"""The bandwidth caps of the node's two lanes: shown on the Exchange page, set by a form there."""

from __future__ import annotations

from typing import Any, Final

from tansiq.base.refusal import Refusal
from tansiq.exchange.protocol import Lane
from tansiq.exchange.throttle import MOST_BYTES_S, cap
from tansiq.policy.clearance import may
from tansiq.store.store import ReadTx
from tansiq.web.answers import Absent
from tansiq.web.http import BadForm
from tansiq.web.reply import Reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit

_LANES: Final[tuple[Lane, ...]] = ("alert", "routine")
SET: Final = "link-cap"


def caps(visit: Visit, rx: ReadTx) -> list[dict[str, Any]]:
    """Return a field for each lane; empty where there is no link or the role may not set it."""
    if visit.wiring.link is None or not may(visit.known.role, "submit"):
        return []
    return [
        {"name": lane, "words": visit.t(f"exchange.cap.{lane}"), "value": cap(rx, lane) or ""}
        for lane in _LANES
    ]


def set_caps(visit: Visit) -> Reply | Refusal:
    """Set the caps, bytes a second; an empty field takes the cap away. Raises BadForm."""
    link = visit.wiring.link
    if link is None:
        raise Absent("this node has no exchange")
    if (lacks := visit.desk.lacks("submit")) is not None:
        return lacks
    wanted = {lane: _bytes_s(visit.sent.first(lane)) for lane in _LANES}
    for lane, bytes_s in wanted.items():
        link.set_cap(lane, bytes_s)
    with visit.wiring.store.write() as tx:
        detail = " ".join(f"{lane} {bytes_s}" for lane, bytes_s in wanted.items())
        tx.journal(SET, officer=visit.known.id, at_ms=visit.now_ms, detail=detail)
    return see_other("/exchange")


def _bytes_s(text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal() and len(text) < 11 and int(text) <= MOST_BYTES_S):
        raise BadForm("bytes a second are a whole number")
    return int(text)


ACTS: Final[dict[str, Act]] = {SET: set_caps}
"""Which act stands behind which exit."""
