"""The day of a text by the weight of what it tells, where no rule alone finds it."""

from __future__ import annotations

from datetime import date, timedelta
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tansiq.language import daysets
from tansiq.language.calendar import DayInterval
from tansiq.language.dates import expressions
from tansiq.language.daysets import Clue
from tansiq.language.folding import key
from tansiq.language.publication import Published, publication
from tansiq.language.tenses import tenses
from tansiq.language.told import bodies, existing
from tansiq.language.weighed import FIRST, HALVES, SIZE, WIDTH, Weight, likely, told_with

TOLD = [
    # what is told 'last month' or 'a week after' is no news of its day, but tells how far it lies
    (
        "أعلنت الإدارة الجديدة في غاو أن كتيبة تانغاروت غادرت إنديليمان بعد ثلاثة أسابيع من الهجوم.",
        date(2019, 11, 23),
    ),
    ("Une semaine après Chinégodar, le marché a rouvert sous escorte.", date(2020, 1, 16)),
    ("Ten days after Boulkessi the families still wait for a list.", date(2019, 10, 10)),
    ("Le mois dernier, l'attaque d'Indelimane avait vidé les villages voisins.", date(2019, 12, 10)),
]


def solved(text: str) -> Published | None:
    folded = key(text)
    return publication(folded, expressions(folded))


@pytest.mark.parametrize(("text", "day"), TOLD)
def test_an_event_told_with_its_distance_places_a_text(text: str, day: date) -> None:
    found = solved(text)
    assert found is not None
    assert found.interval.lo <= day <= found.interval.hi
    assert found.interval.days <= WIDTH


def test_one_misread_name_does_not_carry_the_day_off() -> None:
    """The garrison of Kati was attacked in 2022; the president and the minister named left before."""
    text = (
        "Families waited at the Kati garrison after the attack on Indelimane. President "
        "Ibrahim Boubacar Keita received French Defence Minister Florence Parly."
    )
    found = solved(text)
    assert found is None or found.interval.lo.year == 2019


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("تتواصل المعارك في عين زارة بين قوات حفتر والمدافعين عن طرابلس.", date(2019, 5, 2)),
        ("انسحب الحرس الرئاسي من شوارع واغادوغو بعد الانقلاب وعاد كافاندو.", date(2015, 9, 25)),
        ("Gbagbo et Ouattara ont chacun prêté serment, le marché reste fermé.", date(2010, 12, 20)),
        ("Les habitants de Farabougou attendent toujours les vivres.", date(2020, 11, 2)),
        ("Masked men asked for the captain of the Costa Concordia, the islanders said.", date(2012, 1, 30)),
        (
            "رئيس الوزراء الإيطالي إنريكو ليتا بحث مع علي زيدان رئيس الحكومة في طرابلس حادث غرغور.",
            date(2013, 11, 25),
        ),
    ],
)
def test_public_events_of_the_region_and_its_partners_are_known(text: str, day: date) -> None:
    found = solved(text)
    assert found is not None
    assert found.interval.lo <= day <= found.interval.hi


def test_who_is_called_the_former_one_does_not_bind_a_text_to_his_years() -> None:
    folded = key("قال رئيس الوزراء الأسبق عمر تاتام لي. وقال خبير في باماكو إن تاتام لي مثله.")
    assert existing(folded, expressions(folded), bodies(folded, frozenset())).spans == ()
    held = key("استقبل عمر تاتام لي وفدا من غاو.")
    assert existing(held, expressions(held), bodies(held, frozenset())).spans != ()


def test_what_could_begin_in_a_month_lies_ahead() -> None:
    for text in (
        "A handover to Africans could begin in March.",
        "Le retrait pourrait commencer en mars.",
        "ويرجح الانسحاب في مارس.",
    ):
        folded = key(text)
        assert tenses(folded, expressions(folded)) == [1]


def test_a_wide_answer_gives_way_to_its_likeliest_days() -> None:
    wide = DayInterval(date(2014, 3, 1), date(2014, 5, 20))
    chances = likely([Weight(date(2014, 4, 1), date(2014, 4, 20), 8.0), Weight(wide.lo, wide.hi, 2.0)])
    narrow = chances.better(wide)
    assert narrow is not None
    assert narrow.days < WIDTH
    assert narrow.lo <= date(2014, 4, 1) <= date(2014, 4, 20) <= narrow.hi


def test_days_before_those_that_are_weighed_are_left_to_the_rules() -> None:
    early = DayInterval(date(1991, 3, 1), date(1991, 5, 20))
    assert likely([Weight(date(2014, 4, 1), date(2014, 4, 20), 8.0)]).better(early) == early


def test_what_says_nothing_of_its_day_has_none() -> None:
    assert solved("قال التاجر إن السوق مفتوح يوم الثلاثاء وإن الأسعار ارتفعت الشهر الماضي.") is None
    assert solved("The mayor said on Friday that the well had dried up last month.") is None


@pytest.mark.parametrize(
    ("words", "lo", "hi"),
    [
        ("أمس", date(2019, 11, 2), date(2019, 11, 3)),
        ("يوم الجمعة", date(2019, 11, 1), date(2019, 11, 9)),
        ("الأسبوع الماضي", date(2019, 11, 4), date(2019, 11, 10)),
        ("الشهر الماضي", date(2019, 12, 1), date(2019, 12, 31)),
        ("this month", date(2019, 11, 1), date(2019, 11, 30)),
        ("il y a deux mois", date(2019, 12, 20), date(2020, 1, 13)),
        ("last year", date(2020, 1, 1), date(2020, 12, 31)),
    ],
)
def test_a_time_beside_an_event_tells_how_far_the_text_lies(words: str, lo: date, hi: date) -> None:
    folded = key(words)
    (when,) = expressions(folded)
    assert told_with(folded, when, date(2019, 11, 1)) == DayInterval(lo, hi)


def test_another_weekday_or_month_than_that_of_the_event_says_nothing() -> None:
    for words in ("يوم الأحد", "en août", "next week", "غدا"):
        (when,) = expressions(key(words))
        assert told_with(key(words), when, date(2019, 11, 1)) is None


@given(
    st.lists(
        st.tuples(st.integers(0, SIZE - 1), st.integers(0, 900), st.floats(-5, 5)).map(
            lambda t: Weight(FIRST + timedelta(days=t[0]), FIRST + timedelta(days=t[0] + t[1]), t[2])
        ),
        max_size=12,
    )
)
def test_likelihoods_sum_to_one_and_a_window_is_narrow(weights: list[Weight]) -> None:
    chances = likely(weights)
    assert abs(sum(chances.each(0, SIZE)) - 1) < 1e-6
    window = chances.window()
    assert window is None or window.days <= WIDTH


def test_days_weighed_as_sets_are_as_likely_as_weighed_one_by_one() -> None:
    weights = [
        Weight(date(2001, 5, 1), date(2012, 3, 4), 2.0),
        Weight(date(2012, 3, 1), date(2012, 4, 2), 1.5),
        Weight(date(2012, 4, 3), date(2040, 1, 1), -0.5),
    ]
    fridays = Clue(1, daysets.weekday(4))
    days = [FIRST + timedelta(days=n) for n in range(SIZE)]
    raw = [
        exp(sum(w.weight for w in weights if w.lo <= day <= w.hi) + HALVES[1] / 2 * (day.weekday() == 4))
        for day in days
    ]
    whole = sum(raw)
    assert likely(weights, [fridays]).each(0, SIZE) == pytest.approx(
        [each / whole for each in raw], abs=1e-12
    )
