"""Project: a development or prevention work tied to a recruitment driver and to the strategy."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import PartyRef, RecordRef, Text, When, Where


@declare(
    "institution",
    ar="مشروع",
    fr="Projet",
    en="Project",
    help=Words(
        ar="عمل تنموي أو وقائي يرتبط بعامل استقطاب وبالاستراتيجية.",
        fr="Action de développement ou de prévention liée à un facteur de recrutement et à la stratégie.",
        en="A development or prevention work tied to a recruitment driver and to the strategy.",
    ),
)
class Project(Body, frozen=True, kw_only=True, omit_defaults=True, tag="project/1"):
    """No personal data on beneficiaries. Source: REQUIREMENTS R60."""

    driver: Text = ""
    strategy_ref: RecordRef | None = None
    place: Where | None = None
    lead: PartyRef | None = None
    funders: tuple[PartyRef, ...] = ()
    period: When | None = None
    project_state: Literal["planned", "running", "done", "stopped"] | None = None
