"""Means line: a cost or means: who pledges it, who pays it, what was paid."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Amount, PartyRef, Text, When


@declare(
    "material",
    ar="سطر وسائل",
    fr="Ligne de moyens",
    en="Means line",
    help=Words(
        ar="كلفة أو وسيلة: من يتعهّد بها ومن يدفعها وما دُفع.",
        fr="Coût ou moyen : qui l'annonce, qui le paie, ce qui est payé.",
        en="A cost or means: who pledges it, who pays it, what was paid.",
    ),
)
class MeansLine(Body, frozen=True, kw_only=True, omit_defaults=True, tag="means-line/1"):
    """Pledge is not payment; a line without payer is visible. Source: REQUIREMENTS R66."""

    means_for: Text = ""
    payer: PartyRef | None = None
    amount_pledged: Amount | None = None
    amount_paid: Amount | None = None
    means_state: Literal["proposed", "pledged", "committed", "paid", "withdrawn"] | None = None
    due: When | None = None
    caveat_note: Text = ""
