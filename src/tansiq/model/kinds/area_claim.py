"""Area claim: a claim about who controls an area; it stays a claim, with the gazetteer's remark."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Grading, Identifier, Name, Obtained, Text, When, Where


@declare(
    "information",
    ar="إفادة عن سيطرة على منطقة",
    fr="Affirmation de contrôle de zone",
    en="Area claim",
    help=Words(
        ar="إفادة عمّن يسيطر على منطقة؛ تبقى إفادةً مع نتيجة مراجعة المعجم الجغرافي.",
        fr="Affirmation sur qui tient une zone ; elle reste une affirmation, avec l'avis de l'index des "
        "lieux.",
        en="A claim about who controls an area; it stays a claim, with the gazetteer's remark.",
    ),
)
class AreaClaim(Body, frozen=True, kw_only=True, omit_defaults=True, tag="area-claim/1"):
    """Kept as said, with the warning beside it. Source: REQUIREMENTS R18."""

    place: Where | None = None
    holder: Name | None = None
    degree: Literal["controls", "contests", "present", "passes-through"] | None = None
    period: When | None = None
    grade: Grading | None = None
    gazetteer_note: Text = ""
    claim_ref: Identifier | None = None
    obtained: Obtained | None = None
