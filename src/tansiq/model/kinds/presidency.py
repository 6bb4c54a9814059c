"""Presidency: who holds the rotating presidency, from when to when, and what was handed over."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import PartyRef, RecordRef, Text, When


@declare(
    "institution",
    ar="رئاسة دورية",
    fr="Présidence tournante",
    en="Presidency",
    help=Words(
        ar="من يتولّى الرئاسة الدورية، من متى إلى متى، وما سُلّم.",
        fr="Qui exerce la présidence tournante, de quand à quand, et ce qui a été transmis.",
        en="Who holds the rotating presidency, from when to when, and what was handed over.",
    ),
)
class Presidency(Body, frozen=True, kw_only=True, omit_defaults=True, tag="presidency/1"):
    """The presidency rotates among members. Source: DESIGN 2; REQUIREMENTS R40."""

    holder: PartyRef | None = None
    body_ref: RecordRef | None = None
    begins: When | None = None
    ends: When | None = None
    handover: Text = ""
