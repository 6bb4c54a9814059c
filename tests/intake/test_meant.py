"""Names that a text means by role, title, nationality or state: who is proposed, and as what."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft


def named(text: str, kind: str) -> list[str]:
    return [a.canonical for a in draft(text, name="x").actors if a.kind == kind]


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ('وقالت مجلة "ديزرت ريفيو" إن القافلة عبرت الحدود من مالي.', "ديزرت ريفيو"),
        ('وذكرت "الرمال نيوز" أن الجيش المالي قصف الموقع.', "الرمال نيوز"),
        ("The army denied it, the weekly Le Fanal wrote on its front page in Niger.", "Le Fanal"),
        ("L'armée a démenti, dit un officier dans les colonnes du Phare de Zinder.", "Phare de Zinder"),
    ],
)
def test_an_outlet_is_known_by_its_title(text: str, outlet: str) -> None:
    assert outlet in named(text, "org")


def test_a_paper_that_only_heads_its_text_is_no_actor() -> None:
    text = "Le Courrier des dunes, lundi 6 mars 2017\n\nL'armée malienne a repris Konna, dit un officier."
    assert named(text, "org") == []


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("ضبطت الجمارك النيجرية شاحنة قرب أرليت.", "Nigerien Customs", "org"),
        ("La gendarmerie togolaise a saisi des armes.", "Togolese Gendarmerie", "military_unit"),
        ("طلبت السفارة الإيطالية من رعاياها المغادرة.", "Embassy of Italy", "org"),
        ("Chad's transitional military council spoke.", "Chad's transitional military council", "org"),
        (
            "اتفق البلدان على إنشاء اللجنة المائية المشتركة في غاو.",
            "اللجنة المائية المشتركة",
            "intergovernmental",
        ),
    ],
)
def test_a_body_of_a_state_is_named_by_its_sort(text: str, name: str, kind: str) -> None:
    assert name in named(text, kind)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("التقى وزير الدفاع المالي نظيره النيجري في غاو.", "Defence minister of Niger"),
        ("أعلنت موريتانيا على لسان وزير خارجيتها رفضها للقرار.", "Foreign minister of Mauritania"),
        ("استقبل الوزير سفير الجزائر في باماكو أمس.", "Ambassador of Algeria in Bamako"),
        ("أطلق سراح المهندس البلجيكي كورنيل فاندوف قرب غاو.", "كورنيل فاندوف"),
        ("والمخطوفان في مالي هما ستيفن هارغروف وبيير لامبارد منذ شهر.", "بيير لامبارد"),
        ("MM. Zollikofer et Brandt ont quitté le Mali.", "Brandt"),
    ],
)
def test_a_person_is_known_by_office_title_or_given_name(text: str, person: str) -> None:
    assert person in named(text, "person")


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("قال دبلوماسي جزائري إن بلاده مستعدة للوساطة.", "Algeria"),
        ("Bamako n'a pas été consultée, a déclaré un porte-parole.", "Mali"),
        ("وجاء الرد سريعا بعد أن طرابلس رفضت العرض.", "Libya"),
    ],
)
def test_a_state_is_meant_by_its_capital_or_its_people(text: str, state: str) -> None:
    assert state in named(text, "state")


def test_smugglers_as_such_are_no_actor_and_their_networks_are() -> None:
    assert named("أوقف الجيش المالي مهربين قرب غاو.", "criminal_network") == []
    assert named("تتعاون شبكات التهريب مع المسلحين قرب غاو.", "criminal_network") == ["Smuggling networks"]


def test_an_unlisted_place_is_told_by_the_noun_before_it() -> None:
    found = draft("هاجم مسلحون قرية كندابورا قرب الحدود مع مالي.", name="x").places
    assert "كندابورا" in [p.canonical for p in found]


def test_a_place_joined_to_another_needs_no_other_sign() -> None:
    found = draft("بيعت الأسلحة في أسواق أوباري وغات بعد أيام.", name="x").places
    assert {"Ubari", "Ghat"} <= {p.canonical for p in found}


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("Le ministre Ousséni Compaoré a parlé à Ouagadougou.", "Blaise Compaoré"),
        ("قال سعيد بوتفليقة إن الملف أغلق في الجزائر.", "Abdelaziz Bouteflika"),
    ],
)
def test_a_last_name_behind_anothers_given_name_is_nobody_else(text: str, holder: str) -> None:
    assert holder not in named(text, "person")


def test_a_last_name_behind_a_title_is_its_holder() -> None:
    assert "Blaise Compaoré" in named("Le président Compaoré a parlé à Ouagadougou.", "person")
