"""Attachments pulled by hash: part by part, only by who may read, and whole or not at all."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tansiq.base.clock import millis
from tansiq.exchange.blobs import PART_BYTES
from tansiq.model.label import Party
from tansiq.model.record import BlobRef
from tests.simulate.nodes import Node, World, world_of

PHOTO = b"".join(hashlib.sha256(bytes([n % 256, n // 256])).digest() for n in range(3 * PART_BYTES // 32 + 5))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    found = world_of(tmp_path, ("DZ", "ML", "NE"))
    yield found
    found.close()


def attached(world: World) -> bytes:
    """A record of Mali's for Niger with a photograph; return the photograph's hash."""
    node = world["ML"]
    with node.store.write() as tx:
        digest = tx.put_blob(PHOTO, at_ms=millis(node.clock.now()))
    node.write(["NE"], blobs=(BlobRef(digest, len(PHOTO), "image/jpeg", "صورة"),))
    world.settle()
    return digest


def wanted(node: Node, digest: bytes, whose: str = "ML") -> None:
    with node.store.write() as tx:
        tx.want_blob(digest, len(PHOTO), wanted_from=Party(whose), at_ms=0)


def held(node: Node, digest: bytes) -> bytes:
    with node.store.read() as rx:
        return rx.blob_bytes(digest)


async def _pull(world: World, rounds: int) -> None:
    for _ in range(rounds):
        for node in world.nodes.values():
            await node.link.pull_blobs()
            await node.link.drain()


def pull(world: World, rounds: int = 12) -> None:
    asyncio.run(_pull(world, rounds))


def test_an_attachment_comes_in_parts_and_is_whole(world: World) -> None:
    digest = attached(world)
    assert held(world["NE"], digest) == b""
    wanted(world["NE"], digest)
    pull(world)
    assert held(world["NE"], digest) == PHOTO


def test_a_broken_pull_goes_on_where_it_stopped(world: World) -> None:
    digest = attached(world)
    with world["NE"].store.write() as tx:
        tx.want_blob(digest, len(PHOTO), wanted_from=Party("ML"), at_ms=0)
        tx.put_blob_part(digest, 0, PHOTO[:PART_BYTES])
    before = world.net.carried
    pull(world)
    assert held(world["NE"], digest) == PHOTO
    assert world.net.carried - before <= 10


def test_who_may_not_read_the_record_gets_nothing_of_its_attachment(world: World) -> None:
    digest = attached(world)
    wanted(world["DZ"], digest)
    pull(world)
    assert held(world["DZ"], digest) == b""


def test_a_record_that_the_asker_signs_himself_gives_him_no_file_by_its_hash(world: World) -> None:
    """Nor tells him that there is one; a third party's record is no better."""
    digest = attached(world)
    for whose in ("DZ", "NE"):
        named = BlobRef(digest, len(PHOTO), "image/jpeg", "صورة")
        world[whose].write(["DZ", "ML", "NE"], blobs=(named,))
    world.settle()
    wanted(world["DZ"], digest)
    pull(world)
    assert held(world["DZ"], digest) == b""


def test_who_comes_with_a_later_version_gets_no_file_that_it_left_out(world: World) -> None:
    node = world["ML"]
    with node.store.write() as tx:
        digest = tx.put_blob(PHOTO, at_ms=millis(node.clock.now()))
    first = node.write(["NE"], blobs=(BlobRef(digest, len(PHOTO), "image/jpeg", "صورة"),))
    node.write(["DZ", "NE"], id=first.header.id, version=2, previous=first.digest)
    world.settle()
    for party in ("DZ", "NE"):
        wanted(world[party], digest)
    pull(world)
    assert held(world["NE"], digest) == PHOTO
    assert held(world["DZ"], digest) == b""
