"""Meeting: a meeting with agenda, place and what it follows; the uncertain shows as tentative."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Hours, PartyRef, Text, When, Where


@declare(
    "institution",
    ar="اجتماع",
    fr="Réunion",
    en="Meeting",
    help=Words(
        ar="اجتماع بجدوله ومكانه وما سبقه؛ غير المؤكَّد يظهر محتملًا.",
        fr="Réunion avec son ordre du jour, son lieu et ce qui la précède ; l'incertain est marqué "
        "provisoire.",
        en="A meeting with agenda, place and what it follows; the uncertain shows as tentative.",
    ),
)
class Meeting(Body, frozen=True, kw_only=True, omit_defaults=True, tag="meeting/1"):
    """Meetings and their cascade. Source: REQUIREMENTS R34, R35."""

    starts: When | None = None
    seat: Where | None = None
    convener: PartyRef | None = None
    delegations: tuple[PartyRef, ...] = ()
    agenda: tuple[Text, ...] = ()
    attendance_due: When | None = None
    follows: tuple[Text, ...] = ()
    prepares: tuple[Text, ...] = ()
    meeting_state: Literal["tentative", "confirmed", "took-place", "postponed", "cancelled"] | None = None
    cadence_h: Hours | None = None
    cadence_source: Text = ""  # where the interval was agreed
