"""Numbers in words and digits, in three languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tansiq.language.normalise import key
from tansiq.language.numbers import numbers

EXACT = [
    ("أحد عشر جنديا", 11),
    ("اثنا عشر ضابطا", 12),
    ("سبعة عشر عسكريا", 17),
    ("ثلاثة وعشرون ألفا وخمسمائة", 23_500),
    ("مائة وخمسين مركبة", 150),
    ("خمسة آلاف لاجئ", 5_000),
    ("٢٠٠ مقاتل", 200),
    ("2.5 مليون دولار", 2_500_000),
    ("مليون ونصف", 1_500_000),
    ("مليونا دولار", 2_000_000),
    ("خمسون مليونا", 50_000_000),
    ("ألفا جندي", 2_000),
    ("عشرون ألفا", 20_000),
    ("الدول الأربع", 4),
    ("quatre-vingt-dix-sept soldats", 97),
    ("deux cent cinquante mille", 250_000),
    ("vingt et un véhicules", 21),
    ("1,5 million", 1_500_000),
    ("soixante-dix-huit", 78),
    ("two hundred and fifty troops", 250),
    ("three thousand five hundred", 3_500),
    ("twenty-five", 25),
]
ROUGH = [
    ("قرابة ألف صاروخ", 1000, "about"),
    ("ما لا يقل عن 18 قتيلا", 18, "at_least"),
    ("أكثر من 1.500 مقاتل", 1500, "at_least"),
    ("أقل من مئتي صندوق", 200, "at_most"),
    ("une vingtaine de combattants", 20, "about"),
    ("près de 3 000 hommes", 3000, "about"),
    ("au moins trente-deux", 32, "at_least"),
    ("nearly 1,000 missiles", 1000, "about"),
    ("fewer than two hundred", 200, "at_most"),
]
PAIRS = [
    ("بين 10 و20 قتيلا", 10, 20),
    ("من 15 إلى 20 سيارة", 15, 20),
    ("entre 10 et 15 morts", 10, 15),
    ("10-12 vehicles", 10, 12),
    ("بما بين خمسة وسبعة ملايين يورو", 5_000_000, 7_000_000),
    ("entre 5 et 7 millions d'euros", 5_000_000, 7_000_000),
    ("between 800 and 2,000 men", 800, 2_000),
]


@pytest.mark.parametrize(("text", "value"), EXACT)
def test_a_number_is_read(text: str, value: float) -> None:
    (found,) = numbers(key(text))
    assert (found.value, found.bound) == (value, "exact")


@pytest.mark.parametrize(("text", "value", "bound"), ROUGH)
def test_a_word_beside_a_number_says_how_sure_it_is(text: str, value: float, bound: str) -> None:
    (found,) = numbers(key(text))
    assert (found.value, found.bound, found.approx) == (value, bound, True)


@pytest.mark.parametrize(("text", "low", "high"), PAIRS)
def test_a_pair_is_an_interval(text: str, low: float, high: float) -> None:
    (found,) = numbers(key(text))
    assert (found.value, found.high, found.bound) == (low, high, "interval")


@pytest.mark.parametrize("text", ["أحد المسؤولين", "F-16", "G5", "5+5", "الاجتماع الثاني"])
def test_names_ordinals_and_one_are_no_numbers(text: str) -> None:
    assert numbers(key(text)) == []


@given(st.integers(min_value=0, max_value=10**11))
def test_digits_are_read_as_they_stand(value: int) -> None:
    (found,) = numbers(f"x {value} y")
    assert found.value == value


@pytest.mark.parametrize(
    "text", ["كمية من الذخيرة", "ثياب وكمية من الذخيرة", "لست متأكدا من الخبر", "بكمية كبيرة"]
)
def test_words_that_are_written_like_numbers_are_none(text: str) -> None:
    assert numbers(key(text)) == []
