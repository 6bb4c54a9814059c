"""How a text came by what it says: a detained person's words are proposed as such, torture is pointed at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tansiq.intake.obtained import VALUES, come_by
from tansiq.intake.shape import ChainEntry


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("وجاء في محضر استجواب أحد عناصر المجموعة أن المخبأ قرب الوادي", "detainee"),
        ("قال موقوف إن السلاح نُقل ليلا بعد أن ورد الخبر من جهاز شقيق", "detainee"),
        ("Selon un détenu entendu à Gao, le convoi partirait jeudi.", "detainee"),
        ("According to a detainee, the cache lies near the well.", "detainee"),
        ("ورد من جهاز شقيق أن القافلة عبرت الحدود", "liaison"),
        ("Une image satellite montre six véhicules.", "technical"),
        ("Our patrol counted four tracks at the ford.", "own"),
        ("اجتمع الوزراء لتبادل المعلومات", "unknown"),
        ("أوقفت الشرطة ثلاثة أشخاص وصادرت سلاحا", "unknown"),
    ],
)
def test_the_signs_of_a_text_are_read_in_three_languages(text: str, value: str) -> None:
    found = come_by(text)
    assert found.value == value
    assert bool(found.spans) == (value != "unknown")


def test_what_an_outlet_published_is_open_and_stands_on_its_name() -> None:
    entry = ChainEntry(name="الخبر", span=(0, 5), text="", kind="newspaper", anonymous=False, quotes=None)
    assert come_by("ذكرت صحيفة أن القافلة وصلت", (entry,)).value == "open"


def test_words_of_torture_are_pointed_at_and_find_nothing() -> None:
    text = "اعترف خلال التحقيق، وقالت أسرته إنه تعرض للتعذيب."
    found = come_by(text)
    assert found.value == "detainee"
    assert [text[s:e] for s, e in found.torture] == ["تعرض للتعذيب"]
    assert "tainted" not in VALUES


@given(st.text(max_size=300))
def test_any_text_gives_a_value_and_spans_inside_it(text: str) -> None:
    found = come_by(text)
    assert found.value in VALUES
    assert all(0 <= s < e <= len(text) for s, e in (*found.spans, *found.torture))
