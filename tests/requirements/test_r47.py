"""R47: a text under silence: one break stops it at once; a node proven unreachable is no assent."""

from __future__ import annotations

from tansiq.boards import aspect_of
from tests.boards.diplomacy.mandated import (
    NAME,
    adopted,
    adoption,
    down,
    hour,
    refusals,
    said,
    text,
    told,
    under_silence,
)


def test_r47_one_break_before_the_end_stops_adoption_at_once_and_all_others_are_told() -> None:
    pile, held = under_silence()
    pile.at(8).put(said("assent-with-statement"), "MR")
    broke = pile.at(34).put(said("amendment", diff=("تقرير كل خمسة عشر يوما",)), "ML")
    assert told(pile, held)[NAME] == told(pile, broke)[NAME] == "broken"
    alert = aspect_of(broke, pile).raises[0]
    assert (alert.how, set(alert.parties), alert.settled) == ("alert", {"DZ", "MR", "NE", "JSC"}, False)
    pile.at(100)
    assert refusals(pile, pile.draft(adoption(), "JSC"))["silence.not-kept"].missing == {"ML"}


def test_r47_a_node_proven_unreachable_is_not_counted_as_assent_and_pauses_the_clock() -> None:
    pile, held = under_silence()
    flags = [f.about.get("name") for f in aspect_of(held, pile).flags if f.code == "RULE"]
    assert flags == ["unreachable_not_assent"]
    pile.at(40).put(down(restored=60), "NE")
    assert told(pile.at(50), held)["position:NE"] == "unreachable"
    assert told(pile.at(80), held)[NAME] == "under_silence"
    assert told(pile.at(92), held)[NAME] == "silence_kept"


def test_r47_an_unbroken_silence_is_adopted_by_a_record_with_its_number_and_statements() -> None:
    pile, held = under_silence()
    pile.at(8).put(said("assent-with-statement", statement_text="إعلان"), "MR")
    done = pile.at(72).put(adoption(statements=("MR",)), "JSC")
    assert told(pile, held)[NAME] == "adopted"
    facts = {f.name: f.value for f in aspect_of(done, pile).facts}
    assert (facts["adopted_number"], facts["statements"]) == (f"{NAME}/1", ("MR",))
    assert told(pile, done)["position:MR"] == "assent_with_statement"
    assert told(pile, done)["position:NE"] == "silent"


def test_r47_nothing_is_adopted_by_years_of_silence_or_a_clock_set_back() -> None:
    pile, held = under_silence()
    pile.at(4 * 365 * 24)
    assert told(pile, held)[NAME] == "lapsed"
    assert "silence.not-kept" in refusals(pile, pile.draft(adoption(), "JSC"))
    assert told(pile.at(-5), held)[NAME] == "under_silence"


def test_r47_a_broken_amendment_leaves_the_adopted_text_in_force() -> None:
    pile = adopted()
    pile.at(100).put(text(excluded=("تمويل",), round=2, silence_until=hour(200)), "JSC")
    pile.at(120).put(said("objection"), "NE")
    found = told(pile, pile.held[0])
    assert found[NAME] == "adopted"
    assert told(pile, pile.held[-1])[NAME] == "adopted"
