"""Statement: one typed sentence: fact, claim, assessment, allegation, forecast, intent or decision."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Grading, Identifier, Link, Name, Obtained, Text, When, Where


@declare(
    "information",
    ar="قول",
    fr="Énoncé",
    en="Statement",
    help=Words(
        ar="جملة واحدة مصنّفة: واقعة أو إفادة أو تقدير أو ادعاء أو توقّع أو نيّة أو قرار.",
        fr="Une phrase typée : fait, affirmation, appréciation, allégation, prévision, intention ou "
        "décision.",
        en="One typed sentence: fact, claim, assessment, allegation, forecast, intent or decision.",
    ),
)
class Statement(Body, frozen=True, kw_only=True, omit_defaults=True, tag="statement/1"):
    """The unit that is graded, corroborated and contradicted. Source: REQUIREMENTS R08."""

    statement_type: (
        Literal["fact", "claim", "assessment", "allegation", "forecast", "intent", "decision"] | None
    ) = None
    subject: Name | None = None
    predicate: Text = ""
    stated_value: Text = ""
    occurred_at: When | None = None
    place: Where | None = None
    grade: Grading | None = None
    chain: tuple[Link, ...] = ()
    anchor_text: Text = ""  # the words of the document that it rests on
    claim_ref: Identifier | None = None
    obtained: Obtained | None = None
