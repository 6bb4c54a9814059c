"""Two-person opening: where the label says TWO-PERSON, a body opens only when a second officer agrees.

1. Both are entitled: each may read the record by its label, on his own.
2. The second is another officer, and answers within ``ASKING``; what he allows ends after ``OPEN``, for this
   officer and this version alone.
3. Asking, agreeing and declining are journal entries. What is hidden from an officer and what is absent are
   the same to him, whichever of the two he is.
4. Title and header are shown to who is entitled; text and fields are not, and no search finds them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from tansiq.base.ids import RecordId, token
from tansiq.base.refusal import Refusal
from tansiq.model.label import Label, Rule
from tansiq.store.asks import Ask, Said, Words
from tansiq.store.store import ReadTx, WriteTx
from tansiq.work.desk import Desk, whole
from tansiq.work.readable import readable
from tansiq.work.sealed_cases import sealed_at

RULE: Final[Rule] = "TWO-PERSON"
ASKING: Final = timedelta(minutes=30)
OPEN: Final = timedelta(minutes=60)
REASON_LIMIT: Final = 1000


def needs_two(label: Label, sealed: frozenset[str] = frozenset()) -> bool:
    """Whether a label asks for a second person, or stands under a compartment whose case is sealed."""
    return RULE in label.rules or not sealed.isdisjoint(label.compartments)


def ask_second(desk: Desk, record_id: RecordId, reason: str) -> str | Refusal:
    """Ask for a second person; return the ask's id. Refusals: ``absent``, ``ask.reason``."""
    if not reason.strip():
        return Refusal("ask.reason")

    def act(tx: WriteTx) -> str | Refusal:
        found = readable(tx, desk, record_id)
        if found is None or not needs_two(found[0].header.label, sealed_at(tx, desk)):
            return Refusal("absent")
        held, _ = found
        raw = held.header.id
        known = tx.open_ask("two-person", raw, desk.officer.id, now_ms=desk.now_ms)
        if known is not None:
            return known.id
        until_ms = desk.now_ms + _ms(ASKING)
        words = Words(reason.strip()[:REASON_LIMIT])
        made = Ask(
            token(desk.entropy), "two-person", raw, held.version, desk.officer.id, words, "open",
            desk.now_ms, until_ms,
        )  # fmt: skip
        tx.put_ask(made)
        tx.journal("two-ask", officer=desk.officer.id, record=raw, detail=made.id, at_ms=desk.now_ms)
        return made.id

    return whole(desk.store, act)


def answer_second(tx: WriteTx, desk: Desk, ask: Ask, *, agree: bool) -> Refusal | None:
    """Agree or decline, as an officer who may read the record himself (rules 1, 2)."""
    if not may_answer(tx, desk, ask):
        return Refusal("absent")
    tx.say(ask.id, Said(desk.officer.id, desk.officer.role, "agree" if agree else "decline", {}, desk.now_ms))
    until_ms = desk.now_ms + _ms(OPEN) if agree else desk.now_ms
    tx.settle_ask(ask.id, "granted" if agree else "declined", until_ms=until_ms)
    act = "two-agree" if agree else "two-decline"
    tx.journal(act, officer=desk.officer.id, record=ask.record, detail=ask.id, at_ms=desk.now_ms)
    return None


def may_answer(rx: ReadTx, desk: Desk, ask: Ask) -> bool:
    """Whether the officer is a second person for this ask."""
    waits = ask.state == "open" and ask.until_ms > desk.now_ms and ask.officer != desk.officer.id
    return waits and readable(rx, desk, ask.record) is not None


def _ms(span: timedelta) -> int:
    return int(span.total_seconds() * 1000)
