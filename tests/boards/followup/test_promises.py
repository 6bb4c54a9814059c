"""Promises: flagged while vague, missed without proof, never closed by themselves."""

from datetime import timedelta

from tansiq.boards import Aspect, aspect_of
from tansiq.model.kinds.commitment import Commitment
from tansiq.model.label import Party
from tansiq.model.values import TimeExpression
from tests.boards.pile import START, Pile

BF = Party("BF")
DUE = TimeExpression(words="خلال شهر", hi=START + timedelta(days=30))


def said(body: Commitment, after_h: float = 0) -> Aspect:
    pile = Pile()
    held = pile.put(body, "BF")
    return aspect_of(held, pile.at(after_h))


def test_as_soon_as_possible_is_flagged_for_date_and_means() -> None:
    vague = Commitment(title="فريق حفر", from_sentence="في أقرب وقت ممكن", owner=BF, means="unspecified")
    assert [f.code for f in said(vague).flags] == ["UNDATED", "MEANS_UNSPECIFIED"]
    assert said(vague).clocks[0].state == "waiting"


def test_what_its_owner_leaves_open_on_purpose_bears_no_badge() -> None:
    assert said(Commitment(title="تعاون", deliberately_open=True)).flags == ()


def test_a_date_that_passed_without_proof_is_missed_for_ever() -> None:
    body = Commitment(title="فريق حفر", owner=BF, due=DUE, means="فريق", commitment_state="delivered")
    assert [said(body, h).states[0].word for h in (0, 719, 720, 40_000)] == [
        "open",
        "open",
        "missed",
        "missed",
    ]


def test_with_its_proof_it_is_delivered() -> None:
    body = Commitment(title="بئر", owner=BF, due=DUE, commitment_state="delivered", proof="محضر استلام")
    assert (said(body, 9_000).states[0].word, said(body, 9_000).clocks[0].state) == ("delivered", "met")
