"""Cross-border consent: a request to cross a border, or its answer; no answer is no."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, Flag, Identifier, PartyRef, RecordRef, Text, When, Where


@declare(
    "operations",
    ar="موافقة عبور",
    fr="Accord de franchissement",
    en="Cross-border consent",
    help=Words(
        ar="طلب عبور حدود أو جوابه: السند والعمق والمدة والشروط؛ عدم الجواب رفض.",
        fr="Demande de franchissement ou sa réponse : base, profondeur, durée, conditions ; sans "
        "réponse, c'est non.",
        en="A request to cross a border or its answer: basis, depth, time, conditions; no answer is no.",
    ),
)
class Consent(Body, frozen=True, kw_only=True, omit_defaults=True, tag="consent/1"):
    """The host may revoke at once. Source: REQUIREMENTS R56; DOCTRINE 3.8."""

    reply_to: RecordRef | None = None
    requester: PartyRef | None = None
    host: PartyRef | None = None
    agreement_ref: Identifier | None = None
    basis: Text = ""
    purpose: Text = ""
    place: Where | None = None
    place_text: Text = ""
    depth_km_asked: Count | None = None
    depth_km: Count | None = None
    window: When | None = None
    hours: Text = ""
    size_class: Text = ""
    air: Flag | None = None
    civilians: Text = ""
    liaison: Text = ""
    radio: Text = ""
    rules_agreed: Text = ""
    handover_rule: Text = ""
    medical_clause: Text = ""
    civilian_clause: Text = ""
    stop_on_request: Flag | None = None
    answer: Literal["yes", "yes-with-conditions", "no", "no-answer", "revoked"] | None = None
    conditions: tuple[Text, ...] = ()
    expires: When | None = None
