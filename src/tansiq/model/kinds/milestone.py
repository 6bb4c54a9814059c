"""Milestone: a point on the way of a commitment or track, with its due date and what was reached."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import RecordRef, Text, When


@declare(
    "institution",
    ar="مرحلة",
    fr="Jalon",
    en="Milestone",
    help=Words(
        ar="نقطة في طريق التزام أو مسار، بموعدها وما تحقق.",
        fr="Point d'un engagement ou d'un processus, avec son échéance et ce qui est atteint.",
        en="A point on the way of a commitment or track, with its due date and what was reached.",
    ),
)
class Milestone(Body, frozen=True, kw_only=True, omit_defaults=True, tag="milestone/1"):
    """A long clock runs only from an entered or inferred start. Source: REQUIREMENTS R37."""

    commitment: RecordRef | None = None
    track_ref: RecordRef | None = None
    start: When | None = None
    due: When | None = None
    reached: When | None = None
    milestone_state: Literal["waiting", "running", "reached", "missed"] | None = None
    slippage_reason: Text = ""
