"""Mandate: who is mandated, by whom, for which acts, with whom, what is excluded and until when."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, Hours, Identifier, PartyRef, Text, When


@declare(
    "diplomacy",
    ar="تفويض",
    fr="Mandat",
    en="Mandate",
    help=Words(
        ar="من فُوّض وممّن ولأي عمل ومع من وما استُثني وإلى متى.",
        fr="Qui est mandaté, par qui, pour quels actes, avec qui, ce qui est exclu et jusqu'à quand.",
        en="Who is mandated, by whom, for which acts, with whom, what is excluded and until when.",
    ),
)
class Mandate(Body, frozen=True, kw_only=True, omit_defaults=True, tag="mandate/1"):
    """Scope, limits, expiry, revocation. Source: REQUIREMENTS R41; DOCTRINE 3.6."""

    mandate: Identifier | None = None
    holder: PartyRef | None = None
    mandators: tuple[PartyRef, ...] = ()
    purpose: Text = ""
    acts: tuple[Text, ...] = ()
    counterparties: tuple[Text, ...] = ()
    excluded: tuple[Text, ...] = ()
    release_limits: Text = ""
    round: Count | None = None
    silence_until: When | None = None
    time_expr: When | None = None
    begins: When | None = None
    expires: When | None = None
    report_back_days: Count | None = None
    report_every_h: Hours | None = None
    revocation_rule: Text = ""
    financial_authority: Text = ""  # empty = none
    statements: tuple[Text, ...] = ()
    mandate_state: Literal["draft", "under-silence", "adopted", "broken", "expired", "revoked"] | None = None
