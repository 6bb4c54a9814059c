"""Courier parcel: what is carried by hand to a party, with its contents and what is missing."""

from __future__ import annotations

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, Flag, Identifier, PartyRef, Text, When


class Presentation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One parcel presented and what was wrong with it."""

    bundle: Identifier | None = None
    replay: Flag | None = None
    claims_from: PartyRef | None = None
    signature: Text = ""


@declare(
    "system",
    ar="حقيبة محمولة باليد",
    fr="Pli par porteur",
    en="Courier parcel",
    help=Words(
        ar="ما يُحمل باليد إلى طرف، بما فيه وما ينقصه.",
        fr="Ce qui est porté à la main vers une partie, avec son contenu et ce qui manque.",
        en="What is carried by hand to a party, with its contents and what is missing.",
    ),
)
class Parcel(Body, frozen=True, kw_only=True, omit_defaults=True, tag="parcel/1"):
    """Any order, resumable, idempotent. Source: REQUIREMENTS R67."""

    bundle: Identifier | None = None
    to: PartyRef | None = None
    sealed_for: PartyRef | None = None
    carries: tuple[Identifier, ...] = ()
    items: Count | None = None
    eta: When | None = None
    gap_list: tuple[Text, ...] = ()
    presented: tuple[Presentation, ...] = ()
    link_restored: When | None = None
