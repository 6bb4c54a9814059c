"""Promises: flagged while vague, missed without proof, never closed by themselves."""

from datetime import UTC, datetime, timedelta

from tansiq.boards import Aspect, aspect_of, objections
from tansiq.model.kinds.commitment import Commitment
from tansiq.model.kinds.delivery import Delivery
from tansiq.model.kinds.meeting import Meeting
from tansiq.model.kinds.milestone import Milestone
from tansiq.model.label import Party
from tansiq.model.values import TimeExpression
from tests.boards.pile import START, Pile

BF = Party("BF")
DUE = TimeExpression(words="خلال شهر", hi=START + timedelta(days=30))


def said(body: Commitment, after_h: float = 0) -> Aspect:
    pile = Pile()
    held = pile.put(body, "BF")
    return aspect_of(held, pile.at(after_h))


def word(aspect: Aspect) -> str:
    return aspect.states[0].word


def test_as_soon_as_possible_is_flagged_for_date_and_means() -> None:
    vague = Commitment(title="فريق حفر", from_sentence="في أقرب وقت ممكن", owner=BF, means="unspecified")
    assert [f.code for f in said(vague).flags] == ["UNDATED", "MEANS_UNSPECIFIED"]
    assert said(vague).clocks[0].state == "waiting"


def test_all_resources_name_no_means_in_any_language() -> None:
    for words in ("كل الإمكانات", "tous les moyens nécessaires", "all resources", "à préciser"):
        body = Commitment(title="تعاون", from_sentence="جملة", owner=BF, due=DUE, means=words)
        assert [f.code for f in said(body).flags] == ["MEANS_UNSPECIFIED"], words


def test_what_its_owner_leaves_open_on_purpose_bears_no_badge() -> None:
    assert said(Commitment(title="تعاون", from_sentence="جملة", deliberately_open=True)).flags == ()


def test_a_date_that_passed_without_proof_is_missed_for_ever() -> None:
    body = Commitment(title="فريق حفر", owner=BF, due=DUE, means="فريق", commitment_state="delivered")
    assert [word(said(body, h)) for h in (0, 719, 720, 40_000)] == ["open", "open", "missed", "missed"]


def test_with_its_proof_it_is_delivered() -> None:
    body = Commitment(title="بئر", owner=BF, due=DUE, commitment_state="delivered", proof="محضر استلام")
    assert (word(said(body, 9_000)), said(body, 9_000).clocks[0].state) == ("delivered", "met")


def test_a_delivery_counts_when_an_owner_signed_it_and_part_is_part() -> None:
    pile = Pile()
    held = pile.put(Commitment(title="بئر", from_sentence="حفر بئر", owner=BF, due=DUE, means="فريق"), "BF")
    pile.put(Delivery(title="قال غيره", proof="خبر"), "NE", refs={"delivers": held.id})
    assert word(aspect_of(held, pile)) == "open"
    pile.put(Delivery(title="نصف", delivered_fraction=500, proof="محضر"), "BF", refs={"delivers": held.id})
    assert word(aspect_of(held, pile)) == "part-delivered"
    assert word(aspect_of(held, pile.at(30 * 24))) == "missed"
    pile.at(31 * 24).put(Delivery(title="كلّ", proof="محضر"), "BF", refs={"delivers": held.id})
    assert (word(aspect_of(held, pile)), aspect_of(held, pile).clocks[0].state) == ("delivered", "met-late")


def test_a_term_refuses_to_run_until_its_meeting_has_a_day() -> None:
    pile = Pile()
    meeting = pile.put(Meeting(title="لقاء باماكو"))
    body = Commitment(
        title="نشر قوة", from_sentence="خلال 18 شهرا", owner=BF, means="قوة", term_months=18,
        runs_from_meeting=meeting.id,
    )  # fmt: skip
    held = pile.put(body)
    told = aspect_of(held, pile.at(90_000))
    assert (told.clocks[0].state, told.clocks[0].due, told.unknown) == ("waiting", None, ("runs_from",))
    assert word(told) == "open"
    day = datetime(2030, 5, 20, tzinfo=UTC)
    said_day = TimeExpression(words="ماي", lo=day, hi=day, precision="day", anchor_basis="inferred")
    pile.at(0).put(Meeting(title="لقاء باماكو", starts=said_day), id=meeting.id)
    runs = aspect_of(held, pile).clocks[0]
    assert (runs.due, runs.inferred, runs.state) == (datetime(2031, 11, 20, tzinfo=UTC), True, "running")
    facts = {f.name: f.value for f in aspect_of(held, pile).facts}
    assert (facts["elapsed_days"], facts["left_days"]) == (285, 263)
    assert word(aspect_of(held, pile.at(264 * 24))) == "missed"


def test_a_moved_date_keeps_the_first_and_shows_the_slippage() -> None:
    pile = Pile()
    held = pile.put(Commitment(title="بئر", from_sentence="حفر", owner=BF, due=DUE, means="فريق"))
    later = TimeExpression(words="شهران", hi=START + timedelta(days=60))
    moved = Commitment(title="بئر", from_sentence="حفر", owner=BF, due=later, means="فريق")
    assert [o.code for o in objections(pile.draft(moved, id=held.id), pile)] == ["promise.first-due"]
    kept = Commitment(title="بئر", from_sentence="حفر", owner=BF, due=later, first_due=DUE, means="فريق")
    assert list(objections(pile.draft(kept, id=held.id), pile)) == []
    told = aspect_of(pile.put(kept, id=held.id), pile)
    assert [(f.code, f.about["days"]) for f in told.flags] == [("SLIPPED", 30)]


def test_a_milestone_behind_its_date_slips_its_commitment() -> None:
    pile = Pile()
    held = pile.put(Commitment(title="بئر", from_sentence="حفر", owner=BF, means="فريق", term_months=18))
    due = TimeExpression(hi=START + timedelta(days=10))
    step = pile.put(Milestone(title="تعيين الموقع", commitment=held.id, due=due))
    pile.at(15 * 24)
    assert (word(aspect_of(step, pile)), aspect_of(held, pile).flags[0].about["days"]) == ("missed", 5)


def test_an_intent_without_date_or_proof_is_planned_and_left_no_trace() -> None:
    body = Commitment(title="عمليات", from_sentence="كان مقررا", owner=BF, commitment_force="intent")
    assert word(said(body)) == "planned"
    assert "NO_TRACE" in [f.code for f in said(body).flags]
