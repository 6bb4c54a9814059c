"""Promises: what binds, who is bound, and by when."""

from __future__ import annotations

from datetime import date

import pytest

from tansiq.intake.draft import draft
from tansiq.intake.shape import Commitment
from tansiq.language.calendar import DayInterval

DAY = DayInterval(date(2019, 3, 4), date(2019, 3, 4))


def promises(text: str) -> tuple[Commitment, ...]:
    return draft(text, name="x", published=DAY).commitments


@pytest.mark.parametrize(
    "text",
    [
        "أعرب الوزير المغربي عن استعداده لتكوين عشرين ضابطا نيجريا.",
        "وأكدت مالي التزامها بنشر كتيبة جديدة في الشمال.",
        "قال وزير الخارجية الجزائري إن بلاده لن تسلم أي لاجئ إلى دولة أخرى.",
        "كما تقرر تدعيم المركز بكتيبة من القوات الخاصة.",
        "La Mauritanie a offert d'abriter la prochaine école de guerre.",
        "Le Tchad a réaffirmé sa disponibilité à déployer un bataillon.",
        "Le Niger s'est par ailleurs engagé à reverser les fonds au Mali.",
        "La gendarmerie va déployer une unité à Bakel.",
        "Niger expressed the intention of its government to create a border unit.",
        'AQIM threatened "painful blows" against Senegal.',
    ],
)
def test_a_noun_a_participle_or_a_refusal_promises(text: str) -> None:
    assert len(promises(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "كانت الشحنة ستسلم إلى وسيط في غاو.",
        "وذلك تنفيذا لما اتفقت عليه اللجنة في دورتها.",
        "لم يتوصل الطرفان إلى اتفاق حول الحدود.",
        "Moussa, who has been promised seed each year, has left.",
        "The cell had pledged loyalty to the group.",
        "Le projet a été abandonné faute d'accord sur la zone.",
        "Le Tchad a fourni 3 000 hommes sur les 8 700 promis.",
    ],
)
def test_what_was_to_be_once_or_failed_is_no_promise(text: str) -> None:
    assert promises(text) == ()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("واتفق الجانبان على ما يلي:\n- فتح مركز في غاو؛\n- تسيير دوريات مشتركة؛\n- تبادل المعلومات.", 3),
        ("Les ministres ont décidé :\n– de lancer une opération ;\n– de nommer un prévôt.", 2),
        ("اتفق الطرفان على دفع الديات وعلى تشكيل لجنة من عشرة حكماء وعلى فتح السوق.", 3),
        ("Mali's governor promised to reopen the road by June and to pay the guards by July.", 2),
    ],
)
def test_each_item_of_a_list_and_each_object_of_an_agreement_is_one(text: str, count: int) -> None:
    assert len(promises(text)) == count


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("اتفقت مالي والنيجر على فتح مركز مشترك، على أن يعمل قبل نهاية شهر جوان.", date(2019, 6, 30)),
        ("ستفتح الجزائر معبرا جديدا خلال شهر أوت 2019.", date(2019, 8, 31)),
        ("Le Mali a décidé que 600 hommes, soit deux unités, partiront avant fin avril.", date(2019, 4, 30)),
        ("Le comité se réunira d'ici vendredi.", date(2019, 3, 8)),
        ("Chad will send 1,500 soldiers before mid-February.", date(2020, 2, 20)),
        ("Niger is to review the mandate within six months.", date(2019, 9, 19)),
    ],
)  # fmt: skip
def test_a_deadline_is_found_wherever_the_sentence_holds_it(text: str, last: date) -> None:
    (promise,) = promises(text)
    assert promise.due is not None
    assert promise.due.hi == last


@pytest.mark.parametrize(
    "text",
    [
        "لم تتعهد مالي بأي شيء.",
        "Les pluies commenceront avant la fin du mois de juin.",
        "The team will play its last match on Sunday.",
        "The candidates will meet the voters on Sunday.",
        "Il a plu toute la nuit, et la route restera coupée.",
        "دفعت الشركة ثلاثين سنتيما، لا سيما في الساحل.",
    ],
)
def test_what_nobody_binds_himself_to_is_no_promise(text: str) -> None:
    assert promises(text) == ()


def test_each_part_of_what_was_agreed_with_a_term_of_its_own_is_a_promise() -> None:
    found = promises(
        "والتزم كل طرف بما يلي: سحب سياراته قبل 10 مارس، وتسليم الأسرى إلى القاضي خلال عشرة أيام."
    )
    assert [p.due is not None for p in found] == [True, True]


@pytest.mark.parametrize(
    ("text", "force"),
    [
        ("Le ministre a promis d'ouvrir une enquête avant la fin du mois.", "intent"),
        ("قال العقيد محمد ولد أحمد إن الجيش سينشر كتيبة قبل نهاية الشهر.", "intent"),
        ("Le Mali poursuivra ses efforts.", "vague"),
        ("Niger reserves the right to respond.", "vague"),
        ("La Mauritanie mettra en service un radar avant le 30 juin.", "decision"),
        ("Les deux parties conviennent d'organiser des patrouilles conjointes.", "agreement"),
    ],
)
def test_a_word_to_the_press_binds_less_than_a_decision(text: str, force: str) -> None:
    assert [p.force for p in promises(text)] == [force]


def test_who_binds_himself_is_the_subject_and_not_the_one_it_is_promised_to() -> None:
    assert promises("ستقدم موريتانيا تقريرا إلى الجزائر قبل نهاية الشهر.")[0].who == ("Mauritania",)
    assert promises("Niger will submit a report to Algeria by 30 April.")[0].who == ("Niger",)


def test_a_day_that_comes_again_is_no_term() -> None:
    (promise,) = promises("Les quatre parties conviennent d'échanger un bulletin chaque lundi.")
    assert promise.due is None


@pytest.mark.parametrize(
    "text",
    [
        "توعد الرئيس بأن الجريمة لن تمر دون عقاب.",
        "نفت باريس أنها تعتزم نشر قوات برية في الشمال.",
        'أكد الوزير أن "أي قرار في هذا الشأن سيعرض على البرلمان".',
        "Malian officials denied reports that Bamako had threatened to pull out of the talks.",
        "France threatened to suspend aid, a claim denied by the Elysee.",
    ],
)
def test_what_is_denied_or_only_a_threat_of_punishment_is_no_promise(text: str) -> None:
    assert promises(text) == ()


def test_a_term_that_hangs_on_the_day_of_the_text_lies_ahead_of_it() -> None:
    (promise,) = promises("Algeria said that a joint command would be operational before the end of April.")
    assert promise.due is not None
    assert (promise.due.lo, promise.due.hi) == (DAY.lo, date(2019, 4, 30))


@pytest.mark.parametrize(
    "text",
    [
        "Le ministre a annoncé que la garde du camp serait portée à cent hommes avant la fin du mois.",
        "Une équipe d'enquêteurs se rendra sur place demain.",
        "La Chadienne a averti que le Niger réduirait ses patrouilles à compter du 1er avril.",
    ],
)
def test_a_promise_retold_in_the_conditional_has_its_term(text: str) -> None:
    (promise,) = promises(text)
    assert promise.due is not None


@pytest.mark.parametrize(
    "text",
    [
        "كان يفترض أن يلتقي رؤساء الدول يوم السبت 9 مارس في باماكو.",
        "ترى الجزائر أن أي حرب ستدفع المسلحين نحو أراضيها.",
        "ولم تتعهد أي دولة بدفع نصيبها.",
        "Nobody wants to send soldiers to Kidal.",
    ],
)
def test_what_is_supposed_opined_or_wanted_by_nobody_is_no_promise(text: str) -> None:
    assert promises(text) == ()


def test_the_weekday_of_the_act_is_no_term() -> None:
    (promise,) = promises("Le Mali et le Niger ont signé jeudi à Nouakchott un accord sur les patrouilles.")
    assert promise.due is None
