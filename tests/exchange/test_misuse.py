"""A name misused: who is claimed and the organs are told, once a day, and it stands among their alarms."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tansiq.base.ids import SystemEntropy
from tansiq.exchange.misuse import CODE, tell
from tansiq.exchange.parcels.reading import ParcelReader
from tansiq.model.kinds.name_misuse import NameMisuse
from tansiq.node.exercise.parcels import forged
from tests.simulate.nodes import Node, World, world_of

DIGEST = b"d" * 32


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    found = world_of(tmp_path, ("DZ", "JSC", "ML", "NE"))
    yield found
    found.close()


def told(node: Node) -> list[tuple[str, str]]:
    with node.store.read() as rx:
        return [(row.party, row.detail) for row in rx.quarantined(100) if row.code == CODE]


def test_a_forged_segment_is_refused_and_its_name_and_the_organs_are_told(world: World) -> None:
    niger = world["NE"]
    raw = forged(niger.link.book(), "DZ", "NE", now=world.clock.now())
    frame = next(_frames(raw))
    niger.link.receiver.take(frame)
    assert niger.codes() == ["segment.unknown-signer"]
    world.settle()
    for party in ("DZ", "JSC"):
        assert told(world[party]) == [("DZ", "NE: segment.unknown-signer")]
    assert told(world["ML"]) == []
    assert told(niger) == []


def test_a_flood_of_forgeries_makes_one_notice_a_day(world: World) -> None:
    node, charter = world["NE"], world["NE"].link.book()
    now = world.clock.now()
    with node.store.write() as tx:
        first = tell(tx, node.keys, charter, SystemEntropy(), "DZ", "segment.bad-signature", DIGEST, now=now)
        again = tell(tx, node.keys, charter, SystemEntropy(), "DZ", "segment.bad-signature", DIGEST, now=now)
        later = now + timedelta(days=1)
        third = tell(
            tx, node.keys, charter, SystemEntropy(), "DZ", "segment.bad-signature", DIGEST, now=later
        )
    assert first is not None
    assert isinstance(first.body, NameMisuse)
    assert (first.body.claimed, first.body.code) == ("DZ", "segment.bad-signature")
    assert again is None
    assert third is not None


@pytest.mark.parametrize(
    ("claimed", "code"),
    [("NE", "segment.bad-signature"), ("XX", "segment.bad-signature"), ("", "segment.bad-signature"),
     ("DZ", "segment.malformed")],
)  # fmt: skip
def test_nothing_is_told_of_ourselves_of_strangers_or_of_other_faults(
    world: World, claimed: str, code: str
) -> None:
    node = world["NE"]
    with node.store.write() as tx:
        made = tell(
            tx, node.keys, node.link.book(), SystemEntropy(), claimed, code, DIGEST, now=world.clock.now()
        )
    assert made is None


def _frames(raw: bytes) -> Iterator[bytes]:
    for entry in ParcelReader(io.BytesIO(raw)).entries():
        frame = entry.frame()
        assert frame is not None
        yield frame
