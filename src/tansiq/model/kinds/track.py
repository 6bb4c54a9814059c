"""Track: a peace or mediation track with its milestones."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Name, PartyRef, When


@declare(
    "institution",
    ar="مسار",
    fr="Processus",
    en="Track",
    help=Words(
        ar="مسار سلام أو وساطة بمراحله؛ يراه الوسيط وصاحب الشأن ما لم يُؤذن.",
        fr="Processus de paix ou de médiation et ses jalons ; vu du médiateur et de l'intéressé, sauf "
        "accord.",
        en="A peace or mediation track with its milestones; seen by mediator and party concerned unless "
        "released.",
    ),
)
class Track(Body, frozen=True, kw_only=True, omit_defaults=True, tag="track/1"):
    """Peace and mediation, as a process. Source: REQUIREMENTS R61."""

    track: Name | None = None
    mediator: PartyRef | None = None
    parties_heard: tuple[Name, ...] = ()
    next: When | None = None
    track_state: Literal["open", "paused", "concluded", "collapsed"] | None = None
    owner: PartyRef | None = None  # whose affair it is
