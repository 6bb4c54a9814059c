"""Clocks: hours, months, pauses, and what they say at any moment."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tansiq.boards.clocks import Span, after_months, clock, standing_still

START = datetime(2031, 3, 1, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_clock_of_hours_runs_soon_runs_out_and_stays_late() -> None:
    def at(hours: float) -> str:
        return clock("silence", "R47", now=START + hours * HOUR, begun=START, hours=72).state

    assert [at(h) for h in (0, 47.9, 48, 71.9, 72, 35_000)] == [
        "running",
        "running",
        "soon",
        "soon",
        "late",
        "late",
    ]


def test_a_clock_whose_start_is_unknown_does_not_run() -> None:
    found = clock("deployment", "R37", now=START, begun=None, months=18)
    assert (found.state, found.due, found.months) == ("waiting", None, 18)


def test_a_mandate_lapses_where_a_promise_is_late() -> None:
    after = START + 100 * HOUR
    assert clock("mandate", "R41", now=after, begun=START, hours=72, lapses=True).state == "lapsed"
    assert clock("promise", "R37", now=after, begun=START, hours=72).state == "late"


def test_what_came_after_the_end_is_met_late_for_ever() -> None:
    done = START + 80 * HOUR
    found = clock("report", "R41", now=START + 9_000 * HOUR, begun=START, hours=72, done=done)
    assert (found.state, found.late_h(START + 9_000 * HOUR)) == ("met-late", 8)
    assert clock("report", "R41", now=START, begun=START, hours=72, done=START + HOUR).state == "met"


def test_a_clock_set_back_shows_what_it_showed_then() -> None:
    def at(hours: int) -> str:
        return clock("silence", "R47", now=START + hours * HOUR, begun=START, hours=10).state

    forward = [at(h) for h in range(20)]
    assert [at(h) for h in reversed(range(20))] == list(reversed(forward))


def test_months_are_calendar_months_clipped_to_the_last_day() -> None:
    assert after_months(datetime(2031, 8, 31, 12, tzinfo=UTC), 18) == datetime(2033, 2, 28, 12, tzinfo=UTC)
    assert after_months(datetime(2030, 12, 31, tzinfo=UTC), 2) == datetime(2031, 2, 28, tzinfo=UTC)


def test_a_pause_moves_the_end_and_a_later_pause_may_fall_into_the_time_gained() -> None:
    pauses = (Span(START + 5 * HOUR, START + 15 * HOUR), Span(START + 18 * HOUR, START + 20 * HOUR))
    found = clock("silence", "R47", now=START + 30 * HOUR, begun=START, hours=10, pauses=pauses)
    assert (found.due, found.paused_h, found.state) == (START + 22 * HOUR, 12, "late")


def test_a_pause_that_begins_after_the_end_does_not_wake_a_clock() -> None:
    pauses = (Span(START + 11 * HOUR),)
    found = clock("silence", "R47", now=START + 50 * HOUR, begun=START, hours=10, pauses=pauses)
    assert (found.state, found.paused_h) == ("late", 0)


def test_while_it_stands_still_a_clock_says_so() -> None:
    pauses = (Span(START + 5 * HOUR),)
    found = clock("silence", "R47", now=START + 50 * HOUR, begun=START, hours=10, pauses=pauses)
    assert (found.state, found.paused_h) == ("paused", 45)


def test_a_done_clock_is_measured_with_the_pauses_before_it_was_done() -> None:
    pauses = (Span(START + 5 * HOUR, START + 9 * HOUR),)
    found = clock(
        "silence", "R47", now=START + 50 * HOUR, begun=START, hours=10, pauses=pauses, done=START + 13 * HOUR
    )
    assert (found.state, found.due) == ("met", START + 14 * HOUR)


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), max_size=6), st.integers(1, 100))
def test_no_hour_is_counted_twice(spans: list[tuple[int, int]], length: int) -> None:
    pauses = [Span(START + a * HOUR, START + (a + n) * HOUR) for a, n in spans]
    now = START + 1000 * HOUR
    stood = standing_still(pauses, START, START + length * HOUR, now=now)
    hours = {h for a, n in spans for h in range(a, a + n)}
    assert timedelta(0) <= stood <= len(hours) * HOUR
    assert standing_still([*pauses, *pauses], START, START + length * HOUR, now=now) == stood
