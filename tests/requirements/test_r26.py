"""R26: hostage cases, need-to-know, family liaison."""

from dataclasses import replace

import pytest

from tansiq.boards import aspect_of, objections
from tansiq.model.kinds.case_outcome import CaseOutcome
from tansiq.model.kinds.contact_log import ContactLog
from tansiq.model.kinds.pol_check import PolCheck
from tansiq.model.kinds.roster import Roster
from tansiq.model.label import Label, Party
from tests.boards.pile import Pile
from tests.boards.protected.affairs import case, guarded, hour, opened, persons

FR, NE, BF, ML = map(Party, ("FR", "NE", "BF", "ML"))


def facts(pile: Pile, held: object) -> dict[str, object]:
    return {f.name: f.value for f in aspect_of(held, pile).facts}  # type: ignore[arg-type]


def test_r26_five_of_one_incident_are_five_files_and_others_unknown() -> None:
    """Five French nationals of one incident are five files plus "others: unknown"."""
    pile = Pile(NE)
    said = aspect_of(opened(pile), pile)
    files = [s for s in said.states if s.of.startswith("person:")]
    assert [s.of for s in files] == [f"person:FR-{n}" for n in range(1, 6)]
    assert {s.word for s in files} == {"held"}
    assert (said.unknown, said.facts[1].value) == (("others",), 5)


def test_r26_a_person_of_another_nationality_needs_no_new_incident() -> None:
    """A person of another nationality joins the same case."""
    pile = Pile(NE)
    first = opened(pile)
    body = case(persons=(*persons(), *persons(1, "BF")))
    wider = pile.put(body, "NE", id=first.id, label=guarded("FR", "ML", "NE", "BF"))
    assert facts(pile, wider)["files"] == 6
    assert facts(pile, wider)["roster"] == ("BF", "FR", "ML", "NE")


def test_r26_a_roster_without_host_states_and_family_liaison_is_refused() -> None:
    """A roster without host state, hostage's state and family liaison is refused."""
    pile = Pile(NE)
    bare = pile.draft(Roster(title="قائمة", case="ORYX"), "NE", label=guarded())
    (no,) = [o for o in objections(bare, pile) if o.code == "roster.incomplete"]
    assert (no.refuses, {*no.missing}) == (True, {"host_state", "states", "family_liaison"})
    opened(pile)
    assert not [o for o in objections(bare, pile) if o.refuses]


@pytest.mark.parametrize("out", ["NE", "FR"])
def test_r26_a_roster_whose_readers_lack_host_or_hostages_state_is_refused(out: str) -> None:
    pile = Pile(NE)
    opened(pile)
    readers = [p for p in ("NE", "ML", "FR") if p != out]
    draft = pile.draft(Roster(title="قائمة", case="ORYX"), "NE", label=guarded(*readers))
    assert [o.missing for o in objections(draft, pile) if o.refuses] == [{out}]


def test_r26_the_roster_is_who_may_read_who_was_added_without_who_was_excluded() -> None:
    """The exact need-to-know list."""
    pile = Pile(NE)
    held = opened(pile)
    assert facts(pile, held)["roster"] == ("FR", "ML", "NE")
    body = Roster(title="اتصال عائلي", case="ORYX", family_liaison_added=BF, exclude=("FAMILY:P-2", "ML"))
    added = pile.put(body, "NE", label=guarded("NE", "FR", "BF", "ML"))
    assert facts(pile, added)["roster"] == facts(pile, held)["roster"] == ("BF", "FR", "NE")


def test_r26_all_of_a_case_stands_under_a_protected_compartment() -> None:
    """Only the roster opens it; existence is invisible to others."""
    pile = Pile(NE)
    draft = pile.draft(case(), "NE", label=replace_cells())
    assert "case.unguarded" in {o.code for o in objections(draft, pile) if o.refuses}


def replace_cells() -> Label:
    return guarded(cells=())


def test_r26_families_are_told_before_anyone_else() -> None:
    """Family first: others wait until a record says when the families were told."""
    pile = Pile(NE)
    held = opened(pile)
    assert aspect_of(held, pile).embargo == "families_informed"
    untold = PolCheck(title="دليل حياة", case="ORYX", result="verified")
    draft = pile.draft(untold, "NE", label=guarded())
    assert [o.code for o in objections(draft, pile) if o.refuses] == ["embargo.families"]
    later = pile.draft(
        PolCheck(title="دليل", case="ORYX", result="verified", family_informed=hour(5)), "NE", label=guarded()
    )
    assert [o.code for o in objections(later, pile) if o.refuses] == ["embargo.families"]
    assert not [o for o in objections(replace(later, created=pile.at(6).now), pile) if o.refuses]


def test_r26_unverified_proof_reaches_no_family() -> None:
    """Embargo until verified."""
    pile = Pile(NE)
    held = opened(pile)
    failed = pile.put(PolCheck(title="صورة قديمة", case="ORYX", result="failed"), "NE", label=guarded())
    said = aspect_of(failed, pile)
    assert (said.embargo, [(s.of, s.word) for s in said.states]) == ("verified", [("pol", "failed")])
    assert ("pol", "failed") in [(s.of, s.word) for s in aspect_of(held, pile).states]
    told = PolCheck(title="صورة", case="ORYX", result="failed", family_informed=hour(0))
    draft = pile.draft(told, "NE", label=guarded())
    assert [o.code for o in objections(draft, pile) if o.refuses] == ["embargo.unverified"]


def test_r26_a_verified_proof_waits_for_the_families() -> None:
    pile = Pile(NE).at(10)
    opened(pile)
    body = PolCheck(title="أجوبة", case="ORYX", result="verified", family_informed=hour(9))
    said = aspect_of(pile.put(body, "NE", label=guarded()), pile)
    assert said.embargo == "families_informed"
    assert [(s.of, s.word) for s in said.states] == [("pol", "verified"), ("embargo", "lifted")]


def test_r26_the_family_s_rhythm_runs_from_each_contact_to_the_next() -> None:
    """Family liaison: contact every two days, by written follow-up."""
    pile = Pile(FR)
    opened(pile)
    body = ContactLog(title="اتصال", case="ORYX", contact_rhythm_h=48, written_follow_up=True)
    first = pile.put(body, "FR", label=guarded("FR", "NE", cells=("CASE-ORYX", "FAMILY")))
    (runs,) = aspect_of(first, pile.at(47)).clocks
    assert (runs.name, runs.length_h, runs.state) == ("family_contact", 48, "soon")
    assert aspect_of(first, pile.at(49)).clocks[0].state == "late"
    again = pile.put(ContactLog(title="اتصال ثانٍ", case="ORYX"), "FR", label=guarded("FR", "NE"))
    assert aspect_of(first, pile).clocks[0].state == "met-late"
    assert aspect_of(again, pile).clocks[0].due == hour(49 + 48).hi


def test_r26_an_outcome_closes_the_case_and_opens_reintegration() -> None:
    pile = Pile(ML).at(600)
    held = opened(pile, label=guarded("NE", "ML", "FR", "BF"), persons=(*persons(1, "BF"), *persons(1, "FR")))
    body = CaseOutcome(title="أُفرج عنهما", case="ORYX", outcome="released", family_informed=hour(599))
    said = aspect_of(pile.put(body, "ML", label=guarded("NE", "ML", "FR", "BF")), pile)
    assert [(o.what, o.parties) for o in said.opens] == [("reintegration", ("BF", "FR"))]
    assert said.embargo == "families_informed"
    assert ("self", "closed") in [(s.of, s.word) for s in aspect_of(held, pile).states]
