"""Bodies: members by date, wider circles by name, contested attributes side by side."""

from datetime import timedelta

from tansiq.boards import aspect_of
from tansiq.model.kinds.body import Institution, NameForm
from tansiq.model.kinds.decision import Decision
from tansiq.model.kinds.membership import Membership
from tansiq.model.kinds.statement import Statement
from tansiq.model.label import Party
from tansiq.model.values import Grade, Place, TimeExpression
from tests.boards.pile import START, Pile


def test_members_have_dates_and_the_wider_circle_names_the_others() -> None:
    pile = Pile()
    held = pile.put(Institution(title="لجنة", channels=("political", "intelligence", "military")))
    for code in ("DZ", "ML", "MR", "NE"):
        pile.put(Membership(title=code, party=Party(code), body_ref=held.id))
    gone = TimeExpression(hi=START - timedelta(days=1))
    pile.put(Membership(title="خرج", party=Party("TD"), body_ref=held.id, ends=gone))
    facts = {(f.name, f.value): f for f in aspect_of(held, pile).facts}
    assert ("members", ("DZ", "ML", "MR", "NE")) in facts
    assert facts["within", "C7"].about["parties"] == ("BF", "JSC", "LY", "TD")


def test_one_source_is_stated_two_are_contested_and_a_decision_settles_them() -> None:
    pile = Pile()
    held = pile.put(Institution(title="هيئة الاتصال", seat=Place(name="الجزائر")))
    assert [(s.of, s.word) for s in aspect_of(held, pile).states] == [("attribute:seat", "stated")]
    other = Statement(title="بلاغ", predicate="المقر", stated_value="تمنراست", grade=Grade(reliability="C"))
    pile.put(other, refs={"about": held.id})
    told = aspect_of(held, pile)
    assert [(s.of, s.word) for s in told.states] == [("attribute:seat", "contested")]
    assert told.facts[0].value == ("الجزائر", "تمنراست")
    assert told.facts[0].about["تمنراست"] == "C6 · بلاغ"
    pile.put(Decision(title="قرار المقر", from_sentence="المقر الجزائر"), refs={"resolves": held.id})
    assert [s.word for s in aspect_of(held, pile).states] == ["resolved"]


def test_the_staff_committee_has_two_founding_dates_the_official_one_first() -> None:
    pile = Pile()
    held = pile.put(Institution(title="CEMOC", names=(NameForm(form="Joint Operational Staff Committee"),)))
    told = aspect_of(held, pile)
    assert {(s.of, s.word) for s in told.states} >= {("attribute:founded", "contested")}
    founded = next(f for f in told.facts if f.name == "founded")
    assert [str(v)[:2] for v in founded.about.values()] == ["A2", "E4"]
