"""What judges of checks stand on: the running exercise as they may ask it, and small questions to nodes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, Protocol

from msgspec import Struct

from tansiq.node.client import NodeAnswer, NodeClient
from tansiq.node.exercise.expect import Expectations
from tansiq.node.exercise.parcels import Taken
from tansiq.node.exercise.probe import Trace
from tansiq.node.exercise.report import CheckResult
from tansiq.node.exercise.script import PUBLIC, Inject, Script

WAIT_S: Final = 20.0
Check = Mapping[str, Any]


class Found(Struct, frozen=True):
    """What a judge found; ``later`` = to be read again at a later moment."""

    result: CheckResult
    why: str = ""
    later: bool = False


HELD: Final = Found("held")
NOT_YET: Final = Found("not_yet")


class Ground(Protocol):
    """What judges may ask of a running exercise."""

    script: Script
    expect: Expectations
    hour: float
    presented: dict[str, list[tuple[str, Taken]]]
    """What became of parcels that were presented, by the inject that tells of it, with what each was."""

    def client(self, party: str) -> NodeClient: ...

    def trace(self, inject_id: str) -> Trace | None: ...

    def inject(self, inject_id: str) -> Inject | None: ...

    async def again(self, inject: Inject, add: list[str]) -> str | None: ...

    async def weighed(self, inject: Inject, add: list[str]) -> list[dict[str, Any]]: ...

    async def pointing(self, inject: Inject, party: str, to: str) -> str | None: ...

    async def without(self, inject: Inject, name: str) -> str | None: ...


Judge = Callable[[Ground, Inject, Check], Awaitable[Found]]


def broken(why: str) -> Found:
    """A check that does not hold, and why."""
    return Found("broken", why)


async def answer_to(node: NodeClient, path: str, payload: Mapping[str, Any]) -> str | None:
    """Return the code with which a node refuses a request, None when it does not."""
    try:
        await node.post(path, payload)
    except NodeAnswer as error:
        return error.code_of()
    return None


async def until(holds: Callable[[], Awaitable[bool]]) -> bool:
    """Whether something comes to hold within the time that a linked node is given."""
    end = time.monotonic() + WAIT_S
    while not await holds():
        if time.monotonic() > end:
            return False
        await asyncio.sleep(0.05)
    return True


async def is_status(node: NodeClient, record_id: str, status: int) -> bool:
    """Whether a node answers a record id with this status."""
    return (await node.fetch(f"/api/records/{record_id}")).status_code == status


async def shows(node: NodeClient, record_id: str) -> bool:
    """Whether a node shows a record."""
    return await is_status(node, record_id, 200)


def trace_of_check(ground: Ground, inject: Inject, check: Check) -> Trace | None:
    """Return what identifies the inject that a check speaks of (``of``; self = its own)."""
    of = str(check.get("of", "self"))
    return ground.trace(inject.id if of == "self" else of)


def nodes_of(inject: Inject, check: Check) -> list[str]:
    """Return the nodes at which a check is read."""
    said = check.get("nodes") or [check.get("node") or check.get("at") or inject.node]
    return [str(p) for p in said if p != PUBLIC]


def listed(parties: set[str]) -> str:
    """Return parties in a sentence."""
    return ", ".join(sorted(parties))
