"""By what befell somebody he is told: it happened, and its day is its own."""

from __future__ import annotations

from datetime import date

import pytest

from tansiq.intake.draft import draft

JANUARY = (date(2017, 1, 1), date(2017, 1, 31))
SEPTEMBER = (date(2018, 9, 1), date(2018, 9, 30))
MONDAY = (date(2018, 10, 1), date(2018, 10, 1))
FRIDAY = (date(2018, 10, 5), date(2018, 10, 5))
Days = tuple[date, date] | None


def told(text: str) -> dict[str, tuple[str, Days]]:
    """Return status and days of the events of a text by type."""
    made = draft(text, name="t.txt").events
    return {e.type: (e.status, (e.when.lo, e.when.hi) if e.when else None) for e in made}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "قال دبلوماسي أوروبي يوم 14 مارس 2017 إن المفاوضات للإفراج عن الرهينة السويسري المختطف في يناير "
            "الماضي فشلت بعد رفض الخاطفين أي وساطة.",
            JANUARY,
        ),
        (
            "باماكو، 3 أكتوبر 2018. يلتقي الرئيس عائلات الجنود المختطفين في سبتمبر الماضي يوم الجمعة المقبل.",
            SEPTEMBER,
        ),
        (
            "Bamako, le 3 octobre 2018. Les pourparlers pour libérer l'otage enlevé en septembre ont échoué.",
            SEPTEMBER,
        ),
        (
            "Bamako, 3 October 2018. Talks to free the hostage abducted in September have failed.",
            SEPTEMBER,
        ),
        ("Bamako, 3 October 2018. Talks to free a nurse abducted in September have failed.", SEPTEMBER),
    ],
)
def test_who_was_taken_was_taken_whatever_failed_or_is_planned(text: str, days: Days) -> None:
    assert told(text)["kidnapping"] == ("happened", days)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "باماكو، 3 أكتوبر 2018. تستقبل الوزيرة يوم الجمعة المقبل عائلات الجنود المعتقلين في سبتمبر.",
            "meeting",
        ),
        (
            "Gao, 3 October 2018. The minister will visit on Friday the kin of men arrested in September.",
            "visit",
        ),
    ],
)
def test_what_is_planned_has_its_own_day(text: str, kind: str) -> None:
    assert told(text)[kind] == ("planned", FRIDAY)


@pytest.mark.parametrize(
    "text",
    [
        "Bamako, le 3 octobre 2018. Les soldats tués lundi près de Boni seront enterrés vendredi à Mopti.",
        "Bamako, 3 October 2018. The soldiers killed in Boni on Monday will be buried on Friday.",
    ],
)
def test_the_dead_died_on_the_day_behind_their_death(text: str) -> None:
    assert told(text)["killing"] == ("happened", MONDAY)


def test_who_opens_a_text_by_what_befell_him_needs_no_word_before_it() -> None:
    text = "Killed in Boni on Monday, the soldiers will be buried on Friday."
    assert told(text)["killing"] == ("happened", None)


@pytest.mark.parametrize("whose", ["للمعتقلين", "وللمعتقلين", "بالمعتقلين", "والمعتقلين", "فالمعتقلين"])
def test_a_joined_preposition_leaves_the_participle_its_day(whose: str) -> None:
    text = f"باماكو، 3 أكتوبر 2018. زار الوزير كيدال وساكنتها نصرة {whose} في سبتمبر الماضي."
    assert told(text)["visit"] == ("happened", None)


def test_a_verb_with_an_auxiliary_is_no_such_participle() -> None:
    text = "Gao, 3 October 2018. Three men were arrested near Gao on Monday."
    assert told(text)["arrest"] == ("happened", MONDAY)


@pytest.mark.parametrize(
    "text",
    [
        "باماكو، 3 أكتوبر 2018. يجتمع رؤساء الأركان في نواكشوط يوم 20 أكتوبر لبحث تسيير دوريات مشتركة.",
        "Bamako, 3 October 2018. The army chiefs meet in Nouakchott on 20 October to discuss joint patrols.",
    ],
)
def test_what_a_meeting_is_to_discuss_is_no_operation(text: str) -> None:
    assert set(told(text)) == {"meeting"}
