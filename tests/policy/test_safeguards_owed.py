"""Which bodies owe the safeguards, and what is lacking of them."""

from __future__ import annotations

from typing import Any

import pytest

import tansiq.model.kinds  # noqa: F401 (declares the catalogue)
from tansiq.base.refusal import Refusal
from tansiq.model.kind import CATALOGUE, Kind, kind_named
from tansiq.model.label import label
from tansiq.model.record import Lift, OpaqueBody
from tansiq.model.strict import parse_fields
from tansiq.policy.safeguards import owes_safeguards, safeguarded, unguarded
from tests.federation import federation, header_of

KEYS = federation(("ML",)).keys["ML"]
PLACE: dict[str, Any] = {"place": {"name": "كيدال"}}


def kind(name: str) -> Kind:
    found = kind_named(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "fields", "owes"),
    [
        ("case", PLACE, True), ("case", {}, False), ("report", PLACE, False), ("report", {}, False),
        ("event", PLACE, False), ("warning", PLACE | {"event": "عاصفة"}, True),
    ],
)  # fmt: skip
def test_a_place_and_persons_together_owe_them(name: str, fields: dict[str, Any], owes: bool) -> None:
    body = parse_fields(kind(name), {"title": "عنوان"} | fields)
    assert owes_safeguards(kind(name), body) == owes
    rules = safeguarded(label(["ML"], rules=["ORCON"]), kind(name), body).rules
    assert rules == (("NO-ARREST", "NO-FORCE", "ORCON") if owes else ("ORCON",))
    assert safeguarded(label(["ML"]), kind(name), body, lifted=True).rules == ()


def test_what_is_lacking_is_named_and_a_lift_or_an_unknown_kind_is_not_judged() -> None:
    body = parse_fields(kind("case"), {"title": "عنوان"} | PLACE)

    def judged(*rules: Any, **more: Any) -> Refusal | None:
        given = {"kind": "case/1"} | more
        return unguarded(header_of(KEYS, label(["ML"], rules=rules), **given), given.pop("body", body))

    assert judged() == Refusal("record.safeguards", frozenset({"NO-ARREST", "NO-FORCE"}))
    assert judged("NO-FORCE") == Refusal("record.safeguards", frozenset({"NO-ARREST"}))
    assert judged("NO-ARREST", "NO-FORCE") is None
    assert judged(lifted=Lift("قانوني-1", "معلن")) is None
    assert judged(kind="unheard-of/1") is None
    header = header_of(KEYS, label(["ML"]), kind="case/1")
    assert unguarded(header, OpaqueBody("عنوان", {})) is None
    bare = parse_fields(kind("case"), {"title": "عنوان"})
    assert unguarded(header, bare) is None
    assert "case/1" in CATALOGUE
