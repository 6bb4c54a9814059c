"""Members witness each other's journals: rewriting, going back and telling two stories are seen."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tansiq.base.clock import millis
from tansiq.base.ids import SystemEntropy
from tansiq.exchange.witness import ALARMS, SEEN_LIMIT
from tansiq.model.kinds.report import Report
from tansiq.model.label import Party
from tansiq.model.record import REPORT
from tansiq.seal import HeadList, JournalHead, SegmentHead, feed_id, sign_segment
from tansiq.store.store import Store
from tansiq.store.witness import START, Stamp, committed, folded, stamp_hash
from tests.simulate.nodes import Node, World, world_of

THREE = ("DZ", "ML", "NE")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = world_of(tmp_path, THREE)
    yield made
    made.close()


def rounds(world: World, count: int = 2) -> None:
    """Head lists go round, and what they ask for."""
    for _ in range(count):
        world.step(heads=True)
        world.step()
        world.clock.set(world.clock.now() + timedelta(days=1))


def alarms(node: Node) -> set[tuple[str, str]]:
    with node.store.read() as rx:
        return {(q.code, q.party) for q in rx.quarantined(1000) if q.code in ALARMS}


def image(node: Node, folder: Path) -> Path:
    """Return a copy of a node's database as it is now."""
    with node.store.write() as tx:
        tx.set_setting("image", "taken")
    node.store.scrub()
    return Path(shutil.copy(folder / f"{node.party}.db", folder / f"{node.party}.image"))


def put_back(node: Node, taken: Path, folder: Path) -> Node:
    """Return the node with an old image in the place of its database."""
    node.store.close()
    for left in folder.glob(f"{node.party}.db*"):
        left.unlink()
    shutil.copy(taken, folder / f"{node.party}.db")
    url = f"sqlite:///{folder}/{node.party}.db"
    store = Store.open(url, secret=b"s" * 32, clock=node.clock, entropy=SystemEntropy())
    node.link._store = store
    node.link.dispatcher._store = store
    node.link.receiver._store = store
    node.link._told_ms.clear()
    return replace(node, store=store)


def test_a_stamp_follows_from_the_one_before_and_tells_nothing() -> None:
    one, other = (committed(salt, (3, b"j" * 32), (9, b"l" * 32)) for salt in (b"a" * 32, b"b" * 32))
    assert one != other
    first = Stamp(1, stamp_hash(START, 1, one))
    assert folded(Stamp(0, START), [one]) == (first,)
    assert folded(first, [other])[-1] == Stamp(2, stamp_hash(first.hash, 2, other))


def test_honest_members_hold_each_others_stamps_and_raise_no_alarm(world: World) -> None:
    for _ in range(3):
        world["DZ"].write(["ML", "NE"])
        rounds(world)
    for party in THREE:
        assert alarms(world[party]) == set()
        with world[party].store.read() as rx:
            assert set(rx.witnessed_last()) == {Party(p) for p in THREE if p != party}
            own = rx.stamp_head()
            assert {r.teller for r in rx.retold(Party(party))} == {Party(p) for p in THREE if p != party}
            assert all(own.number - r.stamp.number <= 2 for r in rx.retold(Party(party)))


def test_the_number_of_a_stamp_does_not_tell_of_acts(world: World) -> None:
    with world["ML"].store.write() as tx:
        for n in range(40):
            tx.journal("search", officer="duty", at_ms=n)
    rounds(world)
    with world["DZ"].store.read() as rx:
        last = rx.witnessed_last()
    assert last[Party("ML")].number == last[Party("NE")].number


def test_an_old_image_put_back_is_seen_by_every_peer_and_by_the_node_itself(
    world: World, tmp_path: Path
) -> None:
    rounds(world)
    taken = image(world["DZ"], tmp_path)
    world["DZ"].write(["ML", "NE"])
    rounds(world, 3)
    world.nodes["DZ"] = put_back(world["DZ"], taken, tmp_path)
    rounds(world, 1)
    assert ("journal.rolled-back", "DZ") in alarms(world["ML"])
    assert ("journal.rolled-back", "DZ") in alarms(world["NE"])
    assert {("own.rolled-back", "ML"), ("own.feed-behind", "NE")} <= alarms(world["DZ"])


def test_a_rewritten_past_is_a_fork_to_every_peer(world: World) -> None:
    rounds(world)
    with world["DZ"].store.write() as tx:
        tx.conn.exec_driver_sql("DELETE FROM stamps")
        for n in range(8):
            tx.put_stamp(SystemEntropy(), at_ms=n)
    rounds(world, 1)
    assert ("journal.fork", "DZ") in alarms(world["ML"])
    assert ("journal.fork", "DZ") in alarms(world["NE"])
    assert ("own.fork", "ML") in alarms(world["DZ"])


def test_two_stories_to_two_peers_meet_within_one_exchange_between_them(world: World) -> None:
    rounds(world)
    dz = world["DZ"]
    with dz.store.read() as rx:
        head = rx.stamp_head()
    commitments = {"ML": b"m" * 32, "NE": b"n" * 32}
    for party, link in commitments.items():
        (stamp,) = folded(head, [link])
        told = HeadList(
            originator=dz.party,
            to=Party(party),
            created_ms=millis(world.clock.now()),
            epoch=dz.link.book.epoch,
            signer=dz.keys.signer_id,
            journal=JournalHead(stamp.number, stamp.hash),
            links=(link,),
        )
        asyncio.run(dz.link.post.note(told))
    world.cut("DZ")
    rounds(world, 1)
    assert alarms(world["ML"]) == set() or ("journal.split", "DZ") in alarms(world["ML"])
    rounds(world, 1)
    assert ("journal.split", "DZ") in alarms(world["ML"])
    assert ("journal.split", "DZ") in alarms(world["NE"])


def test_one_who_stops_to_show_what_lies_between_is_named(world: World) -> None:
    rounds(world, 3)
    dz = world["DZ"]
    told = HeadList(
        originator=dz.party,
        to=Party("ML"),
        created_ms=millis(world.clock.now()),
        epoch=dz.link.book.epoch,
        signer=dz.keys.signer_id,
        journal=JournalHead(99, b"x" * 32),
    )
    asyncio.run(dz.link.post.note(told))
    asyncio.run(world["ML"].link.drain())
    assert ("journal.unlinked", "DZ") in alarms(world["ML"])


def test_an_alarm_stands_once_until_it_is_settled(world: World, tmp_path: Path) -> None:
    rounds(world)
    taken = image(world["DZ"], tmp_path)
    rounds(world, 2)
    world.nodes["DZ"] = put_back(world["DZ"], taken, tmp_path)
    rounds(world, 1)
    with world["ML"].store.read() as rx:
        codes = [q.code for q in rx.quarantined(100)]
    assert codes.count("journal.rolled-back") == 1


def test_numbers_their_originator_has_lost_are_gaps_no_more(world: World) -> None:
    feed = feed_id("DZ", [Party("ML"), Party("NE")])
    with world["ML"].store.write() as tx:
        to = (Party("ML"), Party("NE"))
        tx.announce(feed, 3, hash=b"h" * 32, originator=Party("DZ"), recipients=to, at_ms=5)
        assert tx.gaps(feed) == (1, 2, 3)
        tx.give_up(feed, 1, 2)
        assert tx.gaps(feed) == (3,)
        assert tx.segment_hash(feed, 1) is None
        assert tx.newest_segment(feed) is None


def test_a_head_list_names_a_bounded_number_of_feeds() -> None:
    assert 0 < SEEN_LIMIT <= 1000


def test_two_segments_of_one_number_to_two_members_are_seen_by_both(world: World) -> None:
    dz, to = world["DZ"], (Party("ML"), Party("NE"))
    head = SegmentHead(
        originator=dz.party,
        recipients=to,
        number=1,
        previous=None,
        epoch=dz.link.book.epoch,
        signer=dz.keys.signer_id,
        created_ms=millis(world.clock.now()),
        priority=REPORT,
    )
    for party in to:
        told = dz.sign(["ML", "NE"], Report(title=f"قيل لـ{party}", text="رواية"))
        segment = sign_segment(head, (told.signed,), dz.keys)
        asyncio.run(dz.link.post.send(segment, (party,), "routine"))
    world.cut("DZ")
    rounds(world)
    assert ("feed.split", "DZ") in alarms(world["ML"])
    assert ("feed.split", "DZ") in alarms(world["NE"])
