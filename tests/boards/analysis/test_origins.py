"""Origins of what is derived again and again: each item is asked once, however many ways lead to it."""

from __future__ import annotations

from typing import Any

from tansiq.base.ids import RecordId
from tansiq.boards.analysis.origins import claim_origins, roots
from tansiq.boards.shelf import Held
from tansiq.model.kinds.report import Report
from tests.boards.pile import Pile


def report(pile: Pile, title: str, *above: Held, claim: str = "C-1", **more: Any) -> Held:
    body = Report(title=title, text="", claim_ref=claim)
    return pile.put(body, derived_from=tuple(h.id for h in above), **more)


def test_many_ways_to_one_origin_take_no_longer_than_one() -> None:
    pile = Pile()
    above = (report(pile, "أصل 1"), report(pile, "أصل 2"))
    for level in range(40):
        above = (report(pile, f"نقل {level}", *above), report(pile, f"إعادة {level}", *above))
    found = claim_origins("C-1", pile)
    assert (found.number, found.copies, found.names) == (2, 80, ("أصل 1", "أصل 2"))


def test_a_chain_of_copies_of_any_length_has_the_origin_at_its_end() -> None:
    pile = Pile()
    above = report(pile, "أصل", claim="C-0")
    for level in range(1500):
        above = report(pile, f"نقل {level}", above)
    found = roots(above, pile)
    assert (list(found.proven.values()), found.relays) == (["أصل"], True)


def test_what_is_derived_from_each_other_or_from_itself_stands_for_itself() -> None:
    pile = Pile()
    first = report(pile, "الأول")
    second = report(pile, "الثاني", first)
    report(pile, "الأول", second, id=first.id)
    assert claim_origins("C-1", pile).number == 2
    alone = report(pile, "وحده", claim="C-2")
    again = report(pile, "وحده", alone, claim="C-2", id=alone.id)
    assert (roots(again, pile).proven, claim_origins("C-2", pile).number) == ({again.id: "وحده"}, 1)


def test_what_is_not_there_or_no_record_is_an_origin_by_its_name() -> None:
    pile = Pile()
    body = Report(title="ناقل", text="", claim_ref="C-1", derived_from=("وكالة", "0" * 36))
    one = pile.put(body, derived_from=(RecordId("01c16397-ab00-7b76-8644-badffab540b8"),))
    assert len(roots(one, pile).proven) == 3
