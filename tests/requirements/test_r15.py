"""R15: priority requirements and the collection plan."""

from datetime import timedelta
from typing import Any

from tansiq.boards import Held, aspect_of
from tansiq.boards.desk.plan import plan
from tansiq.model.kinds.eei import Eei
from tansiq.model.kinds.indicator import Indicator
from tansiq.model.kinds.meeting import Meeting
from tansiq.model.kinds.pir import Pir
from tansiq.model.kinds.rfi import Rfi
from tansiq.model.kinds.rfi_answer import RfiAnswer
from tansiq.model.label import Party
from tansiq.model.values import TimeExpression
from tests.boards.pile import START, Pile


def hour(at: float) -> TimeExpression:
    moment = START + timedelta(hours=at)
    return TimeExpression(words="", lo=moment, hi=moment)


def arms_leaving(pile: Pile, **more: Any) -> tuple[Held, Held]:
    head = pile.put(Pir(title="سلاح يغادر ليبيا", question="أي سلاح يغادر ليبيا؟"), "JSC")
    body = Eei(
        title="أعداد", pir=head.id, owner=Party("LY"), can_answer=(Party("LY"),), due=hour(900), **more
    )
    return head, pile.put(body, "JSC")


def codes(pile: Pile, held: Held) -> list[str]:
    return [f.code for f in aspect_of(held, pile).flags]


def test_r15_each_element_shows_owner_due_time_and_last_answer() -> None:
    """PIR → EEI → owner → due → last answer."""
    pile = Pile()
    head, held = arms_leaving(pile)
    row = plan(pile)[0]
    assert row.record is not None
    assert (row.record.id, row.unanswered) == (head.id, 1)
    element = row.elements[0]
    assert (element.body.owner, element.due, element.last) == ("LY", START + timedelta(hours=900), None)
    sign = pile.at(5).put(Indicator(title="قافلة", eei=held.id), "LY")
    answered = plan(pile)[0].elements[0]
    assert (answered.last, answered.answered_by) == (START + timedelta(hours=5), sign.id)
    assert aspect_of(head, pile).facts[0].about == {"unanswered": 0}


def test_r15_an_answered_request_answers_its_element() -> None:
    """The answer to a question put under the element is its last answer; a decline is none."""
    pile = Pile()
    _, held = arms_leaving(pile)
    asked = pile.put(Rfi(title="سؤال", question="كم؟", pir=held.id, asked_of=(Party("LY"),)), "JSC")
    pile.at(1).put(RfiAnswer(title="اعتذار", reply_to=asked.id, answer_state="declined"), "LY")
    assert aspect_of(held, pile).states[0].word == "open"
    pile.at(2).put(RfiAnswer(title="جواب", reply_to=asked.id, answer_state="answered", answer="4"), "LY")
    assert aspect_of(held, pile).states[0].word == "answered"


def test_r15_unanswered_ones_turn_amber_before_the_next_meeting() -> None:
    """Amber within the week before the next meeting; an answer ends it; a cancelled meeting is none."""
    pile = Pile()
    _, held = arms_leaving(pile)
    assert codes(pile, held) == []
    meeting = pile.put(Meeting(title="اجتماع", starts=hour(240)), "JSC")
    assert [codes(pile.at(h), held) for h in (0, 80)] == [[], ["UNANSWERED"]]
    pile.put(Indicator(title="قافلة", eei=held.id), "LY")
    assert codes(pile, held) == []
    pile.held = [h for h in pile.held if h.kind != "indicator"]
    pile.put(Meeting(title="اجتماع", starts=hour(240), meeting_state="cancelled"), "JSC", id=meeting.id)
    assert codes(pile, held) == []


def test_r15_past_its_date_it_is_amber_without_a_meeting() -> None:
    """Once due and unanswered it is amber, and its clock late."""
    pile = Pile()
    _, held = arms_leaving(pile)
    assert codes(pile.at(901), held) == ["UNANSWERED"]
    assert aspect_of(held, pile).clocks[0].state == "late"
