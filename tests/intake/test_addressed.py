"""Outlets that somebody spoke to in Arabic pass that one on, wherever in the sentence they stand."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft


def passed_on(text: str) -> list[tuple[str, str]]:
    """Return each outlet with whom it passes on."""
    chain = draft(text, name="x").chain
    return [(c.text, chain[c.quotes].text) for c in chain if c.quotes is not None]


@pytest.mark.parametrize(
    ("text", "outlet", "source"),
    [
        (
            "هدأت الجبهة أمس. وصرح مصدر في وزارة الدفاع النيجرية لوكالة رويترز أن القافلة عادت.",
            "رويترز",
            "مصدر",
        ),
        (
            "هدأت الجبهة أمس. وذكر مسؤول محلي، طلب عدم كشف هويته، لوكالة رويترز أن السوق فتح.",
            "رويترز",
            "مسؤول محلي",
        ),
        (
            "هدأت الجبهة أمس. وأكد السفير، في مقابلة أجرتها معه صحيفة الشرق الأوسط، أن بلاده ماضية.",
            "الشرق الأوسط",
            "السفير",
        ),
        (
            'هدأت الجبهة أمس. واعتبر رئيس الكتلة، في حديث لإذاعة "صوت الجبل"، أن التدخل خطأ.',
            "صوت الجبل",
            "رئيس الكتلة",
        ),
        ('هدأت الجبهة أمس. وقال بلال أغ موسى لقناة "النهر" إن المدينة آمنة.', "النهر", "بلال أغ موسى"),
    ],
)
def test_an_outlet_spoken_to_passes_on_who_speaks(text: str, outlet: str, source: str) -> None:
    assert any(outlet in name and source in said for name, said in passed_on(text))


@pytest.mark.parametrize(
    "text",
    [
        "هدأت الجبهة أمس. وقال مراسل لقناة فرنسية إن المدينة آمنة وإن السوق فتح.",
        "هدأت الجبهة أمس. وأكد الوزير لوسائل الإعلام أن بلاده ماضية في الحوار.",
        "هدأت الجبهة أمس. وأعلن الوالي افتتاح مقر لإذاعة محلية في البلدة.",
    ],
)
def test_an_outlet_that_owns_or_is_told_of_passes_on_nobody(text: str) -> None:
    assert passed_on(text) == []
