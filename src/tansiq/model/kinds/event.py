"""Event: what happened, was planned or was denied, at a place and time."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Amount, Grading, Identifier, Name, Obtained, When, Where


@declare(
    "information",
    ar="حدث",
    fr="Événement",
    en="Event",
    help=Words(
        ar="ما وقع أو خُطّط له أو نُفي، في مكان ووقت.",
        fr="Ce qui est arrivé, prévu ou démenti, en un lieu et un temps.",
        en="What happened, was planned or was denied, at a place and time.",
    ),
)
class Event(Body, frozen=True, kw_only=True, omit_defaults=True, tag="event/1"):
    """Incidents and acts; taxonomies of DOCTRINE 3.13. Source: REQUIREMENTS R17."""

    event_type: (
        Literal[
            "meeting",
            "statement",
            "agreement",
            "deployment",
            "military-operation",
            "attack",
            "kidnapping",
            "hostage-release",
            "killing",
            "arrest",
            "prisoner-release",
            "seizure",
            "arms-flow",
            "smuggling",
            "training",
            "exercise",
            "request",
            "consultation",
            "visit",
            "creation-of-body",
            "sanction",
            "other",
        ]
        | None
    ) = None
    event_state: Literal["happened", "planned", "claimed", "denied", "failed"] | None = None
    occurred_at: When | None = None
    place: Where | None = None
    actors: tuple[Name, ...] = ()
    fatalities: Amount | None = None
    civilian_harm: Amount | None = None
    grade: Grading | None = None
    incident: Identifier | None = None
    obtained: Obtained | None = None
