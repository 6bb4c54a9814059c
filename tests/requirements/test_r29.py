"""R29: wanted notices only with a judicial basis."""

from typing import Any

import pytest

from tansiq.boards import aspect_of, objections
from tansiq.model.kind import CATALOGUE
from tansiq.model.kinds.identity_match import IdentityMatch
from tansiq.model.kinds.judicial_notice import JudicialNotice, NoticeIdentifier
from tansiq.model.label import Label, Party
from tansiq.model.strict import faults
from tests.boards.pile import Pile

GIVEN: dict[str, Any] = {
    "title": "إشعار بحث",
    "notice": "N-1",
    "court": "محكمة باماكو",
    "ref": "12/31",
    "identifiers": (NoticeIdentifier(mark="الميلاد", described="نحو 1994"),),
    "offence": "خطف",
    "dual_criminality": True,
    "refugee_check": "تم",
    "asylum_check": "تم",
    "non_political": True,
    "adult": True,
    "purpose": "إبلاغ القضاء",
    "review_h": 168,
}
FOUR = Label(
    level="restricted", audience=tuple(map(Party, ("DZ", "ML", "MR", "NE", "OMB"))), uses=("JUDICIAL",)
)


def notice(**more: Any) -> JudicialNotice:
    return JudicialNotice(**(GIVEN | more))


@pytest.mark.parametrize(
    "lacking",
    [n for n in sorted(GIVEN) if n not in ("title", "notice")],
)
def test_r29_a_notice_without_its_basis_is_refused(lacking: str) -> None:
    """Refused without court, reference, date, identifiers, offence, checks."""
    empty = {"identifiers": (), "review_h": None}.get(lacking, None if GIVEN[lacking] is True else "")
    body = notice(**{lacking: None if lacking == "ref" else empty})
    stopped = {f.where for f in faults(body)}
    pile = Pile()
    stopped |= {
        m for o in objections(pile.draft(body, "DZ", label=FOUR), pile) if o.refuses for m in o.missing
    }
    assert {"review" if lacking == "review_h" else lacking} <= stopped


def test_r29_minors_are_refused() -> None:
    assert [f.where for f in faults(notice(adult=False))] == ["adult"]
    assert "adult" in CATALOGUE["judicial-notice/1"].affirm


def test_r29_a_whole_notice_is_saved_as_a_pointer() -> None:
    """A notice is a pointer to a judicial act, never itself a cause for arrest."""
    pile = Pile()
    assert not list(faults(notice()))
    assert not [o for o in objections(pile.draft(notice(), "DZ", label=FOUR), pile) if o.refuses]
    said = aspect_of(pile.put(notice(), "DZ", label=FOUR), pile)
    assert "POINTER_ONLY" in [f.code for f in said.flags]
    assert {"court", "ref", "identifiers", "review_h", "adult"} <= {*said.needs}


def test_r29_two_requests_are_two_notices() -> None:
    """Two requests are two notices, each with its own clock."""
    pile = Pile()
    first = pile.put(notice(), "DZ", label=FOUR)
    second = pile.at(24).put(notice(court="محكمة نواكشوط", ref="3/31"), "MR", label=FOUR)
    clocks = [aspect_of(h, pile).clocks[0] for h in (first, second)]
    assert [c.whose for c in clocks] == [("DZ",), ("MR",)]
    assert clocks[0].due != clocks[1].due
    pile.at(170)
    assert [aspect_of(h, pile).states[0].word for h in (first, second)] == ["suspended", "active"]


def test_r29_the_same_person_only_if_an_officer_of_each_state_confirms() -> None:
    """The same person only if an officer of each state confirms it."""
    pile = Pile()
    pile.put(notice(notice="N-DZ"), "DZ", label=FOUR)
    pile.put(notice(notice="N-MR"), "MR", label=FOUR)
    body = IdentityMatch(title="نشرتان", notice="N-DZ", other_notice="N-MR", identifiers_matched=2,
                         match_state="confirmed")  # fmt: skip
    one = pile.put(body, "DZ", label=FOUR)
    assert aspect_of(one, pile).states[0].word == "held-for-review"
    pile.at(1).put(body, "MR", label=FOUR)
    assert aspect_of(one, pile).states[0].word == "confirmed"


def test_r29_nobody_confirms_for_another_state_or_by_a_name_alone() -> None:
    pile = Pile()
    body = IdentityMatch(title="تشابه", notice="N-1", match_state="confirmed", confirmed_by=(Party("MR"),))
    found = {o.code: o.missing for o in objections(pile.draft(body, "DZ", label=FOUR), pile) if o.refuses}
    assert found == {"match.name-only": {"identifiers_matched"}, "match.for-another": {"MR"}}
