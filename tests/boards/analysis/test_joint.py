"""Joint assessments: dissent bears its name, and an extract needs everyone's release."""

from tansiq.boards import aspect_of
from tansiq.model.kinds.assessment import Assessment, DissentLine
from tansiq.model.kinds.decision import Decision
from tansiq.model.kinds.relation import Relation
from tansiq.model.kinds.report import Report
from tansiq.model.kinds.tearline import Tearline
from tansiq.model.label import Label, Party
from tests.boards.pile import Pile

FOUR = Label(level="restricted", audience=tuple(map(Party, ("DZ", "JSC", "ML", "MR", "NE"))))


def test_a_dissent_stands_under_its_partys_name() -> None:
    pile = Pile()
    note = DissentLine(party=Party("MR"), text="احتمال متساوٍ إلى حين الفحص")
    held = pile.put(Assessment(title="تقدير تدفق السلاح", dissent=(note,)), "JSC")
    assert [(f.name, f.about) for f in aspect_of(held, pile).facts] == [("dissent", {"node": ("MR",)})]


def test_an_extract_of_a_joint_assessment_needs_the_release_of_all_who_stand_behind_it() -> None:
    pile = Pile()
    source = pile.put(Report(title="ثلاث شاحنات"), "LY")
    basis = pile.put(Assessment(title="تقدير مشترك"), "JSC", label=FOUR, sources=(source.id,))
    line = pile.put(Tearline(title="مقتطف"), "DZ")
    pile.put(Relation(title="أصل", relation_type="tearline-of", subject_ref=line.id, object_ref=basis.id))
    assert aspect_of(line, pile).releases == ("JSC", "LY", "ML", "MR", "NE")
    assert aspect_of(line, pile).released == ()
    given = Decision(title="إفراج", decision_state="adopted", releases=line.id, releases_version=1)
    pile.put(given, "NE")
    pile.put(given, "FR")
    assert aspect_of(line, pile).released == ("NE",)


def test_an_extract_of_ones_own_record_needs_nobody() -> None:
    pile = Pile()
    basis = pile.put(Report(title="تقرير"), "DZ")
    line = pile.put(Tearline(title="مقتطف"), "DZ")
    pile.put(Relation(title="أصل", relation_type="tearline-of", subject_ref=line.id, object_ref=basis.id))
    assert aspect_of(line, pile).releases == ()
