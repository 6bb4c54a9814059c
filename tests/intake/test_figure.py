"""Numbers and units of a draft agree in the reader's language."""

from __future__ import annotations

import pytest

from tansiq.base.messages import LANGS, Lang, messages
from tansiq.intake.figure import figure_words


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("1", "missile", "صاروخ واحد"),
        ("2", "missile", "صاروخان"),
        ("3", "missile", "3 صواريخ"),
        ("12", "missile", "12 صاروخا"),
        ("200", "missile", "200 صاروخ"),
        ("105", "vehicle", "105 مركبات"),
        ("1", "well", "بئر واحدة"),
        ("2", "weapon", "قطعتا سلاح"),
        ("40", "km", "40 كلم"),
        ("7", "item", "7"),
        ("1.5", "tonne", "1.5 طن"),
    ],
)
def test_an_arabic_unit_stands_as_its_number_asks(value: str, unit: str, said: str) -> None:
    assert figure_words(value, unit, "ar") == said


@pytest.mark.parametrize(
    ("lang", "one", "two"), [("fr", "1 véhicule", "2 véhicules"), ("en", "1 vehicle", "2 vehicles")]
)
def test_one_is_told_in_the_singular(lang: Lang, one: str, two: str) -> None:
    assert [figure_words(n, "vehicle", lang) for n in ("1", "2")] == [one, two]


def test_a_range_keeps_both_ends_and_about_stands_by_the_whole() -> None:
    assert figure_words("1", "missile", "ar", high="2") == "1–2 صواريخ"
    assert figure_words("10", "vehicle", "en", high="12", approx=True) == "about 10–12 vehicles"
    assert figure_words("2", "vehicle", "ar", approx=True) == "مركبتان تقريبا"


@pytest.mark.parametrize("lang", LANGS)
def test_every_unit_can_be_counted(lang: Lang) -> None:
    known = messages(lang)
    units = [key.removeprefix("gist.unit.") for key in known if key.startswith("gist.unit.")]
    assert [u for u in units if "5" not in figure_words("5", u, lang)] == []
    assert [u for u in units if f"gist.count.{u}" not in known] == []


def test_what_is_no_number_or_has_no_name_stays_as_it_was_written() -> None:
    assert figure_words("عدة", "missile", "ar") == "عدة missile"
    assert figure_words("3", "فناطيس", "ar") == "3 فناطيس"
