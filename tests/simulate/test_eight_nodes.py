"""Eight nodes over a net that loses, doubles, reorders and parts, against an independent policy."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from tansiq.base.clock import millis
from tansiq.exchange.carriers.memory import NO_FAULTS, Faults
from tansiq.policy.permits import Reader, permitted_ids
from tansiq.seal import feed_id
from tests.simulate.nodes import EIGHT, Node, World, current, world_of
from tests.simulate.reference import honest, reads
from tests.simulate.script import Script

BAD = Faults(loss=0.25, duplicate=0.2, reorder=0.5, delay_ticks=12)
OFFICERS: list[dict[str, Any]] = [
    {"level": "secret", "holds": ["CASE-1", "HOSTAGE"], "acts_for": ["mediation", "rescue"]},
    {"level": "confidential", "holds": ["HOSTAGE"], "acts_for": ["rescue"]},
    {"level": "restricted", "holds": [], "acts_for": []},
]


def played(folder: Path, seed: int, acts: int = 40) -> Script:
    """A world after many acts and cuts, and after it has settled, the net as bad as before."""
    random = Random(seed)
    world = world_of(folder, EIGHT, faults=BAD, seed=f"شبكة-{seed}")
    script = Script(world, random)
    for n in range(acts):
        script.act()
        if n % 15 == 0:
            world.cut(*random.sample(EIGHT, random.randrange(4)))
        if n % 4 == 0:
            world.step(heads=n % 20 == 0)
    world.cut()
    world.settle(rounds=200)
    return script


def readable(node: Node, officer: dict[str, Any], world: World) -> set[tuple[bytes, int]]:
    """What an officer of the node may read, by the program."""
    reader = Reader(node.party, officer["level"], frozenset(officer["holds"]), frozenset(officer["acts_for"]))
    with node.store.read() as rx:
        ids = permitted_ids(rx.labels(), reader, now=world.clock.now())
        shown = [r for r in current(rx) if r.label_id in ids and not r.buried]
    return {(r.header.id, r.version) for r in shown if r.header.kind == "report/1"}


def allowed(script: Script, node: Node, officer: dict[str, Any]) -> set[tuple[bytes, int]]:
    """What the officer may read, by the reference; a hostile writer sees its own."""
    now_ms = millis(script.world.clock.now())
    reader = {**officer, "party": node.party}
    return {
        (i, r["version"])
        for i, r in script.records.items()
        if reads(reader, r, script.grants, script.recalls, now_ms)
        and (r["by"] == node.party or honest(r, script.records))
    }


def sent(node: Node) -> dict[bytes, tuple[int, bytes]]:
    """Each feed of the node with its last number and hash."""
    with node.store.read() as rx:
        return {f.feed: (f.number, f.hash) for f in rx.feeds_out()}


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2])
def test_after_every_fault_each_reader_sees_exactly_what_the_reference_allows(
    tmp_path: Path, seed: int
) -> None:
    script = played(tmp_path, seed)
    try:
        for node in script.world.nodes.values():
            for officer in OFFICERS:
                assert readable(node, officer, script.world) == allowed(script, node, officer), node.party
        feeds_are_whole(script.world)
        receipts_came_home(script)
        assert script.hostile
    finally:
        script.world.close()


def feeds_are_whole(world: World) -> None:
    """Every feed ends at its receiver where it ends at its originator, without a gap or an alarm."""
    for node in world.nodes.values():
        with node.store.read() as rx:
            for feed in rx.feeds_in():
                number, digest = sent(world[feed.originator])[feed.feed]
                assert feed.position == feed.announced == number
                assert rx.segment_hash(feed.feed, number) == digest
                assert feed.feed == feed_id(feed.originator, feed.recipients)
        assert not [
            c for c in node.codes() if c.startswith(("segment.", "feed.", "journal.", "frame.", "seal."))
        ]


def receipts_came_home(script: Script) -> None:
    """Each originator knows of each current version what became of it at each node it went to.

    Not so of what ended on its way: what rests on it waits and ends too.
    """
    now_ms = millis(script.world.clock.now())
    for record_id, plain in script.records.items():
        ended = plain["until"] is not None and plain["until"] <= now_ms
        if record_id in script.hostile or plain["audience"] == "*" or ended:
            continue
        with script.world[plain["by"]].store.read() as rx:
            told = {r.party for r in rx.receipts(record_id) if r.version == plain["version"]}
        assert told >= set(plain["audience"]) - {plain["by"]}


def test_a_good_net_brings_everything_in_a_few_rounds(tmp_path: Path) -> None:
    world = world_of(tmp_path, EIGHT[:4], faults=NO_FAULTS)
    try:
        for n in range(5):
            world["ML"].write(["NE", "DZ"], title=f"تقرير {n}")
        world.settle(rounds=4)
        assert world["NE"].titles() == world["DZ"].titles() == [f"تقرير {n}" for n in range(5)]
        assert world["MR"].titles() == []
    finally:
        world.close()
