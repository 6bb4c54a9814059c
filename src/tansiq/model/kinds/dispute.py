"""Dispute: a dispute between members with cause, steps and outcome; opening it does not cut exchange."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Channel, Instant, PartyRef, Text


class DisputeStep(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One step taken."""

    at: Instant | None = None
    by: PartyRef | None = None
    step: Text = ""


@declare(
    "diplomacy",
    ar="خلاف",
    fr="Différend",
    en="Dispute",
    help=Words(
        ar="خلاف بين أعضاء بسببه وخطواته ومآله؛ فتحه لا يقطع التبادل.",
        fr="Différend entre membres, avec cause, étapes et issue ; l'ouvrir ne coupe pas l'échange.",
        en="A dispute between members with cause, steps and outcome; opening it does not cut exchange.",
    ),
)
class Dispute(Body, frozen=True, kw_only=True, omit_defaults=True, tag="dispute/1"):
    """Dispute procedure. Source: REQUIREMENTS R32."""

    parties: tuple[PartyRef, ...] = ()
    about: Text = ""
    asks: tuple[Text, ...] = ()
    channels: tuple[Channel, ...] = ()
    steps: tuple[DisputeStep, ...] = ()
    dispute_state: Literal["open", "mediated", "settled", "closed-with-reservations"] | None = None
    outcome: Text = ""
