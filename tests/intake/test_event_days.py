"""Which day serves which event: days of clauses, days counted from others, days carried on."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft

HEAD = "نيامي (وكالات) - 14 أكتوبر 2015 - "
LEAD = HEAD + "هاجم مسلحون يوم السبت معسكرا للجيش في ديفا وقتلوا ثلاثة جنود. "
FR = "Niamey, 14 octobre 2015. Des hommes armés ont attaqué samedi un camp de l'armée à Diffa. "
EN = "NIAMEY, Oct 14, 2015 (Reuters) - Gunmen attacked an army camp in Diffa on Saturday. "


def days(text: str, kind: str, place: str | None = None) -> list[tuple[str, str] | None]:
    """Return the first and last day of each event of a kind, those at one place if it is named."""
    return [
        (str(e.when.lo), str(e.when.hi)) if e.when else None
        for e in draft(text, name="x").events
        if e.type == kind and place in (None, e.place)
    ]


@pytest.mark.parametrize(
    ("text", "lo", "hi"),
    [
        (LEAD + "وفي اليوم الموالي اعتقل الدرك أربعة مشتبه بهم في بلدة كبلوا.", "2015-10-11", "2015-10-11"),
        (LEAD + "وقبل ذلك بيومين اعتقل الدرك أربعة مشتبه بهم في بلدة كبلوا.", "2015-10-08", "2015-10-08"),
        (LEAD + "وفي مساء اليوم نفسه اعتقل الدرك أربعة مشتبه بهم في بلدة كبلوا.", "2015-10-10", "2015-10-10"),
        (LEAD + "وبعد ساعات اعتقل الدرك أربعة مشتبه بهم في بلدة كبلوا.", "2015-10-10", "2015-10-10"),
        (LEAD + "وفي الأسبوع نفسه اعتقل الدرك أربعة مشتبه بهم في كبلوا.", "2015-10-05", "2015-10-11"),
        (FR + "Le lendemain, quatre suspects ont été arrêtés à Kablewa.", "2015-10-11", "2015-10-11"),
        (FR + "Le même jour, quatre suspects ont été arrêtés à Kablewa.", "2015-10-10", "2015-10-10"),
        (EN + "The following day soldiers arrested four men in Kablewa.", "2015-10-11", "2015-10-11"),
        (EN + "Hours later soldiers arrested four men in Kablewa.", "2015-10-10", "2015-10-10"),
    ],
)
def test_a_day_is_counted_from_what_was_told_before(text: str, lo: str, hi: str) -> None:
    assert days(text, "arrest") == [(lo, hi)]


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        (HEAD + "يأتي ذلك بعد ثلاثة أيام من هجوم شنه مسلحون على ثكنة في بوسو.", "attack", "2015-10-11"),
        ("Niamey, Oct 14, 2015 - Two days after gunmen killed a chief in Bosso, shops there are shut.",
         "attack", "2015-10-12"),
    ],
)  # fmt: skip
def test_what_stands_behind_days_after_lies_so_far_before_the_text(text: str, kind: str, day: str) -> None:
    assert (day, day) in days(text, kind)


def test_what_has_a_day_of_its_own_is_not_counted_from_the_text() -> None:
    text = "Gao, 31 July 2013. The road was closed for six days after a mine killed two traders on 9 July."
    assert ("2013-07-09", "2013-07-09") in days(text, "killing") + days(text, "attack")


def test_the_day_after_is_not_that_of_a_dateline() -> None:
    text = (
        FR.replace("samedi", "dimanche soir") + "Le lendemain matin, l'armée a lancé une opération à Bosso."
    )
    assert ("2015-10-12", "2015-10-12") in days(text, "military_operation")


def test_a_narrative_carries_the_day_on_but_not_to_what_was_before() -> None:
    same = LEAD + "ثم خطف المسلحون طبيبا فرنسيا في بلدة كبلوا."
    before = LEAD + "وكان المسلحون قد خطفوا طبيبا فرنسيا في بلدة كبلوا."
    assert days(same, "kidnapping") == [("2015-10-10", "2015-10-10")]
    assert days(before, "kidnapping") in ([None], [])


def test_what_was_done_because_of_it_lies_between_it_and_the_text() -> None:
    assert days(LEAD + "ونشر الجيش كتيبتين إضافيتين في المنطقة.", "deployment") == [
        ("2015-10-10", "2015-10-14")
    ]


def test_a_term_is_when_what_lies_ahead_will_be_and_no_day_of_a_deed() -> None:
    ahead = HEAD + "قال الوزير إن الحكومة ستنشر كتيبتين في ديفا خلال عشرة أيام."
    assert days(ahead, "deployment") == [("2015-10-14", "2015-10-24")]
    done = HEAD + "اجتمع الوزراء. وطلبت تشاد من الأمم المتحدة مروحيات قبل نهاية العام."
    assert days(done, "request") in ([None], [])


def test_the_day_on_which_it_took_place_goes_before_the_one_on_which_it_was_told() -> None:
    text = "Agadez, May 24, 2016 - An official said Tuesday that customs seized a ton of drugs in Arlit."
    assert days(text, "seizure") == [("2016-05-24", "2016-05-24")]
    later = text + " The seizure took place on Saturday."
    assert days(later, "seizure") == [("2016-05-21", "2016-05-21")]


def test_the_day_of_a_name_behind_it_is_no_other_events() -> None:
    text = EN.replace(" on Saturday", "") + (
        "Police arrested two men in Niamey overnight over last week's attack on a hotel in Maradi."
    )
    assert days(text, "arrest") == [("2015-10-13", "2015-10-14")]


def test_sunday_is_a_weekday_in_arabic_and_somebody_is_none() -> None:
    assert days(HEAD + "قتل مسلحون سبعة جنود في هجوم على بوسو الأحد.", "attack") == [
        ("2015-10-11", "2015-10-11")
    ]


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        (HEAD + "قصف الطيران للمرة الأولى الأحد معسكرا لبوكو حرام قرب بوسو.", "military_operation",
         "2015-10-11"),
        (LEAD + "وخلال ساعات اعتقل الدرك أربعة مشتبه بهم في كبلوا.", "arrest", "2015-10-10"),
        (EN + "On Oct 2 gunmen had abducted seven people in Bosso.", "kidnapping", "2015-10-02"),
    ],
)  # fmt: skip
def test_days_are_read_as_they_are_meant(text: str, kind: str, day: str) -> None:
    """A first time is no first Sunday; within hours is the same day; an English day stands before a noun."""
    assert (day, day) in days(text, kind)
