"""Source vault: the identity of a hidden source; it never leaves its node and is never exported."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Pseudonym, RoleName, Text, When


@declare(
    "protected",
    ar="خزانة مصدر",
    fr="Coffre de source",
    en="Source vault",
    help=Words(
        ar="هوية مصدر محجوبة لا تغادر مركزها ولا تُصدَّر.",
        fr="Identité d'une source cachée ; ne quitte jamais son poste, ne s'exporte pas.",
        en="The identity of a hidden source; it never leaves its node and is never exported.",
    ),
)
class SourceVault(Body, frozen=True, kw_only=True, omit_defaults=True, tag="source-vault/1"):
    """Opened only where it was written. Source: REQUIREMENTS R05; DOCTRINE 3.14."""

    source_pseudonym: Pseudonym | None = None
    identity_note: Text = ""
    keeper_role: RoleName | None = None
    risk_note: Text = ""
    review_due: When | None = None
