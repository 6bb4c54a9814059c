"""R70: purpose limits, retention, sealing."""

import pytest

from tansiq.boards import aspect_of, objections
from tansiq.boards.protected.sealing import sealed_compartments
from tansiq.model.kind import Body
from tansiq.model.kinds.case_outcome import CaseOutcome
from tansiq.model.kinds.contact_log import ContactLog
from tansiq.model.kinds.journal_query import JournalQuery
from tansiq.model.kinds.judicial_decision import JudicialDecision
from tansiq.model.kinds.pol_check import PolCheck
from tansiq.model.kinds.recall import Recall
from tansiq.model.kinds.retention_rule import RetentionRule
from tansiq.model.label import Party
from tests.boards.pile import Pile
from tests.boards.protected.affairs import guarded, hour, opened
from tests.requirements.test_r29 import FOUR, notice

FREED = CaseOutcome(title="أُفرج عنه", case="ORYX", outcome="released", family_informed=hour(9))


def closed(pile: Pile, **more: object) -> None:
    """A case that is over at the tenth hour."""
    opened(pile, **more)  # type: ignore[arg-type]
    pile.at(10).put(FREED, "NE", label=guarded())


@pytest.mark.parametrize("party", ["NE", "ML", "FR"])
def test_r70_a_closed_case_seals_on_its_date_at_all_nodes(party: str) -> None:
    """Closed hostage case seals on its date at all nodes."""
    pile = Pile(Party(party))
    closed(pile, seals_at=hour(700))
    held = pile.of("hostage-case")[0]
    assert sealed_compartments(pile.at(699)) == set()
    assert sealed_compartments(pile.at(700)) == {"CASE-ORYX"}
    said = aspect_of(held, pile)
    assert said.states[0].word == "sealed"
    assert [(c.name, c.state) for c in said.clocks] == [("seal", "lapsed")]


def test_r70_an_open_case_is_never_sealed_by_its_date() -> None:
    pile = Pile(Party("NE"))
    opened(pile, seals_at=hour(700))
    assert sealed_compartments(pile.at(10_000)) == set()


def test_r70_where_no_date_is_named_the_retention_rule_gives_it() -> None:
    pile = Pile(Party("NE"))
    closed(pile)
    assert sealed_compartments(pile.at(99_999)) == set()
    rule = RetentionRule(title="حفظ", purpose="سلامة", covers=("hostage-case",), keep_days=30, then_do="seal")
    pile.put(rule, "NE")
    assert sealed_compartments(pile.at(10 + 30 * 24 - 1)) == set()
    assert sealed_compartments(pile.at(10 + 30 * 24)) == {"CASE-ORYX"}


def test_r70_the_seal_keeps_the_ways_of_courts_families_and_oversight_open() -> None:
    """The seal keeps courts', families' and the ombudsperson's path open."""
    pile = Pile(Party("NE"))
    closed(pile, seals_at=hour(700))
    pile.at(701)
    shut: Body = PolCheck(title="تحقق", case="ORYX", result="unclear")
    draft = pile.draft(shut, "NE", label=guarded())
    assert [o.code for o in objections(draft, pile) if o.refuses] == ["case.sealed"]
    for body in (
        ContactLog(title="العائلة", case="ORYX"),
        JudicialDecision(title="أمر"),
        JournalQuery(title="مراجعة", case="ORYX"),
    ):
        assert not [o for o in objections(pile.draft(body, "NE", label=guarded()), pile) if o.refuses]


def test_r70_deletion_needs_the_ombudsperson_s_note() -> None:
    """Deletion needs the ombudsperson's note."""
    pile = Pile(Party("NE"))
    closed(pile)
    held = pile.of("hostage-case")[0]
    body = Recall(title="حذف", record=held.id, reason="انتهى")
    draft = pile.draft(body, "NE", label=guarded())
    assert [o.code for o in objections(draft, pile) if o.refuses] == ["deletion.no-note"]
    note = pile.put(JournalQuery(title="لا مانع", case="ORYX"), "OMB", label=guarded("NE", "OMB", cells=()))
    noted = pile.draft(body, "NE", refs={"note": note.id}, label=guarded())
    assert not [o for o in objections(noted, pile) if o.refuses]


def test_r70_a_protected_record_without_a_purpose_is_warned_of() -> None:
    """Purpose limits."""
    pile = Pile()
    bare = pile.draft(notice(), "DZ", label=guarded("DZ", cells=()))
    assert "purpose.none" in [o.code for o in objections(bare, pile)]
    assert "purpose.none" not in [o.code for o in objections(pile.draft(notice(), "DZ", label=FOUR), pile)]
