"""A joint text of an exercise: refused while releases are lacking, released by each owner, then public."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from tansiq.node.client import NodeAnswer, NodeClient
from tansiq.node.exercise.ground import answer_to, shows, until
from tansiq.node.exercise.script import Inject

MISSING = "release.missing"


class Nodes(Protocol):
    """Gives the client of a party's node."""

    def client(self, party: str) -> NodeClient: ...


def owners_of(inject: Inject) -> list[str]:
    """Return who must release an inject's communiqué before it is public; nobody for any other kind."""
    named = inject.director.get("co_owner_release") or ()
    return [str(p) for p in named] if inject.kind == "communique" else []


async def published(nodes: Nodes, author: str, payload: Mapping[str, Any], owners: list[str]) -> str:
    """Return the id of a communiqué that every owner has released.

    It is tried for everybody first, which must be refused, then shown to its owners, released by each at
    his own node, and made public by its author. Raises NodeAnswer where a step is refused or is not.
    """
    home = nodes.client(author)
    named = {**payload, "fields": {**payload["fields"], "co_owners": owners}}
    said = await answer_to(home, "/api/records", named)
    if said != MISSING:
        raise NodeAnswer(
            author, "/api/records", 200 if said is None else 422, said or "taken without any release"
        )
    label = {"level": "restricted", "audience": sorted({author, *owners})}
    made = str((await home.post("/api/records", {**named, "label": label}))["id"])
    for party in owners:
        if party != author:
            await until(lambda p=party: shows(nodes.client(p), made))  # type: ignore[misc]
            await nodes.client(party).post(f"/api/records/{made}/let-go", {})

    async def all_said() -> bool:
        told = (await home.fetch(f"/api/records/{made}/standing")).json()
        return set(told["released"]) >= set(told["releases"])

    await until(all_said)
    await home.post(f"/api/records/{made}/versions", payload)
    return made
