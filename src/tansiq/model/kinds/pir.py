"""Priority requirement (PIR): a question that a decision needs, with its owner, due time and last answer."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Hours, Name, PartyRef, Text, When


@declare(
    "analysis",
    ar="احتياج معلوماتي ذو أولوية",
    fr="Besoin prioritaire en renseignement (BPR)",
    en="Priority requirement (PIR)",
    help=Words(
        ar="سؤال يحتاج إليه قرار، بصاحبه وموعده وآخر جواب.",
        fr="Question dont dépend une décision, avec son responsable, son échéance et sa dernière réponse.",
        en="A question that a decision needs, with its owner, due time and last answer.",
    ),
)
class Pir(Body, frozen=True, kw_only=True, omit_defaults=True, tag="pir/1"):
    """Head of the collection plan. Source: REQUIREMENTS R15; DOCTRINE 3.4."""

    question: Text = ""
    decision_supported: Text = ""
    owner: PartyRef | None = None
    due: When | None = None
    area_name: Name | None = None
    review_every_h: Hours | None = None
    last_answer: When | None = None
    requirement_state: Literal["open", "answered", "closed"] | None = None
