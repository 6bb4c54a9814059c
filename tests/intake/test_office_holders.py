"""What somebody is by what stands behind the name, and who says nothing."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft


def heard(text: str) -> list[tuple[str, str]]:
    return [(c.kind, c.text) for c in draft(text, name="x").chain]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ورأى سامي الزين، الباحث في شؤون الساحل، أن الهدنة ستصمد.", "سامي الزين"),
        ("Hamid Larbi, a researcher at the university, said the truce would hold.", "Hamid Larbi"),
        ("« La trêve tiendra », estime Hamid Larbi, chercheur à Alger.", "Hamid Larbi"),
        ("Pour Hamid Larbi, chercheur à Alger, la rivalité explique tout.", "Hamid Larbi"),
    ],
)
def test_whom_a_comma_calls_learned_is_an_expert(text: str, words: str) -> None:
    assert heard(text) == [("expert", words)]


@pytest.mark.parametrize(
    "text",
    [
        "Contacté, le ministère n'avait pas réagi vendredi soir.",
        "Le procureur n'en a pas dit un mot.",
        "La famille ne répond plus au téléphone.",
        "U.S. officials have said little about the case.",
        "The embassy has not commented on the raid.",
        "Neither the ministry nor the embassy returned calls.",
    ],
)
def test_who_does_not_answer_is_no_source(text: str) -> None:
    assert heard(text) == []


def test_a_group_ends_where_its_verb_begins() -> None:
    said = heard("The Food and Agriculture Organization warned that swarms could come.")
    assert [words for _, words in said] == ["Food and Agriculture Organization"]
    assert heard("Egyptian state television showed the convoy and said dozens were killed.")
    assert heard("Drivers crossing at the bridge said they paid twice.") == [("unnamed_source", "Drivers")]
