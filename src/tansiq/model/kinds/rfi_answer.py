"""RFI answer: an answer or a coded decline, and the asker's verdict on it."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Grading, Obtained, PartyRef, RecordRef, Text


@declare(
    "analysis",
    ar="جواب طلب معلومات",
    fr="Réponse à une demande",
    en="RFI answer",
    help=Words(
        ar="جواب أو اعتذار معلَّل برمز، ورأي الطالب فيه.",
        fr="Une réponse ou un refus codé, et l'avis du demandeur.",
        en="An answer or a coded decline, and the asker's verdict on it.",
    ),
)
class RfiAnswer(Body, frozen=True, kw_only=True, omit_defaults=True, tag="rfi-answer/1"):
    """Answer, decline and feedback. Source: REQUIREMENTS R16; DOCTRINE 3.1."""

    reply_to: RecordRef | None = None
    answer_state: Literal["accepted", "part-accepted", "redirected", "declined", "answered"] | None = None
    decline_code: (
        Literal["not-held", "not-releasable", "out-of-caveat", "duplicate", "no-capacity", "disproportionate"]
        | None
    ) = None
    answer: Text = ""
    grade: Grading | None = None
    redirected_to: PartyRef | None = None
    verdict: Literal["satisfied", "partly", "not-satisfied"] | None = None
    obtained: Obtained | None = None
