"""R12: quantities with approximation and counting basis; figures stand beside each other."""

from tansiq.boards import aspect_of
from tansiq.boards.registers.lots import lot_of, lots
from tansiq.model.kinds.arms_lot import ArmsLot
from tansiq.model.kinds.quantity_claim import QuantityClaim
from tansiq.model.kinds.report import Report
from tansiq.model.values import Quantity
from tests.boards.pile import Pile

NEARLY = Quantity(value=1_000_000, approx=True, unit="صاروخ", basis="أُعلن أنها مفقودة")
LOT = ArmsLot(
    title="صواريخ مفقودة", lot="SA-1", announced=NEARLY, destination_claims=("مجهولة", "الساحل (ادّعاء)")
)


def test_r12_nearly_a_thousand_keeps_its_approximation_and_basis() -> None:
    """≈1000, unit missiles, basis "announced missing"; who announced it is unknown."""
    pile = Pile()
    pile.put(LOT)
    figure = lot_of("SA-1", pile).figures[0]
    assert (figure.quantity.value, figure.quantity.approx, figure.quantity.basis) == (
        1_000_000,
        True,
        NEARLY.basis,
    )
    assert figure.quantity.announced_by == ""


def test_r12_some_is_stored_beside_it_and_is_no_number() -> None:
    """ "Some" is an unknown figure of its own, not zero and not the thousand."""
    pile = Pile()
    pile.put(LOT)
    pile.at(1).put(
        Report(title="بعض الصواريخ", lot="SA-1", quantity=Quantity(unit="صاروخ", basis="بعض")), "ML"
    )
    lot = lot_of("SA-1", pile)
    assert [f.quantity.value for f in lot.figures] == [1_000_000, None]
    assert lot.announced == "1000"


def test_r12_a_later_figure_adds_and_never_overwrites() -> None:
    """Five thousand later: both stand, in order; nothing is summed, a repetition adds nothing."""
    pile = Pile()
    held = pile.put(LOT)
    for hour, value in ((1, 5_000_000), (2, 1_000_000)):
        claim = QuantityClaim(title="رقم", counted="SA-1", quantity=Quantity(value=value))
        pile.at(hour).put(claim, "LY")
    lot = lot_of("SA-1", pile)
    assert (lot.announced, len(lot.figures)) == ("1000|5000", 3)
    assert [f.code for f in aspect_of(held, pile).flags] == ["FIGURES_DIFFER"]


def test_r12_two_stocks_are_not_assumed_to_be_one() -> None:
    """A figure that names no lot, or another, does not enter this one."""
    pile = Pile()
    pile.put(LOT)
    pile.put(QuantityClaim(title="صواريخ أخرى", counted="صواريخ", quantity=Quantity(value=480_000)), "LY")
    pile.put(Report(title="مخزن", lot="SA-2", quantity=Quantity(value=4_000)), "LY")
    assert [(lot.id, lot.announced) for lot in lots(pile)] == [("SA-1", "1000"), ("SA-2", "4")]
