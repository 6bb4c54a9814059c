"""The silence procedure: laws over random histories of positions and outages."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tansiq.boards.clocks import Span
from tansiq.boards.diplomacy.silence import ADOPTION_H, BREAKS, Procedure, Standing, Voice, stand
from tansiq.model.label import Party
from tests.boards.pile import START

FOUR = tuple(map(Party, ("DZ", "ML", "MR", "NE")))
UNTIL_H = 72
WORDS = ["assent", "silent", "assent-with-statement", "amendment", "objection", "extension-asked",
         "not-participating", "unreachable", "awaited", None]  # fmt: skip

hours = st.integers(-24, 240)
voices = st.lists(
    st.builds(
        lambda p, w, h: Voice(p, w, START + timedelta(hours=h)),
        st.sampled_from(FOUR),
        st.sampled_from(WORDS),
        hours,
    ),
    max_size=8,
)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    begin = draw(hours)
    length = draw(st.none() | st.integers(1, 90))
    end = None if length is None else START + timedelta(hours=begin + length)
    return Span(START + timedelta(hours=begin), end)


aways = st.dictionaries(st.sampled_from(FOUR), st.lists(spans(), max_size=3), max_size=3)


def at(said: Procedure, hour: float) -> Standing:
    return stand(said, now=START + timedelta(hours=hour))


def asked(
    voices: list[Voice], away: dict[Party, list[Span]] | None = None, adopted_h: float | None = None
) -> Procedure:
    adopted = None if adopted_h is None else START + timedelta(hours=adopted_h)
    return Procedure(FOUR, START, START + timedelta(hours=UNTIL_H), voices, away or {}, adopted)


@settings(deadline=None, max_examples=60)
@given(voices, aways, st.integers(0, 2_000))
def test_nothing_is_adopted_without_an_officers_record(
    said: list[Voice], away: dict[Party, list[Span]], hour: int
) -> None:
    assert at(asked(said, away), hour).outcome != "adopted"


@settings(deadline=None, max_examples=60)
@given(voices, aways, st.integers(0, 2_000), st.integers(0, 2_000))
def test_a_break_before_the_end_stops_adoption_for_good(
    said: list[Voice], away: dict[Party, list[Span]], hour: int, adopted_h: int
) -> None:
    breaks = [v for v in said if v.word in BREAKS and 0 <= (v.at - START).total_seconds() < UNTIL_H * 3600]
    if breaks:
        assert at(asked(said, away, adopted_h), hour).outcome == "broken"


@settings(deadline=None, max_examples=60)
@given(voices, aways, st.integers(0, 2_000))
def test_who_is_proven_unreachable_is_never_counted_as_silent_or_assenting(
    said: list[Voice], away: dict[Party, list[Span]], hour: int
) -> None:
    found = at(asked(said, away), hour)
    now = START + timedelta(hours=hour)
    for party, stretches in away.items():
        spoke = any(
            v.party == party and v.at < found.due and v.at >= START for v in said if v.word in WORDS[:7]
        )
        inside = any(s.begin <= now and (s.end is None or now < s.end) for s in stretches)
        if inside and not spoke:
            assert found.stances[party] == "unreachable"


@settings(deadline=None, max_examples=60)
@given(voices, aways, st.integers(0, 400))
def test_while_somebody_asked_has_not_had_his_hours_the_silence_is_not_kept(
    said: list[Voice], away: dict[Party, list[Span]], hour: int
) -> None:
    found = at(asked(said, away), hour)
    if found.outcome == "silence_kept":
        for party, stretches in away.items():
            spoke = min((v.at for v in said if v.party == party and v.at >= START and v.word in WORDS[:7]),
                        default=None)  # fmt: skip
            if spoke is None or spoke >= found.due:
                reached = sum(
                    not any(s.begin <= moment and (s.end is None or moment < s.end) for s in stretches)
                    for moment in (START + timedelta(hours=h) for h in range(hour))
                )
                assert reached >= UNTIL_H


@settings(deadline=None, max_examples=60)
@given(voices, aways, st.integers(0, 2_000))
def test_the_order_in_which_positions_arrive_changes_nothing(
    said: list[Voice], away: dict[Party, list[Span]], hour: int
) -> None:
    one, other = at(asked(said, away), hour), at(asked(list(reversed(said)), away), hour)
    assert (one.outcome, one.due) == (other.outcome, other.due)


@settings(deadline=None, max_examples=60)
@given(voices, aways, st.integers(0, 400), st.integers(0, 400))
def test_a_clock_set_back_adopts_nothing_and_mends_no_break(
    said: list[Voice], away: dict[Party, list[Span]], hour: int, back: int
) -> None:
    late, early = at(asked(said, away), hour), at(asked(said, away), hour - back)
    if early.outcome == "broken":
        assert late.outcome == "broken"
    if early.outcome == "silence_kept":
        assert late.outcome in ("silence_kept", "lapsed")


def test_after_years_in_which_nobody_looked_the_text_has_lapsed() -> None:
    assert at(asked([]), UNTIL_H + ADOPTION_H - 1).outcome == "silence_kept"
    assert at(asked([]), 4 * 366 * 24).outcome == "lapsed"
    assert at(asked([], adopted_h=4 * 365 * 24), 4 * 366 * 24).outcome == "lapsed"


def test_an_adoption_noted_before_the_end_is_none() -> None:
    assert at(asked([], adopted_h=71), 73).outcome == "silence_kept"
    assert at(asked([], adopted_h=72), 73).outcome == "adopted"


def test_the_clock_stands_still_for_a_node_that_is_away_and_each_hour_counts_once() -> None:
    away = {Party("NE"): [Span(START + timedelta(hours=10), START + timedelta(hours=40))],
            Party("MR"): [Span(START + timedelta(hours=30), START + timedelta(hours=50))]}  # fmt: skip
    found = at(asked([], away), 60)
    assert found.due == START + timedelta(hours=72 + 40)
    assert (found.silence.length_h, found.silence.paused_h) == (72, 40)
    assert at(asked([], away), 35).outcome == "paused"


def test_who_has_spoken_is_not_waited_for() -> None:
    away = {Party("NE"): [Span(START + timedelta(hours=10))]}
    spoke = [Voice(Party("NE"), "assent", START + timedelta(hours=12))]
    assert at(asked(spoke, away), 74).outcome == "silence_kept"
    assert at(asked([], away), 1_000).outcome == "paused"
