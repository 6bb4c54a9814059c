"""Invitation: who is invited and in what role; to convene without attending is valid."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Flag, Name, RecordRef


class InvitationLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One invitee."""

    invitee: Name | None = None
    invited_as: Literal["participant", "partner", "observer", "expert", "convener"] | None = None
    reply: Literal["to-invite", "invited", "accepted", "declined", "no-answer"] | None = None


@declare(
    "diplomacy",
    ar="دعوة",
    fr="Invitation",
    en="Invitation",
    help=Words(
        ar="من يُدعى وبأي دور؛ الداعي الذي لا يحضر حال صحيحة.",
        fr="Qui est invité et à quel titre ; inviter sans assister est admis.",
        en="Who is invited and in what role; to convene without attending is valid.",
    ),
)
class Invitation(Body, frozen=True, kw_only=True, omit_defaults=True, tag="invitation/1"):
    """Invitation lists and roles. Source: REQUIREMENTS R44."""

    meeting: RecordRef | None = None
    invitations: tuple[InvitationLine, ...] = ()
    convener: Name | None = None
    convener_attends: Flag | None = None
