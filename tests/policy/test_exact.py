"""Decisions to the letter: reason and what is missing, where the verdict alone would let much pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from tansiq.base.refusal import Refusal
from tansiq.model.label import EVERYBODY, Label, Party, label
from tansiq.policy.clearance import OfficerRole, reader_for
from tansiq.policy.derive import meet
from tansiq.policy.permits import PERMIT, Reader, permits
from tansiq.policy.preview import Line, who_sees
from tansiq.policy.rules import SAFEGUARDS, check_label
from tests.federation import FOUR, START, START_MS, federation

CHARTER = federation().charter
ML = Party("ML")


def with_party(code: str, **changes: object) -> object:
    parties = tuple(msgspec.structs.replace(p, **changes) if p.code == code else p for p in CHARTER.parties)
    return msgspec.structs.replace(CHARTER, parties=parties)


@pytest.mark.parametrize("role", ["admin", "auditor"])
def test_a_role_that_reads_only_what_is_open_holds_nothing(role: OfficerRole) -> None:
    reader = reader_for(role, ML, clearance="secret", compartments=["ORYX"], uses=["rescue"])
    assert reader == Reader(ML, "open", frozenset(), frozenset())


def test_other_roles_hold_what_the_roster_gives() -> None:
    reader = reader_for("duty", ML, clearance="confidential", compartments=["ORYX"], uses=["rescue"])
    assert reader == Reader(ML, "confidential", frozenset({"ORYX"}), frozenset({"rescue"}))


def test_the_meet_keeps_policy_and_takes_the_purposes_of_the_one_that_states_them() -> None:
    foreign = msgspec.structs.replace(label(["ML"]), policy="other/1")
    assert meet(foreign, foreign) == foreign
    bound = label(["ML"], uses=["judicial", "rescue"])
    for one, two in ((bound, label(["ML"])), (label(["ML"]), bound)):
        found = meet(one, two)
        assert isinstance(found, Label)
        assert found.uses == ("judicial", "rescue")
    assert meet(bound, label(["ML"], uses=["press"])) == Refusal(
        "use", frozenset({"judicial", "rescue", "press"})
    )
    assert meet(label(["ML"]), label(["NE"])) == Refusal("audience")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (msgspec.structs.replace(label(["ML"]), policy="other/1"), Refusal("policy", frozenset({"other/1"}))),
        (label(["*"], level="open", rules=["NOEXT"]), Refusal("label.rule", frozenset({"NOEXT:*"}))),
        (label(["*"], level="open", rules=["PARTNER"]), Refusal("label.rule", frozenset({"PARTNER:*"}))),
        (label(["*"], level="open", rules=["ORCON"]), None),
        (label(["*"], level="open", uses=["press"]), Refusal("label.public-needs-open")),
        (label(["BF", "ML"], rules=["NOEXT"]), Refusal("label.rule", frozenset({"NOEXT:BF"}))),
        (
            label(["BF", "FR", "ML"], rules=["NOEXT"]),
            Refusal("label.rule", frozenset({"NOEXT:BF", "NOEXT:FR"})),
        ),
        (label(["JSC", "ML"], rules=["NOEXT"]), None),
        (label(["JSC", "ML"], rules=["PARTNER"]), Refusal("label.rule", frozenset({"PARTNER"}))),
    ],
)  # fmt: skip
def test_what_stops_a_signature_is_named(value: Label, expected: Refusal | None) -> None:
    assert check_label(value, CHARTER, ML) == expected


def test_the_preview_says_what_an_officer_of_a_seeing_party_still_needs() -> None:
    value = label(["BF", "ML"], level="secret", compartments=["ORYX", "خاص"], uses=["rescue"])
    seen = who_sees(value, CHARTER, now=START)
    assert (seen.level, seen.compartments, seen.uses) == ("secret", ("ORYX", "خاص"), ("rescue",))
    assert seen.seeing == ("BF", "ML")
    assert not seen.public
    assert {line.reason for line in seen.stopped} == {"audience"}


def test_a_compartment_that_lists_no_holders_stops_nobody_and_one_that_does_stops_the_rest() -> None:
    seen = who_sees(label(["DZ", "ML"], compartments=["HOSTAGE"]), CHARTER, now=START)
    assert seen.seeing == ("DZ", "ML")
    closed = who_sees(label(["DZ", "ML"], compartments=["ORYX"]), CHARTER, now=START)
    assert closed.seeing == ("ML",)
    assert Line(Party("DZ"), False, "compartment") in closed.stopped


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"suspended_ms": START_MS}, "suspended"),
        ({"suspended_ms": START_MS + 1}, None),
        ({"until_ms": START_MS}, "ended"),
        ({"until_ms": START_MS + 1}, None),
        ({"from_ms": START_MS + 1}, "not-begun"),
        ({"from_ms": START_MS}, None),
        ({"suspended_ms": START_MS - 1, "until_ms": START_MS}, "suspended"),
    ],
)
def test_the_edges_of_a_partys_time_are_told_to_the_millisecond(
    changes: dict[str, int], reason: str | None
) -> None:
    seen = who_sees(label(["ML", "MR"]), with_party("MR", **changes), now=START)  # type: ignore[arg-type]
    line = next(each for each in seen.readers if each.party == "MR")
    assert (line.sees, line.reason) == (reason is None, reason)


def test_the_public_page_is_shown_only_what_the_public_may_read() -> None:
    assert who_sees(label(["*"], level="open"), CHARTER, now=START).public
    foreign = msgspec.structs.replace(label(["*"], level="open"), policy="other/1")
    seen = who_sees(foreign, CHARTER, now=START)
    assert not seen.public
    assert {line.reason for line in seen.stopped} == {"policy"}


def test_each_refusal_of_a_reader_names_what_is_lacking() -> None:
    reader = Reader(ML, "restricted", frozenset({"A"}), frozenset({"press"}))
    cases = {
        Refusal("level", frozenset({"confidential"})): label(["ML"], level="confidential"),
        Refusal("compartment", frozenset({"B"})): label(["ML"], compartments=["A", "B"]),
        Refusal("use", frozenset({"rescue"})): label(["ML"], uses=["rescue"]),
        Refusal("audience"): label(["NE"]),
        Refusal("expired"): label(["ML"], until=START),
    }
    for refusal, value in cases.items():
        assert permits(value, reader, now=START) == refusal
    assert permits(label(["ML"], until=START), reader, now=START - timedelta(milliseconds=1)) is PERMIT
    assert permits(label(["ML"], level="open"), replace(reader, clearance="open"), now=START) is PERMIT
    assert permits(label([EVERYBODY], level="open"), replace(reader, public=True), now=START) is PERMIT


def test_the_safeguards_are_these_two() -> None:
    assert SAFEGUARDS == ("NO-ARREST", "NO-FORCE")
    assert check_label(label(FOUR, rules=SAFEGUARDS), CHARTER, ML) is None
