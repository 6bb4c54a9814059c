"""Bypass flag: a state flags its own arrangement with a partner under a clause it signed."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Identifier, PartyRef, Text, When


@declare(
    "diplomacy",
    ar="علامة تجاوز",
    fr="Signalement de contournement",
    en="Bypass flag",
    help=Words(
        ar="دولة تعلن ترتيبًا لها مع شريك بموجب بند وقّعته؛ الواقعة لا المضمون.",
        fr="Un État signale son propre arrangement, selon une clause qu'il a signée ; le fait, non le "
        "contenu.",
        en="A state flags its own arrangement with a partner under a clause it signed; the fact, not "
        "the content.",
    ),
    must=("clause_ref",),
)
class BypassFlag(Body, frozen=True, kw_only=True, omit_defaults=True, tag="bypass-flag/1"):
    """Nothing is inferred from another state's traffic. Source: REQUIREMENTS R50."""

    clause_ref: Identifier | None = None
    partner: PartyRef | None = None
    arrangement_class: Text = ""
    begins: When | None = None
