"""Promises by verbs of allotting, postponing and prolonging, and by phrases parted by their subject."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft
from tansiq.intake.shape import Commitment


def promises(text: str) -> tuple[Commitment, ...]:
    return draft(text, name="own.txt").commitments


@pytest.mark.parametrize(
    ("text", "binding"),
    [
        ("أخذت الحكومة على عاتقها إعادة تأهيل المستشفى.", True),
        ("وقطع الوزير على نفسه عهدا بإعادة النازحين إلى قراهم.", True),
        ("أبدت نيامي موافقتها على استضافة القاعدة.", True),
        ("أعلن البنك الدولي تخصيص مئتي مليون دولار للساحل.", True),
        ("تم تخصيص عشرة ملايين أوقية لإصلاح الآبار.", True),
        ("وجه الوالي بفتح ممر آمن للقوافل.", True),
        ("أرجئ الاجتماع إلى 20 مايو 2017.", True),
        ("حدد المجلس موعد الجلسة في 3 مايو 2017.", True),
        ("تدرس لندن إمكانية إرسال مدربين.", False),
        ("Le gouvernement s'est donné six mois pour organiser le scrutin.", True),
        ("Le Conseil a prorogé le mandat jusqu'au 30 juin 2019.", True),
        ("Les deux capitales ont arrêté la date du 12 mai 2016 pour la signature.", True),
        ("« Nous reconstruirons l'école », a lancé le gouverneur.", False),
        ("Le maire a donné sa parole que l'eau reviendrait.", False),
        ("The fund earmarked 12 million euros for the road.", True),
        ("The council extended the mandate until 30 June 2019.", True),
        ("The trial resumes on 21 March 2018.", True),
        ("Berlin said it was prepared to train a second battalion.", False),
    ],
)
def test_who_allots_prolongs_postpones_or_takes_upon_himself_promises(text: str, binding: bool) -> None:
    (promise,) = promises(text)
    assert (promise.force in ("decision", "agreement")) == binding


def test_the_term_of_what_is_prolonged_or_postponed_is_its_deadline() -> None:
    for text, day in (
        ("Le Conseil a prorogé le mandat jusqu'au 30 juin 2019.", "2019-06-30"),
        ("أرجئ الاجتماع إلى 20 مايو 2017.", "2017-05-20"),
        ("The ministry has put off the count of the herds until 20 May 2017.", "2017-05-20"),
    ):
        (promise,) = promises(text)
        assert promise.due is not None
        assert promise.due.hi.isoformat() == day


@pytest.mark.parametrize(
    "text",
    [
        "خصص الكاتب فصلا كاملا للواحة.",
        "طالبت الأحزاب الحكومة بنشر النتائج قبل الأحد.",
        "وجه الوالي التحية إلى الحاضرين.",
        "Nous espérons que la pluie viendra.",
        "Nous considérons que le pont est solide.",
        "The meeting, already put off twice, was dull.",
        "She gave him a book about the road.",
    ],
)
def test_what_allots_nothing_promises_nothing(text: str) -> None:
    assert promises(text) == ()


def test_a_verb_of_undertaking_is_a_decision_and_its_noun_an_agreement() -> None:
    (verb,) = promises("تعهد الاتحاد الأوروبي بمنح الدول الخمس خمسين مليون يورو.")
    assert verb.force == "decision"
    (noun,) = promises("جدد الاتحاد الأوروبي تعهده بدعم الدول الخمس.")
    assert noun.force == "agreement"


@pytest.mark.parametrize(
    ("text", "binding"),
    [
        ("خلص رؤساء الأركان، في ختام اجتماعهم بتمنراست، إلى إيفاد ضباط اتصال إلى المقر.", True),
        ("ووقع الوزيران المكلفان بالداخلية بروتوكولا لتبادل المعلومات.", True),
        ("وتقرر أن تلتئم اللجنة مجددا في باماكو.", True),
        ("أعلن السودان إعادة فتح معبر أرقين.", True),
        ("أبدت الدنمارك رغبتها في تمويل مركز لنزع الألغام.", False),
        ("الولايات المتحدة لا تنوي إقامة قواعد في مالي.", False),
        ("ويلزم الاتفاق الطرفين بسحب السلاح الثقيل.", True),
        ("قال الوزير إن الطلب قيد الدراسة.", False),
        ("Les ministres ont retenu le principe d'une conférence avec les partenaires.", True),
        ("Paris a réitéré son engagement à fournir du renseignement aux pays riverains.", True),
        ("Le texte engage les deux parties à libérer les prisonniers.", True),
        ("Alger n'a pas l'intention de fermer la frontière.", False),
        ("L'Union européenne n'exclut pas d'équiper les unités mobiles.", False),
        ("Le Tchad a annoncé qu'il enverrait un détachement courant juin 2018.", True),
        ("The accord commits the four to allow hot pursuit across their frontiers.", True),
        ("Niger has no intention of closing the border.", False),
        ("The request was being studied, the ministry said.", False),
    ],
)
def test_who_settles_refuses_or_considers_promises(text: str, binding: bool) -> None:
    (promise,) = promises(text)
    assert (promise.force in ("decision", "agreement")) == binding


@pytest.mark.parametrize(
    "text",
    [
        "ومن المنتظر أن يشهد سعر النفط مزيدا من التراجع.",
        "لم يدفع إلا ثلث المبلغ الذي تعهد به المانحون في أديس أبابا.",
        "خلص التقرير إلى أن الوضع هش.",
        "وقع الانفجار قرب مقر الوزارة.",
        "The river has no bridge.",
    ],
)
def test_what_befalls_or_was_promised_once_is_no_promise(text: str) -> None:
    assert promises(text) == ()


def test_each_item_of_what_follows_is_agreed() -> None:
    found = promises(
        "خرج الجانبان بما يلي:\n- استكمال ترسيم المقطع الشرقي؛\n- تسيير دوريات متزامنة؛\n- إنشاء خط هاتفي."
    )
    assert [p.force for p in found] == ["agreement"] * 3
    assert promises("أوصت اللجنة بما يلي:\n- ترسيم المقطع الشرقي؛\n- تسيير دوريات متزامنة.") == ()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("اتفقت موريتانيا والسنغال على فتح ممر تجاري وعلى إعفاء المواد الغذائية من الرسوم.", 2),
        ("خلص الوزراء إلى إنشاء خلية مشتركة وإلى توحيد إجراءات الإنذار.", 2),
        ("أعلن المجلس الرئاسي تكليف الفريق علي بقيادة المنطقة العسكرية.", 1),
        ("استبعد الوزير الجزائري إرسال جنود إلى مالي.", 1),
        ("Deux compagnies seront maintenues à Zouar, a précisé le ministère de la Défense.", 1),
        ("Le ministre tchadien a écarté toute négociation avec les orpailleurs.", 1),
        ("Le président avait juré en janvier de ne laisser aucun rebelle franchir la frontière.", 1),
        ("Cameroon informed its partners that it would contribute a further 200 men.", 1),
        ("The ambassador said London would provide surveillance flights.", 1),
        ("Britain ruled out sending ground troops.", 1),
    ],
)
def test_who_speaks_for_himself_promises_without_a_day(text: str, count: int) -> None:
    assert len(promises(text)) == count


@pytest.mark.parametrize(
    "text",
    [
        "يأمل السكان أن تفتح المدرسة أبوابها.",
        "Les habitants espèrent que l'école rouvrira.",
        "La région mettra des années à se relever.",
        "The minister said the road would be long.",
        "He denied that the movement had agreed to share the town.",
        "Its first contingent, promised for last December, never left.",
    ],
)
def test_hopes_of_the_people_forecasts_and_what_is_denied_bind_nobody(text: str) -> None:
    assert promises(text) == ()
