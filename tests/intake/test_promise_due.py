"""By when a promise falls due: lengths granted, the day it was made, what others are asked to do."""

from __future__ import annotations

from datetime import date

import pytest

from tansiq.intake.draft import draft
from tansiq.intake.shape import Commitment
from tansiq.language.calendar import DayInterval

DAY = DayInterval(date(2016, 11, 4), date(2016, 11, 4))


def promises(text: str) -> tuple[Commitment, ...]:
    return draft(text, name="x", published=DAY).commitments


def last(text: str) -> list[date | None]:
    return [p.due.hi if p.due else None for p in promises(text)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("قرر المجلس تمديد حالة الطوارئ لمدة ثلاثة أشهر.", date(2017, 2, 19)),
        ("Le gouvernement a décidé de proroger de trois mois l'état d'urgence.", date(2017, 2, 19)),
        ("Les ministres se sont donné dix-huit mois pour former la brigade.", date(2018, 5, 4)),
    ],
)
def test_where_a_length_of_time_is_granted_it_is_the_term(text: str, day: date) -> None:
    (due,) = last(text)
    assert due is not None
    assert abs((due - day).days) <= 30


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ستسلم مالي الشاحنات قبل يوم 15.", date(2016, 11, 14)),
        ("Le Mali livrera les camions avant le 15.\nFin de message.", date(2016, 11, 14)),
        ("Le Mali livrera dix camions d'ici le 2.", date(2016, 12, 2)),
        ("Le Mali livrera dix camions d'ici le 31.", date(2016, 11, 30)),
        ("Le Mali livrera les camions dans la seconde quinzaine de novembre.", date(2016, 11, 30)),
        ("Mali will deliver the trucks before the summer.", date(2017, 5, 31)),
        ("Le Mali livrera les camions avant la fin du second semestre.", date(2016, 12, 31)),
    ],
)
def test_a_day_a_half_month_or_a_season_without_more_is_a_term(text: str, day: date) -> None:
    assert last(text)[0] == day


@pytest.mark.parametrize(
    "text",
    [
        "31/12/9999\nLe Mali livrera dix camions avant le 15.",
        "هاجم مسلحون غاو في 31/12/9999، وبعد أسبوع انسحبوا.",
        "The attack on 31/12/9999 killed ten. Three days later the army left.",
    ],
)
def test_a_year_without_end_makes_nothing_fail(text: str) -> None:
    assert draft(text, name="x").published is None


@pytest.mark.parametrize(
    "text",
    [
        "تعهدت الدول الخمس في سبتمبر بدفع حصصها.",
        "اتفق الوزيران أمس في الخرطوم على تشكيل لجنة.",
        "Le Mali et le Niger ont signé le 1er novembre un accord sur les patrouilles.",
        "Paris a promis en juin de livrer dix camions.",
        "Mali agreed in October to open a second crossing.",
    ],
)
def test_the_day_of_the_promise_is_not_its_term(text: str) -> None:
    assert last(text) == [None]


@pytest.mark.parametrize(
    "text",
    [
        "أعلنت المجموعة عزمها نشر ثلاثة آلاف جندي، وطلبت من الدول الأعضاء تقديم مساهماتها قبل 10 ديسمبر.",
        "Niger will host the new force and has asked its partners to pay before 10 December.",
        "Le Niger accueillera la force et a demandé à ses partenaires de payer avant le 10 décembre.",
    ],
)
def test_what_others_are_asked_to_do_by_a_day_is_no_term_of_the_promise(text: str) -> None:
    assert last(text)[0] is None


def test_who_undertakes_to_ask_others_does_so_by_the_day() -> None:
    assert last("تعتزم فرنسا أن تدعو قبل نهاية العام إلى تشكيل قوة أوروبية.") == [date(2016, 12, 31)]


@pytest.mark.parametrize(
    "text",
    [
        "تعهدت تشاد بإرسال كتيبة إلى تومبكتو. وحددت القيادة لذلك مهلة أسبوعين.",
        "Le Tchad s'est engagé à envoyer un bataillon à Gao. Le délai expire le 18 novembre.",
        "Chad pledged to send a battalion to Gao. The deadline is 18 November.",
    ],
)
def test_a_deadline_told_in_the_next_sentence_is_that_of_the_promise(text: str) -> None:
    assert any(d is not None and date(2016, 11, 18) <= d <= date(2016, 11, 21) for d in last(text))


def test_a_month_without_its_year_lies_ahead_only_if_it_comes_before_long() -> None:
    assert last("ستفتح الجزائر معبرا جديدا في مارس.") == [date(2017, 3, 31)]
    assert last("أكدت الجزائر التزامها بفتح المعبر كما قالت في أكتوبر.") == [None]


def test_without_a_day_of_the_text_a_day_may_lie_ahead() -> None:
    assert len(draft("A review is to take place in Khartoum in October.", name="x").commitments) == 1
