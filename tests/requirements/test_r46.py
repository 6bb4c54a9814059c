"""R46: the positions board: who is awaited first, conditions, standing positions attached."""

from __future__ import annotations

from tansiq.boards import aspect_of
from tansiq.boards.diplomacy.initiatives import entry_of
from tansiq.model.kinds.initiative import Initiative
from tansiq.model.kinds.position import Position
from tests.boards.pile import Pile

SEMINAR = Initiative(
    title="ندوة جهوية حول أطر وآليات المواجهة",
    convener="فرنسا",
    invitees=("DZ", "NE", "ML", "MR"),
    initiative_state="proposed",
    convener_attends=False,
)


def test_r46_the_initiative_lists_the_awaited_in_the_order_of_the_invitees() -> None:
    pile = Pile()
    entry = entry_of(pile.put(SEMINAR, "ML"), pile)
    assert entry is not None
    assert [(s.party, s.how) for s in entry.stands] == [
        ("DZ", "awaited"),
        ("NE", "awaited"),
        ("ML", "awaited"),
        ("MR", "awaited"),
    ]


def test_r46_a_standing_position_is_attached_and_is_no_answer() -> None:
    pile = Pile()
    held = pile.put(SEMINAR, "ML")
    refusal = Position(title="رفض أي تدخل أجنبي", position="objection", standing_position=True)
    pile.put(refusal, "DZ")
    pile.put(Position(title="نقبل بشرط", on=held.id, position="assent", conditions=("حضور الأربعة",)), "NE")
    entry = entry_of(held, pile)
    assert entry is not None
    stands = {s.party: s for s in entry.stands}
    assert (stands["DZ"].how, stands["DZ"].standing[0].body.title) == ("awaited", "رفض أي تدخل أجنبي")  # type: ignore[index]
    assert (stands["NE"].how, stands["NE"].conditions) == ("conditional", ("حضور الأربعة",))  # type: ignore[index]
    assert "standing_position" in {f.name for f in aspect_of(held, pile).facts}


def test_r46_a_position_counts_only_for_the_party_that_signed_it() -> None:
    pile = Pile()
    held = pile.put(SEMINAR, "ML")
    pile.put(Position(title="باسم الجزائر", on=held.id, position="assent"), "FR")
    entry = entry_of(held, pile)
    assert entry is not None
    assert {s.how for s in entry.stands} == {"awaited"}
