"""Arms lot: an announced lot with its number and counting basis, and what was recovered of it."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Amount, Identifier, Name, Text, When


@declare(
    "material",
    ar="دفعة سلاح",
    fr="Lot d'armes",
    en="Arms lot",
    help=Words(
        ar="دفعة أُعلن عنها بعددها وأساس عدّها، وما استُرد منها.",
        fr="Lot annoncé, avec nombre et base de comptage, et ce qui en est récupéré.",
        en="An announced lot with its number and counting basis, and what was recovered of it.",
    ),
)
class ArmsLot(Body, frozen=True, kw_only=True, omit_defaults=True, tag="arms-lot/1"):
    """Announced and recovered stand apart. Source: REQUIREMENTS R24; DOCTRINE 3.11."""

    lot: Identifier | None = None
    arms_type: Name | None = None
    announced: Amount | None = None
    recovered: Amount | None = None
    announced_by: Name | None = None
    as_of: When | None = None
    destination_claims: tuple[Text, ...] = ()
    origin_state: Text = ""
