"""Who wrote a text is none of its actors; forces named by their state; outlets called like a region."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft


def actors(text: str) -> dict[str, str]:
    return {a.canonical: a.kind for a in draft(text, name="x.txt").actors}


@pytest.mark.parametrize(
    "text",
    [
        "قمة أخرى تؤجل\nكتب - محمود عبد الرحمن\nقال وزير الدفاع المالي إن القمة أجلت إلى الشهر المقبل.",
        "الأربعاء 3 مارس 2010 - نيامي: أحمد ولد سالم\nأعلن الجيش النيجري أنه أوقف ثلاثة مهربين.",
        "Le sommet est reporté une fois encore, dit le ministre malien.\n\nAdama Sékou Traoré\n",
    ],
)
def test_the_writer_of_a_text_is_no_actor(text: str) -> None:
    assert "person" not in {
        kind for name, kind in actors(text).items() if "inister" not in name and "minister" not in name
    }


@pytest.mark.parametrize(
    "text",
    [
        "The raid on Gao was conducted by Moussa Diarra on Monday.",
        "Moussa Diarra contributed to this peace.",
        "Moussa Diarra a contribué à la chute de Kidal.",
        "By Moussa Diarra and Amadou Koné\nWe have signed this pact.",
    ],
)
def test_who_does_something_is_no_writer(text: str) -> None:
    assert actors(text).get("Moussa Diarra") == "person"


def test_a_person_told_of_in_the_text_is_an_actor() -> None:
    text = "لقاء في نيامي\nأحمد ولد سالم\nقال أحمد ولد سالم إن الوفد سيعود غدا إلى نواكشوط."
    assert "person" in actors(text).values()


@pytest.mark.parametrize(
    ("text", "force"),
    [
        ("Burkina Faso's army said on Friday that its troops had left the camp.", "Burkinabe"),
        ("L'armée du Tchad a repris la localité dimanche.", "Chad"),
        ("أعلن جيش مالي استعادة البلدة صباح السبت.", "Mali"),
    ],
)
def test_an_army_of_a_state_is_its_force(text: str, force: str) -> None:
    assert any(force in name for name, kind in actors(text).items() if kind == "military_unit")


def test_a_newspaper_called_like_a_region_is_known_by_its_quotation_marks() -> None:
    made = actors("وقال مسؤول مالي في اتصال مع «الشرق الأوسط» إن المفاوضات تعثرت في باماكو.")
    assert made.get("Asharq Al-Awsat") == "org"


def test_the_world_at_large_and_sites_of_everybody_are_no_bodies() -> None:
    made = actors("دعت الحكومة المالية المجموعة الدولية إلى الوفاء بتعهداتها، حسب حساب على تويتر.")
    assert "org" not in made.values()


@pytest.mark.parametrize(
    "text",
    [
        "تأجيل القمة\nمحمود عبد الرحمن - من موفدنا إلى غاو\nأعلن الجيش النيجري أنه أوقف ثلاثة مهربين.",
        "Le sommet reporté\nMoussa Diop, à Niamey\n\nLe Mali a annoncé hier la saisie de dix fusils.",
        "Raid in the north\nBy Sarah Whitlock in Bamako, 12 May 2014\n\nThe army said ten men died.",
        "Raid in the north\nBy Sarah Whitlock and Musa Adamu\n\nThe army said ten men died.",
        "Raid in the north\nThe army said ten men died.\nTranslated from the French by Sarah Whitlock.",
        "Raid in the north\nThe army said ten men died.\nMusa Adamu in Gao contributed reporting.",
        "Raid au nord\nL'armée parle de dix morts.\nTraduit de l'anglais par Sarah Whitlock.",
        "The army said ten men died near Gao.\n\nSarah Whitlock, BBC, Bamako",
    ],
)
def test_a_line_that_says_whence_and_for_whom_one_writes_names_the_writer(text: str) -> None:
    assert "person" not in actors(text).values()


def test_who_is_present_is_no_writer() -> None:
    assert (
        actors("Présents: Moussa Diop (Mali)\n\nLe comité a décidé de se réunir à Gao.")["Moussa Diop"]
        == "person"
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("قائمة الوفود:\nموسى عبد الله، مالي\nأحمد ولد سالم، النيجر\n\nعقد الاجتماع في الجزائر.", 2),
        ("Participants:\n- Moussa Diop (Mali)\n- Issa Keita (Niger)\n\nThe meeting was held in Algiers.", 2),
        ("Signed at Algiers, 15 May 2015\n\nFor Mali: Abdoulaye Diop\nFor Niger: Ibrahim Yacouba\n", 2),
        ("Moussa Diop à Niamey hier.", 1),
    ],
)
def test_delegates_and_signatories_are_no_writers(text: str, names: int) -> None:
    assert [*actors(text).values()].count("person") == names
