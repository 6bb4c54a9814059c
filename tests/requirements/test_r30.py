"""R30: due-process clock, review, correction, removal."""

from typing import Any

import pytest

from tansiq.boards import Aspect, Held, aspect_of, objections
from tansiq.model.kinds.correction import Correction
from tansiq.model.kinds.identity_match import IdentityMatch
from tansiq.model.kinds.redress import Redress
from tansiq.model.kinds.review import Review
from tansiq.model.label import Label, Party
from tests.boards.pile import Pile
from tests.boards.protected.affairs import hour
from tests.requirements.test_r29 import FOUR, notice


def to(*parties: str) -> Label:
    return Label(level="restricted", audience=tuple(sorted(map(Party, parties))), uses=("JUDICIAL",))


def word(pile: Pile, held: Held) -> str:
    return aspect_of(held, pile).states[0].word


def taken(pile: Pile, **more: Any) -> Held:
    body = IdentityMatch(
        title="تشابه أسماء", notice="N-1", identifiers_matched=0, identifiers_checked=2, **more
    )
    return pile.put(body, "ML", label=to("ML", "MR", "OMB"))


def test_r30_a_notice_shows_its_days_to_review_and_lapse_suspends_it_at_every_node() -> None:
    """Notice shows days to review; lapse suspends it at every node."""
    pile = Pile()
    held = pile.put(notice(), "MR", label=FOUR)
    said = aspect_of(held, pile)
    assert [(c.name, c.length_h) for c in said.clocks] == [("notice_review", 168)]
    assert [(f.name, f.value) for f in said.facts] == [("days_to_review", 7)]
    pile.at(168)
    for party in ("DZ", "ML", "MR", "NE", "OMB"):
        pile.party = Party(party)
        later = aspect_of(held, pile)
        assert (later.states[0].word, later.clocks[0].state) == ("suspended", "lapsed")
        assert [r.code for r in later.raises] == ["notice-suspended"]


@pytest.mark.parametrize(("by", "holds"), [("MR", True), ("OMB", True), ("NE", False)])
def test_r30_a_review_of_who_may_give_one_begins_the_clock_anew(by: str, holds: bool) -> None:
    pile = Pile()
    held = pile.put(notice(), "MR", label=FOUR)
    pile.at(160).put(Review(title="مراجعة", notice="N-1", review_result="upheld"), by, label=FOUR)
    assert word(pile.at(170), held) == ("active" if holds else "suspended")


def test_r30_a_removed_notice_is_withdrawn_for_all() -> None:
    pile = Pile()
    held = pile.put(notice(), "MR", label=FOUR)
    pile.at(9).put(Review(title="حذف", notice="N-1", review_result="removed"), "OMB", label=FOUR)
    assert word(pile, held) == "withdrawn"


def test_r30_a_name_alone_supports_no_step_and_is_reviewed_in_72_hours() -> None:
    pile = Pile()
    pile.put(notice(), "MR", label=FOUR)
    said = aspect_of(taken(pile.at(36)), pile)
    assert [f.code for f in said.flags] == ["NAME_ONLY"]
    assert [(c.name, c.length_h) for c in said.clocks] == [("identity_review", 72)]
    assert ("supports_a_step", False) in [(f.name, f.value) for f in said.facts]
    assert [(r.how, {*r.parties}) for r in said.raises] == [("alert", {"OMB", "MR", "ML"})]


def test_r30_what_the_ombudsperson_asks_is_a_task_with_a_due_date_for_each() -> None:
    """The ombudsperson's review: both states get a task with deadline."""
    pile = Pile(Party("ML"))
    pile.put(notice(), "MR", label=FOUR)
    body = Review(title="مراجعة", notice="N-1", asks=("جواب مسبّب", "حضور محام"), due=hour(66))
    held = pile.put(body, "OMB", label=to("ML", "MR", "OMB"))
    tasks = {r.parties: (r.how, r.fields["due"], r.settled) for r in aspect_of(held, pile).raises}
    due = hour(66).hi
    assert due is not None
    assert tasks == {(p,): ("task", due.isoformat(), False) for p in ("ML", "MR")}
    pile.at(60).put(Correction(title="ليس هو", marker="NOT-THIS-PERSON"), "MR", label=FOUR)
    assert [c.state for c in aspect_of(held, pile.at(67)).clocks] == ["late", "met"]


def test_r30_a_marker_that_leaves_out_who_heard_of_the_error_is_refused() -> None:
    """A mistaken-identity marker travels to all receivers."""
    pile = Pile(Party("MR"))
    pile.put(notice(), "MR", label=FOUR)
    taken(pile)
    marker = Correction(title="ليس هو الشخص", marker="NOT-THIS-PERSON")
    narrow = pile.draft(marker, "MR", label=to("MR", "ML", "OMB"))
    assert [(o.code, {*o.missing}) for o in objections(narrow, pile) if o.refuses] == [
        ("correction.narrower", {"DZ", "NE"})
    ]
    wide = pile.draft(marker, "MR", label=to("DZ", "ML", "MR", "NE", "OMB", "BF", "TD", "LY"))
    assert not list(objections(wide, pile))


def test_r30_the_marker_and_redress_settle_the_likeness_and_count_the_hours() -> None:
    pile = Pile(Party("MR"))
    pile.put(notice(), "MR", label=FOUR)
    held = taken(pile)
    pile.at(40).put(Correction(title="ليس هو", marker="NOT-THIS-PERSON"), "MR", label=FOUR)
    assert (word(pile, held), aspect_of(held, pile).clocks[0].state) == ("not-this-person", "met")
    body = Redress(title="جبر", hit=held.id, held_hours=60, remedy=("اعتذار مكتوب",))
    said: Aspect = aspect_of(pile.put(body, "ML", label=to("ML", "MR", "OMB")), pile)
    fact = next(f for f in said.facts if f.name == "statistic")
    assert (fact.value, fact.about["hours"], fact.about["cases"]) == ("mistaken_identity", 60, 1)


def test_r30_the_person_or_counsel_may_ask_what_is_held() -> None:
    """The person or counsel may ask the ombudsperson what is held."""
    pile = Pile(Party("OMB"))
    body = Redress(title="ماذا لديكم عني", asked_by="counsel", due=hour(240))
    said = aspect_of(pile.put(body, "OMB", label=to("OMB")), pile)
    assert (said.states[0].word, said.clocks[0].name, said.unknown) == ("filed", "redress", ("held_hours",))
