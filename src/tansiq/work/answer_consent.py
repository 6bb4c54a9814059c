"""The host answers a request to cross a border, or revokes its answer. Source: REQUIREMENTS R56.

1. The answer is a record of its own under the label of the request: whoever knows the question, knows it.
2. Only the host answers; a revocation holds from its signing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.boards.forces.consent import is_request
from tansiq.model.kind import kind_named
from tansiq.model.kinds.consent import Consent
from tansiq.model.record import REQUEST
from tansiq.model.strict import parse_fields
from tansiq.work.desk import Desk
from tansiq.work.objecting import shelf_of
from tansiq.work.submit import Draft, submit

ANSWERS: Final = frozenset({"yes", "yes-with-conditions", "no", "revoked"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentAnswer:
    """What the host says; blank = not said."""

    answer: str
    conditions: str = ""
    depth_km: str = ""
    hours: str = ""
    no_air: bool = False


def answer_consent(
    desk: Desk, request_id: RecordId, said: ConsentAnswer, *, title: str, lang: str
) -> RecordId | Refusal:
    """Return the id of the signed answer. Refusals: ``consent.unknown``, ``consent.no-answer``, of submit."""
    with desk.store.read() as rx:
        held = shelf_of(rx, desk).get(request_id)
    if held is None or not isinstance(held.body, Consent) or not is_request(held.body):
        return Refusal("consent.unknown")
    if said.answer not in ANSWERS:
        return Refusal("consent.no-answer", frozenset({"answer"}))
    kind = kind_named("consent")
    assert kind is not None
    fields: dict[str, Any] = {
        "title": f"{title}: {held.body.title}"[:300],
        "reply_to": held.id,
        "answer": said.answer,
    }
    if said.conditions.strip():
        fields["conditions"] = [said.conditions.strip()]
    if said.depth_km.isascii() and said.depth_km.isdecimal() and len(said.depth_km) < 6:
        fields["depth_km"] = int(said.depth_km)
    if said.hours.strip():
        fields["hours"] = said.hours.strip()
    if said.no_air:
        fields["air"] = False
    body = parse_fields(kind, fields)
    return submit(desk, Draft(kind=kind.tag, body=body, label=held.label, priority=REQUEST, lang=lang))
