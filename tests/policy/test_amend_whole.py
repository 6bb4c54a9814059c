"""Circles, compartments, presidency and rules set as a whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tansiq.base.messages import LANGS, Lang
from tansiq.base.refusal import Refusal
from tansiq.model.charter import Charter, Circle, Names
from tansiq.model.label import Party
from tansiq.policy import amend_whole
from tansiq.policy.amend import Drafted, applied, differences
from tansiq.policy.charter_words import in_words
from tests.federation import START_MS, federation

BEFORE = federation().charter
PARTIES = [p.code for p in BEFORE.parties]
NOW_MS = START_MS + 86_400_000
NAMES = Names("لجنة", "Comité", "Committee")


def after(drafted: Drafted) -> Charter:
    assert not isinstance(drafted, Refusal)
    made = applied(BEFORE, drafted)
    assert applied(BEFORE, differences(BEFORE, made)) == made
    return made


def circle(charter: Charter, code: str) -> Circle:
    found = charter.circle(code)
    assert found is not None
    return found


@given(st.lists(st.sampled_from(PARTIES), unique=True), st.sampled_from([c.code for c in BEFORE.circles]))
def test_a_circle_seats_those_named_and_nobody_else_and_keeps_what_was(
    members: list[Party], code: str
) -> None:
    drafted = amend_whole.set_circle(BEFORE, code, members, at_ms=NOW_MS)
    if isinstance(drafted, Refusal):
        assert drafted.reason == "amend.nothing"
        return
    made, old = circle(after(drafted), code), circle(BEFORE, code)
    assert made.at(NOW_MS) == frozenset(members)
    assert made.at(NOW_MS - 1) == old.at(NOW_MS - 1)
    assert made.names == old.names


def test_a_new_circle_is_made_with_its_names_and_dropped_again() -> None:
    made = after(amend_whole.set_circle(BEFORE, "TEST", PARTIES[:2], at_ms=NOW_MS, names=NAMES))
    assert circle(made, "TEST").names == NAMES
    dropped = amend_whole.drop_circle(made, "TEST")
    assert not isinstance(dropped, Refusal)
    assert applied(made, dropped) == BEFORE
    assert amend_whole.drop_circle(BEFORE, "TEST") == Refusal("amend.unknown-circle", frozenset({"TEST"}))


@pytest.mark.parametrize("lang", LANGS)
def test_the_words_of_a_compartment_tell_that_it_is_protected(lang: Lang) -> None:
    def words(*, protected: bool) -> str:
        drafted = amend_whole.set_compartment(
            BEFORE, "CASE-9", hidden=True, protected=protected, holders=PARTIES[:1], names=NAMES
        )
        return " ".join(in_words(BEFORE, after(drafted), lang))

    assert "CASE-9" in words(protected=True)
    assert words(protected=True) != words(protected=False)


def test_a_compartment_that_is_not_listed_cannot_be_dropped() -> None:
    assert isinstance(amend_whole.drop_compartment(BEFORE, "NONE"), Refusal)
    listed = BEFORE.compartments[0].code
    assert after(amend_whole.drop_compartment(BEFORE, listed)).compartment(listed) is None


@given(st.sampled_from(PARTIES), st.integers(START_MS, START_MS * 2))
def test_one_party_holds_the_presidency_from_its_moment_on(party: Party, from_ms: int) -> None:
    drafted = amend_whole.set_presidency(BEFORE, party, from_ms=from_ms)
    if isinstance(drafted, Refusal):
        return
    made = after(drafted).presidency
    held = [s.party for s in made if s.from_ms <= from_ms and (s.until_ms is None or s.until_ms > from_ms)]
    assert held == [party]


def test_rules_not_given_stay_and_the_same_again_is_nothing() -> None:
    made = after(amend_whole.set_rules(BEFORE, heartbeat_h=7, own_compartments=False)).rules
    assert (made.heartbeat_h, made.own_compartments) == (7, False)
    assert made.amend_quorum == BEFORE.rules.amend_quorum
    assert amend_whole.set_rules(BEFORE) == Refusal("amend.nothing")


def test_a_party_that_is_not_in_the_charter_is_named() -> None:
    stranger = Party("ZZ")
    for drafted in (
        amend_whole.set_circle(BEFORE, "C4", [stranger], at_ms=NOW_MS),
        amend_whole.set_compartment(BEFORE, "CASE-9", hidden=False, protected=False, holders=[stranger]),
        amend_whole.set_presidency(BEFORE, stranger, from_ms=NOW_MS),
    ):
        assert drafted == Refusal("amend.unknown-party", frozenset({"ZZ"}))
