"""Taking back, over the nodes' own API: a mistake is written, corrected, withdrawn, its deletion declared."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from msgspec import Struct

from tansiq.node.client import NodeClient

Until = Callable[[Callable[[], Awaitable[bool]]], Awaitable[bool]]
RECALL_TITLE = "سحب"


class Mistake(Struct, frozen=True):
    """A record with a mistake in its title, and how the title reads once corrected."""

    audience: tuple[str, ...]
    lang: str
    title: str
    corrected: str
    text: str
    reason: str

    def payload(self, title: str) -> dict[str, Any]:
        """What the JSON interface takes for the record under a title."""
        return {
            "kind": "report",
            "fields": {"title": title, "text": self.text},
            "label": {"level": "restricted", "audience": self.audience},
            "lang": self.lang,
        }


class TakenBack(Struct, frozen=True):
    """What came of it: each step as it went."""

    record: str
    arrived: bool
    corrected: bool
    gone: bool
    unfound: bool
    declared: bool


async def take_back(own: NodeClient, other: NodeClient, party: str, said: Mistake, until: Until) -> TakenBack:
    """Write, correct and recall a record at ``own``; watch it at ``other``, the node of ``party``."""
    record = str((await own.post("/api/records", said.payload(said.title)))["id"])
    address = f"/api/records/{record}"

    async def reads(title: str) -> bool:
        answer = await other.fetch(address)
        return answer.status_code == 200 and answer.json()["title"] == title

    async def away() -> bool:
        return (await other.fetch(address)).status_code == 404

    async def declared() -> bool:
        rows = (await own.get(f"{address}/holders"))["rows"]
        mine = [r["state"] for r in rows if r["party"] == party]
        return bool(mine) and set(mine) == {"purged"}

    arrived = await until(lambda: reads(said.title))
    await own.post(f"{address}/versions", said.payload(said.corrected))
    corrected = await until(lambda: reads(said.corrected))
    await own.post("/api/records", _recall(record, said))
    gone = await until(away)
    found = await other.get("/api/search", q=said.corrected, purpose="demonstration")
    home = await until(declared)
    return TakenBack(record, arrived, corrected, gone, not found["total"], home)


def _recall(record: str, said: Mistake) -> dict[str, Any]:
    return {
        "kind": "recall",
        "fields": {"title": f"{RECALL_TITLE} · {record[-12:]}", "record": record, "reason": said.reason},
        "label": {"level": "restricted", "audience": said.audience},
        "lang": said.lang,
        "priority": 1,
    }
