"""Words of violence, arrests and meetings in senses that tell of none: weather, prices, sport, a stop."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft

TOLD_OF_NOTHING = (
    "انفجرت القاعة ضحكا في باماكو يوم الثلاثاء.",
    "انفجرت أسعار القمح في مارس 2015.",
    "هاجم المدرب الحكم بعد المباراة في نيامي يوم الثلاثاء.",
    "ضربت موجة حر مدينة غاو يوم الثلاثاء.",
    "خطف اللاعب الأضواء في باماكو يوم الثلاثاء.",
    "اغتال الخوف فرحة العيد في غاو.",
    "احتجز الزحام المسافرين ساعات في باماكو يوم الثلاثاء.",
    "توقف القطار في كاي يوم الثلاثاء.",
    "داهمت السيول القرية في مارس 2015.",
    "فجر اللاعب مفاجأة بتوقيعه للترجي يوم الثلاثاء.",
    "ضبط الحكم الساعة قبل المباراة في نيامي.",
    "استقبل المستشفى عشرين جريحا في غاو يوم الثلاثاء.",
    "Le convoi s'est arrêté à Gao mardi 3 mars 2015.",
    "Les discussions s'arrêtent là, a dit le maire de Gao mardi.",
    "Ils se sont arrêtés à Ansongo le 3 mars 2015.",
    "Le tribunal de Gao s'est saisi du dossier le 3 mars 2015.",
    "L'équipe de Bamako a attaqué dès la première minute le 3 mars 2015.",
    "Le match s'est tenu à Niamey le 3 mars 2015.",
    "Le film capture l'ambiance du marché de Mopti en 2014.",
    "Le président a tué le suspense mardi à Niamey.",
    "La bataille des prix fait rage à Bamako depuis mars 2015.",
    "Elle a signé un roman sur Gao en 2014.",
    "Oil prices exploded in March 2015.",
    "The minister attacked the press on Tuesday in Niamey.",
    "She was struck by the silence of Agadez in 2014.",
    "The heat killed appetite in Kidal in May 2014.",
    "The song captured the mood of Bamako in 2014.",
    "The book was launched in Dakar on 3 March 2015.",
    "He met his death in Gao on Tuesday, after a long illness.",
)
TOLD_OF_SOMETHING = (
    ("انفجرت سيارة مفخخة في غاو يوم الثلاثاء.", "attack"),
    ("هاجم مسلحون ثكنة في نيامي يوم الثلاثاء.", "attack"),
    ("خطف مسلحون مهندسا في غاو يوم الثلاثاء.", "kidnapping"),
    ("داهمت الشرطة منزلا في غاو يوم الثلاثاء.", "military_operation"),
    ("ضبط الجيش شحنة أسلحة في كيدال يوم الثلاثاء.", "seizure"),
    ("Deux hommes se sont fait arrêter à Gao le 3 mars 2015.", "arrest"),
    ("Le maire a été arrêté à Gao le 3 mars 2015.", "arrest"),
    ("Des hommes armés ont attaqué le poste de Gao le 3 mars 2015.", "attack"),
    ("Gunmen attacked the post of Gao on 3 March 2015.", "attack"),
    ("Police arrested two fighters in Kidal on 3 March 2015.", "arrest"),
)


@pytest.mark.parametrize("text", TOLD_OF_NOTHING)
def test_another_sense_tells_of_no_event(text: str) -> None:
    assert draft(text, name="x").events == ()


@pytest.mark.parametrize(("text", "kind"), TOLD_OF_SOMETHING)
def test_the_same_words_of_men_and_arms_tell_of_one(text: str, kind: str) -> None:
    assert kind in {e.type for e in draft(text, name="x").events}


def test_a_stop_beside_two_arrests_takes_none_of_them_away() -> None:
    text = "Trois hommes ont été arrêtés à Gao. Le convoi s'est arrêté, deux autres ont été arrêtés à Kidal."
    assert [e.type for e in draft(text, name="x").events] == ["arrest", "arrest"]
