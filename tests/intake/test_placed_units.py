"""Units and bodies told by a place, a martyr or marks; deputies and delegates."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft


def actors(text: str) -> dict[str, str]:
    """Return the actors of a text: canonical name → kind."""
    return {a.canonical: a.kind for a in draft(text, name="t.txt", proposers=()).actors}


def heard(text: str) -> list[str]:
    return [c.text for c in draft(text, name="t.txt", proposers=()).chain]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("أوقف القطاع العسكري بإليزي ثلاثة مهربين.", "القطاع العسكري بإليزي", "military_unit"),
        ("أعلنت قيادة عمليات كركوك حظر التجول.", "قيادة عمليات كركوك", "military_unit"),
        ("تسلمت غرفة عمليات سبها المقر.", "غرفة عمليات سبها", "military_unit"),
        ("L'escadron de Gao a ratissé la zone.", "escadron de Gao", "military_unit"),
        ("La région militaire n° 1 de Gao est renforcée.", "région militaire n° 1 de Gao", "military_unit"),
        ("طالبت رابطة أعيان قبائل تمنراست بفتح الحدود.", "رابطة أعيان قبائل تمنراست", "org"),
        ("رحبت جمعية شباب كيدال بالقرار.", "جمعية شباب كيدال", "org"),
        (
            "أعلنت اللجنة العليا لمتابعة تنفيذ اتفاق السلام التأجيل.",
            "اللجنة العليا لمتابعة تنفيذ اتفاق السلام",
            "org",
        ),
        ("انسحبت كتيبة الشهيد صالح بوحليقة من سبها.", "كتيبة الشهيد صالح بوحليقة", "armed_group"),
        ("هاجمت كتيبة شهداء أبو سليم المقر.", "كتيبة شهداء أبو سليم", "armed_group"),
        ("تقدم لواء شهداء 17 فبراير نحو سرت.", "لواء شهداء 17 فبراير", "armed_group"),
        ('انسحبت كتيبة "الفاروق" من سرت.', 'كتيبة "الفاروق"', "armed_group"),
        ('أدانت جمعية "الأمل" الهجوم.', 'جمعية "الأمل"', "org"),
        ("هاجمت سرايا الدفاع عن بنغازي الموقع.", "Benghazi Defence Brigades", "armed_group"),
    ],
)
def test_a_place_a_martyr_or_marks_tell_a_body(text: str, name: str, kind: str) -> None:
    assert actors(text).get(name) == kind


@pytest.mark.parametrize(
    "text",
    [
        "فتحت الولاية مركزا للدرك قرب القرية.",
        "عثر السكان على السيارة قرب مركز للدرك.",
        "أنشأت البلدية لجنة لمتابعة الملف.",
        "قتل الجندي الشهيد قرب الحدود.",
    ],
)
def test_one_of_many_is_no_body(text: str) -> None:
    assert not actors(text)


def test_the_seat_of_a_sector_is_a_place() -> None:
    made = draft("دوى انفجار قرب مقر القطاع العسكري بتمنراست.", name="t.txt", proposers=())
    assert [p.canonical for p in made.places] == ["Tamanrasset"]
    assert "military_unit" not in {a.kind for a in made.actors}


@pytest.mark.parametrize(
    "text",
    [
        "التقى نائب قائد أفريكوم الضباط في نواكشوط.",
        "The deputy commander of AFRICOM left Nouakchott.",
        "AFRICOM's deputy commander left Nouakchott.",
        "Le commandant adjoint de l'Africom a quitté Nouakchott.",
    ],
)
def test_a_deputy_commander_is_no_commander(text: str) -> None:
    assert "Deputy commander of AFRICOM" in actors(text)
    assert "Commander of AFRICOM" not in actors(text)


def test_commander_and_deputy_are_two() -> None:
    found = actors("The commander of AFRICOM stayed. The deputy commander of AFRICOM left.")
    assert {"Commander of AFRICOM", "Deputy commander of AFRICOM"} <= set(found)
    assert not any("ommander" in name for name in actors("A deputy to the commander of AFRICOM declined."))


@pytest.mark.parametrize(
    "text",
    [
        "عاد الوزير المنتدب لدى وزير الدفاع الوطني إلى الجزائر العاصمة، وقالت الجزائر إنها راضية.",
        "Le ministre délégué auprès du ministre de la Défense d'Algérie est rentré.",
    ],
)
def test_a_minister_delegate_is_not_his_minister(text: str) -> None:
    found = actors(text)
    assert "Minister delegate of Algeria" in found
    assert "Defence minister of Algeria" not in found


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("ونفى آمر القوة الثالثة جمال التريكي الخبر.", "جمال التريكي"),
        ("وقال وزير الصحة وائل أبو فاعور إن المستشفى امتلأ.", "وائل أبو فاعور"),
        ("كشف عضو لجنة الأمن والدفاع النيابية حاكم الزاملي، عن خلايا نائمة.", "حاكم الزاملي"),
        ("وصل الفريق والتر برادوك إلى نواكشوط.", "والتر برادوك"),
        ("زار اللواء عبد الرزاق الشريف مركزا للدرك.", "عبد الرزاق الشريف"),
    ],
)
def test_names_behind_a_charge_end_where_they_end(text: str, person: str) -> None:
    assert actors(text).get(person) == "person"


def test_an_order_is_no_commander() -> None:
    assert not heard("واعتبر أن أمر القوة الثالثة انتهى.")


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("التقى وزير الخارجية ناصر بوريطة نظيره في الرباط. وقال إن الاجتماع مثمر.", ["ناصر بوريطة"]),
        (
            "اتهم العقيد سالم بوزيد السرايا بالهجوم الذي قتل فيه عشرات من جنود اللواء، وقال إن الرد قريب.",
            ["سالم بوزيد"],
        ),
    ],
)
def test_an_elided_subject_is_who_acted_or_spoke_before(text: str, sources: list[str]) -> None:
    assert heard(text) == sources


@pytest.mark.parametrize(
    "text",
    [
        "وصل برفقة مستشار الأمن فالح الفياض إلى المدينة.",
        "واصل فوج الحدود البرية الثاني تحصين مواقعه في التلة.",
    ],
)
def test_parts_of_names_and_nouns_of_action_say_nothing(text: str) -> None:
    assert not heard(text)


def places(text: str) -> list[str]:
    return [p.canonical for p in draft(text, name="t.txt", proposers=()).places]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("دخلت القوات بلدة الصرصورية ليلا.", ["الصرصورية"]),
        ("قصفت الطائرات ناحية القيارة فجرا.", ["القيارة"]),
        ("شوهدت في قرى المحلبية والعيادية وتل الريم وعادت.", ["المحلبية", "العيادية", "تل الريم"]),
        ("أحرقوا بيوتا في قرية أم الشبابيط.", ["أم الشبابيط"]),
    ],
)
def test_villages_with_an_article_and_in_a_row(text: str, names: list[str]) -> None:
    assert places(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "نزح سكان قرى الشمال وبلدات الداخل.",
        "ومن ناحية أخرى تضررت قرى ومدارس كثيرة.",
        "عاد سكان القرية الصغيرة إلى بلدة المهاجمين.",
        "مر بقرية الأطفال وقرية النازحين.",
    ],
)
def test_what_a_village_is_of_is_no_village(text: str) -> None:
    assert places(text) == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("وأعلنت جماعة «أنصار الدين» مسؤوليتها عن الهجوم.", ["official"]),
        ("A security analyst, Kabiru Adamu, said the attack was a warning.", ["expert"]),
        ("A vigilante, Bukar Ali, told our correspondent so.", ["official"]),
        (
            "D'après une source sécuritaire, ils ont fui. « Ils étaient quatre », précise notre source.",
            ["unnamed_source"],
        ),
    ],
)
def test_who_is_told_by_marks_a_comma_or_our(text: str, kinds: list[str]) -> None:
    assert [c.kind for c in draft(text, name="t.txt", proposers=()).chain] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "La sous-secrétaire d'État américaine est arrivée.",
        "Le coup d'État malien a échoué.",
        "L'Indépendant, jeudi 14 mars 2013.",
    ],
)
def test_an_office_a_deed_and_a_day_are_no_actors(text: str) -> None:
    assert not {"United States", "Mali", "March 14 Alliance"} & set(actors(text))


def test_a_state_named_by_its_word_acts() -> None:
    assert actors("L'État malien a protesté.") == {"Mali": "state"}
