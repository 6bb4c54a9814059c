"""Gap: what is not known and should be; a value, never zero or blank."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import FieldName, PartyRef, Text


@declare(
    "analysis",
    ar="ثغرة معلوماتية",
    fr="Lacune d'information",
    en="Gap",
    help=Words(
        ar="ما لا يُعرف وينبغي أن يُعرف؛ قيمة قائمة لا صفر ولا فراغ.",
        fr="Ce qu'on ignore et qu'il faut savoir ; une valeur, ni zéro ni blanc.",
        en="What is not known and should be; a value, never zero or blank.",
    ),
)
class Gap(Body, frozen=True, kw_only=True, omit_defaults=True, tag="gap/1"):
    """Unknown is a value. Source: REQUIREMENTS R10."""

    missing: Text = ""
    reason: (
        Literal[
            "text-cut",
            "number-missing",
            "date-missing",
            "actor-missing",
            "place-missing",
            "recalled",
            "not-stated",
            "other",
        ]
        | None
    ) = None
    about_field: FieldName | None = None
    anchor_text: Text = ""
    owner: PartyRef | None = None
    gap_state: Literal["open", "asked", "filled", "admitted"] | None = None
