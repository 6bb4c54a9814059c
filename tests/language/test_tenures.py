"""The years that office-holders allow a text."""

from __future__ import annotations

from datetime import date

import pytest

from tansiq.language.calendar import DayInterval
from tansiq.language.dates import expressions
from tansiq.language.folding import key
from tansiq.language.publication import publication
from tansiq.language.tenures import tenure

HEADS = "أعلن الرئيس الفرنسي نيكولا ساركوزي ووزير الخارجية الجزائري مراد مدلسي"


def test_the_years_of_all_who_are_named_in_office_are_met() -> None:
    found = tenure(key(f"{HEADS} أن الرهائن أفرج عنهم."))
    assert found is not None
    assert (found.lo.year, found.hi.year) == (2007, 2012)


@pytest.mark.parametrize(
    "text",
    [
        "قال الرئيس السابق نيكولا ساركوزي إن القافلة عبرت.",
        "L'ancien président Nicolas Sarkozy a été entendu.",
        "Former president Nicolas Sarkozy was heard.",
        "وصلت القافلة إلى كيدال أمس.",
        "President Nicolas Sarkozy met President Umaro Sissoco Embaló and President Emmanuel Macron.",
    ],
)
def test_a_former_holder_nobody_or_two_who_never_met_allow_every_year(text: str) -> None:
    assert tenure(key(text)) is None


@pytest.mark.parametrize(
    ("text", "lo", "hi"),
    [
        (f"{HEADS} يوم الثلاثاء 20 أبريل أن الرهائن أفرج عنهم.", date(2010, 4, 20), date(2010, 5, 10)),
        (f"{HEADS} أن القمة ستعقد يوم الثلاثاء 20 أبريل.", date(2010, 3, 7), date(2010, 4, 19)),
    ],
)
def test_a_weekday_with_its_date_finds_its_year_among_them(text: str, lo: date, hi: date) -> None:
    folded = key(text)
    found = publication(folded, expressions(folded))
    assert found is not None
    assert (found.interval, found.basis) == (DayInterval(lo, hi), "inferred")


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("قال قائد أركان الجيش الموريتاني الجنرال محمد ولد الغزواني إن العملية مستمرة.", None),
        ("قال الرئيس الموريتاني محمد ولد الشيخ الغزواني إن العملية مستمرة.", 2019),
        ("Le chef d'état-major, le général Mohamed Ould Ghazouani, est à Alger.", None),
        ("Le président Mohamed Ould Ghazouani est à Alger.", 2019),
    ],
)
def test_who_held_another_office_before_places_a_text_only_in_his_own(text: str, since: int | None) -> None:
    found = tenure(key(text))
    assert (found and found.lo.year) == since


def day_of(text: str) -> DayInterval | None:
    folded = key(text)
    found = publication(folded, expressions(folded))
    return None if found is None else found.interval


@pytest.mark.parametrize(
    "text",
    [
        "أكد الجنرال محمد ولد الغزواني أن الجيش شن في 17 سبتمبر الجاري هجوما. "
        "واختطف خمسة يوم 16 سبتمبر 2010.",
        "شن الجيش في 17 سبتمبر الجاري هجوما على جماعة يحيى أبو الهمام قرب تمبكتو، أسفر عن مقتل 12 مسلحا، "
        "بعد اختطاف خمسة أجانب يوم 16 سبتمبر 2010.",
        "شن الجيش هجوما في 17 سبتمبر الجاري. "
        "ومن المنتظر أن يناقش القادة ملف الرهائن الذين اختطفوا يوم 16 سبتمبر 2010.",
    ],
)
def test_a_man_known_before_another_mans_death_and_a_clause_of_its_own_move_no_text(text: str) -> None:
    found = day_of(text)
    assert found is not None
    assert (found.lo, found.hi) == (date(2010, 9, 17), date(2010, 9, 30))
