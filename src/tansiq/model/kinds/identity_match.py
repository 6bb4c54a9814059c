"""Identity match: a likeness that an officer of each state reviews."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, Identifier, PartyRef, Permille, Vicinity, When


@declare(
    "protected",
    ar="مضاهاة هوية",
    fr="Rapprochement d'identité",
    en="Identity match",
    help=Words(
        ar="تشابه يُراجعه ضابط من كل دولة؛ الاسم وحده لا يكفي لأي إجراء.",
        fr="Ressemblance examinée par un officier de chaque État ; un nom seul ne suffit à rien.",
        en="A likeness reviewed by an officer of each state; a name alone is never enough for any step.",
    ),
)
class IdentityMatch(Body, frozen=True, kw_only=True, omit_defaults=True, tag="identity-match/1"):
    """Name-only match gives no action. Source: REQUIREMENTS R29, R30."""

    notice: Identifier | None = None
    name_score: Permille | None = None
    identifiers_matched: Count | None = None
    identifiers_checked: Count | None = None
    held_since: When | None = None
    place: Vicinity | None = None
    confirmed_by: tuple[PartyRef, ...] = ()
    match_state: Literal["held-for-review", "confirmed", "not-this-person"] | None = None
    other_notice: Identifier | None = None  # where two notices may be of one person
