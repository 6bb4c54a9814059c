"""Names of a draft in the reader's language."""

from __future__ import annotations

import pytest

from tansiq.base.messages import LANGS, Lang
from tansiq.intake.forces import FORCES, name_of
from tansiq.intake.shown import shown
from tansiq.language.lexicon import cells, rows


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("sort", FORCES)
def test_a_states_forces_are_named_in_the_readers_language(sort: str, lang: Lang) -> None:
    name = name_of("Togo", sort)
    said = shown(name, lang)
    assert shown("Togo", lang) in said
    assert "⟦" not in said
    assert said != name


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_not_known_stays_as_the_text_has_it(lang: Lang) -> None:
    assert shown("كتيبة الرمال", lang) == "كتيبة الرمال"
    assert shown("Army of Atlantis", lang) == "Army of Atlantis"


def test_a_known_name_is_the_languages_own() -> None:
    assert [shown("Mauritania", lang) for lang in LANGS] == ["موريتانيا", "Mauritanie", "Mauritania"]


@pytest.mark.parametrize(
    ("name", "ar", "fr"),
    [
        ("Governor of Hodh Ech Chargui", "والي الحوض الشرقي", "gouverneur (Hodh Ech Chargui)"),
        ("Foreign minister of Mali", "وزير خارجية مالي", "ministre des Affaires étrangères (Mali)"),
        ("Ambassador of Algeria in Bamako", "سفير الجزائر في باماكو", "ambassadeur (Algérie) à Bamako"),
        (
            "Envoy of United Nations in Libya",
            "مبعوث الأمم المتحدة في ليبيا",
            "envoyé (Nations unies) (Libye)",
        ),
        (
            "Deputy foreign minister of Libya",
            "نائب وزير خارجية ليبيا",
            "adjoint – ministre des Affaires étrangères (Libye)",
        ),
        (
            "Spokesman of the government of Niger",
            "المتحدث باسم حكومة النيجر",
            "porte-parole du gouvernement (Niger)",
        ),
    ],
)
def test_an_office_is_named_in_the_readers_language(name: str, ar: str, fr: str) -> None:
    assert [shown(name, lang) for lang in LANGS] == [ar, fr, name]


def test_a_deputy_is_shown_by_whom_he_stands_in_for() -> None:
    name = "Deputy commander of AFRICOM"
    assert shown(name, "ar") == f"نائب {shown('Commander of AFRICOM', 'ar')}"
    assert shown(name, "en") == name


@pytest.mark.parametrize("lang", LANGS)
def test_every_office_and_body_that_a_draft_can_name_by_its_place_has_words(lang: Lang) -> None:
    roles = list(rows("roles.psv"))
    sorts = {cells(r["words"])[2] for r in roles if r["kind"] == "office_name"}
    sorts |= {r["value"].capitalize() for r in roles if r["kind"].startswith(("local_office", "of_body"))}
    sorts |= {r["value"] for r in rows("bodies.psv") if r["kind"].startswith("placed_")}
    sorts |= {"Ambassador", "Minister", "Embassy", "Presidency"}
    for sort in sorts:
        said = shown(f"{sort} of Gao", lang)
        assert shown("Gao", lang) in said
        assert said != f"{sort} of Gao" or lang == "en", sort
