"""Joint assessments: dissent bears its name, and an extract needs everyone's release."""

from dataclasses import replace

from tansiq.base.ids import RecordId, id_of, owned
from tansiq.boards import Held, aspect_of, objections
from tansiq.model.kinds.assessment import Assessment, DissentLine
from tansiq.model.kinds.communique import Communique
from tansiq.model.kinds.decision import Decision
from tansiq.model.kinds.grant import Grant
from tansiq.model.kinds.relation import Relation
from tansiq.model.kinds.report import Report
from tansiq.model.kinds.tearline import Tearline
from tansiq.model.label import EVERYBODY, Label, Party
from tests.boards.pile import Pile, record_id

PUBLIC = Label(level="open", audience=(EVERYBODY,))
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


def stops(pile: Pile, draft: Held) -> list[tuple[str, list[str]]]:
    """What refuses a draft."""
    return [(o.code, sorted(o.missing)) for o in objections(draft, pile) if o.refuses]


def lets_go(pile: Pile, held: Held, *parties: str) -> None:
    """Parties release the version that is held."""
    for code in parties:
        pile.put(Decision(title="إفراج", releases=held.id, releases_version=held.version), code)


def joint(pile: Pile) -> Held:
    """A joint assessment of the organ for the four, resting on a report of a party outside of them."""
    source = pile.put(Report(title="ثلاث شاحنات"), "LY", label=label("LY", "JSC"))
    return pile.put(Assessment(title="تقدير مشترك"), "JSC", label=FOUR, sources=(source.id,))


def label(*parties: str) -> Label:
    return Label(level="restricted", audience=tuple(map(Party, sorted(parties))))


def signed(pile: Pile, basis: Held, bears: Label) -> Held:
    """An extract of a basis with its link."""
    line = pile.put(Tearline(title="مقتطف", text="لا دليل"), "DZ", label=bears)
    link(pile, line, basis.id)
    return line


def link(pile: Pile, line: Held, basis: RecordId) -> None:
    pile.put(Relation(title="أصل", relation_type="tearline-of", subject_ref=line.id, object_ref=basis))


def next_of(line: Held, **more: object) -> Held:
    return replace(line, version=line.version + 1, draft=True, **more)  # type: ignore[arg-type]


def test_a_new_extract_for_everybody_is_refused_and_says_whose_release_is_lacking() -> None:
    pile = Pile()
    basis = joint(pile)
    draft = pile.draft(Tearline(title="مقتطف"), "DZ", label=PUBLIC, bases=(basis.id,))
    assert stops(pile, draft) == [("release.missing", ["JSC", "LY", "ML", "MR", "NE"])]
    assert stops(pile, replace(draft, label=FOUR)) == []


def test_an_extract_is_shown_to_the_owner_of_a_source_after_those_who_read_its_basis_released_it() -> None:
    pile = Pile()
    basis = pile.put(Assessment(title="تقدير"), "JSC", label=FOUR)
    source = pile.put(Report(title="ثلاث شاحنات"), "LY", label=label("DZ", "JSC", "LY", "ML", "MR", "NE"))
    basis = pile.put(Assessment(title="تقدير"), "JSC", label=FOUR, id=basis.id, sources=(source.id,))
    line = signed(pile, basis, FOUR)
    assert stops(pile, line) == []
    shown = label("DZ", "JSC", "LY", "ML", "MR", "NE")
    assert stops(pile, next_of(line, label=shown)) == [("release.missing", ["JSC", "ML", "MR", "NE"])]
    lets_go(pile, line, "JSC", "ML", "MR", "NE")
    assert stops(pile, next_of(line, label=shown)) == []
    assert stops(pile, next_of(line, label=PUBLIC)) == [("release.missing", ["LY"])]
    second = pile.put(line.body, "DZ", id=line.id, version=2, label=shown)
    lets_go(pile, second, "LY")
    assert stops(pile, next_of(second, label=PUBLIC)) == []
    third = pile.put(line.body, "DZ", id=line.id, version=3, label=PUBLIC)
    told = aspect_of(third, pile)
    assert told.released == told.releases == ("JSC", "LY", "ML", "MR", "NE")
    assert told.flags == ()


def test_other_words_than_those_released_go_no_wider() -> None:
    pile = Pile()
    basis = pile.put(Assessment(title="تقدير"), "JSC", label=FOUR)
    line = signed(pile, basis, FOUR)
    lets_go(pile, line, "JSC", "ML", "MR", "NE")
    other = next_of(line, label=PUBLIC, body=Tearline(title="مقتطف", text="غيره"))
    assert stops(pile, other) == [("release.other-text", [])]
    changed = pile.put(Tearline(title="مقتطف", text="غيره"), "DZ", id=line.id, version=2, label=FOUR)
    assert stops(pile, next_of(changed, label=PUBLIC)) == [("release.missing", ["JSC", "ML", "MR", "NE"])]


def test_an_extract_of_ones_own_record_waits_for_the_owners_of_what_it_rests_on() -> None:
    pile = Pile()
    far = pile.put(Report(title="بلاغ"), "NE", label=label("DZ", "ML", "NE"))
    near = pile.put(Report(title="بلاغ"), "ML", label=label("DZ", "ML", "NE"), sources=(far.id,))
    basis = pile.put(Assessment(title="تقدير"), "DZ", label=label("DZ", "ML", "NE"), derived_from=(near.id,))
    line = signed(pile, basis, label("DZ", "ML", "NE"))
    assert stops(pile, next_of(line, label=PUBLIC)) == [("release.missing", ["ML", "NE"])]
    lets_go(pile, line, "ML", "NE")
    assert stops(pile, next_of(line, label=PUBLIC)) == []


def test_a_source_that_its_originator_shared_as_widely_asks_for_nothing() -> None:
    pile = Pile()
    source = pile.put(Report(title="بلاغ"), "ML", label=PUBLIC)
    basis = pile.put(Assessment(title="تقدير"), "DZ", label=FOUR, sources=(source.id,))
    draft = pile.draft(Tearline(title="مقتطف"), "DZ", label=PUBLIC, bases=(basis.id,))
    assert stops(pile, draft) == []


def test_the_owner_of_a_withdrawn_source_is_still_asked() -> None:
    pile = Pile()
    gone = id_of(owned(bytes(16), "ML"))
    basis = pile.put(Assessment(title="تقدير"), "DZ", label=FOUR, sources=(gone,))
    draft = pile.draft(Tearline(title="مقتطف"), "DZ", label=PUBLIC, bases=(basis.id,))
    assert stops(pile, draft) == [("release.missing", ["ML"])]


def test_a_basis_that_cannot_be_read_stops_the_extract() -> None:
    pile = Pile()
    draft = pile.draft(Tearline(title="مقتطف"), "DZ", label=PUBLIC, bases=(record_id(77),))
    assert stops(pile, draft) == [("tearline.no-basis", [])]


def test_no_grant_carries_an_extract_around_its_owners() -> None:
    pile = Pile()
    basis = pile.put(Assessment(title="تقدير"), "JSC", label=FOUR)
    line = signed(pile, basis, FOUR)
    draft = pile.draft(Grant(title="إذن", record=line.id, to=(Party("FR"),)), "DZ")
    assert stops(pile, draft) == [("release.missing", ["JSC", "ML", "MR", "NE"])]
    lets_go(pile, line, "JSC", "ML", "MR", "NE")
    assert stops(pile, draft) == []


def test_an_extract_that_went_wider_without_its_owners_bears_a_flag() -> None:
    pile = Pile()
    basis = pile.put(Assessment(title="تقدير"), "JSC", label=FOUR)
    line = signed(pile, basis, PUBLIC)
    lets_go(pile, line, "JSC", "ML")
    (flag,) = aspect_of(line, pile).flags
    assert (flag.code, flag.about["parties"]) == ("RELEASE_LACKING", ("MR", "NE"))


def test_the_co_owners_of_a_draft_communique_own_its_extracts_and_its_grants() -> None:
    pile = Pile()
    basis = pile.put(Communique(title="بيان", co_owners=(Party("ML"),)), "DZ", label=label("DZ", "ML"))
    draft = pile.draft(Tearline(title="مقتطف"), "DZ", label=PUBLIC, bases=(basis.id,))
    assert stops(pile, draft) == [("release.missing", ["ML"])]
    granted = pile.draft(Grant(title="إذن", record=basis.id, to=(Party("FR"),)), "DZ")
    assert stops(pile, granted) == [("release.missing", ["ML"])]
    wider = next_of(basis, label=label("DZ", "FR", "ML"))
    assert stops(pile, wider) == [("release.missing", ["ML"])]
