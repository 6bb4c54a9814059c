"""Names of a draft in the reader's language."""

from __future__ import annotations

import pytest

from tansiq.base.messages import LANGS, Lang
from tansiq.intake.forces import FORCES, name_of
from tansiq.intake.shown import shown


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
