"""Redress: the request of someone harmed by an error, and how it was made good."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Hours, RecordRef, Text, When


@declare(
    "protected",
    ar="تظلّم",
    fr="Recours",
    en="Redress",
    help=Words(
        ar="تظلّم من تضرّر من خطأ، وما جُبر به.",
        fr="Recours d'une personne lésée par une erreur, et ce qui l'a réparée.",
        en="The request of someone harmed by an error, and how it was made good.",
    ),
)
class Redress(Body, frozen=True, kw_only=True, omit_defaults=True, tag="redress/1"):
    """Through counsel or the ombudsperson. Source: REQUIREMENTS R30."""

    hit: RecordRef | None = None
    held_hours: Hours | None = None
    asked_by: Literal["person", "counsel", "family", "ombudsperson"] | None = None
    remedy: tuple[Text, ...] = ()
    due: When | None = None
    redress_state: Literal["filed", "heard", "granted", "refused"] | None = None
