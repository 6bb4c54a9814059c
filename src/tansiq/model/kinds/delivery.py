"""Delivery: what was in fact made available for a line, in whole or part, and what is short."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Amount, Identifier, PartyRef, Permille, Text, When


@declare(
    "operations",
    ar="وضع تحت التصرف",
    fr="Mise à disposition effective",
    en="Delivery",
    help=Words(
        ar="ما وُضع فعلًا تحت التصرف من سطر، كاملًا أو جزءًا، وما بقي عجزًا.",
        fr="Ce qui est réellement mis à disposition pour une ligne, en tout ou partie, et ce qui manque.",
        en="What was in fact made available for a line, in whole or part, and what is short.",
    ),
)
class Delivery(Body, frozen=True, kw_only=True, omit_defaults=True, tag="delivery/1"):
    """Part strength counts as part. Source: REQUIREMENTS R54."""

    party: PartyRef | None = None
    line: Identifier | None = None
    delivered_fraction: Permille | None = None
    quantity: Amount | None = None
    delivered_at: When | None = None
    shortfalls: tuple[Text, ...] = ()
    proof: Text = ""
