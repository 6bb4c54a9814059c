"""Laws of time expressions: what is written is read back, nothing crashes, spans hold, the cost is linear."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tansiq.language.calendar import DayInterval, resolve
from tansiq.language.dates import expressions
from tansiq.language.folding import fold, key
from tansiq.language.lexicon import table
from tansiq.language.timewords import EVERY, KINDS, Stream
from tests.growth import linear

MONTHS = {
    "ar": [
        "جانفي", "شباط", "مارس", "نيسان", "ماي", "حزيران",
        "يوليو", "آب", "سبتمبر", "تشرين الأول", "نوفمبر", "ديسمبر",
    ],
    "fr": [
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ],
    "en": [
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ],
}  # fmt: skip
RANGES = {"ar": "من {0} إلى {1}", "fr": "du {0} au {1}", "en": "from {0} to {1}"}
LANGUAGES = st.sampled_from(["ar", "fr", "en"])
DAYS = st.dates(date(1950, 1, 1), date(2080, 12, 31))
REFERENCE = DayInterval(date(2012, 5, 16), date(2012, 5, 16))
LETTERS = "0123456789 /-.,:'،من إلىوفيقبلشهرlamardi\u200f\u0640\u0651\u0660"
HOSTILE = st.text(alphabet=st.one_of(st.characters(), st.sampled_from(LETTERS)), max_size=80)
DENSE = [
    "قال الوزير في 12 ماي الجاري إن الاجتماع بين 4 و8 سبتمبر سيعقد قبل نهاية العام. ",
    "le la les l' d' du ",
    "من إلى من و في ",
    "1,2 3-4/5.",
    "un et deux cent mille et demi ",
    "مئة وواحد وعشرون ألفا ",
]


def _written(day: date, lang: str, *, spoken: bool) -> str:
    name = MONTHS[lang][day.month - 1]
    if lang == "ar" and spoken:
        return f"{day.day} من شهر {name} عام {day.year}"
    return f"{day.day} {name} {day.year}"


@given(day=DAYS, lang=LANGUAGES, spoken=st.booleans())
def test_a_day_written_in_words_is_read_back(day: date, lang: str, spoken: bool) -> None:
    (when,) = expressions(fold(_written(day, lang, spoken=spoken)).text)
    found = resolve(when, None)
    assert found is not None
    assert (found.nominal.lo, found.nominal.hi, found.anchor) == (day, day, "calendar")


@given(day=DAYS, length=st.integers(1, 4000), lang=LANGUAGES)
def test_a_range_written_in_words_is_read_back(day: date, length: int, lang: str) -> None:
    last = day + timedelta(days=length)
    text = RANGES[lang].format(*(_written(d, lang, spoken=False) for d in (day, last)))
    (when,) = expressions(fold(text).text)
    found = resolve(when, None)
    assert found is not None
    assert (found.interval.lo, found.interval.hi) == (day, last)


@given(
    first=st.integers(1, 27), length=st.integers(1, 3), month=st.integers(1, 12), year=st.integers(1950, 2080)
)
def test_days_of_one_month_are_read_back_in_arabic(first: int, length: int, month: int, year: int) -> None:
    last = min(28, first + length)
    (when,) = expressions(fold(f"بين {first} و{last} {MONTHS['ar'][month - 1]} {year}").text)
    found = resolve(when, None)
    assert found is not None
    assert (found.interval.lo, found.interval.hi) == (date(year, month, first), date(year, month, last))


@given(HOSTILE)
@settings(max_examples=300)
def test_no_text_crashes_and_every_span_lies_in_the_text(text: str) -> None:
    folded = fold(text)
    end = 0
    for when in expressions(folded.text):
        assert end <= when.start < when.end <= len(folded.text)
        end = when.end
        start, stop = folded.span(when.start, when.end)
        assert fold(text[start:stop]).text.strip() == folded.text[when.start : when.end].strip()
        resolve(when, REFERENCE)
        resolve(when, DayInterval(date(1, 1, 1), date(9999, 12, 31)))


WORDS = [*" ".join(DENSE).split(), "2011", "12", "من", "يوم", "mars", "next", "ago", "week", "H2", "الأسبوع"]


@given(st.lists(st.sampled_from(WORDS), max_size=14))
@settings(max_examples=300)
def test_no_order_of_time_words_crashes(words: list[str]) -> None:
    for when in expressions(fold(" ".join(words)).text):
        resolve(when, REFERENCE)


@pytest.mark.parametrize("seed", DENSE)
def test_the_cost_is_linear_in_the_length(seed: str) -> None:
    assert linear(expressions, _text(seed, 1_500), _text(seed, 30_000), times=20)


@pytest.mark.slow
def test_a_quarter_of_a_million_letters_cost_fifty_times_five_thousand() -> None:
    seed = DENSE[0] + "وأضاف المصدر أن الوفد غادر المدينة دون تعليق على ما جرى في اللقاء الأخير مع الأعيان. "
    assert linear(expressions, _text(seed, 5_000), _text(seed, 250_000), times=50)


def _text(seed: str, size: int) -> str:
    return fold(seed * (size // len(seed))).text


OF_TIME = sorted({word for kind in KINDS for word in table("times.psv", kind)})
BESIDE = [
    "الوزير", "أسبوعي", "ministre", "killed", "le", "في", "يوم", "شهر", "عام", "années", "of", "-",
    "/", ",", ".",
    "(", ")", "12", "3", "31", "2013", "14", "45", "q", "h", "w", "c", "1er", "3rd", "19th", "ثلاثة", "عشرون",
    "two", "mille", "cinq", "%", "morts", "قتيل", "l'", "هجري",
]  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(OF_TIME), st.sampled_from(BESIDE)), max_size=8))
def test_a_rule_that_is_not_asked_would_have_read_nothing(words: list[str]) -> None:
    text = key(" ".join(words))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stream, "kinds", lambda _stream, _at: EVERY)
        every = expressions(text)
    assert expressions(text) == every
