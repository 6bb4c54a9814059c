"""Arms component: a part recorded by itself: tube, gripstock, battery, crate or papers."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, Flag, Identifier, RecordRef, RoleName, Text


@declare(
    "material",
    ar="جزء سلاح",
    fr="Composant d'arme",
    en="Arms component",
    help=Words(
        ar="جزء من قطعة مسجّل وحده: أنبوب أو مقبض أو بطارية أو صندوق أو أوراق.",
        fr="Élément enregistré à part : tube, poignée, batterie, caisse ou papiers.",
        en="A part recorded by itself: tube, gripstock, battery, crate or papers.",
    ),
)
class Component(Body, frozen=True, kw_only=True, omit_defaults=True, tag="component/1"):
    """Component rows prevent panic and complacency. Source: DOCTRINE 3.11."""

    item: RecordRef | None = None
    part: (
        Literal["missile-in-tube", "gripstock", "battery-coolant", "crate", "papers", "ammunition", "other"]
        | None
    ) = None
    model: Text = ""
    serial_number: Text = ""
    lot: Identifier | None = None
    year: Count | None = None
    condition: Literal["complete", "expended", "inert-training", "damaged"] | None = None
    present: Flag | None = None
    headstamp: Text = ""
    packaging: Text = ""
    disposal_witness: RoleName | None = None
