"""Witnessing: what each party's journal was last seen to be, what they saw of ours, and the open alarms."""

from __future__ import annotations

from typing import Any, Final

from tansiq.base.clock import moment
from tansiq.base.refusal import Refusal
from tansiq.exchange import safe
from tansiq.exchange.gaps import missing
from tansiq.exchange.safe import Finding
from tansiq.model.label import Party
from tansiq.policy.clearance import may
from tansiq.store.store import ReadTx
from tansiq.store.values import QuarantineRow
from tansiq.web.answers import Absent
from tansiq.web.labels import party_names
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.alarms import acknowledge, open_alarms, settle

SHOWN: Final = 16
"""Hex digits of a hash on the page."""


def witnessing(visit: Visit) -> Reply:
    """Return the page."""
    with visit.wiring.store.read() as rx:
        own = rx.stamp_head()
        rows, alarms = _members(visit, rx), [_alarm(visit, row) for row in open_alarms(rx)]
        found = [_finding(visit, each) for each in safe.findings(rx)]
        recovering = _recovering(visit, rx)
        wishes = [_wish(visit, *each) for each in rx.wishes()]
    return draw(
        visit,
        "witnessing.html",
        title=visit.tongue.t("keep.title"),
        k=_keep(visit),
        own={"number": own.number, "hash": own.hash.hex()[:SHOWN]},
        members=rows,
        alarms=alarms,
        findings=found,
        recovering=recovering,
        wishes=wishes,
        settles=may(visit.known.role, "decide"),
    )


def _keep(visit: Visit) -> Any:
    return lambda key, **values: visit.tongue.t(f"keep.{key}", **values)


def _members(visit: Visit, rx: ReadTx) -> list[dict[str, Any]]:
    """One row a party: its newest stamp here, and which of ours it holds."""
    last, names = rx.witnessed_last(), party_names(visit)
    ours = {each.teller: each for each in rx.retold(visit.wiring.party)}
    head = rx.stamp_head()
    found = []
    for party in visit.charter.active_parties(now=visit.now):
        if party == visit.wiring.party:
            continue
        held, told = last.get(party), ours.get(party)
        found.append(
            {
                "name": names.get(party, party),
                "code": party,
                "number": held.number if held else None,
                "hash": held.hash.hex()[:SHOWN] if held else "",
                "linked": rx.has_linked(party),
                "ours": told.stamp.number if told else None,
                "same": told is not None and _same(rx, told.stamp.number, told.stamp.hash),
                "behind": head.number - told.stamp.number if told else None,
            }
        )
    return found


def _same(rx: ReadTx, number: int, digest: bytes) -> bool:
    own = rx.stamp(number)
    return own is not None and own.hash == digest


def _alarm(visit: Visit, row: QuarantineRow) -> dict[str, Any]:
    names = party_names(visit)
    return {
        "id": row.id,
        "code": row.code,
        "words": visit.tongue.t(f"refusals.{row.code}"),
        "do": visit.tongue.t(f"alarms.{row.code}"),
        "party": names.get(Party(row.party), row.party),
        "detail": row.detail,
        "iso": moment(row.at_ms).isoformat(),
        "at": visit.tongue.instant(moment(row.at_ms)),
    }


def _finding(visit: Visit, found: Finding) -> dict[str, Any]:
    key = f"keep.finding.{found.code}"
    key = key if visit.tongue.has(key) else f"refusals.{found.code}"
    words = visit.tongue.t(key) if visit.tongue.has(key) else visit.tongue.t("keep.finding.other")
    return {
        "code": found.code,
        "words": words,
        "detail": found.detail,
        "iso": moment(found.at_ms).isoformat(),
        "at": visit.tongue.instant(moment(found.at_ms)),
    }


def _recovering(visit: Visit, rx: ReadTx) -> list[dict[str, Any]]:
    """Who has told what it holds of ours, after a loss; empty where nothing was lost."""
    if not safe.feeds_may_be_lost(rx):
        return []
    heard, names = safe.heard(rx), party_names(visit)
    lacking = {gap.originator: len(gap.numbers) for gap in missing(rx)}
    others = (p for p in visit.charter.active_parties(now=visit.now) if p != visit.wiring.party)
    return [
        {"name": names.get(p, p), "code": p, "heard": p in heard, "missing": lacking.get(p, 0)}
        for p in others
    ]


def _wish(visit: Visit, party: Party, asked_ms: int, given: int) -> dict[str, Any]:
    asked = moment(asked_ms)
    name = party_names(visit).get(party, party)
    return {"name": name, "iso": asked.isoformat(), "at": visit.tongue.instant(asked), "given": given}


def acknowledged(visit: Visit) -> Reply | Refusal:
    """End safe mode with the officer's reason."""
    no = acknowledge(visit.desk, visit.sent.first("reason"))
    return see_other("/exchange/witness") if no is None else no


def settled(visit: Visit) -> Reply | Refusal:
    """Close an alarm with the officer's reason."""
    number = visit.path["number"]
    if not number.isdecimal() or len(number) > 18:
        raise Absent("no such alarm")
    no = settle(visit.desk, int(number), visit.sent.first("reason"))
    return see_other("/exchange/witness") if no is None else no


ACTS: Final[dict[str, Act]] = {
    "witnessing": witnessing,
    "alarm-settle": settled,
    "safe-acknowledge": acknowledged,
}
