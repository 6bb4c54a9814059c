"""A watch hands over by a signed note that copies nothing; the next one takes over, never its own."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tansiq.base.clock import millis
from tansiq.base.refusal import Refusal
from tansiq.policy.permits import permitted_ids
from tansiq.search.view import View
from tansiq.work.watch import Handover, acknowledge, begun_ms, changed, hand_over, watches
from tests.work.nodes import Node, done, make_node, put

WORDS = Handover("تسليم المناوبة", "على المناوب التالي: جواب النيجر قبل الظهر")


@pytest.fixture
def node(tmp_path: Path) -> Node:
    return make_node(tmp_path)


def fresh(node: Node, compartments: tuple[str, ...] = ()) -> list[str]:
    desk = node.desk(compartments=compartments)
    with node.store.read() as rx:
        permitted = permitted_ids(rx.labels(), desk.officer.reader, now=desk.now)
        view = View(node.store, permitted, millis(desk.now))
        return [row.id for row in changed(rx, view, begun_ms(rx, desk))]


def test_a_note_is_for_our_party_alone_and_points_without_copying(node: Node) -> None:
    record = done(put(node.desk("release"), "كمين", level="secret"))
    note = done(hand_over(node.desk(), Handover(WORDS.title, WORDS.text, (record,), "secret")))
    with node.store.read() as rx:
        held, its_label = rx.record(note), rx.label_of(note)
    assert held is not None
    assert its_label is not None
    assert (its_label.audience, its_label.level) == (("ML",), "secret")
    assert [r.record_id for r in held.header.refs] == [record]
    assert "كمين" not in held.held.signed.body.decode("utf8", "replace")


def test_a_note_does_not_sink_below_what_it_points_to(node: Node) -> None:
    record = done(put(node.desk("release"), "كمين", level="secret"))
    made = hand_over(node.desk(), Handover(WORDS.title, WORDS.text, (record,), "restricted"))
    assert made == Refusal("watch.level", frozenset({"secret"}))


def test_a_note_points_to_nothing_under_a_compartment(node: Node) -> None:
    hidden = done(put(node.desk(compartments=("ORYX",)), to=("ML",), compartments=("ORYX",)))
    note = Handover(WORDS.title, WORDS.text, (hidden,), "secret")
    assert hand_over(node.desk(compartments=("ORYX",)), note) == Refusal("watch.item")
    assert hand_over(node.desk(), note) == Refusal("watch.item")
    assert hidden not in fresh(node, compartments=("ORYX",))


def test_what_changed_begins_anew_with_each_note(node: Node) -> None:
    first = done(put(node.desk("release"), "قبل"))
    assert fresh(node) == [first]
    node.clock.set(node.clock.now() + timedelta(hours=1))
    note = done(hand_over(node.desk(), WORDS))
    node.clock.set(node.clock.now() + timedelta(hours=1))
    second = done(put(node.desk("release"), "بعد"))
    assert set(fresh(node)) == {second, note}


def test_the_next_watch_takes_over_once_and_nobody_his_own(node: Node) -> None:
    note = done(hand_over(node.desk(), WORDS))
    assert acknowledge(node.desk(), note, "", "ar") == Refusal("watch.own")
    taken = done(acknowledge(node.desk("analyst"), note, "قرأتها", "ar"))
    with node.store.read() as rx:
        (held,) = watches(rx)
        entry = rx.record(taken)
    assert (held.taken, held.taken_by) == (taken, "analyst")
    assert entry is not None
    assert [(r.role, r.record_id) for r in entry.header.refs] == [("acknowledges", note)]
    assert acknowledge(node.desk("release"), note, "", "ar") == Refusal("watch.none")


def test_an_empty_note_is_none(node: Node) -> None:
    assert hand_over(node.desk(), Handover("", "x")) == Refusal("watch.empty")
