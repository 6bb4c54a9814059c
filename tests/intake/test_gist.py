"""The gist is made from a draft's fields alone."""

from __future__ import annotations

import pytest

from tansiq.base.messages import LANGS, Lang
from tansiq.intake.draft import draft
from tansiq.intake.gist import gist

REPORT = (
    "ذكرت صحيفة الشروق الجزائرية نقلا عن مصدر أمني أن الجزائر والنيجر عقدتا اجتماعا في تمنراست "
    "يوم 4 ماي 2013. وتعهدت النيجر بتسليم عشر مركبات خلال شهرين. "
    "وأعلن عن اختفاء قرابة مئتي صندوق من مخزن في ليبيا."
)


@pytest.mark.parametrize("lang", LANGS)
def test_a_gist_has_three_to_six_sentences_and_no_missing_message(lang: Lang) -> None:
    sentences = gist(draft(REPORT, name="x"), lang)
    assert 3 <= len(sentences) <= 6
    assert not any("⟦" in s or "{" in s for s in sentences)


def test_a_french_gist_of_an_arabic_report_names_in_french() -> None:
    text = " ".join(gist(draft(REPORT, name="x"), "fr"))
    assert "Algérie" in text
    assert "Tamanrasset" in text
    assert "2013-05-04" in text
    assert "une source anonyme" in text


@pytest.mark.parametrize("lang", LANGS)
def test_a_short_text_still_says_that_nobody_is_named(lang: Lang) -> None:
    assert len(gist(draft("نص قصير.", name="x"), lang)) >= 1
