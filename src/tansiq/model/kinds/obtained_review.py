"""Review of how something was come by: usable, held, or tainted by torture, with its grounds."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import RecordRef, RoleName, Text


@declare(
    "information",
    ar="مراجعة طريقة الحصول",
    fr="Réexamen de l'obtention",
    en="Review of how obtained",
    help=Words(
        ar="قرار ضابط مخوَّل في ما جاء من موقوف: صالح للاستعمال أو محجوز أو ملوَّث بالتعذيب، بأسبابه.",
        fr="Avis motivé d'un officier habilité sur ce qui vient d'un détenu : utilisable, retenu, entaché de "
        "torture.",
        en="A permitted officer's finding on what came from a detainee: usable, held or tainted by torture.",
    ),
    must=("of_record", "obtained_finding", "grounds"),
)
class ObtainedReview(Body, frozen=True, kw_only=True, omit_defaults=True, tag="obtained-review/1"):
    """A signed finding; what it means is in ``policy.obtained``. Source: REQUIREMENTS X.6."""

    of_record: RecordRef | None = None
    obtained_finding: Literal["usable", "held", "tainted"] | None = None
    grounds: Text = ""
    reviewer_role: RoleName | None = None
