"""Quantity claim: a figure with its counting basis, date and announcer."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Amount, Grading, Identifier, Name, Obtained, When, Where


@declare(
    "information",
    ar="إفادة عن كمية",
    fr="Affirmation de quantité",
    en="Quantity claim",
    help=Words(
        ar="رقم بأساس عدّه وتاريخه ومن أعلنه؛ رقم لاحق يُضاف ولا يمحو.",
        fr="Un chiffre avec sa base de comptage, sa date et son annonceur ; un chiffre ultérieur "
        "s'ajoute, n'efface rien.",
        en="A figure with its counting basis, date and announcer; a later figure adds, never overwrites.",
    ),
)
class QuantityClaim(Body, frozen=True, kw_only=True, omit_defaults=True, tag="quantity-claim/1"):
    """Numbers side by side. Source: REQUIREMENTS R12; DOCTRINE 3.11."""

    counted: Name | None = None
    quantity: Amount | None = None
    denominator: Amount | None = None
    as_of: When | None = None
    grade: Grading | None = None
    claim_ref: Identifier | None = None
    place: Where | None = None
    obtained: Obtained | None = None
