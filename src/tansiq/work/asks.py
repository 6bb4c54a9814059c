"""Asks that wait for an officer, and his answer: a second person, a broken glass, a place on a roster.

An ask is there for who made it and for who may answer it; to everybody else it is absent.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final, assert_never

from tansiq.base.refusal import Refusal
from tansiq.store.asks import Ask
from tansiq.store.store import ReadTx, WriteTx
from tansiq.work import break_glass, two_person
from tansiq.work.desk import Desk, whole

SHOWN: Final = timedelta(days=7)
_SHOWN_MS: Final = int(SHOWN.total_seconds() * 1000)


def own_asks(rx: ReadTx, desk: Desk) -> tuple[Ask, ...]:
    """Return what this officer has asked of late, newest first."""
    return tuple(a for a in rx.asks(since_ms=desk.now_ms - _SHOWN_MS) if a.officer == desk.officer.id)


def asks_for(rx: ReadTx, desk: Desk) -> tuple[Ask, ...]:
    """Return the asks that this officer may answer now, newest first."""
    return tuple(a for a in rx.asks(since_ms=desk.now_ms - _SHOWN_MS) if may_answer(rx, desk, a))


def may_answer(rx: ReadTx, desk: Desk, ask: Ask) -> bool:
    """Whether this officer may answer an ask now."""
    match ask.what:
        case "two-person":
            return two_person.may_answer(rx, desk, ask)
        case "break-glass" | "admit":
            return break_glass.may_answer(rx, desk, ask)
        case _:
            assert_never(ask.what)


def answer(desk: Desk, ask_id: str, *, agree: bool) -> Refusal | None:
    """Agree or decline. Refusal ``absent``: there is no such ask for this officer to answer."""

    def act(tx: WriteTx) -> bool | Refusal:
        ask = tx.ask(ask_id)
        if ask is None or not may_answer(tx, desk, ask):
            return Refusal("absent")
        two = ask.what == "two-person"
        said = (two_person.answer_second if two else break_glass.answer_escrow)(tx, desk, ask, agree=agree)
        return said if said is not None else True

    done = whole(desk.store, act)
    return done if isinstance(done, Refusal) else None
