"""R67: a node that was off for forty hours catches up by parcel, in any order, and takes nothing forged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest

from tansiq.exchange.parcels import Courier, ParcelMade, ParcelWriter
from tansiq.model.kinds.report import Report
from tansiq.model.label import Party
from tansiq.model.record import Signed, commit, digest_of
from tansiq.seal import frame
from tansiq.seal.keys import sign
from tests.exchange.test_hostile import forged
from tests.exchange.test_inbox import envelope, segment_of
from tests.simulate.nodes import Node, World, world_of

FOUR = ("DZ", "ML", "MR", "NE")
OFF_H = 40


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    found = world_of(tmp_path, FOUR)
    yield found
    found.close()


def courier(node: Node) -> Courier:
    return Courier(node.store, node.link, node.clock, node.entropy)


def forty_hours(world: World, folder: Path, steps: int = 3) -> list[Path]:
    """Niger is cut off; each of the others writes on, corrects, and makes a parcel for it."""
    world.cut("NE")
    first = world["ML"].write(FOUR, title="قبل التصحيح")
    parcels = []
    for hour, party in enumerate(("ML", "DZ", "MR")):
        world.clock.set(world.clock.now() + timedelta(hours=OFF_H / 3))
        world[party].write(FOUR, title=f"تقرير {party} {hour}")
        if party == "ML":
            body = Report(title="بعد التصحيح", text="ست عربات لا سبع")
            world["ML"].write(FOUR, body=body, id=first.header.id, version=2, previous=first.digest)
        for _ in range(steps):
            world.step(heads=True)
        made = courier(world[party]).make([Party("NE")], folder / party)
        assert isinstance(made, ParcelMade)
        parcels.append(folder / party)
    return parcels


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=lambda o: "".join(map(str, o)))
def test_r67_parcels_in_any_order_give_the_state_of_a_node_that_was_always_online(
    world: World, tmp_path: Path, order: tuple[int, ...]
) -> None:
    parcels = forty_hours(world, tmp_path)
    assert world["NE"].titles() == []
    for n in order:
        taken = courier(world["NE"]).take(parcels[n])
        assert taken.faults == []
    always = world["DZ"]
    assert (world["NE"].titles(), world["NE"].ids()) == (always.titles(), always.ids())
    assert "بعد التصحيح" in world["NE"].titles()
    assert "قبل التصحيح" not in world["NE"].titles()


def test_r67_its_own_work_goes_out_by_the_return_parcel(world: World, tmp_path: Path) -> None:
    forty_hours(world, tmp_path)
    world["NE"].write(FOUR, title="من أقديز")
    made = courier(world["NE"]).make([Party(p) for p in ("DZ", "ML", "MR")], tmp_path / "back")
    assert isinstance(made, ParcelMade)
    for party in ("DZ", "ML", "MR"):
        courier(world[party]).take(tmp_path / "back")
        assert "من أقديز" in world[party].titles()


def test_r67_a_replayed_parcel_changes_nothing(world: World, tmp_path: Path) -> None:
    parcels = forty_hours(world, tmp_path)
    for each in parcels:
        courier(world["NE"]).take(each)
    before = (world["NE"].titles(), world["NE"].ids())
    for each in parcels:
        again = courier(world["NE"]).take(each)
        assert (again.all_known, again.records) == (True, 0)
    assert (world["NE"].titles(), world["NE"].ids()) == before


def test_r67_what_was_not_sealed_by_a_member_is_refused_and_named(world: World, tmp_path: Path) -> None:
    entry = world.federation.charter.party(Party("NE"))
    assert entry is not None
    with ParcelWriter(tmp_path / "p", world["ML"].entropy) as writer:
        writer.add(frame(entry.mailbox, b"anything at all"))
    taken = courier(world["NE"]).take(tmp_path / "p")
    assert (taken.records, len(taken.refused)) == (0, 1)
    assert world["NE"].titles() == []


def test_r67_a_record_that_another_key_signed_is_refused(world: World, tmp_path: Path) -> None:
    """Algeria's key under a record that says it is Mali's; a true one beside it is taken."""
    true, other = forged(world["ML"], body={"title": "مزوّر"}), forged(world["ML"], body={"title": "سليم"})
    lie = Signed(true.header, true.body, sign(world["DZ"].keys, digest_of(*commit(true.header, true.body))))
    with ParcelWriter(tmp_path / "p", world["ML"].entropy) as writer:
        writer.add(envelope(world, segment_of(world["ML"], [lie, other])))
    taken = courier(world["NE"]).take(tmp_path / "p")
    assert taken.refused == ["record.bad-signature"]
    assert world["NE"].titles() == ["سليم"]


def test_r67_a_single_altered_byte_costs_what_it_stands_in(world: World, tmp_path: Path) -> None:
    path = forty_hours(world, tmp_path, steps=8)[0]
    whole = bytearray(path.read_bytes())
    whole[len(bytes(whole).rstrip(b"\0")) // 2] ^= 1
    path.write_bytes(bytes(whole))
    taken = courier(world["NE"]).take(path)
    assert taken.faults != []
    assert set(world["NE"].titles()) <= {"بعد التصحيح", "تقرير ML 0"}
