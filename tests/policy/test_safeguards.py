"""Which records bear the safeguards, and what is refused without them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from tansiq.base.refusal import Refusal
from tansiq.model.kind import Body, Kind, kind_named
from tansiq.model.label import Label, label
from tansiq.model.record import Header, Lift, OpaqueBody
from tansiq.model.strict import defaults_of, parse_fields
from tansiq.model.values import Box, Place
from tansiq.policy.safeguards import owes_safeguards, safeguarded, unguarded
from tests.federation import federation, header_of
from tests.kinds import sample_values

KEYS = federation().keys["ML"]
BOTH = frozenset({"NO-FORCE", "NO-ARREST"})
BARE = label(["ML", "NE"])
PLACE = Place(name="كيدال")


def the_kind(name: str) -> Kind:
    found = kind_named(name)
    assert found is not None
    return found


def stating(name: str, **fields: object) -> tuple[Kind, Body]:
    """A body of that kind with these fields and nothing else about places and persons."""
    kind = the_kind(name)
    body = parse_fields(kind, sample_values(kind))
    blank = defaults_of(kind.body)
    cleared = {
        f.name: blank.get(f.name, () if f.many else None)
        for f in kind.fields
        if f.sense.tag in ("place", "area", "name", "pseudonym") or f.rows is not None
    }
    return kind, msgspec.structs.replace(body, **cleared | fields)


CASES: dict[str, tuple[str, dict[str, object], bool]] = {
    "a place and a name, of information": ("event", {"place": PLACE, "actors": ("موسى",)}, True),
    "a name without a place": ("event", {"actors": ("موسى",)}, False),
    "a place without a name": ("event", {"place": PLACE}, False),
    "a place and a name, of operations": ("civilian-harm", {"place": PLACE, "alleged_actor": "دورية"}, True),
    "a name of things is no person": ("arms-item", {"place": PLACE, "arms_type": "قذيفة"}, False),
    "whatever is protected speaks of persons": ("hostage-case", {"place": PLACE}, True),
    "a protected record without a place": ("hostage-case", {}, False),
    "of an institution": ("meeting", {"seat": PLACE}, False),
}


@pytest.mark.parametrize("case", CASES)
def test_a_place_and_persons_together_owe_the_safeguards(case: str) -> None:
    name, fields, owes = CASES[case]
    kind, body = stating(name, **fields)
    assert owes_safeguards(kind, body) is owes
    assert set(safeguarded(BARE, kind, body).rules) == (BOTH if owes else set())
    found = unguarded(header_of(KEYS, BARE, kind=kind.tag), body)
    assert found == (Refusal("record.safeguards", BOTH) if owes else None)


def test_an_area_is_a_place_too() -> None:
    box = Box(south_e7=180_000_000, west_e7=10_000_000, north_e7=190_000_000, east_e7=20_000_000)
    kind, body = stating("warning", area_box=box, event="موسى")
    assert owes_safeguards(kind, body)
    assert not owes_safeguards(kind, msgspec.structs.replace(body, event=None))
    assert not owes_safeguards(kind, msgspec.structs.replace(body, area_box=None))


@pytest.mark.parametrize("family", ["information", "operations", "institution"])
def test_a_pseudonym_is_a_persons_whatever_the_family(family: Any) -> None:
    kind, body = stating("hostage-case", place=PLACE)
    rows = {
        f.name for f in kind.fields if f.rows is not None and "pseudonym" in {p.sense.tag for p in f.parts}
    }
    plain = sample_values(kind)
    told = parse_fields(kind, {"title": "عنوان", "place": {"name": "كيدال"}} | {n: plain[n] for n in rows})
    elsewhere = replace(kind, family=family)
    assert rows
    assert owes_safeguards(elsewhere, told)
    assert not owes_safeguards(elsewhere, body)


KIND, OWING = stating("event", place=PLACE, actors=("موسى",))


def test_other_rules_stay_beside_them_in_order() -> None:
    given = safeguarded(label(["ML", "NE"], rules=["ORCON"]), KIND, OWING)
    assert given.rules == ("NO-ARREST", "NO-FORCE", "ORCON")


def test_what_is_lifted_gets_none_and_is_taken() -> None:
    assert safeguarded(BARE, KIND, OWING, lifted=True) == BARE
    lift = Lift("قانوني-1", "سبب")
    assert unguarded(header(BARE, lifted=lift), OWING) is None


def header(bears: Label, **changes: Any) -> Header:
    return header_of(KEYS, bears, kind=KIND.tag, **changes)


@pytest.mark.parametrize("one", ["NO-FORCE", "NO-ARREST"])
def test_one_of_the_two_is_not_enough_and_the_other_is_named(one: str) -> None:
    bears = msgspec.structs.replace(BARE, rules=(one,))
    assert unguarded(header(bears), OWING) == Refusal("record.safeguards", BOTH - {one})


def test_both_are_enough() -> None:
    assert unguarded(header(label(["ML", "NE"], rules=["NO-FORCE", "NO-ARREST"])), OWING) is None


def test_of_a_kind_that_is_not_known_here_nothing_is_owed() -> None:
    assert unguarded(header_of(KEYS, BARE, kind="غد/1"), OpaqueBody("عنوان", {})) is None
    assert unguarded(header(BARE), OpaqueBody("عنوان", {})) is None


DETAINED = frozenset({"DETAINEE"})


def from_detention(name: str = "report", **fields: object) -> tuple[Kind, Body]:
    kind, body = stating(name, **fields)
    return kind, msgspec.structs.replace(body, obtained="detainee")


def test_what_comes_from_a_person_detained_is_marked_beside_what_it_owes_else() -> None:
    kind, body = from_detention()
    assert safeguarded(BARE, kind, body).rules == ("DETAINEE",)
    assert safeguarded(label(["ML"], rules=["ORCON"]), kind, body).rules == ("DETAINEE", "ORCON")
    assert safeguarded(BARE, kind, body, lifted=True).rules == ("DETAINEE",)
    told, plain = from_detention("event", place=PLACE, actors=("موسى",))
    assert set(safeguarded(BARE, told, plain).rules) == {"DETAINEE", *BOTH}


def test_a_label_that_owes_nothing_is_the_same_label() -> None:
    kind, body = stating("report")
    assert safeguarded(BARE, kind, body) is BARE


def test_without_its_mark_what_comes_from_a_person_detained_is_refused_at_receipt() -> None:
    _, body = from_detention()
    bare = header_of(KEYS, BARE, kind="report/1")
    marked = header_of(KEYS, label(["ML", "NE"], rules=["DETAINEE"]), kind="report/1")
    assert unguarded(bare, body) == Refusal("obtained.unmarked", DETAINED)
    assert unguarded(marked, body) is None
    assert unguarded(bare, stating("report")[1]) is None
