"""Custody event: an item passing from hand to hand, with its seal and witness."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Identifier, Name, RecordRef, RoleName, When, Where


@declare(
    "material",
    ar="حركة حيازة",
    fr="Mouvement de possession",
    en="Custody event",
    help=Words(
        ar="انتقال قطعة من يد إلى يد، بختمه وشاهده.",
        fr="Passage d'une pièce d'une main à l'autre, avec scellé et témoin.",
        en="An item passing from hand to hand, with its seal and witness.",
    ),
)
class CustodyEvent(Body, frozen=True, kw_only=True, omit_defaults=True, tag="custody-event/1"):
    """Custody chain, unbroken or not. Source: REQUIREMENTS R24."""

    item: RecordRef | None = None
    from_holder: Name | None = None
    to_holder: Name | None = None
    moved: When | None = None
    seal: Identifier | None = None
    witness_role: RoleName | None = None
    place: Where | None = None
    custody_act: Literal["found", "handed-over", "stored", "examined", "destroyed", "lost"] | None = None
