"""One trial over a shaped link: the near side writes, the far side takes, both say what happened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from tests.links.far import Came, Far
from tests.links.near import Near, Told
from tests.links.relay import Shape
from tests.links.shaped import linked_by


@dataclass(frozen=True)
class Trial:
    """What was handed over and what came."""

    told: Told
    came: Came


def tried(folder: Path, shape: Shape, near: Near, far: Far) -> Trial:
    """Run one trial. Raises AssertionError when a side does not answer."""
    with linked_by(shape) as link:
        written = msgspec.json.encode(near).decode()
        sender = link.started("a", "tests.links.near", str(folder), written)
        try:
            assert sender.stdout is not None
            told = msgspec.json.decode(sender.stdout.readline(), type=Told)
            wanted = msgspec.json.encode(far).decode()
            receiver = link.started("b", "tests.links.far", str(folder), told.url, wanted)
            answer, _ = receiver.communicate(timeout=far.within_s + 60)
            return Trial(told, msgspec.json.decode(answer, type=Came))
        finally:
            sender.communicate("\n", timeout=60)
