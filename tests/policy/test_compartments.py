"""Which compartments are protected, and which of them a party may hold."""

from __future__ import annotations

import msgspec
import pytest

from tansiq.base.refusal import Refusal
from tansiq.model.label import Party, label
from tansiq.policy.charter import Compartment
from tansiq.policy.compartments import Protected, is_look_alike, is_protected, protected_of
from tansiq.policy.rules import check_label
from tests.federation import federation, names

PLAIN = federation().charter
CHARTER = msgspec.structs.replace(
    PLAIN,
    compartments=(
        Compartment("HOSTAGE", names("رهائن")),
        Compartment("AIR", names("جو")),
        Compartment("TRACK", names("مسار"), protected=True),
        Compartment("CASE-ORYX", names("المها"), hidden=True, holders=(Party("BF"), Party("ML"))),
    ),
)


@pytest.mark.parametrize("code", ["HOSTAGE", "SOURCE", "PERSON", "CASE", "CASE-ORYX"])
def test_some_are_protected_by_their_names_listed_or_not(code: str) -> None:
    assert is_protected(code, None)
    assert is_protected(code, PLAIN)
    assert code in Protected()


@pytest.mark.parametrize("code", ["ARMS", "CASEMATE", "XCASE-1", "*HOSTAGE", "HOSTAGE 2", "hostage", ""])
def test_others_are_not(code: str) -> None:
    assert not is_protected(code, None)
    assert not is_protected(code, CHARTER)
    assert code not in Protected(lambda: CHARTER)


def test_the_charter_may_mark_others() -> None:
    assert is_protected("TRACK", CHARTER)
    assert not is_protected("TRACK", None)
    assert not is_protected("AIR", CHARTER)
    assert "TRACK" in Protected(lambda: CHARTER)
    assert "TRACK" not in Protected()


@pytest.mark.parametrize("code", ["*TRACK", "*", "TRACK 2", " TRACK", "TRACK ", "CASE-1 2"])
def test_what_a_key_ring_keeps_for_its_own_is_not_protected_though_it_be_marked(code: str) -> None:
    marked = msgspec.structs.replace(PLAIN, compartments=(Compartment(code, names("مسار"), protected=True),))
    assert not is_protected(code, marked)
    assert protected_of(marked, Party("ML")) == ()


def test_only_words_are_compartments() -> None:
    assert 7 not in Protected(lambda: CHARTER)


def test_a_party_may_hold_what_has_no_holders_and_what_names_it() -> None:
    assert protected_of(CHARTER, Party("ML")) == ("CASE-ORYX", "HOSTAGE", "TRACK")
    assert protected_of(CHARTER, Party("NE")) == ("HOSTAGE", "TRACK")


LOOK_ALIKES = [
    "hostage", "HOSTAGE ", " HOSTAGE", "HOST\u200bAGE", "\u202eHOSTAGE", "HOST\u00a0AGE", "\u041dOSTAGE",
    "H\u041eST\u0410G\u0415", "\u0397OSTAGE", "\uff28OSTAGE", "H0STAGE", "S\u039fURCE", "PERSON.", "case",
    "C\u0410SE", "CASE\u2011ORYX", "case-oryx", "C\u0391SE-1", "track", "TR\u0410CK",
]  # fmt: skip


@pytest.mark.parametrize("code", LOOK_ALIKES)
def test_what_only_looks_like_a_protected_one_may_stand_on_no_label(code: str) -> None:
    assert is_look_alike(code, CHARTER)
    refused = check_label(label(["ML", "NE"], compartments=[code]), CHARTER, Party("ML"))
    assert refused == Refusal("label.compartment", frozenset({code}))


@pytest.mark.parametrize("code", ["HOSTAGE", "CASE-ORYX", "CASE", "TRACK", "AIR", "CASEMATE", "خاص", "ARMS"])
def test_what_is_itself_and_what_looks_otherwise_is_no_look_alike(code: str) -> None:
    assert not is_look_alike(code, CHARTER)
