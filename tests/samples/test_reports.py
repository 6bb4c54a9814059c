"""The sample reports: fictional, long enough, in three languages, with what they are to teach."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tansiq.model.label import label
from tests.samples.forms import arabic_share, meta_of, reports

MARKS = {"ar": "تمرين · نص خيالي", "fr": "Exercice · texte fictif", "en": "Exercise · fictional text"}
WEEKDAYS = {
    "ar-01": (1, "أمس الثلاثاء"),
    "ar-02": (0, "اليوم الثلاثاء"),
    "ar-04": (1, "أمس الأربعاء"),
    "ar-05": (2, "أول أمس الخميس"),
    "ar-06": (0, "اليوم الثلاثاء"),
    "fr-01": (0, "ce mercredi"),
    "fr-03": (1, "lundi"),
    "en-01": (0, "on Monday"),
}
DAYS = {
    "الثلاثاء": 1,
    "الأربعاء": 2,
    "الخميس": 3,
    "mercredi": 2,
    "lundi": 0,
    "Monday": 0,
}

every_report = pytest.mark.parametrize("report", reports(), ids=lambda p: p.stem)


def by_stem(start: str) -> Path:
    """Return the report whose name begins so."""
    return next(p for p in reports() if p.name.startswith(start))


def test_there_are_five_arabic_three_french_and_two_english_reports_at_least() -> None:
    langs = Counter(meta_of(report).lang for report in reports())
    assert langs["ar"] >= 5
    assert langs["fr"] >= 3
    assert langs["en"] >= 2


@every_report
def test_a_report_is_long_enough_and_says_that_it_is_fiction(report: Path) -> None:
    text = report.read_text(encoding="utf8")
    assert len(text) >= 1_500
    assert text.splitlines()[0] == MARKS[meta_of(report).lang]
    assert meta_of(report).fictional


@every_report
def test_a_report_is_plain_composed_text_without_control_characters(report: Path) -> None:
    text = report.read_bytes().decode("utf8")
    assert "\r" not in text
    assert not text.startswith("\ufeff")
    assert unicodedata.normalize("NFC", text) == text
    assert not [ch for ch in text if unicodedata.category(ch) in {"Cc", "Cf"} and ch != "\n"]


@every_report
def test_the_script_of_a_report_is_that_of_its_language(report: Path) -> None:
    share = arabic_share(report.read_text(encoding="utf8"))
    assert share > 0.97 if meta_of(report).lang == "ar" else share < 0.01


@every_report
def test_the_suggested_label_reaches_the_originator_and_is_in_canonical_order(report: Path) -> None:
    meta = meta_of(report)
    assert meta.label.audience == ("*",) or meta.party in meta.label.audience
    made = label(
        meta.label.audience,
        level=meta.label.level,
        compartments=meta.label.compartments,
        uses=meta.label.uses,
        rules=meta.label.rules,
    )
    assert made.audience == meta.label.audience
    assert made.rules == meta.label.rules
    assert (meta.label.level == "open") == (meta.label.audience == ("*",))


@pytest.mark.parametrize("start", WEEKDAYS)
def test_the_weekday_in_the_text_agrees_with_the_day_of_publication(start: str) -> None:
    days_before, words = WEEKDAYS[start]
    report = by_stem(start)
    published = meta_of(report).published
    assert published is not None
    assert words in report.read_text(encoding="utf8")
    named = DAYS[words.split()[-1]]
    assert (date.fromisoformat(published).weekday() - days_before) % 7 == named


def test_two_reports_state_two_seats_for_the_staff_body() -> None:
    assert "مقرها الدائم في تمنراست" in by_stem("ar-01").read_text(encoding="utf8")
    assert "dont le siège est à Alger" in by_stem("fr-02").read_text(encoding="utf8")


def test_three_reports_give_three_founding_dates() -> None:
    assert "نُصبت رسميا في 21 أبريل 2010" in by_stem("ar-01").read_text(encoding="utf8")
    assert "تأسست في مايو 2011" in by_stem("ar-05").read_text(encoding="utf8")
    assert "fondé à Tamanrasset en août 2009" in by_stem("fr-03").read_text(encoding="utf8")


def test_one_rumour_is_told_in_three_languages_and_its_figure_grows() -> None:
    story = [r for r in reports() if meta_of(r).story == "ghat-ammunition"]
    assert {meta_of(r).lang for r in story} == {"ar", "fr", "en"}
    assert "Fewer than two hundred" in by_stem("en-01").read_text(encoding="utf8")
    assert "قرابة مئتي صندوق" in by_stem("ar-02").read_text(encoding="utf8")
    assert "Environ trois cents" in by_stem("fr-01").read_text(encoding="utf8")


def test_a_number_is_lost_and_a_text_is_cut() -> None:
    cut = by_stem("ar-03").read_text(encoding="utf8")
    assert "قوامها في مرحلة أولى ويتوزع" in cut
    assert cut.rstrip().endswith("قد")
    assert by_stem("en-02").read_text(encoding="utf8").rstrip().endswith("or by how")
    assert "« un effectif total de »" in by_stem("fr-03").read_text(encoding="utf8")
