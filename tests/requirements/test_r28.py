"""R28: ransom and concession information sealed apart."""

from typing import Any

import pytest

from tansiq.base.ids import raw_of
from tansiq.boards import aspect_of, objections
from tansiq.model.kinds.assessment import Assessment
from tansiq.model.kinds.judicial_decision import JudicialDecision
from tansiq.model.kinds.sealed_note import SealedNote
from tansiq.model.record import Ref
from tests.boards.pile import Pile
from tests.boards.protected.affairs import guarded

WHOLE: dict[str, Any] = {
    "legal_basis": "قانون 12/2009",
    "disclosure_rule": "بأمر قضائي",
    "sealed_by": "الضابط القانوني",
}


def note(**more: Any) -> SealedNote:
    return SealedNote(**({"title": "مذكرة", "case": "ORYX"} | WHOLE | more))


@pytest.mark.parametrize("lacking", sorted(WHOLE))
def test_r28_a_legal_officer_s_basis_and_a_disclosure_rule_are_required(lacking: str) -> None:
    """A legal officer's basis and a disclosure rule are required."""
    pile = Pile()
    draft = pile.draft(note(**{lacking: ""}), "NE", label=guarded("NE", cells=("CASE-ORYX", "SEALED")))
    assert [o.missing for o in objections(draft, pile) if o.refuses] == [{lacking}]


def test_r28_a_note_stands_only_in_a_sealed_compartment() -> None:
    pile = Pile()
    draft = pile.draft(note(), "NE", label=guarded("NE", cells=()))
    assert [o.code for o in objections(draft, pile) if o.refuses] == ["case.unguarded"]


@pytest.mark.parametrize("by", ["sources", "derived_from", "refs"])
def test_r28_nothing_is_derived_from_a_note(by: str) -> None:
    """Never in assessment outside the sealed compartment."""
    pile = Pile()
    held = pile.put(note(), "NE", label=guarded("NE", cells=("CASE-ORYX", "SEALED")))
    named: Any = (Ref("evidence", raw_of(held.id)),) if by == "refs" else (held.id,)
    draft = pile.draft(Assessment(title="تقدير"), "NE")
    object.__setattr__(draft, by, named)
    assert [(o.code, o.record) for o in objections(draft, pile)] == [("sealed-note.derived", held.id)]


def test_r28_sealing_never_blocks_a_court_s_order() -> None:
    """Sealing never blocks a court's order."""
    pile = Pile()
    held = pile.put(note(), "NE", label=guarded("NE"))
    order = pile.draft(JudicialDecision(title="أمر محكمة"), "NE", refs={"opens": held.id})
    assert not [o for o in objections(order, pile) if o.refuses]
    assert ("court_order_opens", True) in [(f.name, f.value) for f in aspect_of(held, pile).facts]
