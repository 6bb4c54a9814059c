"""A joint text of an exercise: refused while releases are lacking, released by each owner, then signed.

A communiqué's owners are those the script names; whose release an extract needs is what the node answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from tansiq.node.client import NodeAnswer, NodeClient
from tansiq.node.exercise.ground import shows, until
from tansiq.node.exercise.script import Inject

MISSING = "release.missing"
EXTRACT = "tearline"


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
    outcome = await _tried(home, "/api/records", named)
    if isinstance(outcome, str):
        raise NodeAnswer(author, "/api/records", 200, "taken without any release")
    label = {"level": "restricted", "audience": sorted({author, *owners})}
    made = str((await home.post("/api/records", {**named, "label": label}))["id"])
    await _released(nodes, author, made, owners)
    await home.post(f"/api/records/{made}/versions", payload)
    return made


async def extracted(nodes: Nodes, author: str, payload: Mapping[str, Any]) -> str:
    """Return the id of an extract; where it needs releases, once every one of its owners has given his.

    It is written under the label of its basis first, for those who read that; then shown to the owners of
    sources beside them; then signed as it was meant. Raises NodeAnswer where a step is refused.
    """
    home = nodes.client(author)
    owners = await _tried(home, "/api/records", payload)
    if isinstance(owners, str):
        return owners
    label = (await home.get(f"/api/records/{payload['basis'][0]}"))["label"]
    near = set(label["audience"])
    made = str((await home.post("/api/records", {**payload, "label": label}))["id"])
    await _released(nodes, author, made, sorted(owners & near))
    if afar := owners - near:
        shown = {**label, "audience": sorted(near | afar)}
        await home.post(f"/api/records/{made}/versions", {**payload, "label": shown})
        await _released(nodes, author, made, sorted(afar))
    await home.post(f"/api/records/{made}/versions", payload)
    return made


async def _tried(home: NodeClient, path: str, payload: Mapping[str, Any]) -> str | frozenset[str]:
    """Return the id of what was taken, or whose release it lacks. Raises NodeAnswer for another refusal."""
    try:
        return str((await home.post(path, payload))["id"])
    except NodeAnswer as error:
        if error.code_of() != MISSING:
            raise
        return error.missing()


async def _released(nodes: Nodes, author: str, made: str, owners: Iterable[str]) -> None:
    """Each owner releases the text at his own node, and its author hears of it."""
    asked = {party for party in owners if party != author}
    for party in sorted(asked):
        await until(lambda p=party: shows(nodes.client(p), made))  # type: ignore[misc]
        await nodes.client(party).post(f"/api/records/{made}/let-go", {})

    async def all_said() -> bool:
        told = (await nodes.client(author).fetch(f"/api/records/{made}/standing")).json()
        return asked <= set(told["released"])

    await until(all_said)
