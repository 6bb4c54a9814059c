"""What a record says is shown in the reader's language; the unknown is a word."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tansiq.base.messages import LANGS, Lang
from tansiq.model.kind import CATALOGUE, Kind
from tansiq.model.senses import SENSES
from tansiq.model.values import Quantity, TimeExpression
from tansiq.web.locale import Tongue, choose
from tansiq.web.show import SHOW, Reading, shown_fields, when
from tests.kinds import bodies

KINDS = [pytest.param(k, id=k.tag) for k in CATALOGUE.values()]
DAY = datetime(2010, 2, 3, tzinfo=UTC)


def test_every_sense_is_shown() -> None:
    assert set(SHOW) == set(SENSES) - {"row"}


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(
    max_examples=2, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None
)
def test_every_stated_or_unknown_field_is_shown_with_words_that_exist(
    kind: Kind, data: st.DataObject
) -> None:
    body = data.draw(bodies(kind))
    for lang in LANGS:
        shown = {s.name: s for s in shown_fields(kind, body, Reading(Tongue(lang)))}
        assert not any("⟦" in s.value for s in shown.values())
        for name in body.unknown:
            assert "unknown" in shown[name].value


@pytest.mark.parametrize(("party", "month"), [("DZ", "فيفري"), ("MR", "فبراير"), ("JSC", "فبراير")])
def test_arabic_months_are_those_of_the_state_and_digits_stay_western(party: str, month: str) -> None:
    said = Tongue("ar", party).day(DAY)
    assert month in said
    assert "2010" in said


def test_a_time_shows_its_words_beside_the_interval_it_means() -> None:
    value = TimeExpression(
        words="أمس", lo=DAY, hi=DAY.replace(hour=23), precision="day", anchor=DAY, anchor_basis="text"
    )
    said = when(value, Reading(Tongue("ar", "DZ")))
    assert "أمس" in said
    assert "فيفري" in said


def test_an_unknown_time_and_an_unknown_number_are_words_and_not_blanks() -> None:
    reading = Reading(Tongue("fr"))
    assert "inconnu" in when(TimeExpression(words="bientôt"), reading)
    assert "inconnu" in SHOW["quantity"](Quantity(unit="missiles"), reading)
    assert "0" in SHOW["quantity"](Quantity(value=0, unit="missiles"), reading)


def test_markup_in_a_record_stays_text() -> None:
    assert "<script" not in SHOW["narrative"]("<script>alert(1)</script>", Reading(Tongue("ar")))


@pytest.mark.parametrize(
    ("own", "default", "chosen"), [("fr", "ar", "fr"), (None, "fr", "fr"), ("xx", "ar", "ar")]
)
def test_the_readers_own_choice_of_language_comes_first(own: str | None, default: Lang, chosen: Lang) -> None:
    assert choose(own, default) == chosen
