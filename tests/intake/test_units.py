"""Units by number, letters or a name of their own, forces by their state, offices that only one holds."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft


def actors(text: str) -> dict[str, str]:
    """Return the actors of a text: canonical name → kind."""
    return {a.canonical: a.kind for a in draft(text, name="t.txt", proposers=()).actors}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("انتشر اللواء 33 مشاة قرب سبها في ليبيا.", "اللواء 33 مشاة"),
        ("انسحبت الكتيبة 301 من محيط طرابلس نحو غريان.", "الكتيبة 301"),
        ("وصل الفوج 28 مدفعية إلى تمبكتو في مالي.", "الفوج 28 مدفعية"),
        ('انطلقت عملية "صقر الصحراء" جنوب ليبيا.', 'عملية "صقر الصحراء"'),
        ("Des soldats du 21e RIMa ont quitté Gao.", "21e RIMa"),
        ("Le GTIA 3 patrouille autour de Gossi, au Mali.", "GTIA 3"),
        ("Le bataillon Badenya 7 est parti pour Diabaly.", "bataillon Badenya 7"),
        ("L'opération Tonnerre a débuté lundi près de Gao.", "opération Tonnerre"),
        ("The 145 Task Force Battalion left Damasak in Nigeria.", "145 Task Force Battalion"),
    ],
)
def test_a_number_letters_or_an_own_name_tell_a_unit(text: str, unit: str) -> None:
    assert actors(text).get(unit) == "military_unit"


@pytest.mark.parametrize(
    "text",
    [
        "زار اللواء محمد ولد الشيخ مدينة النعمة في موريتانيا.",
        "جرت العملية «بنجاح» في باماكو.",
        "L'opération a été menée à Gao par des médecins.",
        "Le 3e jour, le bataillon est arrivé à Gao.",
        "The 3 division heads met in Abuja.",
    ],
)
def test_what_has_no_number_and_no_name_is_no_such_unit(text: str) -> None:
    assert "military_unit" not in actors(text).values()


@pytest.mark.parametrize(
    ("text", "force"),
    [
        ("تأخر وصول الكتيبة الموريتانية إلى القطاع الغربي.", "Mauritanian Army"),
        ("حلقت مقاتلات فرنسية فوق كيدال.", "French Air Force"),
        ("Le bataillon mauritanien rejoint le secteur ouest.", "Mauritanian Army"),
        ("Mauritanian warplanes bombed a convoy near Timbuktu.", "Mauritanian Air Force"),
        ("L'attaque du poste de gendarmerie de Seytenga, au Burkina Faso.", "Burkinabe gendarmerie"),
    ],
)
def test_a_part_of_an_army_is_that_army(text: str, force: str) -> None:
    assert force.casefold() in {name.casefold() for name in actors(text)}


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("أعلن وزير الصحة النيجري فتح مستشفى ميداني.", "Health minister of Niger"),
        ("التقى رئيس مجلس النواب في مصر وفدا من الحركات.", "Parliament speaker of Egypt"),
        ("قال الوزير المكلف بالشؤون الإفريقية الجزائري كلمة.", "African affairs minister of Algeria"),
        ("Le ministre malien de la Santé s'est rendu à Gao.", "Health minister of Mali"),
        ("The Nigerien health minister flew to Diffa.", "Health minister of Niger"),
    ],
)
def test_an_office_that_one_holds_is_a_person(text: str, office: str) -> None:
    assert actors(text).get(office) == "person"


def test_what_the_holder_of_an_office_does_is_no_name() -> None:
    assert set(actors("أعلن وزير الزراعة النيجري فتح سوق جديدة.")) == {"Agriculture minister of Niger"}


def test_the_counterpart_of_a_team_is_nobody() -> None:
    assert "person" not in actors("تعادل المنتخب المالي للمحليين مع نظيره السنغالي بهدف لمثله.").values()


@pytest.mark.parametrize(
    ("text", "not_named"),
    [
        ("MISE AU POINT\nBamako, le 3 mai 2018. Le gouvernement du Mali dément.", "African Union"),
        ("أعلنت المؤسسة الوطنية للنفط حالة القوة القاهرة في ليبيا.", "Egypt"),
    ],
)
def test_words_that_are_names_elsewhere_name_nobody(text: str, not_named: str) -> None:
    assert not_named not in actors(text)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("دعا حزب الأصالة والمعاصرة إلى الحوار.", "PAM", "org"),
        ("رفض المجلس الانتقالي الجنوبي ذلك.", "Southern Transitional Council", "non_state_party"),
        ("L'UGTT appelle à la grève générale.", "UGTT", "org"),
        ("The Kenya Defence Forces crossed into Gedo.", "Kenya Defence Forces", "military_unit"),
        ("انتقدت بعثة الأمم المتحدة في جنوب السودان الهجوم.", "UNMISS", "intergovernmental"),
        ("أعلن حزب الخضر الموريتاني مشاركته.", "حزب الخضر الموريتاني", "org"),
    ],
)
def test_parties_forces_and_bodies_are_named(text: str, name: str, kind: str) -> None:
    assert actors(text).get(name) == kind


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        (
            "L'Agence nationale de sécurité a arrêté deux hommes à Moundou.",
            "Agence nationale de sécurité",
            "military_unit",
        ),
        (
            "The National Security Service detained two reporters in Juba.",
            "National Security Service",
            "military_unit",
        ),
        ("L'Agence nationale de sécurité sociale verse les pensions à Niamey.", "Agence nationale", "org"),
        (
            "Le Comité national d'autodéfense retient trois soldats.",
            "Comité national d'autodéfense",
            "non_state_party",
        ),
    ],
)
def test_a_secret_service_is_a_unit_and_self_defence_a_party(text: str, name: str, kind: str) -> None:
    assert [k for n, k in actors(text).items() if n.startswith(name)] == [kind]


@pytest.mark.parametrize(
    ("text", "force"),
    [
        ("Mali army retakes a camp near Menaka.", "Malian Armed Forces"),
        ("The Uganda People's Defence Force left Gulu.", "Ugandan Army"),
    ],
)
def test_an_army_behind_the_name_of_its_state_is_its_force(text: str, force: str) -> None:
    assert actors(text).get(force) == "military_unit"


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("استدعت الوزارة القائم بالأعمال الإثيوبي صباح اليوم.", "Ambassador of Ethiopia"),
        ("Le chargé d'affaires du Tchad a été reçu à Tripoli.", "Ambassador of Chad"),
    ],
)
def test_who_runs_an_embassy_is_a_person(text: str, office: str) -> None:
    assert actors(text).get(office) == "person"


def test_a_ministry_ends_before_whom_it_summons() -> None:
    assert "وزارة الخارجية" in actors("استدعت وزارة الخارجية القائم بالأعمال الإثيوبي صباح اليوم.")


def test_the_deputy_of_a_mayor_is_not_the_mayor() -> None:
    assert "person" not in actors("Des hommes ont enlevé l'adjoint au maire de Gao.").values()


@pytest.mark.parametrize(
    ("text", "lies"),
    [
        ("اندلعت اشتباكات في منبج شمال سوريا.", "Manbij"),
        ("أكل الجنود حمص وفول في سوريا.", None),
    ],
)
def test_towns_of_the_near_east_lie_there_and_their_words_do_not(text: str, lies: str | None) -> None:
    named = {p.canonical for p in draft(text, name="t.txt", proposers=()).places}
    assert named - {"Syria"} == ({lies} if lies else set())
