"""Consultation: who was asked before what may endanger hostages, and what they answered."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Flag, Identifier, Instant, PartyRef, Text, When


class ConsultationLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One party asked and what it answered."""

    party: PartyRef | None = None
    asked_at: Instant | None = None
    answer: Literal["agree", "conditions", "oppose", "no-answer"] | None = None
    conditions: Text = ""
    families_officer_heard: Flag | None = None


@declare(
    "protected",
    ar="استشارة واجبة",
    fr="Consultation obligatoire",
    en="Consultation",
    help=Words(
        ar="من استُشير قبل ما قد يعرّض رهائن للخطر، ومتى، وبمَ أجاب؛ عدم الجواب اعتراض.",
        fr="Qui a été consulté avant ce qui peut mettre en danger des otages, quand, et la réponse ; "
        "sans réponse, opposé.",
        en="Who was consulted before what may endanger hostages, when, and the answer; no answer is opposed.",
    ),
)
class Consultation(Body, frozen=True, kw_only=True, omit_defaults=True, tag="consultation/1"):
    """Holds nothing of place, time, force, road or manner of any act. Source: REQUIREMENTS R27."""

    case: Identifier | None = None
    lines: tuple[ConsultationLine, ...] = ()
    due: When | None = None
    consultation_state: Literal["under-way", "all-answered", "opposed", "lapsed"] | None = None
