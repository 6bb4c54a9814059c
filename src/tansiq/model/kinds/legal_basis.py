"""Legal basis: agreement, purpose, controller and data-protection authority."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Identifier, Name, PartyRef, Text, When


@declare(
    "institution",
    ar="أساس قانوني",
    fr="Base légale",
    en="Legal basis",
    help=Words(
        ar="الاتفاق والغرض والمسؤول وهيئة حماية البيانات؛ لا يعمل صنف محمي من غيره.",
        fr="Accord, finalité, responsable et autorité de protection ; nul type protégé sans lui.",
        en="Agreement, purpose, controller and data-protection authority; no protected kind works "
        "without it.",
    ),
    must=("agreement_ref", "purpose"),
)
class LegalBasis(Body, frozen=True, kw_only=True, omit_defaults=True, tag="legal-basis/1"):
    """Legal register. Source: REQUIREMENTS R71."""

    agreement_ref: Identifier | None = None
    purpose: Text = ""
    controller: PartyRef | None = None
    authority: Name | None = None
    impact_assessment: Text = ""
    covers: tuple[Name, ...] = ()
    begins: When | None = None
    ends: When | None = None
