"""Outages proven by others: two that heard nothing, for as long as both say so."""

from __future__ import annotations

from datetime import timedelta

from tansiq.boards import aspect_of
from tansiq.boards.clocks import Span
from tansiq.boards.diplomacy.outages import outages
from tansiq.model.kinds.node_health import NodeHealth
from tansiq.model.label import Party
from tests.boards.diplomacy.mandated import NAME, adoption, down, refusals, told, under_silence
from tests.boards.pile import START, Pile

NE = Party("NE")


def heard(hours: float, link: str = "down") -> NodeHealth:
    """Another's word: when the node of Niger was last heard, or heard again."""
    at = START + timedelta(hours=hours)
    return NodeHealth(title="لا يُسمع", link=link, node_of=NE, last_heard=at)  # type: ignore[arg-type]


def spans(pile: Pile) -> list[tuple[float, float | None]]:
    """The outages of Niger in hours after the start."""
    return [(_hours(s), None if s.end is None else _hours(Span(s.end))) for s in outages(NE, pile)]


def _hours(span: Span) -> float:
    return (span.begin - START).total_seconds() / 3600


def test_one_word_proves_nothing_and_two_prove_what_both_say() -> None:
    pile = Pile()
    pile.at(30).put(heard(4), "ML")
    assert spans(pile) == []
    pile.at(31).put(heard(6), "MR")
    assert spans(pile) == [(6, None)]
    pile.at(50).put(heard(48, "up"), "ML")
    assert spans(pile) == [(6, 48)]
    pile.at(51).put(heard(49, "up"), "MR")
    assert spans(pile) == [(6, 48)]


def test_nobody_witnesses_twice_nor_from_outside() -> None:
    pile = Pile()
    for by in ("ML", "ML", "FR"):
        pile.at(30).put(heard(4), by)
    assert spans(pile) == []


def test_the_nodes_own_word_ends_what_others_say_of_it() -> None:
    pile = Pile()
    for by in ("ML", "MR"):
        pile.at(30).put(heard(4), by)
    pile.at(40).put(NodeHealth(title="عدنا", link="up"), "NE")
    assert spans(pile) == [(4, 40)]


def test_a_second_outage_is_another_one() -> None:
    pile = Pile()
    for begins, ends in ((4, 20), (50, 60)):
        for by in ("ML", "MR"):
            pile.at(begins + 25).put(heard(begins), by)
            pile.at(ends + 30).put(heard(ends, "up"), by)
    assert spans(pile) == [(4, 20), (50, 60)]


def test_whichever_order_the_words_come_in_the_outage_is_the_same() -> None:
    one, other = Pile(), Pile()
    said = [(30.0, heard(4), "ML"), (31.0, heard(6), "MR"), (50.0, heard(48, "up"), "ML")]
    for hours, body, by in said:
        one.at(hours).put(body, by)
    for hours, body, by in reversed(said):
        other.at(hours).put(body, by)
    assert spans(one) == spans(other) == [(6, 48)]


def test_a_silence_stands_still_while_two_hear_nothing_and_is_not_adopted() -> None:
    pile, held = under_silence()
    pile.at(40).put(heard(12), "ML")
    assert told(pile.at(75), held)[NAME] == "silence_kept"
    pile.at(76).put(heard(12), "MR")
    assert told(pile, held)[NAME] == "paused"
    assert told(pile, held)["position:NE"] == "unreachable"
    assert "silence.not-kept" in refusals(pile, pile.draft(adoption(), "JSC"))
    for by in ("ML", "MR"):
        pile.at(100).put(heard(96, "up"), by)
    assert told(pile, held)[NAME] == "under_silence"
    assert told(pile.at(157), held)[NAME] == "silence_kept"


def test_what_others_say_of_a_node_is_not_their_own_outage() -> None:
    pile = Pile()
    pile.at(30)
    first, own = pile.put(heard(4), "ML"), pile.put(down(), "DZ")
    assert outages(Party("ML"), pile) == ()
    assert [s.word for s in aspect_of(first, pile).states] == ["unheard"]
    assert aspect_of(own, pile).states[0].of == "node:DZ"
    second = pile.put(heard(4), "MR")
    assert [s.word for s in aspect_of(second, pile).states] == ["unreachable"]
