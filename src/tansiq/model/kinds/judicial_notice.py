"""Judicial notice: a pointer to a judicial act, never by itself a cause for arrest."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Flag, Hours, Identifier, Name, PartyRef, Text, When


class NoticeIdentifier(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One identifying mark given by the court."""

    mark: Name | None = None
    described: Text = ""


@declare(
    "protected",
    ar="نشرة بحث قضائية",
    fr="Avis judiciaire",
    en="Judicial notice",
    help=Words(
        ar="إشارة إلى عمل قضائي بمحكمته ورقمه وتاريخه؛ ليست وحدها سببًا للتوقيف.",
        fr="Renvoi à un acte judiciaire, avec cour, référence et date ; jamais à lui seul un motif "
        "d'arrestation.",
        en="A pointer to a judicial act with court, reference and date; never by itself a cause for arrest.",
    ),
    must=("court", "ref", "identifiers", "offence", "refugee_check", "asylum_check", "purpose", "review"),
    affirm=("dual_criminality", "non_political", "adult"),
)
class JudicialNotice(Body, frozen=True, kw_only=True, omit_defaults=True, tag="judicial-notice/1"):
    """Refused without court, identifiers and rights checks, and for minors. Source: REQUIREMENTS R29."""

    notice: Identifier | None = None
    court: Text = ""
    ref: Identifier | None = None
    act_date: When | None = None
    name_forms: tuple[Name, ...] = ()
    identifiers: tuple[NoticeIdentifier, ...] = ()
    offence: Text = ""
    dual_criminality: Flag | None = None
    refugee_check: Text = ""
    asylum_check: Text = ""
    non_political: Flag | None = None
    adult: Flag | None = None
    purpose: Text = ""
    review: When | None = None
    requesting: PartyRef | None = None
    request: Text = ""
    notice_state: Literal["active", "suspended", "withdrawn", "lapsed"] | None = None
    review_h: Hours | None = None  # how long it stands without review, counted from its signing
