"""Judicial decision: what a court decided on a notice, release or transfer."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Identifier, Text, When


@declare(
    "protected",
    ar="قرار قضائي",
    fr="Décision de justice",
    en="Judicial decision",
    help=Words(
        ar="ما قرّرته محكمة في شأن نشرة أو إفراج أو تسليم، وتحفّظات الدول.",
        fr="Ce qu'un tribunal a décidé sur un avis, une libération ou une remise, et les réserves des États.",
        en="What a court decided on a notice, release or transfer, and the reservations of states.",
    ),
)
class JudicialDecision(Body, frozen=True, kw_only=True, omit_defaults=True, tag="judicial-decision/1"):
    """The court decides; the record says so. Source: REQUIREMENTS R29, R31."""

    notice: Identifier | None = None
    court: Text = ""
    ref: Identifier | None = None
    decided_on: When | None = None
    decision: Text = ""
    reservations: tuple[Text, ...] = ()
