"""Flow claim: a claim about a flow of arms, money, fighters or goods, with its direction and quantity."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Amount, Grading, Identifier, Name, Obtained, Text, When


class FlowRelation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who is said to be bound to what, and on what evidence."""

    subject: Name | None = None
    object: Name | None = None
    evidence: Text = ""


@declare(
    "information",
    ar="إفادة عن تدفّق",
    fr="Affirmation de flux",
    en="Flow claim",
    help=Words(
        ar="إفادة عن تدفّق سلاح أو مال أو مقاتلين أو بضائع، باتجاهه وكميته.",
        fr="Affirmation sur un flux d'armes, d'argent, de combattants ou de marchandises, avec son sens "
        "et sa quantité.",
        en="A claim about a flow of arms, money, fighters or goods, with its direction and quantity.",
    ),
)
class FlowClaim(Body, frozen=True, kw_only=True, omit_defaults=True, tag="flow-claim/1"):
    """A flow with direction; smuggling and trafficking are told apart. Source: REQUIREMENTS R22, R23."""

    direction: Text = ""
    from_area: Name | None = None
    to_area: Name | None = None
    commodities: tuple[Name, ...] = ()
    flow_type: Literal["smuggling", "trafficking", "financing", "movement-of-fighters"] | None = None
    quantity: Amount | None = None
    period: When | None = None
    grade: Grading | None = None
    relation: tuple[FlowRelation, ...] = ()
    claim_ref: Identifier | None = None
    obtained: Obtained | None = None
