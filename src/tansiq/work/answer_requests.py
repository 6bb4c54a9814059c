"""One answer to all who ask the same, each asker by a record of his own. Source: REQUIREMENTS R16.

1. Every answer stands under the label of its own request, so that none tells of another asker.
2. All are signed, or none is.
"""

from __future__ import annotations

from typing import Any, Final

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.boards.desk.asks import same_questions
from tansiq.boards.shelf import Held
from tansiq.model.kind import Kind, kind_named
from tansiq.model.kinds.rfi import Rfi
from tansiq.model.record import REPORT
from tansiq.model.strict import parse_fields
from tansiq.store.store import WriteTx
from tansiq.work.desk import Desk, whole
from tansiq.work.objecting import shelf_of
from tansiq.work.submit import Draft, submit_within

STATES: Final = frozenset({"accepted", "part-accepted", "declined", "answered"})


def answer_requests(
    desk: Desk, request_id: RecordId, *, state: str, answer: str, code: str, title: str, lang: str
) -> tuple[RecordId, ...] | Refusal:
    """Return the ids of the answers, the addressed request's first. Raises BadField.

    Refusals: ``rfi.unknown``, ``rfi.no-state``, those of submit.
    """
    with desk.store.read() as rx:
        shelf = shelf_of(rx, desk)
        held = shelf.get(request_id)
        groups = same_questions(shelf)
    if held is None or not isinstance(held.body, Rfi):
        return Refusal("rfi.unknown")
    if state not in STATES:
        return Refusal("rfi.no-state", frozenset({"state"}))
    group = next((g for g in groups if held.id in {h.id for h in g}), (held,))
    ordered = (held, *(h for h in group if h.id != held.id))
    kind = kind_named("rfi-answer")
    assert kind is not None
    drafts = [_draft(kind, h, state=state, answer=answer, code=code, title=title, lang=lang) for h in ordered]
    return whole(desk.store, lambda tx: _sign(tx, desk, drafts))


def _draft(kind: Kind, request: Held, *, state: str, answer: str, code: str, title: str, lang: str) -> Draft:
    fields: dict[str, Any] = {
        "title": f"{title}: {request.body.title}"[:300],
        "reply_to": request.id,
        "answer_state": state,
    }
    if answer.strip():
        fields["answer"] = answer.strip()
    if state == "declined" and code:
        fields["decline_code"] = code
    body = parse_fields(kind, fields)
    return Draft(kind=kind.tag, body=body, label=request.label, priority=REPORT, lang=lang)


def _sign(tx: WriteTx, desk: Desk, drafts: list[Draft]) -> tuple[RecordId, ...] | Refusal:
    """Sign each in one transaction; the first refusal undoes all (rule 2)."""
    found: list[RecordId] = []
    for draft in drafts:
        got = submit_within(tx, desk, draft)
        if isinstance(got, Refusal):
            return got
        found.append(got)
    return tuple(found)
