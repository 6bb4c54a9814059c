"""R50: a state flags its own arrangement: the fact, not the content; nothing is inferred of others."""

from __future__ import annotations

from tansiq.boards import aspect_of
from tansiq.model.kinds.bypass_flag import BypassFlag
from tansiq.model.kinds.visit import Visit
from tansiq.model.label import Party
from tests.boards.diplomacy.mandated import refusals
from tests.boards.pile import Pile

OWN = BypassFlag(title="ترتيب لنا مع شريك", clause_ref="C-4", partner=Party("FR"), arrangement_class="تدريب")


def test_r50_the_flag_shows_the_fact_and_its_clause() -> None:
    pile = Pile()
    assert refusals(pile, pile.draft(OWN, "NE")) == {}
    found = aspect_of(pile.put(OWN, "NE"), pile)
    assert [(f.code, f.about["node"], f.about["clause_ref"]) for f in found.flags] == [
        ("BYPASS", "NE", "C-4")
    ]
    assert found.raises[0].how == "fact-notice"
    assert set(found.raises[0].parties) == {"DZ", "ML", "MR"}


def test_r50_a_flag_without_its_clause_with_content_or_about_a_member_is_refused() -> None:
    pile = Pile()
    bare = BypassFlag(title="ترتيب", partner=Party("FR"))
    told = BypassFlag(title="ترتيب", clause_ref="C-4", partner=Party("FR"), text="مضمون الترتيب")
    other = BypassFlag(title="ترتيب", clause_ref="C-4", partner=Party("ML"))
    assert "field.needed" in refusals(pile, pile.draft(bare, "NE"))
    assert "bypass.content" in refusals(pile, pile.draft(told, "NE"))
    assert "bypass.of-a-member" in refusals(pile, pile.draft(other, "NE"))


def test_r50_nothing_is_inferred_from_what_another_state_sends() -> None:
    pile = Pile()
    visit = pile.put(Visit(title="زيارة مسؤول من خارج المنطقة"), "NE")
    assert "BYPASS" not in {f.code for f in aspect_of(visit, pile).flags}
