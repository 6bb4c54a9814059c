"""Who is set free, and told with which words."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("استعاد الرهينتان الإسبانيان حريتهما يوم الأحد قرب غاو.", "hostage_release"),
        ("استعاد الجيش المالي مدينة كيدال أمس.", "military_operation"),
        ("The two French aid workers held since March were rescued on Sunday near Gao.", "hostage_release"),
        ("The army recovered the kidnapped schoolgirls from the forest on Monday.", "hostage_release"),
        ("The abducted official was set free on Monday in exchange for two prisoners.", "hostage_release"),
        ("Twelve suspects were let out of the prison in Bamako on Monday.", "prisoner_release"),
        (
            "Six fonctionnaires retenus depuis la veille à Kidal ont été rendus à la mission dimanche.",
            "hostage_release",
        ),
        ("A new joint brigade of Mali and Niger came into being in January.", "creation_of_body"),
    ],
)
def test_who_is_set_free_or_what_is_founded(text: str, kind: str) -> None:
    assert kind in {e.type for e in draft(text, name="x").events}


@pytest.mark.parametrize(
    "text",
    [
        "The river men were rescued when their boat sank off Dakar.",
        "Les corps des soldats ont été rendus aux familles à Bamako.",
        "The army recovered the wreck of the helicopter near Gao.",
        "Un hommage a été rendu dimanche aux deux otages tués à Kidal.",
        "Le verdict a été rendu lundi dans le procès des ravisseurs de Gao.",
    ],
)
def test_who_was_no_hostage_is_not_released(text: str) -> None:
    assert "hostage_release" not in {e.type for e in draft(text, name="x").events}


def test_what_leaves_a_prison_is_no_prisoner_of_itself() -> None:
    text = "A convoy drove out of the prison in Bamako on Monday."
    assert "prisoner_release" not in {e.type for e in draft(text, name="x").events}


def test_who_walks_out_of_prison_has_not_failed_and_who_walks_out_of_talks_has() -> None:
    (freed,) = [
        e
        for e in draft("Thirty detainees walked out of prison in Bamako on Monday.", name="x").events
        if e.type == "prisoner_release"
    ]
    assert freed.status == "happened"
    (talks,) = [
        e
        for e in draft("The rebel delegation walked out of the talks in Algiers on Monday.", name="x").events
        if e.type in ("meeting", "consultation")
    ]
    assert talks.status == "failed"
