"""Warnings: acknowledged by each party, escalated when not, updated, cancelled. Source: REQUIREMENTS R20.

1. Every party that may read a warning acknowledges it; the time of each is shown. What is not acknowledged
   within its limit escalates.
2. An update supersedes what it refers to, a cancel ends the whole chain; only its originator does either.
3. An update or a cancel reaches every prior receiver.
4. In an exercise every warning goes out as an exercise, whatever it says.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from tansiq.base.ids import RecordId
from tansiq.boards.aspects import Aspect, Fact, Flag, Raised, State, Value, aspect
from tansiq.boards.clocks import Clock, Urgency, clock
from tansiq.boards.registers.answered import answered_by, first_acks
from tansiq.boards.registers.cap import cap_of
from tansiq.boards.registers.chains import chain_root, followers, referred
from tansiq.boards.rules import Objection, rule
from tansiq.boards.shelf import Held, Shelf
from tansiq.model.cap import cap_faults
from tansiq.model.kinds.warning import Warning as WarningBody
from tansiq.model.kinds.warning_ack import WarningAck
from tansiq.model.label import Label, Party

LIMITS_H: Final = {"immediate": 2, "expected": 12, "future": 24, "past": 24}
DEFAULT_LIMIT_H: Final = 24
FOLLOWING: Final = frozenset({"update", "cancel"})


def receivers(label: Label, shelf: Shelf) -> tuple[Party, ...]:
    """Return the parties of the charter that may read under a label."""
    return tuple(p for p in shelf.charter.active_parties(now=shelf.now) if label.reaches(p))


def state_of(held: Held, shelf: Shelf) -> str:
    """Return how a warning stands: open, superseded, cancelled or expired (rule 2)."""
    body = held.body
    assert isinstance(body, WarningBody)
    chain = followers(chain_root(held, shelf), shelf)
    if any(_type(h) == "cancel" and h.created >= held.created for h in chain if h.id != held.id):
        return "cancelled"
    if any(_type(h) == "update" and held.id in {r.id for r in _all_before(h, shelf)} for h in chain):
        return "superseded"
    over = body.expires is not None and body.expires.hi is not None and body.expires.hi <= shelf.now
    return "expired" if over else "open"


def _all_before(held: Held, shelf: Shelf) -> tuple[Held, ...]:
    """Return what an update replaces: what it names, and all of its chain that came before."""
    root = chain_root(held, shelf)
    chain = (root, *followers(root, shelf))
    return tuple(h for h in chain if h.id != held.id and h.created <= held.created)


def _type(held: Held) -> str:
    body = held.body
    return str(body.msg_type or "alert") if isinstance(body, WarningBody) else ""


def ack_due(held: Held, body: WarningBody) -> datetime:
    """Return until when a warning is to be acknowledged: as it says, else by its urgency."""
    if body.ack_due is not None and body.ack_due.hi is not None:
        return body.ack_due.hi
    return held.created + timedelta(hours=LIMITS_H.get(str(body.urgency), DEFAULT_LIMIT_H))


@rule("warning")
def follows_its_own(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """An update or a cancel is its originator's, and reaches every prior receiver (rules 2, 3)."""
    if _type(draft) not in FOLLOWING:
        return
    named = referred(draft, shelf)
    if not draft.body.references and not draft.refs:  # type: ignore[attr-defined]
        yield Objection("field.needed", "R20", missing=frozenset({"references"}))
    for before in named:
        if before.originator != draft.originator:
            yield Objection("warning.not-own", "R20", record=before.id)
            continue
        root = chain_root(before, shelf)
        told = {p for h in (root, *followers(root, shelf)) for p in receivers(h.label, shelf)}
        lacking = frozenset(p for p in told if not draft.label.reaches(p))
        public = any(h.label.public for h in (root, before)) and not draft.label.public
        if lacking or public:
            missing = frozenset(f"audience:{p}" for p in (("*",) if public else lacking))
            yield Objection("warning.audience", "R20", missing=missing, record=before.id)


@rule("warning")
def exercise_is_forced(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """In an exercise, a warning that says otherwise goes out as an exercise (rule 4)."""
    body = draft.body
    assert isinstance(body, WarningBody)
    if shelf.charter.exercise and body.status not in (None, "exercise"):
        yield Objection("warning.exercise", "R20", refuses=False, missing=frozenset({"status"}))


@aspect("warning", ticks=True)
def warning(held: Held, shelf: Shelf) -> Aspect:
    """Return how a warning stands, who acknowledged it and who is waited for."""
    body = held.body
    assert isinstance(body, WarningBody)
    word = state_of(held, shelf)
    acks = first_acks(held, shelf)
    asked = receivers(held.label, shelf)
    waiting = tuple(p for p in asked if p not in acks and p != held.originator)
    runs = _acknowledged(held, body, shelf, waiting, ended=word != "open")
    alert = cap_of(held, shelf)
    faults = tuple(cap_faults(alert))
    return Aspect(
        states=(State("self", word, "R20"),),
        clocks=(runs,),
        flags=() if not faults else (Flag("CAP_INVALID", "R20", {"elements": faults}, bad=True),),
        facts=(
            Fact("cap_valid", not faults, {"version": "1.2", "elements": faults}),
            Fact("cap_status", alert.status),
            Fact("acknowledged", len(acks), {"parties": tuple(acks), "waiting": waiting}),
            *answered_by(held, shelf),
        ),
        raises=tuple(_raised(held, body, runs, waiting, tuple(acks), shelf)),
    )


def _acknowledged(
    held: Held, body: WarningBody, shelf: Shelf, waiting: tuple[Party, ...], *, ended: bool
) -> Clock:
    last = max((at for at, _ in first_acks(held, shelf).values()), default=held.created)
    return clock(
        "warning_ack",
        "R20",
        now=shelf.now,
        begun=held.created,
        until=ack_due(held, body),
        done=last if not waiting else None,
        ended=ended,
        soon_h=1,
        whose=waiting,
        urgency=_urgency(body),
    )


def _urgency(body: WarningBody) -> Urgency:
    return "life" if body.severity == "extreme" or body.urgency == "immediate" else "urgent"


def _raised(
    held: Held,
    body: WarningBody,
    runs: Clock,
    waiting: tuple[Party, ...],
    acks: tuple[Party, ...],
    shelf: Shelf,
) -> Iterator[Raised]:
    """Yield whom to tell: who must acknowledge, the originator, and after the limit those above (rule 1)."""
    urgency, over = _urgency(body), runs.state == "ended"
    yield Raised("ack", "warning.acknowledge", "R20", waiting or acks, urgency, settled=over or not waiting)
    about: dict[str, Value] = {"waiting": waiting, "parties": acks}
    own = (held.originator,)
    yield Raised("ack", "warning.awaited", "R20", own, urgency, about, settled=over or not waiting)
    if runs.state == "late":
        organs = tuple(
            p.code for p in shelf.charter.parties if p.type == "organ" and held.label.reaches(p.code)
        )
        whose = tuple(dict.fromkeys((*own, *organs, *waiting)))
        yield Raised("alert", "warning.unacknowledged", "R20", whose, "life", {"waiting": waiting})


@aspect("warning-ack")
def acknowledgement(held: Held, shelf: Shelf) -> Aspect:
    """Return how soon an acknowledgement came."""
    body = held.body
    assert isinstance(body, WarningAck)
    to = None if body.reply_to is None else shelf.get(RecordId(body.reply_to))
    if to is None:
        return Aspect()
    mine = tuple(f for f in answered_by(to, shelf) if f.about.get("party") == held.originator)
    return Aspect(facts=mine)
