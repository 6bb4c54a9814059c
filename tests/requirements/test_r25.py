"""R25: trace requests and their answers, visits of partner experts."""

from datetime import timedelta

from tansiq.boards import aspect_of
from tansiq.boards.registers.visits import visits
from tansiq.model.kinds.arms_item import ArmsItem
from tansiq.model.kinds.fact_notice import FactNotice
from tansiq.model.kinds.trace_answer import TraceAnswer
from tansiq.model.kinds.trace_request import TraceRequest
from tansiq.model.label import Party
from tansiq.model.values import TimeExpression
from tests.boards.pile import START, Pile

DUE = TimeExpression(words="", lo=START + timedelta(hours=85), hi=START + timedelta(hours=85))


def test_r25_a_request_to_the_state_of_origin_shows_sent_then_answered() -> None:
    """Sent with its clock; only the state asked answers it; the time of the answer closes the clock."""
    pile = Pile()
    found = pile.put(ArmsItem(title="أنبوب", lot="SA-1"), "NE")
    request = pile.put(TraceRequest(title="تعقّب", item=found.id, to=Party("LY"), due=DUE), "NE")
    sent = aspect_of(request, pile)
    assert (sent.states[0].word, sent.clocks[0].name, sent.clocks[0].length_h) == ("sent", "trace", 85)
    assert sent.clocks[0].whose == ("LY",)
    pile.at(10).put(TraceAnswer(title="ليس منّا", item=found.id), "ML")
    assert aspect_of(request, pile).states[0].word == "sent"
    pile.at(15).put(TraceAnswer(title="قطع تدريب", item=found.id, lot_size=4), "LY")
    answered = aspect_of(request, pile)
    assert (answered.states[0].word, answered.clocks[0].state) == ("answered", "met")


def test_r25_a_request_without_answer_is_late() -> None:
    """Past its date without an answer it is late, and the state asked still has its turn."""
    pile = Pile()
    request = pile.put(TraceRequest(title="تعقّب", to=Party("LY"), due=DUE), "NE")
    assert aspect_of(request, pile.at(86)).clocks[0].state == "late"


def test_r25_a_visit_is_announced_before_it_begins() -> None:
    """The bare fact of an expert visit reaches the four before it begins; a late one shows as late."""
    pile = Pile()
    period = TimeExpression(words="", lo=START + timedelta(hours=24), hi=START + timedelta(hours=96))
    body = FactNotice(
        title="زيارة", partner=Party("US"), host=Party("NE"), period=period, purpose_class="arms tracing"
    )
    pile.put(body, "US")
    pile.at(30).put(body, "US")
    assert [v.before_it_begins for v in visits(pile)] == [True, False]
