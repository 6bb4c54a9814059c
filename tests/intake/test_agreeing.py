"""A noun behind an Arabic verb of saying that cannot be its subject."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft


def heard(text: str) -> list[str]:
    return [c.text for c in draft(text, name="x").chain]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("أكد الناطق أن الطريق آمن. ودعا الحكومة إلى فتح تحقيق.", "الناطق"),
        ("قالت المنظمة إن القرية أحرقت. واتهمت الجيش بتصفية المدنيين.", "المنظمة"),
        ("قالت المنظمة إن القرية أحرقت. وحملت التنظيم مسؤولية ما جرى.", "المنظمة"),
        ("أوضح البيان أن الخلية نصبها قائد الناحية رفقة العقيد أحمد ولد سالم.", "البيان"),
    ],
)
def test_whom_words_are_about_does_not_say_them(text: str, source: str) -> None:
    assert heard(text) == [source]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("وقالت الحكومة إنها ستحقق.", "الحكومة"),
        ("وقال عمدة البلدة إن الطريق آمن.", "عمدة البلدة"),
        ("وترى دراسة حديثة أن الخطر قائم.", "دراسة حديثة"),
        ("وقال القادة الميدانيون إن الطريق آمن.", "القادة الميدانيون"),
    ],
)
def test_a_subject_that_agrees_speaks(text: str, source: str) -> None:
    assert [source.split()[0]] == [h.split()[0] for h in heard(text)]


@pytest.mark.parametrize(
    "text",
    [
        "سقطت قذيفتان على الحي دون أن توقعا ضحايا.",
        "أقر البرلمان قانون المصالحة بأغلبية كبيرة.",
        "قتلوا سبعة جنود وأسروا اثني عشر ثم انسحبوا.",
        "أكياس بيضاء تحمل إلى شاحنة على الرصيف.",
        "شاركت في التمرين عناصر من جيوش تجمع الساحل.",
        "أثبت الجيش قدرته على الرد السريع.",
        "رد الجيش على مصادر النيران بالمدفعية الثقيلة.",
    ],
)
def test_verbs_of_saying_that_do_something_else_name_no_source(text: str) -> None:
    assert heard(text) == []


def test_a_capital_speaks_in_the_present_as_in_the_past() -> None:
    assert heard("وتؤكد الرباط أنها لم تتلق أي طلب.") == ["الرباط"]
    assert heard("لم يستبعد القيادي في الحركة العودة إلى التفاوض.") == ["القيادي"]
