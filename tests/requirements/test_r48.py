"""R48: caveats speak up while others draft, with their source; they bind to theatre and act."""

from __future__ import annotations

from typing import Any

import pytest

from tansiq.boards import aspect_of
from tansiq.boards.rules import objections
from tansiq.model.kind import Body
from tansiq.model.kinds.ext_request import ExtRequest
from tansiq.model.kinds.ext_response import ExtResponse, ResponseLine
from tansiq.model.kinds.initiative import Initiative
from tansiq.model.kinds.national_caveat import NationalCaveat
from tansiq.model.kinds.pledge import OfferCaveat, Pledge
from tansiq.model.kinds.task import Task
from tansiq.model.label import Party
from tests.boards.pile import Pile

DZ = Party("DZ")


def standing() -> Pile:
    """The four standing caveats of one state."""
    pile = Pile()
    said: list[tuple[Any, str, tuple[str, ...], tuple[str, ...]]] = [
        ("geography", "لا تعاون خارج المغرب العربي والساحل", ("خارج المغرب العربي والساحل",), ()),
        ("task", "لا تدخل عسكري مباشر في شمال مالي وليبيا", ("شمال مالي", "ليبيا"), ("تدخل عسكري مباشر",)),
        ("task", "لا عملية عسكرية أو أمنية في سوريا والعراق", ("سوريا", "العراق"), ("عملية عسكرية",)),
        ("funding", "لا تمويل لأي عملية عسكرية", (), ()),
    ]
    for kind, rule, theatre, acts in said:
        body = NationalCaveat(title=rule, party=DZ, caveat_type=kind, rule=rule, theatre=theatre, acts=acts)
        pile.put(body, "DZ")
    return pile


def caveats_met(pile: Pile, body: Body, by: str = "ML") -> tuple[str, ...]:
    met = [o for o in objections(pile.draft(body, by), pile) if o.code == "caveat"]
    assert all(not o.refuses and o.record is not None for o in met)
    return tuple(t for o in met for t in o.about["types"])  # type: ignore[union-attr]


def test_r48_a_task_in_syria_raises_geography_and_task() -> None:
    task = Task(title="مهمة", assignee=DZ, question="مشاركة في عملية عسكرية في سوريا")
    assert caveats_met(standing(), task) == ("geography", "task")


def test_r48_direct_military_intervention_in_libya_raises_the_task_caveat_and_help_does_not() -> None:
    strike = Task(title="مهمة", assignee=DZ, question="تدخل عسكري مباشر في ليبيا")
    aid = Task(title="مهمة", assignee=DZ, question="تبادل معلومات حول شمال مالي")
    assert caveats_met(standing(), strike) == ("task",)
    assert caveats_met(standing(), aid) == ()


def test_r48_it_speaks_for_its_own_state_alone_and_not_once_lifted() -> None:
    pile = standing()
    other = Task(title="مهمة", assignee=Party("ML"), question="عملية عسكرية في سوريا")
    assert caveats_met(pile, other) == ()
    for held in list(pile.held):
        lifted = NationalCaveat(title="رفع", party=DZ, caveat_type="task", rule="-", lifted=True)
        pile.put(lifted, "DZ", id=held.id)
    assert caveats_met(pile, Task(title="م", assignee=DZ, question="عملية عسكرية في سوريا")) == ()


def test_r48_it_binds_to_theatre_and_act_not_to_the_name_or_version_of_an_initiative() -> None:
    pile = standing()
    for title in ("التحالف الأول", "التحالف الثاني بصيغة جديدة"):
        body = Initiative(title=title, aim="عملية عسكرية في العراق")
        assert caveats_met(pile, body) == ("geography", "task")


def test_r48_a_request_outside_the_region_with_shared_cost_meets_the_lines_of_a_pledge() -> None:
    pile = Pile()
    lines = (
        OfferCaveat(type="geography", rule="no national forces outside own territory"),
        OfferCaveat(type="geography", rule="airlift to border airfields only"),
        OfferCaveat(type="funding", rule="no financing of operations of others"),
    )
    pledge = pile.put(Pledge(title="مساهمة", caveats=lines), "DZ")
    asked = pile.put(
        ExtRequest(title="Wider participation", theatre="outside Maghreb and Sahel", cost_share=True), "US"
    )
    flags = [f for f in aspect_of(asked, pile).flags if f.code == "CAVEAT"]
    assert [(f.about["node"], f.about["types"], f.record) for f in flags] == [
        ("DZ", ("geography", "funding"), pledge.id)
    ]


def test_r48_an_answer_cites_its_own_caveats() -> None:
    pile = standing()
    lines = (
        ResponseLine(item="other regions", state="refused", caveat="geography"),
        ResponseLine(item="funding", state="refused", caveat="funding"),
    )
    held = pile.put(ExtResponse(title="جواب مشروط", answers=lines), "DZ")
    flag = next(f for f in aspect_of(held, pile).flags if f.code == "CAVEAT")
    assert flag.about["types"] == ("geography", "funding")


@pytest.mark.parametrize("by", ["DZ", "ML"])
def test_r48_what_another_recorded_of_a_state_is_shown_as_reported(by: str) -> None:
    pile = Pile()
    rule = "لا تمويل لأي عملية"
    pile.put(NationalCaveat(title=rule, party=DZ, caveat_type="funding", rule=rule), by)
    asked = pile.put(ExtRequest(title="طلب", cost_share=True), "US")
    flag = next(f for f in aspect_of(asked, pile).flags if f.code == "CAVEAT")
    assert flag.about.get("reported", False) is (by == "ML")
