"""R33: the political channel is suspended; a warning of a threat to life still goes; the log shows both."""

from __future__ import annotations

from pathlib import Path

from tansiq.boards.rules import objections
from tansiq.model.kinds.channel_state import ChannelState
from tansiq.model.kinds.visit import Visit
from tansiq.model.kinds.warning import Warning
from tansiq.model.label import Party
from tansiq.model.record import LIFE_THREAT
from tests.boards.diplomacy.mandated import refusals, told, warnings
from tests.boards.pile import Pile
from tests.simulate.nodes import world_of

SUSPENDED = ChannelState(
    title="تعليق القناة السياسية", channel="political", with_parties=(Party("ML"),), channel_mode="suspended"
)


def test_r33_channels_suspend_separately_and_warnings_stay_open() -> None:
    pile = Pile()
    held = pile.put(SUSPENDED, "DZ")
    assert told(pile, held) == {"channel:political": "suspended", "channel:warnings": "open"}
    visit = pile.draft(Visit(title="زيارة"), "DZ")
    assert warnings(pile, visit)["channel.suspended"].missing == {"ML"}
    danger = pile.draft(Warning(title="خطر على الحياة", event="خطر متفجر"), "DZ", priority=LIFE_THREAT)
    assert [o.code for o in objections(danger, pile) if o.code.startswith("channel")] == []


def test_r33_the_channel_of_warnings_cannot_be_suspended() -> None:
    pile = Pile()
    body = ChannelState(title="تعليق", channel="warning", channel_mode="suspended")
    assert "channel.warnings-pass" in refusals(pile, pile.draft(body, "DZ"))


def test_r33_a_warning_of_a_threat_to_life_reaches_the_other_side_and_both_stand_on_record(
    tmp_path: Path,
) -> None:
    world = world_of(tmp_path, ("DZ", "ML"))
    suspended = world["DZ"].write(["ML"], body=SUSPENDED)
    warned = world["DZ"].write(["ML"], body=Warning(title="خطر على الحياة", event="خطر متفجر"))
    world.settle()
    assert {suspended.header.id, warned.header.id} <= world["ML"].ids()
