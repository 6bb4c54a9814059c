"""What failed, what a rumour tells that is denied, and what only looks so."""

from __future__ import annotations

from datetime import date

import pytest

from tansiq.intake.draft import draft
from tansiq.language.calendar import DayInterval

READ = DayInterval(date(2013, 4, 10), date(2013, 4, 10))


def statuses(text: str) -> dict[str, str]:
    return {e.type: e.status for e in draft(text + "\n", name="x").events}


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Police arrested five men planning to blow up the bridge at Gao.", "attack", "failed"),
        ("أوقف الجيش خمسة رجال للاشتباه في تخطيطهم لتفجير ملهى ليلي في غاو.", "attack", "failed"),
        ("An extradition request from Spain was declared inadmissible last week.", "request", "failed"),
        ("أشيع أمس أن الجيش قتل سبعة رعاة في غاو، فكذبته وزارة الدفاع.", "attack", "denied"),
        ("Aucune unité de l'armée russe n'est stationnée à Gao.", "deployment", "denied"),
        ("Almost daily attacks hit Timbuktu in March 2013.", "attack", "happened"),
        ("حكم على رجل خطط لهجوم تمبكتو بالسجن.", "attack", "happened"),
        ("طلبت مالي مساعدة فرنسا، ورفض الرئيس التفاوض مع الإرهابيين.", "request", "happened"),
        ("No sooner had the army left than rebels attacked Gao.", "attack", "happened"),
        ("تبرأت القبيلة من القتلة بعد هجوم غاو.", "attack", "happened"),
        ("Le groupe n'a attaqué plus de dix villages qu'à Gao.", "attack", "happened"),
        ("خبر مقتل الجنود في غاو هز البلاد ولم يصحح أحد العدد.", "killing", "happened"),
    ],
)
def test_only_what_did_not_come_about_failed_or_is_denied(text: str, kind: str, status: str) -> None:
    assert statuses(text).get(kind) == status


@pytest.mark.parametrize(
    "text",
    [
        "Rebels kill three in Gao ahead of the 28 July 2013 vote.",
        "A cold front moves in tomorrow.",
        "Le printemps arrive enfin et les oiseaux reviennent jusqu'au 20 avril.",
        "Le franc prend de la valeur d'ici juin.",
        "يخشى السكان أن ينتقل القتال إلى غاو قبل مايو 2013.",
        "ينتقل الطقس الحار إلى الشمال غدا.",
        "هذا أمر يتعلق بإعادة النظر في العقد.",
        "تعد بالآلاف ضحايا المجاعة.",
    ],
)
def test_what_comes_of_itself_on_a_day_is_no_promise(text: str) -> None:
    assert draft(text + "\n", name="x", published=READ).commitments == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("L'armée quitte Gao le 20 avril.", date(2013, 4, 20)),
        ("تنعقد اللجنة المشتركة في تمنراست يوم 20 أبريل.", date(2013, 4, 20)),
        ("Le Mali enverra des troupes à Gao lundi en huit.", date(2013, 4, 22)),
        ("سيرسل الجيش المالي قوات إلى غاو يوم 29 الجاري.", date(2013, 4, 29)),
    ],
)
def test_what_is_set_for_a_day_is_a_promise(text: str, day: date) -> None:
    (found,) = draft(text + "\n", name="x", published=READ).commitments
    assert found.due is not None
    assert found.due.hi == day
