"""What was set for a day and called off in a later clause: a failed event, and no promise any more."""

from __future__ import annotations

from datetime import date

import pytest

from tansiq.intake.draft import draft
from tansiq.language.calendar import DayInterval

DAY = DayInterval(date(2019, 3, 4), date(2019, 3, 4))

OFF = [
    "كان من المقرر أن يجتمع رؤساء أركان دول الساحل غدا في تمنراست، غير أن الاجتماع أجل إلى أجل غير مسمى.",
    "وكان مقررا أن تنعقد القمة يوم الخميس بنواكشوط قبل أن تلغى.",
    "كان وزراء الدفاع سيجتمعون غدا في نيامي لكن الاجتماع ألغي بسبب الأوضاع الأمنية.",
    "كان من المنتظر أن يعقد البرلمان الليبي جلسة الثلاثاء، إلا أنها لم تنعقد.",
    "The ministers were due to hold talks in Niamey on Friday, but the talks were cancelled.",
    "The donor conference due on 9 March will not take place.",
    "The army chiefs of Mali and Niger were scheduled to meet on Thursday. The meeting was postponed.",
    "La réunion prévue demain à Gao entre le Mali et le Niger n'aura pas lieu.",
    "Le sommet devait s'ouvrir jeudi à Bamako ; il a été annulé.",
]


@pytest.mark.parametrize("text", OFF)
def test_what_was_called_off_in_a_later_clause_failed_and_binds_nobody(text: str) -> None:
    made = draft(text, name="x", published=DAY)
    assert {e.status for e in made.events if e.type == "meeting"} == {"failed"}
    assert made.commitments == ()


@pytest.mark.parametrize(
    "text",
    [
        "من المقرر أن يجتمع وزراء الدفاع غدا في نيامي.",
        "من المقرر أن يبحث الوزراء في اجتماعهم غدا الاتفاق الذي علق العام الماضي.",
        "The ministers are to meet tomorrow in Niamey on the accord that was suspended in May.",
        "Les ministres doivent se réunir demain à Gao.",
    ],
)
def test_what_still_stands_is_planned(text: str) -> None:
    made = draft(text, name="x", published=DAY)
    assert {e.status for e in made.events if e.type == "meeting"} == {"planned"}
    assert len(made.commitments) == 1


def test_a_new_day_for_what_was_put_off_is_a_promise() -> None:
    made = draft("كان مقررا أن يجتمع الوزراء غدا، لكن الاجتماع أرجئ إلى 12 مارس.", name="x", published=DAY)
    assert [p.due.hi for p in made.commitments if p.due] == [date(2019, 3, 12)]
