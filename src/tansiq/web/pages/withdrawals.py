"""Who holds what of ours, by record and by party; what was withdrawn, by whom, and what rests on it here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from tansiq.base.clock import moment
from tansiq.base.ids import RecordId
from tansiq.model.label import Party
from tansiq.search.around import record_for
from tansiq.search.view import View
from tansiq.store.store import ReadTx
from tansiq.store.values import StoredRecord, Withdrawal
from tansiq.web.answers import Absent
from tansiq.web.banner import labels_in
from tansiq.web.labels import highest, label_view, party_names
from tansiq.web.pages.frame import draw
from tansiq.web.pages.reading import found_at
from tansiq.web.reply import Reply, json_reply
from tansiq.web.routes import Act
from tansiq.web.rows import kind_title, title_words
from tansiq.web.visit import Visit
from tansiq.work.who_holds import STATES, Holding, at_party, counted, of_record

SHAPES: Final = {
    "queued": "none",
    "sent": "none",
    "stored": "good",
    "opened": "good",
    "refused": "bad",
    "purged": "good",
    "outstanding": "warn",
}
SHOWN: Final = 500


def holders(visit: Visit) -> Reply:
    """Who holds a record of ours, version by version."""
    stored, held = _of_own(visit)
    label = stored.header.label
    return draw(
        visit,
        "holders.html",
        title=_words(visit)("holders"),
        label=label_view(visit, label),
        d=_words(visit),
        stored=stored,
        subject=title_words(stored.header.kind, stored.body.title, visit.tongue),
        rows=[_row(visit, each) for each in held],
        counts=_counts(visit, held),
        by_party=False,
    )


def holders_of(visit: Visit) -> Reply:
    """What one party holds of ours, as far as this officer may read it."""
    party, held = _at(visit)
    with visit.reading() as (rx, view):
        rows = [_row(visit, each) | _named(visit, rx, view, each.record_id) for each in held[:SHOWN]]
        label = highest(visit, labels_in(visit, rx, rows))
    return draw(
        visit,
        "holders.html",
        label=label,
        title=_words(visit)("holders-of", party=party_names(visit).get(party, party)),
        d=_words(visit),
        stored=None,
        subject=None,
        rows=rows,
        counts=_counts(visit, held),
        by_party=True,
    )


def withdrawals(visit: Visit) -> Reply:
    """What was withdrawn, by us and by others, what is outstanding, and what of ours rests on it."""
    with visit.reading() as (rx, view):
        rows = [row for each in rx.newest_withdrawals() if (row := _withdrawal(visit, rx, view, each))]
        resting = _resting(visit, rx, view)
        label = highest(visit, labels_in(visit, rx, (rows, resting)))
    names = party_names(visit)
    others = [p for p in visit.charter.active_parties(now=visit.now) if p != visit.wiring.party]
    return draw(
        visit,
        "withdrawals.html",
        label=label,
        title=_words(visit)("title"),
        d=_words(visit),
        ours=[r for r in rows if r["own"]],
        theirs=[r for r in rows if not r["own"]],
        resting=resting,
        parties=[{"code": p, "name": names.get(p, p)} for p in others],
    )


def api_holders(visit: Visit) -> Reply:
    """Who holds a record of ours."""
    _, held = _of_own(visit)
    return json_reply({"rows": [_plain(each) for each in held], "counts": counted(held)})


def api_holders_of(visit: Visit) -> Reply:
    """What one party holds of ours."""
    party, held = _at(visit)
    return json_reply({"party": party, "rows": [_plain(each) for each in held], "counts": counted(held)})


def api_withdrawals(visit: Visit) -> Reply:
    """What was withdrawn, and what of ours rests on it."""
    with visit.reading() as (rx, view):
        rows = [row for each in rx.newest_withdrawals() if (row := _withdrawal(visit, rx, view, each))]
        resting = _resting(visit, rx, view)
    names = ("record", "versions", "mode", "recall", "originator", "at", "outstanding", "replaced_by")
    return json_reply(
        {
            "rows": [{name: row[name] for name in names} for row in rows],
            "resting": [{"record": r["id"], "source": r["source"]} for r in resting],
        }
    )


def _words(visit: Visit) -> Callable[..., str]:
    return lambda key, **values: visit.tongue.t(f"withdraw.{key}", **values)


def _of_own(visit: Visit) -> tuple[StoredRecord, tuple[Holding, ...]]:
    with visit.reading() as (rx, view):
        stored = found_at(visit, rx, view)
        if stored.originator != visit.wiring.party or stored.system:
            raise Absent("not a record of our own")
        return stored, of_record(rx, stored.record_id)


def _at(visit: Visit) -> tuple[Party, tuple[Holding, ...]]:
    party = Party(visit.path["party"])
    if visit.charter.party(party) is None or party == visit.wiring.party:
        raise Absent("no such party")
    with visit.reading() as (rx, view):
        held = at_party(rx, party)
        readable = {i for i in {h.record_id for h in held} if record_for(rx, view, i) is not None}
    return party, tuple(h for h in held if h.record_id in readable)


def _counts(visit: Visit, held: Iterable[Holding]) -> list[tuple[str, str, int]]:
    found = counted(held)
    return [(SHAPES[s], _words(visit)(f"state.{s}"), found[s]) for s in STATES if s in found]


def _row(visit: Visit, each: Holding) -> dict[str, Any]:
    role = f"web.role.{each.role}"
    return {
        "id": each.record_id,
        "version": each.version,
        "code": each.party,
        "name": party_names(visit).get(each.party, each.party),
        "shape": SHAPES[each.state],
        "word": _words(visit)(f"state.{each.state}"),
        "role": visit.tongue.t(role) if each.role and visit.tongue.has(role) else each.role,
        "reason": each.reason,
        "iso": None if each.at_ms is None else moment(each.at_ms).isoformat(),
        "at": None if each.at_ms is None else visit.tongue.instant(moment(each.at_ms)),
        "seen": None if each.seen_ms is None else visit.tongue.age(each.seen_ms, visit.now),
        "seen_iso": None if each.seen_ms is None else moment(each.seen_ms).isoformat(),
        "late": each.state in ("outstanding", "sent", "queued"),
    }


def _named(visit: Visit, rx: ReadTx, view: View, record_id: RecordId) -> dict[str, Any]:
    stored = record_for(rx, view, record_id)
    if stored is None:
        return {"title": None, "kind": ""}
    words = title_words(stored.header.kind, stored.body.title, visit.tongue)
    return {"title": words, "kind": kind_title(stored.header.kind, visit.lang)}


def _plain(each: Holding) -> dict[str, Any]:
    return {
        "record": each.record_id,
        "version": each.version,
        "party": each.party,
        "state": each.state,
        "at": None if each.at_ms is None else moment(each.at_ms).isoformat(),
        "role": each.role or None,
        "reason": each.reason or None,
        "last_seen": None if each.seen_ms is None else moment(each.seen_ms).isoformat(),
    }


def _withdrawal(visit: Visit, rx: ReadTx, view: View, each: Withdrawal) -> dict[str, Any] | None:
    recall = record_for(rx, view, each.recall)
    if recall is None:
        return None
    own = recall.originator == visit.wiring.party
    held = of_record(rx, each.record_id) if own else ()
    covered = [h for h in held if each.covers(h.version)]
    return {
        "own": own,
        "record": each.record_id,
        "versions": each.version or None,
        "mode": each.mode,
        "word": _words(visit)(f"mode.{each.mode}"),
        "recall": each.recall,
        "title": recall.body.title,
        "originator": recall.originator,
        "name": party_names(visit).get(recall.originator, recall.originator),
        "at": moment(each.at_ms).isoformat(),
        "when": visit.tongue.instant(moment(each.at_ms)),
        "purged": sorted({h.party for h in covered if h.state == "purged"}),
        "outstanding": sorted({h.party for h in covered if h.state == "outstanding"}),
        "readable": record_for(rx, view, each.record_id) is not None,
        "replaced_by": _instead(rx, view, recall),
    }


def _instead(rx: ReadTx, view: View, recall: StoredRecord) -> RecordId | None:
    """Return what stands in the place of what was withdrawn, if this officer may read it."""
    named = getattr(recall.body, "replaced_by", None)
    found = record_for(rx, view, named) if named else None
    return found.record_id if found is not None else None


def _resting(visit: Visit, rx: ReadTx, view: View) -> list[dict[str, Any]]:
    found = []
    for record_id, source in rx.resting_on_withdrawn(visit.wiring.party):
        if record_for(rx, view, record_id) is not None:
            found.append({"id": record_id, "source": source} | _named(visit, rx, view, record_id))
    return found


ACTS: Final[dict[str, Act]] = {
    "holders": holders,
    "holders-of": holders_of,
    "withdrawals": withdrawals,
    "api-holders": api_holders,
    "api-holders-of": api_holders_of,
    "api-withdrawals": api_withdrawals,
}
