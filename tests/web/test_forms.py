"""Forms made from declarations say what a body says, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tansiq.base.messages import LANGS, Lang, messages
from tansiq.model.kind import CATALOGUE, Kind
from tansiq.model.record import kind_of
from tansiq.model.senses import SENSES
from tansiq.model.strict import BadField, parse_fields
from tansiq.web.controls import CONTROLS
from tansiq.web.forms import Offer, blank_data, form_of, from_data, to_data
from tansiq.web.pages.writing import HEADER_FIELDS
from tests.kinds import bodies

KINDS = [pytest.param(k, id=k.tag) for k in CATALOGUE.values()]


def test_every_sense_has_its_controls() -> None:
    assert set(CONTROLS) == set(SENSES) - {"row"}


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(
    max_examples=4, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None
)
def test_a_body_comes_back_from_its_form_unchanged(kind: Kind, data: st.DataObject) -> None:
    body = data.draw(bodies(kind))
    said = to_data(kind.fields, body)
    assert parse_fields(kind, from_data(kind.fields, said)) == body


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_form_sent_with_its_title_alone_states_nothing_more(kind: Kind) -> None:
    data = blank_data(kind) | {"f.title": ["عنوان"]}
    shown = form_of(kind, data, Offer("ar"))
    assert {f.name for f in shown} == {f.name for f in kind.fields} - {"unknown"}
    if not any(f.required for f in kind.fields if f.name != "title"):
        assert parse_fields(kind, from_data(kind.fields, data)) == kind.body(title="عنوان")


@pytest.mark.parametrize("kind", KINDS)
def test_every_optional_field_can_be_said_to_be_unknown(kind: Kind) -> None:
    for field in form_of(kind, {}, Offer("fr")):
        own = field.name not in ("title", "text", "particulars")
        assert (field.unknown is not None) == (own and not field.required)


def test_a_day_is_read_from_its_first_to_its_last_second() -> None:
    kind = kind_of("fact-notice")
    data = {"f.title": ["إخطار"], "f.period.lo": ["2031-03-01"], "f.period.hi": ["2031-03-02"]}
    body = parse_fields(kind, from_data(kind.fields, data))
    period = getattr(body, "period")  # noqa: B009
    assert (period.lo.hour, period.hi.hour, period.hi.second) == (0, 23, 59)


def test_what_cannot_be_read_is_named_with_its_field() -> None:
    kind = kind_of("fact-notice")
    data = {"f.title": ["إخطار"], "f.period.lo": ["قريبا"]}
    with pytest.raises(BadField) as caught:
        parse_fields(kind, from_data(kind.fields, data))
    assert caught.value.where == "period.lo"
    shown = form_of(kind, data, Offer("ar", wrong={caught.value.where: "؟"}))
    field = next(f for f in shown if f.name == "period")
    assert field.wrong == "؟"
    assert any(b.value == "قريبا" for b in field.boxes)


def test_a_field_both_filled_and_unknown_is_refused() -> None:
    kind = kind_of("fact-notice")
    data = {"f.title": ["إخطار"], "f.host": ["ML"], "u.host": ["on"]}
    with pytest.raises(BadField):
        parse_fields(kind, from_data(kind.fields, data))


@pytest.mark.parametrize("lang", LANGS)
def test_the_header_of_a_form_is_named_in_words_and_priorities_are_no_grades(lang: Lang) -> None:
    said = messages(lang)
    for each in (*HEADER_FIELDS, *(part for field in HEADER_FIELDS for part in field.parts)):
        assert f"fields.{each.name}" in said, each.name
    priority = next(f for f in HEADER_FIELDS if f.name == "priority")
    names = [priority.choice_label(c, lang) for c in priority.choices]
    assert names == [f"{n} {said[f'labels.priority.{n}']}" for n in range(5)]
