"""Trace request: a request to the state of manufacture or import about an item's path."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import PartyRef, RecordRef, Text, When


@declare(
    "material",
    ar="طلب تعقّب",
    fr="Demande de traçage",
    en="Trace request",
    help=Words(
        ar="طلب إلى دولة الصنع أو الاستيراد عن مسار قطعة.",
        fr="Demande à l'État de fabrication ou d'importation sur le parcours d'une arme.",
        en="A request to the state of manufacture or import about an item's path.",
    ),
)
class TraceRequest(Body, frozen=True, kw_only=True, omit_defaults=True, tag="trace-request/1"):
    """ITI minimum. Source: REQUIREMENTS R25; DOCTRINE 3.11."""

    item: RecordRef | None = None
    to: PartyRef | None = None
    due: When | None = None
    question: Text = ""
    trace_state: Literal["sent", "accepted", "answered", "declined"] | None = None
