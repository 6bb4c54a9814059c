"""Essential element of information: one part of a priority requirement: who can answer, and by when."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import PartyRef, RecordRef, Text, When


@declare(
    "analysis",
    ar="عنصر معلومات أساسي",
    fr="Élément essentiel d'information",
    en="Essential element of information",
    help=Words(
        ar="جزء من احتياج ذي أولوية: من يستطيع الجواب ومتى.",
        fr="Partie d'un besoin prioritaire : qui peut répondre et quand.",
        en="One part of a priority requirement: who can answer, and by when.",
    ),
)
class Eei(Body, frozen=True, kw_only=True, omit_defaults=True, tag="eei/1"):
    """A row of the collection plan. Source: REQUIREMENTS R15; DOCTRINE 3.4."""

    pir: RecordRef | None = None
    question: Text = ""
    owner: PartyRef | None = None
    can_answer: tuple[PartyRef, ...] = ()
    due: When | None = None
    last_answer: When | None = None
    answer_value: Text = ""
    requirement_state: Literal["open", "answered", "closed"] | None = None
