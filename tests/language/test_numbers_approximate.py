"""Numbers in words with what they leave open: about, at least, between, tens, halves, doubles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tansiq.language.folding import key
from tansiq.language.numbers import numbers
from tests.language._counted import COUNTED

SMALL = ["صفر", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"]
TENS = ["-", "عشرة", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]


@pytest.mark.parametrize(("text", "value", "bound", "high"), COUNTED)
def test_a_number_is_read_with_what_it_leaves_open(
    text: str, value: float, bound: str, high: float | None
) -> None:
    (found,) = numbers(key(text))
    assert (found.value, found.bound, found.high) == (value, bound, high)


@pytest.mark.parametrize(("text", "value", "bound", "high"), COUNTED)
def test_a_span_of_a_number_lies_in_the_text(text: str, value: float, bound: str, high: float | None) -> None:
    folded = key(text)
    for found in numbers(folded):
        assert 0 <= found.start <= found.core[0] < found.core[1] <= found.end <= len(folded)


@given(tens=st.integers(2, 9), units=st.integers(1, 9), thousand=st.booleans())
def test_an_arabic_compound_is_units_then_tens(tens: int, units: int, thousand: bool) -> None:
    words = f"{SMALL[units]} و{TENS[tens]}" + (" ألفا" if thousand else "")
    (found,) = numbers(key(words))
    assert found.value == (10 * tens + units) * (1000 if thousand else 1)


@pytest.mark.parametrize(
    "text", ["واحد منهم", "الاجتماع الأول", "un homme", "one of them", "la dizaine d'hier"]
)
def test_one_alone_is_no_number(text: str) -> None:
    assert [n.value for n in numbers(key(text)) if n.value < 2] == []
