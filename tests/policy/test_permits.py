"""The one access decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tansiq.base.refusal import Refusal
from tansiq.model.label import LEVELS, Label, Level, Party, label
from tansiq.policy.permits import PUBLIC, Reader, permits, permitted_ids
from tests.policy.strategies import PARTIES, START, instants, labels, readers

NE = Reader(Party("NE"))


def reason(value: Label, reader: Reader) -> str | None:
    decision = permits(value, reader, now=START)
    return decision.reason if isinstance(decision, Refusal) else None


def test_a_party_of_the_audience_reads() -> None:
    assert permits(label(["ML", "NE"]), NE, now=START)


def test_a_party_outside_the_audience_does_not() -> None:
    assert reason(label(["ML", "DZ"]), NE) == "audience"


def test_from_the_end_on_nobody_reads() -> None:
    ending = label(["NE"], until=START)
    assert reason(ending, NE) == "expired"
    assert permits(ending, NE, now=START - timedelta(milliseconds=1))
    assert permitted_ids({1: ending}, NE, now=START) == frozenset()
    assert permitted_ids({1: ending}, NE, now=START - timedelta(milliseconds=1)) == {1}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("clearance", LEVELS)
def test_a_reader_needs_the_level(level: Level, clearance: Level) -> None:
    decision = permits(label(["NE"], level=level), replace(NE, clearance=clearance), now=START)
    assert bool(decision) == (LEVELS.index(level) <= LEVELS.index(clearance))


def test_a_level_above_the_clearance_is_named() -> None:
    refused = permits(label(["NE"], level="secret"), replace(NE, clearance="open"), now=START)
    assert refused == Refusal("level", frozenset({"secret"}))


def test_every_compartment_is_needed_and_the_lacking_ones_are_named() -> None:
    both = label(["NE"], compartments=["HOSTAGE", "ORYX"])
    half = replace(NE, compartments=frozenset({"HOSTAGE"}))
    assert permits(both, half, now=START) == Refusal("compartment", frozenset({"ORYX"}))
    assert permits(both, replace(NE, compartments=frozenset({"HOSTAGE", "ORYX"})), now=START)


def test_a_purpose_bound_label_is_read_only_by_one_who_acts_for_one_of_its_purposes() -> None:
    bound = label(["NE"], uses=["judicial", "rescue"])
    assert permits(bound, NE, now=START) == Refusal("use", frozenset({"judicial", "rescue"}))
    assert reason(bound, replace(NE, uses=frozenset({"press"}))) == "use"
    assert permits(bound, replace(NE, uses=frozenset({"press", "rescue"})), now=START)


def test_a_reader_with_a_purpose_still_reads_what_is_for_any_purpose() -> None:
    assert permits(label(["NE"]), replace(NE, uses=frozenset({"rescue"})), now=START)


def test_the_public_reads_what_is_for_everybody_and_nothing_else() -> None:
    assert permits(label(["*"], level="open"), PUBLIC, now=START)
    assert reason(label(["NE"], level="open"), PUBLIC) == "audience"
    assert reason(label(["NE"], level="open"), replace(NE, public=True)) == "audience"
    assert reason(label(["*"], level="restricted"), PUBLIC) == "level"


def test_everybody_holds_every_party() -> None:
    assert all(permits(label(["*"], level="open"), Reader(Party(p)), now=START) for p in (*PARTIES, "XX"))


def test_a_label_of_another_policy_is_refused_even_when_it_has_ended() -> None:
    foreign = msgspec.structs.replace(label(["NE"]), policy="tansiq/2")
    assert reason(foreign, NE) == "policy"
    assert reason(msgspec.structs.replace(foreign, until_ms=1), NE) == "policy"


@given(labels(), readers, instants, st.sets(st.sampled_from(("ORCON", "NOEXT", "NO-FORCE"))))
def test_rules_and_notes_decide_nothing(value: Label, reader: Reader, now: object, rules: set[str]) -> None:
    other = msgspec.structs.replace(value, rules=tuple(sorted(rules)), notes=("للجميع",))
    assert bool(permits(other, reader, now=START)) == bool(permits(value, reader, now=START))


@given(st.lists(labels(), max_size=6), readers, instants)
def test_the_permitted_ids_are_exactly_those_that_permits_allows(
    found: list[Label], reader: Reader, now: object
) -> None:
    interned = dict(enumerate(found))
    allowed = {key for key, value in interned.items() if permits(value, reader, now=START)}
    assert permitted_ids(interned, reader, now=START) == allowed


@given(labels(), readers)
def test_more_clearance_compartments_and_purposes_never_lose_a_record(value: Label, reader: Reader) -> None:
    more = replace(
        reader, clearance="secret", compartments=frozenset({"HOSTAGE", "ORYX"}), uses=frozenset(value.uses)
    )
    if permits(value, reader, now=START):
        assert permits(value, more, now=START)
