"""Decision: what was decided, with its sentence and its makers; not an intent."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, PartyRef, RecordRef, Text, When


@declare(
    "institution",
    ar="قرار",
    fr="Décision",
    en="Decision",
    help=Words(
        ar="ما قُرّر، بجملته ومن قرّره؛ غير النيّة.",
        fr="Ce qui a été décidé, avec sa phrase et ses auteurs ; ce n'est pas une intention.",
        en="What was decided, with its sentence and its makers; not an intent.",
    ),
)
class Decision(Body, frozen=True, kw_only=True, omit_defaults=True, tag="decision/1"):
    """Decision ≠ intent. Source: REQUIREMENTS R36."""

    from_sentence: Text = ""
    meeting: RecordRef | None = None
    decided_by: tuple[PartyRef, ...] = ()
    decided_on: When | None = None
    decision_state: Literal["adopted", "reserved", "superseded", "void"] | None = None
    reservations: tuple[Text, ...] = ()
    releases: RecordRef | None = None  # what its maker lets go wider, in this version of it
    releases_version: Count | None = None
