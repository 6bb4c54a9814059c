"""R18: claims about who holds an area stay claims; the gazetteer's word stands beside them."""

from __future__ import annotations

from typing import Any

import pytest

from tansiq.boards import aspect_of, objections
from tansiq.model.kinds.area_claim import AreaClaim
from tansiq.model.kinds.consent import Consent
from tansiq.model.values import Place
from tests.boards.pile import Pile
from tests.requirements.office import sign, standing
from tests.web.site import Site


def claim(place: str, **more: Any) -> AreaClaim:
    return AreaClaim(title="من يسيطر على الغابة", holder="جماعة مسلحة", place=Place(name=place, **more))


@pytest.mark.parametrize(
    "said", ["Wagadou, northern Mali", "غابة واغادو شمال مالي", "Wagadou, au nord du Mali"]
)
def test_r18_a_place_said_to_be_in_the_north_is_placed_in_the_west(said: str) -> None:
    """Entering a forest of the west as one of the north warns; the claim is kept with the warning."""
    pile = Pile()
    found = list(objections(pile.draft(claim(said)), pile))
    assert [(o.code, o.clause, o.refuses) for o in found] == [("place.elsewhere", "R18", False)]
    kept = pile.put(claim(said))
    (flag,) = aspect_of(kept, pile).flags
    assert (flag.code, flag.about["stated"]) == ("GAZETTEER", "Northern Mali")
    assert float(str(flag.about["lon"])) < -5


@pytest.mark.parametrize(
    "said",
    [
        "واغادو غرب مالي",
        "غاو شمال مالي",
        "Ménaka, nord du Mali",
        "كيدال في أقصى شمال مالي",
        "بئر لا يعرفها أحد شمال مالي",
    ],
)
def test_r18_what_agrees_and_what_nobody_knows_is_not_remarked(said: str) -> None:
    pile = Pile()
    assert not list(objections(pile.draft(claim(said)), pile))
    assert not aspect_of(pile.put(claim(said)), pile).flags


def test_r18_a_point_far_from_the_name_is_remarked_within_both_precisions_it_is_not() -> None:
    pile = Pile()
    far = claim("غاو", lat_e7=214_000_000, lon_e7=10_000_000, precision_m=10_000)
    near = claim("غاو", lat_e7=164_000_000, lon_e7=-2_000_000, precision_m=10_000)
    assert [f.code for f in aspect_of(pile.put(far), pile).flags] == ["GAZETTEER"]
    assert not aspect_of(pile.put(near), pile).flags


def test_r18_words_beside_the_place_count_as_well() -> None:
    """A request for consent says in words where it means to go."""
    pile = Pile()
    asked = Consent(title="طلب عبور", place=Place(name="واغادو"), place_text="غابة في شمال مالي")
    assert "GAZETTEER" in [f.code for f in aspect_of(pile.put(asked), pile).flags]


def test_r18_over_the_interface_the_claim_is_signed_and_bears_the_remark(office: Site) -> None:
    made = sign(
        office,
        "area-claim",
        "من يسيطر على الغابة",
        holder="جماعة مسلحة",
        place={"name": "غابة واغادو شمال مالي"},
    )
    assert "GAZETTEER" in [f["code"] for f in standing(office, made)["flags"]]
