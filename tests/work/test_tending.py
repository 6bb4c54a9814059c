"""Tending: every turn of a clock is told once, whatever became of the node meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from tansiq.model.label import Level, Party, label
from tansiq.policy.permits import Reader
from tansiq.work.outside import Post, Wishes, wish
from tansiq.work.sign_in import Given
from tansiq.work.tending import TOLD, Turn, tend
from tests.boards.pile import record_id
from tests.federation import START
from tests.work.nodes import Node, done, make_node, put

READER, CLEARED = Reader(Party("ML"), "restricted"), Reader(Party("ML"), "secret")
FIELDS = {
    "notice": "N-1",
    "court": "محكمة",
    "ref": "12/31",
    "identifiers": [{"mark": "الميلاد"}],
    "offence": "خطف",
    "refugee_check": "تم",
    "asylum_check": "تم",
    "purpose": "إبلاغ القضاء",
    "dual_criminality": True,
    "non_political": True,
    "adult": True,
    "review_h": 168,
}


@pytest.fixture
def node(tmp_path: Path) -> Node:
    made = make_node(tmp_path)
    done(put(made.desk(), "إشعار", kind="judicial-notice", fields=FIELDS))
    return made


def post(node: Node) -> Post:
    return Post(node.store, lambda: node.world.charter, node.clock)


def at(node: Node, hours: float) -> list[tuple[str, str]]:
    """What the node tells of at an hour after the start."""
    node.clock.set(START + timedelta(hours=hours))
    return [(turn.name, turn.state) for turn in tend(post(node))]


def test_each_turn_is_told_once(node: Node) -> None:
    assert at(node, 1) == []
    assert at(node, 121) == [("notice_review", "soon")]
    assert at(node, 122) == []
    assert at(node, 168) == [("notice_review", "lapsed"), ("notice-suspended", "alert")]
    assert at(node, 169) == at(node, 9_000) == []


def test_a_node_that_was_down_over_a_deadline_tells_at_its_next_look(node: Node) -> None:
    assert at(node, 200) == [("notice_review", "lapsed"), ("notice-suspended", "alert")]


def test_after_four_years_every_clock_is_right_and_nothing_is_archived(node: Node) -> None:
    assert at(node, 4 * 365 * 24) == [("notice_review", "lapsed"), ("notice-suspended", "alert")]
    assert at(node, 4 * 365 * 24 + 1) == []
    with node.store.read() as rx:
        assert len(rx.papers(TOLD)) == 2


def test_a_clock_set_back_tells_nothing_twice(node: Node) -> None:
    assert len(at(node, 168)) == 2
    assert at(node, 10) == at(node, 168) == []
    assert at(node, 130) == [("notice_review", "soon")]


def test_a_leap_of_local_time_moves_no_clock(tmp_path: Path) -> None:
    """Paris leaps at one in the morning, UTC, of the thirtieth of March 2031."""
    node = make_node(tmp_path)
    leap = datetime(2031, 3, 30, 1, tzinfo=UTC)
    node.clock.set(leap - timedelta(hours=100))
    done(put(node.desk(), "إشعار", kind="judicial-notice", fields=FIELDS))
    seen = []
    for hours in (119.9, 120, 167.9, 168):
        node.clock.set(leap + timedelta(hours=hours - 100))
        seen.append([turn.state for turn in tend(post(node))])
    assert seen == [[], ["soon"], [], ["lapsed", "alert"]]


def test_a_restart_between_telling_and_noting_tells_nobody_twice(node: Node) -> None:
    desk = node.desk("analyst")
    assert wish(desk, Wishes(mail="duty@ml.test", urgencies=("alarm", "clock"))) is None
    assert len(at(node, 168)) == 2
    with node.store.read() as rx:
        before, told = rx.notices_of(desk.officer.id), rx.papers(TOLD)
    with node.store.write() as tx:
        for paper in told:
            tx.drop_paper(paper.id)
    assert len(at(node, 168)) == 2
    with node.store.read() as rx:
        assert rx.notices_of(desk.officer.id) == before


def test_a_clock_begun_anew_is_told_anew(node: Node) -> None:
    assert len(at(node, 168)) == 2
    fields = {"notice": "N-1", "review_result": "upheld"}
    done(put(node.desk(), "مراجعة", kind="review", fields=fields))
    assert at(node, 168 + 119) == []
    assert at(node, 168 + 120) == [("notice_review", "soon")]


def test_what_an_officer_may_not_read_turns_no_clock_for_him_and_stops_none(node: Node) -> None:
    """The review that begins the clock anew is above one officer's clearance: he hears of the old end."""
    below, above = node.desk("analyst"), node.desk("release")
    _clear(node, "analyst", "restricted")
    for desk in (below, above):
        assert wish(desk, Wishes(mail=f"{desk.officer.id}@ml.test", urgencies=("alarm", "clock"))) is None
    fields = {"notice": "N-1", "review_result": "upheld"}
    node.clock.set(START + timedelta(hours=100))
    under = label(["ML", "NE"], level="confidential")
    done(put(node.desk("duty"), "مراجعة", kind="review", fields=fields, under=under))
    node.clock.set(START + timedelta(hours=121))
    tend(post(node))
    with node.store.read() as rx:
        told = {desk.officer.id: len(rx.notices_of(desk.officer.id)) for desk in (below, above)}
    assert told == {"analyst": 1, "release": 0}


def _clear(node: Node, officer: str, clearance: Level) -> None:
    """Give an account another clearance."""
    with node.store.write() as tx:
        row = tx.officer(officer)
        assert row is not None
        reader = msgspec.msgpack.encode(Given(clearance=clearance))
        tx.save_officer(replace(row, reader=reader))


def test_a_turn_is_known_by_record_clock_end_and_state() -> None:
    record = record_id(1)
    one = Turn(record, "rfi", "soon", "clock", START)
    others = [Turn(record, "rfi", "late", "clock", START), Turn(record, "rfi", "soon", "clock", None)]
    assert one.mark(READER) not in {other.mark(READER) for other in others} | {one.mark(CLEARED)}
