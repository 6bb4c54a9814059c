"""Withdrawal at every copy: whatever comes first, whoever is away, whatever a clock says."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tansiq.base.clock import SetClock, millis
from tansiq.base.ids import id_of
from tansiq.exchange.heard_clock import HeardClock
from tansiq.exchange.outbox import rebuilt
from tansiq.model.kinds.grant import Grant
from tansiq.model.kinds.purge_proof import PurgeProof
from tansiq.model.kinds.recall import Recall
from tansiq.model.kinds.report import Report
from tansiq.model.label import Party, label
from tansiq.model.record import RECALL, Record
from tansiq.policy.permits import Reader
from tansiq.seal import Buried, verify_segment
from tansiq.store.verify import verify
from tansiq.work.hidden_affairs import visible_quarantine
from tansiq.work.save_draft import save_draft, saved_draft
from tests.exchange.test_inbox import envelope, segment_of
from tests.federation import START
from tests.simulate.desks import desk_at
from tests.simulate.nodes import Node, World, current, world_of

DAY = timedelta(days=1)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    found = world_of(tmp_path, ("DZ", "ML", "NE"))
    yield found
    found.close()


def recalled(world: World, record: Record, to: tuple[str, ...] = ("NE",), **said: Any) -> Record:
    body = Recall(title="سحب", record=id_of(record.header.id), reason="خطأ", **said)
    return world["ML"].write({*to, "ML"}, body=body, priority=RECALL)


def states(node: Node, record: Record) -> set[tuple[str, str, str]]:
    with node.store.read() as rx:
        return {(r.party, r.state, r.reason) for r in rx.receipts(record.header.id)}


def test_a_refused_record_that_is_taken_back_tells_nobody_that_it_was(world: World) -> None:
    """No bytes are left to read its label from; the page of what was refused stands."""
    record = world["ML"].write(label(["ML", "NE"]), body=Report(title="قول", obtained="detainee"))
    world.settle()
    node = world["NE"]
    unread = Reader(Party("NE"), "open")
    for cleared, before in ((desk_at(node).officer.reader, ["obtained.unmarked"]), (unread, [])):
        with node.store.read() as rx:
            assert [r.code for r in visible_quarantine(rx, cleared, now=world.clock.now())] == before
    recalled(world, record)
    world.settle()
    for reader in (desk_at(node).officer.reader, unread):
        with node.store.read() as rx:
            assert visible_quarantine(rx, reader, now=world.clock.now()) == ()


def withhold(world: World, record: Record) -> None:
    """Take a record out of what waits to be sent."""
    with world["ML"].store.write() as tx:
        tx.unqueue(record.header.id)


def bring(world: World, record: Record, to: tuple[str, ...] = ("NE",)) -> None:
    with world["ML"].store.write() as tx:
        tx.queue(record.digest, tuple(Party(p) for p in to), record.header.priority)


def test_a_recall_of_what_never_came_refuses_it_for_ever(world: World) -> None:
    record = world["ML"].write(["NE"], title="لم يصل")
    withhold(world, record)
    with world["ML"].store.write() as tx:
        tx.append(record, received_ms=0)
    recalled(world, record)
    world.settle()
    with world["NE"].store.read() as rx:
        assert rx.waiting() == ()
        assert rx.tombstone(record.header.id) is not None
    world["NE"].link.receiver.take(frame_of(world, record))
    assert "لم يصل" not in world["NE"].titles()
    assert ("NE", "purged", "") in states(world["ML"], record)


def frame_of(world: World, record: Record) -> bytes:
    """An old segment with the record, as a parcel of last week holds it."""
    return envelope(world, segment_of(world["ML"], [record.signed], number=9, previous=b"\x01" * 32))


def test_what_is_asked_for_again_after_a_recall_comes_as_its_digest(world: World) -> None:
    record = world["ML"].write(["NE"], title="يُسحب")
    asyncio.run(world["ML"].link.pump())
    world.net.cut(("NE",))
    recalled(world, record)
    with world["ML"].store.read() as rx:
        (sent,) = rx.sent_to(record.digest)
        row = rx.segment(sent.feed, sent.number)
        assert row is not None
        again = rebuilt(rx, row, (Party("NE"),))
    assert again.items == (Buried(record.digest),)
    assert verify_segment(again, world.federation.charter, me=Party("NE")) is None
    assert "يُسحب" in world["ML"].titles()


def test_the_originators_own_copy_stays_for_him_alone(world: World) -> None:
    record = world["ML"].write(label(["*"], level="open"), title="كان عاماً")
    world.settle()
    recalled(world, record, ("NE", "DZ"))
    with world["ML"].store.read() as rx:
        bears = rx.label_of(record.header.id)
    assert bears is not None
    assert bears.audience == ("ML",)


def test_a_record_that_waits_for_a_recalled_one_is_settled_by_the_recalls_label(world: World) -> None:
    source = world["ML"].write(["NE", "DZ"], title="المصدر")
    world.settle()
    derived = world["DZ"].write(["NE", "ML"], title="المشتق", sources=(source.header.id,))
    recalled(world, source, ("NE", "DZ"))
    world.settle()
    for party in ("NE", "ML"):
        assert "المشتق" in world[party].titles()
    assert "المصدر" not in world["NE"].titles()
    with world["DZ"].store.read() as rx:
        assert rx.resting_on_withdrawn(Party("DZ")) == ((derived.id, source.id),)


@pytest.mark.parametrize("recall_first", [False, True])
def test_what_rests_on_a_withdrawn_record_fares_alike_in_any_order(
    world: World, *, recall_first: bool
) -> None:
    source = world["ML"].write(["NE", "DZ"], title="المصدر")
    world.settle()
    world.cut("DZ")
    derived = world["DZ"].write(["NE", "ML"], title="المشتق", sources=(source.header.id,))
    if not recall_first:
        world.cut()
        world.settle()
    recalled(world, source, ("NE", "DZ"))
    world.step()
    world.cut()
    world.settle()
    assert world["NE"].titles().count("المشتق") == 1
    with world["NE"].store.read() as rx:
        assert rx.record(derived.header.id) is not None
        assert [w.record_id for w in rx.withdrawals(source.header.id)] == [source.id]


def test_what_rests_on_a_refused_record_is_refused_and_does_not_wait(world: World) -> None:
    closed = world["ML"].write(label(["ML", "NE"], compartments=["ORYX"]), title="مرفوض")
    resting = world["ML"].write(
        label(["ML", "NE"], compartments=["ORYX"]), title="عليه", sources=(closed.header.id,)
    )
    plain = world["ML"].write(["NE"], title="يشير", sources=())
    world.settle()
    assert ("NE", "refused", "label.compartment") in states(world["ML"], resting)
    assert world["NE"].titles() == ["يشير"]
    assert ("NE", "stored", "") in states(world["ML"], plain)


def test_nothing_waits_for_ever(world: World) -> None:
    absent = world["ML"].sign(["NE"], Report(title="لا يُرسل"))
    with world["ML"].store.write() as tx:
        tx.append(absent, received_ms=0)
    waits = world["ML"].write(["NE"], title="ينتظر", sources=(absent.header.id,))
    world.settle()
    world.clock.set(world.clock.now() + 13 * DAY)
    world["NE"].keep_up()
    with world["NE"].store.read() as rx:
        assert len(rx.waiting()) == 1
    world.clock.set(world.clock.now() + 2 * DAY)
    world["NE"].keep_up()
    world.settle()
    assert ("NE", "refused", "record.source-missing") in states(world["ML"], waits)
    with world["NE"].store.read() as rx:
        assert rx.waiting() == ()


def test_a_record_dated_far_ahead_waits_until_its_time_is_near(world: World) -> None:
    ahead = millis(world.clock.now() + 4 * DAY)
    world["ML"].write(["NE"], title="من الغد", created_ms=ahead)
    near = millis(world.clock.now() + 2 * DAY)
    world["ML"].write(["NE"], title="ساعة متقدمة", created_ms=near)
    world.settle()
    assert world["NE"].titles() == ["ساعة متقدمة"]
    world.clock.set(world.clock.now() + 2 * DAY)
    world["NE"].keep_up()
    assert world["NE"].titles() == ["ساعة متقدمة", "من الغد"]


def test_a_narrowing_drops_the_dropped_and_ends_their_grants(world: World) -> None:
    record = world["ML"].write(["NE"], title="يُضيَّق")
    granted = Grant(title="إذن", record=record.id, to=(Party("DZ"),))
    world["ML"].write({"ML", "NE", "DZ"}, body=granted)
    bring(world, record, ("DZ",))
    world.settle()
    assert record.header.id in world["DZ"].ids()
    world.step()
    recalled(world, record, ("NE", "DZ"), mode="narrow", keep=(Party("NE"),))
    world.settle()
    assert record.header.id not in world["DZ"].ids()
    for party in ("ML", "NE"):
        with world[party].store.read() as rx:
            bears = rx.label_of(record.header.id)
            assert bears is not None
            assert not bears.reaches(Party("DZ"))
            assert bears.reaches(Party("NE"))
    assert ("DZ", "purged", "") in states(world["ML"], record)
    assert all(verify(node.store).ok for node in world.nodes.values())


def test_what_has_ended_is_destroyed_and_declared_once_others_bear_the_clock_out(world: World) -> None:
    ends = world.clock.now() + timedelta(minutes=5)
    record = world["ML"].write(label(["ML", "NE"], until=ends), title="ينتهي")
    world.settle()
    world["NE"].keep_up()
    assert record.header.id in world["NE"].ids()
    world.clock.set(ends)
    for node in world.nodes.values():
        node.keep_up()
    world.settle()
    for party in ("ML", "NE"):
        assert record.header.id not in world[party].ids()
        assert verify(world[party].store).ok
    assert ("NE", "purged", "") in states(world["ML"], record)
    (proof,) = [r.body for r in proofs(world["ML"])]
    assert isinstance(proof, PurgeProof)
    assert (proof.record, proof.why, proof.held) == (record.id, "expired", True)


def test_what_an_officer_left_half_written_on_a_record_ends_with_it(world: World) -> None:
    ends = world.clock.now() + timedelta(minutes=5)
    record = world["ML"].write(label(["ML", "NE"], until=ends), title="ينتهي")
    world.settle()
    desk, place = desk_at(world["NE"]), "/records/report/new"
    assert save_draft(desk, place, {"h.sources.0": [record.id], "f.text": ["ما نُقل عنه"]}) is None
    assert save_draft(desk, "/else", {"f.text": ["غيره"]}) is None
    world.clock.set(ends)
    for node in world.nodes.values():
        node.keep_up()
    world.settle()
    with world["NE"].store.read() as rx:
        assert saved_draft(rx, desk.officer, place) is None
        assert saved_draft(rx, desk.officer, "/else") is not None


def proofs(node: Node) -> list[Record]:
    with node.store.read() as rx:
        return [r.held for r in current(rx) if r.held.header.kind == "purge-proof/1"]


def test_a_clock_two_days_ahead_destroys_nothing(world: World) -> None:
    record = world["ML"].write(label(["ML", "NE"], until=world.clock.now() + DAY), title="باق")
    world.settle()
    node = world["NE"]
    ahead = SetClock(world.clock.now() + 2 * DAY)
    node.witness = HeardClock(ahead, lambda: 0.0)
    with node.store.read() as rx:
        for feed in rx.feeds_in():
            node.witness.hear(feed.originator, feed.at_ms)
    assert not node.witness.vouched
    node.keep_up()
    assert record.header.id in node.ids()


def test_a_clock_two_days_behind_shows_nothing_that_two_others_know_has_ended() -> None:
    behind = SetClock(START - 2 * DAY)
    witness = HeardClock(behind, lambda: 0.0)
    witness.hear(Party("DZ"), millis(START))
    assert witness.now() == START - 2 * DAY
    witness.hear(Party("MR"), millis(START + 2 * DAY))
    assert witness.now() == START - 2 * DAY, "one more than 72 h ahead is not followed"
    witness.hear(Party("ML"), millis(START - timedelta(hours=1)))
    assert witness.now() == START - timedelta(hours=1)
    assert witness.sure_ms == millis(START - 2 * DAY)


def test_a_clock_set_by_hand_is_not_vouched_for_until_others_are_heard() -> None:
    own, steady = SetClock(START), [0.0]
    witness = HeardClock(own, lambda: steady[0])
    witness.hear(Party("DZ"), millis(START))
    assert not witness.vouched, "one party's word is not enough"
    witness.hear(Party("ML"), millis(START))
    own.set(START + timedelta(hours=1))
    assert not witness.vouched
    steady[0] = 3600.0
    assert witness.vouched
    assert witness.sure_ms == millis(START + timedelta(hours=1))
    own.set(START + 2 * DAY)
    assert witness.sure_ms == millis(START)


@pytest.mark.parametrize("signed_ms", [2**62, millis(START + 200 * DAY)])
def test_one_party_that_signs_any_time_lets_nothing_be_destroyed(signed_ms: int) -> None:
    ahead = SetClock(START + 200 * DAY)
    witness = HeardClock(ahead, lambda: 0.0)
    witness.hear(Party("DZ"), millis(START))
    witness.hear(Party("NE"), signed_ms)
    assert not witness.vouched
    assert witness.sure_ms == (0 if signed_ms == 2**62 else millis(START))


def test_a_time_signed_far_ahead_is_not_noted_and_a_noted_one_is_forgotten() -> None:
    own = SetClock(START + 200 * DAY)
    witness = HeardClock(own, lambda: 0.0)
    witness.hear(Party("NE"), millis(START + 200 * DAY))
    witness.hear(Party("MR"), millis(START + 200 * DAY))
    own.set(START)
    for party in ("NE", "MR", "DZ"):
        witness.hear(Party(party), millis(START + 4 * DAY))
    assert witness.sure_ms == 0
    own.set(START + 200 * DAY + timedelta(hours=1))
    assert witness.sure_ms == 0, "what was forgotten is not believed again"
