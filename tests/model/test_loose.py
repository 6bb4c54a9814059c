"""Fields of foreign files: what fits lands in its field, the rest is kept; nothing raises."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tansiq.model.kinds  # noqa: F401
from tansiq.model.kind import CATALOGUE, Kind, kind_named
from tansiq.model.loose import from_loose
from tansiq.model.record import decode_body, encode_body
from tansiq.model.strict import faults
from tansiq.model.values import AREA_PRECISION_M

SALT = b"0123456789abcdef"
START = datetime(2031, 3, 1, 6, tzinfo=UTC)
RECORD = "01900000-0000-7000-8000-000000000000"
SCENARIO = Path(__file__).resolve().parents[3] / "shared" / "scenario.json"
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def loose(name: str, fields: dict[str, Any], *, start: datetime | None = None) -> tuple[Any, tuple[str, ...]]:
    kind = kind_named(name)
    assert kind is not None
    body, moved = from_loose(kind, "عنوان", "نصّ", fields, start=start)
    assert decode_body(kind.tag, encode_body(body, SALT)) == body
    return body, moved


def test_flat_parts_of_a_place_become_one_place() -> None:
    body, moved = loose("report", {"place": "جادو", "lat": 21.0, "lon": 12.3, "precision_m": 30000})
    assert not moved
    assert (body.place.name, body.place.lat_e7, body.place.lon_e7) == ("جادو", 210_000_000, 123_000_000)


def test_a_fine_place_in_a_record_about_persons_is_made_coarse_and_not_kept_beside() -> None:
    body, moved = loose("hostage-case", {"place": "بلدة", "lat": 16.0512, "lon": 4.1234, "precision_m": 50})
    assert not moved
    assert body.place.precision_m == AREA_PRECISION_M
    assert body.place.lat_e7 % 2_000_000 == 0


def test_numbers_become_quantities_in_thousandths() -> None:
    body, _ = loose("report", {"quantity": {"value": 1.5, "unit": "طن", "basis": "تقدير", "approx": True}})
    assert (body.quantity.value, body.quantity.approx) == (1500, True)


def test_an_unknown_number_of_a_known_thing_stays_a_quantity() -> None:
    body, _ = loose("report", {"quantity": {"value": None, "unit": "أنبوب", "basis": "لم يُر"}})
    assert (body.quantity.value, body.quantity.unit) == (None, "أنبوب")


def test_a_grade_in_two_letters_is_two_axes() -> None:
    body, _ = loose("press", {"grade": "F6"})
    assert (body.grade.reliability, body.grade.credibility) == ("F", "6")


def test_null_says_unknown() -> None:
    body, moved = loose("commitment", {"due": None, "owner": "BF"})
    assert (body.unknown, body.owner, moved) == (("due",), "BF", ())


def test_hours_count_from_the_start_where_there_is_one() -> None:
    body, _ = loose("review", {"due_h": 156}, start=START)
    assert body.due.lo == datetime(2031, 3, 7, 18, tzinfo=UTC)
    bare, _ = loose("review", {"due_h": 156})
    assert (bare.due.words, bare.due.lo) == ("H+156", None)


def test_two_hours_are_a_period() -> None:
    body, _ = loose("intsum", {"period_h": [0, 250]}, start=START)
    assert (body.period.lo, body.period.words) == (START, "H+0 – H+250")


def test_lists_of_mappings_become_rows() -> None:
    body, moved = loose("pledge", {"offers": [{"line": "R3", "qty": 1, "stage": "pledge"}]})
    assert not moved
    assert (body.offers[0].line, body.offers[0].quantity, body.offers[0].stage) == ("R3", 1, "pledge")


def test_a_mapping_of_free_names_becomes_rows_of_two() -> None:
    body, _ = loose("arms-item", {"components": {"gripstock": "absent", "battery": "absent"}})
    assert [(c.part, c.seen) for c in body.components] == [("gripstock", "absent"), ("battery", "absent")]


def test_bare_words_fill_the_first_worded_part_of_a_row() -> None:
    body, _ = loose("log-entry", {"entries": ["وصلت الدورية", {"h": 2, "text": "عادت"}]}, start=START)
    assert [(e.event, e.at and e.at.hour) for e in body.entries] == [("وصلت الدورية", None), ("عادت", 8)]
    counted, _ = loose("pledge", {"offers": {"R1": 2}})
    assert [(o.line, o.quantity) for o in counted.offers] == [("R1", 2)]


def test_nested_lists_become_one_row_each() -> None:
    variants = [{"holders": ["DZ", "ML"], "text": "أ"}, {"holders": ["NE"], "text": "ب"}]
    body, _ = loose("text-version", {"divergences": [{"para": 3, "variants": variants}]})
    assert [(v.para, v.holder, v.text) for v in body.divergences] == [
        (3, "DZ", "أ"),
        (3, "ML", "أ"),
        (3, "NE", "ب"),
    ]


def test_a_warning_laid_out_after_its_public_format_lands_in_its_fields() -> None:
    cap = {"status": "Exercise", "msgType": "Alert", "responseType": ["Avoid"], "expires_h": 24}
    body, moved = loose("warning", {"cap": cap}, start=START)
    assert not moved
    assert (body.status, body.msg_type, body.response_type) == ("exercise", "alert", ("avoid",))
    assert body.expires.lo == datetime(2031, 3, 2, 6, tzinfo=UTC)


def test_what_does_not_fit_is_kept_as_said() -> None:
    body, moved = loose("pledge", {"colour": ["أخضر"], "party": {"x": 1}, "requirement": "R1"})
    assert moved == ("colour", "party", "requirement")
    assert {p.name: p.value for p in body.particulars} == {
        "colour": '["أخضر"]',
        "party": '{"x":1}',
        "requirement": "R1",
    }


def test_a_reference_that_must_be_there_and_is_not_said_is_named() -> None:
    body, moved = loose("recall", {"reason": "حماية المصدر"})
    assert moved == ("record",)
    assert body.record == "00000000-0000-0000-0000-000000000000"
    told, _ = loose("recall", {"recalls": RECORD})
    assert told.record == RECORD


def test_a_long_title_is_cut_and_kept_whole() -> None:
    kind = CATALOGUE["report/1"]
    body, moved = from_loose(kind, "ع" * 400, "", {})
    assert (len(body.title), moved, len(body.particulars[0].value)) == (300, ("title",), 400)


@pytest.mark.parametrize("kind", [pytest.param(k, id=k.tag) for k in CATALOGUE.values()])
@given(data=st.data())
@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
def test_nothing_that_is_said_raises_and_nothing_is_lost(kind: Kind, data: st.DataObject) -> None:
    names = st.sampled_from([f.name for f in kind.fields] + ["lat", "lon", "colour", "due_h"])
    fields = data.draw(st.dictionaries(names, JSON, max_size=4))
    body, moved = from_loose(kind, data.draw(st.text(max_size=9)), "", fields)
    assert {f.where for f in faults(body)} <= {*kind.must, *kind.affirm}
    assert decode_body(kind.tag, encode_body(body, SALT)) == body
    assert set(moved) >= {n for n in fields if kind.field(n) is None and n == "colour"}


@pytest.mark.skipif(not SCENARIO.is_file(), reason="../shared/scenario.json is not here")
def test_the_shared_exercise_lands_in_declared_fields(capsys: pytest.CaptureFixture[str]) -> None:
    play = json.loads(SCENARIO.read_text(encoding="utf8"))
    ids = {i["id"]: f"01900000-0000-7000-8000-{n:012x}" for n, i in enumerate(play["injects"])}
    kept: Counter[str] = Counter()
    said = 0
    for inject in play["injects"]:
        fields = json.loads(_resolved(json.dumps(inject["fields"]), ids))
        said += len(fields)
        _, moved = loose(inject["kind"], fields, start=START)
        kept.update(f"{inject['kind']}.{name}" for name in moved)
    with capsys.disabled():
        print(f"\n{said} fields of the exercise, {kept.total()} kept as particulars: {dict(kept)}")
    assert kept.total() <= said // 20


@pytest.mark.skipif(not SCENARIO.is_file(), reason="../shared/scenario.json is not here")
def test_every_kind_of_the_shared_vocabulary_is_declared() -> None:
    vocabulary = json.loads(SCENARIO.read_text(encoding="utf8"))["meta"]["vocabulary"]["kinds"]
    assert [name for name in vocabulary if kind_named(name) is None] == []


def _resolved(text: str, ids: dict[str, str]) -> str:
    for inject, record in ids.items():
        text = text.replace(f'"{inject}"', f'"{record}"')
    return text
