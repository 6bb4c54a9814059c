"""R66: means and funding, pledge beside payment."""

from msgspec.structs import replace

from tansiq.boards import Held, aspect_of, objections
from tansiq.model.kinds.means_line import MeansLine
from tansiq.model.kinds.national_caveat import NationalCaveat
from tansiq.model.kinds.pledge import OfferCaveat, Pledge
from tansiq.model.label import Party
from tansiq.model.values import Quantity
from tests.boards.pile import Pile

COST = MeansLine(title="كلفة عملية", means_for="وقود", amount_pledged=Quantity(value=100_000, unit="EUR"))
CAVEAT = NationalCaveat(title="لا تمويل لعمليات الغير", party=Party("DZ"), caveat_type="funding")


def refused(pile: Pile, line: Held) -> list[str]:
    return [o.code for o in objections(line, pile) if o.refuses]


def test_r66_a_cost_without_payer_is_visible() -> None:
    """The line bears a badge, and its payer shows unknown."""
    pile = Pile()
    said = aspect_of(pile.put(COST), pile)
    assert ([f.code for f in said.flags], said.unknown) == (["NO_PAYER"], ("payer",))


def test_r66_a_pledge_is_not_a_payment() -> None:
    """Paid only when as much was paid as was pledged; both figures stand."""
    pile = Pile()
    words = []
    for paid in (None, 40_000, 100_000):
        line = replace(COST, payer=Party("NE"), amount_paid=paid and Quantity(value=paid, unit="EUR"))
        words.append(aspect_of(pile.put(line), pile).states[0].word)
    assert words == ["not-paid", "part-paid", "paid"]


def test_r66_algeria_is_no_payer_until_it_lifts_its_caveat() -> None:
    """A state whose funding caveat stands cannot be set as payer; it lifts it itself."""
    pile = Pile()
    caveat = pile.put(CAVEAT, "DZ")
    line = pile.draft(replace(COST, payer=Party("DZ")), "JSC")
    found = [(o.code, o.record) for o in objections(line, pile) if o.refuses]
    assert found == [("payer.caveat", caveat.id)]
    pile.put(replace(CAVEAT, lifted=True), "ML")
    assert refused(pile, line) == ["payer.caveat"]
    pile.put(replace(CAVEAT, lifted=True), "DZ", id=caveat.id)
    assert refused(pile, line) == []


def test_r66_the_caveat_of_a_pledge_holds_as_well() -> None:
    """A funding caveat on a pledge bars its state, and no other."""
    pile = Pile()
    pile.put(Pledge(title="تعهد", caveats=(OfferCaveat(type="funding"),)), "DZ")
    lines = [pile.draft(replace(COST, payer=Party(p)), "JSC") for p in ("DZ", "NE")]
    assert [refused(pile, line) for line in lines] == [["payer.caveat"], []]
    pile.at(1).put(replace(CAVEAT, lifted=True), "DZ")
    assert refused(pile, lines[0]) == []
