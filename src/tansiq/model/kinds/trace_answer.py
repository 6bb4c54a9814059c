"""Trace answer: what the state found: the item's nature, lot and last lawful transfer."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Amount, Count, Grading, Identifier, RecordRef, Text


@declare(
    "material",
    ar="جواب تعقّب",
    fr="Réponse de traçage",
    en="Trace answer",
    help=Words(
        ar="ما وجدته الدولة المسؤولة: طبيعة القطعة ودفعتها وآخر انتقال مشروع.",
        fr="Ce que l'État a trouvé : nature de la pièce, lot, dernier transfert légal.",
        en="What the state found: the item's nature, lot and last lawful transfer.",
    ),
)
class TraceAnswer(Body, frozen=True, kw_only=True, omit_defaults=True, tag="trace-answer/1"):
    """Answer with basis. Source: REQUIREMENTS R25."""

    reply_to: RecordRef | None = None
    item: RecordRef | None = None
    lot_size: Count | None = None
    nature: Text = ""
    last_lawful_transfer: Text = ""
    quantity: Amount | None = None
    grade: Grading | None = None
    claim_ref: Identifier | None = None
