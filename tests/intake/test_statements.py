"""Statements: what they hold, what they leave out, and of which type they are proposed."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft


def said(text: str) -> list[tuple[str, str]]:
    """Return type and words of the statements of a text."""
    return [(s.type, " ".join(s.text.split())) for s in draft(text, name="t.txt").statements]


@pytest.mark.parametrize(
    "text",
    [
        "قدم المسلحون على متن سيارتين رباعيتي الدفع من جهة الحدود.",
        "لم تر القرية طبيبا منذ سنوات طويلة بسبب بعدها عن المدينة.",
        "اجتمع ممثلو الأحزاب السياسية في السنغال لبحث ملف المياه.",
        "The village had seen no doctor since the rains of May began.",
        "Two lorries were turned back near Gao in May by men of the village.",
        "The pond behind the school was dry all spring, May rains filled it again.",
        "La caméra de Radio Kayira filmait les éléments de la garde nationale.",
    ],
)
def test_no_future_is_read_out_of_nouns_months_and_names(text: str) -> None:
    assert [kind for kind, _ in said(text)] == ["fact"]


@pytest.mark.parametrize(
    "text",
    [
        "سيعود الرعاة إلى مراعيهم في الشمال مع نهاية موسم الأمطار.",
        "ومن المتوقع أن تتأخر القافلة بسبب الرياح التي تهب على الطريق.",
        "قد تتأخر القافلة بسبب الرياح التي تهب على الطريق منذ يومين.",
        "Les bergers reviendront au nord avec leurs troupeaux après les pluies.",
        "L'hivernage risque d'emporter la piste entre les deux villages.",
        "The swarms could reach the northern pastures before the rains.",
        "The convoy may also be late because of the wind on the road.",
        "In May the convoy could be late because of the wind on the road.",
    ],
)
def test_what_is_told_of_the_future_or_supposed_is_a_forecast(text: str) -> None:
    assert [kind for kind, _ in said(text)] == ["forecast"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("نيامي، الثلاثاء 14 مارس 2017\n\nوصلت القافلة إلى المدينة بعد رحلة دامت أسبوعا كاملا.", "وصلت"),
        ("Bamako, le 3 octobre 2018\n\nLa pluie a coupé la piste entre les deux villages.", "La pluie"),
        ("NIAMEY, 3 October 2018 -\n\nThe rain cut the road between the two villages.", "The rain"),
    ],
)
def test_a_dateline_states_nothing(text: str, first: str) -> None:
    statements = said(text)
    assert len(statements) == 1
    assert statements[0][1].startswith(first)


@pytest.mark.parametrize(
    "text",
    [
        "وحسب مصدر أمني رفيع في العاصمة باماكو، طلب عدم ذكر اسمه، فإن الطريق مقطوعة منذ ثلاثة أيام كاملة.",
        "Selon une source sécuritaire étrangère, citée par Radio Kayira, la piste reste coupée par les eaux.",
        "La piste du nord reste coupée par les eaux, a indiqué mardi le porte-parole de l'armée.",
        "The northern road has been cut by the floods for three days, the army's spokesman said on Tuesday.",
    ],
)
def test_who_says_it_is_part_of_what_is_said(text: str) -> None:
    assert [words for _, words in said(text)] == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Le général Sidi Ould Brahim, qui présidait la réunion du comité, a regretté le retard du chantier.",
        "The old well of the camp, dug by the first families, was closed for want of a new pump.",
    ],
)
def test_a_subject_is_told_with_its_verb(text: str) -> None:
    assert [words for _, words in said(text)] == [text]


@pytest.mark.parametrize("where", ["", "à Gao "])
def test_two_clauses_with_verbs_of_their_own_stay_two(where: str) -> None:
    text = (
        "La pluie a coupé la piste entre les deux villages du nord, "
        f"{where}les marchands attendent devant le gué depuis trois jours entiers."
    )
    assert len(said(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Le pont de bois jeté sur le fleuve par les premières familles, a cédé sous les camions du marché.",
        "Le maire s'est engagé, devant les marchands venus de Gao, à jeter un pont de bois sur le fleuve.",
    ],
)
def test_a_verb_stays_with_its_subject_and_an_infinitive_with_its_verb(text: str) -> None:
    assert [words for _, words in said(text)] == [text]


def test_a_short_sentence_is_a_statement() -> None:
    assert [words for _, words in said("وصل القائد مساء الاثنين. جلس قرب البئر.")][:1] == [
        "وصل القائد مساء الاثنين."
    ]


def test_a_denial_in_few_words_is_not_lost() -> None:
    assert [kind for kind, _ in said("وصف التقرير المخيم بالخالي.\nونفت موريتانيا ذلك الثلاثاء.")][1:] == [
        "claim"
    ]


def test_the_mark_that_opens_a_quotation_is_no_part_of_the_sentence_before() -> None:
    text = 'The captain sat down by the well. "The wind is coming from the north again," he said.'
    assert said(text)[0][1] == "The captain sat down by the well."
