"""Area: an agreed area, with its name, bounds and who agreed it."""

from __future__ import annotations

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Area, Language, Name, PartyRef, When


class AreaName(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One name or spelling."""

    form: Name | None = None
    lang: Language | None = None


@declare(
    "information",
    ar="منطقة",
    fr="Zone",
    en="Area",
    help=Words(
        ar="منطقة متّفق عليها، باسمها وحدودها ومن اتفق عليها.",
        fr="Zone convenue, avec son nom, ses limites et qui l'a convenue.",
        en="An agreed area, with its name, bounds and who agreed it.",
    ),
)
class AgreedArea(Body, frozen=True, kw_only=True, omit_defaults=True, tag="area/1"):
    """Agreed areas of the common picture. Source: REQUIREMENTS R17."""

    names: tuple[AreaName, ...] = ()
    area_box: Area | None = None
    agreed_by: tuple[PartyRef, ...] = ()
    begins: When | None = None
    ends: When | None = None
