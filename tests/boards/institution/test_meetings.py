"""Meetings: tentative while unsure, attendance by each party called, chains with open ends, cadence."""

from datetime import UTC, datetime, timedelta

import pytest

from tansiq.boards import Aspect, aspect_of, objections
from tansiq.boards.institution.cadence import months, shipped_cadence
from tansiq.boards.institution.cascade import chain_of, lineage
from tansiq.model.kinds.attendance import Attendance, AttendanceLine
from tansiq.model.kinds.meeting import Meeting
from tansiq.model.label import Party
from tansiq.model.values import Place, TimeExpression
from tests.boards.pile import START, Pile


def on(days: int, precision: str = "day") -> TimeExpression:
    at = START + timedelta(days=days)
    return TimeExpression(lo=at, hi=at, precision=precision)  # type: ignore[arg-type]


def word(told: Aspect) -> str:
    return next(s.word for s in told.states if s.of == "self")


def test_a_meeting_on_no_sure_day_is_tentative_and_one_that_nobody_saw_is_unconfirmed() -> None:
    pile = Pile()
    cases = [
        (Meeting(title="لقاء"), "tentative"),
        (Meeting(title="لقاء", starts=on(40, "quarter")), "tentative"),
        (Meeting(title="لقاء", starts=on(4)), "convened"),
        (Meeting(title="لقاء", starts=on(-4)), "unconfirmed"),
        (Meeting(title="لقاء", starts=on(-4), meeting_state="took-place"), "held"),
        (Meeting(title="لقاء", attendance_due=on(1)), "convened"),
    ]
    for body, expected in cases:
        assert word(aspect_of(pile.put(body), pile)) == expected


def test_a_call_opens_an_attendance_for_each_party_and_its_answer_closes_it() -> None:
    pile = Pile()
    held = pile.put(Meeting(title="دورة استثنائية", attendance_due=on(1)), "DZ")
    told = aspect_of(held, pile)
    assert [o.parties for o in told.opens] == [("ML",), ("MR",), ("NE",)]
    assert {c.state for c in told.clocks if c.name == "attendance"} == {"soon"}
    here = AttendanceLine(party=Party("NE"), presence="expected")
    pile.at(2).put(Attendance(title="حضور", meeting=held.id, lines=(here,)), "NE")
    told = aspect_of(held, pile.at(30))
    assert {c.key: c.state for c in told.clocks} == {"ML": "late", "MR": "late", "NE": "met"}
    minutes = AttendanceLine(party=Party("ML"), presence="excused")
    pile.put(Attendance(title="محضر", meeting=held.id, lines=(minutes,)), "DZ")
    assert [o.record is not None for o in aspect_of(held, pile).opens] == [True, False, True]


@pytest.mark.parametrize(
    "words", ["preload: 16 March conference", "ندوة 16 مارس", "la conférence du 16 mars"]
)
def test_words_with_a_day_find_the_meeting_of_that_day(words: str) -> None:
    pile = Pile()
    held = pile.put(Meeting(title="دورة", follows=(words,)))
    assert [s.id for s in chain_of(held, pile).before] == ["meet-2010-03"]
    assert next(f for f in aspect_of(held, pile).facts if f.name == "linked").value is True


def test_a_chain_runs_both_ways_and_what_nobody_convened_is_an_open_end() -> None:
    pile = Pile()
    first = pile.put(Meeting(title="ندوة الوزراء", starts=on(-30), prepares=("قمة الرؤساء",)))
    second = pile.put(Meeting(title="رؤساء الأركان", starts=on(-3), follows=("ندوة الوزراء",)))
    third = pile.put(Meeting(title="مسؤولو المكافحة"), refs={"follows": first.id})
    assert [s.id for s in chain_of(first, pile).after] == [second.id, third.id]
    assert [s.id for s in chain_of(third, pile).before] == [first.id]
    assert chain_of(first, pile).open_ends == ("قمة الرؤساء",)
    assert pile.put(Meeting(title="لقاء", follows=("لقاء لا يعرفه أحد",))) is not None
    assert chain_of(pile.of("meeting")[-1], pile).unknown == ("لقاء لا يعرفه أحد",)


def test_the_shipped_lineage_of_the_staff_begins_in_august_2009() -> None:
    assert next(m.id for m in lineage("body-staff")) == "meet-2009-08"


def test_eight_months_were_observed_and_no_interval_is_stated() -> None:
    found = shipped_cadence("body-council")
    assert (months(found.intervals_days[0]), found.agreed_h, found.due) == (8, None, None)


def test_an_agreed_interval_needs_its_source_and_its_lapse_is_told_to_the_presidency() -> None:
    pile = Pile()
    bare = Meeting(title="مجلس", starts=on(-10), meeting_state="took-place", cadence_h=24 * 180)
    assert [o.missing for o in objections(pile.draft(bare), pile)] == [{"cadence_source"}]
    agreed = Meeting(
        title="مجلس", starts=on(-10), meeting_state="took-place", cadence_h=24 * 180, cadence_source="محضر"
    )
    held = pile.put(agreed)
    assert aspect_of(held, pile).raises == ()
    told = aspect_of(held, pile.at(24 * 171))
    assert [(r.code, r.parties) for r in told.raises] == [("CADENCE_LAPSED", ("DZ",))]
    assert next(c for c in told.clocks if c.name == "cadence").state == "late"
    pile.put(Meeting(title="مجلس ثان", starts=on(170), meeting_state="took-place", follows=("مجلس",)))
    assert aspect_of(held, pile).raises == ()
    facts = {f.name: f.value for f in aspect_of(pile.of("meeting")[-1], pile).facts}
    assert (facts["cadence_observed_days"], facts["cadence_agreed"]) == (180, 24 * 180)


def test_the_seat_of_an_organ_is_contested_while_sources_differ() -> None:
    pile = Pile()
    body = Meeting(title="دورة", seat=Place(name="Tamanrasset"), attendance_due=on(1))
    told = aspect_of(pile.put(body, "JSC"), pile)
    assert [(s.of, s.word) for s in told.states] == [("self", "convened"), ("attribute:seat", "contested")]
    assert len(next(f for f in told.facts if f.name == "seat").value or ()) >= 2  # type: ignore[arg-type]
    assert [s.of for s in aspect_of(pile.put(body, "ML"), pile).states] == ["self"]


def test_months_count_as_people_count_them() -> None:
    days = (datetime(2010, 4, 12, tzinfo=UTC) - datetime(2009, 8, 12, tzinfo=UTC)).days
    assert months(days) == 8
