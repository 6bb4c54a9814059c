"""What is due: commitments, meetings, requests with a date, soonest first; those without a date last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from tansiq.model.kinds.commitment import Commitment
from tansiq.model.values import TimeExpression
from tansiq.search.around import record_for
from tansiq.search.query import list_records
from tansiq.search.view import View
from tansiq.store.store import ReadTx
from tansiq.store.values import StoredRecord
from tansiq.web.visit import Visit

Stage = Literal["promised", "due", "overdue", "done", "unknown"]
LIMIT: Final = 100
SOON_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class DueLine:
    """One promise: how it stands, what, whose, until when, with its sentence and source."""

    stage: Stage
    what: str
    href: str | None
    owner: str
    due_iso: str | None
    due: str | None
    sentence: str
    lang: str
    source: str | None = None
    source_href: str | None = None


def due_lines(visit: Visit, rx: ReadTx, view: View) -> tuple[DueLine, ...]:
    """Return the promises the reader may see, soonest due first."""
    rows = list_records(rx, view, kind="commitment", limit=LIMIT).rows
    found = [s for s in (record_for(rx, view, r.id) for r in rows) if s is not None and s.record is not None]
    lines = [_line(visit, s) for s in found]
    return tuple(sorted((x for x in lines if x is not None), key=lambda x: x.due_iso or "9"))


def stage_of(state: str | None, due: TimeExpression | None, now: datetime) -> Stage:
    """Return how a promise stands; without a date it is never overdue, and without proof never done."""
    if state == "delivered":
        return "done"
    if due is None or due.hi is None:
        return "promised" if due is None or due.lo is None else "due"
    if due.hi < now:
        return "overdue"
    return "due" if (due.hi - now).days <= SOON_DAYS else "promised"


def _line(visit: Visit, stored: StoredRecord) -> DueLine | None:
    body = stored.body
    if not isinstance(body, Commitment):
        return None
    due = body.due
    until = due.hi if due is not None else None
    source = next((r for r in stored.header.refs if r.role in ("report", "source")), None)
    return DueLine(
        stage=stage_of(body.commitment_state, due, visit.now),
        what=body.title,
        href=f"/record/{stored.record_id}",
        owner=" · ".join(body.owners or ((body.owner,) if body.owner else ())),
        due_iso=until.date().isoformat() if until else None,
        due=visit.tongue.day(until) if until else (due.words if due else None) or None,
        sentence=body.from_sentence,
        lang=stored.header.lang,
        source=visit.t("ref.report") if source else None,
        source_href=f"/record/{source.record_id}" if source else None,
    )
