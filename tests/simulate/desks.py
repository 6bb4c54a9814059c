"""Officers at the nodes of the simulator: what a page does with the charter, without pages."""

from __future__ import annotations

from tansiq.policy.clearance import OfficerRole, reader_for
from tansiq.work.desk import Desk, Officer
from tests.simulate.nodes import Node, World


def desk_at(node: Node, role: OfficerRole = "release") -> Desk:
    """Return the desk of an officer at a node, under the charter in force there."""
    officer = Officer(role, f"ضابط {role}", role, "ضابط-1", reader_for(role, node.party))
    return Desk(node.store, node.keys, node.link.book(), node.clock, node.entropy, officer)


def steps(world: World, count: int = 3, *, heads: bool = False) -> None:
    """Let the world go on for some rounds."""
    for n in range(count):
        world.step(heads=heads and n == 0)
