"""Visit: a bilateral visit and what came out of it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import PartyRef, Text, When


class Outcome(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One outcome, before it becomes a commitment."""

    text: Text = ""
    owner: Text = ""
    due: Text = ""


@declare(
    "institution",
    ar="زيارة",
    fr="Visite",
    en="Visit",
    help=Words(
        ar="زيارة ثنائية وما نتج عنها من بنود.",
        fr="Visite bilatérale et ce qui en est sorti.",
        en="A bilateral visit and what came out of it.",
    ),
)
class Visit(Body, frozen=True, kw_only=True, omit_defaults=True, tag="visit/1"):
    """Outcomes become commitments. Source: REQUIREMENTS R62."""

    parties: tuple[PartyRef, ...] = ()
    host: PartyRef | None = None
    period: When | None = None
    outcomes: tuple[Outcome, ...] = ()
    share_rule: Literal["both", "either", "host"] | None = None
