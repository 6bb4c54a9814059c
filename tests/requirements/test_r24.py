"""R24: the arms ledger: announced lots, recovered items, custody."""

from datetime import timedelta
from typing import Any

from tansiq.boards import aspect_of
from tansiq.boards.registers.lots import lot_of
from tansiq.model.kinds.arms_item import ArmsItem, CustodyLine, ItemComponent, ItemMark
from tansiq.model.kinds.component import Component
from tansiq.model.kinds.custody_event import CustodyEvent
from tansiq.model.kinds.trace_answer import TraceAnswer
from tansiq.model.values import Quantity, TimeExpression
from tests.boards.pile import START, Pile
from tests.requirements.test_r12 import LOT

FOUND = (CustodyLine(at=START, by="فرقة نزع الألغام", seal="S-1"),)


def item(serial: str = "", **more: Any) -> ArmsItem:
    return ArmsItem(title="أنبوب", lot="SA-1", serial_number=serial, custody=FOUND, **more)


def moved(held: Any, hours: float, giver: str, holder: str, seal: str = "S-1", **more: Any) -> CustodyEvent:
    at = START + timedelta(hours=hours)
    when = TimeExpression(lo=at, hi=at)
    return CustodyEvent(
        title="تسليم", item=held.id, moved=when, from_holder=giver, to_holder=holder, seal=seal, **more
    )


def unbroken(pile: Pile, held: Any) -> Any:
    return next(f.value for f in aspect_of(held, pile).facts if f.name == "custody_unbroken")


def test_r24_both_claims_of_the_destination_are_listed() -> None:
    """Destination unknown and Sahel (asserted) side by side; 0 recovered of ≈1000 announced."""
    pile = Pile()
    pile.put(LOT)
    lot = lot_of("SA-1", pile)
    assert [d.words for d in lot.destinations] == ["مجهولة", "الساحل (ادّعاء)"]
    assert (lot.recovered, lot.announced) == (0, "1000")


def test_r24_an_item_counts_once_however_many_speak_of_it() -> None:
    """One serial number is one item; a mark in running words does the same; no mark, an item of its own."""
    pile = Pile()
    pile.put(item("AB 12"), "NE")
    pile.put(item("ab 12"), "ML")
    part = ItemComponent(part="أنبوب", seen="present, marked SA-TRN-07-002")
    pile.put(item(components=(part,)), "NE")
    pile.put(item(marks=(ItemMark(mark="SA-TRN-07-002"),)), "LY")
    pile.put(item(), "NE")
    assert lot_of("SA-1", pile).recovered == 3


def test_r24_the_inventory_stands_beside_the_recollection() -> None:
    """A trace answer about an item of the lot adds its figure: 1000|4, nothing overwritten."""
    pile = Pile()
    pile.put(LOT)
    held = pile.put(item("AB 12"), "NE")
    pile.at(1).put(TraceAnswer(title="جرد", item=held.id, quantity=Quantity(value=4000, basis="جرد")), "LY")
    assert (lot_of("SA-1", pile).announced, lot_of("SA-1", pile).recovered) == ("1000|4", 1)


def test_r24_custody_is_unbroken_while_hands_and_seal_follow() -> None:
    """Times in order, each giver the holder before, the seal the same or opened before a witness."""
    pile = Pile()
    held = pile.put(item("1"), "NE")
    assert unbroken(pile, held) is True
    pile.put(moved(held, 3, "فرقة نزع الألغام", "المخزن"), "NE")
    pile.put(moved(held, 9, "المخزن", "المخبر", "S-2", custody_act="examined", witness_role="قاض"), "NE")
    assert unbroken(pile, held) is True


def test_r24_a_gap_in_hands_time_or_seal_breaks_it() -> None:
    """Another giver, an hour before the last, another seal: each breaks the chain and says why."""
    for bad, why in (
        (("غيره", "المخزن", 3.0, "S-1"), "giver"),
        (("فرقة نزع الألغام", "المخزن", -3.0, "S-1"), "out-of-order"),
        (("فرقة نزع الألغام", "المخزن", 3.0, "S-9"), "seal"),
    ):
        pile = Pile()
        held = pile.put(item("1"), "NE")
        pile.put(moved(held, bad[2], bad[0], bad[1], bad[3]), "NE")
        flag = next(f for f in aspect_of(held, pile).flags if f.code == "CUSTODY_BROKEN")
        assert (unbroken(pile, held), flag.about["breaks"]) == (False, (why,))


def test_r24_a_chain_that_nobody_recorded_is_unknown() -> None:
    """No line of custody: neither unbroken nor broken."""
    pile = Pile()
    held = pile.put(ArmsItem(title="أنبوب", lot="SA-1"), "NE")
    assert unbroken(pile, held) is None


def test_r24_components_are_recorded_one_by_one() -> None:
    """A tube without gripstock and battery says what is absent; its condition stays unknown."""
    pile = Pile()
    held = pile.put(item("1", components=(ItemComponent(part="مقبض", seen="غائب"),)), "NE")
    pile.put(Component(title="بطارية", item=held.id, part="battery-coolant", present=False), "NE")
    said = aspect_of(held, pile)
    assert [f.value for f in said.facts if f.name == "absent"] == [("مقبض", "battery-coolant")]
    assert "condition" in said.unknown
