"""Credential: who speaks for a seat: accreditation, transition or vacancy, with dates."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Name, PartyRef, RoleName, When


@declare(
    "institution",
    ar="تفويض تمثيل",
    fr="Lettre de créance",
    en="Credential",
    help=Words(
        ar="من يتكلم باسم مقعد: اعتماد أو انتقال أو شغور، بتواريخه.",
        fr="Qui parle pour un siège : accréditation, transition ou vacance, avec ses dates.",
        en="Who speaks for a seat: accreditation, transition or vacancy, with dates.",
    ),
)
class Credential(Body, frozen=True, kw_only=True, omit_defaults=True, tag="credential/1"):
    """Credentials of seats. Source: REQUIREMENTS R71."""

    party: PartyRef | None = None
    holder_role: RoleName | None = None
    standing_state: Literal["accredited", "transition", "vacant", "disputed"] | None = None
    begins: When | None = None
    ends: When | None = None
    issued_by: Name | None = None
