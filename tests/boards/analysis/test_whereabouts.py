"""The gazetteer's remark on a place that was said to lie elsewhere."""

from tansiq.boards import aspect_of
from tansiq.model.kinds.consent import Consent
from tansiq.model.values import Place
from tests.boards.pile import Pile


def test_a_place_named_in_two_fields_is_one_place_and_gets_the_remark() -> None:
    pile = Pile()
    asked = Consent(
        title="طلب عبور", place=Place(name="Wagadou"), place_text="forêt de Wagadou, nord du Mali"
    )
    assert [f.code for f in aspect_of(pile.put(asked, "ML"), pile).flags if f.clause == "R18"] == [
        "GAZETTEER"
    ]


def test_a_place_where_it_is_said_to_be_gets_none() -> None:
    pile = Pile()
    asked = Consent(title="طلب عبور", place=Place(name="Wagadou"), place_text="forêt de Wagadou")
    assert [f.code for f in aspect_of(pile.put(asked, "ML"), pile).flags if f.clause == "R18"] == []
