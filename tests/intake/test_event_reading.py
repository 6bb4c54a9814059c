"""Which events are read from a sentence: of what type, with whom, where; and which words tell none."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft
from tansiq.intake.shape import Event


def events(text: str) -> tuple[Event, ...]:
    """Return the events of a draft of a text."""
    return draft(text, name="x.txt").events


def only(text: str, kind: str) -> Event:
    """Return the one event of a type."""
    (found,) = (e for e in events(text) if e.type == kind)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "وصلت القافلة إلى غاو فجر الأحد.",
        "قال مصدر أمني طلب عدم ذكر اسمه إن الوضع هادئ في كيدال.",
        "صدر بيان صادر عن وزارة الدفاع في باماكو حول أسعار الوقود.",
        "لا يستهدف هذا التمرين أي طرف.",
        "The patrol boats and assault rifles are old, said a man who talks to reporters on Tuesday.",
        "The mission does not train militias.",
        "Sur invitation de la présidence en exercice, le forum social a été reporté.",
    ],
)
def test_words_that_mean_something_else_tell_no_act(text: str) -> None:
    kinds = {e.type for e in events(text)}
    assert not kinds & {"attack", "killing", "request", "seizure", "training", "exercise", "consultation"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A roadside mine killed two traders near Gossi on 9 July 2013.", "attack"),
        ("Des combattants de Boko Haram ont tué onze soldats à Toumour mardi 12 janvier 2016.", "attack"),
        ("Nigerien soldiers killed twelve herders near Banibangou on 4 May 2020.", "attack"),
        ("قضى الجيش المالي على ثمانية إرهابيين قرب كيدال يوم 3 ماي 2014.", "killing"),
        (
            "La découverte, le 20 janvier 2022, des corps de sept éleveurs près de Nara a ému la région.",
            "killing",
        ),
        ("Gunmen seized two engineers at Arlit on 3 May 2013; the hostages are alive.", "kidnapping"),
        ("The Malian army stopped three trucks near Gao on 3 May 2013.", "seizure"),
        ("Missiles looted from Libyan stores have crossed into Niger since 3 May 2013.", "arms_flow"),
        ("Chadian troops crossed into Niger on 3 May 2013.", "deployment"),
        ("The MNLA took control of the town of Léré on 3 May 2012.", "attack"),
    ],
)
def test_who_did_what_to_whom_decides_the_type(text: str, kind: str) -> None:
    assert kind in {e.type for e in events(text)}


def test_a_list_that_a_comma_cuts_takes_part_as_a_whole() -> None:
    found = only(
        "Les ministres de la Défense du Burkina Faso, du Mali, du Niger et du Tchad se sont réunis le "
        "21 juin 2017 à Nouakchott.",
        "meeting",
    )
    assert set(found.actors) >= {"Burkina Faso", "Mali", "Niger", "Chad"}
    assert found.place == "Nouakchott"


def test_a_place_of_a_source_is_not_where_it_happened() -> None:
    found = only("A diplomat in Paris said gunmen attacked a camp near Kidal on 3 May 2014.", "attack")
    assert found.place == "Kidal"


def test_nationals_are_not_their_state() -> None:
    found = only("اختطف مسلحون طبيبين إيطاليين قرب غاو يوم 3 ماي 2014.", "kidnapping")
    assert "Italy" not in found.actors


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("The ministry denied the toll of the attack of 12 January 2016 on Toumour.", "attack", "happened"),
        ("It was the sixth attack on a convoy near Gao since 22 May 2014.", "attack", "happened"),
        (
            "The army said it had freed the hostages, then retracted the statement.",
            "hostage_release",
            "denied",
        ),
        ("لم تعقد اللجنة سوى اجتماع واحد في نارا يوم 3 فيفري 2022.", "meeting", "happened"),
        ("Le Tchad enverra une compagnie de soldats à Madama avant la fin de 2019.", "deployment", "planned"),
    ],
)
def test_what_is_only_referred_to_taken_back_or_to_come_is_told_apart(
    text: str, kind: str, status: str
) -> None:
    assert status in {e.status for e in events(text) if e.type == kind}


def test_the_dead_of_one_event_do_not_swallow_a_denial() -> None:
    text = (
        "Villagers accuse soldiers of having killed fifteen herders near Koro on 8 June 2019. "
        "The governor denies it."
    )
    assert {e.type for e in events(text)} & {"attack", "killing"}
