"""Times in the project's own sentences, in three languages: found, placed, with their spans."""

from __future__ import annotations

from datetime import date

import pytest

from tansiq.language import days
from tansiq.language.calendar import Dated, DayInterval, resolve
from tansiq.language.dates import When, expressions
from tansiq.language.folding import fold
from tansiq.language.meaning import Length
from tests.language._dated import ARABIC, ENGLISH, FRENCH, LENGTHS, NO_TIMES

WEDNESDAY = DayInterval(date(2012, 5, 16), date(2012, 5, 16))


def placed(text: str) -> list[tuple[When, Dated | None]]:
    return [(w, resolve(w, WEDNESDAY)) for w in expressions(fold(text).text)]


def nominal(text: str) -> list[tuple[str, str]]:
    return [(p.nominal.lo.isoformat(), p.nominal.hi.isoformat()) for _, p in placed(text) if p is not None]


@pytest.mark.parametrize(("text", "low", "high"), [*ARABIC, *FRENCH, *ENGLISH])
def test_a_time_means_the_days_that_a_calendar_says(text: str, low: str, high: str) -> None:
    assert (low, high) in nominal(text)


@pytest.mark.parametrize(("text", "seconds"), LENGTHS)
def test_a_length_has_its_seconds_and_no_days(text: str, seconds: float) -> None:
    (length,) = [w.means for w, _ in placed(text) if isinstance(w.means, Length)]
    assert days.seconds(length.amount) == seconds
    assert nominal(text) == []


@pytest.mark.parametrize("text", NO_TIMES)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert placed(text) == []


@pytest.mark.parametrize(("text", "low", "high"), [*ARABIC, *FRENCH, *ENGLISH])
def test_the_wide_interval_holds_the_nominal_one(text: str, low: str, high: str) -> None:
    for _, found in placed(text):
        if found is not None:
            assert found.interval.lo <= found.nominal.lo <= found.nominal.hi <= found.interval.hi


def test_a_distance_is_as_sharp_as_its_unit() -> None:
    ((_, months),) = placed("قبل ثلاثة أشهر")
    ((_, two),) = placed("قبل ثلاثة أيام")
    assert months is not None
    assert two is not None
    assert months.interval.days == 30
    assert two.interval.days == 0


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("قبل أيام", 14),
        ("قبل بضعة أشهر", 300),
        ("منذ فترة", 1100),
        ("récemment", 92),
        ("il y a quelques semaines", 100),
        ("in the coming days", 14),
    ],
)
def test_a_vague_time_is_wide_and_says_so(text: str, most: int) -> None:
    ((when, found),) = placed(text)
    assert found is not None
    assert found.vague
    assert when.form == "vague"
    assert 7 <= found.interval.days <= most


def test_the_day_after_is_the_day_after_the_day_named_before() -> None:
    text = "وصل الوفد في 3 مارس 2012 ووقع الاتفاق في اليوم التالي"
    assert nominal(text) == [("2012-03-03", "2012-03-03"), ("2012-03-04", "2012-03-04")]
    assert nominal("وقع الاتفاق في اليوم التالي") == [("2012-05-17", "2012-05-17")]


def test_today_with_its_weekday_is_today() -> None:
    ((when, _),) = placed("ذكرت الصحيفة اليوم الجمعة أن اللقاء تأجل")
    assert when.form == "day"


def test_a_deadline_is_told_from_a_distance() -> None:
    assert [w.limit for w, _ in placed("خلال 18 شهرا")] == [True]
    assert [w.limit for w, _ in placed("avant fin juin 2012")] == [True]
    assert [w.limit for w, _ in placed("قبل 18 شهرا")] == [False]


def test_digits_are_day_month_year_unless_that_lies_far_ahead() -> None:
    assert nominal("12/04/11") == [("2011-04-12", "2011-04-12")]
    assert nominal("11/04/25") == [("2011-04-25", "2011-04-25")]


def test_a_day_that_no_calendar_has_is_not_placed() -> None:
    ((when, found),) = placed("31 من الشهر القادم")
    assert found is None
    assert when.day == 31


def test_a_span_gives_back_the_words_as_written() -> None:
    folded = fold("انعقد اللقاء يومي ١٢ و١٣ أوت ٢٠٠٩ بتمنراست")
    (when,) = expressions(folded.text)
    start, end = folded.span(when.start, when.end)
    assert folded.source[start:end].endswith("١٢ و١٣ أوت ٢٠٠٩")


@pytest.mark.parametrize(
    "text",
    ["see no 2031-03-03 danger", "لا خطر رقم 2031-03-03 بعد", "le n° 03/03/2031 du jour", "a 2031-03-03 b"],
)
def test_a_full_day_is_a_day_also_after_a_word_for_number(text: str) -> None:
    assert [text[w.start : w.end] for w in expressions(text)] in (["2031-03-03"], ["03/03/2031"])


@pytest.mark.parametrize("text", ["القانون رقم 05-01", "la loi n° 03-09", "resolution 19/73"])
def test_the_number_of_a_law_is_no_day(text: str) -> None:
    assert expressions(text) == []
