"""A node's own word on its link: unreachable while it says so, reached again when it says or had said."""

from datetime import timedelta

from tansiq.boards import aspect_of
from tansiq.boards.clocks import Span
from tansiq.boards.oversight.health import outages
from tansiq.model.kinds.journal_query import Finding, JournalQuery
from tansiq.model.kinds.node_health import NodeHealth
from tansiq.model.label import Party
from tansiq.model.values import TimeExpression
from tests.boards.pile import START, Pile

NE = Party("NE")
HOUR = timedelta(hours=1)


def down(until_h: float | None) -> NodeHealth:
    until = None if until_h is None else START + until_h * HOUR
    return NodeHealth(
        title="انقطاع الوصلة", link="down", autosave_s=5, restored=TimeExpression(lo=until, hi=until)
    )


def test_a_node_is_unreachable_until_the_time_it_gives() -> None:
    pile = Pile().at(40)
    held = pile.put(down(80), "NE")
    words = [[s.word for s in aspect_of(held, pile.at(h)).states] for h in (40, 79, 80)]
    assert words == [["unreachable", "ok"], ["unreachable", "ok"], ["reachable", "ok"]]


def test_its_next_word_ends_an_outage_early_and_another_begins_later() -> None:
    pile = Pile().at(10)
    pile.put(down(None), "NE")
    pile.at(20).put(NodeHealth(title="عادت الوصلة", link="up"), "NE")
    pile.at(30).put(down(None), "NE")
    pile.put(down(None), "ML")
    assert outages(pile, NE) == (Span(START + 10 * HOUR, START + 20 * HOUR), Span(START + 30 * HOUR))


def test_what_an_overseer_found_is_told_by_kind_and_number() -> None:
    pile = Pile()
    found = (Finding(found="searches_denied", stated_value="3"), Finding(found="node", stated_value="TD"))
    held = pile.put(JournalQuery(title="مراجعة الاطّلاع", finding=found), "OMB")
    assert aspect_of(held, pile).facts[0].about == {"denied_searches": 3, "node": "TD"}
