"""Warning: a warning of danger to people, updated, cancelled and to be acknowledged."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Area, Identifier, Language, Name, Text, When, Where


@declare(
    "operations",
    ar="إنذار",
    fr="Alerte",
    en="Warning",
    help=Words(
        ar="إنذار بخطر على الناس، يُحدَّث ويُلغى ويُنتظر الإقرار به.",
        fr="Alerte d'un danger pour les personnes, mise à jour, annulée, avec accusé attendu.",
        en="A warning of danger to people, updated, cancelled and to be acknowledged.",
    ),
)
class Warning(Body, frozen=True, kw_only=True, omit_defaults=True, tag="warning/1"):
    """After CAP 1.2. Source: REQUIREMENTS R20; DOCTRINE 3.14."""

    event: Name | None = None
    status: Literal["actual", "exercise", "test"] | None = None
    msg_type: Literal["alert", "update", "cancel", "ack"] | None = None
    scope: Literal["public", "restricted", "private"] | None = None
    urgency: Literal["immediate", "expected", "future", "past"] | None = None
    severity: Literal["extreme", "severe", "moderate", "minor"] | None = None
    certainty: Literal["observed", "likely", "possible", "unlikely"] | None = None
    response_type: tuple[
        Literal[
            "shelter", "evacuate", "prepare", "execute", "avoid", "monitor", "assess", "all-clear", "none"
        ],
        ...,
    ] = ()
    onset: When | None = None
    expires: When | None = None
    langs: tuple[Language, ...] = ()
    place: Where | None = None
    area_box: Area | None = None
    instruction: Text = ""
    references: tuple[Identifier, ...] = ()
    ack_due: When | None = None
