"""What stands beside the path: a figure on which two differ, a protected case, a request to pass on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from tansiq.node.client import NodeClient

Until = Callable[[Callable[[], Awaitable[bool]]], Awaitable[bool]]


async def stand_beside(
    made: Mapping[str, str], here: NodeClient, there: NodeClient, until: Until
) -> dict[str, bool]:
    """Return whether each stands on its board: contradiction, case, request. ``made`` = ids by key."""
    sides = {made["herders"], made["drivers"]}

    async def differs() -> bool:
        rows = (await there.get("/api/boards/contradictions"))["rows"]
        return any(sides == set(row["between"]) for row in rows)

    async def has_case() -> bool:
        return "CARAVAN" in (await there.fetch("/protected")).text

    async def asked() -> bool:
        return f"/record/{made['words']}" in (await here.fetch("/releases")).text

    return {"differ": await until(differs), "case": await until(has_case), "asked": await until(asked)}
