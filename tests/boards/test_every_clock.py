"""Every clock there is: four years without anyone, a clock set back, a leap of local time, a node down.

Each clock is begun by one record; what is asked of it is asked of all. A clock that is new must stand here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from tansiq.base.messages import messages
from tansiq.boards import Aspect, Held, aspect_of
from tansiq.boards.clocks import OPEN_STATES, Clock
from tansiq.model.kind import kind_named
from tansiq.model.strict import parse_fields
from tansiq.model.values import TimeExpression
from tests.boards.diplomacy.mandated import adoption, text
from tests.boards.pile import START, Pile
from tests.kinds import sample_values

FOUR_YEARS: Final = timedelta(days=4 * 365 + 1)
LEAPS: Final = (
    datetime(2031, 3, 30, 1, tzinfo=UTC),  # Paris goes forward
    datetime(2031, 10, 26, 1, tzinfo=UTC),  # and back
    datetime(2032, 2, 29, 0, tzinfo=UTC),  # a day that most years lack
)
DECIDED: Final = frozenset(
    {"adopted", "accepted", "approved", "assent", "assent_with_statement", "confirmed", "delivered", "met",
     "released", "published", "upheld", "verified", "yes", "fulfilled", "archived", "closed", "satisfied"}
)  # fmt: skip
"""Words that only somebody's act may bring about."""


@dataclass(frozen=True)
class Begun:
    """How a clock begins: by a record of a kind ``without`` what would settle it."""

    kind: str
    by: str = "ML"
    without: tuple[str, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)


WHEN: Final = {"lo": "2031-03-03T06:00:00Z", "hi": "2031-03-03T06:00:00Z", "precision": "hour"}
SAMPLES: Final[dict[str, Begun]] = {
    "attendance": Begun("meeting", "JSC", values={"delegations": ["DZ", "NE"]}),
    "case": Begun("case-existence"),
    "consent": Begun("consent", without=("answer", "reply_to"), values={"window": WHEN}),
    "consultation": Begun("consultation", values={"lines": [{"party": "FR"}]}),
    "credential": Begun("credential"),
    "translation": Begun(
        "translation-ask", without=("of_record", "translation"), values={"due": WHEN, "ask_state": "asked"}
    ),
    "contradiction": Begun("contradiction", values={"contradiction_state": "open", "due": WHEN}),
    "deployment": Begun("force-requirement"),
    "eei": Begun("eei", without=("last_answer", "answer_value")),
    "family_contact": Begun("contact-log"),
    "follow_up": Begun("aar"),
    "harm_review": Begun("complaint", without=("answer", "due")),
    "identity_review": Begun("identity-match"),
    "legal_basis": Begun("legal-basis"),
    "milestone": Begun("milestone", without=("reached",)),
    "notice_review": Begun("judicial-notice"),
    "outcome_review": Begun("case-outcome", values={"outcome": "killed"}),
    "promise": Begun("commitment"),
    "redress": Begun("redress", without=("redress_state", "remedy")),
    "release_notice": Begun("release-notice"),
    "review_answer": Begun("review"),
    "rfi": Begun("ext-request"),
    "seal": Begun("hostage-case"),
    "silence": Begun("silence-clock", without=("adopted_number", "answers")),
    "trace": Begun("trace-request"),
    "track": Begun("track"),
    "warning_ack": Begun("warning", without=("expires",)),
}


def sampled(name: str, at: datetime) -> tuple[Pile, Held]:
    """A record that begins a clock, signed at a moment; its dates are moved with that."""
    begun = SAMPLES[name]
    kind = kind_named(begun.kind)
    assert kind is not None
    given = {k: v for k, v in sample_values(kind).items() if k not in begun.without} | begun.values
    pile = Pile(now=at)
    return pile, pile.put(parse_fields(kind, _moved(given, at - START)), begun.by)


def _moved(value: Any, by: timedelta) -> Any:
    if isinstance(value, dict):
        return {k: _moved(v, by) for k, v in value.items()}
    if isinstance(value, list):
        return [_moved(v, by) for v in value]
    if isinstance(value, str) and value.startswith("2031-") and "T" in value:
        return (datetime.fromisoformat(value) + by).isoformat().replace("+00:00", "Z")
    return value


def cadence(at: datetime) -> tuple[Pile, Held]:
    """A meeting that was held, of a series with an agreed interval."""
    kind = kind_named("meeting")
    assert kind is not None
    held = {"lo": f"{at - timedelta(days=10):%Y-%m-%dT%H:%M:%SZ}", "precision": "day"}
    values = {"title": "مجلس", "starts": held, "meeting_state": "took-place", "cadence_h": 480}
    pile = Pile(now=at)
    return pile, pile.put(parse_fields(kind, values | {"cadence_source": "محضر"}), "JSC")


def mandated(at: datetime, **more: Any) -> tuple[Pile, Held]:
    """A mandate that was adopted: put under silence four days before, noted when the silence had ended."""
    pile = Pile(now=at - timedelta(hours=96))
    held = pile.put(text(silence_until=_at(at - timedelta(hours=24)), **more), "JSC")
    pile.now = at
    pile.put(adoption(), "JSC")
    return pile, held


def unadopted(at: datetime) -> tuple[Pile, Held]:
    """A silence that was kept, and that nobody has noted."""
    pile, held = mandated(at)
    pile.held = [h for h in pile.held if h.id == held.id]
    return pile, held


def _at(moment: datetime) -> TimeExpression:
    return TimeExpression(lo=moment, hi=moment, precision="hour")


MADE: Final[dict[str, Callable[[datetime], tuple[Pile, Held]]]] = {
    "adoption": unadopted,
    "cadence": cadence,
    "mandate": lambda at: mandated(at, expires=_at(at + timedelta(hours=200))),
    "mandate_report": lambda at: mandated(at, report_every_h=100),
}
NAMES: Final = sorted({*SAMPLES, *MADE})
every_clock = pytest.mark.parametrize("name", NAMES)


def begun(name: str, at: datetime = START) -> tuple[Pile, Held]:
    """A pile in which a clock of this name has just begun, and the record that it stands on."""
    return MADE[name](at) if name in MADE else sampled(name, at)


def read(pile: Pile, held: Held, name: str, at: datetime) -> Clock:
    """How the clock stands at a moment: the first of its name that is still open, else the first."""
    pile.now = at
    found = [c for c in aspect_of(held, pile).clocks if c.name == name]
    return next((c for c in found if c.state in OPEN_STATES), found[0])


def words(said: Aspect) -> set[tuple[str, str]]:
    """The states of a record that only an act may bring about."""
    return {(s.of, s.word) for s in said.states if s.word.replace("-", "_") in DECIDED or s.word in DECIDED}


def test_every_clock_that_has_a_name_is_asked() -> None:
    named = {key.removeprefix("clocks.") for key in messages("ar") if key.startswith("clocks.")}
    assert set(NAMES) == named


@every_clock
def test_it_runs_to_its_end_and_not_an_hour_longer(name: str) -> None:
    pile, held = begun(name)
    runs = read(pile, held, name, START)
    assert runs.state in ("running", "soon"), runs
    assert runs.due is not None
    assert read(pile, held, name, runs.due - timedelta(seconds=1)).state in ("running", "soon")
    assert read(pile, held, name, runs.due).state in ("late", "lapsed")


@every_clock
def test_after_four_years_without_anyone_it_says_what_it_has_to_and_nothing_is_gone(name: str) -> None:
    pile, held = begun(name)
    runs, before = read(pile, held, name, START), words(aspect_of(held, pile))
    after = read(pile, held, name, START + FOUR_YEARS)
    assert (after.state, after.due) in (("late", runs.due), ("lapsed", runs.due)), after
    assert after.late_h(pile.now) > 4 * 365 * 24 - 3 * 31 * 24
    assert words(aspect_of(held, pile)) <= before, "adopted, confirmed or closed by nobody"


@every_clock
def test_a_clock_set_back_shows_what_stood_then(name: str) -> None:
    pile, held = begun(name)
    due = read(pile, held, name, START).due
    assert due is not None
    moments = [START + n * (due - START) / 4 for n in range(7)]
    forward = [_told(pile, held, at) for at in moments]
    assert [_told(pile, held, at) for at in reversed(moments)] == forward[::-1]


@every_clock
@pytest.mark.parametrize("leap", LEAPS, ids=["forward", "back", "29 February"])
def test_a_leap_of_local_time_or_of_the_year_moves_no_clock_of_hours(name: str, leap: datetime) -> None:
    plain_pile, plain = begun(name)
    expected = read(plain_pile, plain, name, START)
    at = leap - timedelta(hours=9)
    pile, held = begun(name, at)
    runs = read(pile, held, name, at)
    assert runs.due is not None
    assert expected.due is not None
    if expected.months is None:
        assert runs.due - at == expected.due - START
    assert read(pile, held, name, runs.due - timedelta(seconds=1)).state in ("running", "soon")
    assert read(pile, held, name, runs.due).state in ("late", "lapsed")


@every_clock
def test_a_node_that_was_down_over_the_end_sees_what_one_that_looked_all_the_time_sees(name: str) -> None:
    pile, held = begun(name)
    due = read(pile, held, name, START).due
    assert due is not None
    wakes = due + timedelta(hours=5)
    steps = int((wakes - START) / timedelta(hours=7))
    for n in range(min(steps, 200)):
        _told(pile, held, START + n * timedelta(hours=7))
    looked = _told(pile, held, wakes)
    down_pile, same = begun(name)
    assert _told(down_pile, same, wakes) == looked


def _told(pile: Pile, held: Held, at: datetime) -> Aspect:
    pile.now = at
    return aspect_of(held, pile)
