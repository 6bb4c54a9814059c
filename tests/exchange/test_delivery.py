"""From one desk to another: what is sent, to whom, in what order, once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tansiq.base.clock import millis
from tansiq.exchange.carriers.memory import Faults
from tansiq.exchange.outbox import SEGMENT_BYTES
from tansiq.exchange.peers import is_cut, peers
from tansiq.exchange.protocol import CarrierDown
from tansiq.exchange.verdict import Duplicate, Taken
from tansiq.model.kinds.report import Report
from tansiq.model.label import Party, label
from tansiq.model.record import LIFE_THREAT
from tests.exchange.amending import adopt, amended
from tests.simulate.nodes import World, world_of
from tests.store.making import tombstone

FOUR = ("DZ", "ML", "MR", "NE")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    found = world_of(tmp_path, FOUR)
    yield found
    found.close()


def frames_for(world: World, party: str, *, alert: bool = False) -> list[bytes]:
    entry = world.federation.charter.party(party)
    assert entry is not None
    box = entry.alert_mailbox if alert else entry.mailbox
    return [w.frame for w in world.net.due(box, 100)]


def test_a_record_reaches_exactly_the_parties_of_its_label(world: World) -> None:
    world["ML"].write(["NE"], title="لنيامي وحدها")
    world["ML"].write(["DZ", "NE"], title="لاثنتين")
    world.settle()
    assert world["NE"].titles() == ["لاثنتين", "لنيامي وحدها"]
    assert world["DZ"].titles() == ["لاثنتين"]
    assert world["MR"].titles() == []


def test_a_record_for_everybody_reaches_every_party(world: World) -> None:
    world["ML"].write(label(["*"], level="open"), title="بيان")
    world.settle()
    assert all(world[p].titles() == ["بيان"] for p in FOUR)


def test_the_received_bytes_are_those_that_were_signed(world: World) -> None:
    sent = world["ML"].write(["NE"])
    world.settle()
    with world["NE"].store.read() as rx:
        found = rx.record(sent.header.id)
        assert found is not None
        assert found.held.signed == sent.signed


def test_the_receipt_comes_home_and_is_not_receipted(world: World) -> None:
    sent = world["ML"].write(["NE"])
    world.settle()
    with world["ML"].store.read() as rx:
        assert [(r.party, r.state) for r in rx.receipts(sent.header.id)] == [("NE", "stored")]
    with world["NE"].store.read() as rx:
        assert [f.number for f in rx.feeds_out()] == [1]
        assert [f.announced for f in rx.feeds_in(Party("ML"))] == [1]


def test_a_record_kept_to_its_originator_never_leaves(world: World) -> None:
    world["ML"].write(["ML"])
    world.step()
    assert world.net.carried == 0


def test_many_records_of_one_set_travel_in_segments_of_a_hundred(world: World) -> None:
    for n in range(230):
        world["ML"].write(["NE"], title=f"{n}")
    asyncio.run(world["ML"].link.pump())
    assert world.net.carried == 3
    world.settle()
    assert len(world["NE"].ids()) == 230


def test_large_records_do_not_share_a_segment_beyond_its_size(world: World) -> None:
    for n in range(12):
        world["ML"].write(["NE"], body=Report(title=f"{n}", text="ن" * 30_000))
    asyncio.run(world["ML"].link.pump())
    assert world.net.carried == 1 + 12 * 60_000 // SEGMENT_BYTES
    world.settle()
    assert len(world["NE"].ids()) == 12


def test_a_life_threat_goes_first_and_into_the_alert_mailbox(world: World) -> None:
    world["ML"].write(["NE"], title="روتيني")
    world["ML"].write(["NE"], title="خطر على الحياة", priority=LIFE_THREAT)
    asyncio.run(world["ML"].link.pump("alert"))
    assert len(frames_for(world, "NE", alert=True)) == 1
    assert frames_for(world, "NE") == []
    asyncio.run(world["NE"].link.drain())
    assert world["NE"].titles() == ["خطر على الحياة"]
    world.settle()
    assert len(world["NE"].titles()) == 2


def test_a_frame_delivered_twice_is_taken_once(world: World) -> None:
    world["ML"].write(["NE"])
    asyncio.run(world["ML"].link.pump())
    (frame,) = frames_for(world, "NE")
    receiver = world["NE"].link.receiver
    assert receiver.take(frame) == Taken(new=1)
    assert receiver.take(frame) == Duplicate()
    assert len(world["NE"].titles()) == 1


def test_a_segment_before_its_time_is_taken_and_the_gap_shows_until_it_closes(world: World) -> None:
    for title in ("الأول", "الثاني"):
        world["ML"].write(["NE"], title=title)
        asyncio.run(world["ML"].link.pump())
    first, second = frames_for(world, "NE")
    receiver = world["NE"].link.receiver
    receiver.take(second)
    assert world["NE"].titles() == ["الثاني"]
    with world["NE"].store.read() as rx:
        (feed,) = rx.feeds_in(Party("ML"))
        assert rx.gaps(feed.feed) == (1,)
        assert [p.gaps for p in peers(rx, world.federation.charter, now=world.clock.now()) if p.gaps] == [1]
    receiver.take(first)
    with world["NE"].store.read() as rx:
        assert rx.gaps(feed.feed) == ()


def test_what_the_carrier_lost_is_asked_for_and_sent_again(world: World) -> None:
    world.net.faults = Faults(loss=1.0)
    lost = world["ML"].write(["NE", "DZ"], title="ضاع")
    world.step()
    world.net.faults = Faults()
    world["ML"].write(["NE", "DZ"], title="وصل")
    world.settle()
    assert world["NE"].titles() == world["DZ"].titles() == ["ضاع", "وصل"]
    with world["ML"].store.read() as rx:
        assert {r.party for r in rx.receipts(lost.header.id)} == {"NE", "DZ"}


def test_a_loss_at_the_end_of_a_feed_shows_by_the_head_list(world: World) -> None:
    world.net.faults = Faults(loss=1.0)
    world["ML"].write(["NE"])
    world.step()
    world.net.faults = Faults()
    world.step()
    assert world["NE"].titles() == []
    world.settle()
    assert len(world["NE"].titles()) == 1


def test_while_a_link_is_cut_work_goes_on_and_afterwards_it_catches_up(world: World) -> None:
    niger = world["NE"]
    niger.link.cut()
    world["ML"].write(["NE"], title="في الانقطاع")
    niger.write(["ML"], title="من نيامي")
    world.step()
    assert niger.titles() == ["من نيامي"]
    assert world["ML"].titles() == ["في الانقطاع"]
    with niger.store.read() as rx:
        assert is_cut(rx)
        now = world.clock.now()
        (mali,) = [p for p in peers(rx, world.federation.charter, now=now) if p.party == "ML"]
        assert mali.lag.count == 1
    niger.link.restore()
    world.settle()
    assert niger.titles() == world["ML"].titles() == ["في الانقطاع", "من نيامي"]


def test_a_carrier_that_is_away_loses_nothing(world: World) -> None:
    world.cut("ML")
    world["ML"].write(["NE"])
    with pytest.raises(CarrierDown):
        asyncio.run(world["ML"].link.pump())
    world.cut()
    world.settle()
    assert len(world["NE"].titles()) == 1


def test_a_correction_replaces_the_version_before(world: World) -> None:
    first = world["ML"].write(["NE"], title="قديم")
    second = world["ML"].sign(
        ["NE"], Report(title="مصحّح"), id=first.header.id, version=2, previous=first.digest
    )
    world["ML"].enter(second)
    world.settle()
    assert world["NE"].titles() == ["مصحّح"]


def test_what_was_buried_at_the_sender_travels_as_its_digest_alone(world: World) -> None:
    kept = world["ML"].write(["NE"], title="باق")
    gone = world["ML"].write(["NE"], title="محذوف")
    world.net.faults = Faults(loss=1.0)
    world.step()
    world.net.faults = Faults()
    with world["ML"].store.write() as tx:
        tx.bury(gone.header.id, (1,), tombstone(gone))
    world.settle()
    assert world["NE"].ids() == {kept.header.id}
    assert world["NE"].codes() == []


def test_a_suspended_party_gets_nothing_and_what_it_missed_is_closed_with_digests(world: World) -> None:
    world.cut("ML")
    record = world["ML"].write(["NE", "DZ"])
    with pytest.raises(CarrierDown):
        asyncio.run(world["ML"].link.pump())
    world.cut()
    now, mali = world.clock.now(), world["ML"]
    barred = amended(world.federation, world.federation.signed, "NE", now=now, suspended_ms=millis(now))
    adopt(mali.store, mali.link.book, barred, now=now)
    for _ in range(6):
        world.step(heads=True)
    assert world["DZ"].link.book.epoch == 2
    assert world["DZ"].ids() == {record.header.id}
    assert world["NE"].ids() == set()
    lifted = amended(world.federation, barred, "NE", now=world.clock.now(), suspended_ms=None)
    adopt(mali.store, mali.link.book, lifted, now=world.clock.now())
    world.settle()
    assert all(world[p].link.book.epoch == 3 for p in FOUR)
    assert world["NE"].ids() == set()
    with world["NE"].store.read() as rx:
        assert [f.position for f in rx.feeds_in(Party("ML"))] == [
            f.announced for f in rx.feeds_in(Party("ML"))
        ]
