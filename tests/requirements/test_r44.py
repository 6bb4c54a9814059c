"""R44: invitees stand with their role and answer; a convener that does not attend is a valid state."""

from __future__ import annotations

from tansiq.boards import aspect_of
from tansiq.boards.rules import objections
from tansiq.model.kinds.invitation import Invitation, InvitationLine
from tests.boards.pile import Pile


def test_r44_partners_stand_as_to_invite_and_the_convener_need_not_attend() -> None:
    pile = Pile()
    lines = (
        InvitationLine(invitee="الاتحاد الأوروبي", invited_as="partner"),
        InvitationLine(invitee="الولايات المتحدة", invited_as="partner", reply="to-invite"),
    )
    body = Invitation(title="دعوات اللقاء", convener="فرنسا", convener_attends=False, invitations=lines)
    draft = pile.draft(body, "JSC")
    assert [o for o in objections(draft, pile) if o.refuses] == []
    facts = aspect_of(pile.put(body, "JSC"), pile).facts
    invited = [(f.about["invitee"], f.value, f.about["role"]) for f in facts if f.name == "invitee"]
    assert invited == [
        ("الاتحاد الأوروبي", "to-invite", "partner"),
        ("الولايات المتحدة", "to-invite", "partner"),
    ]
    assert [f.value for f in facts if f.name == "convener_attends"] == [False]
