"""Pledge: what a party offers for requirement lines, with its stage and national caveats."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, Identifier, Instant, PartyRef, RecordRef, Text


class Offer(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is offered for one line; ``quantity`` None = not stated, 0 = nothing."""

    line: Identifier | None = None
    quantity: Count | None = None
    stage: Literal["interest", "pledge", "commitment", "readied", "delivered", "assessed"] | None = None
    ready: Instant | None = None


class OfferCaveat(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A limit set on the offer."""

    type: Literal["geography", "task", "command", "funding", "time", "posture", "approval"] | None = None
    rule: Text = ""


@declare(
    "operations",
    ar="تعهّد أولي",
    fr="Annonce de contribution",
    en="Pledge",
    help=Words(
        ar="ما يعرضه طرف لسطور احتياج، بمرحلته وقيوده الوطنية.",
        fr="Ce qu'une partie offre pour des lignes de besoin, avec le stade et ses restrictions nationales.",
        en="What a party offers for requirement lines, with its stage and national caveats.",
    ),
)
class Pledge(Body, frozen=True, kw_only=True, omit_defaults=True, tag="pledge/1"):
    """Offer ladder. Source: REQUIREMENTS R53; DOCTRINE 3.7."""

    party: PartyRef | None = None
    requirement: RecordRef | None = None
    offers: tuple[Offer, ...] = ()
    caveats: tuple[OfferCaveat, ...] = ()
