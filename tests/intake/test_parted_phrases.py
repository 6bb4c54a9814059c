"""An Arabic verb and the rest of its phrase are found where who did it, and when, part them."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft
from tansiq.intake.lexemes import Hit
from tansiq.intake.page import analyse


def types(text: str) -> list[str]:
    return [str(e.type) for e in draft(text, name="نص.txt").events]


def parted(text: str) -> list[Hit]:
    return [h for h in analyse(text, None, frozenset()).cues["events"] if h.sense.parted]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ألقت مصالح الأمن يوم 3 ماي 2014 القبض على ثلاثة مشتبه بهم في بشار.", "arrest"),
        ("وضع الجيش يوم 3 ماي 2014 يده على مخبأ للأسلحة قرب تين زاواتين.", "seizure"),
        ("لقي خمسة جنود ماليين على الأقل مصرعهم يوم 3 ماي 2014 قرب كيدال.", "killing"),
        ("فقد أربعة من أفراد الحرس حياتهم يوم 3 ماي 2014 في تمبكتو.", "killing"),
        ("عثر رعاة صباح السبت 3 ماي 2014 على جثة الدركي قرب غاو.", "killing"),
        ("أطلق المسلحون يوم 3 ماي 2014 سراح السائق في كيدال.", "prisoner_release"),
        ("تلقى خمسون ضابطا ماليا تكوينا في الأكاديمية العسكرية بشرشال يوم 3 ماي 2014.", "training"),
        ("باشرت وحدات الجيش مدعومة بالمروحيات عملية تمشيط قرب تبسة يوم 3 ماي 2014.", "military_operation"),
        ("سيوقع الوزيران يوم 3 ماي 2014 في نيامي اتفاقا حول الحدود.", "agreement"),
    ],
)
def test_who_and_when_may_stand_inside_a_phrase(text: str, kind: str) -> None:
    assert kind in types(text)


def test_a_death_told_by_both_halves_of_its_phrase_is_one() -> None:
    assert types("لقي خمسة جنود مصرعهم يوم 3 ماي 2014 قرب كيدال.").count("killing") == 1


@pytest.mark.parametrize(
    "text",
    [
        "ألقى الوزير خطابا في نيامي، وتم القبض عليه لاحقا.",
        "ألقى الوزير الذي أمر القضاء أن يتم القبض عليه خطابا في نيامي.",
        "ألقى الوزير خطابا طويلا جدا أمام حشد كبير من المواطنين بعد القبض على المتهمين.",
        "تقدم مئات السكان المشيعين من المسجد إلى المقبرة.",
    ],
)
def test_another_clause_a_long_way_or_a_bare_preposition_makes_no_phrase(text: str) -> None:
    assert parted(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("اختفى ثلاثة سياح ألمان في جنوب الجزائر منذ يوم 3 ماي 2014.", "kidnapping"),
        ("اختفت كمية من الصواريخ من مخازن سبها يوم 3 ماي 2014.", "arms_flow"),
        ("أصيب ثلاثة جنود يوم 3 ماي 2014 في كمين قرب غاو.", "attack"),
        ("تعتزم الجزائر إرسال فوجين إضافيين إلى الحدود مع مالي قبل نهاية سنة 2014.", "deployment"),
    ],
)
def test_who_or_what_is_lost_hurt_or_sent_decides(text: str, kind: str) -> None:
    assert kind in types(text)


@pytest.mark.parametrize(
    "text",
    [
        "اختفت اللافتات من شوارع المدينة يوم 3 ماي 2014.",
        "أصيب ثلاثة مسافرين يوم 3 ماي 2014 في حادث سير قرب غاو.",
    ],
)
def test_a_sign_that_is_gone_and_an_accident_are_no_events_of_force(text: str) -> None:
    assert not {"arms_flow", "kidnapping", "attack"} & set(types(text))
