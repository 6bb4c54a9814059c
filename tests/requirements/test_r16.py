"""R16: the desk of requests for information: clock, decline codes, feedback, no telling who else asked."""

from datetime import timedelta
from typing import Any

from tansiq.boards import Held, aspect_of, objections
from tansiq.boards.desk.asks import asks, same_questions
from tansiq.model.kinds.rfi import Rfi
from tansiq.model.kinds.rfi_answer import RfiAnswer
from tansiq.model.label import Label, Party
from tansiq.model.values import TimeExpression
from tests.boards.pile import START, Pile

LIMIT = TimeExpression(words="", lo=START + timedelta(hours=48), hi=START + timedelta(hours=48))
QUESTION = Rfi(title="أرقام", question="ما أرقام القطع؟", asked_of=(Party("DZ"),), ltiov=LIMIT)


def reply(to: Held, state: Any = None, **more: Any) -> RfiAnswer:
    return RfiAnswer(title="جواب", reply_to=to.id, answer_state=state, **more)


def to(*parties: str) -> Label:
    return Label(level="restricted", audience=tuple(sorted(map(Party, parties))))


def word(pile: Pile, held: Held) -> str:
    return aspect_of(held, pile).states[0].word


def refusals(pile: Pile, body: Any, by: str, **more: Any) -> list[str]:
    return [o.code for o in objections(pile.draft(body, by, **more), pile) if o.refuses]


def test_r16_a_request_passes_asked_accepted_answered_satisfied() -> None:
    """Each step is the record of whoever takes it; the clock closes with the answer."""
    pile = Pile()
    held = pile.put(QUESTION, "NE")
    runs = aspect_of(held, pile).clocks[0]
    assert (word(pile, held), runs.name, runs.length_h, runs.whose) == ("asked", "rfi", 48, ("DZ",))
    steps = []
    for hours, body, by in (
        (1, reply(held, "accepted"), "DZ"),
        (20, reply(held, "answered", answer="…"), "DZ"),
        (30, reply(held, verdict="satisfied"), "NE"),
    ):
        pile.at(hours).put(body, by)
        steps.append(word(pile, held))
    assert steps == ["accepted", "answered", "satisfied"]
    assert aspect_of(held, pile).clocks[0].state == "met"


def test_r16_a_declined_one_shows_a_coded_reason() -> None:
    """Without a code a decline is refused; with one it is shown."""
    pile = Pile()
    held = pile.put(QUESTION, "NE")
    assert refusals(pile, reply(held, "declined"), "DZ") == ["field.needed"]
    pile.put(reply(held, "declined", decline_code="not-held"), "DZ")
    said = aspect_of(held, pile)
    assert (said.states[0].word, said.facts[0].value) == ("declined", "not-held")


def test_r16_the_question_has_a_label_of_its_own() -> None:
    """It goes no wider than its asker said, whatever the answer may."""
    pile = Pile()
    body = Rfi(title="أرقام", question="؟", asked_of=(Party("DZ"),), question_release=(Party("DZ"),))
    assert refusals(pile, body, "US", label=to("DZ", "US", "NE")) == ["rfi.question-label"]
    assert refusals(pile, body, "US", label=to("DZ", "US")) == []


def test_r16_only_who_was_asked_answers_and_only_the_asker_judges() -> None:
    """Another's answer and another's verdict are refused, and count for nothing where they come."""
    pile = Pile()
    held = pile.put(QUESTION, "NE")
    assert refusals(pile, reply(held, "answered"), "ML") == ["rfi.not-asked"]
    assert refusals(pile, reply(held, verdict="satisfied"), "DZ") == ["rfi.verdict"]
    pile.put(reply(held, "answered"), "ML")
    assert word(pile, held) == "asked"


def test_r16_same_questions_are_put_together_only_where_they_were_asked() -> None:
    """The party asked sees them as one; an asker's own shelf holds his question alone."""
    pile = Pile(party=Party("DZ"))
    first, second = (
        pile.put(QUESTION, "NE", label=to("DZ", "NE")),
        pile.put(QUESTION, "ML", label=to("DZ", "ML")),
    )
    assert [[h.id for h in group] for group in same_questions(pile)] == [[first.id, second.id]]
    mine = Pile(party=Party("NE"), held=[h for h in pile.held if h.label.reaches(Party("NE"))])
    assert ([a.record.id for a in asks(mine)], same_questions(mine)) == ([first.id], ())


def test_r16_no_decline_tells_that_another_asked() -> None:
    """ "Duplicate" is refused to one who asks for the first time."""
    pile = Pile(party=Party("DZ"))
    pile.put(QUESTION, "NE", label=to("DZ", "NE"))
    other = pile.put(QUESTION, "ML", label=to("DZ", "ML"))
    body = reply(other, "declined", decline_code="duplicate")
    assert refusals(pile, body, "DZ") == ["rfi.reveals-asker"]
    again = pile.put(QUESTION, "ML", label=to("DZ", "ML"))
    assert refusals(pile, reply(again, "declined", decline_code="duplicate"), "DZ") == []
