"""Warning acknowledgement: who acknowledged a warning, when, and what they will do."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import RecordRef, Text, When


@declare(
    "operations",
    ar="إقرار بإنذار",
    fr="Accusé d'alerte",
    en="Warning acknowledgement",
    help=Words(
        ar="من أقرّ بإنذار ومتى، وما سيفعله.",
        fr="Qui a accusé réception d'une alerte, quand, et ce qu'il fera.",
        en="Who acknowledged a warning, when, and what they will do.",
    ),
)
class WarningAck(Body, frozen=True, kw_only=True, omit_defaults=True, tag="warning-ack/1"):
    """Every warning has an answer. Source: REQUIREMENTS R20."""

    reply_to: RecordRef | None = None
    acknowledged: When | None = None
    handover: Text = ""
    response: Text = ""
