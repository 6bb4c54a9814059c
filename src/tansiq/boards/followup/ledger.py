"""The ledger: every commitment with its sentence, decision, meeting, clock, slippage and proof.

1. It is worked out from the reader's own shelf each time; counts are never typed, and nothing leaves it.
2. Every line keeps the original sentence in its language.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from tansiq.base.clock import millis, moment
from tansiq.base.ids import RecordId, raw_of
from tansiq.boards.aspects import aspect_of
from tansiq.boards.clocks import Clock
from tansiq.boards.followup.lint import owners_of
from tansiq.boards.followup.promises import (
    DAY_S,
    deliveries,
    milestone_slip_days,
    milestones_of,
    promise_clock,
    slippage_days,
)
from tansiq.boards.shelf import Held, Shelf, bodies, once
from tansiq.model.kind import Body
from tansiq.model.kinds.commitment import Commitment
from tansiq.model.kinds.decision import Decision
from tansiq.model.kinds.follow_up import FollowUp
from tansiq.model.label import Party

CLOSED: Final = frozenset({"delivered", "withdrawn", "closed"})
_FIRST_MS: Final = millis(datetime(2000, 1, 1, tzinfo=UTC))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One promise or open item as the board shows it; ``due`` None = undated or not running.

    ``milestones``: id, title, due, slip in days of each. ``proof`` is what the owner names.
    """

    id: RecordId
    kind: str
    title: str
    lang: str
    sentence: str
    state: str
    owners: tuple[Party, ...]
    clock: Clock | None = None
    due: datetime | None = None
    age_days: int
    touched: datetime
    slipped_days: int = 0
    badges: tuple[str, ...]
    proof: str
    decision: RecordId | None = None
    meeting: RecordId | None = None
    delivered: tuple[RecordId, ...] = ()
    milestones: tuple[tuple[RecordId, str, datetime | None, int], ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something: missed stays open."""
        return self.state not in CLOSED


def ledger(shelf: Shelf) -> tuple[Line, ...]:
    """Return every commitment, the soonest due first, those without a date after them."""

    def every() -> tuple[Line, ...]:
        lines = [_line(held, body, shelf) for held, body in bodies(shelf, Commitment)]
        return tuple(sorted(lines, key=lambda x: (x.due is None, x.due or x.touched, x.id)))

    return once(shelf, ledger, every)


def items(shelf: Shelf) -> tuple[Line, ...]:
    """Return every follow-up, the oldest first; none is left out for its age."""
    found = [_item(held, body, shelf) for held, body in bodies(shelf, FollowUp)]
    return tuple(sorted(found, key=lambda x: (-x.age_days, x.id)))


def covered(lines: Iterable[Line]) -> bool:
    """Whether every line leads back to its sentence."""
    return all(line.sentence for line in lines)


def opened_at(held: Held, shelf: Shelf) -> datetime:
    """Return since when an item is open: as stated, as what it began with, else as its first version."""
    body = held.body
    if isinstance(body, FollowUp):
        if body.opened is not None and body.opened.lo is not None:
            return body.opened.lo
        since = _pointed(body.open_since, shelf)
        if since is not None:
            return first_signed(since)
    return first_signed(held)


def first_signed(held: Held) -> datetime:
    """Return when the first version was signed: an id begins with its milliseconds."""
    made_ms = int.from_bytes(raw_of(held.id)[:6], "big")
    return moment(made_ms) if _FIRST_MS <= made_ms <= millis(held.created) else held.created


def touched_at(held: Held, shelf: Shelf) -> datetime:
    """Return when anybody last touched an item: by a version, by what points to it, as its owner states."""
    body = held.body
    stated = body.last_touch.lo if isinstance(body, FollowUp) and body.last_touch is not None else None
    touches = [held.created, *(each.created for each in shelf.about(held.id))]
    return max([*touches, stated] if stated is not None else touches)


def age_days(since: datetime, now: datetime) -> int:
    """Return whole days; never below 0."""
    return max(0, int((now - since).total_seconds() // DAY_S))


def _line(held: Held, body: Commitment, shelf: Shelf) -> Line:
    given = tuple(deliveries(held, body, shelf))
    runs = promise_clock(held, body, shelf, given)
    decision = _decision(held, body, shelf)
    plain = _plain(held, body, shelf, first_signed(held))
    return replace(
        plain,
        sentence=body.from_sentence,
        owners=owners_of(body),
        clock=runs,
        due=runs.due,
        slipped_days=slippage_days(held, body, runs, shelf),
        badges=tuple(code for code in plain.badges if code != "SLIPPED"),
        proof=body.proof,
        decision=decision.id if decision is not None else None,
        meeting=_meeting(decision),
        delivered=tuple(each.id for each in given),
        milestones=tuple(
            (m.id, at.title, at.due.hi if at.due is not None else None, milestone_slip_days(at, shelf.now))
            for m, at in milestones_of(held.id, shelf)
        ),
    )


def _item(held: Held, body: FollowUp, shelf: Shelf) -> Line:
    owners = (body.owner,) if body.owner else ()
    return replace(
        _plain(held, body, shelf, opened_at(held, shelf)), owners=owners, proof=body.closing_reason
    )


def _plain(held: Held, body: Body, shelf: Shelf, since: datetime) -> Line:
    """What every line says: how it stands, its age since then, who last touched it, its badges."""
    said = aspect_of(held, shelf)
    return Line(
        id=held.id,
        kind=held.kind,
        title=body.title,
        lang=held.lang,
        sentence=body.text,
        state=next(s.word for s in said.states if s.of == "self"),
        owners=(),
        age_days=age_days(since, shelf.now),
        touched=touched_at(held, shelf),
        badges=tuple(f.code for f in said.flags),
        proof="",
    )


def _decision(held: Held, body: Commitment, shelf: Shelf) -> Held | None:
    pointed = (body.decision, *(ref.record_id for ref in held.refs if ref.role == "decision"))
    found = (_pointed(one, shelf) for one in pointed)
    return next((d for d in found if d is not None and isinstance(d.body, Decision)), None)


def _meeting(decision: Held | None) -> RecordId | None:
    body = decision.body if decision is not None else None
    return RecordId(body.meeting) if isinstance(body, Decision) and body.meeting else None


def _pointed(record_id: str | None, shelf: Shelf) -> Held | None:
    try:
        raw_of(record_id or "")
    except ValueError:
        return None
    return shelf.get(RecordId(record_id or ""))
