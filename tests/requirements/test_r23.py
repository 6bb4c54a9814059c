"""R23: flows with their direction: arms, money, fighters outward."""

import pytest

from tansiq.boards import aspect_of, objections
from tansiq.boards.registers.flows import way_of
from tansiq.model.kinds.flow_claim import FlowClaim, FlowRelation
from tests.boards.pile import Pile


@pytest.mark.parametrize(
    ("said", "way"),
    [
        ("Libya -> Sahel", "in"),
        ("ليبيا → الساحل", "in"),
        ("North Africa → Iraq/Syria", "out"),
        ("شمال أفريقيا نحو العراق وسوريا", "out"),
        ("Mali to Niger", "within"),
        ("", None),
    ],
)
def test_r23_the_way_of_a_flow_is_read_from_its_ends(said: str, way: str | None) -> None:
    """Libya to the Sahel and North Africa to Iraq and Syria are two ways."""
    assert way_of(FlowClaim(title="تدفق", direction=said)) == way


def test_r23_the_ends_may_be_stated_apart() -> None:
    """Areas stated in their own fields count before words."""
    assert way_of(FlowClaim(title="تدفق", from_area="ليبيا", to_area="منطقة الساحل")) == "in"


def test_r23_three_commodities_and_an_unknown_number_are_shown() -> None:
    """Arms, money, fighters; the number is unknown, not nothing."""
    pile = Pile()
    body = FlowClaim(title="تدفق", direction="North Africa -> Levant", commodities=("سلاح", "مال", "مقاتلون"))
    said = aspect_of(pile.put(body, "LY"), pile)
    assert (said.facts[0].value, said.facts[0].about["commodities"]) == ("out", ("سلاح", "مال", "مقاتلون"))
    assert said.unknown == ("quantity",)


def test_r23_a_relation_needs_its_evidence() -> None:
    """Who is bound to a flow is said with evidence, or not at all."""
    pile = Pile()
    for evidence, expected in (("", [frozenset({"relation.evidence"})]), ("تقرير", [])):
        body = FlowClaim(
            title="تدفق", relation=(FlowRelation(subject="شبكة", object="تدفق", evidence=evidence),)
        )
        found = [o.missing for o in objections(pile.draft(body, "LY"), pile) if o.refuses]
        assert found == expected
