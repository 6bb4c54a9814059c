"""Gap list: numbers of a sending series that have not arrived and are asked for again."""

from __future__ import annotations

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, Identifier, PartyRef, When


class MissingRange(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Numbers missing in one feed, both ends included."""

    feed: Identifier | None = None
    first_number: Count | None = None
    last_number: Count | None = None


@declare(
    "system",
    ar="قائمة نواقص",
    fr="Liste des manques",
    en="Gap list",
    help=Words(
        ar="أرقام لم تصل من سلاسل الإرسال، تُطلب من مرسلها مجددًا.",
        fr="Numéros non reçus des séries d'envoi, redemandés à leur auteur.",
        en="Numbers of a sending series that have not arrived and are asked for again.",
    ),
    system=True,
)
class GapList(Body, frozen=True, kw_only=True, omit_defaults=True, tag="gap-list/1"):
    """Asked of the originator again. Source: REQUIREMENTS R67; DESIGN 6."""

    originator: PartyRef | None = None
    missing_ranges: tuple[MissingRange, ...] = ()
    as_of: When | None = None
