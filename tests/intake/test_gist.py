"""The gist is made from a draft's fields alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from tansiq.base.messages import LANGS, Lang
from tansiq.intake.draft import draft
from tansiq.intake.gist import gist
from tansiq.web.locale import Tongue

REPORT = (
    "ذكرت صحيفة الشروق الجزائرية نقلا عن مصدر أمني أن الجزائر والنيجر عقدتا اجتماعا في تمنراست "
    "يوم 4 ماي 2013. وتعهدت النيجر بتسليم عشر مركبات خلال شهرين. "
    "وأعلن عن اختفاء قرابة مئتي صندوق من مخزن في ليبيا."
)


def day_in(lang: Lang) -> Callable[[date], str]:
    """How a page writes a day."""
    return Tongue(lang).calendar_day


@pytest.mark.parametrize("lang", LANGS)
def test_no_day_of_a_gist_is_written_as_machines_do(lang: Lang) -> None:
    text = " ".join(gist(draft(REPORT, name="x"), lang, day_in(lang)))
    assert not re.search(r"\d{4}-\d\d", text)
    assert "2013" in text


@pytest.mark.parametrize("lang", LANGS)
def test_a_gist_has_three_to_six_sentences_and_no_missing_message(lang: Lang) -> None:
    sentences = gist(draft(REPORT, name="x"), lang, day_in(lang))
    assert 3 <= len(sentences) <= 6
    assert not any("⟦" in s or "{" in s for s in sentences)


def test_a_french_gist_of_an_arabic_report_names_in_french() -> None:
    text = " ".join(gist(draft(REPORT, name="x"), "fr", day_in("fr")))
    assert "Algérie" in text
    assert "Tamanrasset" in text
    assert "4 mai 2013" in text
    assert "10 véhicules" in text
    assert "une source anonyme" in text


@pytest.mark.parametrize("lang", LANGS)
def test_a_short_text_still_says_that_nobody_is_named(lang: Lang) -> None:
    assert len(gist(draft("نص قصير.", name="x"), lang, day_in(lang))) >= 1
