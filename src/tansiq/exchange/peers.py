"""What a node's people see of the exchange: who was heard when, what is still to be sent, what lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tansiq.base.clock import millis
from tansiq.exchange.gaps import missing
from tansiq.exchange.node_link import CUT
from tansiq.model.label import Party
from tansiq.policy.charter import Charter
from tansiq.store.store import ReadTx
from tansiq.store.values import Lag

HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class Peer:
    """Another party's node as seen from here. ``gaps`` = segments of its feeds that lack."""

    party: Party
    last_seen_ms: int | None
    epoch: int
    lag: Lag
    gaps: int
    active: bool
    silent: bool
    """Whether nothing was heard of it for longer than the heartbeat: withholding, or a broken link."""


def peers(rx: ReadTx, charter: Charter, *, now: datetime) -> tuple[Peer, ...]:
    """Return every other party of the charter."""
    known = {row.party: row for row in rx.peers()}
    lags, lacking = rx.lags(), dict[Party, int]()
    for gap in missing(rx):
        lacking[gap.originator] = lacking.get(gap.originator, 0) + len(gap.numbers)
    heard_by = millis(now) - charter.rules.heartbeat_h * HOUR_MS
    found = []
    for entry in charter.parties:
        if entry.code == rx.core.party:
            continue
        row = known.get(entry.code)
        seen_ms = None if row is None else row.seen_ms
        found.append(
            Peer(
                party=entry.code,
                last_seen_ms=seen_ms,
                epoch=0 if row is None else row.epoch,
                lag=lags.get(entry.code, Lag(0, None)),
                gaps=lacking.get(entry.code, 0),
                active=entry.active_at(millis(now)),
                silent=seen_ms is not None and seen_ms < heard_by,
            )
        )
    return tuple(found)


def is_cut(rx: ReadTx) -> bool:
    """Whether this node's link was cut on purpose."""
    return rx.setting(CUT) == "yes"
