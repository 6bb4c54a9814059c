"""Capitals that mean a government, nationalities that mean a state."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft


def states(text: str) -> set[str]:
    return {a.canonical for a in draft(text, name="x.txt").actors if a.kind == "state"}


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("أما نيامي فلا ترى في الأمر سوى حادث حدودي عابر.", "Niger"),
        ("وأكد المصدر أن نواكشوط متمسكة بموقفها الرافض لدفع الفدية.", "Mauritania"),
        ("وهي الميليشيا الموالية لباماكو التي دخلت المدينة صباح الخميس.", "Mali"),
        ("طلبت الخرطوم من طرابلس تسليم المشتبه بهم قبل نهاية الشهر.", "Libya"),
        ("ونفت كل من نجامينا ونيامي صحة الخبر جملة وتفصيلا.", "Niger"),
        ("Niamey, où l'on craint un afflux de réfugiés, refuse d'ouvrir un nouveau camp.", "Niger"),
        ("Il a obtenu de Nouakchott l'ouverture d'un couloir humanitaire.", "Mauritania"),
        ("Bamako n'a jamais reconnu l'existence de ce document.", "Mali"),
        ("The envoy said that Algiers does not recognise the new council.", "Algeria"),
        ("Donors have promised Niamey 40 million euros for its border posts.", "Niger"),
        ("Tripoli, which has accused its neighbour of meddling, recalled the consul.", "Libya"),
    ],
)
def test_a_capital_that_decides_or_is_dealt_with_is_its_state(text: str, state: str) -> None:
    assert state in states(text)


@pytest.mark.parametrize(
    "text",
    [
        "وشهدت نيامي مظاهرات حاشدة شارك فيها الآلاف من الطلبة.",
        "واستضافت نواكشوط أمس اجتماعا ضم خبراء من المنطقة.",
        "وصل الوفد مساء الأربعاء إلى باماكو على متن طائرة خاصة.",
        "Bamako a connu une nuit calme après les pluies.",
        "Le convoi a quitté Niamey à l'aube avec trente camions.",
        "Un vol venant de Nouakchott a été détourné.",
        "The plane from Niamey landed shortly before noon.",
        "Bamako has been quiet since the market reopened.",
    ],
)
def test_a_capital_where_something_happens_is_a_place(text: str) -> None:
    assert states(text) == set()


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("وعد الأمريكيون بتسليم ثلاث طائرات قبل نهاية السنة.", "United States"),
        ("وجاء ذلك بعد التدخل الفرنسي في المنطقة بأسابيع.", "France"),
        ("Les Tunisiens ont promis de rouvrir le poste avant la fin du mois.", "Tunisia"),
        ("L'intervention française a changé la donne au nord.", "France"),
        ("The Italians have agreed to pay for the new patrol boats.", "Italy"),
        ("A French drone had filmed the convoy two days before.", "France"),
    ],
)
def test_a_people_as_a_party_and_what_a_state_undertakes_name_the_state(text: str, state: str) -> None:
    assert state in states(text)


@pytest.mark.parametrize(
    "text",
    [
        "أطلق سراح الرهائن الفرنسيين المحتجزين منذ عام.",
        "وقتل في الهجوم ثلاثة من العمال الصينيين.",
        "Deux otages espagnols ont été relâchés près du puits.",
        "A German engineer was seized on the road to the mine.",
    ],
)
def test_the_nationality_of_persons_names_no_state(text: str) -> None:
    assert states(text) == set()


def test_his_country_is_no_town() -> None:
    assert states("أوقفت الجمارك الليبية الشاحنة قرب بلدة حدودية صغيرة.") <= {"Libya"}
    assert "بلدة" not in {
        t for a in draft("أعلنت ليبيا أن الشاحنة أوقفت قرب بلدة صغيرة.", name="x.txt").actors for t in a.texts
    }


def test_the_owner_of_an_office_does_not_act() -> None:
    assert "Niger" not in states("They met Niger's president in Geneva and left the same day.")
