"""National caveat: a limit that a contributor sets on its forces or funding, tied to theatre and act."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Flag, PartyRef, Text, When


@declare(
    "operations",
    ar="قيد وطني",
    fr="Restriction nationale",
    en="National caveat",
    help=Words(
        ar="حدّ يضعه مساهم على قواته أو إنفاقه، مرتبط بالمسرح والفعل.",
        fr="Limite qu'un contributeur pose à ses forces ou à son financement, liée au théâtre et à l'acte.",
        en="A limit that a contributor sets on its forces or funding, tied to theatre and act.",
    ),
)
class NationalCaveat(Body, frozen=True, kw_only=True, omit_defaults=True, tag="national-caveat/1"):
    """Checked by machine, lifted by the state. Source: REQUIREMENTS R48."""

    party: PartyRef | None = None
    caveat_type: Literal["geography", "task", "command", "funding", "time", "posture", "approval"] | None = (
        None
    )
    rule: Text = ""
    theatre: tuple[Text, ...] = ()
    acts: tuple[Text, ...] = ()
    from_sentence: Text = ""
    begins: When | None = None
    ends: When | None = None
    lifted: Flag | None = None
