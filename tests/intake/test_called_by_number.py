"""Numbers that name a thing, tell of a family or find a period, and those beside them that count."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft


def counted(text: str) -> list[float]:
    return [q.value for q in draft(text, name="x").quantities]


@pytest.mark.parametrize(
    "text",
    [
        "وقال قائد اللواء 115 مشاة إن الطريق آمن.",
        "يسكن في الحي 17 من المدينة منذ الصغر.",
        "وهو أب لخمسة أطفال ويعمل سائقا.",
        "توفي عن عمر يناهز 67 عاما بعد مرض.",
        "انتشر الجنود خلال الأيام الثلاثة الماضية في المدينة.",
        "لم تفض الاتصالات التي جرت في اليومين الماضيين إلى نتيجة.",
        "سجل اللاعب هدفا في الدقيقة 45 من المباراة.",
        "Le vol AF 547 a atterri à 14 h 30 à Bamako.",
        "Le couvre-feu commence à 19h30 à Gao.",
        "Pour tout renseignement, appelez le 20 22 45 67.",
        "Le vol 5017 d'Air Algérie s'est écrasé près de Gossi.",
        "Le bataillon 83 du Nigeria a été redéployé.",
        "Ces trois derniers jours, la ville est restée calme.",
        "À 52 ans, Iyad Ag Ghali reste un mystère.",
        "Elle s'est couchée sur ses trois enfants derrière un tas de nattes.",
        "The past two weeks have been quiet.",
        "Brigade 93 was sent to the north.",
        "She is a mother of six and a former teacher.",
        "The 42-year-old was seen near the market.",
    ],
)
def test_what_is_called_by_a_number_or_found_by_it_counts_nothing(text: str) -> None:
    assert counted(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("قتل اللواء 17 مسلحا في الكمين.", [17]),
        ("استمرت المعركة نحو ساعتين قبل أن ينسحب المهاجمون.", [2]),
        ("عثر على طنين من المتفجرات في المخبأ.", [2]),
        ("انتشر فوجان من الجيش في المدينة.", [2]),
        ("Les ravisseurs exigent le retrait sous 72 heures.", [72]),
        ("Il a passé 17 mois en captivité.", [17]),
        ("Elle a perdu deux de ses fils dans l'attaque.", [2]),
        ("Cinq des accusés ont été libérés.", [5]),
        ("Spain is said to have paid €7m.", [7_000_000]),
        ("The ransom was said to be EUR 3 million.", [3_000_000]),
        ("The battalion has 600 men.", [600]),
    ],
)
def test_lengths_parts_and_amounts_of_money_count(text: str, values: list[float]) -> None:
    assert counted(text) == values
