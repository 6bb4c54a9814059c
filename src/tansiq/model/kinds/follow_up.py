"""Follow-up: an open item that stays open across meetings and years until closed with a reason."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Identifier, PartyRef, Text, When


@declare(
    "institution",
    ar="متابعة",
    fr="Suivi",
    en="Follow-up",
    help=Words(
        ar="بند مفتوح يبقى مفتوحًا عبر الاجتماعات والسنين حتى يُغلق بسبب.",
        fr="Point ouvert qui le reste, de réunion en réunion et d'année en année, jusqu'à clôture motivée.",
        en="An open item that stays open across meetings and years until closed with a reason.",
    ),
)
class FollowUp(Body, frozen=True, kw_only=True, omit_defaults=True, tag="follow-up/1"):
    """Nothing is archived automatically. Source: REQUIREMENTS R39."""

    open_since: Identifier | None = None
    opened: When | None = None
    owner: PartyRef | None = None
    last_touch: When | None = None
    counts: Text = ""
    follow_up_state: Literal["open", "waiting", "closed"] | None = None
    closing_reason: Text = ""
