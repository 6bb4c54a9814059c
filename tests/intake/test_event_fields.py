"""Words of whole fields tell events: of which type, and whether they happened, lie ahead or failed."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft


def told(text: str) -> set[tuple[str, str]]:
    """Return type and status of the events of a text."""
    return {(e.type, e.status) for e in draft(text, name="t.txt").events}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("سقطت ثلاث قذائف على محيط مطار غاو فجر الخميس دون أن تخلف ضحايا.", "attack"),
        ("مكنت العملية، يوم السبت، من استرجاع ستة مسدسات رشاشة قرب عين قزام.", "seizure"),
        ("مثل المتهمون الأربعة أمام القاضي في نواكشوط يوم الأحد 20 ماي 2012.", "other"),
        ("وفي نيامي التأمت لجنة السفراء يوم الأربعاء برئاسة وزير الخارجية النيجري.", "meeting"),
        ("Des hommes venus à moto ont tiré dimanche sur le poste de Bani Bangou.", "attack"),
        ("Les garde-côtes libyens ont arraisonné mardi un pétrolier au large de Zaouïa.", "seizure"),
        ("Gunmen lobbed four rockets at the airport of Kidal on Thursday.", "attack"),
        ("The UN envoy shuttled to Cairo on Wednesday for talks with President Sisi.", "visit"),
        ("The attackers made off with two army vehicles at Bosso on Friday.", "seizure"),
    ],
)
def test_words_of_a_field_tell_the_deed(text: str, kind: str) -> None:
    assert kind in {k for k, _ in told(text)}


@pytest.mark.parametrize(
    "text",
    [
        "الجولة الثالثة من المفاوضات بين الحكومة والحركات.",
        "جولة جديدة من الحوار بين الطرفين في باماكو يوم الأحد.",
    ],
)
def test_a_round_of_talks_is_no_visit(text: str) -> None:
    assert "visit" not in {k for k, _ in told(text)}


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("دورة تكوينية لفائدة ضباط الدرك النيجري تبدأ يوم الاثنين في نيامي.", ("training", "planned")),
        (
            "Quatre patrouilles mixtes par mois seront menées à partir du 1er septembre près de Kidira.",
            ("deployment", "planned"),
        ),
        (
            "Une opération conjointe avec l'armée malienne est prévue du 5 au 25 octobre près de Gao.",
            ("military_operation", "planned"),
        ),
        (
            "A patrol by Chad and Niger is set to begin on 5 May 2016 near Diffa.",
            ("military_operation", "planned"),
        ),
    ],
)
def test_the_predicate_of_a_noun_says_that_it_lies_ahead(text: str, event: tuple[str, str]) -> None:
    assert event in told(text)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("افترق الطرفان يوم الأحد من دون أن يوقعا اتفاق هدنة في غاو.", ("agreement", "failed")),
        (
            "La patrouille conjointe vers Djebok n'a pas pu partir mardi faute de carburant.",
            ("deployment", "failed"),
        ),
        (
            "Le 18 mai, le sommet des chefs d'Etat du Sahel à Bamako a été renvoyé pour la troisième fois.",
            ("meeting", "failed"),
        ),
        (
            "The session due in June at Nema could not be convened because of the elections.",
            ("meeting", "failed"),
        ),
        ("The ceasefire signed at Kidal on Sunday had come apart by Tuesday.", ("agreement", "failed")),
    ],
)
def test_what_was_not_held_or_not_reached_failed(text: str, event: tuple[str, str]) -> None:
    assert event in told(text)


def test_a_release_by_talks_that_failed_is_no_operation() -> None:
    talks = "Une tentative de faire libérer l'otage français par un notable de Kidal a échoué en mars 2013."
    assert ("hostage_release", "failed") in told(talks)
    force = "حاولت وحدة خاصة من الجيش المالي فجر الخميس تحرير الرهينة البرتغالي قرب كيدال دون جدوى."
    assert ("military_operation", "failed") in told(force)


def test_an_army_that_counts_the_enemys_dead_claims() -> None:
    text = "قالت وزارة الدفاع المالية إن الجيش قتل خلال ملاحقة المهاجمين ثلاثين منهم قرب بوني يوم الاثنين."
    assert ("killing", "claimed") in told(text)
