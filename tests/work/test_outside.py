"""Who is told outside the page, of what, and when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tansiq.base.clock import SetClock, millis
from tansiq.base.ids import id_of
from tansiq.base.refusal import Refusal
from tansiq.model.label import label
from tansiq.model.record import Record
from tansiq.policy.clearance import OfficerRole
from tansiq.work.outside import Post, Wishes, due_at, gather, may_still, tell, wish
from tests.store.making import Maker, holding
from tests.work.nodes import Node, done, make_node, put

NIGHT = datetime(2031, 3, 2, 1, tzinfo=UTC)
ALL = Wishes(mail="duty@post.test", phone="+22370000000", urgencies=("life", "alarm", "clock"))


@pytest.fixture
def node(tmp_path: Path) -> Node:
    made = make_node(tmp_path, protected=("HOSTAGE",))
    gather(post(made))  # the first look begins the count
    return made


def post(node: Node) -> Post:
    return Post(node.store, lambda: node.world.charter, node.clock)


def wanting(node: Node, role: OfficerRole = "duty", wishes: Wishes = ALL, **given: tuple[str, ...]) -> str:
    desk = node.desk(role, **given)
    assert wish(desk, wishes) is None
    return desk.officer.id


def came(node: Node, **given: object) -> Record:
    record = Maker(f"{given}")(originator="NE", **given)  # type: ignore[arg-type]
    with node.store.write() as tx:
        tx.append(record, received_ms=millis(node.clock.now()))
    return record


def told(node: Node, officer: str) -> list[tuple[int, str]]:
    with node.store.read() as rx:
        return [(n.number, n.about.urgency) for n in rx.notices_of(officer)]


def test_danger_to_life_that_comes_is_told_once_on_every_way(node: Node) -> None:
    officer = wanting(node)
    came(node, priority=0)
    assert gather(post(node)) == 1
    assert gather(post(node)) == 0
    assert told(node, officer) == [(1, "life")]
    with node.store.read() as rx:
        ways = rx.spool_due(now_ms=millis(node.clock.now()))
    assert {(w.way, w.to) for w in ways} == {("mail", "duty@post.test"), ("phone", "+22370000000")}


def test_an_ordinary_report_is_told_nobody(node: Node) -> None:
    officer = wanting(node)
    came(node)
    assert gather(post(node)) == 0
    assert told(node, officer) == []


def test_what_an_officer_may_not_read_makes_no_notice_for_him(node: Node) -> None:
    holder = wanting(node, compartments=("ORYX",))
    other = wanting(node, "legal")
    came(node, priority=0, bears=label(["ML", "NE"], compartments=["ORYX"]))
    assert gather(post(node)) == 1
    assert told(node, holder) == [(1, "life")]
    assert told(node, other) == []
    came(node, priority=0)
    gather(post(node))
    assert told(node, other) == [(1, "life")]


def test_nothing_under_a_protected_compartment_is_told_outside(node: Node) -> None:
    holder = wanting(node, compartments=("HOSTAGE",))
    holding(node.store, "HOSTAGE", officer=holder)
    record = came(node, priority=0, bears=label(["ML", "NE"], compartments=["HOSTAGE"]))
    assert gather(post(node)) == 0
    assert tell(post(node), id_of(record.header.id), "clock") == 0
    assert told(node, holder) == []


def test_an_officer_does_not_hear_of_what_he_has_signed(node: Node) -> None:
    author, other = wanting(node, "release"), wanting(node, "duty")
    record = done(put(node.desk("release"), "تنبيه"))
    assert tell(post(node), record, "clock", node.clock.now() + timedelta(hours=3)) == 1
    assert told(node, author) == []
    assert told(node, other) == [(1, "clock")]


def test_only_the_urgencies_asked_for_are_told(node: Node) -> None:
    officer = wanting(node, wishes=Wishes(mail="duty@post.test", urgencies=("life",)))
    record = done(put(node.desk("release"), "تنبيه"))
    assert tell(post(node), record, "clock") == 0
    assert told(node, officer) == []


def test_who_may_no_longer_read_is_no_longer_told(node: Node) -> None:
    officer = wanting(node, "interpreter")
    came(node, priority=0)
    gather(post(node))
    with node.store.write() as tx:
        (notice,) = tx.notices_of(officer)
        assert may_still(tx, notice, node.clock.now()) is not None
        row = tx.officer(officer)
        assert row is not None
        tx.save_officer(type(row)(**{n: getattr(row, n) for n in row.__slots__} | {"active": False}))
        assert may_still(tx, notice, node.clock.now()) is None


@pytest.mark.parametrize(
    ("at", "urgency", "hour"),
    [
        (NIGHT, "clock", 6),
        (NIGHT, "life", 1),
        (NIGHT.replace(hour=23), "alarm", 6),
        (NIGHT.replace(hour=12), "alarm", 12),
    ],
)
def test_quiet_hours_hold_back_all_but_what_wakes(at: datetime, urgency: str, hour: int) -> None:
    wishes = Wishes(quiet_from="22:00", quiet_to="06:00")
    found = due_at(wishes, urgency, at, ZoneInfo("UTC"))  # type: ignore[arg-type]
    assert found.hour == hour
    assert timedelta(0) <= found - at < timedelta(hours=8)


def test_quiet_hours_are_those_of_the_post(node: Node) -> None:
    wishes = Wishes(quiet_from="13:00", quiet_to="14:00")
    at = datetime(2031, 3, 2, 12, 30, tzinfo=UTC)
    assert due_at(wishes, "alarm", at, ZoneInfo("Africa/Algiers")) == at + timedelta(minutes=30)
    assert due_at(wishes, "alarm", at, ZoneInfo("UTC")) == at


@pytest.mark.parametrize(
    ("wishes", "reason"),
    [
        (Wishes(mail="duty@post.test\nBcc: x@y.z"), "outside.mail"),
        (Wishes(phone="+223 or so"), "outside.phone"),
        (Wishes(quiet_from="22:00"), "outside.hours"),
    ],
)
def test_what_is_no_address_is_refused(node: Node, wishes: Wishes, reason: str) -> None:
    assert wish(node.desk(), wishes) == Refusal(reason)


def test_a_notice_keeps_no_word_of_its_record_at_rest(node: Node, tmp_path: Path) -> None:
    wanting(node)
    record = came(node, priority=0)
    gather(post(node))
    node.store.close()
    raw = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    assert b"duty@post.test" not in raw
    assert record.header.id in raw  # the log names it; the notice does not
    assert isinstance(node.clock, SetClock)
