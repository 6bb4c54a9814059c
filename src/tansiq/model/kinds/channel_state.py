"""Channel state: a channel is suspended or opened by itself; a warning of threat to life always passes."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Channel, PartyRef, Text, When


@declare(
    "diplomacy",
    ar="حال قناة",
    fr="État d'un canal",
    en="Channel state",
    help=Words(
        ar="قناة تُعلَّق أو تُفتح وحدها؛ إنذار الخطر على الحياة يمرّ دائمًا.",
        fr="Un canal se suspend ou se rouvre seul ; l'alerte vitale passe toujours.",
        en="A channel is suspended or opened by itself; a warning of threat to life always passes.",
    ),
)
class ChannelState(Body, frozen=True, kw_only=True, omit_defaults=True, tag="channel-state/1"):
    """Channels suspend separately. Source: REQUIREMENTS R33."""

    channel: Channel | None = None
    with_parties: tuple[PartyRef, ...] = ()
    channel_mode: Literal["open", "suspended", "limited"] | None = None
    begins: When | None = None
    reason: Text = ""
