"""Fields from people and peers: the first fault is named with its path, nothing is guessed."""

from __future__ import annotations

from typing import Any

import pytest

import tansiq.model.kinds  # noqa: F401
from tansiq.model.kind import CATALOGUE, Kind
from tansiq.model.record import OpaqueBody
from tansiq.model.strict import BadField, UnknownField, check_body, faults, parse_fields

PLEDGE: Kind = CATALOGUE["pledge/1"]
REPORT: Kind = CATALOGUE["report/1"]
RECORD = "01900000-0000-7000-8000-000000000000"


def wrong(kind: Kind, **fields: Any) -> BadField:
    with pytest.raises(BadField) as caught:
        parse_fields(kind, {"title": "تعهّد"} | fields)
    return caught.value


def test_a_field_that_the_kind_lacks_is_named() -> None:
    with pytest.raises(UnknownField) as caught:
        parse_fields(PLEDGE, {"title": "تعهّد", "colour": "أخضر"})
    assert caught.value.where == "colour"


def test_a_body_without_a_title_is_refused() -> None:
    with pytest.raises(BadField) as caught:
        parse_fields(PLEDGE, {"text": "نصّ"})
    assert caught.value.where == "title"


def test_a_title_of_blanks_is_refused() -> None:
    assert wrong(PLEDGE, title="   ").where == "title"


def test_texts_over_their_limits_are_refused() -> None:
    assert wrong(PLEDGE, title="ع" * 301).where == "title"
    assert wrong(PLEDGE, text="ع" * 60_001).where == "text"
    assert wrong(REPORT, what_next="ع" * 2_001).where == "what_next"


def test_the_path_leads_to_the_row() -> None:
    assert wrong(PLEDGE, offers=[{"line": "R1"}, {"stage": "promise"}]).where.startswith("offers.")
    assert wrong(PLEDGE, offers=[{"quantity": -1}]).where.endswith("quantity")


def test_a_reference_that_is_no_record_id_is_refused() -> None:
    assert wrong(PLEDGE, requirement="R1").where == "requirement"
    assert parse_fields(PLEDGE, {"title": "تعهّد", "requirement": RECORD})


def test_times_that_run_backwards_are_refused() -> None:
    backwards = {"lo": "2031-03-02T00:00:00Z", "hi": "2031-03-01T00:00:00Z"}
    assert wrong(REPORT, occurred_at=backwards).where == "occurred_at"


def test_half_a_point_is_refused() -> None:
    assert wrong(REPORT, place={"name": "كيدال", "lat_e7": 1}).where == "place"


@pytest.mark.parametrize("name", ["title", "text_of_nothing"])
def test_only_a_field_that_may_be_left_out_can_be_unknown(name: str) -> None:
    assert wrong(PLEDGE, unknown=[name]).where == "unknown"


def test_a_field_said_to_be_unknown_is_empty() -> None:
    assert wrong(PLEDGE, unknown=["party"], party="ML").where == "party"
    assert parse_fields(PLEDGE, {"title": "تعهّد", "unknown": ["party"]}).unknown == ("party",)


def test_the_tag_may_stand_in_the_json_if_it_is_the_kinds_own() -> None:
    assert parse_fields(PLEDGE, {"type": "pledge/1", "title": "تعهّد"})
    with pytest.raises(UnknownField):
        parse_fields(PLEDGE, {"type": "report/1", "title": "تعهّد"})


def test_all_faults_are_listed_at_once_for_those_who_ask() -> None:
    kind = CATALOGUE["sealed-note/1"]
    assert {f.where for f in faults(kind.body(title="مذكرة"))} == {"legal_basis", "disclosure_rule"}


def test_a_body_of_a_kind_unknown_here_passes_the_receipt_check() -> None:
    check_body(OpaqueBody("عنوان", {"title": "عنوان", "x": 1}))
