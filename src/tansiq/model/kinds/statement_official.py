"""Official statement: a statement or denial with role, date and channel."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Link, Name, PartyRef, RoleName, Text, When


@declare(
    "institution",
    ar="تصريح رسمي",
    fr="Déclaration officielle",
    en="Official statement",
    help=Words(
        ar="تصريح أو نفي رسمي، بصفة قائله وتاريخه وقناته؛ المجهول يبقى مجهولًا.",
        fr="Déclaration ou démenti officiel, avec la fonction, la date et le canal ; l'inconnu reste "
        "inconnu.",
        en="An official statement or denial, with role, date and channel; the unknown stays unknown.",
    ),
)
class StatementOfficial(Body, frozen=True, kw_only=True, omit_defaults=True, tag="statement-official/1"):
    """A later opposite report opens a contradiction, never an edit. Source: REQUIREMENTS R64."""

    party: PartyRef | None = None
    speaker_role: RoleName | None = None
    made: When | None = None
    outlet: Name | None = None
    statement_act: Literal["statement", "denial", "reported-denial", "announcement"] | None = None
    quoted: Text = ""
    chain: tuple[Link, ...] = ()
