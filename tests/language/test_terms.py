"""Terms: how a report says by when, with and without a day of its own."""

from __future__ import annotations

from datetime import date

import pytest

from tansiq.language.calendar import DayInterval, resolve
from tansiq.language.dates import expressions
from tansiq.language.normalise import fold

DAY = DayInterval(date(2016, 11, 4), date(2016, 11, 4))


def last_day(text: str) -> date | None:
    """The last day of the one term of a text, None if it tells no term."""
    found = [resolve(w, DAY) for w in expressions(fold(text).text) if w.limit]
    return found[0].interval.hi if found and found[0] is not None else None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ستقدم اللجنة تقريرها قبل العشرين من الشهر.", date(2016, 11, 19)),
        ("ستقدم اللجنة تقريرها قبل يوم 20 وتنشره.", date(2016, 11, 19)),
        ("ستقدم اللجنة تقريرها في مدة لا تتجاوز منتصف يناير.", date(2017, 1, 21)),
        ("ستقدم اللجنة تقريرها خلال أجل أقصاه 15 ديسمبر.", date(2016, 12, 15)),
        ("ستقدم اللجنة تقريرها خلال مدة أقصاها شهر.", date(2016, 12, 19)),
        ("ستقدم اللجنة تقريرها على أبعد تقدير يوم 15 ديسمبر.", date(2016, 12, 15)),
        ("ستقدم اللجنة تقريرها حتى نهاية العام.", date(2016, 12, 31)),
        ("ستقدم اللجنة تقريرها في بحر أسبوع.", date(2016, 11, 14)),
        ("أمهلتهم الحكومة مهلة أسبوعين.", date(2016, 11, 21)),
        ("ستصل الشاحنات قبل بداية موسم الأمطار.", date(2017, 6, 30)),
        ("Le rapport sera remis avant le 15.", date(2016, 11, 14)),
        ("Le rapport sera remis dans la quinzaine.", date(2016, 11, 21)),
        ("Le rapport sera remis dans la semaine.", date(2016, 11, 14)),
        ("Le rapport sera remis dans un délai n'excédant pas trente jours.", date(2016, 12, 4)),
        ("The report will be submitted within a fortnight.", date(2016, 11, 21)),
        ("The report will be submitted before the month is out.", date(2016, 11, 30)),
        ("The report will be submitted by year-end.", date(2016, 12, 31)),
        ("The report will be submitted by the close of the year.", date(2016, 12, 31)),
        ("The report will be submitted by the 15th.", date(2016, 11, 15)),
    ],
)
def test_a_term_ends_on_the_day_that_its_words_say(text: str, day: date) -> None:
    assert last_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "قبل عشرين يوما التقى الوزيران.",
        "عقد الاجتماع في العشرين من الشهر الماضي.",
        "Il est mort dans la semaine du 3 mai.",
        "Le rapport a été remis dans le courant du mois.",
        "He stood before the end wall of the fort.",
        "They left before 15 men arrived.",
    ],
)
def test_what_only_looks_like_a_term_is_none(text: str) -> None:
    assert last_day(text) is None
