"""Circles, compartments, presidency and rules set as a whole: the edges of each."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tansiq.base.refusal import Refusal
from tansiq.model.amendment import (
    CircleDropped,
    CircleSet,
    CompartmentDropped,
    CompartmentSet,
    PresidencySet,
    RulesSet,
)
from tansiq.model.charter import Charter, CharterRules, Circle, CircleCode, Compartment, Names, Seat
from tansiq.model.label import Party
from tansiq.policy.amend import Drafted
from tansiq.policy.amend_whole import (
    drop_circle,
    drop_compartment,
    set_circle,
    set_compartment,
    set_presidency,
    set_rules,
)
from tests.federation import DAY_MS, START_MS, federation

BEFORE = federation().charter
DZ, ML, MR, NE = (Party(p) for p in ("DZ", "ML", "MR", "NE"))
NOW_MS = START_MS + DAY_MS
NAMES = Names("لجنة الاتصال", "Comité de liaison", "Liaison committee")


def with_circle(*members: Seat) -> Charter:
    return replace(BEFORE, circles=(Circle(CircleCode("CC"), NAMES, members),))


def with_presidency(*seats: Seat) -> Charter:
    return replace(BEFORE, presidency=seats)


def seats_of(drafted: Drafted) -> tuple[Seat, ...]:
    assert not isinstance(drafted, Refusal)
    (change,) = drafted
    if isinstance(change, PresidencySet):
        return change.seats
    assert isinstance(change, CircleSet)
    return change.circle.members


def cell_of(drafted: Drafted) -> Compartment:
    assert not isinstance(drafted, Refusal)
    (change,) = drafted
    assert isinstance(change, CompartmentSet)
    return change.compartment


def rules_of(drafted: Drafted) -> CharterRules:
    assert not isinstance(drafted, Refusal)
    (change,) = drafted
    assert isinstance(change, RulesSet)
    return change.rules


def test_a_new_circle_without_names_is_named_by_its_code_in_each_language() -> None:
    drafted = set_circle(BEFORE, "WG1", (ML, DZ, ML), at_ms=NOW_MS)
    seats = (Seat(ML, NOW_MS), Seat(DZ, NOW_MS))
    assert drafted == (CircleSet(Circle(CircleCode("WG1"), Names("WG1", "WG1", "WG1"), seats)),)


def test_a_circle_that_stands_so_already_is_nothing_unless_its_names_change() -> None:
    held = with_circle(Seat(DZ, START_MS))
    assert set_circle(held, "CC", [DZ], at_ms=NOW_MS) == Refusal("amend.nothing", frozenset({"CC"}))
    other = Names("لجنة", "Comité", "Committee")
    drafted = set_circle(held, "CC", [DZ], at_ms=NOW_MS, names=other)
    assert drafted == (CircleSet(Circle(CircleCode("CC"), other, (Seat(DZ, START_MS),))),)


def test_who_is_left_out_of_a_circle_ends_then_and_who_is_new_begins_then() -> None:
    held = with_circle(Seat(DZ, START_MS), Seat(ML, START_MS))
    drafted = set_circle(held, "CC", [NE, DZ], at_ms=NOW_MS)
    assert seats_of(drafted) == (Seat(DZ, START_MS), Seat(ML, START_MS, NOW_MS), Seat(NE, NOW_MS))


def test_a_dated_seat_of_who_stays_goes_on_as_dated() -> None:
    held = with_circle(Seat(DZ, START_MS, NOW_MS + 1), Seat(ML, START_MS))
    drafted = set_circle(held, "CC", [DZ], at_ms=NOW_MS)
    assert seats_of(drafted) == (Seat(DZ, START_MS, NOW_MS + 1), Seat(ML, START_MS, NOW_MS))


def test_a_dated_seat_of_who_is_left_out_is_cut_short() -> None:
    held = with_circle(Seat(DZ, START_MS), Seat(ML, START_MS, NOW_MS + 1))
    assert seats_of(set_circle(held, "CC", [DZ], at_ms=NOW_MS))[1] == Seat(ML, START_MS, NOW_MS)


@pytest.mark.parametrize("ended_ms", [NOW_MS - 1, NOW_MS])
def test_a_seat_that_has_ended_by_then_stays_as_it_was_and_its_party_is_seated_anew(ended_ms: int) -> None:
    past = Seat(DZ, START_MS, ended_ms)
    assert seats_of(set_circle(with_circle(past), "CC", [DZ], at_ms=NOW_MS)) == (past, Seat(DZ, NOW_MS))
    assert seats_of(set_circle(with_circle(past), "CC", [ML], at_ms=NOW_MS)) == (past, Seat(ML, NOW_MS))


def test_a_seat_that_has_not_begun_by_then_gives_way() -> None:
    held = with_circle(Seat(DZ, NOW_MS + 1), Seat(ML, NOW_MS + 1), Seat(NE, NOW_MS))
    made = seats_of(set_circle(held, "CC", [DZ, NE], at_ms=NOW_MS))
    assert made == (Seat(NE, NOW_MS), Seat(DZ, NOW_MS))


def test_only_the_strangers_among_those_named_are_named_in_the_refusal() -> None:
    strangers = [Party("XX"), DZ, Party("YY")]
    named = Refusal("amend.unknown-party", frozenset({"XX", "YY"}))
    assert set_circle(BEFORE, "C4", strangers, at_ms=NOW_MS) == named
    assert set_compartment(BEFORE, "ORYX", hidden=True, protected=False, holders=strangers) == named
    assert set_presidency(BEFORE, Party("XX"), from_ms=NOW_MS) == Refusal(
        "amend.unknown-party", frozenset({"XX"})
    )


def test_a_circle_is_dropped_by_its_code() -> None:
    assert drop_circle(BEFORE, "C7") == (CircleDropped(CircleCode("C7")),)
    assert drop_circle(BEFORE, "C9") == Refusal("amend.unknown-circle", frozenset({"C9"}))


def test_a_new_compartment_is_open_to_any_party_and_named_by_its_code() -> None:
    made = cell_of(set_compartment(BEFORE, "ARMS", hidden=False, protected=True))
    assert made == Compartment("ARMS", Names("ARMS", "ARMS", "ARMS"), False, (), True)


def test_a_compartment_keeps_its_names_and_holders_are_named_once() -> None:
    made = cell_of(set_compartment(BEFORE, "ORYX", hidden=False, protected=False, holders=(NE, ML, NE)))
    old = BEFORE.compartment("ORYX")
    assert old is not None
    assert made == Compartment("ORYX", old.names, False, (NE, ML), False)
    given = cell_of(set_compartment(BEFORE, "ORYX", hidden=True, protected=True, names=NAMES))
    assert given == Compartment("ORYX", NAMES, True, (), True)


def test_a_compartment_that_stands_so_already_is_nothing() -> None:
    old = BEFORE.compartment("ORYX")
    assert old is not None
    drafted = set_compartment(BEFORE, "ORYX", hidden=True, protected=False, holders=old.holders)
    assert drafted == Refusal("amend.nothing", frozenset({"ORYX"}))


@pytest.mark.parametrize("code", ["*AIR", "AIR LIFT"])
def test_a_mark_of_protection_that_would_not_hold_is_refused(code: str) -> None:
    refused = Refusal("amend.code", frozenset({code}))
    assert set_compartment(BEFORE, code, hidden=False, protected=True) == refused
    assert cell_of(set_compartment(BEFORE, code, hidden=False, protected=False)).code == code


def test_a_compartment_is_dropped_by_its_code() -> None:
    assert drop_compartment(BEFORE, "ORYX") == (CompartmentDropped("ORYX"),)
    assert drop_compartment(BEFORE, "LYNX") == Refusal("amend.nothing", frozenset({"LYNX"}))


def test_who_held_the_presidency_gives_it_up_at_the_moment_it_is_given() -> None:
    held = with_presidency(Seat(DZ, START_MS, NOW_MS + 9 * DAY_MS))
    assert seats_of(set_presidency(held, ML, from_ms=NOW_MS)) == (
        Seat(DZ, START_MS, NOW_MS),
        Seat(ML, NOW_MS),
    )


def test_a_presidency_that_has_not_begun_gives_way() -> None:
    held = with_presidency(Seat(DZ, START_MS, NOW_MS), Seat(ML, NOW_MS), Seat(NE, NOW_MS + DAY_MS))
    assert seats_of(set_presidency(held, MR, from_ms=NOW_MS)) == (
        Seat(DZ, START_MS, NOW_MS),
        Seat(MR, NOW_MS),
    )
    early = with_presidency(Seat(DZ, NOW_MS - 1), Seat(NE, NOW_MS + 1))
    assert seats_of(set_presidency(early, ML, from_ms=NOW_MS)) == (
        Seat(DZ, NOW_MS - 1, NOW_MS),
        Seat(ML, NOW_MS),
    )


def test_the_presidency_given_to_who_holds_it_is_nothing() -> None:
    held = with_presidency(Seat(ML, START_MS))
    assert set_presidency(held, ML, from_ms=NOW_MS) == Refusal("amend.nothing", frozenset({"ML"}))


def test_each_rule_that_is_given_is_set_and_the_others_stay() -> None:
    held = replace(BEFORE, rules=CharterRules(amend_quorum=3, suspend_quorum=2, heartbeat_h=12))
    assert rules_of(set_rules(held, amend_quorum=4)) == replace(held.rules, amend_quorum=4)
    assert rules_of(set_rules(held, suspend_quorum=4)) == replace(held.rules, suspend_quorum=4)
    assert rules_of(set_rules(held, heartbeat_h=4)) == replace(held.rules, heartbeat_h=4)
    assert rules_of(set_rules(held, own_compartments=False)) == replace(held.rules, own_compartments=False)
    closed = replace(held, rules=replace(held.rules, own_compartments=False))
    assert not rules_of(set_rules(closed, amend_quorum=0)).own_compartments
    assert rules_of(set_rules(closed, own_compartments=True)).own_compartments


@pytest.mark.parametrize(
    ("given", "set_to"), [(-1, 0), (0, 0), (1, 1), (10_000, 10_000), (10_001, 10_000), (99_999, 10_000)]
)
def test_a_quorum_is_held_within_its_bounds(given: int, set_to: int) -> None:
    made = rules_of(set_rules(BEFORE, amend_quorum=given, suspend_quorum=given))
    assert (made.amend_quorum, made.suspend_quorum) == (set_to, set_to)


@pytest.mark.parametrize(("given", "set_to"), [(-5, 1), (0, 1), (1, 1), (2, 2), (20_000, 10_000)])
def test_a_heartbeat_is_an_hour_at_least(given: int, set_to: int) -> None:
    assert rules_of(set_rules(BEFORE, heartbeat_h=given)).heartbeat_h == set_to


def test_the_same_rules_again_are_nothing() -> None:
    drafted = set_rules(BEFORE, amend_quorum=BEFORE.rules.amend_quorum)
    assert drafted == Refusal("amend.nothing", frozenset())
