"""R54: deployment and readiness; a delivery at part strength counts as part, the shortfall shows."""

from tansiq.boards import aspect_of
from tansiq.boards.forces.requirement import units
from tansiq.boards.forces.table import force_lines
from tansiq.model.kinds.delivery import Delivery
from tansiq.model.kinds.pledge import Pledge
from tansiq.model.values import Quantity
from tests.boards.pile import Pile
from tests.requirements.test_r53 import offer, required, row


def test_r54_a_delivery_at_part_strength_counts_as_part() -> None:
    """A company at sixty per cent is six tenths of one, and its pledge stays what it was."""
    pile = Pile()
    required(pile)
    pile.put(Pledge(title="تعهد", offers=(offer("L1", 1),)), "NE")
    held = pile.put(Delivery(title="وصول", line="L1", delivered_fraction=600, shortfalls=("L2:2",)), "NE")
    found = row(pile, "L1")
    assert (units(found.milli("delivered")), units(found.milli("pledge"))) == ("0.6", "1")
    assert aspect_of(held, pile).states[0].word == "partial"


def test_r54_two_companies_at_half_strength_are_one() -> None:
    """The number counts with its part; told twice it counts once."""
    pile = Pile()
    required(pile)
    for by in ("NE", "JSC"):
        body = Delivery(
            title="وصول",
            party="NE",  # type: ignore[arg-type]
            line="L1",
            quantity=Quantity(value=2000),
            delivered_fraction=500,
        )
        pile.put(body, by)
    assert row(pile, "L1").milli("delivered") == 1000


def test_r54_the_board_shows_the_shortfall_by_capability_with_its_risk() -> None:
    """Shortfall by capability; what deliveries themselves call lacking stands beside it."""
    pile = Pile()
    held = required(pile, risk_if_unfilled="لا إخلاء طبي")
    pile.put(Delivery(title="وصول", line="L1", delivered_fraction=600, shortfalls=("L2:2",)), "NE")
    assert row(pile, "L2").said_short == ("NE: 2",)
    short = {f.about["line"]: f.about for f in aspect_of(held, pile).flags if f.code == "SHORTFALL"}
    assert (short["L2"]["shortfall"], short["L2"]["risk"]) == ("2", "لا إخلاء طبي")


def test_r54_no_positions_stand_in_the_table() -> None:
    """No unit positions: a line of the table knows capability and number, no place."""
    pile = Pile()
    required(pile)
    names = {n for line in force_lines(pile) for n in line.line.__struct_fields__}
    assert not names & {"place", "lat_e7", "lon_e7", "position"}
