"""R22: trafficking cases, victims first."""

from typing import Any

import pytest

from tansiq.boards import aspect_of, objections
from tansiq.model.kinds.case import Case
from tansiq.model.kinds.flow_claim import FlowClaim
from tansiq.model.kinds.judicial_notice import JudicialNotice
from tansiq.model.kinds.relation import Relation
from tansiq.model.kinds.victim_record import VictimRecord
from tests.boards.pile import Pile

RESCUED = Case(title="إنقاذ ثلاثين شخصًا", victims=30, minors=9, names_recorded=False)


def refusals(pile: Pile, body: Any, **more: Any) -> list[str]:
    return [o.code for o in objections(pile.draft(body, "TD", **more), pile) if o.refuses]


def test_r22_smuggling_and_trafficking_are_two_kinds() -> None:
    """They are told apart in cases and in flows."""
    kinds = {f"{FlowClaim.__annotations__['flow_type']}", f"{Case.__annotations__['case_type']}"}
    assert all("smuggling" in k and "trafficking" in k for k in kinds)


def test_r22_rescued_persons_are_victims_unless_said_to_be_migrants() -> None:
    """Default victim; there is no word for suspect to choose."""
    pile = Pile()
    facts = {f.name: f for f in aspect_of(pile.put(RESCUED, "TD"), pile).facts}
    assert facts["default_status"].value == "victim"
    assert (facts["minimised"].value, facts["minimised"].about) == (True, {"fields": ("names",)})
    assert "suspect" not in str(Case.__annotations__["default_status"])


@pytest.mark.parametrize("body", [RESCUED, VictimRecord(title="ضحية")])
def test_r22_no_link_to_a_listing_is_possible_in_either_direction(body: Any) -> None:
    """From victim to notice, from notice to victim, or by a third record that names both: forbidden."""
    pile = Pile()
    victim, notice = pile.put(body, "TD"), pile.put(JudicialNotice(title="نشرة"), "TD")
    assert refusals(pile, body, refs={"about": notice.id}) == ["forbidden_link"]
    assert "forbidden_link" in refusals(pile, JudicialNotice(title="نشرة"), refs={"about": victim.id})
    both = Relation(title="صلة", relation_type="part-of", subject_ref=victim.id, object_ref=notice.id)
    assert "forbidden_link" in refusals(pile, both)
    assert refusals(pile, body, refs={"notice": victim.id}) == ["forbidden_link"]
    assert "forbidden_link" not in refusals(pile, body, refs={"about": victim.id})


def test_r22_no_telephone_and_no_trait_of_the_body() -> None:
    """A telephone number is refused, a count and a date are not; no kind has a field for either."""
    pile = Pile()
    for text in ("اتصلوا على +213 661 23 45 67", "رقمه 0661234567"):
        assert refusals(pile, Case(title="قضية", text=text)) == ["case.telephone"]
    assert not refusals(pile, Case(title="قضية", text="31 شخصًا يوم 2031-03-09 عند 04:00"))
    names = {*Case.__struct_fields__, *VictimRecord.__struct_fields__}
    assert not [
        n for n in names if any(bad in n for bad in ("phone", "finger", "biometric", "photo", "face"))
    ]
