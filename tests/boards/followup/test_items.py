"""Open items: nothing is archived, counts are worked out, a review asks its owners."""

from datetime import timedelta

from tansiq.boards import aspect_of, objections
from tansiq.boards.followup.ledger import items, ledger
from tansiq.model.kinds.aar import Aar
from tansiq.model.kinds.commitment import Commitment
from tansiq.model.kinds.decision import Decision
from tansiq.model.kinds.follow_up import FollowUp
from tansiq.model.label import Party
from tests.boards.pile import START, Pile

YEARS_H = 4 * 365 * 24 + 24


def test_after_four_years_every_open_item_is_there_with_its_age_and_last_touch() -> None:
    pile = Pile()
    kept = [pile.put(FollowUp(title=f"بند {n}")) for n in range(3)]
    held = pile.put(Commitment(title="قمة", from_sentence="في أقرب وقت"))
    pile.at(YEARS_H)
    assert [x.id for x in items(pile)] == [k.id for k in kept]
    assert {(x.state, x.age_days, x.touched) for x in items(pile)} == {("open", 1461, START)}
    assert [(x.id, x.state, x.age_days) for x in ledger(pile)] == [(held.id, "open", 1461)]


def test_only_a_reason_closes_an_item() -> None:
    pile = Pile()
    silent = FollowUp(title="بند", follow_up_state="closed")
    assert [(o.code, *o.missing) for o in objections(pile.draft(silent), pile)] == [
        ("field.needed", "closing_reason")
    ]
    assert aspect_of(pile.put(silent), pile).states[0].word == "open"
    said = FollowUp(title="بند", follow_up_state="closed", closing_reason="تمّ بمحضر")
    assert aspect_of(pile.put(said), pile).states[0].word == "closed"


def test_an_item_on_the_whole_ledger_counts_it_and_bears_its_open_ends() -> None:
    pile = Pile()
    pile.put(Commitment(title="بئر", from_sentence="dès que possible", owner=Party("BF"), means="فريق"), "BF")
    told = aspect_of(pile.put(FollowUp(title="لوحة", counts="تُحسب")), pile)
    assert "UNDATED" in {f.code for f in told.flags}
    facts = {f.name: f for f in told.facts}
    assert facts["trace"].about["coverage"] == 1
    assert (facts["count"].value, facts["count"].about) == (1, {"state": "open"})
    pile.put(Commitment(title="بلا جملة"))
    assert {f.name: f for f in aspect_of(pile.of("follow-up")[0], pile).facts}["trace"].about["coverage"] == 0


def test_a_touch_is_seen_and_the_age_stays() -> None:
    pile = Pile()
    held = pile.put(FollowUp(title="بند"))
    pile.at(48).put(FollowUp(title="تذكير"), refs={"about": held.id})
    line = next(x for x in items(pile.at(72)) if x.id == held.id)
    assert (line.age_days, line.touched) == (3, START + timedelta(hours=48))


def test_what_a_review_wants_changed_opens_items_for_its_owner_or_for_every_member() -> None:
    pile = Pile()
    review = Aar(title="مراجعة", improve=("تقرير متأخر", "عجز الإخلاء"))
    held = pile.put(review, "ML")
    opened = aspect_of(held, pile).opens
    assert [(o.what, o.parties, o.note) for o in opened] == [
        ("followup", ("DZ", "ML", "MR", "NE"), "تقرير متأخر"),
        ("followup", ("DZ", "ML", "MR", "NE"), "عجز الإخلاء"),
    ]
    taken = pile.put(FollowUp(title="تقرير متأخر", owner=Party("DZ")), refs={"opened-by": held.id})
    assert aspect_of(held, pile).opens[0].record == taken.id
    owned = pile.put(Aar(title="مراجعة", improve=("عجز",), owner=Party("NE")))
    assert aspect_of(owned, pile).opens[0].parties == ("NE",)


def test_a_decision_that_nobody_carries_is_flagged_until_somebody_does() -> None:
    pile = Pile()
    held = pile.put(Decision(title="تعاون", from_sentence="قررنا تعزيز التعاون"))
    told = aspect_of(held, pile)
    assert [f.code for f in told.flags] == ["OWNER_MISSING", "UNDATED"]
    assert [(o.what, o.record) for o in told.opens] == [("commitment", None)]
    pile.put(Commitment(title="تعاون", decision=held.id, owner=Party("DZ"), term_months=6))
    assert aspect_of(held, pile).flags == ()
    assert ledger(pile)[0].decision == held.id
