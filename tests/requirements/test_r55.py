"""R55: posture rules and community effect."""

from datetime import timedelta

import msgspec
import pytest

from tansiq.boards import aspect_of, objections
from tansiq.model.kinds.complaint import Complaint, HarmLine
from tansiq.model.kinds.deconfliction_notice import DeconflictionNotice
from tansiq.model.kinds.posture_rule import PostureRule
from tansiq.model.label import Label, Party
from tansiq.model.values import TimeExpression
from tests.boards.pile import Pile

RULE = PostureRule(title="لا مسرح حرب", rule="no war theatre", applies_where=("سوق", "market"))
COMPLAINT = Complaint(
    title="شكوى أعيان سوق",
    rule="posture: no war theatre",
    harm=(HarmLine(harmed="جرحى", extent="2"),),
    assistance="طُلبت",
    reprisal_feared=True,
)


def to(*parties: str) -> Label:
    return Label(level="restricted", audience=tuple(sorted(map(Party, parties))))


def test_r55_a_heavy_patrol_in_a_market_town_shows_the_rule() -> None:
    """A patrol plan of heavy posture in a market town shows the posture rule, while drafting and after."""
    pile = Pile()
    rule = pile.put(RULE, "ML")
    plan = DeconflictionNotice(title="دورية ثقيلة في سوق المدينة", kind="patrol")
    shown = [o for o in objections(pile.draft(plan, "ML"), pile) if o.code == "posture.rule"]
    assert [(o.refuses, o.record) for o in shown] == [(False, rule.id)]
    flags = aspect_of(pile.put(plan, "ML"), pile).flags
    assert [(f.code, f.about["rule"]) for f in flags] == [("RULE", "posture")]


@pytest.mark.parametrize("title", ["دورية ثقيلة على المسلك", "دورية راجلة في سوق المدينة"])
def test_r55_other_plans_do_not(title: str) -> None:
    """Neither a light patrol there nor a heavy one elsewhere touches it."""
    pile = Pile()
    pile.put(RULE, "ML")
    assert not aspect_of(pile.put(DeconflictionNotice(title=title), "ML"), pile).flags


def test_r55_a_complaint_goes_to_the_ombudsperson_first() -> None:
    """The first audience of a complaint is its signer and the ombudsperson; later it may go further."""
    pile = Pile()
    refused = [
        o.code for o in objections(pile.draft(COMPLAINT, "ML", label=to("ML", "NE")), pile) if o.refuses
    ]
    assert refused == ["complaint.ombudsperson-first"]
    first = pile.draft(COMPLAINT, "ML", label=to("ML", "OMB"))
    assert not [o for o in objections(first, pile) if o.refuses]
    held = pile.put(COMPLAINT, "ML", label=to("ML", "OMB"))
    wider = pile.draft(COMPLAINT, "ML", id=held.id, label=to("ML", "NE", "OMB"))
    assert not [o for o in objections(wider, pile) if o.refuses]


def test_r55_the_answer_is_due_and_reprisal_is_flagged() -> None:
    """A review of 72 hours, the rule cited, the reprisal flag, the ombudsperson told."""
    pile = Pile()
    said = aspect_of(pile.put(COMPLAINT, "ML", label=to("ML", "OMB")), pile)
    assert (said.clocks[0].name, said.clocks[0].length_h) == ("harm_review", 72)
    assert [f.code for f in said.flags] == ["RULE", "REPRISAL"]
    assert said.flags[0].about["rule"] == "posture"
    assert said.raises[0].parties == ("OMB",)


def test_r55_a_complaint_that_names_its_date_runs_to_it() -> None:
    """The clock's length is what it runs, not what it would run without a date."""
    pile = Pile()
    at = pile.now + timedelta(hours=48)
    due = TimeExpression(words="+48h", lo=at, hi=at, precision="hour")
    said = aspect_of(pile.put(msgspec.structs.replace(COMPLAINT, due=due), "ML", label=to("ML", "OMB")), pile)
    assert [(c.length_h, c.due, c.state) for c in said.clocks] == [(48, at, "running")]


def test_r55_the_complainant_is_sealed() -> None:
    """A complaint has no field for who complained."""
    assert not {"complainant", "name", "names", "phone"} & set(Complaint.__struct_fields__)
