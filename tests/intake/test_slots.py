"""Who took part in an event, where and when: datelines, seats, guests, tellers, days of telling."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft
from tansiq.intake.shape import Event


def one(text: str, kind: str) -> Event:
    """Return the one event of a kind."""
    (found,) = (e for e in draft(text, name="x").events if e.type == kind)
    return found


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        (
            "Attaque au Mali\nDAKAR, 3 juin 2012 (AFP) - Des hommes armés ont attaqué un poste près de Gao.",
            "attack",
            "Gao",
        ),
        (
            "هجوم جديد\nنواكشوط 3-6-2012 (ا ف ب) - هاجم مسلحون مركزا للدرك شمال تمبكتو.",
            "attack",
            "Timbuktu",
        ),
        ("Troops based in Bamako attacked a rebel camp near Kidal on Monday.", "attack", "Kidal"),
    ],
)
def test_a_dateline_and_a_seat_are_no_scene(text: str, kind: str, place: str) -> None:
    assert one(text, kind).place == place


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Le gouvernement du Niger, réuni à Niamey, a démenti avoir payé une rançon.", "statement"),
        ("The United States imposed sanctions on Monday on a trader from Gao.", "sanction"),
    ],
)
def test_a_statement_and_a_sanction_have_no_scene(text: str, kind: str) -> None:
    assert {e.place for e in draft(text, name="x").events if e.type == kind} <= {None}


def test_who_tells_what_he_did_himself_took_part() -> None:
    found = one("Boko Haram claimed to have killed ten soldiers near Diffa.", "attack")
    assert found.actors == ("Boko Haram",)


def test_guests_of_a_meeting_behind_its_clause_take_part() -> None:
    text = (
        "Les ministres de la Défense du Mali et du Niger se sont réunis lundi à Bamako, "
        "en présence de représentants de la France et de l'Union européenne."
    )
    assert set(one(text, "meeting").actors) == {"Mali", "Niger", "France", "European Union"}


def test_the_state_of_an_unnamed_source_has_no_part_in_what_it_tells() -> None:
    found = one(
        "A Malian military source said gunmen kidnapped two engineers near Gao on Monday.", "kidnapping"
    )
    assert "Mali" not in found.actors


def test_a_day_of_telling_in_another_clause_is_not_that_of_the_deed() -> None:
    text = "Niamey, June 6, 2014. Gunmen killed two soldiers near Gao, the army said on Thursday."
    assert one(text, "attack").when is None
