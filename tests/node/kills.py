"""Processes die at random moments while records flow; afterwards nothing accepted is lost or doubled."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import httpx

from tansiq.model.label import Party
from tansiq.node.client import NodeAnswer
from tansiq.node.federation import Federation, open_federation
from tansiq.node.founding import shipped_plan

PARTIES = (Party("DZ"), Party("ML"), Party("NE"))
CARRIER = Party("carrier")


class Outcome:
    """What was accepted, by id, and what each party holds at the end."""

    def __init__(self) -> None:
        self.accepted: list[str] = []
        self.held: dict[Party, list[str]] = {}
        self.kills = 0

    @property
    def lost(self) -> dict[Party, set[str]]:
        """Accepted records that a party lacks."""
        return {p: set(self.accepted) - set(ids) for p, ids in self.held.items()}

    @property
    def doubled(self) -> int:
        """Records that a party holds twice."""
        return sum(len(ids) - len(set(ids)) for ids in self.held.values())


async def survive(folder: Path, *, kills: int, seed: int) -> Outcome:
    """Kill nodes and the carrier ``kills`` times while reports are posted; return what is left."""
    federation = open_federation(folder, shipped_plan().only(PARTIES), name="تنسيق", start=datetime.now(UTC))
    try:
        await federation.start()
        return await _story(federation, kills, Random(seed))
    finally:
        await federation.stop()


async def _story(federation: Federation, kills: int, draw: Random) -> Outcome:
    outcome = Outcome()
    for _ in range(kills):
        posting = asyncio.create_task(_post_some(federation, outcome, 6, draw))
        await asyncio.sleep(draw.uniform(0.0, 0.15))
        await _kill(federation, draw.choice((*PARTIES, CARRIER)))
        outcome.kills += 1
        await posting
    for party in PARTIES:
        outcome.held[party] = await _all_held(federation, party, set(outcome.accepted))
    return outcome


async def _kill(federation: Federation, victim: Party) -> None:
    if victim == CARRIER:
        await federation.restart_carrier()
        return
    await asyncio.to_thread(federation.kill_node, victim)
    federation.start_node(victim)
    await federation.ready(victim)


async def _post_some(federation: Federation, outcome: Outcome, count: int, draw: Random) -> None:
    for _ in range(count):
        number = len(outcome.accepted)
        payload = {
            "kind": "report",
            "fields": {"title": f"تمرين رقم {number}-{draw.randrange(10**9)}", "text": "تمرين. نص قصير."},
            "label": {"level": "restricted", "audience": list(PARTIES)},
            "lang": "ar",
        }
        client = federation.client(draw.choice(PARTIES))
        try:
            if not await client.known():
                await client.sign_in()
            made = await client.post("/api/records", payload)
            outcome.accepted.append(str(made["id"]))
        except (httpx.HTTPError, NodeAnswer):
            await asyncio.sleep(0.05)  # the node is down: what it did not confirm is not accepted


async def _all_held(federation: Federation, party: Party, expected: set[str]) -> list[str]:
    client = federation.client(party)
    ids: list[str] = []
    for _ in range(600):
        if not await client.known():
            await client.sign_in()
        ids = await _listed(federation, party)
        if expected <= set(ids):
            break
        await asyncio.sleep(0.1)
    return ids


async def _listed(federation: Federation, party: Party) -> list[str]:
    ids: list[str] = []
    after = ""
    while True:
        found = await federation.client(party).get("/api/records", kind="report", limit=100, after=after)
        ids += [row["id"] for row in found["rows"]]
        after = found.get("next") or ""
        if not after:
            return ids
