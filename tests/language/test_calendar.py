"""Time expressions found and placed on the calendar."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tansiq.language.calendar import DayInterval, resolve
from tansiq.language.dates import expressions
from tansiq.language.normalise import key
from tansiq.language.publication import publication

WEDNESDAY = DayInterval(date(2012, 5, 16), date(2012, 5, 16))
PLACED = [
    ("يومي 12 و13 أوت 2009", "2009-08-12", "2009-08-13"),
    ("في 12 ماي الجاري", "2012-05-12", "2012-05-12"),
    ("16 مارس الماضي", "2012-03-16", "2012-03-16"),
    ("في 12 ماي الماضي", "2012-05-12", "2012-05-12"),
    ("في 20 ماي الماضي", "2011-05-20", "2011-05-20"),
    ("يوم 20 ماي المقبل", "2012-05-20", "2012-05-20"),
    ("le 12 mai dernier", "2012-05-12", "2012-05-12"),
    ("le 20 mai prochain", "2012-05-20", "2012-05-20"),
    ("mai dernier", "2011-05-01", "2011-05-31"),
    ("16 مارس من العام الماضي", "2011-03-16", "2011-03-16"),
    ("في شهر أوت من العام الماضي", "2011-08-01", "2011-08-31"),
    ("أيلول المقبل", "2012-09-01", "2012-09-30"),
    ("مطلع شهر جوان", "2012-06-01", "2012-06-15"),
    ("أمس الثلاثاء", "2012-05-15", "2012-05-15"),
    ("أول أمس", "2012-05-14", "2012-05-14"),
    ("الأسبوع الماضي", "2012-05-07", "2012-05-13"),
    ("العام القادم", "2013-01-01", "2013-12-31"),
    ("الثلاثي الأخير من السنة الجارية", "2012-10-01", "2012-12-31"),
    ("قبل ثلاثة أيام", "2012-05-13", "2012-05-13"),
    ("خلال 18 شهرا", "2012-05-16", "2013-12-01"),
    ("15 رمضان 1435 هـ", "2014-07-12", "2014-07-12"),
    ("2011/10/05", "2011-10-05", "2011-10-05"),
    ("mardi dernier", "2012-05-15", "2012-05-15"),
    ("le 12 mai 2011", "2011-05-12", "2011-05-12"),
    ("du 12 au 14 juin 2013", "2013-06-12", "2013-06-14"),
    ("la semaine prochaine", "2012-05-21", "2012-05-27"),
    ("il y a deux jours", "2012-05-14", "2012-05-14"),
    ("premier trimestre 2013", "2013-01-01", "2013-03-31"),
    ("d'ici six jours", "2012-05-16", "2012-05-22"),
    ("yesterday", "2012-05-15", "2012-05-15"),
    ("last March", "2012-03-01", "2012-03-31"),
    ("August 12-13, 2009", "2009-08-12", "2009-08-13"),
    ("three days ago", "2012-05-13", "2012-05-13"),
    ("next year", "2013-01-01", "2013-12-31"),
]
VAGUE = [
    "مؤخرا",
    "في أقرب وقت",
    "الأسابيع المقبلة",
    "récemment",
    "dès que possible",
    "in the coming weeks",
    "soon",
]


@pytest.mark.parametrize(("text", "low", "high"), PLACED)
def test_an_expression_lies_where_it_must(text: str, low: str, high: str) -> None:
    folded = key(text)
    when = max(expressions(folded), key=lambda w: w.end - w.start)
    placed = resolve(when, WEDNESDAY)
    assert placed is not None
    assert (placed.interval.lo.isoformat(), placed.interval.hi.isoformat()) == (low, high)


@pytest.mark.parametrize("text", VAGUE)
def test_a_vague_expression_is_wide_and_marked_as_vague(text: str) -> None:
    (when,) = expressions(key(text))
    placed = resolve(when, WEDNESDAY)
    assert placed is not None
    assert when.form == "vague"
    assert placed.vague
    assert placed.interval.days >= 14


def test_without_a_day_of_publication_a_relative_date_stays_unknown() -> None:
    (when,) = expressions(key("أمس الثلاثاء"))
    assert resolve(when, None) is None


def test_an_unsure_publication_makes_an_unsure_date() -> None:
    (when,) = expressions(key("أمس"))
    placed = resolve(when, DayInterval(date(2012, 5, 1), date(2012, 5, 9)))
    assert placed is not None
    assert placed.anchor == "publication"
    assert placed.interval == DayInterval(date(2012, 4, 30), date(2012, 5, 8))


def _published(text: str) -> DayInterval | None:
    folded = key(text)
    found = publication(folded, expressions(folded))
    return found.interval if found else None


def test_weekday_and_current_month_give_the_days_of_publication() -> None:
    text = (
        "اجتمع الوفد في شهر نوفمبر 2015. وأعلن أمس الثلاثاء أن لقاء 3 فيفري الجاري كان مثمرا، "
        "واليوم الأربعاء يغادر."
    )
    found = _published(text)
    assert found is not None
    assert all(d.weekday() == 2 and (d.year, d.month) == (2016, 2) for d in (found.lo, found.hi))


def test_a_printed_date_is_the_day_of_publication() -> None:
    assert _published("نيامي، 4 مارس 2013 (وكالة) - قال مصدر إن الوفد وصل.") == DayInterval(
        date(2013, 3, 4), date(2013, 3, 4)
    )


def test_a_text_that_says_nothing_of_its_day_has_none() -> None:
    assert _published("قال مصدر إن الوفد وصل إلى المدينة.") is None


@given(st.text(alphabet="0123456789 /-.مارسيوالخmayjuin", max_size=60))
def test_no_text_breaks_the_calendar(text: str) -> None:
    folded = key(text)
    for when in expressions(folded):
        resolve(when, WEDNESDAY)
