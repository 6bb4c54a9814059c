"""Which events are read from a sentence: of what type, with whom, where; and which words tell none."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft
from tansiq.intake.shape import Event


def events(text: str) -> tuple[Event, ...]:
    """Return the events of a draft of a text."""
    return draft(text, name="x.txt").events


def only(text: str, kind: str) -> Event:
    """Return the one event of a type."""
    (found,) = (e for e in events(text) if e.type == kind)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "وصلت القافلة إلى غاو فجر الأحد.",
        "قال مصدر أمني طلب عدم ذكر اسمه إن الوضع هادئ في كيدال.",
        "صدر بيان صادر عن وزارة الدفاع في باماكو حول أسعار الوقود.",
        "لا يستهدف هذا التمرين أي طرف.",
        "The patrol boats and assault rifles are old, said a man who talks to reporters on Tuesday.",
        "The mission does not train militias.",
        "Sur invitation de la présidence en exercice, le forum social a été reporté.",
    ],
)
def test_words_that_mean_something_else_tell_no_act(text: str) -> None:
    kinds = {e.type for e in events(text)}
    assert not kinds & {"attack", "killing", "request", "seizure", "training", "exercise", "consultation"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A roadside mine killed two traders near Gossi on 9 July 2013.", "attack"),
        ("Des combattants de Boko Haram ont tué onze soldats à Toumour mardi 12 janvier 2016.", "attack"),
        ("Nigerien soldiers killed twelve herders near Banibangou on 4 May 2020.", "attack"),
        ("قضى الجيش المالي على ثمانية إرهابيين قرب كيدال يوم 3 ماي 2014.", "killing"),
        (
            "La découverte, le 20 janvier 2022, des corps de sept éleveurs près de Nara a ému la région.",
            "killing",
        ),
        ("Gunmen seized two engineers at Arlit on 3 May 2013; the hostages are alive.", "kidnapping"),
        ("The Malian army stopped three trucks near Gao on 3 May 2013.", "seizure"),
        ("Missiles looted from Libyan stores have crossed into Niger since 3 May 2013.", "arms_flow"),
        ("Chadian troops crossed into Niger on 3 May 2013.", "deployment"),
        ("The MNLA took control of the town of Léré on 3 May 2012.", "attack"),
    ],
)
def test_who_did_what_to_whom_decides_the_type(text: str, kind: str) -> None:
    assert kind in {e.type for e in events(text)}


def test_a_list_that_a_comma_cuts_takes_part_as_a_whole() -> None:
    found = only(
        "Les ministres de la Défense du Burkina Faso, du Mali, du Niger et du Tchad se sont réunis le "
        "21 juin 2017 à Nouakchott.",
        "meeting",
    )
    assert set(found.actors) >= {"Burkina Faso", "Mali", "Niger", "Chad"}
    assert found.place == "Nouakchott"


def test_a_place_of_a_source_is_not_where_it_happened() -> None:
    found = only("A diplomat in Paris said gunmen attacked a camp near Kidal on 3 May 2014.", "attack")
    assert found.place == "Kidal"


def test_nationals_are_not_their_state() -> None:
    found = only("اختطف مسلحون طبيبين إيطاليين قرب غاو يوم 3 ماي 2014.", "kidnapping")
    assert "Italy" not in found.actors


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("The ministry denied the toll of the attack of 12 January 2016 on Toumour.", "attack", "happened"),
        ("It was the sixth attack on a convoy near Gao since 22 May 2014.", "attack", "happened"),
        (
            "The army said it had freed the hostages, then retracted the statement.",
            "hostage_release",
            "denied",
        ),
        ("لم تعقد اللجنة سوى اجتماع واحد في نارا يوم 3 فيفري 2022.", "meeting", "happened"),
        ("Le Tchad enverra une compagnie de soldats à Madama avant la fin de 2019.", "deployment", "planned"),
    ],
)
def test_what_is_only_referred_to_taken_back_or_to_come_is_told_apart(
    text: str, kind: str, status: str
) -> None:
    assert status in {e.status for e in events(text) if e.type == kind}


def test_the_dead_of_one_event_do_not_swallow_a_denial() -> None:
    text = (
        "Villagers accuse soldiers of having killed fifteen herders near Koro on 8 June 2019. "
        "The governor denies it."
    )
    assert {e.type for e in events(text)} & {"attack", "killing"}


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("قال خبير أمني إن الجزائر تعتزم نشر خمسة آلاف عسكري على حدودها مع مالي.", "deployment", "planned"),
        (
            "تعتزم الجزائر إقامة مراكز مراقبة على الحدود مع ليبيا ونشر ثلاثة آلاف جندي إضافي.",
            "deployment",
            "planned",
        ),
        ("Leurs chefs d'état-major doivent se réunir à Abidjan le 7 juillet 2012.", "meeting", "planned"),
        ("La Cédéao a décidé d'envoyer une force de 3.300 hommes au Mali.", "deployment", "planned"),
        (
            "Les quatre pays se sont engagés à organiser, d'ici à la fin du mois de juin 2011, un exercice "
            "conjoint près de Gao.",
            "exercise",
            "planned",
        ),
        (
            "وقعت الحكومة المالية وممثلو الحركة الوطنية لتحرير أزواد، الثلاثاء 18 يونيو 2013، اتفاقا "
            "يمهد لإجراء الانتخابات.",
            "agreement",
            "happened",
        ),
        ("تعهد رؤساء دول الساحل في ختام قمتهم في نجامينا بمحاربة الإرهاب.", "meeting", "happened"),
        (
            "Bernard Kouchner, who visited Bamako in March 2010, denied that a ransom was paid.",
            "visit",
            "happened",
        ),
        (
            "L'armée malienne a lancé samedi 23 juin 2012 une opération pour reprendre Douentza, mais elle a "
            "été repoussée.",
            "military_operation",
            "failed",
        ),
    ],
)
def test_press_prose_tells_what_is_to_come_from_what_happened(text: str, kind: str, status: str) -> None:
    assert [e.status for e in events(text) if e.type == kind] == [status]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "L'armée a intercepté près de Bassiknou trois véhicules destinés, selon elle, à commettre un "
            "attentat à Nouakchott.",
            "attack",
        ),
        ("كان المخبأ معدا لتنفيذ هجوم على منشأة غازية بعين أمناس.", "attack"),
        ("قال مسؤول مالي إن مفاوضات تجري عبر وسطاء من القبائل للإفراج عن الرهائن.", "hostage_release"),
        ("تبذل مدريد كل ما في وسعها لتأمين إطلاق سراح الرهائن الثلاثة.", "hostage_release"),
        ("هددت الجماعة بقتل الرهينة إذا لم تفرج لندن عن أبو قتادة.", "killing"),
        ("هددت الجماعة بقتل الرهينة إذا لم تفرج لندن عن أبو قتادة.", "hostage_release"),
        ("عرضت واشنطن تدريب حرس الحدود الليبيين.", "training"),
        ("The United States has offered training to the army of Mali.", "training"),
        ("استبعدت مصادر دبلوماسية مشاركة قوات أجنبية في أي عملية عسكرية.", "military_operation"),
        ("جاءت العملية إثر كمين محكم نصبته قوات الجيش قرب غاو يوم 3 ماي 2013.", "creation_of_body"),
        ("L'armée malienne a lancé samedi 23 juin 2012 une opération à Douentza.", "creation_of_body"),
        ("Les ravisseurs tentaient de gagner le Mali le 8 janvier 2011.", "kidnapping"),
        ("أكد الجيش أن السيارة كانت محملة بالوقود قرب غاو.", "deployment"),
    ],
)
def test_what_is_wanted_threatened_or_offered_did_not_happen(text: str, kind: str) -> None:
    assert kind not in {e.type for e in events(text)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("أعلنت حركة التوحيد والجهاد في غرب إفريقيا، الأحد 2 سبتمبر 2012، إعدام الرهينة الطاهر.", "killing"),
        ("قتلت قوات الجيش الجزائري خمسة مسلحين ليلة الأربعاء 12 مارس 2014 قرب الدبداب.", "killing"),
        ("أوقفت السلطات الليبية شحنة أسلحة كانت في طريقها إلى مالي يوم 4 أكتوبر 2012.", "seizure"),
        ("Camatte, held since 26 November 2009, is the last of the hostages.", "kidnapping"),
        ("Two aid workers who were seized in Mauritania in November 2009 are alive.", "kidnapping"),
        ("حكمت محكمة الجنايات في نواكشوط بالإعدام على ثلاثة متهمين يوم 3 ماي 2010.", "other"),
    ],
)
def test_press_prose_names_the_deed(text: str, kind: str) -> None:
    assert [e.type for e in events(text)] == [kind]


def test_hostages_that_are_held_are_not_also_arrested() -> None:
    found = events("هاجمت كتيبة الموقعون بالدم منشأة الغاز في جانفي 2013، واحتجزت مئات العمال رهائن.")
    assert {e.type for e in found} == {"attack", "kidnapping"}


def test_the_day_from_which_somebody_is_held_is_not_that_of_his_death() -> None:
    text = "أعدم تنظيم القاعدة الرهينة إدوين داير المختطف منذ 22 يناير 2009، وفق ما أعلن يوم 3 يونيو 2009."
    assert {(e.type, e.when.lo.month) for e in events(text) if e.when} >= {("kidnapping", 1)}
    assert all(e.when is None or e.when.lo.month == 6 for e in events(text) if e.type == "killing")


@pytest.mark.parametrize(
    ("text", "kind", "actor"),
    [
        (
            "قالت السلطات إن المهربين اعتقلوا، وإن الشحنة كانت موجهة لجماعة أنصار الدين.",
            "arrest",
            "Ansar Dine",
        ),
        (
            "Des hommes armés ont attaqué le poste de Gossi le 3 mai 2013, un bilan que le ministère de la "
            "Défense du Mali n'a pas confirmé.",
            "attack",
            "Mali",
        ),
        (
            "Deux Français, enlevés vendredi 7 janvier 2011 à Niamey par des hommes armés, ont été retrouvés "
            "morts après une opération de l'armée nigérienne.",
            "kidnapping",
            "Nigerien Armed Forces",
        ),
        (
            "Military chiefs from four states have agreed to set up joint patrols, a move meant to stop "
            "al Qaeda in the Islamic Maghreb.",
            "agreement",
            "AQIM",
        ),
    ],
)
def test_who_stands_in_another_clause_did_not_do_it(text: str, kind: str, actor: str) -> None:
    found = [e for e in events(text) if e.type == kind]
    assert found
    assert all(actor not in e.actors for e in found)


def test_a_dateline_is_not_where_it_happened() -> None:
    found = only(
        "BAMAKO, Feb 24 2010 (Reuters) - Al Qaeda in the Islamic Maghreb freed a French hostage on Tuesday.",
        "hostage_release",
    )
    assert found.place is None


def test_the_dead_of_one_fight_are_not_those_of_the_next_attack() -> None:
    found = events(
        "نجامينا في 25 فبراير 2015. قال الوزير إن الجيش التشادي قتل 117 من مقاتلي بوكو حرام في معارك يوم "
        "24 فبراير 2015 في غامبورو. ونقلت الوكالة عن سكان أن المسلحين أحرقوا منازل وذبحوا عشرات القرويين."
    )
    assert {e.type for e in found} >= {"killing", "attack"}


def test_evidence_begins_behind_who_tells_it() -> None:
    found = only(
        "أفاد مصدر عسكري موريتاني وكالة فرانس برس الثلاثاء بأن دورية تابعة للجيش الموريتاني اشتبكت ليلا مع "
        "عناصر يشتبه في أنهم من مهربي المخدرات قرب منطقة لمزرب في أقصى الشمال الشرقي للبلاد.",
        "military_operation",
    )
    assert found.text.startswith("بأن دورية")


def test_the_day_of_the_telling_gives_way_to_that_of_the_deed() -> None:
    found = only(
        "أعلنت الوزارة يوم الثلاثاء 8 ديسمبر 2009 أن الجيش قتل خمسة إرهابيين في اشتباك وقع قرب بلدة برج "
        "باجي مختار يوم 3 ديسمبر 2009.",
        "killing",
    )
    assert found.when is not None
    assert found.when.lo.day == 3


def test_press_writes_an_acronym_as_a_name() -> None:
    found = only("Sept expatriés ont été enlevés à Arlit le 16 septembre 2010 par Aqmi.", "kidnapping")
    assert found.actors == ("AQIM",)


def test_soldiers_whom_gunmen_kill_and_a_guide_whom_they_take_are_an_attack_and_a_kidnapping() -> None:
    found = events(
        "Gunmen on pickup trucks killed eleven soldiers at an outpost in Tourine on 15 September 2008 and "
        "abducted a guide."
    )
    assert {e.type for e in found} == {"attack", "kidnapping"}


def test_a_ransom_that_is_denied_does_not_deny_the_release() -> None:
    found = events("نفت الحكومة الإسبانية يوم 25 أغسطس 2010 دفع فدية مقابل الإفراج عن الرهينتين.")
    assert ("hostage_release", "denied") not in {(e.type, e.status) for e in found}


@pytest.mark.parametrize(
    "text",
    [
        "قتل الجيش الفرنسي يوم 2 مارس 2013 القيادي في القاعدة عبد الحميد أبو زيد في كيدال.",
        "قتلت القوات الخاصة الفرنسية يوم 2 مارس 2013 ثلاثة من عناصر أنصار الدين قرب كيدال.",
    ],
)
def test_an_army_named_behind_its_verb_kills_and_attacks_nobody(text: str) -> None:
    assert {e.type for e in events(text)} & {"attack", "killing"} == {"killing"}


def test_gunmen_named_behind_their_verb_attack() -> None:
    text = "قتل مسلحون من أنصار الدين يوم 2 مارس 2013 جنديين قرب كيدال."
    assert only(text, "attack").actors == ("Ansar Dine",)


def test_who_asks_in_so_many_words_takes_part() -> None:
    text = "دعا الرئيس الفرنسي فرانسوا هولاند مجلس الأمن يوم 11 أكتوبر 2012 إلى نشر القوة الأفريقية."
    assert {"François Hollande", "UN Security Council"} <= set(only(text, "request").actors)


@pytest.mark.parametrize(
    "text",
    [
        "L'Union africaine a suspendu le Mali le 23 mars 2012.",
        "علق مجلس السلم والأمن عضوية مالي في الاتحاد يوم 23 مارس 2012.",
    ],
)
def test_to_suspend_a_member_is_a_sanction_that_happened(text: str) -> None:
    assert only(text, "sanction").status == "happened"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mauritania has withdrawn its ambassador from Bamako on 23 February 2010.", "other"),
        ("Two Spanish hostages arrived home on Monday 23 August 2010.", "hostage_release"),
        ("عاد الرهائن الأربعة إلى فرنسا يوم 30 أكتوبر 2013 بعد ثلاث سنوات.", "hostage_release"),
    ],
)
def test_ambassadors_are_withdrawn_and_hostages_come_home(text: str, kind: str) -> None:
    assert kind in {e.type for e in events(text)}


def test_who_is_received_is_met() -> None:
    text = "L'ambassadeur d'Algérie a été reçu par le ministre délégué à Bamako le 23 février 2010."
    assert {e.type for e in events(text)} == {"meeting"}


def test_talks_that_are_suspended_fail_and_punish_nobody() -> None:
    text = "Les pourparlers avec le gouvernement malien ont été suspendus à Alger le 23 février 2010."
    assert "sanction" not in {e.type for e in events(text)}


def test_who_met_is_no_meeting_of_its_own() -> None:
    text = "ومن المنتظر أن يناقش المجتمعون ملف الرهائن يوم 3 ماي 2010 في تمنراست."
    assert "meeting" not in {e.type for e in events(text)}
    text = "وزراء الدفاع المجتمعون في تمنراست يوم 3 ماي 2010 اتفقوا على تسيير دوريات."
    assert "meeting" in {e.type for e in events(text)}


def test_a_verb_cut_off_before_its_subject_brings_nobody() -> None:
    text = "تنتشر القوات خلال 18 شهرا ويصل، وقد أكد وزير الخارجية المالي ذلك يوم 3 ماي 2010 في باماكو."
    assert "visit" not in {e.type for e in events(text)}
