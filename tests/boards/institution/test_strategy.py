"""Strategy, drafting, prevention: red objectives, brackets that stay, no persons in indicators."""

import pytest

from tansiq.boards import aspect_of, objections
from tansiq.boards.institution.drafting import brackets
from tansiq.boards.institution.strategy import of_prevention, tree, without_modality
from tansiq.model.kind import Body
from tansiq.model.kinds.divergence import Divergence
from tansiq.model.kinds.indicator import Indicator
from tansiq.model.kinds.project import Project
from tansiq.model.kinds.strategy_node import StrategyNode
from tansiq.model.kinds.text_version import TextVersion, Variant
from tansiq.model.label import Party
from tests.boards.pile import Pile

DZ, ML, MR, NE = map(Party, ("DZ", "ML", "MR", "NE"))


def codes(pile: Pile, body: Body, by: str = "DZ", **more: object) -> list[str]:
    return [o.code for o in objections(pile.draft(body, by, **more), pile) if o.refuses]  # type: ignore[arg-type]


def test_an_objective_without_a_modality_is_red_and_turns_when_somebody_says_how() -> None:
    pile = Pile()
    aim = pile.put(StrategyNode(title="استراتيجية موحدة", level="aim"))
    goal = pile.put(StrategyNode(title="تأمين الحدود", level="objective", parent=aim.id))
    assert [f.code for f in aspect_of(goal, pile).flags] == ["OBJECTIVE_WITHOUT_MODALITY"]
    assert (tree(pile)[0].below[0].red, without_modality(pile)) == (True, 1)
    how = StrategyNode(title="دوريات", level="modality", parent=goal.id)
    assert codes(pile, how) == []
    assert codes(pile, StrategyNode(title="دوريات", level="modality", parent=aim.id)) == ["strategy.level"]
    pile.put(how)
    assert (aspect_of(goal, pile).flags, without_modality(pile)) == ((), 0)


def test_a_ring_that_others_signed_is_drawn_once() -> None:
    pile = Pile()
    one = pile.put(StrategyNode(title="غاية", level="aim"))
    two = pile.put(StrategyNode(title="غاية أخرى", level="aim", parent=one.id), "ML")
    pile.put(StrategyNode(title="غاية", level="aim", parent=two.id), id=one.id)
    assert {e.id for e in tree(pile)} == {one.id, two.id}


def test_a_project_hangs_on_what_it_names_and_a_driver_on_prevention() -> None:
    pile = Pile()
    aim = pile.put(StrategyNode(title="التنمية", level="aim"))
    dry = pile.put(Indicator(title="آبار جافة", driver="الماء والدخل", personal_data=False))
    wells = Project(title="تأهيل الآبار", driver="الماء", strategy_ref=aim.id)
    built = pile.put(wells, refs={"indicator": dry.id})
    facts = {f.name: f for f in aspect_of(dry, pile).facts}
    assert (facts["linked"].about["to"], facts["no_personal_data"].value) == ("strategy:prevention", True)
    assert of_prevention(pile) == (dry,)
    facts = {f.name: f for f in aspect_of(built, pile).facts}
    assert (facts["linked"].about["to"], facts["drivers"].value) == ("التنمية", ("آبار جافة",))
    assert tree(pile)[0].hung == (built,)


@pytest.mark.parametrize(
    "body",
    [
        Indicator(title="شباب", driver="الدخل", personal_data=True),
        Indicator(title="شباب", text="الاتصال بالرقم 0021366000111"),
        Project(title="Puits", text="contact : agent@exemple.org"),
        Project(title="Puits", text="Le nommé Untel a quitté l'école"),
        Indicator(title="شباب", text="المدعو فلان الفلاني غادر القرية"),
        Indicator(title="شباب", text="من مواليد 1999 في القرية"),
    ],
)
def test_an_indicator_or_project_that_speaks_of_a_person_is_refused(body: Body) -> None:
    assert codes(Pile(), body) == ["personal-data"]


def test_figures_places_and_dates_are_no_persons() -> None:
    text = "سبع آبار جافة حول البحيرة يوم 2031-03-10، والسعر 12 000 فرنك، والمدى 60 كم."
    assert codes(Pile(), Indicator(title="آبار", text=text, driver="الماء", personal_data=False)) == []


def bracketed(**more: object) -> TextVersion:
    held = ((DZ, "كل في إقليمه"), (ML, "كل في إقليمه"), (NE, "دوريات مشتركة"), (MR, "دوريات مشتركة"))
    rows = tuple(Variant(para=3, holder=p, text=t) for p, t in held)
    return TextVersion(title="مشروع", **({"divergences": rows} | more))  # type: ignore[arg-type]


def test_a_paragraph_shows_who_holds_what_and_closes_only_by_every_holders_word() -> None:
    pile = Pile(party=Party("JSC"))
    text = pile.put(bracketed(objectives_without_modality=2), "JSC")
    told = aspect_of(text, pile)
    assert (told.facts[0].value, told.facts[0].about["para"], told.facts[0].about["holders"]) == (
        "open",
        3,
        4,
    )
    assert told.facts[0].about["دوريات مشتركة"] == ("NE", "MR")
    assert [(f.code, f.about["count"]) for f in told.flags] == [("OBJECTIVE_WITHOUT_MODALITY", 2)]
    assert codes(pile, bracketed(text_state="adopted"), "JSC", id=text.id) == ["divergence.open"]
    assert codes(pile, Divergence(title="و", text_ref=text.id, para=3, divergence_state="agreed")) == [
        "field.needed"
    ]
    for code in ("DZ", "ML", "NE"):
        word = Divergence(
            title="موافقة", text_ref=text.id, para=3, divergence_state="agreed", resolution="نص توفيقي"
        )
        pile.put(word, code)
    assert brackets(text, pile)[0].state == "open"
    kept = Divergence(title="تحفظ", text_ref=text.id, para=3, divergence_state="reserved", resolution="تحفظ")
    pile.put(kept, "MR")
    assert brackets(text, pile)[0].state == "reserved"
    assert codes(pile, bracketed(text_state="adopted"), "JSC", id=text.id) == []


def test_an_open_wording_cannot_be_dropped_by_the_drafter() -> None:
    pile = Pile(party=Party("JSC"))
    text = pile.put(bracketed(), "JSC")
    without = bracketed(divergences=bracketed().divergences[:3])
    assert codes(pile, without, "JSC", id=text.id) == ["divergence.dropped"]
    next_text = bracketed(divergences=(), replaces=text.id)
    assert codes(pile, next_text, "JSC") == ["divergence.dropped"]
    assert codes(pile, bracketed(replaces=text.id, round=2), "JSC") == []
