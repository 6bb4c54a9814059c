"""The title proposed for a text: its headline, else a short clause of its own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tansiq.intake.draft import draft
from tansiq.intake.titles import SHORTEST, title_span

TOLD = "\n\nSept gendarmes ont été tués dans l'explosion d'une mine près de Boni, lundi."
HEADED = "دوريات منسقة حول النعمة وباسكنو\n\nقالت مصادر عسكرية إن الدوريات بدأت أمس."


def title(text: str) -> str:
    """The title proposed for a text."""
    start, end = title_span(text, draft(text, name="نص").events)
    return text[start:end]


def test_a_headline_stays_whole() -> None:
    assert title(HEADED) == "دوريات منسقة حول النعمة وباسكنو"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "نيامي، 19 ماي 2010 - أقدم مسلحون مجهولون على اختطاف مهندسين اثنين، حسبما أفادت به مصادر أمنية "
            "محلية أكدت أن الخاطفين توجهوا نحو الحدود الشمالية.",
            "أقدم مسلحون مجهولون على اختطاف مهندسين اثنين",
        ),
        (
            "قال مصدر أمني في نواكشوط إن وحدة من الجيش اعترضت مساء السبت قافلة من ثلاث سيارات محملة بالسلاح "
            "قرب غابة واغادو، ولم يصب أحد في العملية التي دامت ساعتين.",
            "وحدة من الجيش اعترضت مساء السبت قافلة من ثلاث سيارات محملة بالسلاح",
        ),
        (
            "Le porte-parole de l'armée a déclaré que ses hommes ont saisi lundi près de Tessalit deux "
            "camions chargés d'armes, dont les chauffeurs ont pris la fuite vers le nord.",
            "ses hommes ont saisi lundi près de Tessalit deux camions chargés d'armes",
        ),
        (
            "Gunmen on motorbikes attacked a customs post outside Ayorou on Friday night, killing two "
            "officers and burning a lorry before they fled towards the border, the governor said.",
            "Gunmen on motorbikes attacked a customs post outside Ayorou on Friday night",
        ),
    ],
)
def test_a_text_without_a_heading_is_named_by_its_first_event(text: str, said: str) -> None:
    found = title(text)
    assert found.startswith(said[:40]) or said.startswith(found[:40])
    assert len(found) <= SHORTEST
    assert found in text


def test_a_line_that_is_only_a_date_is_no_headline() -> None:
    text = "الخميس 20 فيفري 2020\nنجامينا تنفي التراجع عن نشر كتيبتها\nنفت الحكومة التشادية ذلك أمس."
    assert title(text) == "نجامينا تنفي التراجع عن نشر كتيبتها"


def test_a_short_sentence_is_its_own_title() -> None:
    assert title("قُتل جنديان قرب كيدال.") == "قُتل جنديان قرب كيدال"


@given(st.text(alphabet="اب ق.،؛\n-()abc'1", max_size=400))
def test_it_is_a_stretch_of_the_text_within_its_length(text: str) -> None:
    start, end = title_span(text)
    assert 0 <= start <= end <= len(text)
    assert "\n" not in text[start:end]
    assert end - start <= 160


@pytest.mark.parametrize(
    "line",
    [
        "نواكشوط، 14 مارس 2017 (من مراسلنا الخاص)",
        "الثلاثاء 14 مارس 2017 - خاص بالجريدة",
        "دمشق، الثلاثاء 14 مارس/آذار 2017",
        "بيروت، 3 تشرين الأول 2018 (من مراسلنا)",
        "بغداد - 3 تشرين الأول / أكتوبر 2018",
        "Bamako, le 3 octobre 2018 (correspondance particulière)",
        "Niamey, mardi 3 octobre 2018",
        "Gao, on 3 October 2018 (own correspondent)",
        "N'Djamena, October 3, 2018",
    ],
)
def test_a_line_of_place_and_day_is_no_headline(line: str) -> None:
    assert title(line + TOLD).startswith("Sept gendarmes")


@pytest.mark.parametrize(
    "line",
    [
        "هجوم باماكو في 3 أكتوبر 2018",
        "انتخابات الرئاسة، 3 مرشحين أقوياء 2018",
        "Attentat de Bamako du 3 octobre 2018",
        "Elections in Niger, 3 October 2018: what is at stake",
    ],
)
def test_a_headline_may_hold_a_day(line: str) -> None:
    assert title(line + TOLD) == line
