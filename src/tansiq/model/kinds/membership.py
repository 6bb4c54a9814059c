"""Membership: who belongs to what, from when to when."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Name, PartyRef, RecordRef, When


@declare(
    "institution",
    ar="عضوية",
    fr="Appartenance",
    en="Membership",
    help=Words(
        ar="من هو عضو في ماذا، من متى إلى متى.",
        fr="Qui appartient à quoi, de quand à quand.",
        en="Who belongs to what, from when to when.",
    ),
)
class Membership(Body, frozen=True, kw_only=True, omit_defaults=True, tag="membership/1"):
    """Membership is data with dates. Source: REQUIREMENTS R01."""

    party: PartyRef | None = None
    body_ref: RecordRef | None = None
    circle: Name | None = None
    standing: Literal["member", "associate", "partner", "observer", "suspended", "withdrawn"] | None = None
    begins: When | None = None
    ends: When | None = None
