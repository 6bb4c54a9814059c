"""Ask the language model on the premises about a text: it adds behind what the rules read, overwrites none.

1. An officer asks for it, text by text; the journal says so. Nothing is asked of a released text.
2. Every item stands by words of the text (``intake.quoted``); what the model proposed bears its name.
3. A model that is down changes nothing: the draft by rules is whole without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from msgspec.structs import replace

from tansiq.base.refusal import Refusal
from tansiq.intake.quoted import added, read_with
from tansiq.store.store import WriteTx
from tansiq.work.desk import Desk, whole
from tansiq.work.intake_text import Intake, intake_of, keep


class Model(Protocol):
    """A language model that answers in a schema."""

    @property
    def name(self) -> str: ...

    def ask(self, messages: list[dict[str, str]], schema: dict[str, Any]) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of it: the text with its draft, how many items were added, how many dropped unquoted."""

    intake: Intake
    added: int
    dropped: int


def ask_model(desk: Desk, intake_id: str, model: Model) -> Asked | Refusal:
    """Add what a model proposes to a draft. Refusals: ``role``, ``intake.absent``, ``intake.released``.

    Raises what the model raises when it is down; nothing is changed then. The model is asked outside of any
    transaction; what was corrected meanwhile stays.
    """
    with desk.store.read() as rx:
        before = intake_of(desk, rx, intake_id)
    if isinstance(before, Refusal):
        return before
    if before.file.released is not None:
        return Refusal("intake.released", frozenset({before.file.released}))
    read = read_with(model.ask, before.file.text)

    def act(tx: WriteTx) -> Asked | Refusal:
        found = intake_of(desk, tx, intake_id)
        if isinstance(found, Refusal):
            return found
        if found.file.released is not None or found.file.text != before.file.text:
            return Refusal("intake.released")
        more = added(found.file.machine, found.file.text, read.items)
        by = {**found.file.proposers, **dict.fromkeys(more.addresses, model.name)}
        file = replace(found.file, machine=more.draft, proposers=by)
        detail = f"{intake_id} {model.name} +{len(more.addresses)} -{read.dropped}"[:400]
        tx.journal("intake-model", officer=desk.officer.id, detail=detail, at_ms=desk.now_ms)
        kept = keep(tx, desk, Intake(intake_id, desk.now_ms, file))
        return Asked(kept, len(more.addresses), read.dropped)

    return whole(desk.store, act)
