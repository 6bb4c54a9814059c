"""Loaded words are marked as the author's, and a translation that loses or adds one is told so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tansiq.base.messages import LANGS
from tansiq.language.glossary import terms, terms_in
from tansiq.language.lexicon import cells, rows
from tansiq.language.loaded import compared, gloss, loaded_in


def concepts(text: str) -> list[str]:
    return [one.concept for one in loaded_in(text)]


def test_every_concept_has_forms_in_three_languages_and_no_form_stands_under_two() -> None:
    seen: dict[str, str] = {}
    listed = list(rows("loaded.psv"))
    assert len(listed) >= 60
    for row in listed:
        for lang in LANGS:
            assert cells(row[lang])
            for form in cells(row[lang]):
                assert seen.setdefault(f"{lang}:{form}", row["concept"]) == row["concept"], form


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("قالت الصحيفة إن الجيش طارد الإرهابيين قرب الحدود", ["terrorist"]),
        ("وصل جثمان الشهيد وبالمرتزقة استعانت الجماعة", ["martyr", "mercenary"]),
        ("الضغط على الدول الأضعف في القارة السمراء", ["weaker_states", "dark_continent"]),
        ("L'armée a neutralisé trois terroristes.", ["neutralised", "terrorist"]),
        ("The martyrs were heroes, said the so-called government.", ["martyr", "heroic", "so_called"]),
        ("اجتمع وزراء الدفاع لتبادل المعلومات", []),
    ],
)
def test_loaded_words_are_found_with_their_particles_and_article(text: str, found: list[str]) -> None:
    assert concepts(text) == found


def test_a_loaded_word_is_the_authors_letter_by_letter() -> None:
    text = "طارد الجيش الإِرهابيّين أمس"
    (one,) = loaded_in(text)
    assert text[one.start : one.end] == one.words == "الإِرهابيّين"
    assert gloss(one.concept, "fr") == "terroriste"


def test_what_a_translation_lost_and_added_is_named() -> None:
    lost, added = compared(
        "طارد الجيش الإرهابيين والمرتزقة", "L'armée a poursuivi des mercenaires, des bandits."
    )
    assert [one.concept for one in lost] == ["terrorist"]
    assert [one.concept for one in added] == ["bandit"]
    assert compared("طارد الجيش الإرهابيين", "The army pursued terrorists") == ((), ())


@given(st.text(max_size=300))
def test_any_text_gives_spans_that_reproduce_it(text: str) -> None:
    assert all(text[one.start : one.end] == one.words for one in loaded_in(text))


def test_the_agreed_terms_of_a_text_are_offered_once_in_its_order() -> None:
    found = terms_in("وقّعت الأطراف تفويضا ثم تحفظا على التفويض", "ar")
    assert "mandate" in [one.term.id for one in found]
    assert len({one.term.id for one in found}) == len(found)
    assert all(term.names[lang] for term in terms() for lang in LANGS)
